"""A kill in the middle leaves a home as it was or as it should be, and doing the same again succeeds."""

import os
import time
from pathlib import Path

import pytest

import dev
from dijipilot.domain.ids import LicenseId
from dijipilot.licensing.activation_store import ActivationStore
from tests.licensing.genuine import file_of
from tests.licensing.kills import (
    ACTIVATE,
    ADD_PACK,
    AFTER,
    BEFORE,
    Story,
    calls_of,
    can_trace,
    kill_at,
    make_stories,
)


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Story]:
    """Return what is done in a home, by name; skip where no program can be killed at a call."""
    if not can_trace():
        assert not os.environ.get(dev.COMPLETE_VARIABLE), "strace is missing, or may not trace"
        pytest.skip("strace is missing, or may not trace")
    made = make_stories(tmp_path_factory.mktemp("packs"))
    return {story.name: story for story in made}


@pytest.mark.parametrize("name", [ACTIVATE, ADD_PACK])
def test_a_kill_at_any_call_leaves_no_half_state(name: str, stories: dict[str, Story]) -> None:
    story = stories[name]
    calls = calls_of(story)
    near = [call for call in calls if call.is_near]
    assert 5 < len(near) < len(calls)

    wrecks = [kill_at(story, call) for call in (calls[0], *near)]

    assert [(wreck.was_killed, wreck.repeated) for wreck in wrecks] == [(True, AFTER)] * len(wrecks)
    assert {wreck.state for wreck in wrecks} == {BEFORE, AFTER}


def test_what_a_kill_left_of_a_license_goes_with_the_next_one(tmp_path: Path) -> None:
    own, everybody = tmp_path / "own", tmp_path / "everybody"
    store, file = ActivationStore(own, everybody), file_of(0, is_bearer=True)
    names = (".L-2026-000000.djlicense.x7f3a9q_", ".L-1.djlicense.abcdefgh", "notes.txt", ".L-1.djlicense")
    for folder in (own, everybody):
        folder.mkdir()
        for name in names:
            (folder / name).touch()
    os.utime(everybody / names[1], times=(time.time() - 7200,) * 2)

    for for_all in (False, True):
        store.keep(LicenseId("L-2026-000000"), file.file, for_all=for_all)

    assert {path.name for path in own.iterdir()} == {"L-2026-000000.djlicense", *names[2:]}
    # In a folder that computers share, another one may be writing.
    assert {path.name for path in everybody.iterdir()} == {"L-2026-000000.djlicense", names[0], *names[2:]}
