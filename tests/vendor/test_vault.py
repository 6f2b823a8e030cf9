"""The vault keeps its secrets from whoever lacks the passphrase, and its files whole whatever happens."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dijipilot.errors import BadInput
from dijipilot_vendor.vault import MODERATE, open_vault
from dijipilot_vendor.vault_lock import locked
from tests.vendor.conftest import PASSPHRASE, Tool


def test_a_new_vault_has_a_key_that_signs_and_the_next_for_each_role(tool: Tool) -> None:
    keys = tool.do("keys", "list", "--json").data["keys"]

    assert [(key["role"], key["state"]) for key in keys] == [
        ("pack", "current"),
        ("pack", "next"),
        ("license", "current"),
        ("license", "next"),
    ]
    assert len({key["key"] for key in keys} | {key["kid"] for key in keys}) == 8


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_are_for_the_owner_alone(tool: Tool) -> None:
    assert stat.S_IMODE(tool.vault.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in tool.vault.iterdir()} == {0o600}


def test_a_wrong_passphrase_is_refused_and_changes_nothing(tool: Tool) -> None:
    before = tool.bytes_by_name()

    outcome = tool("ent", "bump", "pro", passphrase="correct horse batterie")

    assert outcome.code == 3
    assert "The passphrase does not open the vault" in outcome.err
    assert tool.bytes_by_name() == before


def test_no_secret_stands_readable_in_any_file(tool: Tool) -> None:
    tool.do("issue", "--typ", "trial", "--ents", "pro", "--days", "30", "--bearer", "--out", tool.file("a.djlicense"))
    with locked(tool.vault):
        state = open_vault(tool.vault, PASSPHRASE).state
    secrets = [*state.secrets.seed_by_kid.values(), state.secrets.content_root, state.secrets.register_key]
    secrets += [each.key for each in state.secrets.entitlement_keys]

    readable = b"".join(path.read_bytes() for path in tool.vault.iterdir())

    assert len(secrets) == 7
    assert not any(secret in readable or secret.hex().encode() in readable for secret in secrets)
    assert repr(state.secrets) == "Secrets()"


def test_a_passphrase_costs_a_quarter_of_a_gigabyte_to_try() -> None:
    assert (MODERATE.operations, MODERATE.memory) >= (3, 256 * 1024 * 1024)


@pytest.mark.parametrize("place", [0, 8, 12, 20, 36, 60, 200, -1])
def test_damaged_secrets_are_refused(tool: Tool, place: int) -> None:
    file = tool.vault / "secrets.sealed"
    raw = bytearray(file.read_bytes())
    raw[place] ^= 1
    file.write_bytes(raw)

    outcome = tool("ent", "list")

    assert outcome.code == 3
    assert "secrets.sealed" in outcome.err


@pytest.mark.parametrize("kept", [0, 7, 20, 35, 36, 59, 60, 75, 100])
def test_secrets_that_were_cut_off_are_refused(tool: Tool, kept: int) -> None:
    file = tool.vault / "secrets.sealed"
    file.write_bytes(file.read_bytes()[:kept])

    assert tool("ent", "list").code == 3


def test_limits_that_would_eat_the_computer_are_not_tried(tool: Tool) -> None:
    file = tool.vault / "secrets.sealed"
    raw = bytearray(file.read_bytes())
    raw[12:20] = (2**50).to_bytes(8, "big")
    file.write_bytes(raw)

    assert "does not begin as it must" in tool("ent", "list").err


@pytest.mark.parametrize(
    "change", [lambda raw: raw.replace(b'"live"', b'"dead"') + b"{}\n", lambda _: b"", lambda raw: raw[:-9]]
)
def test_a_register_that_something_else_has_changed_is_refused(tool: Tool, change: "object") -> None:
    tool.do("issue", "--typ", "trial", "--ents", "pro", "--days", "30", "--bearer", "--out", tool.file("a.djlicense"))
    register = tool.vault / "licenses.jsonl"
    assert callable(change)
    register.write_bytes(change(register.read_bytes()))

    outcome = tool("ent", "list")

    assert outcome.code == 3
    assert "licenses.jsonl" in outcome.err


def test_what_is_readable_is_a_copy_that_nobody_gains_by_changing(tool: Tool) -> None:
    readable = tool.vault / "vault.json"
    right = readable.read_bytes()
    key = tool.do("keys", "list", "--json").data["keys"][0]["key"]
    readable.write_bytes(right.replace(key.encode(), b"00" * 32))

    tool.do("keys", "export", "--out", tool.file("trusted-keys.json"))

    assert key in tool.file("trusted-keys.json").read_text(encoding="utf-8")
    assert readable.read_bytes() == right


def test_a_vault_inside_a_checkout_is_refused(no_vault: Tool) -> None:
    (no_vault.folder / ".git").mkdir()

    outcome = no_vault("keys", "init")

    assert outcome.code == 2
    assert "lies in the git checkout" in outcome.err
    assert not no_vault.vault.exists()


def test_a_vault_that_came_to_lie_in_a_checkout_is_not_opened(tool: Tool) -> None:
    # A worktree has a file of this name, not a folder.
    (tool.folder / ".git").write_text("gitdir: elsewhere", encoding="utf-8")

    assert tool("keys", "list").code == 2


def test_a_link_into_a_checkout_is_refused(no_vault: Tool, tmp_path: Path) -> None:
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    no_vault.vault.symlink_to(tmp_path / "checkout")

    assert no_vault("keys", "init").code == 2


def test_a_folder_in_use_does_not_become_a_vault(no_vault: Tool) -> None:
    no_vault.vault.mkdir()
    (no_vault.vault / "letter.txt").write_text("Dear", encoding="utf-8")

    assert no_vault("keys", "init").code == 2
    assert [path.name for path in no_vault.vault.iterdir()] == ["letter.txt"]


def test_a_second_vault_does_not_take_the_place_of_the_first(tool: Tool) -> None:
    before = tool.bytes_by_name()

    assert tool("keys", "init").code == 2
    assert tool.bytes_by_name() == before


def test_without_a_vault_it_is_said_how_to_make_one(no_vault: Tool) -> None:
    outcome = no_vault("keys", "list")

    assert outcome.code == 3
    assert "dijipilot-vendor keys init" in outcome.err
    assert not no_vault.vault.exists()


def test_two_commands_do_not_work_on_a_vault_at_once(tool: Tool) -> None:
    before = tool.bytes_by_name()

    with locked(tool.vault):
        outcome = tool("ent", "bump", "pro")

    assert outcome.code == 6
    assert tool.bytes_by_name() == before


@pytest.mark.parametrize("passphrase", ["", "short", "eleven char"])
def test_a_short_passphrase_makes_no_vault(no_vault: Tool, passphrase: str) -> None:
    outcome = no_vault("keys", "init", passphrase=passphrase)

    assert outcome.code in (2, 3)
    assert not no_vault.vault.exists()


def test_the_passphrase_can_be_changed(tool: Tool) -> None:
    new = tool.file("new")
    new.write_text("a wholly different one\n", encoding="utf-8")

    tool.do("keys", "passphrase", "--new-passphrase-file", new)

    assert tool("ent", "list").code == 3
    assert tool("ent", "list", passphrase="a wholly different one").code == 0


def test_accents_typed_on_another_keyboard_open_the_same_vault(no_vault: Tool) -> None:
    assert no_vault("keys", "init", passphrase="crème brûlée à gogo").code == 0
    assert no_vault("keys", "list", passphrase="cre\u0300me bru\u0302le\u0301e a\u0300 gogo").code == 0


def test_without_a_terminal_and_a_file_it_is_said_what_to_do(tool: Tool) -> None:
    command = [sys.executable, "-m", "dijipilot_vendor", "--vault", str(tool.vault), "keys", "list"]
    finished = subprocess.run(
        command, input="correct horse battery\n", capture_output=True, text=True, start_new_session=True, check=False
    )

    assert finished.returncode == 2
    assert "--passphrase-file" in finished.stderr


def test_a_vault_is_found_by_argument_then_variable_then_home(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    from dijipilot_vendor.main import find_vault

    variables = {"DIJIPILOT_VAULT": "/media/vault"}

    assert find_vault(Path("/here"), variables) == Path("/here")
    assert find_vault(None, variables) == Path("/media/vault")
    assert find_vault(None, {}) == Path.home() / "dijipilot-vault"


def test_a_damaged_beginning_of_a_change_is_refused(tool: Tool) -> None:
    (tool.vault / "pending").write_bytes(b"{}")

    with locked(tool.vault), pytest.raises(BadInput):
        open_vault(tool.vault, PASSPHRASE)
