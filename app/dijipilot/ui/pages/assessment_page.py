"""The assessment, or a short re-check, as a wizard: one question a screen, each answer on disk before the next one."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dijipilot.domain.assessment.responses import ScreenKind
from dijipilot.domain.gaps import SkillState
from dijipilot.domain.ids import SkillId
from dijipilot.domain.shop_facts import UNDECIDED
from dijipilot.exchange.result_messages import flag_messages
from dijipilot.messages import message
from dijipilot.services.recheck import MOST_SCREENS, MOST_SCREENS_ABOUT_ONE, ShortSitting
from dijipilot.ui.dates import date_text
from dijipilot.ui.message_text import text_of, text_of_error
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.assessment_ends import AssessmentEnd, AssessmentIntro
from dijipilot.ui.widgets.assessment_progress import AssessmentProgress
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.inline_confirm import InlineConfirm
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.notice_bar import announce
from dijipilot.ui.widgets.question_card import Question, QuestionCard
from dijipilot.ui.widgets.recheck_end import Change, RecheckEnd
from dijipilot.ui.widgets.state_mark import word_of

if TYPE_CHECKING:
    from dijipilot.domain.assessment.screens import Screen
    from dijipilot.services.assess import Sitting

BEGIN, NEW, MORE, RESUME = "begin", "new", "more", "resume"
"""Places that lead straight to the questions: go on or begin, begin anew, so many minutes more, go on if possible."""

RECHECK, SETTLE = "recheck", "settle:"
"""Places of a short re-check: about all skills, and, followed by its id, about one."""

MORE_MINUTES = 2.0
_WIDTH = 800
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssessmentPage(ScrollPage):
    """Keys: 1 to 9 choose, 0 is "Not sure", Enter goes on, Backspace goes back."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, _WIDTH)
        self._sitting: Sitting | ShortSitting | None = None
        self._nothing_left = ""
        self._since_shown = QElapsedTimer()
        self._was_left = False
        self._build()
        self._lay_out()
        self._connect()

    # What the window asks

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
        self._since_shown.restart()
        if self._is_asking:
            self._show_part(self._questions)
        elif self._nothing_left:
            self._show_part(self._recheck_end)
        elif self._sitting is None:
            self._show_intro()

    def first_focus(self) -> QWidget:
        """Return the question while one is asked: its keys work at once."""
        if self._is_asking:
            return self.card
        if self._nothing_left or isinstance(self._sitting, ShortSitting):
            return self._recheck_end.gaps_button
        return self._intro.begin_button if self._sitting is None else self._end.result_button

    def leave(self) -> None:
        """Leave the sitting as it is: everything answered is saved. How long this screen took is not known any more."""
        self._was_left = True
        self._hide_stop_question()

    @property
    def sitting(self) -> "Sitting | ShortSitting | None":
        """The assessment or re-check being taken, or just finished."""
        return self._sitting

    @property
    def _is_asking(self) -> bool:
        return self._sitting is not None and not self._sitting.is_finished

    # Build, lay out, connect

    def _build(self) -> None:
        colors = self.context.theme.colors
        self._intro = AssessmentIntro(self._on_begin, self._on_new, self._on_see_result, self._start_recheck, self)
        self._end = AssessmentEnd(colors, self._on_see_result, self)
        self._recheck_end = RecheckEnd(
            colors,
            lambda: self.page_requested.emit("gaps"),
            lambda: self.page_requested.emit("roadmap"),
            self._on_see_result,
            self,
        )
        self._questions = QWidget(self)
        self._about = label("", "lead", self._questions)
        self._about.setObjectName("recheckAbout")
        self._progress = AssessmentProgress(self._questions)
        self.card = QuestionCard(self._questions)
        self._stop_question = InlineConfirm(
            self.tr("Stop here and see the result?"),
            self.tr("What is not settled yet stays open. You can add two more minutes at any time."),
            self.tr("See the &result now"),
            self.tr("&Go on answering"),
            "stopAssessment",
            self._questions,
        )
        self._pause = button(self.tr("&Pause"), "pauseAssessmentButton", self._on_pause, self._questions, "quiet")
        self._stop = button("", "stopAssessmentButton", self._on_stop, self._questions, "quiet")
        self._back = button(self.tr("&Back"), "previousQuestionButton", self._on_back, self._questions)
        self._next = button("", "nextQuestionButton", self._on_next, self._questions, "primary")
        self._keys = label("", "small", self._questions)

    def _lay_out(self) -> None:
        self._steps = QWidget(self._questions)
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(10)
        steps.addWidget(self._back)
        steps.addStretch(1)
        steps.addWidget(self._stop)
        steps.addWidget(self._pause)
        steps.addWidget(self._next)
        column = QVBoxLayout(self._questions)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._about)
        column.addWidget(self._progress)
        column.addWidget(self.card)
        column.addWidget(self._stop_question)
        column.addWidget(self._steps)
        column.addWidget(self._keys)
        for part in self._parts():
            self.column.addWidget(part)
        # From the options straight to Next; what leads away comes last.
        order = (self.card, self._next, self._back, self._pause, self._stop)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.card.choice_changed.connect(self._on_choice_changed)
        self._stop_question.confirmed.connect(self._on_stop_confirmed)
        self._stop_question.declined.connect(self._on_stop_declined)
        # A method of the page, not a lambda: the theme outlives the page.
        self.context.theme.changed.connect(self._on_theme_changed)

    def _parts(self) -> tuple[QWidget, ...]:
        return self._intro, self._questions, self._end, self._recheck_end

    # Showing

    def _show_part(self, wanted: QWidget) -> None:
        for part in self._parts():
            part.setVisible(part is wanted)

    def _show_intro(self) -> None:
        history = self.context.academy.assess.history(self.context.profile_id)
        finished = [each for each in history if each.finished_at is not None]
        unfinished = self.context.academy.assess.unfinished(self.context.profile_id)
        minutes = round(self.context.academy.library.curriculum.assessment_minutes)
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
        screen = self._sitting.screen
        if screen is None:
            self._show_end()
            return
        self._show_part(self._questions)
        self._hide_stop_question()
        self._show_kind_of_sitting(screen)
        self.card.show_question(question_of(screen))
        self._keys.setText(self._keys_text(len(screen.options)))
        self._back.setEnabled(self._sitting.can_go_back)
        self.scroll_area.verticalScrollBar().setValue(0)
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._was_left = False
        self._since_shown.restart()

    def _show_kind_of_sitting(self, screen: "Screen") -> None:
        """Show how far it is, and what can be done about it: nobody pauses a minute."""
        self._show_heading()
        is_short = isinstance(self._sitting, ShortSitting)
        about = self._sitting.about if isinstance(self._sitting, ShortSitting) else None
        if is_short:
            self._progress.show_short(screen.progress, MOST_SCREENS if about is None else MOST_SCREENS_ABOUT_ONE)
        else:
            self._progress.show_progress(screen.progress)
        self._about.setText(self.tr("About “{title}”").format(title=self._title_of(about)) if about else "")
        self._about.setVisible(about is not None)
        self._pause.setVisible(not is_short)
        text = self.tr("&Stop here") if is_short else self.tr("&Stop and see the result")
        self._stop.setText(text)
        self._stop.setAccessibleName(text.replace("&", ""))

    def _keys_text(self, options: int) -> str:
        if options == 1:
            return self.tr("Keys: 1 chooses, 0 is not sure, Enter goes on, Backspace goes back.")
        return self.tr("Keys: 1 to {last} choose, 0 is not sure, Enter goes on, Backspace goes back.").format(
            last=options
        )

    def _show_heading(self) -> None:
        is_short = bool(self._nothing_left) or isinstance(self._sitting, ShortSitting)
        self.heading.show_text(self.tr("Short re-check") if is_short else self.tr("Assessment"))
        self.crumbs_changed.emit()

    def _show_end(self) -> None:
        if isinstance(self._sitting, ShortSitting):
            changes = [
                Change(self._title_of(each.skill), SkillState(each.before.value), SkillState(each.after.value))
                for each in self._sitting.changes()
            ]
            flags = self.context.academy.standings.current(self.context.profile_id).flags
            note = "\n".join(text_of(each) for each in flag_messages(flags))
            self._recheck_end.show_outcome(self._outcome(self._sitting), changes, note)
            self._show_part(self._recheck_end)
        else:
            self._show_part(self._end)
        self._begin_at_the_end(self._recheck_end if isinstance(self._sitting, ShortSitting) else self._end)

    def _begin_at_the_end(self, end: AssessmentEnd | RecheckEnd) -> None:
        """Take the focus to what can be done now, and say what came of it."""
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        announce(end, end.spoken)

    def _outcome(self, sitting: ShortSitting) -> str:
        """Return in a sentence what came of a re-check."""
        changed, verdict = [each.skill for each in sitting.changes()], sitting.verdict_about()
        if sitting.about is not None and verdict is not None:
            is_new = sitting.about in changed
            sentence = self.tr("“{title}” is now: {verdict}") if is_new else self.tr("“{title}” is still: {verdict}")
            return sentence.format(title=self._title_of(sitting.about), verdict=word_of(SkillState(verdict.value)))
        if not changed:
            return text_of(message("recheck.nothing_changed"))
        return self.tr("Thank you: this moved some verdicts.")

    def _title_of(self, skill: SkillId) -> str:
        return self.context.academy.library.curriculum.lesson_by_skill[skill].title

    def _skill_of(self, place: str) -> SkillId | None:
        """Return the skill that a place wants settled, None for other places and for skills there are none of."""
        skill = SkillId(place.removeprefix(SETTLE))
        is_known = skill in self.context.academy.library.curriculum.lesson_by_skill
        return skill if place.startswith(SETTLE) and is_known else None

    def _hide_stop_question(self) -> None:
        self._stop_question.hide()
        self._steps.show()

    def _start_recheck(self, about: SkillId | None = None) -> None:
        left = message("recheck.nothing_left_about", title=self._title_of(about)) if about else None
        sentence = text_of(left or message("recheck.nothing_left"))
        assess, profile = self.context.academy.assess, self.context.profile_id
        self._start(lambda: assess.recheck(profile, about), sentence)

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

    @property
    def _is_listening(self) -> bool:
        """Whether the screen has been there long enough to be seen: the second click of two must not answer it."""
        return self._since_shown.elapsed() >= QApplication.doubleClickInterval()

    def _answer(self) -> None:
        assert self._sitting is not None
        sitting, chosen = self._sitting, self.card.chosen
        seconds = None if self._was_left else self._since_shown.elapsed() / 1000.0
        if self.card.is_not_sure:
            done = self.attempt(lambda: sitting.not_sure(seconds))
        else:
            done = self.attempt(lambda: sitting.answer(chosen, seconds))
        if done:
            self._show_screen()

    # Slots

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by keyboard alone."""
        if not self._is_asking or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and (key in _ENTER_KEYS or key is Qt.Key.Key_Backspace):
            return
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.card.toggle(key - Qt.Key.Key_0)
        elif key in _ENTER_KEYS:
            self._press_what_has_focus()
        elif key is Qt.Key.Key_Backspace:
            self._on_back()
        elif key is Qt.Key.Key_Down:
            self.focusNextChild()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _press_what_has_focus(self) -> None:
        """Let Enter press a button that has the focus; anywhere else it goes on."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and self._questions.isAncestorOf(focused):
            focused.click()
        elif self._next.isEnabled():
            self._on_next()

    def _on_begin(self) -> None:
        self._start(lambda: self.context.academy.assess.resume_or_begin(self.context.profile_id))

    def _on_new(self) -> None:
        self._start(lambda: self.context.academy.assess.begin(self.context.profile_id))

    def _on_begun(self, sitting: "Sitting | ShortSitting | None", nothing_left: str) -> None:
        self._intro.show_waiting(False)
        self._sitting = sitting
        if sitting is not None:
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

    def _on_choice_changed(self) -> None:
        question = self.card.question
        is_empty = not self.card.is_answered
        may_be_empty = question.allows_many and bool(question.heading)
        self._next.setEnabled(not is_empty or may_be_empty)
        nothing = self.tr("&None of these") if len(question.options) > 1 else self.tr("&Not this")
        text = nothing if is_empty and may_be_empty else self.tr("&Next")
        self._next.setText(text)
        self._next.setAccessibleName(text.replace("&", ""))

    def _on_next(self) -> None:
        if self._is_asking and self._is_listening:
            self._answer()

    def _on_back(self) -> None:
        if self._sitting is not None and self._is_listening and self._sitting.back():
            self._show_screen()

    def _on_pause(self) -> None:
        self.notice_raised.emit(
            self.tr("Paused. Everything you answered is saved: continue whenever you like."), "good"
        )
        self.page_requested.emit("home")

    def _on_stop(self) -> None:
        if isinstance(self._sitting, ShortSitting):
            self._on_stop_confirmed()
            return
        self._steps.hide()
        self._stop_question.ask()

    def _on_stop_confirmed(self) -> None:
        if self._sitting is not None and self.attempt(self._sitting.stop):
            self._show_screen()

    def _on_stop_declined(self) -> None:
        self._hide_stop_question()
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_theme_changed(self) -> None:
        self._end.legend.recolor(self.context.theme.colors)
        self._recheck_end.recolor(self.context.theme.colors)

    def _on_see_result(self) -> None:
        self.page_requested.emit("result")


def question_of(screen: "Screen") -> Question:
    """Return what the card shows of a screen."""
    previous = screen.previous
    return Question(
        prompt=screen.prompt,
        options=[(option.id, option.text) for option in screen.options],
        heading=screen.heading if screen.kind is ScreenKind.CHECKLIST else "",
        allows_many=screen.allows_many,
        alone=(UNDECIDED,),
        chosen=previous.chosen if previous else (),
        is_not_sure=previous.is_not_sure if previous else False,
    )
