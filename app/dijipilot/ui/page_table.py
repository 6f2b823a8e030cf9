"""Every page of the window by name; pages are imported when they are first shown, for start-up time only."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from dijipilot.ui.pages.page import Page, PageContext
from dijipilot.ui.translation import QT_TRANSLATE_NOOP

HOME = "home"


class PageEntry(Struct, frozen=True):
    """A page. text: its words on the rail, "" where it is not there. rail: the entry lit while it is shown."""

    name: str
    build: Callable[[PageContext, QWidget], Page]
    rail: str
    text: str = ""
    icon: str = ""


def rail_text(entry: PageEntry) -> str:
    """Return the words of an entry of the rail."""
    return QCoreApplication.translate("rail", entry.text)


def _home(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.home_page import HomePage

    return HomePage(context, parent)


def _assessment(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.assessment_page import AssessmentPage

    return AssessmentPage(context, parent)


def _result(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.result_page import ResultPage

    return ResultPage(context, parent)


def _gaps(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.gaps_page import GapsPage

    return GapsPage(context, parent)


def _roadmap(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.roadmap_page import RoadmapPage

    return RoadmapPage(context, parent)


def _library(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.library_page import LibraryPage

    return LibraryPage(context, parent)


def _mission(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.mission_page import MissionPage

    return MissionPage(context, parent)


def _lesson(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.lesson_page import LessonPage

    return LessonPage(context, parent)


def _search(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.search_page import SearchPage

    return SearchPage(context, parent)


def _questions(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.questions_page import QuestionsPage

    return QuestionsPage(context, parent)


def _licenses(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.license_page import LicensePage

    return LicensePage(context, parent)


def _settings(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.settings_page import SettingsPage

    return SettingsPage(context, parent)


def _help(context: PageContext, parent: QWidget) -> Page:
    from dijipilot.ui.pages.help_page import HelpPage

    return HelpPage(context, parent)


PAGES: tuple[PageEntry, ...] = (
    PageEntry(HOME, _home, HOME, QT_TRANSLATE_NOOP("rail", "Home"), "home"),
    PageEntry("assessment", _assessment, "assessment", QT_TRANSLATE_NOOP("rail", "Assessment"), "assessment"),
    PageEntry("result", _result, "assessment"),
    PageEntry("gaps", _gaps, "gaps", QT_TRANSLATE_NOOP("rail", "My gaps"), "gaps"),
    PageEntry("roadmap", _roadmap, "roadmap", QT_TRANSLATE_NOOP("rail", "Roadmap"), "roadmap"),
    PageEntry("library", _library, "library", QT_TRANSLATE_NOOP("rail", "Library"), "library"),
    PageEntry("mission", _mission, "library"),
    PageEntry("lesson", _lesson, "library"),
    PageEntry("search", _search, "search", QT_TRANSLATE_NOOP("rail", "Search"), "search"),
    PageEntry("questions", _questions, "questions", QT_TRANSLATE_NOOP("rail", "Questions"), "questions"),
    PageEntry("settings", _settings, "settings", QT_TRANSLATE_NOOP("rail", "Settings and data"), "settings"),
    PageEntry("licenses", _licenses, "settings"),
    PageEntry("help", _help, ""),
)

PAGE_BY_NAME = {entry.name: entry for entry in PAGES}
