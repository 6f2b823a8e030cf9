"""The text of one lesson as a learner reads it: sections, steps that tick, checklist, knowledge check."""

from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import LessonNumber, OptionId, SkillId


class SealableText(Struct, frozen=True):
    """Text that a pack may hold encrypted. Its repr, which gets into errors and so into logs, says nothing of it."""

    def __repr__(self) -> str:
        """Return what kind of text it is."""
        return f"{type(self).__name__}(…)"


class SectionKind(StrEnum):
    """The fixed order of a lesson."""

    WHAT = "what"
    WHY = "why"
    STEPS = "steps"
    EXAMPLE = "example"
    MISTAKES = "mistakes"
    TIP = "tip"


class Section(SealableText, frozen=True):
    """One titled part of a lesson, in Markdown."""

    kind: SectionKind
    title: str
    markdown: str


class Step(SealableText, frozen=True):
    """One step the learner does and ticks."""

    id: str
    markdown: str


class ChecklistEntry(SealableText, frozen=True):
    """A box; all ticked, the lesson's can-do sentence is true of the learner's shop."""

    id: str
    text: str


class CheckOption(SealableText, frozen=True):
    """One answer of a knowledge-check question, with the sentence that explains it."""

    id: OptionId
    text: str
    is_right: bool
    explanation: str


class CheckQuestion(SealableText, frozen=True):
    """A knowledge-check question; exactly one option is right."""

    id: str
    prompt: str
    options: tuple[CheckOption, ...]


class VerifiedFact(SealableText, frozen=True):
    """A fact that may change, with its source and the day it was last checked (YYYY-MM-DD)."""

    fact: str
    value: str
    source: str
    verified_on: str


class LessonText(SealableText, frozen=True):
    """A whole lesson. The section of kind steps holds all steps once more as one Markdown list."""

    skill: SkillId
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    checklist: tuple[ChecklistEntry, ...]
    check: tuple[CheckQuestion, ...]
    verified: tuple[VerifiedFact, ...] = ()


class MissionQuestion(SealableText, frozen=True):
    """A question learners ask, with its answer in Markdown and the lessons it leads to."""

    id: str
    question: str
    answer: str
    lessons: tuple[LessonNumber, ...]


class GlossaryTerm(Struct, frozen=True):
    """A technical term in plain words."""

    id: str
    term: str
    definition: str
    example: str
    lessons: tuple[LessonNumber, ...]
    synonyms: tuple[str, ...]
