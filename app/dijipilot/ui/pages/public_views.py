"""The honest view of what cannot be read: all that is public of it, and which of one's own gaps it closes."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.gaps import SkillGap
from dijipilot.domain.skill_state import SkillState
from dijipilot.services.outlines import Need, Outline
from dijipilot.ui.gap_words import value_meaning, value_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.opener_words import openers_text
from dijipilot.ui.pages.license_dialog import LicenseDialog
from dijipilot.ui.pages.page import ScrollPage
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.public_outline import OutlineLink, PublicOutline
from dijipilot.ui.widgets.state_mark import word_of
from dijipilot.ui.widgets.verdict_chip import VerdictChip

_CONTEXT = "locked"


def locked_lesson_view(page: ScrollPage, lesson: Lesson, outline: Outline) -> PublicOutline:
    """Return what can be said of a locked lesson."""
    view = _view(page, outline, lesson)
    view.add_part(_words("What it would close for you"), _closes(page, outline, view))
    if not outline.gaps:
        view.add_line(_nothing_to_close(outline))
    view.add_links(_words("It builds on"), [_link(need) for need in outline.needs])
    view.add_part(_words("What it takes and gives"))
    view.add_line(_minutes(lesson))
    _add_questions(
        view,
        outline,
        _words("One question that sellers ask is answered in its mission."),
        _words("{count} questions that sellers ask are answered in its mission."),
    )
    return view


def locked_mission_view(page: ScrollPage, outline: Outline) -> PublicOutline:
    """Return what can be said of what is locked in a mission; its lessons stand below it on the page."""
    view = _view(page, outline, outline.locked[0])
    gaps = sorted(outline.gaps, key=lambda gap: -gap.value)
    if outline.skills is not None and gaps:
        heading = (
            _words("It would close {count} of your gaps, {value}")
            if len(gaps) > 1
            else _words("It would close one of your gaps, {value}")
        )
        view.add_part(
            heading.format(count=len(gaps), value=value_text(outline.value)),
            [_words("{title}  ·  {state}").format(title=gap.title, state=_gap_words(gap)) for gap in gaps],
        )
    else:
        view.add_part(_words("What it would close for you"))
        view.add_line(_nothing_to_close(outline))
    view.add_links(_words("It builds on"), [_link(need) for need in outline.needs])
    _add_questions(
        view,
        outline,
        _words("One question that sellers ask is answered in it."),
        _words("{count} questions that sellers ask are answered in it."),
    )
    return view


def preparing_view(page: ScrollPage, lesson: Lesson) -> PublicOutline:
    """Return what can be said of a lesson that is being written."""
    academy, profile = page.context.academy, page.context.profile_id
    sentence = _words("This lesson is being written. What it will teach, and what it builds on, is settled.")
    view = PublicOutline(_words("In preparation"), "drafting", sentence, page.content)
    view.chosen.connect(page.page_requested)
    view.add_line(_minutes(lesson))
    view.add_links(_words("It builds on"), [_link(need) for need in academy.outlines.needs(profile, [lesson])])
    return view


def _view(page: ScrollPage, outline: Outline, wanted: Lesson) -> PublicOutline:
    view = PublicOutline(_words("Locked"), "lock", text_of(outline.why), page.content)
    view.chosen.connect(page.page_requested)
    view.license_wanted.connect(lambda: ask_for_license(page, wanted))
    view.offer_license(openers_text(outline.openers))
    return view


def ask_for_license(page: ScrollPage, wanted: Lesson) -> None:
    """Open the dialog in which a license is given; the page stays where it is, and its text opens in place."""
    dialog = LicenseDialog(page.context, wanted, page)
    dialog.page_requested.connect(lambda target: _go_on(page, target))
    dialog.finished.connect(lambda _: _come_back(page))
    dialog.open()


def _come_back(page: ScrollPage) -> None:
    # What had the focus is gone where the text has opened meanwhile.
    page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
    # Not every desktop does it when a dialog closes.
    page.activateWindow()


def _go_on(page: ScrollPage, target: str) -> None:
    if target != LESSON_LINK + page.place():
        page.page_requested.emit(target)


def _closes(page: ScrollPage, outline: Outline, parent: QWidget) -> Iterator[QWidget]:
    for gap in outline.gaps:
        line = QWidget(parent)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        worth = label(_words("Closing this gap is {value}.").format(value=value_text(gap.value)), "", line)
        worth.setToolTip(value_meaning())
        row.addWidget(VerdictChip(gap.state, page.context.theme.colors, line))
        row.addWidget(worth, 1)
        yield line


def _nothing_to_close(outline: Outline) -> str:
    if outline.skills is None:
        return _words("After the assessment it says here which of your gaps this closes.")
    if any(skill.state is SkillState.MASTERED for skill in outline.skills):
        return _words("Nothing: you have what it teaches.")
    return _words("Nothing: it does not concern your shop.")


def _gap_words(gap: SkillGap) -> str:
    return _words("{state}, {value}").format(state=word_of(gap.state).lower(), value=value_text(gap.value))


def _link(need: Need) -> OutlineLink:
    title = f"{need.lesson.number}  {need.lesson.title}"
    return OutlineLink(title, LESSON_LINK + need.lesson.skill, _need_words(need), "done" if need.is_met else "todo")


def _need_words(need: Need) -> str:
    if need.is_met:
        return _words("You have this")
    return word_of(need.state) if need.state is not None else ""


def _add_questions(view: PublicOutline, outline: Outline, one: str, several: str) -> None:
    if outline.questions:
        view.add_line(one if outline.questions == 1 else several.format(count=outline.questions))


def _minutes(lesson: Lesson) -> str:
    return _words("It takes about {n} minutes.").format(n=lesson.minutes)


def _words(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
