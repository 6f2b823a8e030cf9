"""Reports as PDF for the command line: Qt without a screen, in English, gone when the file is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from dijipilot.domain.gaps import GapAnalysis
from dijipilot.domain.roadmap import Roadmap
from dijipilot.ui.gap_words import ShownGaps
from dijipilot.ui.printing import write_pdf
from dijipilot.ui.report_html import gap_report, roadmap_report
from dijipilot.ui.theme import load_fonts


def write_gaps_pdf(file: Path, analysis: GapAnalysis, learner: str, now: datetime) -> None:
    """Write the gap analysis of a learner. Raises CouldNotSave."""
    with _qt_without_a_screen():
        write_pdf(file, gap_report(ShownGaps(analysis), learner, now))


def write_roadmap_pdf(file: Path, roadmap: Roadmap, learner: str, now: datetime) -> None:
    """Write the roadmap of a learner. Raises CouldNotSave."""
    with _qt_without_a_screen():
        write_pdf(file, roadmap_report(roadmap, learner, now))


@contextmanager
def _qt_without_a_screen() -> Iterator[None]:
    """Have an application for the fonts, and English dates whatever the system speaks; the paper is the country's."""
    application = QApplication.instance() or QApplication(["dijipilot", "-platform", "offscreen"])
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, before.territory()))
    load_fonts()
    try:
        yield
    finally:
        QLocale.setDefault(before)
        del application
