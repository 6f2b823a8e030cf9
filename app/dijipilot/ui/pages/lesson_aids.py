"""What helps to read a lesson: bookmark, highlights, terms explained, notes beside the text, find."""

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from dijipilot.domain.highlights import Highlight, MarkedPlace
from dijipilot.domain.ids import EventId, SkillId
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.pages.lesson_frame import LessonFrame
from dijipilot.ui.pages.page import ScrollPage
from dijipilot.ui.widgets.find_bar import FindBar
from dijipilot.ui.widgets.lesson_body import LessonBody
from dijipilot.ui.widgets.lesson_find import PageFinder
from dijipilot.ui.widgets.lesson_side import LessonSide
from dijipilot.ui.widgets.lesson_term import TERM_LINK, TermPopover
from dijipilot.ui.widgets.lesson_tools import LessonTools

SIDE_SETTING = "lesson.side"
_AROUND = 160


class LessonAids(QObject):
    """Works on the lesson given by show_lesson; body is None where there is no text."""

    def __init__(self, page: ScrollPage) -> None:
        super().__init__(page)
        self._page = page
        self._reading = page.context.academy.reading
        self._skill: SkillId | None = None
        self._body: LessonBody | None = None
        self.tools = LessonTools(page)
        self.side = LessonSide(page)
        self.find_bar = FindBar(page)
        self.finder = PageFinder(self.find_bar, page.content, page.scroll_area)
        self.frame = LessonFrame(page.scroll_area, self.side, page)
        self._popover = TermPopover(page)
        self._popover.lesson_chosen.connect(page.page_requested)
        self.side.highlight_chosen.connect(self._on_highlight_chosen)
        self.side.highlight_removed.connect(self._on_highlight_removed)
        self.side.note.note_written.connect(self._on_note_written)
        self.frame.side_shown.connect(self.tools.show_notes_shown)
        wanted = page.context.academy.profiles.setting(page.context.profile_id, SIDE_SETTING)
        self.frame.want_side({"yes": True, "no": False}.get(wanted))

    def show_lesson(self, skill: SkillId, body: LessonBody | None) -> None:
        """Work on this lesson from now on."""
        self.finder.close()
        self._skill, self._body = skill, body
        if body is not None:
            curriculum = self._page.context.academy.library.curriculum
            body.show_terms(self._reading.term_finder, curriculum.lesson_by_skill[skill].number)
            body.marks.highlight_wanted.connect(self._on_highlight_wanted)
            body.marks.removal_wanted.connect(self._on_highlight_removed)
            body.difference_told.connect(self._on_difference_told)

    def refresh(self, progress: LessonProgress) -> None:
        """Show what is on record."""
        profile = self._page.context.profile_id
        highlights = self._reading.highlights(profile, progress.skill)
        self.tools.show_bookmarked(progress.is_bookmarked)
        self.side.note.show_note(self._page.context.academy.learn.note(profile, progress.skill))
        if self._body is not None:
            self._body.marks.show_highlights(highlights)
            self.side.show_highlights(highlights, self._body.marks.words_of)
        else:
            self.side.show_highlights(highlights)

    def toggle_bookmark(self) -> None:
        """Set the bookmark, or remove it; it can be undone."""
        skill, profile = self._skill, self._page.context.profile_id
        if skill is None:
            return
        is_on = skill not in self._reading.bookmarks(profile)
        if self._page.attempt(lambda: self._reading.bookmark(profile, skill, is_on)):
            told = self.tr("Bookmarked. You find it in the library.") if is_on else self.tr("The bookmark is removed.")
            self._page.notice_raised.emit(told, "accent")
        else:
            self.tools.show_bookmarked(not is_on)

    def toggle_side(self) -> None:
        """Show or hide what stands beside the text; the choice stays with the learner."""
        is_shown = not self.frame.is_side_shown
        context = self._page.context
        if not context.academy.is_read_only:
            value = "yes" if is_shown else "no"
            self._page.attempt(lambda: context.academy.profiles.set_setting(context.profile_id, SIDE_SETTING, value))
        self.frame.want_side(is_shown)
        target: QWidget = self.side.note if is_shown else self._page.heading
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def highlight(self) -> None:
        """Highlight the words selected, or remove the highlight there."""
        if self._body is None or not self._body.marks.press():
            told = self.tr("Select some words of the lesson first, then highlight them.")
            self._page.notice_raised.emit(told, "accent")

    def explain(self, link: str) -> bool:
        """Show what a term means, beside it; return whether the link was one of a term."""
        if not link.startswith(TERM_LINK) or self._body is None:
            return False
        term = self._reading.term(link.removeprefix(TERM_LINK))
        if term is not None:
            curriculum = self._page.context.academy.library.curriculum
            lessons, by_number = curriculum.lessons, curriculum.skill_by_number
            titles = {str(lesson.number): lesson.title for lesson in lessons}
            elsewhere = tuple(number for number in term.lessons if by_number.get(number) != self._skill)
            self._popover.show_term(replace(term, lessons=elsewhere), titles, self._body.place_of_link(link))
        return True

    def _on_highlight_wanted(self, part: str, place: MarkedPlace) -> None:
        skill, profile = self._skill, self._page.context.profile_id
        if skill is not None:
            self._page.attempt(lambda: self._reading.highlight(profile, skill, part, place))

    def _on_highlight_removed(self, highlight: str) -> None:
        skill, profile = self._skill, self._page.context.profile_id
        if skill is not None:
            self._page.attempt(lambda: self._reading.remove_highlight(profile, skill, EventId(highlight)))

    def _on_highlight_chosen(self, highlight: Highlight) -> None:
        if self._body is None:
            self._page.notice_raised.emit(self.tr("The text of this lesson cannot be read here now."), "accent")
            return
        view = self._body.marks.go_to(highlight)
        body = self._page.scroll_area.widget()
        if view is None or body is None:
            told = self.tr("These words are no longer in the lesson. You can remove the highlight.")
            self._page.notice_raised.emit(told, "accent")
            return
        at = view.viewport().mapTo(body, view.cursorRect().center())
        self._page.scroll_area.ensureVisible(at.x(), at.y(), 0, _AROUND)
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_note_written(self, text: str) -> None:
        skill, profile = self._skill, self._page.context.profile_id
        if skill is not None and not self._page.attempt(
            lambda: self._page.context.academy.learn.save_note(profile, skill, text)
        ):
            self._page.mark_stale()

    def _on_difference_told(self, step: str, seen: str) -> None:
        skill, context = self._skill, self._page.context
        if skill is not None and self._page.attempt(
            lambda: context.academy.questions.report_difference(context.profile_id, skill, step, seen)
        ):
            told = self.tr("Kept with your questions. It goes out when you export them for an instructor.")
            self._page.notice_raised.emit(told, "good")
