"""Activation cards on paper: ten a page with marks for cutting, the code in large letters and as a QR code."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from dijipilot_vendor.printing import BRAND, FAINT, INK, SOFT_INK, TINT, Face, Paper, Sheets, fitted, width_of

CARD_WIDTH, CARD_HEIGHT = 85.0, 54.0
COLUMNS, ROWS = 2, 5
CARDS_A_PAGE = COLUMNS * ROWS

HOW_TO = (
    "In DijiPilot Academy: File, Activate a license.",
    "Type the code; capitals and dashes do not matter.",
    "Press Activate. Your lessons open, and stay open.",
)
OFFLINE = "Works without internet, now and always."

_EDGE = 5.0
_MARK_GAP, _MARK_LENGTH = 1.0, 3.0
_QR_SIDE = 17.0
_TITLE_POINTS = 15.0
_CODE_POINTS = 11.6
_GROUPS = 5


class Card(Struct, frozen=True):
    """What is printed on one card. code: as printed, five groups of five."""

    code: str
    license: str
    batch: str
    edition: str
    through: date | None

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return f"Card({self.license})"


def card_pages(cards: Sequence[Card], paper: Paper, *, with_qr: bool) -> bytes:
    """Return a PDF of all cards, in their order, row by row."""
    sheets = Sheets(paper, "DijiPilot Academy activation cards")
    left = (sheets.width - COLUMNS * CARD_WIDTH) / 2
    top = (sheets.height - ROWS * CARD_HEIGHT) / 2
    for start in range(0, len(cards), CARDS_A_PAGE):
        _draw_cut_marks(sheets, left, top)
        for place, card in enumerate(cards[start : start + CARDS_A_PAGE]):
            row, column = divmod(place, COLUMNS)
            _draw_card(sheets, left + column * CARD_WIDTH, top + row * CARD_HEIGHT, card, with_qr=with_qr)
        sheets.end_page()
    return sheets.pdf()


def in_words(day: date) -> str:
    """Return a day as learners read it."""
    return f"{day:%B} {day.day}, {day.year}"


def draw_brand(sheets: Sheets, left: float, top: float, side: float) -> None:
    """Draw the app's icon: a flight of steps up to a point."""
    scale = side / 64
    sheets.box(left, top, side, side, fill=BRAND, radius=14 * scale)
    steps = ((14, 44), (23, 44), (23, 34), (32, 34), (32, 25), (41, 25), (41, 16), (50, 16))
    white = "#ffffff"
    sheets.line(tuple((left + x * scale, top + y * scale) for x, y in steps), 5 * scale, white, rounded=True)
    sheets.dot(left + 50 * scale, top + 16 * scale, 5 * scale, white)


def _draw_cut_marks(sheets: Sheets, left: float, top: float) -> None:
    """Draw short lines outside of the cards: nothing of them is left on a card that was cut a little beside."""
    right, bottom = left + COLUMNS * CARD_WIDTH, top + ROWS * CARD_HEIGHT
    for outwards, edges in ((-1, (left, top)), (1, (right, bottom))):
        near, far = outwards * _MARK_GAP, outwards * (_MARK_GAP + _MARK_LENGTH)
        for column in range(COLUMNS + 1):
            across = left + column * CARD_WIDTH
            sheets.line(((across, edges[1] + near), (across, edges[1] + far)), 0.1, SOFT_INK)
        for row in range(ROWS + 1):
            down = top + row * CARD_HEIGHT
            sheets.line(((edges[0] + near, down), (edges[0] + far, down)), 0.1, SOFT_INK)


def _draw_card(sheets: Sheets, left: float, top: float, card: Card, *, with_qr: bool) -> None:
    inner_left, right = left + _EDGE, left + CARD_WIDTH - _EDGE
    draw_brand(sheets, inner_left, top + 5.0, 5.6)
    sheets.text(inner_left + 7.4, top + 8.75, "DijiPilot Academy", 8.5, Face.BOLD, BRAND)
    title_room = CARD_WIDTH - 2 * _EDGE - (_QR_SIDE + 4 if with_qr else 0)
    title_points = fitted(card.edition, _TITLE_POINTS, Face.BOLD, title_room)
    sheets.text(inner_left, top + 17.2, card.edition, title_points, Face.BOLD)
    if card.through:
        covered = f"Lessons published through {in_words(card.through)}"
        sheets.text(inner_left, top + 21.4, covered, 6.8, Face.REGULAR, SOFT_INK)
    if with_qr:
        sheets.qr(right - _QR_SIDE, top + 5.0, _QR_SIDE, card.code, "Q")
    _draw_code(sheets, inner_left, top + 25.4, card.code)
    for number, step in enumerate(HOW_TO, start=1):
        base = top + 38.9 + 3.3 * (number - 1)
        sheets.text(inner_left, base, str(number), 6.6, Face.BOLD, BRAND)
        sheets.text(inner_left + 3.2, base, step, 6.6, Face.REGULAR)
    sheets.text(inner_left, top + 49.6, OFFLINE, 6.6, Face.BOLD)
    sheets.right_text(right, top + 49.6, card.license, 6.0, Face.REGULAR, SOFT_INK)


def _draw_code(sheets: Sheets, left: float, top: float, code: str) -> None:
    """Draw the code on a ground of its own; its dashes are paler, so that the groups stand apart."""
    width, height = CARD_WIDTH - 2 * _EDGE, 9.2
    sheets.box(left, top, width, height, fill=TINT, line=FAINT, radius=1.4)
    place = left + (width - width_of(code, _CODE_POINTS, Face.CODE)) / 2
    base = top + height / 2 + 1.6
    for number, group in enumerate(code.split("-")):
        sheets.text(place, base, group, _CODE_POINTS, Face.CODE, INK)
        place += width_of(group, _CODE_POINTS, Face.CODE)
        if number < _GROUPS - 1:
            sheets.text(place, base, "-", _CODE_POINTS, Face.CODE, FAINT)
            place += width_of("-", _CODE_POINTS, Face.CODE)
