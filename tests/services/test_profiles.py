"""Profiles, facts and settings are kept, and a profile travels by file."""

import json
from pathlib import Path

import pytest

from dijipilot.domain.ids import FactId, OptionId, SkillId
from dijipilot.domain.shop_facts import GOAL, SALES_CHANNELS
from dijipilot.errors import BadInput, UsageProblem
from dijipilot.services.events import FactsChanged, ProfileChanged
from dijipilot.storage.database import open_for_reading
from tests.services.conftest import Desk

BUYER = SkillId("niche.buyer")


def chosen(*options: str) -> frozenset[OptionId]:
    return frozenset(OptionId(option) for option in options)


def names(desk: Desk) -> list[str]:
    return [profile.name for profile in desk.profiles.all()]


def test_choosing_a_new_name_makes_a_profile_and_remembers_it(desk: Desk) -> None:
    bora = desk.profiles.choose("Bora")
    assert desk.profiles.current() == bora
    ayse = desk.profiles.choose("Ayşe")

    assert desk.profiles.current() == ayse
    assert names(desk) == ["Ayşe", "Bora"]
    assert desk.told == [ProfileChanged(bora.id), ProfileChanged(ayse.id)]


def test_profiles_are_added_renamed_and_removed(desk: Desk) -> None:
    bora = desk.profiles.add("Bora")
    with pytest.raises(UsageProblem):
        desk.profiles.add("Bora")

    assert desk.profiles.rename(bora.id, "Can").name == "Can"
    assert desk.profiles.find("Can") is not None
    desk.profiles.remove(bora.id)

    assert names(desk) == ["Ayşe"]
    assert desk.profiles.find("Can") is None


def test_an_existing_profile_can_be_chosen_where_nothing_can_be_written(desk: Desk) -> None:
    bora = desk.profiles.add("Bora")
    reading = open_for_reading(desk.database.paths)
    beside = Desk(reading, desk.pack, desk.clock, desk.new_id)

    assert beside.profiles.choose("Bora") == bora
    assert beside.profiles.current() == desk.profiles.current()
    reading.close()


def test_the_latest_answer_to_a_fact_counts_and_not_sure_forgets_it(desk: Desk) -> None:
    desk.profiles.answer_fact(desk.learner, SALES_CHANNELS, chosen("shopify"))
    desk.profiles.answer_fact(desk.learner, SALES_CHANNELS, chosen("etsy", "shopify"))
    desk.profiles.answer_fact(desk.learner, GOAL, chosen("first_sale"))
    assert desk.profiles.facts(desk.learner)[SALES_CHANNELS] == chosen("etsy", "shopify")

    desk.profiles.answer_fact(desk.learner, GOAL, chosen())

    assert not desk.profiles.facts(desk.learner).get(GOAL)
    assert desk.told == [FactsChanged(desk.learner)] * 4


@pytest.mark.parametrize(
    ("fact", "options", "told"),
    [
        ("shoe_size", ["large"], "no question shoe_size"),
        ("goal", ["world_peace"], "“world_peace” is not among"),
        ("goal", ["first_sale", "scale_up"], "goal takes one answer"),
        ("sales_channels", ["etsy", "undecided"], "“undecided” stands alone"),
    ],
)
def test_answers_that_do_not_fit_the_fact_are_refused(desk: Desk, fact: str, options: list[str], told: str) -> None:
    with pytest.raises(UsageProblem, match=told):
        desk.profiles.answer_fact(desk.learner, FactId(fact), chosen(*options))
    assert desk.told == []


def test_settings_have_a_default_and_belong_to_a_profile(desk: Desk) -> None:
    bora = desk.profiles.add("Bora")
    desk.profiles.set_setting(desk.learner, "theme", "dark")

    assert desk.profiles.setting(desk.learner, "theme") == "dark"
    assert desk.profiles.setting(bora.id, "theme", "light") == "light"


def test_a_profile_travels_with_everything_it_has(desk: Desk, other_desk: Desk, tmp_path: Path) -> None:
    desk.profiles.answer_fact(desk.learner, SALES_CHANNELS, chosen("shopify"))
    desk.learn.tick_step(desk.learner, BUYER, "s1", True)
    desk.learn.save_note(desk.learner, BUYER, "Ask İpek")
    desk.plan.skip(desk.learner, SkillId("ads.first"))
    desk.plan.undo(desk.learner)
    desk.profiles.export(desk.learner, tmp_path / "ayse.djprofile")

    outcome = other_desk.profiles.import_(tmp_path / "ayse.djprofile")

    assert (outcome.profile.id, outcome.profile.name, outcome.added) == (desk.learner, "Ayşe", 5)
    assert other_desk.profiles.facts(outcome.profile.id) == desk.profiles.facts(desk.learner)
    assert other_desk.learn.progress(outcome.profile.id) == desk.learn.progress(desk.learner)
    assert other_desk.learn.note(outcome.profile.id, BUYER) == "Ask İpek"
    assert other_desk.plan.roadmap(outcome.profile.id).items == desk.plan.roadmap(desk.learner).items


def test_importing_twice_adds_nothing_and_two_copies_become_one(desk: Desk, other_desk: Desk, tmp_path: Path) -> None:
    desk.learn.finish(desk.learner, BUYER)
    desk.profiles.export(desk.learner, tmp_path / "first.djprofile")
    there = other_desk.profiles.import_(tmp_path / "first.djprofile").profile
    other_desk.learn.save_note(there.id, BUYER, "Written there")
    other_desk.profiles.export(there.id, tmp_path / "back.djprofile")

    assert other_desk.profiles.import_(tmp_path / "first.djprofile").added == 0
    assert desk.profiles.import_(tmp_path / "back.djprofile").added == 1

    assert desk.learn.note(desk.learner, BUYER) == "Written there"
    assert names(desk) == ["Ayşe"]


def test_a_name_that_somebody_else_has_gets_a_number(desk: Desk, other_desk: Desk, tmp_path: Path) -> None:
    desk.profiles.export(desk.learner, tmp_path / "a.djprofile")
    for _ in range(2):
        other_desk.profiles.choose("Ayşe")
        other_desk.profiles.import_(tmp_path / "a.djprofile")

    assert sorted(names(other_desk)) == ["Ayşe", "Ayşe (2)"]


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("records", 7, "records must be an object"),
        ("profile", {"id": "x", "name": "y"}, r"profile\.created_at is missing"),
        ("settings", {"a": 1}, r"settings\.a must be a text"),
        ("schema", 999_999, "newer"),
    ],
)
def test_a_file_with_a_wrong_field_adds_nothing(
    desk: Desk, tmp_path: Path, part: str, value: object, told: str
) -> None:
    file = tmp_path / "ayse.djprofile"
    desk.profiles.export(desk.learner, file)
    document = json.loads(file.read_text("utf-8"))
    document[part] = value
    file.write_text(json.dumps(document), "utf-8")
    desk.told.clear()

    with pytest.raises(BadInput, match=told):
        desk.profiles.import_(file)
    assert desk.told == []


def test_a_wrong_value_deep_in_the_records_is_named(desk: Desk, other_desk: Desk, tmp_path: Path) -> None:
    desk.learn.finish(desk.learner, BUYER)
    file = tmp_path / "ayse.djprofile"
    desk.profiles.export(desk.learner, file)
    document = json.loads(file.read_text("utf-8"))
    document["records"]["lesson_event"][0]["at"] = "yesterday"
    file.write_text(json.dumps(document), "utf-8")

    with pytest.raises(BadInput, match="lesson_event"):
        other_desk.profiles.import_(file)
    assert names(other_desk) == []
