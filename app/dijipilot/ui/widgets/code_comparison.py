"""Shows a code as it was typed above the one suggested, and which group differs: the card decides, not the program."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dijipilot.ui.widgets.clearing import clear
from dijipilot.ui.widgets.flow_layout import FlowLayout
from dijipilot.ui.widgets.labels import label

_GAP, _LINE_GAP = 6, 2


class CodeComparison(QWidget):
    """Two lines of groups, one below the other; the group that differs has a frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_LINE_GAP)

    def show_codes(self, typed: Sequence[str], suggested: Sequence[str]) -> None:
        """Show the groups of both codes. typed: () where what was typed is not known group by group."""
        clear(self._column)
        differing = [place for place, group in enumerate(suggested) if place < len(typed) and typed[place] != group]
        lines = [(self.tr("You typed"), typed)] if typed else []
        lines.append((self.tr("Suggested"), suggested))
        for words, groups in lines:
            self._column.addWidget(label(words, "small", self))
            row = FlowLayout(spacing=_GAP, line_gap=_LINE_GAP)
            for place, group in enumerate(groups):
                row.addWidget(self._group(group, place in differing))
            self._column.addLayout(row)
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
        # Letters differ in width: so that groups stand below each other all the same.
        made.ensurePolished()
        made.setMinimumWidth(made.fontMetrics().horizontalAdvance("WWWW"))
        return made
