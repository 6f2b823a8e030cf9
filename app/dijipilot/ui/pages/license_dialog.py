"""Opens a lesson with a license where the learner is: the box of the license page, over the page shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from dijipilot.domain.curriculum import Lesson
from dijipilot.ui.pages.activating import Activating
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.scrolling import bring_into_view
from dijipilot.ui.theme import space
from dijipilot.ui.widgets.activation_box import ActivationBox
from dijipilot.ui.widgets.labels import label

_CHARACTERS = 80
_MARGIN = 24


class LicenseDialog(QDialog):
    """Emits page_requested(target) for the lesson to go to. Deleted when it is closed."""

    page_requested = Signal(str)

    def __init__(self, context: PageContext, wanted: Lesson, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("licenseDialog")
        self.setWindowTitle(self.tr("Open with a license"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = ActivationBox(self)
        self._activating = Activating(context, self._box, wanted.skill)
        self._wanted = wanted
        self._lay_out()
        self._box.page_requested.connect(self._on_page_requested)
        self._box.field.setFocus()

    def _lay_out(self) -> None:
        body = QWidget(self)
        body.setProperty("role", "column")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(space(12))
        inner.addWidget(label(self._wanted.title, "subtitle", body))
        inner.addWidget(self._box)
        inner.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("licenseDialogArea")
        area.setAccessibleName(self.tr("License"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        self._box.told.connect(lambda what: bring_into_view(area, what))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, Qt.Orientation.Horizontal, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 20, _MARGIN, 16)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        wide = self.fontMetrics().averageCharWidth() * _CHARACTERS
        room = self.screen().availableSize()
        self.resize(min(wide, room.width() - 80), min(space(560), room.height() - 80))

    def _on_page_requested(self, target: str) -> None:
        self.accept()
        self.page_requested.emit(target)
