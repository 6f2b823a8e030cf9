"""dijipilot license: activate a code or a license file, see what is licensed here, take it elsewhere, remove it.

A code is read from standard input or a file and never from the arguments: everybody can see these.
"""

import argparse
from pathlib import Path

from dijipilot.bootstrap import open_licenses
from dijipilot.cli.console import print_json, say, wrapped
from dijipilot.cli.license_input import can_ask, confirm, look_like_a_code, read_given, read_text_file
from dijipilot.cli.license_words import CLOSED, described, license_data, terms
from dijipilot.domain.ids import LicenseId
from dijipilot.errors import CouldNotSave, UsageProblem
from dijipilot.exchange.roster import ROSTER, append_to_roster
from dijipilot.licensing.code import CodeRejected
from dijipilot.licensing.license_file import ENDING, LicenseFile
from dijipilot.messages import message
from dijipilot.paths import find_home
from dijipilot.services.activate import Activation, CodeNeeded, Licenses

ALL_WELL, DAMAGED, NOT_ENTITLED = 0, 3, 4
"""Exit codes of what the licenses here are worth."""

PROMPT = "Activation code, or what you received, pasted: "
CODE_PROMPT = "This license file opens together with its activation code. Code: "


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("license", description="Licenses: what opens the lessons that are not free.")
    commands = parser.add_subparsers(dest="license_command", metavar="COMMAND", required=True)
    add = commands.add_parser(
        "add",
        usage="dijipilot license add [-h] [--all-users] [--roster NAME] [--json] [FILE]",
        help="activate a license file, or a code from standard input",
    )
    # As many as there are, so that a code typed here is never repeated in a complaint about arguments.
    add.add_argument("file", metavar="FILE", nargs="*", help="a .djlicense, or a text file with a code in it")
    add.add_argument("--all-users", action="store_true", help="for everybody who uses this computer")
    add.add_argument("--roster", metavar="NAME", help=f"note who it is for in {ROSTER}, beside FILE")
    listing = commands.add_parser("list", help="the licenses on this computer")
    check = commands.add_parser("check", help="what each license is worth now, and what to do about it")
    for each in (add, listing, check):
        each.add_argument("--json", action="store_true", help="data on standard output")
    export = commands.add_parser("export", help="write a license to a file, for another computer")
    export.add_argument("license", metavar="LICENSE", help="its id, as the list says")
    export.add_argument("file", metavar="FILE", type=Path)
    remove = commands.add_parser("remove", help="remove a license from this computer; progress stays")
    remove.add_argument("license", metavar="LICENSE", help="its id, as the list says")


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    command = arguments.license_command
    file = _file_of(arguments) if command == "add" else None
    # What is kept for all users is outside of every home: it needs no lock, and a window may be open.
    is_changing = command == "remove" or (command == "add" and not arguments.all_users)
    with open_licenses(find_home(arguments.home), for_writing=is_changing) as licenses:
        match command:
            case "add":
                return _add(licenses, file, arguments)
            case "list":
                return _list(licenses, arguments.json)
            case "check":
                return _check(licenses, arguments.json)
            case "export":
                licenses.export(LicenseId(arguments.license), arguments.file)
                say(f"{arguments.file} opens the same on another computer. Keep it as you keep a key.")
            case _:
                licenses.remove(LicenseId(arguments.license))
                say(f"{arguments.license} was removed. What you did in its lessons stays.")
    return ALL_WELL


def _file_of(arguments: argparse.Namespace) -> Path | None:
    """Return the file named, None for standard input. Raises UsageProblem."""
    if look_like_a_code(arguments.file):
        raise UsageProblem(message("license.code_in_arguments"))
    if len(arguments.file) > 1:
        raise UsageProblem(message("license.one_file"))
    if arguments.roster and not arguments.file:
        raise UsageProblem(message("license.roster_needs_file"))
    return Path(arguments.file[0]) if arguments.file else None


def _add(licenses: Licenses, file: Path | None, arguments: argparse.Namespace) -> int:
    try:
        activation = _activate(licenses, file, arguments.all_users)
    except CouldNotSave:
        if arguments.all_users:
            say("What is for all users may have to be written by an administrator of this computer.")
        raise
    held, for_all = activation.held, arguments.all_users
    # A clock reset is carried out and not kept.
    place = licenses.place_of(held.license.id, for_all=held.for_all)
    if arguments.json:
        print_json(_activation_data(activation, place))
    else:
        say(activation.told.english())
        if place:
            say(f"{held.license.id}: {'; '.join(terms(held))}.")
        if place and for_all:
            say(f"It was written to {place}, and opens for every user from the next start on.")
        if activation.first_lesson:
            say(f"Begin with: dijipilot lesson {activation.first_lesson}")
    if file is not None and arguments.roster and activation.is_new:
        _note_on_roster(file, arguments.roster, activation)
    return NOT_ENTITLED if held.state in CLOSED else ALL_WELL


def _activation_data(activation: Activation, place: Path | None) -> dict[str, object]:
    """Return what activating brought as scripts read it; the keys are a contract."""
    return {
        "license": license_data(activation.held),
        "new": activation.is_new,
        "file": str(place) if place else None,
        "first_lesson": activation.first_lesson,
        "told": activation.told.english(),
    }


def _activate(licenses: Licenses, file: Path | None, for_all: bool) -> Activation:
    try:
        if file is not None and file.suffix.lower() == ENDING:
            return licenses.activate_file(file, for_all=for_all)
        text = read_given(PROMPT) if file is None else read_text_file(file)
        if not text.strip():
            raise UsageProblem(message("license.nothing_given"))
        return _activate_text(licenses, text, None, for_all)
    except CodeNeeded as needed:
        code = read_given(CODE_PROMPT)
        if not code.strip():
            raise
        return _activate_text(licenses, code, needed.file, for_all)


def _activate_text(licenses: Licenses, text: str, waiting: LicenseFile | None, for_all: bool) -> Activation:
    """Activate what was typed; a correction of one symbol is offered on a terminal, and never made by itself."""
    try:
        return licenses.activate(text, waiting, for_all=for_all)
    except CodeRejected as rejected:
        suggestion = rejected.suggestion
        if suggestion is None:
            raise
        group = int(rejected.message.values["group"])
        symbols = suggestion.printed.split("-")[group - 1]
        suggested = message("license.suggested_group", group=group, symbols=symbols).english()
        if not can_ask():
            say(suggested)
            raise
        say(f"{rejected.message.english()}\n{suggested}")
        if not confirm("Use it? [y/N] "):
            raise UsageProblem(message("license.not_corrected")) from rejected
        return licenses.activate(suggestion.printed, waiting, for_all=for_all)


def _note_on_roster(file: Path, name: str, activation: Activation) -> None:
    """Note who a license is for; that this is impossible is said, and keeps nobody from learning."""
    at = activation.held.activated_at
    try:
        append_to_roster(file.parent / ROSTER, name, at.date() if at else None)
    except CouldNotSave as error:
        say(error.message.english())


def _list(licenses: Licenses, as_json: bool) -> int:
    held = licenses.held()
    if as_json:
        print_json({"licenses": [license_data(each) for each in held]})
        return ALL_WELL
    for each in held:
        print("\n".join(described(each)))
    if not held:
        say("There is no license on this computer; free lessons are open. To activate one: dijipilot license add.")
    return ALL_WELL


def _check(licenses: Licenses, as_json: bool) -> int:
    """Say what each license is worth and what to do; a file that cannot be used is named."""
    held, unusable = licenses.held(), licenses.unusable()
    if as_json:
        problems = [{"file": str(each.path), "problem": each.why.english()} for each in unusable]
        print_json({"licenses": [license_data(each) for each in held], "problems": problems})
    else:
        for license_ in held:
            advice = license_.told.english() if license_.told else "Nothing needs to be done."
            print("\n".join([*described(license_), *wrapped(advice, "  ")]))
    for each in unusable:
        say(f"{each.path}: {each.why.english()}")
    if unusable:
        return DAMAGED
    return NOT_ENTITLED if any(each.state in CLOSED for each in held) else ALL_WELL
