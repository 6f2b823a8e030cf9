"""Saves the roadmap: a table, a calendar, a checklist for paper."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.domain.roadmap import Roadmap
from dijipilot.errors import AcademyError
from dijipilot.exchange.calendar_file import write_calendar
from dijipilot.exchange.csv_files import ROADMAP_COLUMNS, roadmap_rows, write_csv
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.tasks import Lane
from dijipilot.ui.widgets.save_dialog import ask_where_to_save

Choice = tuple[str, str, Callable[[], object]]
"""Words, object name and what to do."""


class RoadmapExports(QObject):
    """Saves the roadmap given to it; tells in a notice how it went."""

    notice_raised = Signal(str, str)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.roadmap: Roadmap | None = None

    def choices(self) -> tuple[Choice, ...]:
        """Return the kinds of file there are."""
        return (
            (self.tr("Table (&CSV)…"), "saveRoadmapCsvAction", self._on_table_wanted),
            (self.tr("&Calendar (ICS)…"), "saveRoadmapIcsAction", self._on_calendar_wanted),
            (self.tr("Checklist for &paper (PDF)…"), "saveRoadmapPdfAction", self._on_pdf_wanted),
        )

    def save_table(self, file: Path) -> None:
        """Write one line a lesson."""
        self._save(file, lambda roadmap: write_csv(file, ROADMAP_COLUMNS, roadmap_rows(roadmap)))

    def save_calendar(self, file: Path) -> None:
        """Write a day for every lesson ahead, from today on."""
        profile, now = self._context.profile, datetime.now(UTC)
        today = self._context.academy.plan.today()
        self._save(file, lambda roadmap: write_calendar(file, roadmap, profile.name, profile.id, today, now))

    def save_pdf(self, file: Path) -> None:
        """Write a checklist with boxes to tick."""
        # Imported here: who prints nothing needs no printing.
        from dijipilot.ui.printing import write_pdf
        from dijipilot.ui.report_html import roadmap_report

        if self.roadmap is None:
            return
        try:
            write_pdf(file, roadmap_report(self.roadmap, self._context.profile.name, datetime.now(UTC)))
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return
        self.notice_raised.emit(self.tr("Saved as {file}.").format(file=file), "good")

    def _on_table_wanted(self) -> None:
        self._ask(self.tr("roadmap.csv"), self.tr("Table"), "csv", self.save_table)

    def _on_calendar_wanted(self) -> None:
        self._ask(self.tr("roadmap.ics"), self.tr("Calendar"), "ics", self.save_calendar)

    def _on_pdf_wanted(self) -> None:
        self._ask(self.tr("roadmap.pdf"), self.tr("PDF"), "pdf", self.save_pdf)

    def _ask(self, suggested: str, kind: str, ending: str, on_chosen: Callable[[Path], None]) -> None:
        ask_where_to_save(self._page, self.tr("Save the roadmap"), suggested, kind, ending, on_chosen)

    def _save(self, file: Path, write: Callable[[Roadmap], None]) -> None:
        roadmap = self.roadmap
        if roadmap is None:
            return
        told = self.tr("Saved as {file}.").format(file=file)
        self._context.tasks.run_task(
            lambda: write(roadmap),
            self,
            lambda _: self.notice_raised.emit(told, "good"),
            lambda error: self.notice_raised.emit(text_of_error(error), "bad"),
            Lane.COMPUTE,
        )
