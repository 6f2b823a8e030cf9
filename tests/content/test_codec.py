"""What is written as JSON comes back the same, and what is not of the type is refused."""

import json
import traceback

import pytest

from dijipilot.content.codec import from_json, to_json
from dijipilot.domain.assessment.items import Item, ItemKind, ItemOption
from dijipilot.domain.curriculum import LearningPath
from dijipilot.domain.ids import FactId, ItemId, MissionNumber, OptionId, SkillId

ITEM = Item(
    id=ItemId("item.a.1"),
    kind=ItemKind.SCENARIO,
    mission=MissionNumber("1.1.1"),
    skills=(SkillId("a"),),
    prompt="What?",
    options=(
        ItemOption(OptionId("x"), "X", {SkillId("a"): -2}, "Guesses."),
        ItemOption(OptionId("y"), "Y", {}, keeps=False),
    ),
    think_seconds=20.0,
    after=frozenset({OptionId("y"), OptionId("x")}),
)


def test_an_object_survives_the_journey() -> None:
    assert from_json(Item, json.dumps(to_json(ITEM))) == ITEM


def test_fields_with_their_default_are_not_written_and_sets_are_sorted() -> None:
    data = to_json(ITEM)

    assert "explanation" not in data
    assert data["after"] == ["x", "y"]
    assert data["options"][1]["keeps"] is False


def test_mappings_of_sets_survive_too() -> None:
    path = LearningPath("Launch", "First.", {FactId("orders"): frozenset({"none", "few"})})

    assert from_json(LearningPath, json.dumps(to_json(path))) == path


DATA = to_json(ITEM)


@pytest.mark.parametrize(
    "spoiled",
    [
        None,
        [],
        "text",
        {},
        {"id": 1},
        DATA | {"kind": "nonsense"},
        DATA | {"think_seconds": "long"},
        DATA | {"skills": "a"},
        DATA | {"options": [1]},
    ],
)
def test_what_is_not_of_the_type_is_refused(spoiled: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        from_json(Item, json.dumps(spoiled))


@pytest.mark.parametrize(
    ("spoiled", "told"),
    [
        ({"kind": "charges you at release"}, "not a Item: wrong at `$.kind`"),
        ({"options": [{"id": "x", "text": ["charges you at release"]}]}, "not a Item: wrong at `$.options[0].text`"),
    ],
)
def test_what_is_refused_is_named_by_its_place_and_not_quoted(spoiled: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match="not a") as caught:
        from_json(Item, json.dumps(DATA | spoiled))

    assert str(caught.value) == told
    assert "charges" not in "".join(traceback.format_exception(caught.value))


def test_what_is_no_json_is_not_quoted() -> None:
    with pytest.raises(ValueError, match=r"^not a Item$") as caught:
        from_json(Item, '{"prompt": charges you at release}')

    assert "charges" not in "".join(traceback.format_exception(caught.value)).replace('\'{"prompt": charges', "")


def test_fields_of_a_later_edition_are_passed_over() -> None:
    assert from_json(Item, json.dumps(DATA | {"extra": 1})) == ITEM
