"""Asks where to save a file, without stopping the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where_to_save(
    parent: QWidget, title: str, suggested: str, kind: str, ending: str, on_chosen: Callable[[Path], object]
) -> QFileDialog:
    """Open the dialog; call on_chosen with the file when one is chosen. kind: what the ending means, in words."""
    dialog = QFileDialog(parent, title, str(Path.home() / suggested))
    dialog.setObjectName("saveFileDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*.{ending})")
    dialog.setDefaultSuffix(ending)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.finished.connect(lambda _: dialog.deleteLater())
    dialog.open()
    return dialog
