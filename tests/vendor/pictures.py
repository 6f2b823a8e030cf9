"""What a camera sees of a PDF, and what a reader copies from it."""

from pathlib import Path

import pypdfium2
import zxingcpp

ROW_INCHES = 54 / 25.4
"""Height of a card: what lies so near to each other stands in one row."""


def qr_codes(pdf: bytes | Path, dots_per_inch: int = 216) -> list[list[str]]:
    """Return what the QR codes of each page say, row by row."""
    pages = [page.render(scale=dots_per_inch / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
    return [_read(page, ROW_INCHES * dots_per_inch) for page in pages]


def _read(page: object, row_pixels: float) -> list[str]:
    # Other kinds of codes are at times seen in the noise of a large one.
    found = zxingcpp.read_barcodes(page, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    corners = [(each.position.top_left, each.text) for each in found]
    return [text for _, text in sorted(corners, key=lambda each: (each[0].y // row_pixels, each[0].x))]


def words(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
