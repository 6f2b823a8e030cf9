"""The wizard's screen: how far it is, one question, and the steps from there; by mouse or by keys alone."""

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from dijipilot.ui.tab_order import FIRST_IN_LINE
from dijipilot.ui.theme import Colors
from dijipilot.ui.widgets.assessment_progress import AssessmentProgress
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.inline_confirm import InlineConfirm
from dijipilot.ui.widgets.labels import label
from dijipilot.ui.widgets.question_card import Question, QuestionCard

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AssessmentQuestions(QWidget):
    """Keys: 1 to 9 choose, 0 is "Not sure", Enter goes on, Backspace goes back, Escape leaves an earlier answer as is.

    It says what the learner wants; what follows from it is for the page to decide.
    """

    answer_given = Signal()
    back_wanted = Signal()
    pause_wanted = Signal()
    stop_wanted = Signal()
    answers_wanted = Signal()
    return_wanted = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._since_shown = QElapsedTimer()
        self._since_shown.start()
        self._is_short = False
        self._build(colors)
        self._lay_out()
        self.card.choice_changed.connect(self._on_choice_changed)
        self._stop_question.confirmed.connect(self.stop_wanted)
        self._stop_question.declined.connect(self._on_stop_declined)

    @property
    def can_go_on(self) -> bool:
        """Whether what is chosen is an answer."""
        return self._next.isEnabled()

    @property
    def seconds_shown(self) -> float:
        """How long the question has been on screen."""
        return self._since_shown.elapsed() / 1000.0

    def restart_clock(self) -> None:
        """Count from now how long the question is on screen."""
        self._since_shown.restart()

    def set_kind(self, is_short: bool, about: str = "") -> None:
        """Fit to a whole assessment or a short re-check, where nobody pauses a minute; about: of one skill alone."""
        self._is_short = is_short
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._pause.setVisible(not is_short)
        _name(self._stop, self.tr("&Stop here") if is_short else self.tr("&Stop and see the result"))

    def show_question(self, question: Question, answers: int, can_go_back: bool, is_looking_back: bool) -> None:
        """Show a question. answers: how many can be looked through; is_looking_back: it was answered before."""
        self.hide_stop_question()
        self._earlier.setVisible(is_looking_back)
        self.progress.show_words(not is_looking_back)
        self.card.show_question(question)
        self._keys.setText(self._keys_text(len(question.options)))
        self._back.setEnabled(can_go_back)
        self._answers.setVisible(answers > 0)
        _name(self._answers, self.tr("Your ans&wers ({count})").format(count=answers))
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.restart_clock()

    def hide_stop_question(self) -> None:
        """Take back the question whether to stop."""
        self._stop_question.hide()
        self._steps.show()

    def _build(self, colors: Colors) -> None:
        self._about = label("", "lead", self)
        self._about.setObjectName("recheckAbout")
        self.progress = AssessmentProgress(colors, self)
        self._earlier = QWidget(self)
        self._earlier.setObjectName("earlierAnswer")
        self._return = button(
            self.tr("&Leave it as it is"), "leaveAnswerButton", self.return_wanted.emit, self._earlier, "quiet"
        )
        self.card = QuestionCard(self)
        self._stop_question = InlineConfirm(
            self.tr("Stop here and see the result?"),
            self.tr("What is not settled yet stays open. You can add two more minutes at any time."),
            self.tr("See the &result now"),
            self.tr("&Go on answering"),
            "stopAssessment",
            self,
        )
        self._pause = button(self.tr("&Pause"), "pauseAssessmentButton", self.pause_wanted.emit, self, "quiet")
        self._stop = button("", "stopAssessmentButton", self._on_stop, self, "quiet")
        self._answers = button("", "answersButton", self.answers_wanted.emit, self, "quiet")
        self._back = button(self.tr("&Back"), "previousQuestionButton", self._on_back, self)
        self._next = button("", "nextQuestionButton", self._on_next, self, "primary")
        self._keys = label("", "small", self)

    def _lay_out(self) -> None:
        earlier = QHBoxLayout(self._earlier)
        earlier.setContentsMargins(0, 0, 0, 0)
        earlier.addWidget(label(self.tr("You answered this before. What you choose now takes its place."), "", self), 1)
        earlier.addWidget(self._return)
        self._steps = QWidget(self)
        # Large text needs more than one line for all of them.
        steps = FlowLayout(spacing=6)
        self._steps.setLayout(steps)
        for each in (self._back, self._answers):
            steps.addWidget(each)
        steps.add_gap()
        for each in (self._stop, self._pause, self._next):
            steps.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self._about, self.progress, self._earlier, self.card, self._stop_question, self._steps):
            column.addWidget(part)
        column.addWidget(self._keys)
        # From the options straight to Next; what leads away comes last.
        self._next.setProperty(FIRST_IN_LINE, True)

    @property
    def _is_listening(self) -> bool:
        """Whether the screen has been there long enough to be seen: the second click of two must not answer it."""
        return self._since_shown.elapsed() >= QApplication.doubleClickInterval()

    def _keys_text(self, options: int) -> str:
        if options == 1:
            return self.tr("Keys: 1 chooses, 0 is not sure, Enter goes on, Backspace goes back.")
        return self.tr("Keys: 1 to {last} choose, 0 is not sure, Enter goes on, Backspace goes back.").format(
            last=options
        )

    # Slots

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by keyboard alone; what is typed into a field is the field's."""
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        is_typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        if event.modifiers() not in plain or is_typing or not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat() and (key in _ENTER_KEYS or key is Qt.Key.Key_Backspace):
            return True
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.card.toggle(key - Qt.Key.Key_0)
        elif key in _ENTER_KEYS:
            self._press_what_has_focus()
        elif key is Qt.Key.Key_Backspace:
            self._on_back()
        elif key is Qt.Key.Key_Escape and self._earlier.isVisible():
            self.return_wanted.emit()
        elif key is Qt.Key.Key_Down:
            self.focusNextChild()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            return False
        return True

    def _press_what_has_focus(self) -> None:
        """Let Enter press a button that has the focus; anywhere else it goes on."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton) and self.isAncestorOf(focused):
            focused.click()
        elif self._next.isEnabled():
            self._on_next()

    def _on_choice_changed(self) -> None:
        question = self.card.question
        is_empty = not self.card.is_answered
        may_be_empty = question.allows_many and bool(question.heading)
        self._next.setEnabled(not is_empty or may_be_empty)
        nothing = self.tr("&None of these") if len(question.options) > 1 else self.tr("&Not this")
        _name(self._next, nothing if is_empty and may_be_empty else self.tr("&Next"))

    def _on_next(self) -> None:
        if self._is_listening:
            self.answer_given.emit()

    def _on_back(self) -> None:
        if self._is_listening and self._back.isEnabled():
            self.back_wanted.emit()

    def _on_stop(self) -> None:
        if self._is_short:
            self.stop_wanted.emit()
            return
        self._steps.hide()
        self._stop_question.ask()

    def _on_stop_declined(self) -> None:
        self.hide_stop_question()
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)


def _name(pushed: QPushButton, text: str) -> None:
    """Change what a button says, also to screen readers."""
    pushed.setText(text)
    pushed.setAccessibleName(text.replace("&", ""))
