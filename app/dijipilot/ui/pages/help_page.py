"""Help: how the app works in a few words, and every shortcut with a filter."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from dijipilot import __version__
from dijipilot.content.folding import fold
from dijipilot.ui.actions import ACTIONS, words
from dijipilot.ui.pages.page import PageContext, ScrollPage
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.labels import label


class HelpPage(ScrollPage):
    """Needs no network, like everything else."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.heading.show_text(self.tr("Help and shortcuts"))
        self._rows: list[tuple[str, QLabel, QLabel]] = []
        self.column.addWidget(self._how_card())
        self.column.addWidget(self._shortcut_card())
        told = self.tr("DijiPilot Academy {version}. The typeface is Inter, under the SIL Open Font License.")
        self.column.addWidget(label(told.format(version=__version__), "small", self))
        self._filter.textChanged.connect(self._on_filter_changed)

    def _how_card(self) -> Card:
        card = Card(self)
        card.column.addWidget(label(self.tr("How it works"), "subtitle", card))
        for sentence in (
            self.tr(
                "The assessment asks what you do in your shop. It takes five minutes, and you can pause and go back."
            ),
            self.tr(
                "My gaps shows each skill as mastered, missing or unsettled. Unsettled means: the answers do not "
                "tell yet, and the lesson begins with one question that does."
            ),
            self.tr("The roadmap puts your lessons into the order that pays most. Skip, move or add: you decide."),
            self.tr("A lesson is done when you say so. Every tick is saved at once and can be undone with Ctrl+Z."),
            self.tr("Nothing leaves this computer: this program makes no network connection."),
        ):
            card.column.addWidget(label(f"•  {sentence}", "", card))
        return card

    def _shortcut_card(self) -> Card:
        card = Card(self)
        card.column.addWidget(label(self.tr("Shortcuts"), "subtitle", card))
        self._filter = QLineEdit(card)
        self._filter.setObjectName("shortcutFilterField")
        self._filter.setAccessibleName(self.tr("Show only shortcuts with"))
        self._filter.setClearButtonEnabled(True)
        self._filter_label = QLabel(self.tr("&Show only"), card)
        self._filter_label.setBuddy(self._filter)
        card.column.addWidget(self._filter_label)
        card.column.addWidget(self._filter)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setColumnStretch(1, 1)
        for row, (keys, text) in enumerate(self._shortcuts()):
            key_label, text_label = label(keys, "strong", card, wraps=False), label(text, "", card)
            grid.addWidget(key_label, row, 0)
            grid.addWidget(text_label, row, 1)
            self._rows.append((fold(f"{keys} {text}"), key_label, text_label))
        card.column.addLayout(grid)
        return card

    def _shortcuts(self) -> list[tuple[str, str]]:
        listed = [
            (
                QKeySequence(entry.shortcut).toString(QKeySequence.SequenceFormat.NativeText),
                words(entry.tip or entry.text).replace("&", ""),
            )
            for entry in ACTIONS
            if entry.shortcut
        ]
        everywhere = [
            (self.tr("Tab, Shift+Tab"), self.tr("To the next or previous control")),
            (self.tr("Space"), self.tr("Tick a box, press a button")),
            (self.tr("1 to 9, Enter"), self.tr("In the assessment: choose, then go on")),
            (self.tr("Arrow keys, Enter"), self.tr("In lists and trees: move, then open")),
        ]
        return listed + everywhere

    def _on_filter_changed(self, text: str) -> None:
        wanted = fold(text).split()
        for row, key_label, text_label in self._rows:
            is_shown = all(word in row for word in wanted)
            key_label.setVisible(is_shown)
            text_label.setVisible(is_shown)
