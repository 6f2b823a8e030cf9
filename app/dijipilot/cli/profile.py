"""dijipilot profile: who learns here; profiles carried by file; what is known of the shop."""

import argparse
from pathlib import Path

from dijipilot.bootstrap import Academy
from dijipilot.cli.console import plural, print_json, say
from dijipilot.cli.opening import open_to_change, open_to_read, profile_to_change, profile_to_read
from dijipilot.domain.ids import FactId, OptionId
from dijipilot.domain.records import Profile
from dijipilot.errors import UsageProblem
from dijipilot.messages import message

NOT_SURE = "not_sure"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("profile", description="Profiles: who learns here.")
    commands = parser.add_subparsers(dest="profile_command", metavar="COMMAND", required=True)
    listing = commands.add_parser("list", help="all profiles, the one last used marked")
    listing.add_argument("--json", action="store_true", help="data on standard output")
    add = commands.add_parser("add", help="add a profile")
    add.add_argument("name", metavar="NAME")
    rename = commands.add_parser("rename", help="give a profile another name")
    rename.add_argument("name", metavar="NAME", nargs="?", help="without it, the profile of --profile or last used")
    rename.add_argument("new_name", metavar="NEW-NAME")
    remove = commands.add_parser("remove", help="hide a profile; importing a file of it brings it back")
    remove.add_argument("name", metavar="NAME")
    export = commands.add_parser("export", help="write all that is kept of a profile to one .djprofile file")
    export.add_argument("name", metavar="NAME", nargs="?", help="without it, the profile of --profile or last used")
    export.add_argument("file", metavar="FILE", type=Path)
    importing = commands.add_parser("import", help="add what a .djprofile file holds and is not here yet")
    importing.add_argument("file", metavar="FILE", type=Path)
    facts = commands.add_parser("facts", help="what is known of the shop")
    facts.add_argument("--json", action="store_true", help="data on standard output")
    fact = commands.add_parser("fact", help="say something about the shop, such as: weekly_hours from_3_to_5")
    fact.add_argument("fact", metavar="FACT")
    fact.add_argument("options", metavar="OPTION", nargs="+", help=f"ids of options, or {NOT_SURE}")


def run(arguments: argparse.Namespace) -> int:
    """Do what the subcommand says."""
    match arguments.profile_command:
        case "list":
            _list(arguments)
        case "facts":
            _facts(arguments)
        case "export":
            _export(arguments)
        case _:
            with open_to_change(arguments) as academy:
                _change(academy, arguments)
    return 0


def _change(academy: Academy, arguments: argparse.Namespace) -> None:
    match arguments.profile_command:
        case "add":
            added = academy.profiles.add(arguments.name)
            _use_if_nobody_is(academy, added)
            say(f"Added {added.name}.")
        case "rename":
            before = _named(academy, arguments)
            renamed = academy.profiles.rename(before.id, arguments.new_name)
            say(f"{before.name} is now {renamed.name}.")
        case "remove":
            removed = _named(academy, arguments)
            academy.profiles.remove(removed.id)
            say(f"Removed {removed.name}. Its records are kept; importing a file of it brings it back.")
        case "import":
            outcome = academy.profiles.import_(arguments.file)
            _use_if_nobody_is(academy, outcome.profile)
            say(f"{outcome.profile.name}: {plural(outcome.added, 'record')} added.")
        case _:
            _answer_fact(academy, arguments)


def _use_if_nobody_is(academy: Academy, profile: Profile) -> None:
    """Make the first profile of a home the one in use, so that nobody has to name it."""
    if academy.profiles.current() is None:
        academy.profiles.choose(profile.name)


def _named(academy: Academy, arguments: argparse.Namespace) -> Profile:
    """Return the profile named after the command, else by --profile, else the one last used. Raises UsageProblem."""
    if arguments.name is not None:
        arguments.profile = arguments.name
    return profile_to_read(academy, arguments)


def _list(arguments: argparse.Namespace) -> None:
    with open_to_read(arguments) as academy:
        profiles, current = academy.profiles.all(), academy.profiles.current()
    if arguments.json:
        rows = [
            {
                "id": profile.id,
                "name": profile.name,
                "created_at": profile.created_at.isoformat(),
                "last_used": profile == current,
            }
            for profile in profiles
        ]
        print_json({"profiles": rows})
        return
    for profile in profiles:
        print(f"{'*' if profile == current else ' '} {profile.name}  (since {profile.created_at:%Y-%m-%d})")
    if not profiles:
        say("There are no profiles yet. The first assessment makes one: dijipilot assess.")


def _export(arguments: argparse.Namespace) -> None:
    with open_to_read(arguments) as academy:
        profile = _named(academy, arguments)
        academy.profiles.export(profile.id, arguments.file)
    say(f"{profile.name} is in {arguments.file}.")


def _facts(arguments: argparse.Namespace) -> None:
    with open_to_read(arguments) as academy:
        profile = profile_to_read(academy, arguments)
        known = academy.profiles.facts(profile.id)
        asked = academy.library.curriculum.facts
    if arguments.json:
        print_json({"facts": {fact.id: sorted(known.get(fact.id, ())) for fact in asked}})
        return
    for fact in asked:
        print(f"{fact.id}: {fact.question}")
        for option in fact.options:
            mark = "x" if option.id in known.get(fact.id, ()) else " "
            print(f"  [{mark}] {option.id}: {option.label}")


def _answer_fact(academy: Academy, arguments: argparse.Namespace) -> None:
    fact = FactId(arguments.fact)
    chosen = frozenset(OptionId(option) for option in arguments.options)
    if NOT_SURE in chosen and len(chosen) > 1:
        raise UsageProblem(message("assess.stands_alone", option=NOT_SURE))
    profile = profile_to_change(academy, arguments)
    academy.profiles.answer_fact(profile.id, fact, frozenset() if NOT_SURE in chosen else chosen)
    say(f"Kept for {profile.name}: {fact}.")
