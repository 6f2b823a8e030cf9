"""Home: what to continue, what is next and why, how far one is, and the last assessment."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.services.events import (
    AnswerGiven,
    AssessmentFinished,
    FactsChanged,
    LessonProgressed,
    ProfileChanged,
    RoadmapChanged,
)
from dijipilot.services.learn import ResumePlace
from dijipilot.ui.dates import date_text
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.message_text import text_of
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.side_by_side import SideBySide

NEXT_LESSONS = 4
ROOM_FOR_TWO = 84
"""Characters across, below which cards stand one under the other."""


class HomePage(ScrollPage):
    """One big Continue; everything else is smaller."""

    refreshes_on: ClassVar[tuple[type, ...]] = (
        AnswerGiven,
        AssessmentFinished,
        FactsChanged,
        LessonProgressed,
        ProfileChanged,
        RoadmapChanged,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._academy = context.academy
        self.heading.show_text(self.tr("Hello, {name}").format(name=context.profile.name))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self.column.addLayout(self._cards)

    @property
    def title(self) -> str:
        """The page is called by its place, not by its greeting."""
        return self.tr("Home")

    def refresh(self) -> None:
        """Show everything anew: it is little."""
        clear(self._cards)
        standing = self._academy.standings.current(self.context.profile_id)
        unfinished = self._academy.assess.unfinished(self.context.profile_id)
        if unfinished is not None:
            self._cards.addWidget(self._paused_card(unfinished.screens))
        if not standing.has_evidence:
            if unfinished is None:
                self._cards.addWidget(self._first_assessment_card())
            self._cards.addWidget(self._look_around_card())
            return
        roadmap = self._academy.plan.roadmap(self.context.profile_id)
        resume = self._academy.learn.resume(self.context.profile_id)
        if resume is not None:
            self._cards.addWidget(self._continue_card(resume, roadmap))
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._progress_card(roadmap))
        column.addWidget(self._assessment_card())
        column.addStretch(1)
        self._cards.addWidget(SideBySide(self._next_card(roadmap, resume), side, (3, 2), ROOM_FOR_TWO, self))

    def _paused_card(self, screens: int) -> Card:
        card = Card(self, "accent")
        card.column.addWidget(label(self.tr("Your assessment is waiting"), "subtitle", card))
        card.column.addWidget(label(self.tr("{count} screens are answered and saved.").format(count=screens), "", card))
        card.column.addLayout(
            _left(button(self.tr("&Go on with it"), "resumeAssessmentButton", self._on_assess, card, "primary"))
        )
        return card

    def _first_assessment_card(self) -> Card:
        card = Card(self, "accent")
        skills = len(self._academy.library.curriculum.skills)
        card.column.addWidget(label(self.tr("Find out where your shop stands"), "subtitle", card))
        sentence = self.tr(
            "Five minutes of plain questions cover {skills} skills. You get a gap analysis and a roadmap of the "
            "lessons that are worth your time."
        )
        card.column.addWidget(label(sentence.format(skills=skills), "", card))
        card.column.addLayout(
            _left(button(self.tr("&Start the assessment"), "startAssessmentButton", self._on_assess, card, "large"))
        )
        return card

    def _look_around_card(self) -> Card:
        card = Card(self)
        card.column.addWidget(label(self.tr("Or look around"), "strong", card))
        curriculum = self._academy.library.curriculum
        card.column.addWidget(
            LinkRow(
                self.tr("Browse the library"),
                "browseLibraryButton",
                partial(self.page_requested.emit, "library"),
                card,
                detail=self.tr("{programs} programs, {lessons} lessons").format(
                    programs=len(curriculum.programs), lessons=len(curriculum.lessons)
                ),
                icon_name="library",
            )
        )
        card.column.addWidget(
            LinkRow(
                self.tr("Search for something"),
                "searchSomethingButton",
                partial(self.page_requested.emit, "search"),
                card,
                detail=self.tr("Lessons, questions of other sellers, terms"),
                icon_name="search",
            )
        )
        return card

    def _continue_card(self, resume: ResumePlace, roadmap: Roadmap) -> Card:
        card = Card(self, "accent", gap=8, padding=26)
        item = roadmap.item(resume.skill)
        has_begun = item is not None and item.status is Status.IN_PROGRESS
        card.column.addWidget(label(self.tr("Continue") if has_begun else self.tr("Your next lesson"), "eyebrow", card))
        card.column.addWidget(label(resume.title, "subtitle", card))
        card.column.addWidget(label(self._where(resume), "", card))
        if has_begun and resume.steps:
            bar = QProgressBar(card)
            bar.setRange(0, resume.steps)
            bar.setValue(resume.steps_done)
            bar.setTextVisible(False)
            bar.setAccessibleName(self._where(resume))
            card.column.addWidget(bar)
        text = self.tr("&Continue this lesson") if has_begun else self.tr("&Start this lesson")
        go_on = button(
            text, "continueButton", partial(self.page_requested.emit, LESSON_LINK + resume.skill), card, "large"
        )
        card.column.addSpacing(6)
        card.column.addLayout(_left(go_on))
        return card

    def _where(self, resume: ResumePlace) -> str:
        minutes = minutes_text(resume.minutes)
        if not resume.steps:
            return self.tr("Lesson {number}, {minutes}").format(number=resume.number, minutes=minutes)
        steps = self.tr("{done} of {all} steps done").format(done=resume.steps_done, all=resume.steps)
        return self.tr("Lesson {number}, {steps}, {minutes}").format(number=resume.number, steps=steps, minutes=minutes)

    def _next_card(self, roadmap: Roadmap, resume: ResumePlace | None) -> Card:
        card = Card(self, gap=4)
        card.column.addWidget(label(self.tr("Next on your roadmap, and why"), "strong", card))
        ahead = [
            item for item in roadmap.items if item.status.is_ahead and (resume is None or item.skill != resume.skill)
        ]
        for number, item in enumerate(ahead[:NEXT_LESSONS], start=1):
            card.column.addWidget(self._next_row(number, item, card))
        if not ahead:
            card.column.addWidget(label(self.tr("Nothing is left to do. Well done."), "muted", card))
        all_of_it = button(
            self.tr("Open the &roadmap"),
            "openRoadmapButton",
            partial(self.page_requested.emit, "roadmap"),
            card,
            "quiet",
        )
        card.column.addLayout(_left(all_of_it))
        card.column.addStretch(1)
        return card

    def _next_row(self, number: int, item: RoadmapItem, card: Card) -> LinkRow:
        why = text_of(item.why[0]) if item.why else ""
        minutes = minutes_text(item.minutes)
        preparing = self.tr("in preparation") if item.is_in_preparation else ""
        return LinkRow(
            item.title,
            f"next{number}Button",
            partial(self.page_requested.emit, LESSON_LINK + item.skill),
            card,
            detail="  ·  ".join(part for part in (item.lesson, minutes, preparing, why) if part),
            icon_name="forward",
        )

    def _progress_card(self, roadmap: Roadmap) -> Card:
        card = Card(self, gap=6)
        done = sum(item.status is Status.DONE for item in roadmap.items)
        planned = sum(item.status is not Status.SKIPPED for item in roadmap.items)
        card.column.addWidget(label(self.tr("Your roadmap"), "strong", card))
        sentence = self.tr("{done} of {planned} lessons done").format(done=done, planned=planned)
        card.column.addWidget(label(sentence, "", card))
        bar = QProgressBar(card)
        bar.setRange(0, max(planned, 1))
        bar.setValue(done)
        bar.setTextVisible(False)
        bar.setAccessibleName(sentence)
        card.column.addWidget(bar)
        card.column.addWidget(label(self._time_left(roadmap), "muted", card))
        return card

    def _time_left(self, roadmap: Roadmap) -> str:
        hours = minutes_text(roadmap.minutes_ahead)
        if roadmap.pace is None:
            return self.tr("About {hours} of lessons ahead").format(hours=hours)
        return self.tr("About {hours} ahead: {low} to {high} weeks at your pace").format(
            hours=hours, low=roadmap.pace.weeks_low, high=roadmap.pace.weeks_high
        )

    def _assessment_card(self) -> Card:
        card = Card(self, gap=6)
        finished = [each for each in self._academy.assess.history(self.context.profile_id) if each.finished_at]
        card.column.addWidget(label(self.tr("Last assessment"), "strong", card))
        if finished and (at := finished[-1].finished_at) is not None:
            card.column.addWidget(label(date_text(at), "muted", card))
            grid = QGridLayout()
            rows = (
                (self.tr("Mastered"), finished[-1].mastered),
                (self.tr("Missing"), finished[-1].missing),
                (self.tr("Unsettled"), finished[-1].unsettled),
            )
            for row, (words, count) in enumerate(rows):
                grid.addWidget(label(words, "", card), row, 0)
                grid.addWidget(label(str(count), "strong", card), row, 1)
            grid.setColumnStretch(2, 1)
            grid.setHorizontalSpacing(18)
            card.column.addLayout(grid)
        gaps = button(
            self.tr("See my &gaps"), "seeGapsButton", partial(self.page_requested.emit, "gaps"), card, "quiet"
        )
        card.column.addLayout(_left(gaps))
        if self._academy.assess.is_recheck_due(self.context.profile_id):
            recheck = button(
                self.tr("Short re-chec&k (about a minute)"),
                "recheckButton",
                partial(self.page_requested.emit, "assessment:recheck"),
                card,
                "quiet",
            )
            card.column.addLayout(_left(recheck))
        return card

    def _on_assess(self) -> None:
        self.page_requested.emit("assessment:begin")


def _left(widget: QWidget) -> QHBoxLayout:
    """Return a row with a widget at its start, as wide as it wants to be."""
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
