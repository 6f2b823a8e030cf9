"""Runs one command on the vault: opens it, lets the command compute, then makes files, vault and log follow."""

import argparse
import getpass
import json
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dijipilot.errors import AcademyError
from dijipilot_vendor import vault as vaults
from dijipilot_vendor.audit import Argument, AuditBroken, AuditHead, next_entry, verify_log
from dijipilot_vendor.desk import Command, Desk, Outcome
from dijipilot_vendor.key_roles import new_state
from dijipilot_vendor.passphrases import ask_passphrase, choose_passphrase
from dijipilot_vendor.private_files import Prepared, remove_for_good
from dijipilot_vendor.vault import Vault, open_vault
from dijipilot_vendor.vault_lock import locked

DONE = "done"
NOT_LOGGED = frozenset({"noun", "verb", "vault", "passphrase_file", "new_passphrase_file", "dry_run", "json"})
DRY_RUN = "Dry run: nothing was written."


def make_vault(folder: Path, arguments: argparse.Namespace, now: datetime) -> None:
    """Make a new vault with its first keys. Raises UsageProblem, CouldNotSave."""
    vaults.check_new_folder(folder)
    passphrase = choose_passphrase(arguments.passphrase_file)
    state = new_state(now.date(), is_development=arguments.development)
    if not arguments.dry_run:
        entry = next_entry(AuditHead(), now, _name(arguments), _logged(arguments), _who(), DONE)
        vaults.create_vault(folder, passphrase, state, entry, vaults.MODERATE)
    print(f"A vault in {folder}, with these keys:")
    for key in state.public.keys:
        print(f"  {key.role:<8} {key.state:<8} {key.kid}")
    print(DRY_RUN if arguments.dry_run else "Next: dijipilot-vendor ent new, then keys export.")


def change_passphrase(folder: Path, arguments: argparse.Namespace, now: datetime) -> None:
    """Seal the vault with another passphrase. Raises errors of ours."""
    with locked(folder):
        vault = open_vault(folder, ask_passphrase(arguments.passphrase_file))
        passphrase = choose_passphrase(arguments.new_passphrase_file)
        if not arguments.dry_run:
            vault.change_passphrase(passphrase, vaults.MODERATE)
            _carry_out(vault, Outcome(vault.state), arguments, now)
    print("The vault has a new passphrase. Backups made before open with the old one: destroy them.")
    if arguments.dry_run:
        print(DRY_RUN)


def run_on_vault(command: Command, folder: Path, arguments: argparse.Namespace, now: datetime) -> None:
    """Run a command; what it came to, refusals too, goes into the log. Raises errors of ours."""
    with locked(folder):
        vault = open_vault(folder, ask_passphrase(arguments.passphrase_file))
        log = vault.log()
        _warn_of_log(log, vault.head)
        try:
            outcome = command.run(arguments, Desk(vault.state, vault.head, log, now))
            if not arguments.dry_run:
                _carry_out(vault, outcome, arguments, now)
        except Exception as error:
            if not arguments.dry_run:
                _log_failure(vault, arguments, now, error)
            raise
    _show(outcome, arguments)


def _carry_out(vault: Vault, outcome: Outcome, arguments: argparse.Namespace, now: datetime) -> None:
    """Let the vault and the files follow: files lie ready before the vault says that they exist."""
    prepared: list[Prepared] = []
    try:
        prepared += [Prepared(each.path, each.content, each.is_public) for each in outcome.files]
        entry = next_entry(vault.head, now, _name(arguments), _logged(arguments), _who(), DONE)
        vault.commit(outcome.state, entry)
    except BaseException:
        for file in prepared:
            file.discard()
        raise
    for file in prepared:
        file.publish()
    for path in outcome.removed:
        remove_for_good(path)


def _log_failure(vault: Vault, arguments: argparse.Namespace, now: datetime, error: Exception) -> None:
    """Note why a command came to nothing: by the id of the message, for a text may hold what it was about."""
    reason = f"refused: {error.message.id}" if isinstance(error, AcademyError) else f"defect: {type(error).__name__}"
    entry = next_entry(vault.head, now, _name(arguments), _logged(arguments), _who(), reason)
    # Where the log takes no line the first error is still the one to tell.
    with suppress(AcademyError):
        vault.commit(vault.state, entry)


def _warn_of_log(log: bytes, head: AuditHead) -> None:
    """Say that the log was tampered with, and go on: nobody gets to stop the publisher by spoiling a file."""
    try:
        verify_log(log, head)
    except AuditBroken as broken:
        print(f"Warning: {broken.message.english()}", file=sys.stderr, flush=True)


def _show(outcome: Outcome, arguments: argparse.Namespace) -> None:
    if getattr(arguments, "json", False) and outcome.data is not None:
        print(json.dumps(outcome.data, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print("\n".join(outcome.lines))
    if arguments.dry_run:
        # Beside the data, not in it.
        print(DRY_RUN, file=sys.stderr if getattr(arguments, "json", False) else sys.stdout)


def _name(arguments: argparse.Namespace) -> str:
    return " ".join(filter(None, (arguments.noun, getattr(arguments, "verb", None))))


def _logged(arguments: argparse.Namespace) -> dict[str, Argument]:
    """Return the arguments as the log keeps them. No secret is among them: those never are arguments."""
    return {
        name: _plain(value)
        for name, value in vars(arguments).items()
        if name not in NOT_LOGGED and value not in (None, False, "", [])
    }


def _plain(value: object) -> Argument:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return value if isinstance(value, bool | int) else str(value)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
