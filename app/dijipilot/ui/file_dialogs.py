"""Asks for a file to read or write, without stopping the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_file(
    parent: QWidget,
    title: str,
    kind: str,
    ending: str,
    on_chosen: Callable[[Path], object],
    *,
    proposal: str = "",
    is_new: bool = False,
) -> QFileDialog:
    """Open a file dialog; on_chosen gets the file. kind: words for the filter; proposal: a name for a new file."""
    dialog = QFileDialog(parent, title, "", f"{kind} (*{ending})")
    dialog.setObjectName("fileDialog")
    if is_new:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.lstrip("."))
        dialog.selectFile(proposal)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda file: on_chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
