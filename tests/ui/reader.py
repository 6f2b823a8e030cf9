"""What a learner does at a window with lessons that a license opened: read, mark, answer, ask, search, print, fail.

Nothing of a test is needed for it, so that it can be done in a process of its own, too.
"""

import sys
from contextlib import suppress
from pathlib import Path
from random import Random

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QTreeView,
)

from dijipilot.bootstrap import Academy
from dijipilot.domain.curriculum import Curriculum, Lesson
from dijipilot.domain.ids import ProfileId
from dijipilot.domain.lesson_text import LessonText
from dijipilot.errors import AcademyError
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.models.roadmap_nodes import key_of
from dijipilot.ui.pages.lesson_page import LessonPage
from dijipilot.ui.pages.page import Page
from dijipilot.ui.pages.roadmap_questions import FACTS_ASKED
from dijipilot.ui.widgets.knowledge_check import KnowledgeCheck
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.roadmap_view import RoadmapView
from tests.ui.finding import delete_what_is_gone, find

PATIENCE_MS = 20_000
MARKED = ((0, 4, 1), (1, 0, 120), (-1, 0, 400))
"""What is highlighted: in which text of the lesson, from where on, how many characters."""

DIFFERENCE, QUESTION = "No PayPal there", "Does it differ by country?"
LONGEST_QUERY = 20

READING = ("read", "highlight", "tick", "answer", "tell_difference", "find_in_page", "preview", "bookmark")
ASKING = ("ask", "see_answers", "unfold", "search")
ACTS = (*READING, "fail", *ASKING)
"""All that can be done with a lesson, by the names of Reader, in an order in which it can be done."""


class Reader:
    """Somebody at a window who reads lessons that the pack holds encrypted.

    Each act can be done at any time, any number of times, once a lesson was read.
    """

    def __init__(self, window: MainWindow, random: Random | None = None) -> None:
        self._window = window
        self._random = random
        self.lesson = self._sealed_lessons()[0]

    def act(self, *names: str) -> None:
        """Do some of ACTS."""
        for name in names:
            getattr(self, name)()

    def go(self, target: str) -> Page:
        """Go somewhere and wait until it shows what is true."""
        self._window.go_to(target)
        page = self._window.pages.page
        assert page is not None
        return _settled(page)

    def read(self) -> None:
        """Open a lesson: the same one again, or where things are left to chance, any."""
        if self._random:
            self.lesson = self._random.choice(self._sealed_lessons())
        self._lesson_page()

    def highlight(self) -> None:
        """Highlight a word, a sentence and a step."""
        page = self._lesson_page()
        views = page.findChildren(LessonView)
        for number, start, length in MARKED:
            view = views[number]
            view.setTextCursor(view.cursor_over(start, min(start + length, len(view.toPlainText()))))
            view.selection_settled.emit()
            page.commands()["highlight"]()
            _settled(page)

    def tick(self) -> None:
        """Tick a step and a box, or take that back."""
        page = self._lesson_page()
        for name in ("step1Box", "box1"):
            find(page, QAbstractButton, name).click()
            _settled(page)

    def answer(self) -> None:
        """Answer a question of the knowledge check."""
        check = find(self._lesson_page(), KnowledgeCheck)
        find(check, QAbstractButton, "check1Option1").click()
        find(check, QPushButton, "check1Button").click()

    def tell_difference(self) -> None:
        """Tell that a step looks different."""
        page = self._lesson_page()
        flag = find(page, QToolButton, "step3DifferenceButton")
        if not flag.isChecked():
            flag.click()
        field = find(page, QLineEdit, "step3DifferenceField")
        field.clear()
        QTest.keyClicks(field, DIFFERENCE)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def find_in_page(self) -> None:
        """Search in the page."""
        page = self._lesson_page()
        page.commands()["find"]()
        QTest.keyClicks(find(page, QLineEdit, "findField"), "approval")

    def preview(self) -> None:
        """Look at how the lesson would be printed."""
        self._lesson_page().commands()["print"]()
        self._close("PrintPreview")

    def bookmark(self) -> None:
        """Put a bookmark, or take it away."""
        page = self._lesson_page()
        page.commands()["bookmark"]()
        _settled(page)

    def ask(self) -> None:
        """Ask an instructor."""
        page = self.go(f"questions:{self.lesson.skill}")
        QTest.keyClicks(find(page, QPlainTextEdit, "questionField"), QUESTION)
        find(page, QPushButton, "askButton").click()

    def see_answers(self) -> None:
        """Look at what sellers ask of a mission."""
        mission = self._curriculum.mission_by_skill[self.lesson.skill]
        question = self._academy.library.questions(mission.number)[0]
        self.go(f"mission:{mission.number}/{question.id}")

    def unfold(self) -> None:
        """Unfold a lesson on the roadmap."""
        self._academy.profiles.set_setting(self._profile, FACTS_ASKED, "yes")
        self.go("roadmap")
        find(self._window, RoadmapView).open_again([key_of(self.lesson.skill)])

    def search(self) -> None:
        """Type the first words of a question letter by letter, and open the first thing found."""
        mission = self._curriculum.mission_by_skill[self.lesson.skill]
        words = self._academy.library.questions(mission.number)[0].question[:LONGEST_QUERY].strip()
        page = self.go("search")
        field, results = find(page, QLineEdit, "searchField"), find(page, QTreeView, "searchResults")
        field.clear()
        QTest.keyClicks(field, words)
        first = results.model().index(0, 0, results.model().index(0, 0, QModelIndex()))
        assert first.isValid(), words
        results.activated.emit(first)

    def fail(self) -> None:
        """Let an exception arrive that nobody caught, while texts of a lesson are in use."""
        text = self._academy.library.lesson(self.lesson.skill)
        assert text is not None
        try:
            _fail(text, [*text.steps])
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
        self._close("FailureDialog")

    def carry_away(self, folder: Path) -> None:
        """Back up, and export everything that can be given to somebody else."""
        self._academy.safekeeping.backup()
        self._academy.profiles.export(self._profile, folder / "mine.djprofile")
        # Where nothing was asked yet, there is nothing to export.
        with suppress(AcademyError):
            self._academy.questions.export(self._profile, folder / "mine.djquestions")

    def _lesson_page(self) -> LessonPage:
        page = self.go(f"lesson:{self.lesson.skill}")
        assert isinstance(page, LessonPage)
        return page

    def _sealed_lessons(self) -> list[Lesson]:
        library = self._academy.library
        return [lesson for lesson in self._curriculum.lessons if library.is_sealed(lesson.skill)]

    @property
    def _curriculum(self) -> Curriculum:
        return self._academy.library.curriculum

    @property
    def _academy(self) -> Academy:
        assert self._window.academy is not None
        return self._window.academy

    @property
    def _profile(self) -> ProfileId:
        assert self._window.profile is not None
        return self._window.profile.id

    @staticmethod
    def _close(kind: str) -> None:
        """Close the dialog of a class, which must be there."""
        QTest.qWait(1)
        shown = [each for each in QApplication.topLevelWidgets() if type(each).__name__ == kind and each.isVisible()]
        assert len(shown) == 1, f"{len(shown)} of {kind}"
        shown[0].close()


def _settled(page: Page) -> Page:
    for _ in range(PATIENCE_MS):
        if not page.is_stale:
            delete_what_is_gone()
            return page
        QTest.qWait(1)
    raise AssertionError(f"“{page.title}” never showed what is true")


def _fail(text: LessonText, steps: list[object]) -> None:
    opening = text.sections[0].markdown
    assert opening
    # What Python says of it quotes the repr of what was looked for.
    steps.index(text)
