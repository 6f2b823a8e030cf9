"""Cards and license sheets: what is printed can be read by people, and by the camera of a phone."""

import base64
import re
from datetime import date
from random import Random

import pypdfium2
import pytest

from dijipilot.licensing.code import make_code
from dijipilot_vendor.card_sheet import CARDS_A_PAGE, HOW_TO, OFFLINE, Card, card_pages
from dijipilot_vendor.license_sheet import LicenseSheet, license_page
from dijipilot_vendor.printing import Face, Paper, fitted, width_of
from tests.vendor.pictures import qr_codes, words

PAPER_POINTS = {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}


def cards(count: int) -> list[Card]:
    """Return cards with codes of their own."""
    chance = Random(count)
    return [
        Card(
            make_code(b"\0" + chance.randbytes(13)).printed,
            f"L-2026-{number:06}",
            "B014",
            "Academy Pro",
            date(2027, 12, 31),
        )
        for number in range(1, count + 1)
    ]


def sheet(armor: str, *, needs_code: bool = False, not_after: date | None = None) -> LicenseSheet:
    """Return the sheet of a classroom."""
    return LicenseSheet(
        license="L-2026-000123",
        edition="Academy Pro",
        holder="North Shore College",
        seats=40,
        through=date(2027, 12, 31),
        not_after=not_after,
        issued=date(2026, 12, 1),
        needs_code=needs_code,
        armor=armor,
    )


def armor_of(size: int) -> str:
    """Return the lines of a license file of so many bytes."""
    letters = base64.b64encode(Random(size).randbytes(size)).decode()
    lines = [letters[start : start + 64] for start in range(0, len(letters), 64)]
    return "\n".join(("-----BEGIN DIJIPILOT LICENSE-----", *lines, "-----END DIJIPILOT LICENSE-----", ""))


@pytest.mark.parametrize("paper", Paper)
def test_every_qr_code_of_a_card_gives_exactly_its_code_in_its_place(paper: Paper) -> None:
    printed = cards(23)

    pages = qr_codes(card_pages(printed, paper, with_qr=True), 200)

    assert [len(page) for page in pages] == [CARDS_A_PAGE, CARDS_A_PAGE, 3]
    assert [code for page in pages for code in page] == [card.code for card in printed]


def test_cards_stand_in_their_order_row_by_row() -> None:
    printed = cards(4)

    (page,) = words(card_pages(printed, Paper.A4, with_qr=False))

    places = [page.index(card.license) for card in printed]
    assert places == sorted(places)


def test_a_card_says_all_that_its_holder_needs() -> None:
    (card,) = cards(1)

    (page,) = words(card_pages([card], Paper.A4, with_qr=True))

    # The pale dashes are drawn apart from the groups.
    assert card.code in re.sub(r"\s", "", page)
    for text in (*HOW_TO, OFFLINE, card.license, "Academy Pro", "December 31, 2027"):
        assert text in page


def test_without_the_wish_for_it_there_is_no_qr_code() -> None:
    assert qr_codes(card_pages(cards(2), Paper.A4, with_qr=False), 200) == [[]]


@pytest.mark.parametrize("paper", Paper)
def test_ten_cards_fit_the_paper_and_its_marks_too(paper: Paper) -> None:
    (page,) = pypdfium2.PdfDocument(card_pages(cards(10), paper, with_qr=True))
    bounds = [item.get_bounds() for item in page.get_objects()]

    assert tuple(map(round, page.get_size())) == PAPER_POINTS[paper]
    left, bottom = min(each[0] for each in bounds), min(each[1] for each in bounds)
    right, top = max(each[2] for each in bounds), max(each[3] for each in bounds)
    assert 0 < left < right < PAPER_POINTS[paper][0]
    assert 0 < bottom < top < PAPER_POINTS[paper][1]


def test_a_long_title_gets_smaller_and_stays_on_its_card() -> None:
    title = "Complete Academy for Print on Demand, with everything"

    points = fitted(title, 15, Face.BOLD, 54)

    assert points < 15
    assert width_of(title, points, Face.BOLD) <= 54.001
    assert fitted("Pro", 15, Face.BOLD, 54) == 15


def test_the_face_of_codes_tells_all_symbols_apart() -> None:
    """Render the symbols that are most alike, and see that they differ by more than a speck."""
    pictures = {}
    for symbol in "0D8B5S2Z1":
        code = "-".join([symbol * 5] * 5)
        card = Card(code, "", "", "", None)
        (page,) = pypdfium2.PdfDocument(card_pages([card], Paper.A4, with_qr=False))
        pictures[symbol] = page.render(scale=2, grayscale=True).to_numpy().astype(int)
    for one, other in ("0D", "8B", "5S", "2Z", "0B", "1Z"):
        different = abs(pictures[one] - pictures[other]) > 60
        assert different.sum() > 25 * 4, f"{one} and {other}"


def test_the_same_cards_give_the_same_bytes() -> None:
    printed = cards(3)

    assert card_pages(printed, Paper.A4, with_qr=True) == card_pages(printed, Paper.A4, with_qr=True)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("size", [400, 700, 1_500])
def test_the_qr_code_of_a_sheet_gives_exactly_the_license_file(paper: Paper, size: int) -> None:
    armor = armor_of(size)

    assert qr_codes(license_page(sheet(armor), paper), 300) == [[armor]]


def test_a_license_too_long_for_a_qr_code_comes_without() -> None:
    pdf = license_page(sheet(armor_of(8_000)), Paper.A4)

    assert qr_codes(pdf, 300) == [[]]
    assert "North Shore College" in words(pdf)[0]


def test_a_sheet_says_for_whom_it_is_and_what_to_do() -> None:
    (page,) = words(license_page(sheet(armor_of(400)), Paper.LETTER))

    for text in ("Academy Pro", "for North Shore College", "40", "L-2026-000123", "--all-users", "as you keep a key"):
        assert text in page


def test_a_sheet_for_a_license_with_a_code_speaks_of_the_code() -> None:
    (page,) = words(license_page(sheet(armor_of(400), needs_code=True), Paper.A4))

    assert "activation code" in page
    assert "as you keep a key" not in page


def test_the_sheet_of_a_license_that_ends_does_not_promise_for_ever() -> None:
    (page,) = words(license_page(sheet(armor_of(400), not_after=date(2027, 1, 31)), Paper.A4))

    assert "Works without internet." in page
    assert "January 31, 2027" in page
    assert "always" not in page
    assert "for ever" not in page


def test_nothing_of_a_code_shows_when_a_card_is_logged() -> None:
    (card,) = cards(1)

    assert card.code not in repr(card)
    assert armor_of(10) not in repr(sheet(armor_of(10)))
