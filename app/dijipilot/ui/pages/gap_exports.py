"""Prints and saves the gap analysis that is shown, comparison included."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dijipilot.errors import AcademyError
from dijipilot.exchange.csv_files import gap_columns, gap_rows, write_csv
from dijipilot.ui.gap_words import ShownGaps
from dijipilot.ui.message_text import text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.tasks import Lane
from dijipilot.ui.widgets.save_dialog import ask_where_to_save

Choice = tuple[str, str, Callable[[], object]]
"""Words, object name and what to do."""


class GapExports(QObject):
    """Tells in a notice how it went."""

    notice_raised = Signal(str, str)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.shown: ShownGaps | None = None

    def choices(self) -> tuple[Choice, ...]:
        """Return what can be done."""
        return (
            (self.tr("&Print…"), "printGapsAction", self.print_preview),
            (self.tr("Report for paper (P&DF)…"), "saveGapsPdfAction", self._on_pdf_wanted),
            (self.tr("Table (&CSV)…"), "saveGapsCsvAction", self._on_table_wanted),
        )

    def print_preview(self) -> None:
        """Show what would be printed; print from there."""
        # Imported here: who prints nothing needs no printing.
        from dijipilot.ui.print_preview import PrintPreview
        from dijipilot.ui.report_html import gap_report

        if self.shown is not None:
            report = gap_report(self.shown, self._context.profile.name, datetime.now(UTC))
            PrintPreview(report, self._page.window()).open()

    def save_csv(self, file: Path) -> None:
        """Write the analysis shown as a table."""
        if self.shown is None:
            return
        analysis, changes = self.shown.analysis, self.shown.changes
        told = self.tr("Saved as {file}.").format(file=file)
        self._context.tasks.run_task(
            lambda: write_csv(file, gap_columns(changes), gap_rows(analysis, changes)),
            self,
            lambda _: self.notice_raised.emit(told, "good"),
            lambda error: self.notice_raised.emit(text_of_error(error), "bad"),
            Lane.COMPUTE,
        )

    def save_pdf(self, file: Path) -> None:
        """Write the analysis shown as a report."""
        # Imported here, as above.
        from dijipilot.ui.printing import write_pdf
        from dijipilot.ui.report_html import gap_report

        if self.shown is None:
            return
        try:
            write_pdf(file, gap_report(self.shown, self._context.profile.name, datetime.now(UTC)))
        except AcademyError as error:
            self.notice_raised.emit(text_of_error(error), "bad")
            return
        self.notice_raised.emit(self.tr("Saved as {file}.").format(file=file), "good")

    def _on_table_wanted(self) -> None:
        self._ask(self.tr("gaps.csv"), self.tr("Table"), "csv", self.save_csv)

    def _on_pdf_wanted(self) -> None:
        self._ask(self.tr("gaps.pdf"), self.tr("PDF"), "pdf", self.save_pdf)

    def _ask(self, suggested: str, kind: str, ending: str, on_chosen: Callable[[Path], None]) -> None:
        ask_where_to_save(self._page, self.tr("Save the gap analysis"), suggested, kind, ending, on_chosen)
