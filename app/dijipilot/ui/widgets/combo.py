"""A drop-down list with its label as buddy."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget


class LabeledCombo(QWidget):
    """A label, a list of words, and the value behind the word chosen."""

    def __init__(self, text: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox(self)
        self.combo.setObjectName(object_name)
        self.combo.setAccessibleName(text.replace("&", ""))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(16)
        words = QLabel(text, self)
        words.setBuddy(self.combo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(words)
        row.addWidget(self.combo)

    @property
    def value(self) -> str:
        """What stands behind the word chosen."""
        return str(self.combo.currentData() or "")

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer these values and words; nothing is announced."""
        self.combo.blockSignals(True)
        self.combo.clear()
        for value, words in choices:
            self.combo.addItem(words, value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(chosen)))
        self.combo.blockSignals(False)
