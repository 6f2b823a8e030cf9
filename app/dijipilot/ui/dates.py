"""Moments in words that people use, in their own time zone and language."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime


def date_text(moment: datetime) -> str:
    """Return the day of a moment, such as "November 23, 2026"."""
    here = moment.astimezone()
    pattern = QCoreApplication.translate("dates", "MMMM d, yyyy")
    return QLocale().toString(QDate(here.year, here.month, here.day), pattern)


def moment_text(moment: datetime) -> str:
    """Return day and time of a moment, such as "November 23, 2026, 9:05 AM"."""
    here = moment.astimezone()
    time = QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)
    return f"{date_text(moment)}, {time}"
