"""Draws every component in every state, as one picture for each look: a change of the style sheet can be looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dijipilot.domain.skill_state import Counts, SkillState
from dijipilot.ui.icons import icon, usual_side
from dijipilot.ui.theme import Colors, Theme, space
from dijipilot.ui.widgets.badge import Badge
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.choice import Choice
from dijipilot.ui.widgets.count_tile import CountTile
from dijipilot.ui.widgets.empty_state import EmptyState
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.labels import chip, label
from dijipilot.ui.widgets.link_row import LinkRow
from dijipilot.ui.widgets.mastery_bar import MasteryBar
from dijipilot.ui.widgets.notice_bar import NoticeBar
from dijipilot.ui.widgets.progress_ring import ProgressRing
from dijipilot.ui.widgets.verdict_chip import VerdictChip

USUAL, HOVERED, FOCUSED, PRESSED, SELECTED, DISABLED, WRONG = (
    "usual",
    "hover",
    "focused",
    "pressed",
    "selected",
    "disabled",
    "error",
)
ROLES = ("title", "subtitle", "lead", "", "strong", "muted", "small", "eyebrow", "figure", "good", "bad")
TONES = ("", "accent", "good", "caution", "bad")
BUTTON_ROLES = ("primary", "large", "", "danger", "quiet", "search")
SETTLE_MS = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A component. state: what it is shown in; width: in pixels at the usual text size, 0 for its own."""

    words: str
    build: Callable[[QWidget], QWidget]
    state: str = USUAL
    width: int = 0


def rows(colors: Colors) -> Iterator[list[Piece]]:
    """Yield the lines of the picture."""
    yield [_words(role) for role in ROLES]
    yield [_chip(tone) for tone in TONES]
    yield [_badge(tone) for tone in TONES]
    yield [*(_verdict(state, colors) for state in SkillState), _bar(colors), *(_ring(done) for done in (0, 1, 3, 5))]
    for role in BUTTON_ROLES:
        states = (USUAL, HOVERED, FOCUSED, PRESSED, DISABLED)
        build = _button_of(role)
        yield [Piece(f"{role or 'button'} {state}", build, state) for state in states]
    yield [Piece(f"tool {state}", _tool_button, state) for state in (USUAL, HOVERED, FOCUSED, PRESSED, DISABLED)] + [
        Piece(f"fold {state}", _fold, state, 260) for state in (USUAL, SELECTED)
    ]
    yield [Piece(f"row {state}", _row, state, 210) for state in (USUAL, HOVERED, FOCUSED, PRESSED, SELECTED)]
    for kind, many in (("check", True), ("radio", False)):
        states = (USUAL, HOVERED, FOCUSED, SELECTED, DISABLED)
        yield [Piece(f"{kind} {state}", _choice_of(many), state, 190) for state in states]
    yield [Piece(f"field {state}", _field, state, 190) for state in (USUAL, FOCUSED, DISABLED, WRONG)]
    yield [Piece(f"list {state}", _combo, state, 190) for state in (USUAL, HOVERED, FOCUSED, DISABLED)]
    yield [
        *(Piece(f"text {state}", _text, state, 190) for state in (USUAL, FOCUSED)),
        *(Piece(f"tabs {state}", _tabs, state) for state in (USUAL, FOCUSED)),
        Piece("progress", _progress, USUAL, 190),
    ]
    yield [*(Piece(f"items {state}", _items, state, 200) for state in (USUAL, FOCUSED)), Piece("menu", _menu)]
    yield [Piece(f"card {tone}", _card_of(tone), USUAL, 180) for tone in (*TONES, "sunken")]
    yield [Piece(f"notice {tone}", _notice_of(tone), USUAL, 560) for tone in ("accent", "good")]
    yield [Piece(f"notice {tone}", _notice_of(tone), USUAL, 560) for tone in ("caution", "bad")]
    yield [
        Piece("empty state", _empty, USUAL, 560),
        *(Piece(f"tile {state.value}", _tile_of(state, colors)) for state in SkillState),
    ]


def write_gallery(folder: Path, look: str, theme: Theme) -> Iterator[Path]:
    """Write the picture for the look that is shown now; yield its file."""
    host = QWidget()
    host.setProperty("role", "page")
    host.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    host.resize(1600, 900)
    host.show()
    host.activateWindow()
    settle()
    taken = [[(piece.words, take(piece, host)) for piece in row] for row in rows(theme.colors)]
    file = folder / f"gallery-{look}.png"
    compose(taken, theme.colors).save(str(file))
    host.close()
    host.deleteLater()
    print(file, flush=True)
    yield file


def take(piece: Piece, host: QWidget) -> QPixmap:
    """Return a picture of a piece, after really bringing it into its state."""
    widget = piece.build(host)
    widget.setParent(host)
    widget.show()
    widget.move(16, 16)
    fit(widget, piece.width)
    QTest.mouseMove(host, QPoint(host.width() - 2, host.height() - 2))
    bring_into_state(widget, piece.state)
    fit(widget, piece.width)
    settle()
    picture = host.grab(widget.geometry().adjusted(-4, -4, 4, 4))
    host.setFocus(Qt.FocusReason.OtherFocusReason)
    widget.hide()
    widget.deleteLater()
    return picture


def fit(widget: QWidget, usual_width: int) -> None:
    """Give a piece the room it needs."""
    width = space(usual_width) if usual_width else widget.sizeHint().width()
    height = widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
    widget.resize(width, max(height, widget.minimumHeight()))


def bring_into_state(widget: QWidget, state: str) -> None:
    """Hover over it, press it, select it, disable it, mark it as wrong or give it the focus."""
    target = widget.control if isinstance(widget, Choice) else widget
    if state == HOVERED:
        QTest.mouseMove(target)
    elif state == FOCUSED:
        target.setFocus(Qt.FocusReason.TabFocusReason)
    elif state == PRESSED and isinstance(target, QAbstractButton):
        target.setDown(True)
    elif state == SELECTED:
        select(widget)
    elif state == DISABLED:
        widget.setEnabled(False)
    elif state == WRONG:
        widget.setProperty("tone", "bad")
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def select(widget: QWidget) -> None:
    """Show a piece as chosen, current or open."""
    if isinstance(widget, Choice):
        widget.choose()
    elif isinstance(widget, Fold):
        widget.open()
    else:
        widget.setProperty("current", "true")
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def compose(taken: list[list[tuple[str, QPixmap]]], colors: Colors) -> QImage:
    """Return one picture: each line as high as its highest piece, with the words below each piece."""
    font = QFont("Inter")
    font.setPixelSize(11)
    widths = [sum(max(picture.width(), 96) + 14 for _, picture in row) for row in taken]
    heights = [max(picture.height() for _, picture in row) + 26 for row in taken]
    whole = QImage(max(widths) + 28, sum(heights) + 28, QImage.Format.Format_RGB32)
    whole.fill(QColor(colors.window))
    painter = QPainter(whole)
    painter.setFont(font)
    painter.setPen(QColor(colors.muted))
    top = 14
    for row, height in zip(taken, heights, strict=True):
        left = 14
        for words, picture in row:
            painter.drawPixmap(left, top, picture)
            painter.drawText(left + 4, top + picture.height() + 12, words)
            left += max(picture.width(), 96) + 14
        top += height
    painter.end()
    return whole


def settle() -> None:
    """Let what is shown lay itself out."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


def _words(role: str) -> Piece:
    return Piece(role or "body", lambda host: label("İğne 12,5", role, host, wraps=False))


def _chip(tone: str) -> Piece:
    return Piece(f"chip {tone}", lambda host: chip("18 min", tone, host))


def _badge(tone: str) -> Piece:
    return Piece(f"badge {tone}", lambda host: Badge("Due for review", tone, None, host))


def _verdict(state: SkillState, colors: Colors) -> Piece:
    return Piece("verdict", lambda host: VerdictChip(state, colors, host))


def _ring(done: int) -> Piece:
    def build(host: QWidget) -> QWidget:
        ring = ProgressRing(host)
        ring.show_progress(done, 5, f"{done} of 5 steps done")
        return ring

    return Piece(f"ring {done} of 5", build)


def _bar(colors: Colors) -> Piece:
    def build(host: QWidget) -> QWidget:
        bar = MasteryBar(host)
        bar.show_counts(Counts(mastered=5, missing=3, unsettled=2, not_applicable=1), colors)
        return bar

    return Piece("mastery", build, USUAL, 160)


def _button_of(role: str) -> Callable[[QWidget], QWidget]:
    return lambda host: button("Open the roadmap", "galleryButton", lambda: None, host, role)


def _tool_button(host: QWidget) -> QWidget:
    made = QToolButton(host)
    made.setIcon(icon("back"))
    made.setIconSize(QSize(usual_side(), usual_side()))
    return made


def _fold(host: QWidget) -> QWidget:
    return Fold(
        "Questions and answers (4)",
        lambda parent: label("What lies below the line.", "muted", parent),
        "galleryFold",
        host,
    )


def _row(host: QWidget) -> QWidget:
    return LinkRow(
        "When does the money arrive?", "galleryRow", lambda: None, host, detail="2.6.1.2 · 20 min", icon_name="started"
    )


def _choice_of(many: bool) -> Callable[[QWidget], QWidget]:
    return lambda host: Choice("I keep my unit costs in one sheet", "galleryChoice", host, allows_many=many)


def _field(host: QWidget) -> QWidget:
    return QLineEdit("Ada", host)


def _text(host: QWidget) -> QWidget:
    made = QPlainTextEdit("A note of one's own", host)
    made.setFixedHeight(space(72))
    return made


def _combo(host: QWidget) -> QWidget:
    made = QComboBox(host)
    made.addItems(["As the system", "Light"])
    return made


def _tabs(host: QWidget) -> QWidget:
    made = QTabBar(host)
    made.setDrawBase(False)
    for words in ("Map", "Table"):
        made.addTab(words)
    return made


def _progress(host: QWidget) -> QWidget:
    made = QProgressBar(host)
    made.setTextVisible(False)
    made.setValue(40)
    return made


def _items(host: QWidget) -> QWidget:
    made = QListWidget(host)
    made.addItems(["Pricing basics", "Shipping zones", "Returns"])
    made.setCurrentRow(1)
    made.setFixedHeight(made.sizeHintForRow(0) * 3 + 8)
    return made


def _menu(host: QWidget) -> QWidget:
    made = QMenu(host)
    made.setWindowFlags(Qt.WindowType.Widget)
    for words, is_checked in (("As the system", False), ("Dark", True)):
        action = made.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_checked)
    made.addSeparator()
    made.addAction("Larger text\tCtrl++")
    made.addAction("Redo").setEnabled(False)
    made.setActiveAction(made.actions()[3])
    return made


def _card_of(tone: str) -> Callable[[QWidget], QWidget]:
    def build(host: QWidget) -> QWidget:
        made = Card(host, tone)
        for words, role in (("Your roadmap", "strong"), ("1 of 122 lessons done", ""), ("At your pace", "muted")):
            made.column.addWidget(label(words, role, made))
        return made

    return build


def _notice_of(tone: str) -> Callable[[QWidget], QWidget]:
    def build(host: QWidget) -> QWidget:
        made = NoticeBar(host)
        made.show_notice("The lesson is marked as done.", tone, "&Undo", lambda: None)
        return made

    return build


def _empty(host: QWidget) -> QWidget:
    return EmptyState("No questions yet", "Ask one from any lesson.", "Open the library", lambda: None, parent=host)


def _tile_of(state: SkillState, colors: Colors) -> Callable[[QWidget], QWidget]:
    def build(host: QWidget) -> QWidget:
        holder = QWidget(host)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        made = CountTile(state, colors, holder)
        made.show_count(39, colors)
        column.addWidget(made)
        return holder

    return build
