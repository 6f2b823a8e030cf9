"""Reads all sources under a folder into the domain's curriculum, with every problem of every file."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dijipilot.content.fields import Fields
from dijipilot.content.folding import fold
from dijipilot.content.item_schema import read_foils, read_glossary
from dijipilot.content.lesson_schema import WrittenLesson
from dijipilot.content.nodes import Located, Place, Problem
from dijipilot.content.schema import (
    Header,
    WrittenMission,
    read_header,
    read_mission,
    read_program,
    read_stage,
)
from dijipilot.content.yaml_reader import MAX_BYTES, read_yaml
from dijipilot.domain.assessment.items import Act, Foil, Item
from dijipilot.domain.curriculum import Curriculum, Lesson, Program, Stage
from dijipilot.domain.ids import MissionNumber, SkillId
from dijipilot.domain.lesson_text import GlossaryTerm, LessonText, MissionQuestion
from dijipilot.errors import BadInput
from dijipilot.messages import message

Read = TypeVar("Read")

_HEADER, _GLOSSARY, _FOILS = "curriculum.yaml", "glossary.yaml", "foils.yaml"
_STAGE, _PROGRAM = "stage.yaml", "program.yaml"
_MISSION = re.compile(r"[0-9.]+\.yaml")


class Sources(Struct, frozen=True):
    """Everything read, in order of number, each thing with its place.

    unread: the raw text of files that are no usable YAML; what is named there may well exist once they are repaired.
    problems: what is wrong with the shape of files. strays: files that are none of ours; they harm nobody.
    """

    folder: Path
    header: Located[Header] | None
    stages: tuple[Located[Stage], ...]
    programs: tuple[Located[Program], ...]
    missions: tuple[Located[WrittenMission], ...]
    terms: tuple[Located[GlossaryTerm], ...]
    foils: tuple[Located[Foil], ...]
    unread: str
    problems: tuple[Problem, ...]
    strays: tuple[Problem, ...]

    @property
    def lessons(self) -> tuple[Located[WrittenLesson], ...]:
        """Every lesson in order of its mission's number."""
        return tuple(lesson for mission in self.missions for lesson in mission.value.lessons)

    @property
    def acts(self) -> tuple[Located[Act], ...]:
        """Every act."""
        return tuple(act for mission in self.missions for act in mission.value.acts)

    @property
    def items(self) -> tuple[Located[Item], ...]:
        """Every item, follow-ups right after the item they follow."""
        return tuple(item for mission in self.missions for item in mission.value.items)

    @property
    def questions(self) -> tuple[Located[MissionQuestion], ...]:
        """Every Q&A entry."""
        return tuple(question for mission in self.missions for question in mission.value.questions)


class Content(Struct, frozen=True):
    """What goes into a pack."""

    curriculum: Curriculum
    edition: str
    text_by_skill: dict[SkillId, LessonText]
    questions_by_mission: dict[MissionNumber, tuple[MissionQuestion, ...]]
    glossary: tuple[GlossaryTerm, ...]


def number_key(number: str) -> tuple[int, ...]:
    """Return what numbers are sorted by: "1.10" comes after "1.9". A malformed number sorts first."""
    parts = number.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def load_sources(folder: Path) -> Sources:
    """Read every source under `folder`. Raises BadInput when it is no curriculum folder at all.

    Problems of shape are in the result; whether things fit together is asked of validation.
    """
    if not (folder / _HEADER).is_file():
        raise BadInput(message("curriculum.no_folder", folder=str(folder)))
    return _Reading(folder).sources()


class _Reading:
    """One pass over the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._problems: list[Problem] = []
        self._unread: list[str] = []

    def sources(self) -> Sources:
        files = source_files(self._folder)
        of_kind = {kind: [path for path in files if _kind(path, self._folder) == kind] for kind in _KINDS}
        header = self._read_all(of_kind["header"], "", read_header)
        missions = self._read_all(of_kind["mission"], "mission {}", read_mission)
        terms = self._read_all(of_kind["glossary"], "", read_glossary)
        foils = self._read_all(of_kind["foils"], "", read_foils)
        stages = self._read_all(of_kind["stage"], "stage {}", read_stage)
        programs = self._read_all(of_kind["program"], "program {}", read_program)
        return Sources(
            folder=self._folder,
            header=header[0] if header else None,
            stages=tuple(sorted(stages, key=lambda found: number_key(found.value.number))),
            programs=tuple(sorted(programs, key=lambda found: number_key(found.value.number))),
            missions=tuple(sorted(missions, key=lambda found: number_key(found.value.mission.number))),
            terms=tuple(term for group in terms for term in group),
            foils=tuple(foil for group in foils for foil in group),
            unread="\n".join(self._unread),
            problems=tuple(sorted(self._problems)),
            strays=tuple(_stray(path) for path in of_kind["stray"]),
        )

    def _read_all(self, paths: Iterable[Path], label: str, read: Callable[[Fields], Read]) -> list[Read]:
        found = (self._read(path, label, read) for path in paths)
        return [value for value in found if value is not None]

    def _read(self, path: Path, label: str, read: Callable[[Fields], Read]) -> Read | None:
        name = path.as_posix()
        node, problems = read_yaml(path, name)
        self._problems.extend(problems)
        if node is None:
            with path.open("rb") as stream:
                self._unread.append(stream.read(MAX_BYTES).decode("utf-8", errors="replace"))
            return None
        number = path.stem if _MISSION.fullmatch(path.name) else path.parent.name.partition("-")[0]
        return read(Fields(Place(name, label.format(number), node), self._problems))


def _stray(path: Path) -> Problem:
    remedy = "Mission files are called like 2.5.1.yaml and stand in their program's folder."
    return Problem(path.as_posix(), 1, f"this file is none of the curriculum's. {remedy}")


_KINDS = ("header", "glossary", "foils", "stage", "program", "mission", "stray")


def source_files(folder: Path) -> list[Path]:
    """Return every YAML file under the folder, in an order that does not depend on the disk."""
    found = [path for path in folder.rglob("*") if path.suffix.lower() in {".yaml", ".yml"} and path.is_file()]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _kind(path: Path, folder: Path) -> str:
    depth = len(path.relative_to(folder).parts)
    if depth == 1:
        return {_HEADER: "header", _GLOSSARY: "glossary", _FOILS: "foils"}.get(path.name, "stray")
    if depth == 2 and path.name == _STAGE:
        return "stage"
    if depth == 3 and path.name == _PROGRAM:
        return "program"
    return "mission" if depth == 3 and _MISSION.fullmatch(path.name) else "stray"


def assemble(sources: Sources) -> Content:
    """Put sources without problems together. Raises ValueError when there is no readable curriculum.yaml."""
    if sources.header is None:
        raise ValueError("sources without a header cannot be assembled")
    return Content(
        curriculum=_curriculum(sources, sources.header.value),
        edition=sources.header.value.edition,
        text_by_skill={
            lesson.value.lesson.skill: lesson.value.text for lesson in sources.lessons if lesson.value.text is not None
        },
        questions_by_mission={
            mission.value.mission.number: tuple(question.value for question in mission.value.questions)
            for mission in sources.missions
        },
        glossary=tuple(sorted((term.value for term in sources.terms), key=lambda term: (fold(term.term), term.id))),
    )


def _curriculum(sources: Sources, header: Header) -> Curriculum:
    return Curriculum(
        title=header.title,
        language=header.language,
        assessment_minutes=header.assessment_minutes,
        stages=_tree(sources, header.published),
        difficulties=tuple(found.value for found in header.difficulties),
        paths=tuple(found.value for found in header.paths),
        facts=tuple(found.value for found in header.facts),
        conditions=tuple(found.value for found in header.conditions),
        acts=tuple(found.value for found in sources.acts),
        foils=tuple(found.value for found in sources.foils),
        items=tuple(found.value for found in sources.items),
        retired=tuple(found.value for found in header.retired),
    )


def _tree(sources: Sources, published: str) -> tuple[Stage, ...]:
    """Hang missions under their programs and programs under their stages, by number."""
    missions = [
        replace(found.value.mission, lessons=_dated(found.value.mission.lessons, published))
        for found in sources.missions
    ]
    programs = [
        replace(found.value, missions=tuple(m for m in missions if parent_number(m.number) == found.value.number))
        for found in sources.programs
    ]
    return tuple(
        replace(found.value, programs=tuple(p for p in programs if parent_number(p.number) == found.value.number))
        for found in sources.stages
    )


def _dated(lessons: Iterable[Lesson], published: str) -> tuple[Lesson, ...]:
    """Return lessons by number, each with the day on which it was first published."""
    in_order = sorted(lessons, key=lambda lesson: number_key(lesson.number))
    return tuple(lesson if lesson.published else replace(lesson, published=published) for lesson in in_order)


def parent_number(number: str) -> str:
    """Return the number one level up: "2.5.1" for "2.5.1.4"."""
    return number.rpartition(".")[0]
