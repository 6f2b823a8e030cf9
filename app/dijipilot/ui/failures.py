"""The last resort: what nobody caught is logged, and told with details that can be copied."""

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dijipilot.log_file import DiscreetFormatter, file_handler, terminal_handler, without_secrets
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.labels import label

_logger = logging.getLogger(__name__)
_LEVEL_BY_TYPE = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def start_logging(folder: Path) -> None:
    """Log into a folder, crashes of the interpreter included. Where it cannot be written to, log to the terminal.

    Once for a program; asked again, it does nothing.
    """
    root = logging.getLogger()
    if any(isinstance(handler.formatter, DiscreetFormatter) for handler in root.handlers):
        return
    root.setLevel(logging.INFO)
    try:
        handler = file_handler(folder)
        # Stays open: the interpreter writes there when it cannot do anything else any more; names of functions alone.
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    except OSError as error:
        if sys.stderr is not None:
            faulthandler.enable()
        root.addHandler(terminal_handler())
        root.warning("There is no log file: %s", error)
    else:
        root.addHandler(handler)


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass what Qt has to say on to the log."""
    logging.getLogger("qt").log(_LEVEL_BY_TYPE.get(kind, logging.WARNING), "%s", text)


class Failures(QObject):
    """Receives exceptions that nobody caught, on whichever thread; shows one dialog at a time."""

    _failed = Signal(str)

    def __init__(self, logs: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logs = logs
        self._dialog: FailureDialog | None = None
        self._failed.connect(self._on_failed)

    def install(self) -> None:
        """Take over from Python's and Qt's own hooks."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda args: self._on_uncaught(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(log_qt_message)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        # They may be copied and sent to support, so what is left out of the log is left out of them.
        details = without_secrets("".join(traceback.format_exception(kind, error, trace)))
        _logger.critical("Nobody caught this:\n%s", details)
        self._failed.emit(details)

    def _on_failed(self, details: str) -> None:
        if self._dialog is None:
            self._dialog = FailureDialog(details, self._logs)
            self._dialog.finished.connect(self._on_dialog_closed)
            self._dialog.open()

    def _on_dialog_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


class FailureDialog(QDialog):
    """Says what is safe and what to do; the details are for support."""

    def __init__(self, details: str, logs: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setMinimumSize(space(560), space(380))
        sentence = label(
            self.tr(
                "Something went wrong inside the app. Everything saved before is safe. You can go on; if it happens "
                "again, start the app anew and send these details to support. The log is in this folder:"
            ),
            "",
            self,
        )
        # A field, since a path has no spaces to wrap at: in a label, a long one would be cut off.
        folder = QLineEdit(str(logs), self)
        folder.setObjectName("logFolderText")
        folder.setAccessibleName(self.tr("Folder of the log"))
        folder.setReadOnly(True)
        folder.setCursorPosition(0)
        self.details = QPlainTextEdit(details, self)
        self.details.setObjectName("failureDetails")
        self.details.setAccessibleName(self.tr("Details for support"))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        copy = button(self.tr("&Copy details"), "copyDetailsButton", self._on_copy, self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal, self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(sentence)
        column.addWidget(folder)
        column.addWidget(self.details, 1)
        column.addWidget(buttons)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
