"""Shows a code as it was typed above the one suggested, and which group differs: the card decides, not the program."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.labels import label

_GAP, _LINE_GAP = 10, 6


class CodeComparison(QWidget):
    """Two lines of groups, one below the other; the group that differs has a frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_LINE_GAP)

    def show_codes(self, typed: Sequence[str], suggested: Sequence[str]) -> None:
        """Show the groups of both codes. typed: () where what was typed is not known group by group."""
        clear(self._grid)
        differing = [place for place, group in enumerate(suggested) if place < len(typed) and typed[place] != group]
        lines = [(self.tr("You typed"), typed), (self.tr("Suggested"), suggested)] if typed else []
        for row, (words, groups) in enumerate(lines or [(self.tr("Suggested"), suggested)]):
            self._grid.addWidget(label(words, "muted", self, wraps=False), row, 0)
            for place, group in enumerate(groups):
                self._grid.addWidget(self._group(group, place in differing), row, place + 1)
        self._grid.setColumnStretch(len(suggested) + 1, 1)
        spoken = [f"{words} {', '.join(groups)}." for words, groups in lines]
        spoken += [
            self.tr("Group {number}: {typed} becomes {suggested}.").format(
                number=place + 1, typed=" ".join(typed[place]), suggested=" ".join(suggested[place])
            )
            for place in differing
        ]
        self.setAccessibleName(" ".join(spoken))

    def _group(self, symbols: str, is_differing: bool) -> QLabel:
        made = label(symbols, "codeGroup", self, wraps=False)
        made.setProperty("differs", is_differing)
        return made
