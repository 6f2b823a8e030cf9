"""Two pairs of hands for one story: one has only a mouse (and types words), the other has only a keyboard."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.pages.page import Page
from tests.ui.conftest import OpenWindow, settle

PATIENCE_MS = 20_000
MOST_TABS = 200
BESIDE_EDGE = 10
"""Where a box is clicked: beside its mark, not in the middle of its words."""

_ALT = Qt.KeyboardModifier.AltModifier


class Hands(ABC):
    """What a learner does at a window. Things are named by their object names, rows and choices by their words."""

    def __init__(self, qtbot: QtBot, open_window: OpenWindow) -> None:
        self._qtbot = qtbot
        self._open_window = open_window
        self.window: MainWindow = open_window()

    # Seeing and waiting, which need no hands

    def close_and_open(self) -> None:
        """Close the window, as at the end of a day, and start again."""
        self.window.close()
        self.window = self._open_window()

    @property
    def page(self) -> Page:
        """The page shown, once it shows what is true."""
        page = self.window.pages.page
        assert page is not None
        settle(page, self._qtbot)
        return page

    def see(self, name: str) -> QWidget:
        """Return the visible widget of this object name, waiting until it is there."""
        self.wait_until(lambda: self.sees(name))
        return next(widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible())

    def sees(self, name: str) -> bool:
        """Tell whether a visible widget has this object name."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def row(self, name: str, words: str) -> QModelIndex:
        """Return the first row of a table whose words are these, or begin with them."""
        view = self.see(name)
        assert isinstance(view, QAbstractItemView)
        found = next((each for each in _rows(view.model()) if _words(each).startswith(words)), None)
        assert found is not None, f"no row {words!r} in {name}"
        return found

    # Doing

    @abstractmethod
    def press(self, name: str) -> None:
        """Press a button, or what is ticked or chosen."""

    @abstractmethod
    def write(self, name: str, text: str) -> None:
        """Put text into a field in place of what stands there."""

    @abstractmethod
    def pick(self, name: str, words: str) -> None:
        """Choose one of the words of a drop-down list."""

    @abstractmethod
    def choose(self, name: str, words: str) -> None:
        """Choose a row of a table."""

    @abstractmethod
    def open(self, name: str, words: str) -> None:
        """Choose a row of a table and open what it stands for."""

    @abstractmethod
    def open_hit(self, name: str) -> None:
        """Open the first thing found, from the field of the search."""

    @abstractmethod
    def command(self, name: str) -> None:
        """Give a command that stands in a menu."""

    @abstractmethod
    def choose_from(self, name: str, command: str) -> None:
        """Open the menu of a button and choose the command of this object name."""

    @abstractmethod
    def turn_to(self, name: str, tab: int) -> None:
        """Turn to a tab, counted from 0."""

    @abstractmethod
    def answer(self, numbers: list[int]) -> None:
        """Choose these options of the question on screen, counted from 1, and go on."""

    @abstractmethod
    def step_back(self) -> None:
        """Go back to the question before."""

    @abstractmethod
    def save_as(self, file: str) -> None:
        """Answer the dialog that asks where to save."""

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        QTest.keyClicks(_focused(self.window), text)

    def _menu_of(self, name: str, command: str) -> tuple[QMenu, QAction]:
        """Return the menu that a button has opened, and its command."""
        button = self.see(name)
        assert isinstance(button, QPushButton)
        menu = button.menu()
        self.wait_until(menu.isVisible)
        return menu, next(action for action in menu.actions() if action.objectName() == command)

    def _action(self, name: str) -> QAction:
        action = self.window.actions_by_name[name]
        assert action.isEnabled(), name
        return action


class Mouse(Hands):
    """Clicks where things are seen; whatever lies on top of them gets the click."""

    def press(self, name: str) -> None:
        """Click it."""
        widget = self.see(name)
        assert widget.isEnabled(), name
        is_box = isinstance(widget, QAbstractButton) and widget.isCheckable()

        def where() -> QPoint:
            return QPoint(BESIDE_EDGE, widget.height() // 2) if is_box else widget.rect().center()

        self._click(widget, where)

    def write(self, name: str, text: str) -> None:
        """Click the field, then type."""
        self.press(name)
        QTest.keySequence(_focused(self.window), QKeySequence(QKeySequence.StandardKey.SelectAll))
        self.type(text)

    def pick(self, name: str, words: str) -> None:
        """Click the list open, then click the words."""
        combo = self.see(name)
        assert isinstance(combo, QComboBox)
        self.press(name)
        view = combo.view()
        self.wait_until(view.isVisible)
        index = next(each for each in _rows(combo.model()) if _words(each) == words)
        viewport = view.viewport()
        self._click(viewport, lambda: view.visualRect(index).center())
        self.wait_until(lambda: not view.isVisible())
        assert combo.currentText() == words

    def choose(self, name: str, words: str) -> None:
        """Click the row."""
        self._click(*self._place_of(name, words))

    def open(self, name: str, words: str) -> None:
        """Click the row twice."""
        viewport, where = self._place_of(name, words)
        self._click(viewport, where)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where())

    def open_hit(self, name: str) -> None:
        """Click it: it stands below the name of its kind."""
        view = self.see(name)
        assert isinstance(view, QAbstractItemView)
        hit = _rows(view.model())[1]
        self._click(view.viewport(), lambda: view.visualRect(hit).center())

    def command(self, name: str) -> None:
        """Click the menu open, then click the command."""
        action = self._action(name)
        bar = self.window.menuBar()
        menu = next(each for each in (_menu(entry) for entry in bar.actions()) if action in each.actions())
        self._click(bar, lambda: bar.actionGeometry(menu.menuAction()).center())
        self.wait_until(menu.isVisible)
        self._click(menu, lambda: menu.actionGeometry(action).center())

    def choose_from(self, name: str, command: str) -> None:
        """Click the button, then the command."""
        self.press(name)
        menu, action = self._menu_of(name, command)
        self._click(menu, lambda: menu.actionGeometry(action).center())

    def turn_to(self, name: str, tab: int) -> None:
        """Click the tab."""
        tabs = _tab_bar(self.see(name))
        self._click(tabs, lambda: tabs.tabRect(tab).center())

    def answer(self, numbers: list[int]) -> None:
        """Click options and the button."""
        for number in numbers:
            self.press(f"option{number}")
        self.press("nextQuestionButton")

    def step_back(self) -> None:
        """Click the button."""
        self.press("previousQuestionButton")

    def save_as(self, file: str) -> None:
        """Click into the field, type, click the button."""
        dialog = self.see("saveFileDialog")
        self.write("fileNameEdit", file)
        buttons = [each for each in dialog.findChildren(QAbstractButton) if "Save" in each.text()]
        self._click(buttons[0], buttons[0].rect().center)

    def _place_of(self, name: str, words: str) -> tuple[QWidget, Callable[[], QPoint]]:
        view, row = self.see(name), self.row(name, words)
        assert isinstance(view, QAbstractItemView)
        view.scrollTo(row)
        # Beside the first column, which may hold a box to tick.
        return view.viewport(), lambda: view.visualRect(_in_widest_column(view, row)).center()

    def _click(self, widget: QWidget, where: Callable[[], QPoint]) -> None:
        """Click the window at a place of a widget, scrolling there first, as with the wheel."""

        seen_at: list[QPoint] = []

        def is_in_view() -> bool:
            """Tell whether it is seen, and stands still: a page just shown is laid out a moment later."""
            _bring_into_view(widget)
            seen_at.append(_in_window(widget, where()))
            return seen_at[-2:-1] == seen_at[-1:] and widget.visibleRegion().contains(where())

        self.wait_until(is_in_view)
        # Whatever is seen there gets the click. The window is kept: what is in a list that pops up goes with it.
        window, there = widget.window(), seen_at[-1]
        hit = window.childAt(there) or widget
        QTest.mouseClick(hit, Qt.MouseButton.LeftButton, pos=hit.mapFrom(window, there))


class Keyboard(Hands):
    """Presses keys where the focus is, and nothing else."""

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(_focused(self.window), key, modifiers)

    def press(self, name: str) -> None:
        """Tab there, then Space."""
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)

    def write(self, name: str, text: str) -> None:
        """Tab there, then type."""
        self.tab_to(name)
        QTest.keySequence(_focused(self.window), QKeySequence(QKeySequence.StandardKey.SelectAll))
        self.type(text)

    def pick(self, name: str, words: str) -> None:
        """Tab there, then down to the words."""
        self.tab_to(name)
        combo = self.see(name)
        assert isinstance(combo, QComboBox)
        self.key(Qt.Key.Key_Home)
        for _ in range(combo.count()):
            if combo.currentText() == words:
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"the arrow never reached {words!r}")

    def choose(self, name: str, words: str) -> None:
        """Tab there, then down to the row."""
        self.tab_to(name)
        view, row = self.see(name), self.row(name, words)
        assert isinstance(view, QAbstractItemView)
        self.key(Qt.Key.Key_Home)
        for _ in range(len(_rows(view.model()))):
            if view.currentIndex().siblingAtColumn(0) == row:
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"the arrow never reached {words!r}")

    def open(self, name: str, words: str) -> None:
        """Go to the row, then Enter."""
        self.choose(name, words)
        self.key(Qt.Key.Key_Return)

    def open_hit(self, name: str) -> None:
        """Press Enter to go there, and Enter to open it."""
        view = self.see(name)
        self.key(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is view
        self.key(Qt.Key.Key_Return)

    def command(self, name: str) -> None:
        """Press its keys, or those that the menus underline."""
        action = self._action(name)
        if not action.shortcut().isEmpty():
            QTest.keySequence(_focused(self.window), action.shortcut())
            return
        bar = self.window.menuBar()
        menu = next(each for each in (_menu(entry) for entry in bar.actions()) if action in each.actions())
        self.key(_underlined(menu.title()), _ALT)
        self.wait_until(menu.isVisible)
        QTest.keyClick(menu, _underlined(action.text()))

    def choose_from(self, name: str, command: str) -> None:
        """Press the button, then arrows until the command is marked, and Enter."""
        self.press(name)
        menu, action = self._menu_of(name, command)
        for _ in menu.actions():
            if menu.activeAction() is not action:
                QTest.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction() is action
        QTest.keyClick(menu, Qt.Key.Key_Return)

    def turn_to(self, name: str, tab: int) -> None:
        """Tab to the tabs, then to the right."""
        tabs = _tab_bar(self.see(name))
        self._tab_until(lambda: QApplication.focusWidget() is tabs, name)
        while tabs.currentIndex() != tab:
            self.key(Qt.Key.Key_Right if tabs.currentIndex() < tab else Qt.Key.Key_Left)

    def answer(self, numbers: list[int]) -> None:
        """Press the digits of the options, then Enter."""
        for number in numbers:
            self.key(Qt.Key(Qt.Key.Key_0 + number))
        self.key(Qt.Key.Key_Return)

    def step_back(self) -> None:
        """Press Backspace."""
        self.key(Qt.Key.Key_Backspace)

    def save_as(self, file: str) -> None:
        """Type at once: the field has the focus."""
        dialog = self.see("saveFileDialog")
        self.wait_until(lambda: QApplication.activeWindow() is dialog)
        self.write("fileNameEdit", file)
        self.key(Qt.Key.Key_Return)

    def tab_to(self, name: str) -> None:
        """Press Tab until a control has the focus; within a group of radio buttons, arrows lead on."""
        wanted = self.see(name)

        def is_there() -> bool:
            focused = QApplication.focusWidget()
            return focused is wanted or _are_one_group(focused, wanted)

        self._tab_until(is_there, name)
        while QApplication.focusWidget() is not wanted:
            self.key(Qt.Key.Key_Down)

    def _tab_until(self, is_there: Callable[[], bool], name: str) -> None:
        for _ in range(MOST_TABS):
            if is_there():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reached {name}")


def _focused(window: MainWindow) -> QWidget:
    return QApplication.focusWidget() or window


def _rows(model: QAbstractItemModel) -> list[QModelIndex]:
    """Return the rows of a model in the order shown, with the rows within them."""
    found: list[QModelIndex] = []

    def add_below(parent: QModelIndex) -> None:
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            found.append(index)
            add_below(index)

    add_below(QModelIndex())
    return found


def _words(row: QModelIndex) -> str:
    """Return the longest words of a row: what it is about."""
    columns = row.model().columnCount(row.parent())
    return max((str(row.siblingAtColumn(column).data() or "") for column in range(columns)), key=len)


def _in_widest_column(view: QAbstractItemView, row: QModelIndex) -> QModelIndex:
    columns = (row.siblingAtColumn(column) for column in range(row.model().columnCount(row.parent())))
    return max(columns, key=lambda index: view.visualRect(index).width())


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _in_window(widget: QWidget, place: QPoint) -> QPoint:
    return widget.mapTo(widget.window(), place)


def _menu(entry: QAction) -> QMenu:
    menu = entry.menu()
    assert isinstance(menu, QMenu)
    return menu


def _underlined(text: str) -> Qt.Key:
    letter = text[text.index("&") + 1]
    return Qt.Key(ord(letter.upper()))


def _tab_bar(tabs: QWidget) -> QTabBar:
    assert isinstance(tabs, QTabWidget)
    return tabs.tabBar()


def _are_one_group(focused: QWidget | None, wanted: QWidget) -> bool:
    if not isinstance(focused, QRadioButton) or not isinstance(wanted, QRadioButton):
        return False
    return focused.group() is not None and focused.group() is wanted.group()
