"""dijipilot data: where the learner's data is, whether it is sound, backups, and erasing it all."""

import argparse
import sys
from pathlib import Path

from dijipilot.cli.console import plural, print_json, say
from dijipilot.cli.opening import open_to_change, open_to_read
from dijipilot.errors import DamagedContent, UsageProblem
from dijipilot.messages import message
from dijipilot.paths import UserPaths, find_home
from dijipilot.services.backup import ERASE_WORD, Backup, DataPlace, Safekeeping

DAMAGED = 3


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("data", description="Where your data is, whether it is sound, backups.")
    commands = parser.add_subparsers(dest="data_command", metavar="COMMAND", required=True)
    where = commands.add_parser("where", help="where your data and its backups are")
    where.add_argument("--json", action="store_true", help="data on standard output")
    check = commands.add_parser("check", help="check every page of the database")
    check.add_argument("--json", action="store_true", help="data on standard output")
    commands.add_parser("backup", help="make a backup now")
    restore = commands.add_parser("restore", help="put a backup in the place of the present data, which is backed up")
    restore.add_argument("backup", metavar="BACKUP", nargs="?", help="its file or name; without it, the newest")
    commands.add_parser("erase", help="erase all records and backups for good; asks for a word first")


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    match arguments.data_command:
        case "where":
            return _where(arguments)
        case "check":
            return _check(arguments)
        case "backup":
            with open_to_change(arguments) as academy:
                made = academy.safekeeping.backup()
            print(made.path)
            return 0
        case "restore":
            return _restore(arguments)
        case _:
            return _erase(arguments)


def _where(arguments: argparse.Namespace) -> int:
    try:
        with open_to_read(arguments) as academy:
            place = academy.safekeeping.where()
    except DamagedContent as error:
        # Whoever asks where the data is may be about to save it: the answer does not depend on its being sound.
        place = _place_on_disk(find_home(arguments.home))
        _print_place(place, arguments.json)
        say(error.message.english())
        return error.exit_code
    _print_place(place, arguments.json)
    return 0


def _place_on_disk(paths: UserPaths) -> DataPlace:
    size = paths.database.stat().st_size if paths.database.exists() else 0
    return DataPlace(paths.home, paths.database, size, ())


def _print_place(place: DataPlace, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "home": str(place.home),
                "database": str(place.database),
                "size": place.size,
                "backups": [
                    {"file": str(each.path), "at": each.at.isoformat(), "size": each.size} for each in place.backups
                ],
            }
        )
        return
    print(f"Home:     {place.home}")
    print(f"Database: {place.database} ({_kilobytes(place.size) if place.size else 'nothing kept yet'})")
    print(f"Backups:  {len(place.backups) or 'none yet'}")
    for backup in place.backups:
        print(f"  {_described(backup)}")


def _described(backup: Backup) -> str:
    return f"{backup.path.name}  {backup.at:%Y-%m-%d %H:%M} UTC, {_kilobytes(backup.size)}"


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1000))} kB"


def _check(arguments: argparse.Namespace) -> int:
    with open_to_read(arguments) as academy:
        report = academy.safekeeping.check()
    if arguments.json:
        print_json({"sound": report.is_sound, "problems": [*report.problems]})
    elif report.is_sound:
        print("Your data is sound.")
    for problem in report.problems:
        say(problem)
    return 0 if report.is_sound else DAMAGED


def _restore(arguments: argparse.Namespace) -> int:
    with open_to_change(arguments) as academy:
        chosen = _chosen_backup(academy.safekeeping, arguments.backup)
        present = academy.safekeeping.restore(chosen)
    say(f"Your data is as it was in {chosen.name}. What was there before is kept as {present.path.name}.")
    return 0


def _chosen_backup(safekeeping: Safekeeping, wanted: str | None) -> Path:
    """Return the file of a backup: by its path, its name among ours, or the newest. Raises UsageProblem."""
    backups = safekeeping.backups()
    if wanted is None:
        if not backups:
            raise UsageProblem(message("cli.no_backups"))
        return backups[-1].path
    by_name = {backup.path.name: backup.path for backup in backups}
    chosen = by_name.get(wanted, Path(wanted))
    if not chosen.is_file():
        raise UsageProblem(message("cli.no_such_backup", backup=wanted))
    return chosen


def _erase(arguments: argparse.Namespace) -> int:
    with open_to_change(arguments) as academy:
        place = academy.safekeeping.where()
        say(f"This erases all records in {place.home} and {plural(len(place.backups), 'backup')} for good.")
        say(f"To go on, type {ERASE_WORD} and press Enter.")
        word = sys.stdin.readline().strip() if sys.stdin is not None else ""
        academy.safekeeping.erase(word)
    say("Everything was erased.")
    return 0
