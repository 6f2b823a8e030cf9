"""dijipilot-vendor ent: editions, and the generations of their keys."""

import argparse

from dijipilot.errors import UsageProblem
from dijipilot_vendor.desk import Desk, Outcome
from dijipilot_vendor.entitlements import add_edition, bump, edition_of, years_of
from dijipilot_vendor.issuing import MOST_LETTERS
from dijipilot_vendor.state import OfferedEdition, VaultState
from dijipilot_vendor.texts import message


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("ent", help="editions: what is sold, and what it opens")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", required=True)
    new = verbs.add_parser("new", help="offer an edition")
    new.add_argument("name", metavar="NAME", help="such as pro; entitlements are called pro-2026, pro-2027, ...")
    new.add_argument("--title", required=True, help="as learners read it")
    new.add_argument("--programs", metavar="LIST", default="*", help="what it opens: 2.*,3.1; without it, everything")
    new.add_argument("--since", metavar="YEAR", type=int, help="year of its earliest lessons; without it, this year")
    bumping = verbs.add_parser("bump", help="make new keys; what was revoked does not open the next pack")
    bumping.add_argument("name", metavar="NAME")
    listing = verbs.add_parser("list", help="all editions")
    listing.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    """Do what the parsed arguments ask."""
    match arguments.verb:
        case "new":
            return _new(arguments, desk)
        case "bump":
            state = bump(desk.state, arguments.name)
            epoch = edition_of(state, arguments.name).epoch
            advice = "It counts from the next pack on: keyring build, then pack sign."
            return Outcome(state, (f"{arguments.name}: generation {epoch}", advice))
        case _:
            editions = desk.state.public.editions
            lines = tuple(_line(desk.state, each) for each in editions)
            data = {"editions": [_data(desk.state, each) for each in editions]}
            return Outcome(desk.state, lines or ("There is no edition yet: dijipilot-vendor ent new",), data)


def _new(arguments: argparse.Namespace, desk: Desk) -> Outcome:
    if not 0 < len(arguments.title) <= MOST_LETTERS or not arguments.title.isprintable():
        raise UsageProblem(message("vendor.text_unfit", text=arguments.title[:40], what="title", most=MOST_LETTERS))
    year = desk.today.year if arguments.since is None else arguments.since
    if not 2000 <= year <= desk.today.year:
        raise UsageProblem(message("vendor.number_unfit", what="The first year", least=2000, most=desk.today.year))
    patterns = [each.strip() for each in arguments.programs.split(",")]
    state = add_edition(desk.state, arguments.name, arguments.title, patterns, year)
    return Outcome(state, (_line(state, state.public.editions[-1]),))


def _line(state: VaultState, offered: OfferedEdition) -> str:
    edition = offered.edition
    years = ", ".join(map(str, years_of(state, edition.name)))
    opens = "everything" if "*" in edition.programs else "programs " + ", ".join(edition.programs)
    return f"{edition.name:<12} {edition.title}; opens {opens}; generation {edition.epoch}; keys for {years}"


def _data(state: VaultState, offered: OfferedEdition) -> dict[str, object]:
    edition = offered.edition
    return {
        "name": edition.name,
        "title": edition.title,
        "programs": list(edition.programs),
        "epoch": edition.epoch,
        "oldest_epoch": edition.oldest_epoch,
        "published_epoch": offered.published_epoch,
        "years": list(years_of(state, edition.name)),
    }
