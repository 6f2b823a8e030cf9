"""dijipilot curriculum: what authors do with the sources, and scripts with the whole of what is taught."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from dijipilot.content.export import export_data, outline, readable_lesson
from dijipilot.content.freshness import shipped
from dijipilot.content.pack import open_pack
from dijipilot.domain.curriculum import Curriculum
from dijipilot.errors import BadInput
from dijipilot.messages import message

if TYPE_CHECKING:
    from dijipilot.content.loader import Sources
    from dijipilot.domain.assessment.item_worth import ItemWorth

DONE, BAD_INPUT = 0, 3
WEAKEST_SHOWN = 10


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command and its subcommands."""
    parser = subparsers.add_parser("curriculum", help="check, compile, export and preview the curriculum")
    commands = parser.add_subparsers(dest="curriculum_command", metavar="COMMAND", required=True)
    lint = commands.add_parser("lint", help="report every problem of the sources, with file and line")
    lint.add_argument("folder", metavar="DIR", type=Path)
    lint.add_argument("--json", action="store_true", help="problems as data on standard output")
    lint.add_argument("--worth", action="store_true", help="list every act and item by what it tells per second")
    build = commands.add_parser("build", help="compile the sources to the body of a pack")
    build.add_argument("folder", metavar="DIR", type=Path)
    build.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    build.add_argument("--release", action="store_true", help="refuse drafts and every other problem")
    export = commands.add_parser("export", help="print what is taught and asked")
    export.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", help="sources; without it, the program's own pack"
    )
    export.add_argument("--json", action="store_true", help="skills, acts and items as data")
    preview = commands.add_parser("preview", help="print lessons as learners read them")
    preview.add_argument("folder", metavar="DIR", type=Path, help="curriculum, a folder in it, or one mission's file")


def run(arguments: argparse.Namespace) -> int:
    """Do what the parsed arguments ask; return the exit code. Raises errors of ours for what cannot be read at all."""
    match arguments.curriculum_command:
        case "lint":
            return _lint(arguments.folder, arguments.json, arguments.worth)
        case "build":
            return _build(arguments.folder, arguments.output, arguments.release)
        case "export":
            return _export(arguments.folder, arguments.json)
        case _:
            return _preview(arguments.folder)


def _lint(folder: Path, as_json: bool, with_worth: bool) -> int:
    # Imported here and below: the author's side, YAML included, is no part of any other command.
    from dijipilot.content.loader import load_sources
    from dijipilot.content.validation import all_problems, structural_problems, unchecked

    sources = load_sources(folder)
    problems = all_problems(sources)
    # What an item tells is a matter of the whole curriculum, which has to hang together first.
    worth = [] if structural_problems(sources) else _worth(sources)
    if as_json:
        rows = [{"file": problem.file, "line": problem.line, "what": problem.what} for problem in problems]
        items = [asdict(each) | {"bits_per_second": each.bits_per_second} for each in worth]
        print(json.dumps({"problems": rows, "items": items}, ensure_ascii=False, indent=2))
    else:
        _say(str(problem) for problem in problems)
        _say(_worth_lines(worth, len(worth) if with_worth else WEAKEST_SHOWN))
    _say(unchecked())
    ready = sum(lesson.value.text is not None for lesson in sources.lessons)
    counted = f"{len(sources.missions)} missions, {len(sources.lessons)} lessons, {ready} of them ready"
    _say([f"{folder}: {counted}; {len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}"])
    return BAD_INPUT if problems else DONE


def _worth(sources: "Sources") -> "list[ItemWorth]":
    from dijipilot.content.loader import assemble
    from dijipilot.domain.assessment.engine import DiagnosticEngine
    from dijipilot.domain.assessment.item_worth import worth_of_all

    return worth_of_all(DiagnosticEngine(assemble(sources).curriculum))


def _worth_lines(worth: "Sequence[ItemWorth]", shown: int) -> Iterator[str]:
    """Yield the acts and items that tell least per second, the weakest first."""
    if not worth:
        return
    middle = worth[len(worth) // 2].bits_per_second
    yield f"Acts and items that tell least (half of all tell more than {1000 * middle:.0f} millibits a second):"
    for each in worth[:shown]:
        rate = f"{1000 * each.bits_per_second:5.0f} millibits a second"
        yield f"{rate}  {each.bits:.2f} bits in {each.seconds:4.1f} s  {each.kind:<9}  {each.id}"


def _build(folder: Path, output: Path, is_release: bool) -> int:
    from dijipilot.content.compiler import compile_body, content_id, write_body
    from dijipilot.content.loader import assemble, load_sources
    from dijipilot.content.validation import all_problems, draft_problems, structural_problems, unchecked

    sources = load_sources(folder)
    in_the_way = structural_problems(sources)
    remarks = all_problems(sources)
    if is_release:
        in_the_way = sorted({*remarks, *draft_problems(sources)})
        _say(unchecked())
    if in_the_way:
        _say(str(problem) for problem in in_the_way)
        _say([f"{output} was not built: {len(in_the_way)} problems"])
        return BAD_INPUT
    content = assemble(sources)
    write_body(compile_body(content), output)
    if remarks:
        _say([f'{len(remarks)} problems stand in the way of a release; "curriculum lint {folder}" lists them'])
    print(f"{output} {content_id(content)}")
    return DONE


def _export(folder: Path | None, as_json: bool) -> int:
    curriculum = _curriculum_of(folder)
    if as_json:
        print(json.dumps(export_data(curriculum), ensure_ascii=False, indent=2))
    else:
        print("\n".join(outline(curriculum)))
    return DONE


def _curriculum_of(folder: Path | None) -> Curriculum:
    if folder is None:
        own = shipped()
        with open_pack(own.pack, own.trusted) as pack:
            return pack.curriculum
    from dijipilot.content.loader import assemble, load_sources
    from dijipilot.content.validation import structural_problems

    sources = load_sources(folder)
    problems = structural_problems(sources)
    if problems:
        lines = "\n".join(str(problem) for problem in problems)
        raise BadInput(message("curriculum.problems", count=len(problems), lines=lines))
    return assemble(sources).curriculum


def _preview(place: Path) -> int:
    from dijipilot.content.loader import load_sources
    from dijipilot.content.validation import all_problems

    root = next((folder for folder in (place, *place.parents) if (folder / "curriculum.yaml").is_file()), None)
    if root is None:
        raise BadInput(message("curriculum.no_folder", folder=str(place)))
    sources = load_sources(root)
    problems = [problem for problem in all_problems(sources) if Path(problem.file).is_relative_to(place)]
    _say(str(problem) for problem in problems)
    for mission in sources.missions:
        if not Path(mission.place.file).is_relative_to(place):
            continue
        plain = mission.value.mission
        print(f"MISSION {plain.number} {plain.title}\n{plain.outcome}\n")
        for lesson in mission.value.lessons:
            print("\n".join(readable_lesson(lesson.value.lesson, lesson.value.text)), end="\n\n")
        for question in mission.value.questions:
            print(f"Q: {question.value.question}\n{question.value.answer}\n")
    return BAD_INPUT if problems else DONE


def _say(lines: Iterable[str]) -> None:
    """Write messages where they do not mix with data."""
    for line in lines:
        print(line, file=sys.stderr)
