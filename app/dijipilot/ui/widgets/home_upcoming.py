"""The lessons that come next, each with the reason it stands there; or ways to look around where there are none."""

from collections.abc import Collection
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dijipilot.domain.home_view import HomeView, UpcomingView
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.widgets.bullet import bullet
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.home_hero import LESSON_TARGET, GoTo, why_text
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.state_mark import locked_word

SHOWN = 3
"""Lessons at a time; more are known, for when the first of them fit into the time there is."""


class UpcomingCard(Card):
    """The next lessons of the roadmap."""

    def __init__(self, upcoming: tuple[UpcomingView, ...], go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=2)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Then, and why"), "strong", self), 1)
        roadmap = partial(go, "roadmap")
        head.addWidget(button(self.tr("Open the &roadmap"), "openRoadmapButton", roadmap, self, "quiet"))
        self.column.addLayout(head)
        self._rows = {lesson.skill: self._row(number, lesson, go) for number, lesson in enumerate(upcoming, start=1)}
        for row in self._rows.values():
            self.column.addWidget(row)
        self.column.addStretch(1)
        self.show_beyond(())

    def show_beyond(self, skills: Collection[str]) -> None:
        """Show the first lessons that are not among these, which stand elsewhere already."""
        beyond = [skill for skill in self._rows if skill not in skills][:SHOWN]
        for skill, row in self._rows.items():
            row.setVisible(skill in beyond)

    def _row(self, number: int, lesson: UpcomingView, go: GoTo) -> LinkRow:
        preparing = self.tr("in preparation") if lesson.is_in_preparation else ""
        locked = locked_word() if lesson.is_locked else ""
        parts = (why_text(lesson.why), minutes_text(lesson.minutes), locked, preparing)
        return LinkRow(
            lesson.title,
            f"next{number}Button",
            partial(go, LESSON_TARGET + lesson.skill),
            self,
            detail="  ·  ".join(part for part in parts if part),
            icon_name="lock" if lesson.is_locked else "forward",
        )


class HowItGoesCard(Card):
    """What somebody new is in for, in three steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self.column.addWidget(label(self.tr("How it goes"), "strong", self))
        steps = (
            (self.tr("1. Answer"), self.tr("Tick what you could show today. “Not sure” is a real answer.")),
            (self.tr("2. See your gaps"), self.tr("What you have, what you miss, what is still open, and why.")),
            (self.tr("3. Follow your roadmap"), self.tr("The lessons you need, in an order that makes sense.")),
        )
        for step, meaning in steps:
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(step, "", self))
            words.addWidget(label(meaning, "muted", self))
            self.column.addLayout(words)
        self.column.addStretch(1)


class LookAroundCard(Card):
    """What can be done before anything is known of the learner."""

    def __init__(self, view: HomeView, go: GoTo, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=4)
        self.column.addWidget(label(self.tr("Or look around"), "strong", self))
        self.column.addWidget(
            LinkRow(
                self.tr("Browse the library"),
                "browseLibraryButton",
                partial(go, "library"),
                self,
                detail=self.tr("{programs} programs, {lessons} lessons").format(
                    programs=view.programs, lessons=view.lessons
                ),
                icon_name="library",
            )
        )
        self.column.addWidget(
            LinkRow(
                self.tr("Search for something"),
                "searchSomethingButton",
                partial(go, "search"),
                self,
                detail=self.tr("Lessons, questions of other sellers, terms"),
                icon_name="search",
            )
        )
        self.column.addStretch(1)


class GoodToKnowCard(Card):
    """What somebody new may worry about, answered before it is asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8)
        self.column.addWidget(label(self.tr("Good to know"), "strong", self))
        for sentence in (
            self.tr("Every answer and tick is saved at once. Close the window whenever you like and go on later."),
            self.tr("Nothing leaves this computer: the program makes no network connection, and needs no account."),
            self.tr("No step is final: answers can be changed, lessons skipped or brought back, and most is undone."),
        ):
            self.column.addWidget(bullet(sentence, "", self))
