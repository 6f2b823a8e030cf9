"""A command that is killed at any step leaves the vault as it was before or as it is afterwards, and usable."""

import os
import sys
from pathlib import Path

import pytest

from dijipilot_vendor import private_files
from dijipilot_vendor.main import main
from dijipilot_vendor.state import VaultState
from dijipilot_vendor.vault import open_vault
from dijipilot_vendor.vault_lock import locked
from tests.vendor.conftest import NOON, PASSPHRASE, Tool

KILLED = 9
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate"})
"""Events by which Python tells of changes to the file system, besides that of opening a file to write."""

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is split off, which Windows cannot")


def killed_at(step: int, words: list[str]) -> bool:
    """Run a command in a process that dies right before its change number `step`; tell whether it got that far."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & 3):
                left -= 1
                if left < 0:
                    os._exit(KILLED)

        sys.addaudithook(count)
        os._exit(main(words, clock=lambda: NOON))
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def state_of(tool: Tool) -> VaultState:
    """Return what the vault holds."""
    with locked(tool.vault):
        return open_vault(tool.vault, PASSPHRASE).state


@needs_fork
@pytest.mark.parametrize("noun", ["bump", "issue"])
def test_a_kill_at_every_change_of_a_command_leaves_before_or_after(tool: Tool, noun: str) -> None:
    words = {
        "bump": ["ent", "bump", "pro"],
        "issue": ["issue", "--typ=trial", "--ents=pro", "--days=9", "--bearer", f"--out={tool.file('a.djlicense')}"],
    }[noun]
    given = ["--vault", str(tool.vault), "--passphrase-file", str(tool.file("passphrase")), *words]
    step, was_killed, done = 0, True, 0
    while was_killed:
        before = state_of(tool)
        was_killed = killed_at(step, given)
        after = state_of(tool)
        is_done = after != before
        assert is_done or after == before
        assert len(after.register) - len(before.register) in (0, 1)
        # A file is out only when the vault knows of it.
        assert is_done or not tool.file("a.djlicense").exists()
        tool.file("a.djlicense").unlink(missing_ok=True)
        done += is_done
        step += 1
        # Whoever comes next finishes what was begun, and finds the log whole.
        assert tool.do("audit", "verify").err == ""
        assert not (tool.vault / "pending").exists()
    assert step > 8
    assert 1 < done < step


@needs_fork
def test_a_kill_while_a_vault_is_made_leaves_none_or_one(no_vault: Tool) -> None:
    no_vault.file("passphrase").write_text(PASSPHRASE, encoding="utf-8")
    given = ["--vault", str(no_vault.vault), "--passphrase-file", str(no_vault.file("passphrase")), "keys", "init"]
    step = 0
    while killed_at(step, given):
        if no_vault("keys", "list").code == 0:
            _clear(no_vault.vault)
        step += 1
    assert step > 8
    assert no_vault.do("audit", "verify").err == ""


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def test_a_disk_that_is_full_changes_nothing_and_says_so(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state_of(tool)
    monkeypatch.setattr("os.fsync", _refuse)

    outcome = tool("issue", "--typ=trial", "--ents=pro", "--days=9", "--bearer", "--out", tool.file("a.djlicense"))

    assert outcome.code == 5
    assert "could not be written: No space left on device" in outcome.err
    monkeypatch.undo()
    assert state_of(tool) == before
    assert not tool.file("a.djlicense").exists()
    assert [path.name for path in tool.folder.glob(".*")] == []


def test_a_disk_that_fills_up_after_the_change_was_made_does_not_lose_it(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, told = private_files.write_private, []

    def only_pending(path: Path, content: bytes) -> None:
        if path.name != "pending":
            told.append(path.name)
            raise private_files.could_not_save(path, OSError(28, "No space left on device"))
        write(path, content)

    monkeypatch.setattr("dijipilot_vendor.vault.write_private", only_pending)
    tool.do("ent", "bump", "pro")
    monkeypatch.undo()

    assert told == ["vault.json"]
    assert tool.do("ent", "list", "--json").data["editions"][0]["epoch"] == 2
    assert tool.do("audit", "verify").err == ""


def _refuse(_: int) -> None:
    raise OSError(28, "No space left on device")
