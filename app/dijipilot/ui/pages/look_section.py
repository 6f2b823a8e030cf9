"""Settings: colors and text size."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from dijipilot.ui.look import LARGEST_PERCENT, SMALLEST_PERCENT, Scheme
from dijipilot.ui.motion import REDUCE_MOTION, YES
from dijipilot.ui.pages.page import PageContext
from dijipilot.ui.pages.settings_section import SettingsSection
from dijipilot.ui.widgets.labels import label

STEP = 10


class LookSection(SettingsSection):
    """Shows at once what is chosen."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Look"), context, parent)
        self._scheme = QComboBox(self)
        self._scheme.setObjectName("schemePicker")
        for scheme, words in (
            (Scheme.SYSTEM, self.tr("As the system")),
            (Scheme.LIGHT, self.tr("Light")),
            (Scheme.DARK, self.tr("Dark")),
            (Scheme.HIGH_CONTRAST, self.tr("High contrast")),
        ):
            self._scheme.addItem(words, scheme.value)
        self._size = QComboBox(self)
        self._size.setObjectName("textSizePicker")
        for percent in range(SMALLEST_PERCENT, LARGEST_PERCENT + 1, STEP):
            self._size.addItem(self.tr("{percent} %").format(percent=percent), percent)
        self.label_for(self.tr("&Colors"), self._scheme)
        self.label_for(self.tr("Te&xt size"), self._size)
        self.column.addWidget(
            label(
                self.tr(
                    "Ctrl and + or - change the text size anywhere, Ctrl and 0 brings back the usual one. High "
                    "contrast is white on black, with strong lines; “As the system” follows what the system says."
                ),
                "small",
                self,
            )
        )
        self._still = QCheckBox(self.tr("Reduce &motion"), self)
        self._still.setObjectName("reduceMotionBox")
        self._still.setAccessibleName(self.tr("Reduce motion"))
        self.column.addWidget(self._still)
        self.column.addWidget(
            label(
                self.tr(
                    "One thing moves: the marks of the assessment fill slowly. They do not where the system asks for "
                    "less motion, nor with this tick."
                ),
                "small",
                self,
            )
        )
        self.refresh()
        self._still.clicked.connect(self._on_still_chosen)
        self._scheme.activated.connect(self._on_scheme_chosen)
        self._size.activated.connect(lambda: context.theme.dress(text_percent=self._size.currentData()))
        context.theme.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is chosen, also where it was chosen by a shortcut."""
        self._scheme.setCurrentIndex(self._scheme.findData(self.context.theme.scheme.value))
        wish = self.context.academy.profiles.setting(self.context.profile_id, REDUCE_MOTION)
        self._still.setChecked(wish == YES)
        self._size.setCurrentIndex(self._size.findData(round(self.context.theme.text_percent, -1)))

    def _on_still_chosen(self, is_still: bool) -> None:
        value = YES if is_still else ""
        profiles = self.context.academy.profiles
        self.attempt(lambda: profiles.set_setting(self.context.profile_id, REDUCE_MOTION, value))

    def _on_scheme_chosen(self) -> None:
        self.context.theme.dress(scheme=Scheme(self._scheme.currentData()))
