"""What a new content pack changes, to people and to scripts; what it would close comes first."""

from collections.abc import Iterable, Iterator, Sequence

from dijipilot.cli.console import plural, wrapped
from dijipilot.cli.license_words import license_data
from dijipilot.cli.pack_words import described, summary_data
from dijipilot.content.installed import PackSummary
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.curriculum_changes import RenumberedLesson
from dijipilot.services.packs import PackPreview

MOST_LINES = 10
"""So many lessons of a kind are listed; --json has all."""


def described_changes(preview: PackPreview) -> Iterator[str]:
    """Yield what using a pack changes, for people."""
    changes = preview.changes
    yield from _closing(preview)
    yield from wrapped(_with_number(preview.in_use, preview.editions_in_use), "In use: ")
    yield from wrapped(_with_number(preview.new, preview.editions), "New:    ")
    lists = (
        ("New lessons", [_named(each, preview) for each in changes.new]),
        ("Now written", [_named(each, preview) for each in changes.written]),
        ("New titles", [f"{_named(each.lesson)} (before: {each.before})" for each in changes.retitled]),
        ("New numbers", [_renumbered(each) for each in changes.renumbered]),
        ("Retired; what you did in them is kept", [_named(each) for each in changes.retired]),
        ("Open with your licenses from now on", [_named(each) for each in changes.opens]),
    )
    for heading, lines in lists:
        yield from _listed(heading, lines)
    if not (changes.closes or any(lines for _, lines in lists)):
        yield "The lessons stay as they are, but for their texts."


def _closing(preview: PackPreview) -> Iterator[str]:
    closes = preview.changes.closes
    if closes:
        yield from _listed("This pack closes lessons that are open now", [_named(each) for each in closes])
        stays = (
            "The pack that is in use stays on this computer: dijipilot pack rollback brings it back, and them with it."
        )
        yield from wrapped(stays)
    for told in preview.told:
        yield from wrapped(told.english())


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading}: {len(lines)}"
    for line in lines[:MOST_LINES]:
        yield from wrapped(line, "  ", "      ")
    if len(lines) > MOST_LINES:
        yield f"  and {plural(len(lines) - MOST_LINES, 'other')}"


def _named(lesson: Lesson, preview: PackPreview | None = None) -> str:
    is_locked = preview is not None and lesson.skill in preview.locked
    return f"{lesson.number} {lesson.title}" + (" (locked)" if is_locked else "")


def _renumbered(change: RenumberedLesson) -> str:
    found = ", which still finds it" if change.is_found_by_both else ""
    return f"{_named(change.lesson)} (before: {change.before}{found})"


def _with_number(summary: PackSummary, editions: Iterable[str]) -> str:
    opened_by = ", ".join(editions)
    sealed = f"; {plural(summary.sealed, 'lesson')} for holders of a license ({opened_by})" if opened_by else ""
    return f"{described(summary)}, number {summary.serial} of {summary.built.isoformat()}{sealed}"


def preview_data(preview: PackPreview) -> dict[str, object]:
    """Return what using a pack changes as scripts read it; the keys are a contract."""
    changes, locked = preview.changes, preview.locked
    return {
        "in_use": {**summary_data(preview.in_use), "editions": [*preview.editions_in_use]},
        "new": {**summary_data(preview.new), "editions": [*preview.editions]},
        "new_lessons": [{**_lesson_data(each), "locked": each.skill in locked} for each in changes.new],
        "written": [{**_lesson_data(each), "locked": each.skill in locked} for each in changes.written],
        "retitled": [{**_lesson_data(each.lesson), "before": each.before} for each in changes.retitled],
        "renumbered": [
            {**_lesson_data(each.lesson), "before": each.before, "found_by_both": each.is_found_by_both}
            for each in changes.renumbered
        ],
        "retired": [_lesson_data(each) for each in changes.retired],
        "opens": [_lesson_data(each) for each in changes.opens],
        "closes": [_lesson_data(each) for each in changes.closes],
        "licenses": [license_data(each) for each in preview.licenses],
    }


def _lesson_data(lesson: Lesson) -> dict[str, object]:
    return {"number": lesson.number, "skill": lesson.skill, "title": lesson.title}
