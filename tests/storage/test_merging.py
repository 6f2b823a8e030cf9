"""Tests of exporting all records of a profile and merging them into another copy."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import Profile
from dijipilot.errors import BadInput, UsageProblem
from dijipilot.paths import UserPaths
from dijipilot.storage import answers, merging, profiles, settings
from dijipilot.storage.database import Database, open_for_writing
from tests.builders import NOON
from tests.storage.making import ADA, FIRST, answer, answer_numbers, append_answers, append_one_of_everything

IN_ALL = 14
"""How many records append_one_of_everything and the start of the assessment make."""


@pytest.fixture
def other(tmp_path: Path) -> Any:
    """A database on another computer, empty."""
    opened = open_for_writing(UserPaths(tmp_path / "other"), NOON)
    yield opened
    opened.close()


def _exported(database: Database) -> dict[str, Any]:
    """Return an export after a journey through a file."""
    exported: dict[str, Any] = json.loads(json.dumps(merging.export_profile(database, ADA.id)))
    return exported


def test_a_profile_moves_whole_and_moving_it_again_adds_nothing(database: Database, other: Database) -> None:
    append_one_of_everything(database)
    settings.set_setting(database, "page", "roadmap", ADA.id)
    records = _exported(database)
    outcome = merging.import_profile(other, records)
    assert (outcome.profile, outcome.is_new_profile, outcome.added) == (ADA, True, IN_ALL)
    assert merging.export_profile(other, ADA.id) == records
    assert merging.import_profile(other, records).added == 0
    assert not merging.import_profile(database, records).is_new_profile
    assert other.find_problems() == []


def test_two_copies_merge_to_the_same_records_in_the_same_order(database: Database, other: Database) -> None:
    append_answers(database, 1, 2)
    merging.import_profile(other, _exported(database))
    answers.append_answer(database, ADA.id, None, answer(10, ScreenKind.FACT, seconds_after_noon=100))
    answers.append_answer(other, ADA.id, None, answer(11, ScreenKind.FACT, seconds_after_noon=50))
    answers.append_answer(database, ADA.id, None, answer(12, ScreenKind.FACT, seconds_after_noon=200))
    assert merging.import_profile(database, _exported(other)).added == 1
    assert merging.import_profile(other, _exported(database)).added == 2
    for each in (database, other):
        assert [fact.id[-2:] for fact in answers.fact_answers(each, ADA.id)] == ["11", "10", "12"]


def test_a_name_that_is_taken_needs_another(database: Database, other: Database) -> None:
    profiles.add_profile(other, Profile(ProfileId("another-ada"), "Ada", NOON))
    records = _exported(database)
    with pytest.raises(UsageProblem, match="already a profile named"):
        merging.import_profile(other, records)
    assert merging.import_profile(other, records, name="Ada (2)").profile == replace(ADA, name="Ada (2)")
    assert merging.import_profile(other, records).profile.name == "Ada (2)"


def test_importing_brings_a_removed_profile_back(database: Database) -> None:
    append_answers(database, 1, 2)
    records = _exported(database)
    profiles.remove_profile(database, ADA.id, NOON)
    assert merging.import_profile(database, records).profile == ADA
    assert answer_numbers(database) == [1, 2]


def test_settings_here_are_not_overwritten(database: Database, other: Database) -> None:
    settings.set_setting(database, "page", "roadmap", ADA.id)
    settings.set_setting(database, "size", "large", ADA.id)
    settings.set_setting(other, "page", "home", ADA.id)
    merging.import_profile(other, _exported(database))
    assert settings.settings_of(other, ADA.id) == {"page": "home", "size": "large"}


def _change(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(records: dict[str, Any]) -> None:
        place: Any = records
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    "change",
    [
        _change("schema", to=None),
        _change("schema", to=99),
        _change("profile", to=None),
        _change("profile", "id", to=5),
        _change("profile", "name", to="x" * 1000),
        _change("profile", "created_at", to="yesterday"),
        _change("settings", to=[]),
        _change("settings", "page", to=5),
        _change("records", to=None),
        _change("records", "answer", to="many"),
        _change("records", "diary", to=[]),
        _change("records", "answer", 0, to=7),
        _change("records", "answer", 0, "id", to=None),
        _change("records", "answer", 0, "at", to="2026-01-01T00:00:00"),
        _change("records", "answer", 0, "at", to="9999-12-31T23:59:59.999999-23:00"),
        _change("records", "answer", 0, "shown", to='{"a": 1}'),
        _change("records", "answer", 0, "chosen", to="[" * 100_000),
        _change("records", "answer", 0, "is_not_sure", to=True),
        _change("records", "answer", 0, "expected_seconds", to=float("nan")),
        _change("records", "answer", 0, "response_seconds", to="1; DROP TABLE answer"),
        _change("records", "answer", 0, "screen", to="\ud800"),
        _change("records", "answer", 0, "mood", to="calm"),
        _change("records", "answer", 0, "assessment", to="of-somebody-else"),
        _change("records", "assessment", 0, "seed", to=2**63),
        _change("records", "assessment_mark", 0, "assessment", to=None),
        _change("records", "note", 0, "text", to="x" * 2_000_000),
        _change("records", "shown_verdicts", 0, "verdicts", to='{"a": [2, "x"]}'),
    ],
)
def test_a_record_that_is_not_as_it_should_be_is_refused_and_nothing_is_added(
    database: Database, other: Database, change: Callable[[dict[str, Any]], None]
) -> None:
    append_one_of_everything(database)
    records = copy.deepcopy(_exported(database))
    change(records)
    with pytest.raises(BadInput, match="Nothing was imported"):
        merging.import_profile(other, records)
    assert profiles.list_profiles(other) == []


def test_records_cannot_be_slipped_into_somebody_elses_assessment(database: Database, other: Database) -> None:
    append_answers(database, 1, 1)
    records = _exported(database)
    records["profile"]["id"] = "mallory"
    records["profile"]["name"] = "Mallory"
    with pytest.raises(BadInput, match="not this profile's"):
        merging.import_profile(database, records)
    assert profiles.list_profiles(database) == [ADA]
    assert answers.assessments_of(database, ADA.id) == [FIRST]
    assert merging.import_profile(other, records).profile.id == "mallory"
