"""The assessment, or a short re-check, as a wizard: one question a screen, each answer on disk before the next one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.ids import SkillId
from dijipilot.exchange.result_messages import flag_messages
from dijipilot.messages import message
from dijipilot.services.recheck import MOST_SCREENS, MOST_SCREENS_ABOUT_ONE, ShortSitting
from dijipilot.ui.dates import date_text
from dijipilot.ui.look_ahead import LookAhead
from dijipilot.ui.message_text import text_of, text_of_error
from dijipilot.ui.motion import REDUCE_MOTION, YES
from dijipilot.ui.pages.assessment_places import BEGIN, MORE, MORE_MINUTES, NEW, RECHECK, RESUME, SETTLE
from dijipilot.ui.pages.assessment_words import changes_of, given_answer, outcome_of, question_of
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.answer_list import AnswerList
from dijipilot.ui.widgets.assessment_ends import AssessmentEnd, AssessmentIntro
from dijipilot.ui.widgets.assessment_progress import answered_text, short_text
from dijipilot.ui.widgets.assessment_questions import AssessmentQuestions
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce
from dijipilot.ui.widgets.question_card import QuestionCard
from dijipilot.ui.widgets.recheck_end import RecheckEnd

if TYPE_CHECKING:
    from dijipilot.domain.curriculum import Curriculum
    from dijipilot.services.assess import Sitting

_WIDTH = 800


class AssessmentPage(ScrollPage):
    """Shows one part at a time: what stands before, the questions, the answers given, or an end."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, _WIDTH)
        self._sitting: Sitting | ShortSitting | None = None
        self._nothing_left = ""
        self._was_left = False
        self._build()
        self._lay_out()
        self._connect()

    # What the window asks

    def can_be_dropped(self) -> bool:
        """Keep it while it asks: an answer may be chosen that was not given yet."""
        return not self._is_asking and super().can_be_dropped()

    def place(self) -> str:
        """Return what continues the assessment or re-check under way."""
        if not self._is_asking:
            return ""
        if not isinstance(self._sitting, ShortSitting):
            return RESUME
        return RECHECK if self._sitting.about is None else SETTLE + self._sitting.about

    def restore(self, place: str) -> None:
        """Begin or go on at once where the place says so."""
        assess, profile = self.context.academy.assess, self.context.profile_id
        is_under_way = place != "" and place == self.place()
        self._nothing_left = ""
        if place == BEGIN or (place == RESUME and not is_under_way and assess.unfinished(profile) is not None):
            self._start(lambda: assess.resume_or_begin(profile))
        elif place == NEW:
            self._start(lambda: assess.begin(profile))
        elif place == MORE:
            self._start(lambda: assess.extend_last(profile, MORE_MINUTES))
        elif place == RECHECK or self._skill_of(place) is not None:
            if not is_under_way:
                self._start_recheck(self._skill_of(place))
        elif self._sitting is not None and self._sitting.is_finished:
            self._sitting = None
        self.mark_stale()

    def refresh(self) -> None:
        """Show the question under way, or what stands before the first one."""
        self._show_heading()
        self._questions.restart_clock()
        if self._is_asking:
            self._show_part(self._questions)
        elif self._nothing_left:
            self._show_part(self._recheck_end)
        elif self._sitting is None:
            self._show_intro()

    def first_focus(self) -> QWidget:
        """Return the question while one is asked: its keys work at once."""
        if self._is_asking:
            return self.card if self._answers.isHidden() else self._answers.close_button
        if self._nothing_left or isinstance(self._sitting, ShortSitting):
            return self._recheck_end.gaps_button
        return self._intro.begin_button if self._sitting is None else self._end.result_button

    def leave(self) -> None:
        """Leave the sitting as it is: everything answered is saved. How long this screen took is not known any more."""
        self._was_left = True
        self._questions.hide_stop_question()

    @property
    def sitting(self) -> "Sitting | ShortSitting | None":
        """The assessment or re-check being taken, or just finished."""
        return self._sitting

    @property
    def card(self) -> QuestionCard:
        """What shows the question."""
        return self._questions.card

    @property
    def _is_asking(self) -> bool:
        return self._sitting is not None and not self._sitting.is_finished

    @property
    def _curriculum(self) -> "Curriculum":
        return self.context.academy.library.curriculum

    # Build, lay out, connect

    def _build(self) -> None:
        colors = self.context.theme.colors
        self._answered = label("", "muted", self, wraps=False)
        self._answered.setObjectName("assessmentAnswered")
        self._intro = AssessmentIntro(
            colors, self._on_begin, self._on_new, self._on_see_result, self._start_recheck, self
        )
        self._questions = AssessmentQuestions(colors, self)
        self._look_ahead = LookAhead(self.context.tasks, self._what_would_follow, self)
        self._answers = AnswerList(self)
        self._end = AssessmentEnd(colors, self._on_see_result, self)
        self._recheck_end = RecheckEnd(
            colors,
            lambda: self.page_requested.emit("gaps"),
            lambda: self.page_requested.emit("roadmap"),
            self._on_see_result,
            self,
        )

    def _lay_out(self) -> None:
        self.column.removeWidget(self.heading)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.heading, 1)
        head.addWidget(self._answered, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(head)
        for part in self._parts():
            self.column.addWidget(part)
        # What a shorter question leaves over stays below it, not around the heading.
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.card.choice_changed.connect(self._look_ahead.begin_soon)
        self._questions.answer_given.connect(self._on_answer_given)
        self._questions.back_wanted.connect(self._on_back_wanted)
        self._questions.pause_wanted.connect(self._on_pause_wanted)
        self._questions.stop_wanted.connect(self._on_stop_wanted)
        self._questions.answers_wanted.connect(self._on_answers_wanted)
        self._questions.return_wanted.connect(self._on_return_wanted)
        self._answers.answer_chosen.connect(self._on_answer_chosen)
        self._answers.closed.connect(self._show_screen)
        # A method of the page, not a lambda: the theme outlives the page.
        self.context.theme.changed.connect(self._on_theme_changed)

    def _parts(self) -> tuple[QWidget, ...]:
        return self._intro, self._questions, self._answers, self._end, self._recheck_end

    # Showing

    def _show_part(self, wanted: QWidget) -> None:
        for part in self._parts():
            part.setVisible(part is wanted)
        self._answered.setVisible(wanted is self._questions)

    def _show_intro(self) -> None:
        history = self.context.academy.assess.history(self.context.profile_id)
        finished = [each for each in history if each.finished_at is not None]
        unfinished = self.context.academy.assess.unfinished(self.context.profile_id)
        self._intro.show_checkpoints(self.context.academy.assess.checkpoints(self.context.profile_id))
        minutes = round(self._curriculum.assessment_minutes)
        if unfinished is not None:
            self._intro.show_unfinished(unfinished.screens, bool(finished))
        elif finished:
            last = finished[-1].finished_at
            assert last is not None
            self._intro.show_again(date_text(last), minutes)
        else:
            self._intro.show_first(minutes)
        self._show_part(self._intro)

    def _show_screen(self) -> None:
        """Show the question that follows, or the end."""
        assert self._sitting is not None
        sitting, screen = self._sitting, self._sitting.screen
        if screen is None:
            self._show_end()
            return
        self._show_heading()
        self._show_part(self._questions)
        if isinstance(sitting, ShortSitting):
            most = MOST_SCREENS if sitting.about is None else MOST_SCREENS_ABOUT_ONE
            self._answered.setText(short_text(self, screen.progress, most))
        else:
            self._answered.setText(answered_text(self, screen.progress))
        self._questions.progress.show_opening(screen.kind is ScreenKind.FACT)
        self._questions.show_question(
            question_of(screen), screen.progress.screens, sitting.can_go_back, sitting.is_looking_back
        )
        self.scroll_area.verticalScrollBar().setValue(0)
        self._was_left = False

    def _show_heading(self) -> None:
        is_short = bool(self._nothing_left) or isinstance(self._sitting, ShortSitting)
        self.heading.show_text(self.tr("Short re-check") if is_short else self.tr("Assessment"))
        self.crumbs_changed.emit()

    def _show_end(self) -> None:
        assert self._sitting is not None
        if isinstance(self._sitting, ShortSitting):
            flags = self.context.academy.standings.current(self.context.profile_id).flags
            note = "\n".join(text_of(each) for each in flag_messages(flags))
            changes = changes_of(self._sitting, self._curriculum)
            self._recheck_end.show_outcome(outcome_of(self._sitting, self._curriculum), changes, note)
            self._show_part(self._recheck_end)
        else:
            self._end.show_found(len(self._sitting.answered()), self._sitting.checkpoints())
            self._show_part(self._end)
        self.scroll_area.verticalScrollBar().setValue(0)
        self._begin_at_the_end(self._recheck_end if isinstance(self._sitting, ShortSitting) else self._end)

    def _begin_at_the_end(self, end: AssessmentEnd | RecheckEnd) -> None:
        """Take the focus to what can be done now, and say what came of it."""
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        announce(end, end.spoken)

    def _skill_of(self, place: str) -> SkillId | None:
        """Return the skill that a place wants settled, None for other places and for skills there are none of."""
        skill = SkillId(place.removeprefix(SETTLE))
        return skill if place.startswith(SETTLE) and skill in self._curriculum.lesson_by_skill else None

    # Beginning and answering

    def _start_recheck(self, about: SkillId | None = None) -> None:
        title = self._curriculum.lesson_by_skill[about].title if about else ""
        left = message("recheck.nothing_left_about", title=title) if about else message("recheck.nothing_left")
        assess, profile = self.context.academy.assess, self.context.profile_id
        self._start(lambda: assess.recheck(profile, about), text_of(left))

    def _start(self, begin: "Callable[[], Sitting | ShortSitting | None]", nothing_left: str = "") -> None:
        """Begin off the UI thread: the first question of a session has to build the engine.

        nothing_left: what to say where there is nothing to ask.
        """

        def begun() -> "Sitting | ShortSitting | None":
            sitting = begin()
            _ = sitting.screen if sitting else None
            return sitting

        self._sitting = None
        self._nothing_left = ""
        self._intro.show_waiting(True)
        self._show_part(self._intro)
        self.context.tasks.run_task(
            begun, self, lambda sitting: self._on_begun(sitting, nothing_left), self._on_begin_failed
        )

    def _what_would_follow(self) -> Callable[[], None] | None:
        """Return the job that works out the next question for what is chosen now."""
        if self._sitting is None or not self._is_asking or not self._questions.can_go_on:
            return None
        return self._sitting.foresee(self.card.chosen, self.card.is_not_sure)

    # Slots

    def _on_begin(self) -> None:
        self._start(lambda: self.context.academy.assess.resume_or_begin(self.context.profile_id))

    def _on_new(self) -> None:
        self._start(lambda: self.context.academy.assess.begin(self.context.profile_id))

    def _on_begun(self, sitting: "Sitting | ShortSitting | None", nothing_left: str) -> None:
        self._intro.show_waiting(False)
        self._sitting = sitting
        if sitting is not None:
            about = sitting.about if isinstance(sitting, ShortSitting) else None
            title = self._curriculum.lesson_by_skill[about].title if about else ""
            words = self.tr("About “{title}”").format(title=title) if about else ""
            self._questions.set_kind(isinstance(sitting, ShortSitting), words)
            wish = self.context.academy.profiles.setting(self.context.profile_id, REDUCE_MOTION)
            self._questions.progress.begin(sitting.checkpoints(), is_still=wish == YES)
            self._show_screen()
            return
        self._nothing_left = nothing_left
        self._recheck_end.show_nothing_left(nothing_left)
        self._show_heading()
        self._show_part(self._recheck_end)
        self._begin_at_the_end(self._recheck_end)

    def _on_begin_failed(self, error: Exception) -> None:
        self._intro.show_waiting(False)
        self.notice_raised.emit(text_of_error(error), "bad")
        self._show_intro()

    def _on_answer_given(self) -> None:
        if self._sitting is None or not self._is_asking:
            return
        sitting, chosen = self._sitting, self.card.chosen
        seconds = None if self._was_left else self._questions.seconds_shown
        if self.card.is_not_sure:
            done = self.attempt(lambda: sitting.not_sure(seconds))
        else:
            done = self.attempt(lambda: sitting.answer(chosen, seconds))
        if done:
            self._questions.progress.answered(sitting.checkpoints())
            self._show_screen()

    def _on_back_wanted(self) -> None:
        if self._sitting is not None and self._sitting.back():
            self._show_screen()

    def _on_answers_wanted(self) -> None:
        if self._sitting is not None:
            self._answers.show_answers([given_answer(screen) for screen in self._sitting.answered()])
            self._show_part(self._answers)
            self.scroll_area.verticalScrollBar().setValue(0)
            self._answers.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_answer_chosen(self, screen: str) -> None:
        if self._sitting is not None and self._sitting.revisit(screen):
            self._show_screen()

    def _on_return_wanted(self) -> None:
        if self._sitting is not None:
            self._sitting.go_on()
            self._show_screen()

    def _on_pause_wanted(self) -> None:
        self.notice_raised.emit(
            self.tr("Paused. Everything you answered is saved: continue whenever you like."), "good"
        )
        self.page_requested.emit("home")

    def _on_stop_wanted(self) -> None:
        if self._sitting is not None and self.attempt(self._sitting.stop):
            self._show_screen()

    def _on_theme_changed(self) -> None:
        for part in (self._intro, self._questions.progress, self._end, self._recheck_end):
            part.recolor(self.context.theme.colors)

    def _on_see_result(self) -> None:
        self.page_requested.emit("result")
