"""The figures of the example shop, which every lesson repeats, add up in the author's guide."""

import re
from pathlib import Path

import pytest

from dijipilot.content.wording import wrong_sum

GUIDE = Path(__file__).resolve().parents[2] / "curriculum" / "AUTHORS.md"
TEXT = GUIDE.read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", TEXT, flags=re.MULTILINE))

_SUM = re.compile(r"\d[\d.]*(?: [-+*/] \d[\d.]*)+ = \d[\d.]*")


def numbers(row: str) -> list[float]:
    """Return the numbers of a row of the table, in their order."""
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", ROWS[row])]


def sums() -> list[str]:
    return [found.rstrip(".") for found in _SUM.findall(TEXT)]


def test_the_sums_of_the_guide_are_found() -> None:
    assert {"18.00 + 5.00 = 23.00", "23.00 - 2.30 - 12.40 = 8.30", "24.00 + 5.00 = 29.00"} <= set(sums())
    assert len(sums()) == _lines_with_sums()


def _lines_with_sums() -> int:
    """Return how many equals signs stand in the table: each is part of a sum that is recomputed."""
    return sum(value.count("=") for value in ROWS.values())


@pytest.mark.parametrize("written", sums())
def test_each_sum_of_the_guide_is_right(written: str) -> None:
    assert wrong_sum(written) is None


def test_a_wrong_sum_would_be_told() -> None:
    assert wrong_sum("23.00 - 2.30 - 12.40 = 8.40") is not None


def test_the_bills_for_one_and_two_mugs_follow_from_price_and_postage() -> None:
    mug, postage, second, one, two = numbers("Mug, provider A")

    assert one == pytest.approx(mug + postage)
    assert two == pytest.approx(2 * mug + postage + second)


def test_the_fees_are_their_share_of_what_the_buyer_pays() -> None:
    percent, fees = numbers("Fees of platform and payment together")
    paid = numbers("Mug, price + shipping the buyer pays")[-1]

    assert fees == pytest.approx(paid * percent / 100)
    assert numbers("What one mug order leaves (contribution)") == pytest.approx(
        [paid, fees, numbers("Mug, provider A")[3], paid - fees - numbers("Mug, provider A")[3]]
    )


def test_a_shirt_leaves_what_is_paid_less_fees_and_bill() -> None:
    paid = numbers("Shirt, price + shipping")[-1]
    percent = numbers("Fees of platform and payment together")[0]
    _, _, bill, fees, left = numbers("Shirt, provider's bill")

    assert fees == pytest.approx(paid * percent / 100)
    assert left == pytest.approx(paid - fees - bill)


def test_the_orders_of_a_month_are_those_with_one_mug_and_with_two() -> None:
    month, single, double = numbers("Orders")[:3]

    assert month == single + double


def test_the_fixed_costs_of_a_month_are_their_parts() -> None:
    plan, tool, domain, domain_a_year, together = numbers("Fixed costs a month")

    assert domain == pytest.approx(domain_a_year / 12)
    assert together == pytest.approx(plan + tool + domain)


def test_the_rows_of_the_catalog_are_its_variants() -> None:
    mugs, mug_colors, shirts, shirt_colors, sizes, rows = numbers("Catalog")

    assert rows == mugs * mug_colors + shirts * shirt_colors * sizes
