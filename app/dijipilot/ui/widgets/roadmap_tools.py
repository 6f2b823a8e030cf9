"""The line above the roadmap: what to hide, which path, undo and redo by name, saving."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.combo import LabeledCombo
from dijipilot.ui.widgets.flow_layout import FlowLayout


class RoadmapTools(QWidget):
    """Emits filters_changed, undo_requested and redo_requested."""

    filters_changed = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    facts_requested = Signal()

    def __init__(
        self, paths: Sequence[str], exports: Sequence[tuple[str, str, Callable[[], object]]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.hide_box = QCheckBox(self.tr("H&ide done and skipped"), self)
        self.hide_box.setObjectName("hideSettledBox")
        self.hide_box.setAccessibleName(self.tr("Hide done and skipped"))
        self.path_choice = LabeledCombo(self.tr("&Path"), "pathFilter", self)
        self.path_choice.offer([("", self.tr("All")), *((path, path) for path in paths)])
        self._undo = button(self.tr("Undo"), "roadmapUndoButton", self.undo_requested.emit, self, "quiet")
        self._redo = button(self.tr("Redo"), "roadmapRedoButton", self.redo_requested.emit, self, "quiet")
        self._facts = button(
            self.tr("Goal and &hours…"), "roadmapFactsButton", self.facts_requested.emit, self, "quiet"
        )
        self._save = button(self.tr("Sa&ve as"), "saveRoadmapButton", lambda: None, self)
        menu = QMenu(self._save)
        for text, name, on_chosen in exports:
            entry = menu.addAction(text, on_chosen)
            entry.setObjectName(name)
        self._save.setMenu(menu)
        row = FlowLayout(self, spacing=14)
        row.addWidget(self.hide_box)
        row.addWidget(self.path_choice)
        row.add_gap()
        for each in (self._undo, self._redo, self._facts, self._save):
            row.addWidget(each)
        self.hide_box.toggled.connect(lambda _: self.filters_changed.emit())
        self.path_choice.combo.currentIndexChanged.connect(lambda _: self.filters_changed.emit())

    def choose(self, hides: bool, path: str) -> None:
        """Set the filters; nothing is announced."""
        self.hide_box.blockSignals(True)
        self.hide_box.setChecked(hides)
        self.hide_box.blockSignals(False)
        self.path_choice.combo.blockSignals(True)
        self.path_choice.combo.setCurrentIndex(max(0, self.path_choice.combo.findData(path)))
        self.path_choice.combo.blockSignals(False)

    def name_steps(self, undo: str, redo: str) -> None:
        """Say what undo and redo would do, "" where there is nothing."""
        for each, usual, what in ((self._undo, self.tr("Undo"), undo), (self._redo, self.tr("Redo"), redo)):
            each.setEnabled(bool(what))
            named = f"{usual}: {what}" if what else usual
            each.setToolTip(named)
            each.setAccessibleName(named)
