"""Searching while typing, by keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from dijipilot.content.search import SearchHit
from dijipilot.domain.ids import LessonNumber, MissionNumber
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.search_model import SearchModel
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.search_page import SearchPage
from dijipilot.ui.widgets.hit_delegate import marked_html
from dijipilot.ui.widgets.term_card import TermCard
from tests.ui.finding import find, focused

Go = Callable[[str], Page]


@pytest.fixture
def page(go: Go) -> SearchPage:
    """Return the search, empty."""
    shown = go("search")
    assert isinstance(shown, SearchPage)
    return shown


def rows(page: SearchPage) -> list[str]:
    """Return groups and the hits below them."""
    model = find(page, QTreeView, "searchResults").model()
    lines = []
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        lines.append(str(group.data()))
        lines += [f"  {model.index(hit, 0, group).data()}" for hit in range(model.rowCount(group))]
    return lines


def hit(kind: str, name: str) -> SearchHit:
    return SearchHit(kind, name, LessonNumber("1.1.1.1"), f"Title {name}", "a **match** here", locked=name == "shut")


def test_results_come_while_typing_in_groups(page: SearchPage) -> None:
    QTest.keyClicks(focused(), "fulfillment jour")

    assert any("What is the End-to-End Fulfillment Journey?" in row for row in rows(page))
    assert rows(page)[0].startswith("Lessons (")


def test_own_notes_are_found(page: SearchPage) -> None:
    QTest.keyClicks(focused(), "differ per product")

    assert "My notes (1)" in rows(page)


def test_arrow_and_enter_open_a_result(page: SearchPage, window: MainWindow) -> None:
    QTest.keyClicks(focused(), "2.5.1.2")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused().objectName() == "searchResults"

    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert window.pages.target() == "lesson:fulfillment.order-settings"


def test_a_typing_error_gets_a_suggestion(page: SearchPage) -> None:
    QTest.keyClicks(focused(), "fulfilment")
    suggestion = find(page, QPushButton, "suggestionButton")
    assert suggestion.isVisible()

    suggestion.click()

    assert rows(page)


def test_nothing_found_leads_to_asking(page: SearchPage, window: MainWindow) -> None:
    QTest.keyClicks(focused(), "zzqqxx")
    assert "Nothing was found" in find(page, QLabel, "searchOutcome").text()

    find(page, QPushButton, "askFromSearchButton").click()

    assert window.pages.target().startswith("questions")


def test_a_term_is_explained_in_place(page: SearchPage, window: MainWindow) -> None:
    assert window.academy is not None
    terms = window.academy.library.glossary()
    assert terms

    page._open(SearchHit("glossary", terms[0].id, LessonNumber(""), terms[0].term, "", locked=False))

    card = find(page, TermCard)
    assert card.isVisible()
    assert terms[0].definition in [label.text() for label in card.findChildren(QLabel)]


def test_every_kind_of_hit_leads_somewhere(page: SearchPage, window: MainWindow) -> None:
    assert window.academy is not None
    mission = window.academy.library.curriculum.mission_by_number[MissionNumber("2.5.1")]
    question = window.academy.library.questions(mission.number)[0]

    page._open(SearchHit("question", question.id, LessonNumber(""), question.question, "", locked=False))

    assert window.pages.target() == "mission:2.5.1"


def test_the_model_is_sound(qtbot: QtBot) -> None:
    model = SearchModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)

    model.show_hits([hit("lesson", "one"), hit("note", "two"), hit("lesson", "shut")])
    assert model.rowCount() == 2
    model.show_hits([])

    assert model.rowCount() == 0


def test_a_locked_hit_says_so(qtbot: QtBot) -> None:
    model = SearchModel()
    model.show_hits([hit("lesson", "shut")])

    spoken = model.index(0, 0, model.index(0, 0)).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "Title shut, locked, a match here"


def test_matches_are_bold_and_everything_else_is_plain_text() -> None:
    assert marked_html("a **<b>** & b") == "a <b>&lt;b&gt;</b> &amp; b"


def test_a_field_that_is_searched_from_elsewhere_shows_the_words(go: Go) -> None:
    page = go("search:refund")

    assert find(page, QLineEdit, "searchField").text() == "refund"
