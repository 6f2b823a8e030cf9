"""A field that finds a lesson by its number or words of its title."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget


class LessonPicker(QComboBox):
    """Type to find, or open the list. Emits the key of the lesson picked."""

    picked = Signal(str)

    def __init__(self, lessons: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = [key for key, _ in lessons]
        self._texts = [text for _, text in lessons]
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        self.addItems(self._texts)
        completer = QCompleter(QStringListModel(self._texts, self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)
        self.currentIndexChanged.connect(lambda: self.picked.emit(self.key))
        self.editTextChanged.connect(lambda: self.picked.emit(self.key))

    def setAccessibleName(self, name: str) -> None:
        """Name the field one types in too: it is what has the focus."""
        super().setAccessibleName(name)
        field = self.lineEdit()
        if field is not None:
            field.setAccessibleName(name)

    @property
    def key(self) -> str:
        """Key of the lesson whose whole text stands in the field, "" for none."""
        text = self.currentText().strip()
        return self._keys[self._texts.index(text)] if text in self._texts else ""

    def pick(self, key: str) -> None:
        """Show a lesson; "" clears the field."""
        if key in self._keys:
            self.setCurrentIndex(self._keys.index(key))
        else:
            self.setCurrentIndex(-1)
            self.clearEditText()
