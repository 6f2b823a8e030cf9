"""What is said of a license: for whom, for how many computers, what it covers, until when, and where it is kept."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from dijipilot.services.held_licenses import HeldLicense, LicenseState
from dijipilot.ui.dates import date_text
from dijipilot.ui.translation import QT_TRANSLATE_NOOP

_CONTEXT = "licenses"

_STATES = {
    LicenseState.OPEN: (QT_TRANSLATE_NOOP("licenses", "Open"), "good"),
    LicenseState.RETIRED: (QT_TRANSLATE_NOOP("licenses", "Withdrawn"), "caution"),
    LicenseState.ENDED: (QT_TRANSLATE_NOOP("licenses", "Ended"), ""),
    LicenseState.SUSPECT: (QT_TRANSLATE_NOOP("licenses", "Open, the clock looks wrong"), "caution"),
    LicenseState.WAITING: (QT_TRANSLATE_NOOP("licenses", "Waits for the right date"), "caution"),
}


def state_words(held: HeldLicense) -> tuple[str, str]:
    """Return what becomes of a license here, and the tone to say it in."""
    words, tone = _STATES[held.state]
    return _words(words), tone


def what_it_is(held: HeldLicense) -> list[str]:
    """Return for whom a license is, what it covers and until when, in a few words each."""
    license_ = held.license
    told = [_words("For {holder}").format(holder=license_.holder)] if license_.holder else []
    if license_.seats > 1:
        told.append(_words("For {count} computers").format(count=license_.seats))
    if license_.content_through is not None:
        covers = _words("Covers lessons published through {date}")
        told.append(covers.format(date=day_text(license_.content_through)))
    if license_.not_after is not None:
        told.append(_words("Ends on {date}").format(date=day_text(license_.not_after)))
    else:
        told.append(_words("Never ends"))
    return told


def where_it_is(held: HeldLicense) -> list[str]:
    """Return when a license was activated, with which code and for which users."""
    told = []
    if held.activated_at is not None:
        told.append(_words("Activated on {date}").format(date=date_text(held.activated_at)))
    if held.last_symbols:
        told.append(_words("Code ends in {symbols}").format(symbols=held.last_symbols))
    told.append(_words("For all users of this computer") if held.for_all else _words("For this user of the computer"))
    return told


def opens_words(held: HeldLicense) -> list[str]:
    """Return how much a license opens here, nothing where that is nothing."""
    if not held.lessons:
        return []
    if len(held.lessons) == 1:
        return [_words("Opens 1 lesson")]
    if held.masterclasses == 1:
        return [_words("Opens {lessons} lessons in 1 masterclass").format(lessons=len(held.lessons))]
    words = _words("Opens {lessons} lessons in {masterclasses} masterclasses")
    return [words.format(lessons=len(held.lessons), masterclasses=held.masterclasses)]


def day_text(day: date) -> str:
    """Return a day, such as "December 31, 2027"."""
    return QLocale().toString(QDate(day.year, day.month, day.day), QCoreApplication.translate("dates", "MMMM d, yyyy"))


def _words(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
