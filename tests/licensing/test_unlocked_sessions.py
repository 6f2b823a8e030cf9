"""Sessions of learners who read what a license opened leave none of it on the disk, however they end."""

from pathlib import Path

from tests.licensing.reading_window import CLOSE, CRASH
from tests.licensing.sealed_words import checkout_content, sealed_words
from tests.licensing.unlocked_sessions import KILLED, Session, Sessions, live_through, search_disk
from tests.ui.conftest import filled_home

# A fixture of the interface tests, used here under the same name.
__all__ = ["filled_home"]

SESSIONS = (
    Session(KILLED, ("read", "highlight", "search"), last=3, delay=0.1),
    Session(CRASH, ("read", "fail", "carry_away", "unfold"), seed=1),
    Session(KILLED, ("read", "answer", "carry_away"), last=3, delay=0.02, seed=2),
    Session(CLOSE, ("search", "preview", "read"), seed=3),
)


def test_sessions_that_are_closed_crash_or_are_killed_leave_no_sealed_words(filled_home: Path) -> None:
    done = live_through(filled_home, SESSIONS)

    assert done.wrong == []
    assert done.ends == {KILLED: 2, CRASH: 1, CLOSE: 1}
    assert done.acts.total() == sum(len(session.acts) for session in SESSIONS)
    assert done.leaks == []
    assert done.looked_at > 0


def test_words_that_a_session_left_in_a_folder_of_the_system_are_found(tmp_path: Path) -> None:
    sentence = next(
        text.sections[0].markdown
        for text in checkout_content().text_by_skill.values()
        if list(sealed_words().windows_in(text.sections[0].markdown.encode()))
    )
    left = tmp_path / "system" / "tmpdir" / "etilqs_1"
    left.parent.mkdir(parents=True)
    left.write_text(f"of no use {sentence}", "utf-8")
    done = Sessions()

    search_disk(tmp_path, done)

    assert done.leaks[0].startswith("system/tmpdir/etilqs_1: ")
