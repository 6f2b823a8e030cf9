"""Tests of profiles, settings and what is read before SQLModel is in memory."""

import pytest

from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import Profile
from dijipilot.errors import UsageProblem
from dijipilot.storage import profiles, settings
from dijipilot.storage.database import Database
from tests.builders import NOON
from tests.storage.making import ADA, answer_numbers, append_answers

BEA = Profile(ProfileId("bea"), "Bea", NOON)


def test_profiles_are_listed_found_and_renamed(database: Database) -> None:
    profiles.add_profile(database, BEA)
    assert profiles.list_profiles(database) == [ADA, BEA]
    assert profiles.find_profile(database, " Bea ") == BEA
    assert profiles.find_profile(database, "bea") is None
    assert profiles.rename_profile(database, BEA.id, "Zoë") == Profile(BEA.id, "Zoë", NOON)
    assert profiles.find_profile(database, "Zoë") == profiles.get_profile(database, BEA.id)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  Ada\t Şen\n", "Ada Şen"), ("Zoë", "Zoë"), ("x" * 300, "x" * 100), ("half \ud800", "half ?")],
)
def test_names_are_tidied(database: Database, typed: str, kept: str) -> None:
    assert profiles.add_profile(database, Profile(ProfileId("new"), typed, NOON)).name == kept


def test_a_name_is_taken_once(database: Database) -> None:
    with pytest.raises(UsageProblem, match="already a profile named “Ada”"):
        profiles.add_profile(database, Profile(ProfileId("other"), "Ada ", NOON))
    profiles.add_profile(database, BEA)
    with pytest.raises(UsageProblem, match="already"):
        profiles.rename_profile(database, BEA.id, "Ada")
    assert profiles.rename_profile(database, BEA.id, "Bea").name == "Bea"
    with pytest.raises(UsageProblem, match="needs a name"):
        profiles.rename_profile(database, BEA.id, " \u2003 ")


def test_a_removed_profile_is_hidden_keeps_its_records_and_frees_its_name(database: Database) -> None:
    append_answers(database, 1, 2)
    profiles.remember_last_used(database, ADA.id)
    profiles.remove_profile(database, ADA.id, NOON)
    assert profiles.list_profiles(database) == []
    assert profiles.last_used_profile(database) is None
    assert answer_numbers(database) == [1, 2]
    profiles.add_profile(database, Profile(ProfileId("other"), "Ada", NOON))
    with pytest.raises(UsageProblem, match="no profile with the id"):
        profiles.rename_profile(database, ADA.id, "Ada 2")


def test_settings_are_kept_by_profile_and_replaced(database: Database) -> None:
    assert settings.get_setting(database, "page") is None
    settings.set_setting(database, "page", "home")
    settings.set_setting(database, "page", "roadmap")
    settings.set_setting(database, "page", "lesson", ADA.id)
    assert settings.get_setting(database, "page") == "roadmap"
    assert settings.get_setting(database, "page", ADA.id) == "lesson"
    assert settings.settings_of(database) == {"page": "roadmap"}
    with database.writing():
        assert settings.get_setting(database, "page") == "roadmap"
        settings.set_setting(database, "page", "search")
        assert settings.get_setting(database, "page") == "search"


def test_what_the_next_start_would_take_for_damage_is_never_written(database: Database) -> None:
    with pytest.raises(ValueError, match="value is too long"):
        settings.set_setting(database, "page", "x" * 1_000_001)
    with pytest.raises(ValueError, match="key is too long"):
        settings.set_setting(database, "x" * 201, "home")
    with pytest.raises(ValueError, match="id is too long"):
        profiles.add_profile(database, Profile(ProfileId("x" * 201), "Long", NOON))
    assert database.find_problems() == []
