"""A button that is a whole line: an icon, words that wrap, and a smaller line of detail."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dijipilot.ui.icons import pixmap
from dijipilot.ui.widgets.labels import label


class LinkRow(QPushButton):
    """Leads somewhere. Its accessible name holds everything that it shows."""

    def __init__(
        self,
        text: str,
        object_name: str,
        on_click: Callable[[], object],
        parent: QWidget | None = None,
        *,
        detail: str = "",
        icon_name: str = "",
        icon_words: str = "",
        is_strong: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setProperty("role", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(", ".join(part for part in (text, icon_words, detail) if part).replace("\n", ", "))
        self._icon_name = icon_name
        self._icon = QLabel(self)
        self._text = label(text, "strong" if is_strong else "", self)
        self._detail = label(detail, "small", self)
        self._detail.setVisible(bool(detail))
        self._icon.setToolTip(icon_words)
        for child in (self._icon, self._text, self._detail):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lay_out()
        self._draw()
        self.clicked.connect(lambda: on_click())

    def show_icon(self, name: str) -> None:
        """Show another icon in the place of the first."""
        self._icon_name = name
        self._draw()

    def hasHeightForWidth(self) -> bool:
        """Grow with the words."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped words."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Be as large as what it holds."""
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(100, self.sizeHint().height() if not self._text.wordWrap() else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Recolor the icon with the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_detail"):
            self._draw()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(10)
        if self._icon_name:
            row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _draw(self) -> None:
        if self._icon_name:
            side = self.fontMetrics().height() + 1
            color = self.palette().color(self.foregroundRole()).name()
            self._icon.setPixmap(pixmap(self._icon_name, color, side, self.devicePixelRatioF()))
