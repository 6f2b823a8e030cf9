"""Activates what is given in the box, on the license page and in the dialog alike, and says what came of it."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dijipilot.domain.ids import SkillId
from dijipilot.errors import AcademyError, CouldNotSave
from dijipilot.licensing.code import CodeRejected
from dijipilot.services.activate import Activation, CodeNeeded
from dijipilot.services.held_licenses import LicenseState
from dijipilot.ui.license_words import what_it_is
from dijipilot.ui.message_text import text_of, text_of_error
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.widgets.activation_box import ActivationBox
from dijipilot.ui.widgets.code_groups import groups_of
from dijipilot.ui.widgets.lesson_body import LESSON_LINK
from dijipilot.ui.widgets.license_outcome import Outcome

if TYPE_CHECKING:
    from dijipilot.licensing.license_file import LicenseFile

_logger = logging.getLogger(__name__)


class Activating(QObject):
    """wanted: the lesson that somebody meant to open, None where it is about no lesson."""

    def __init__(self, context: PageContext, box: ActivationBox, wanted: SkillId | None = None) -> None:
        super().__init__(box)
        self._context = context
        self._licenses = context.academy.licenses
        self._box = box
        self._wanted = wanted
        self._waiting: LicenseFile | None = None
        self._file_name = ""
        self._latest: Callable[[], Activation] | None = None
        box.text_given.connect(self._on_text_given)
        box.file_given.connect(self.activate_file)
        box.file_forgotten.connect(self._on_file_forgotten)
        box.retry_wanted.connect(self._on_retry_wanted)

    def activate_file(self, file: Path) -> None:
        """Activate a license file."""
        self._file_name = file.name
        self._run(lambda: self._licenses.activate_file(file))

    def _on_text_given(self, text: str) -> None:
        waiting = self._waiting
        if waiting is None:
            self._file_name = self.tr("The license you pasted")
        self._run(lambda: self._licenses.activate(text, waiting))

    def _on_file_forgotten(self) -> None:
        self._waiting = None

    def _on_retry_wanted(self) -> None:
        if self._latest is not None:
            self._run(self._latest)

    def _run(self, activate: Callable[[], Activation]) -> None:
        self._latest = activate
        self._box.show_busy(True)
        self._context.tasks.run_task(activate, self, self._on_done, self._on_failed)

    def _on_done(self, activation: Activation) -> None:
        self._waiting = self._latest = None
        self._box.show_busy(False)
        self._box.show_outcome(self._outcome(activation))

    def _on_failed(self, error: Exception) -> None:
        self._box.show_busy(False)
        sentence = text_of_error(error)
        if isinstance(error, CodeNeeded):
            self._waiting = error.file
            self._box.ask_for_code(self._file_name, sentence)
        elif isinstance(error, CodeRejected) and error.suggestion is not None:
            self._box.show_problem(sentence, groups_of(error.suggestion.symbols))
        else:
            if not isinstance(error, AcademyError):
                _logger.error("A license could not be activated.", exc_info=error)
            self._box.show_problem(sentence, can_retry=isinstance(error, CouldNotSave))

    def _outcome(self, activation: Activation) -> Outcome:
        held, wanted = activation.held, self._wanted
        is_wanted_open = wanted is not None and not self._context.academy.library.is_locked(wanted)
        skill = wanted if is_wanted_open else activation.first_lesson
        curriculum = self._context.academy.library.curriculum
        is_fine = held.state is LicenseState.OPEN
        return Outcome(
            sentence=text_of(activation.told),
            facts=tuple(what_it_is(held)) if held.license.entitlements else (),
            tone="caution" if not is_fine else "good" if activation.is_new else "accent",
            target=LESSON_LINK + skill if skill else "",
            title=curriculum.lesson_by_skill[skill].title if skill else "",
            way=self.tr("&Read this lesson") if is_wanted_open else self.tr("Go to the first &lesson"),
        )
