"""Puts a lesson onto paper: shows it first, prints it, or saves it as PDF; always on light ground."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.errors import AcademyError
from dijipilot.ui.lesson_report import PaperLesson, lesson_report
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.report_html import Report
from dijipilot.ui.widgets.save_dialog import ask_where_to_save


class LessonPaper(QObject):
    """paper: returns the lesson shown, None where there is no text to print."""

    notice_raised = Signal(str, str)

    def __init__(self, context: PageContext, paper: Callable[[], PaperLesson | None], page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._paper = paper
        self._page = page

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

    def _report(self) -> Report | None:
        paper = self._paper()
        if paper is None:
            self.notice_raised.emit(self.tr("There is no text here to print yet."), "accent")
            return None
        return lesson_report(paper, self._context.profile.name, datetime.now(UTC))
