"""Conclusions: taken back under the same evidence alone, in a new process, and never where they are damaged."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.paths import UserPaths
from dijipilot.storage.erasing import erase_everything
from tests.homes import licensed
from tests.ui.sample_learner import START, fill, numbered_ids, slow_clock

SKILL = SkillId("fulfillment.order-settings")


@pytest.fixture(scope="module")
def seen_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which an assessment was taken and looked at; tests work on copies."""
    paths = UserPaths(licensed(tmp_path_factory.mktemp("seen") / "academy"))
    academy = open_academy(paths, True, slow_clock(), numbered_ids())
    profile = fill(academy).id
    look_at_everything(academy, profile)
    academy.close()
    return paths.home


@pytest.fixture
def home(seen_home: Path, tmp_path: Path) -> UserPaths:
    """Return a home of one's own."""
    return UserPaths(Path(shutil.copytree(seen_home, tmp_path / "academy")))


def look_at_everything(academy: Academy, profile: ProfileId) -> tuple[object, ...]:
    found = academy.assess.result(profile), academy.assess.forecast_more(profile, 2.0)
    return (academy.standings.current(profile), academy.standings.reasons(profile, SKILL), *found)


def reopen(paths: UserPaths, days: int = 1, for_writing: bool = True) -> tuple[Academy, ProfileId]:
    academy = open_academy(paths, for_writing, slow_clock(START + timedelta(days=days)), numbered_ids("b"))
    profile = academy.profiles.current()
    assert profile is not None
    return academy, profile.id


@pytest.fixture
def diagnoses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every diagnosis that is computed."""
    seen: list[int] = []
    computed: Callable[..., object] = DiagnosticEngine.diagnose

    def counted(self: DiagnosticEngine, *arguments: object, **more: object) -> object:
        seen.append(1)
        return computed(self, *arguments, **more)

    monkeypatch.setattr(DiagnosticEngine, "diagnose", counted)
    return seen


def test_the_next_start_computes_nothing_and_finds_the_same(home: UserPaths, diagnoses: list[int]) -> None:
    academy, profile = reopen(home)
    kept = look_at_everything(academy, profile)
    academy.close()
    assert diagnoses == []
    for file in home.cache.iterdir():
        file.unlink()

    academy, profile = reopen(home)
    computed = look_at_everything(academy, profile)
    academy.close()

    assert diagnoses != []
    assert kept == computed


def test_new_evidence_is_not_answered_with_old_conclusions(home: UserPaths, diagnoses: list[int]) -> None:
    academy, profile = reopen(home)
    before = academy.standings.current(profile)

    academy.learn.finish(profile, SKILL)

    after = academy.standings.current(profile)
    academy.close()
    assert len(diagnoses) == 1
    assert after.by_skill[SKILL].probability > before.by_skill[SKILL].probability


def test_answers_that_have_aged_are_weighed_anew(home: UserPaths, diagnoses: list[int]) -> None:
    academy, profile = reopen(home, days=65)

    academy.standings.current(profile)

    academy.close()
    assert len(diagnoses) == 1


@pytest.mark.parametrize("damage", ["", "[", '["{key}"]', '["{key}", {{}}]', '["{key}", [1]]', "\x00" * 80])
def test_a_damaged_file_is_computed_anew(home: UserPaths, damage: str, diagnoses: list[int]) -> None:
    academy, profile = reopen(home)
    sound = look_at_everything(academy, profile)
    academy.close()
    for file in home.cache.iterdir():
        key = file.read_text(encoding="utf-8")[2:66]
        file.write_text(damage.format(key=key), encoding="utf-8")

    academy, profile = reopen(home)

    assert look_at_everything(academy, profile) == sound
    academy.close()
    assert diagnoses != []


def test_reading_beside_a_window_keeps_nothing(home: UserPaths) -> None:
    for file in home.cache.iterdir():
        file.unlink()
    academy, profile = reopen(home, for_writing=False)

    look_at_everything(academy, profile)

    academy.close()
    assert list(home.cache.iterdir()) == []


def test_erasing_everything_erases_conclusions(home: UserPaths) -> None:
    academy, _ = reopen(home)
    academy.close()
    assert list(home.cache.iterdir()) != []

    erase_everything(home)

    assert list(home.cache.iterdir()) == []


def test_a_disk_that_takes_nothing_costs_time_alone(home: UserPaths) -> None:
    for file in home.cache.iterdir():
        file.unlink()
    home.cache.rmdir()
    home.cache.write_text("in the way", encoding="utf-8")
    academy, profile = reopen(home)

    assert academy.standings.current(profile).has_evidence
    academy.close()
