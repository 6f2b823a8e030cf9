"""Puts a lesson onto paper: shows it first, prints it, or saves it as PDF; always on light ground."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.lesson_text import LessonText
from dijipilot.errors import AcademyError
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.widgets.save_dialog import ask_where_to_save

if TYPE_CHECKING:
    from dijipilot.ui.report_html import Report


class LessonPaper(QObject):
    """Knows the lesson by show_lesson."""

    notice_raised = Signal(str, str)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._lesson: Lesson | None = None
        self._text: LessonText | None = None

    def show_lesson(self, lesson: Lesson, text: LessonText | None) -> None:
        """Put this lesson onto paper from now on; text: None where there is none to print."""
        self._lesson, self._text = lesson, text

    def preview(self) -> None:
        """Show how the lesson looks on paper; its window prints."""
        # Imported here: who prints nothing needs no printing.
        from dijipilot.ui.print_preview import PrintPreview

        report = self._report()
        if report is not None:
            PrintPreview(report, self._page).open()

    def ask_for_pdf(self) -> None:
        """Ask where to save the lesson as PDF."""
        report = self._report()
        if report is not None:
            proposal = self.tr("lesson.pdf")
            ask_where_to_save(self._page, self.tr("Save the lesson"), proposal, self.tr("PDF"), "pdf", self.save_pdf)

    def save_pdf(self, file: Path) -> None:
        """Write the lesson to a file; tell how it went."""
        from dijipilot.ui.printing import write_pdf  # as in preview

        report = self._report()
        if report is None:
            return
        try:
            write_pdf(file, report)
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return
        self.notice_raised.emit(self.tr("Saved as {file}.").format(file=file), "good")

    def _report(self) -> "Report | None":
        from dijipilot.ui.lesson_report import PaperLesson, lesson_report  # as in preview

        if self._lesson is None or self._text is None:
            self.notice_raised.emit(self.tr("There is no text here to print yet."), "accent")
            return None
        academy, profile, skill = self._context.academy, self._context.profile_id, self._lesson.skill
        paper = PaperLesson(
            lesson=self._lesson,
            mission=academy.library.curriculum.mission_by_skill[skill],
            text=self._text,
            progress=academy.learn.progress_of(profile, skill),
            note=academy.learn.note(profile, skill),
            freshness=academy.reading.freshness(skill),
        )
        return lesson_report(paper, self._context.profile.name, datetime.now(UTC))
