"""The freshness stamp of a lesson: what it was checked against and when, with every fact behind it."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.freshness import Freshness
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import label


class LessonStamp(QWidget):
    """One quiet line; opened, it lists the facts. An old check says so in words."""

    def __init__(self, freshness: Freshness, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._freshness = freshness
        self.fold = Fold(stamp_text(freshness), self._facts, "freshnessFold", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def _facts(self, parent: QWidget) -> QWidget:
        facts = QWidget(parent)
        listed = QVBoxLayout(facts)
        listed.setContentsMargins(34, 0, 8, 10)
        listed.setSpacing(3)
        if self._freshness.is_old:
            aged = self.tr("That is more than a year ago: buttons and prices may have changed since.")
            listed.addWidget(label(aged, "strong", facts))
        for fact in self._freshness.facts:
            listed.addSpacing(4)
            listed.addWidget(label(f"{fact.fact}: {fact.value}", "", facts))
            listed.addWidget(label(f"{fact.source}, {fact.verified_on}", "small", facts))
        return facts


def stamp_text(freshness: Freshness) -> str:
    """Return the line of the stamp, such as "Checked against Printify Help Center, November 2026"."""

    def words(text: str) -> str:
        return QCoreApplication.translate("LessonStamp", text)

    pattern = words("Checked {month} against {places}")
    if freshness.is_old:
        pattern = words("Last checked {month}, more than a year ago, against {places}")
    return pattern.format(month=_month_text(freshness.checked_on), places=", ".join(freshness.places))


def _month_text(day: date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy")
