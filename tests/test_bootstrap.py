"""The whole academy over one home: what a license there opens, and what it takes to have one."""

from pathlib import Path

import pytest

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.errors import LessonLocked
from dijipilot.paths import UserPaths, development_vault
from dijipilot_vendor.develop import CODE, LICENSE
from tests.homes import licensed


@pytest.fixture
def nobodys_home(tmp_path: Path) -> UserPaths:
    """Return a home without a license."""
    return UserPaths(tmp_path / "nobody")


def locked(academy: Academy) -> int:
    """Return how many written lessons cannot be read; every other one is read."""
    count = 0
    for lesson in academy.library.curriculum.lessons:
        try:
            assert (academy.library.lesson(lesson.skill) is not None) == lesson.is_ready
        except LessonLocked:
            count += 1
    return count


def test_without_a_license_the_free_lessons_can_be_read(nobodys_home: UserPaths) -> None:
    academy = open_academy(nobodys_home, for_writing=True)
    free = [mission for mission in academy.library.curriculum.missions() if mission.is_free]

    assert locked(academy) == len(academy.library.locked_skills()) > 0
    for mission in free:
        for lesson in mission.lessons:
            assert not academy.library.is_locked(lesson.skill)
    assert not nobodys_home.licenses.exists()
    academy.close()


def test_a_license_in_the_home_opens_all_of_it(nobodys_home: UserPaths) -> None:
    licensed(nobodys_home.home)
    for for_writing in (True, False):
        academy = open_academy(nobodys_home, for_writing)
        assert locked(academy) == 0
        academy.close()


def test_a_license_for_all_users_opens_all_of_it(nobodys_home: UserPaths, machine_licenses: Path) -> None:
    machine_licenses.mkdir()
    (machine_licenses / "room 4.djlicense").write_bytes((development_vault() / LICENSE).read_bytes())

    academy = open_academy(nobodys_home, for_writing=True)

    assert locked(academy) == 0
    assert [each.for_all for each in academy.licenses.held()] == [True]
    academy.close()


def test_the_code_of_this_checkout_opens_all_of_it_at_once_and_for_good(nobodys_home: UserPaths) -> None:
    academy = open_academy(nobodys_home, for_writing=True)
    assert academy.library.search("zzz").hits == ()

    activation = academy.licenses.activate((development_vault() / CODE).read_text("ascii"))

    assert len(activation.held.lessons) > 0
    assert locked(academy) == 0
    academy.close()
    academy = open_academy(nobodys_home, for_writing=True)
    assert locked(academy) == 0
    academy.close()
