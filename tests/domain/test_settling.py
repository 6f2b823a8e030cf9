"""The question that settles a skill is the one that says most about it and was not asked yet."""

from msgspec.structs import replace

from dijipilot.domain.assessment.items import Item, ItemKind
from dijipilot.domain.ids import ItemId, SkillId
from dijipilot.domain.settling import item_that_settles
from tests import builders

MARGIN = SkillId("price.margin")


def settles(*items: Item, asked: str = "") -> str | None:
    curriculum = replace(builders.small_curriculum(), items=items)
    found = item_that_settles(curriculum, MARGIN, frozenset(ItemId(name) for name in asked.split()))
    return found.id if found else None


def weak(item: Item) -> Item:
    """Return the item with options that say little."""
    options = tuple(
        replace(option, evidence={skill: said // 2 for skill, said in option.evidence.items()})
        for option in item.options
    )
    return replace(item, options=options)


def test_an_item_of_which_the_skill_is_the_main_one_comes_first() -> None:
    beside = builders.item("a.beside", "1.1.2", "price.cost-stack price.margin")
    main = builders.item("b.main", "1.1.2", "price.margin price.cost-stack")

    assert settles(beside, main) == "b.main"
    assert settles(beside) == "a.beside"


def test_the_stronger_item_comes_before_the_weaker_and_the_shorter_before_the_longer() -> None:
    strong = builders.item("b", "1.1.2", "price.margin")
    long = replace(strong, id=ItemId("a"), think_seconds=30.0)

    assert settles(weak(replace(strong, id=ItemId("a"))), strong) == "b"
    assert settles(long, strong) == "b"


def test_what_was_asked_and_what_only_follows_is_passed_over() -> None:
    item = builders.item("a", "1.1.2", "price.margin")
    follow_up = builders.item("a.follow_up", "1.1.2", "price.margin", ItemKind.FOLLOW_UP)

    assert settles(item, follow_up, asked="a") is None
    assert settles(follow_up) is None
    assert settles(builders.item("b", "1.1.2", "price.cost-stack")) is None
