"""The sheet that goes with a license file: for whom it is, how a classroom is set up, and the file as a QR code."""

from datetime import date

from msgspec import Struct

from dijipilot_vendor.card_sheet import OFFLINE, draw_brand, in_words
from dijipilot_vendor.printing import BRAND, FAINT, MAX_QR_BYTES, SOFT_INK, TINT, Face, Paper, Sheets, fitted

HOW_TO_WITHOUT_CODE = (
    "Copy the license file to a USB stick; it opens by itself, there is nothing to type.",
    "On each computer, drag the file onto the window of DijiPilot Academy.",
    "For all users of a computer at once: dijipilot license add FILE --all-users",
)
HOW_TO_WITH_CODE = (
    "In DijiPilot Academy: File, Activate a license.",
    "Drag the license file onto the window, or scan the square and paste what it says.",
    "Type the activation code that you received apart from this sheet.",
)
OFFLINE_UNTIL = "Works without internet."
KEEP_IT = "Whoever has the file, or this sheet, can open these lessons. Keep both as you keep a key."

_EDGE = 22.0
_QR_SIDE = 84.0


class LicenseSheet(Struct, frozen=True):
    """What stands on a sheet. armor: the text of the license file."""

    license: str
    edition: str
    holder: str | None
    seats: int
    through: date | None
    not_after: date | None
    issued: date
    needs_code: bool
    armor: str

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return f"LicenseSheet({self.license})"


def license_page(sheet: LicenseSheet, paper: Paper) -> bytes:
    """Return a PDF of one page. A license with so many entitlements that no QR code holds it comes without."""
    sheets = Sheets(paper, f"DijiPilot Academy license {sheet.license}")
    right = sheets.width - _EDGE
    draw_brand(sheets, _EDGE, 22, 11)
    sheets.text(_EDGE + 14.5, 29.4, "DijiPilot Academy", 17, Face.BOLD, BRAND)
    sheets.right_text(right, 29.4, "License", 17, Face.REGULAR, SOFT_INK)
    sheets.line(((_EDGE, 39), (right, 39)), 0.25, FAINT)
    sheets.text(_EDGE, 55, sheet.edition, fitted(sheet.edition, 30, Face.BOLD, right - _EDGE), Face.BOLD)
    if sheet.holder:
        sheets.text(
            _EDGE, 64, f"for {sheet.holder}", fitted(sheet.holder, 15, Face.REGULAR, right - _EDGE - 10), Face.REGULAR
        )
    _draw_facts(sheets, sheet, 72)
    _draw_steps(sheets, sheet, 112)
    if len(sheet.armor.encode()) <= MAX_QR_BYTES:
        left = (sheets.width - _QR_SIDE) / 2
        sheets.box(left - 7, 144, _QR_SIDE + 14, _QR_SIDE + 14, fill="#ffffff", line=FAINT, radius=2.5)
        sheets.qr(left, 151, _QR_SIDE, sheet.armor, "M")
    sheets.text(_EDGE, sheets.height - 22, OFFLINE_UNTIL if sheet.not_after else OFFLINE, 10, Face.BOLD)
    sheets.right_text(right, sheets.height - 22, sheet.license, 9, Face.REGULAR, SOFT_INK)
    if not sheet.needs_code:
        sheets.text(_EDGE, sheets.height - 16.5, KEEP_IT, 9, Face.REGULAR, SOFT_INK)
    sheets.end_page()
    return sheets.pdf()


def _draw_facts(sheets: Sheets, sheet: LicenseSheet, top: float) -> None:
    """Draw what the license says of itself, in two rows of boxes."""
    facts = [
        ("Computers", f"{sheet.seats}"),
        ("Lessons published through", in_words(sheet.through) if sheet.through else "all in the pack"),
        ("Open until", in_words(sheet.not_after) if sheet.not_after else "for ever"),
        ("Issued", in_words(sheet.issued)),
    ]
    width = (sheets.width - 2 * _EDGE - 6) / 2
    for place, (what, value) in enumerate(facts):
        row, column = divmod(place, 2)
        left, down = _EDGE + column * (width + 6), top + row * 17
        sheets.box(left, down, width, 14, fill=TINT, radius=1.8)
        sheets.text(left + 4, down + 5.2, what, 8.5, Face.REGULAR, SOFT_INK)
        sheets.text(left + 4, down + 11, value, 12, Face.BOLD)


def _draw_steps(sheets: Sheets, sheet: LicenseSheet, top: float) -> None:
    steps = HOW_TO_WITH_CODE if sheet.needs_code else HOW_TO_WITHOUT_CODE
    for number, step in enumerate(steps, start=1):
        base = top + 7.5 * number
        sheets.text(_EDGE, base, str(number), 11, Face.BOLD, BRAND)
        sheets.text(_EDGE + 6, base, step, 11, Face.REGULAR)
