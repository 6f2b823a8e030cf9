"""All problems of all sources at once, sorted by file and line."""

from collections.abc import Iterator

from dijipilot.content.answer_checks import answer_problems
from dijipilot.content.coverage_checks import coverage_problems
from dijipilot.content.ease_checks import ease_problems, syllable_counter
from dijipilot.content.graph_checks import graph_problems
from dijipilot.content.item_checks import belonging_problems, item_problems
from dijipilot.content.lesson_checks import lesson_problems
from dijipilot.content.loader import Sources
from dijipilot.content.mention_checks import mention_problems
from dijipilot.content.naming_checks import naming_problems
from dijipilot.content.nodes import Problem
from dijipilot.content.reference_checks import reference_problems
from dijipilot.content.repetition_checks import repetition_problems
from dijipilot.content.term_checks import term_problems


def all_problems(sources: Sources) -> list[Problem]:
    """Return everything an author has to put right before a release."""
    found = {*structural_problems(sources), *sources.strays, *item_problems(sources), *coverage_problems(sources)}
    return sorted({*found, *_wording(sources)})


def unchecked() -> list[str]:
    """Return what cannot be checked on this computer, and what to do about it."""
    if syllable_counter() is not None:
        return []
    remedy = (
        'Install the package "syllapy", or lint from the source tree: python3 dev.py run curriculum lint curriculum'
    )
    return [f"The reading ease of lessons was not checked: what counts syllables is not installed. {remedy}"]


def structural_problems(sources: Sources) -> list[Problem]:
    """Return what keeps the sources from being compiled: wrong shape, broken references, impossible orders."""
    return sorted({*sources.problems, *_structure(sources)})


def draft_problems(sources: Sources) -> list[Problem]:
    """Return the lessons in preparation; they are no mistakes, and a release has none."""
    drafts = [lesson for lesson in sources.lessons if not lesson.value.lesson.is_ready]
    return [lesson.problem("it is a draft. Finish it, and set status: ready.", "status") for lesson in drafts]


def _structure(sources: Sources) -> Iterator[Problem]:
    yield from naming_problems(sources)
    yield from reference_problems(sources)
    yield from belonging_problems(sources)
    yield from graph_problems(sources)


def _wording(sources: Sources) -> Iterator[Problem]:
    yield from lesson_problems(sources)
    yield from ease_problems(sources)
    yield from term_problems(sources)
    yield from mention_problems(sources)
    yield from repetition_problems(sources)
    yield from answer_problems(sources)
