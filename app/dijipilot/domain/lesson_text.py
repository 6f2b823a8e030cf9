"""The text of one lesson as a learner reads it: sections, steps that tick, checklist, knowledge check."""

from dataclasses import dataclass
from enum import StrEnum

from dijipilot.domain.ids import LessonNumber, OptionId, SkillId


class SectionKind(StrEnum):
    """The fixed order of a lesson."""

    WHAT = "what"
    WHY = "why"
    STEPS = "steps"
    EXAMPLE = "example"
    MISTAKES = "mistakes"
    TIP = "tip"


@dataclass(frozen=True, slots=True)
class Section:
    """One titled part of a lesson, in Markdown."""

    kind: SectionKind
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step the learner does and ticks."""

    id: str
    markdown: str


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A box; all ticked, the lesson's can-do sentence is true of the learner's shop."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckOption:
    """One answer of a knowledge-check question, with the sentence that explains it."""

    id: OptionId
    text: str
    is_right: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A knowledge-check question; exactly one option is right."""

    id: str
    prompt: str
    options: tuple[CheckOption, ...]


@dataclass(frozen=True, slots=True)
class VerifiedFact:
    """A fact that may change, with its source and the day it was last checked (YYYY-MM-DD)."""

    fact: str
    value: str
    source: str
    verified_on: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """A whole lesson. The section of kind steps holds all steps once more as one Markdown list."""

    skill: SkillId
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    checklist: tuple[ChecklistEntry, ...]
    check: tuple[CheckQuestion, ...]
    verified: tuple[VerifiedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class MissionQuestion:
    """A question learners ask, with its answer in Markdown and the lessons it leads to."""

    id: str
    question: str
    answer: str
    lessons: tuple[LessonNumber, ...]


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A technical term in plain words."""

    id: str
    term: str
    definition: str
    example: str
    lessons: tuple[LessonNumber, ...]
    synonyms: tuple[str, ...]
