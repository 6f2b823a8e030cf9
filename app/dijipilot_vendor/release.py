"""The last look before a wheel or bundle leaves: real keys, the publisher's pack, the curriculum as it is written now.

Run by the build as `python -m dijipilot_vendor.release --pack FILE --trusted FILE --curriculum DIR`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dijipilot.content.compiler import content_id
from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.pack import check_pack, open_pack
from dijipilot.content.validation import all_problems, draft_problems
from dijipilot.domain.ids import PackId
from dijipilot.domain.signed_text import TrustedKeys, read_trusted_keys
from dijipilot.errors import AcademyError
from dijipilot_vendor.known_answers.vector import LICENSE_KEY, NEXT_LICENSE_KEY, NEXT_PACK_KEY, PACK_KEY, STRANGER

DEVELOPMENT = "dev-"
"""Begins the id of every key that a source checkout made for itself, and of no other."""

_KNOWN = frozenset(key.public for key in (LICENSE_KEY, NEXT_LICENSE_KEY, PACK_KEY, NEXT_PACK_KEY, STRANGER))
_DONE, _REFUSED = 0, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what stands in the way of a release, a line each; return the exit code."""
    parser = argparse.ArgumentParser(prog="dijipilot_vendor.release", description=__doc__)
    parser.add_argument("--pack", type=Path, required=True, metavar="FILE")
    parser.add_argument("--trusted", type=Path, required=True, metavar="FILE")
    parser.add_argument("--curriculum", type=Path, required=True, metavar="DIR")
    given = parser.parse_args(arguments)
    sources = load_sources(given.curriculum)
    unfinished = sorted({*all_problems(sources), *draft_problems(sources)})
    told = [str(problem) for problem in unfinished]
    told += release_problems(given.pack, given.trusted, None if unfinished else content_id(assemble(sources)))
    print(*told, sep="\n", file=sys.stderr)
    return _REFUSED if told else _DONE


def release_problems(pack: Path, trusted_file: Path, content: PackId | None) -> list[str]:
    """Return what is wrong with the keys and the pack of a release; content: what the pack must hold, if known."""
    try:
        trusted = read_trusted_keys(trusted_file.read_bytes())
    except (OSError, ValueError) as error:
        return [f"{trusted_file.name}: the publisher's public keys are missing: {error}"]
    return [*_key_problems(trusted), *_pack_problems(pack, trusted, content)]


def _key_problems(trusted: TrustedKeys) -> Iterator[str]:
    if trusted.is_development:
        yield "the trusted keys are those of a source checkout: export those of the publisher"
    kept = [*trusted.pack, *trusted.license]
    yield from (f"{each.kid} is a key of a source checkout" for each in kept if each.kid.startswith(DEVELOPMENT))
    yield from (f"{each.kid} is a key of the known answers, which everybody has" for each in kept if each.key in _KNOWN)
    if len({each.key for each in kept}) != len(kept):
        yield "a key has two roles"


def _pack_problems(pack: Path, trusted: TrustedKeys, content: PackId | None) -> Iterator[str]:
    try:
        check_pack(pack, trusted)
        with open_pack(pack, trusted) as found:
            if found.manifest.kid.startswith(DEVELOPMENT):
                yield "the pack is signed with a key of a source checkout"
            if content is not None and found.id != content:
                yield "the pack does not hold the curriculum as it is written now: build, seal and sign it anew"
    except AcademyError as error:
        yield str(error)


if __name__ == "__main__":
    sys.exit(main())
