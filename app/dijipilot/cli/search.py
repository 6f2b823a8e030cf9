"""dijipilot search: find lessons, answers, terms and the learner's own notes."""

import argparse
from collections.abc import Iterator

from dijipilot.cli.console import print_json, say, wrapped
from dijipilot.cli.opening import open_to_read, profile_if_any
from dijipilot.services.library import SearchHit, SearchResults

KIND_NAMES = {"lesson": "Lesson", "question": "Question", "glossary": "Term", "note": "Your note"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser("search", description="Find lessons, answers, terms and notes, best first.")
    parser.add_argument("words", metavar="WORDS", nargs="+", help="words, or the number of a lesson or mission")
    parser.add_argument("--json", action="store_true", help="data on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; where there is nothing, what to try."""
    words = " ".join(arguments.words)
    with open_to_read(arguments) as academy:
        profile = profile_if_any(academy, arguments)
        results = academy.library.search(words, profile.id if profile else None)
    if arguments.json:
        print_json({"hits": [_data(hit) for hit in results.hits]})
    else:
        print("\n".join(line for hit in results.hits for line in _readable(hit)), end="\n" if results.hits else "")
    _comment(words, results)
    return 0


def _comment(words: str, results: SearchResults) -> None:
    if results.suggestion:
        say(f"Nothing was found for “{words}”. Did you mean “{results.suggestion}”?")
    elif not results.hits:
        say(f"Nothing was found for “{words}”. Try another word, or fewer.")


def _data(hit: SearchHit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "lesson": hit.lesson,
        "title": hit.title,
        "snippet": hit.snippet,
        "locked": hit.locked,
    }


def _readable(hit: SearchHit) -> Iterator[str]:
    lesson = f" {hit.lesson}" if hit.lesson else ""
    locked = " (locked)" if hit.locked else ""
    yield from wrapped(f"{KIND_NAMES.get(hit.kind, hit.kind)}{lesson}: {hit.title}{locked}", "", "    ")
    yield from wrapped(hit.snippet, "    ")
