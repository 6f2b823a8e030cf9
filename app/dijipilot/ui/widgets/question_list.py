"""Questions learners ask, folded, each with its answer and the lessons it leads to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.domain.lesson_text import MissionQuestion
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.lesson_body import LESSON_LINK, with_links
from dijipilot.ui.widgets.lesson_view import LessonView
from dijipilot.ui.widgets.link_row import LinkRow

LessonTitles = dict[str, str]
"""Title by lesson number."""


class QuestionList(QWidget):
    """Opens one answer at a time or many; a link leads to a lesson."""

    link_clicked = Signal(str)

    def __init__(
        self, questions: Sequence[MissionQuestion], titles: LessonTitles, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._fold_by_id: dict[str, Fold] = {}
        for number, question in enumerate(questions, start=1):
            make_answer = partial(self._answer, number, question, titles)
            fold = Fold(question.question, make_answer, f"question{number}Fold", self)
            self._fold_by_id[question.id] = fold
            column.addWidget(fold)

    def open(self, question_id: str) -> QWidget | None:
        """Open one answer; return its line, or None where there is no such question."""
        fold = self._fold_by_id.get(question_id)
        if fold is None:
            return None
        fold.open()
        return fold.line

    def _answer(self, number: int, question: MissionQuestion, titles: LessonTitles, parent: QWidget) -> QWidget:
        answer = QWidget(parent)
        column = QVBoxLayout(answer)
        column.setContentsMargins(30, 0, 8, 12)
        column.setSpacing(4)
        text = LessonView(question.question, answer)
        text.setObjectName(f"answer{number}Text")
        text.show_markdown(with_links(question.answer))
        text.link_clicked.connect(self.link_clicked)
        column.addWidget(text)
        for at, lesson in enumerate(question.lessons, start=1):
            title = f"{lesson}  {titles.get(lesson, '')}".strip()
            link = LinkRow(
                title,
                f"question{number}Lesson{at}Button",
                partial(self.link_clicked.emit, LESSON_LINK + lesson),
                answer,
                icon_name="library",
            )
            column.addWidget(link)
        return answer
