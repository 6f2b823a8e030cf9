"""Paper: draws text, lines and QR codes on the pages of a PDF; the only file that knows the PDF library."""

import io
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from dijipilot.paths import resources_folder

INK, SOFT_INK, FAINT, TINT, BRAND = "#16202e", "#4d5a6b", "#b9c3d0", "#eef3fa", "#1f5fc4"

_OWN_FONTS = Path(__file__).resolve().parent / "fonts"

_OVERLAP = 1.04
"""So much taller than a module its box is drawn: between boxes that only touch, screens show a light hair."""

MAX_QR_BYTES = 2_331
"""What the largest QR code holds of any text at correction level M."""


class Paper(StrEnum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"


class Face(StrEnum):
    """Type faces. CODE has a zero with a stroke and no letter that is taken for another."""

    REGULAR = "Inter-Regular"
    BOLD = "Inter-Bold"
    CODE = "JetBrainsMono-Bold"


class Sheets:
    """The pages of one PDF. All lengths are millimeters, from the left and the top of the paper; type is in points."""

    def __init__(self, paper: Paper, title: str) -> None:
        _load_faces()
        size = A4 if paper is Paper.A4 else LETTER
        self.width, self.height = size[0] / mm, size[1] / mm
        self._page_points = size[1]
        self._bytes = io.BytesIO()
        # Invariant: no time and no chance in the file, so that the same cards give the same bytes.
        self._canvas = Canvas(self._bytes, pagesize=size, invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("DijiPilot Academy")

    def text(self, left: float, base: float, words: str, points: float, face: Face, color: str = INK) -> None:
        """Write words with their base line `base` below the top of the paper."""
        self._canvas.setFont(face, points)
        self._canvas.setFillColor(HexColor(color))
        self._canvas.drawString(left * mm, self._up(base), words)

    def right_text(self, right: float, base: float, words: str, points: float, face: Face, color: str = INK) -> None:
        """Write words that end at `right`."""
        self.text(right - width_of(words, points, face), base, words, points, face, color)

    def box(
        self, left: float, top: float, width: float, height: float, *, fill: str, line: str = "", radius: float = 0
    ) -> None:
        """Fill a box, with a fine line around it if one is given."""
        self._canvas.setFillColor(HexColor(fill))
        self._canvas.setStrokeColor(HexColor(line or fill))
        self._canvas.setLineWidth(0.5)
        self._canvas.roundRect(
            left * mm, self._up(top + height), width * mm, height * mm, radius * mm, stroke=int(bool(line)), fill=1
        )

    def line(
        self, points: tuple[tuple[float, float], ...], thickness: float, color: str, *, rounded: bool = False
    ) -> None:
        """Draw a line through points; its thickness is in millimeters."""
        path = self._canvas.beginPath()
        path.moveTo(points[0][0] * mm, self._up(points[0][1]))
        for left, top in points[1:]:
            path.lineTo(left * mm, self._up(top))
        self._canvas.setStrokeColor(HexColor(color))
        self._canvas.setLineWidth(thickness * mm)
        self._canvas.setLineCap(int(rounded))
        self._canvas.setLineJoin(int(rounded))
        self._canvas.drawPath(path)

    def dot(self, left: float, top: float, radius: float, color: str) -> None:
        """Draw a filled circle around a point."""
        self._canvas.setFillColor(HexColor(color))
        self._canvas.circle(left * mm, self._up(top), radius * mm, stroke=0, fill=1)

    def qr(self, left: float, top: float, side: float, text: str, level: str) -> None:
        """Draw the QR code of a text, which needs a light edge around it. level: of correction, L, M, Q or H."""
        code = QRCode(None, getattr(QRErrorCorrectLevel, level))
        code.addData(text)
        code.make()
        module = side / code.getModuleCount()
        path = self._canvas.beginPath()
        for row, modules in enumerate(code.modules):
            for start, end in _dark_runs(modules):
                height = module * _OVERLAP
                bottom = top + row * module + height
                path.rect((left + start * module) * mm, self._up(bottom), (end - start) * module * mm, height * mm)
        self._canvas.setFillColor(HexColor("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)

    def end_page(self) -> None:
        """Go on to the next page."""
        self._canvas.showPage()

    def pdf(self) -> bytes:
        """Return the whole file; nothing can be drawn afterwards."""
        self._canvas.save()
        return self._bytes.getvalue()

    def _up(self, top: float) -> float:
        """Return the points from the bottom of the paper, from where PDF counts."""
        return float(self._page_points - top * mm)


def width_of(words: str, points: float, face: Face) -> float:
    """Return how wide words are, in millimeters."""
    _load_faces()
    return float(pdfmetrics.stringWidth(words, face, points) / mm)


def fitted(words: str, points: float, face: Face, room: float) -> float:
    """Return the size, at most `points`, at which words take no more than `room` millimeters."""
    return min(points, points * room / max(width_of(words, points, face), room / 2))


def _dark_runs(modules: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield where dark modules of a row begin and end."""
    place = 0
    for is_dark, run in groupby(modules, bool):
        end = place + len(list(run))
        if is_dark:
            yield place, end
        place = end


@cache
def _load_faces() -> None:
    """Let the PDF library know our faces; they are embedded, with the letters in use alone."""
    for face, folder in (
        (Face.REGULAR, resources_folder() / "fonts"),
        (Face.BOLD, resources_folder() / "fonts"),
        (Face.CODE, _OWN_FONTS),
    ):
        pdfmetrics.registerFont(TTFont(face, folder / f"{face}.ttf"))
