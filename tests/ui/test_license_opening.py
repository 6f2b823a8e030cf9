"""A license file that is opened with a double click: the window comes up and has it activated."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.errors import AnotherInstanceWrites
from dijipilot.messages import message
from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow
from dijipilot.ui.tasks import Tasks
from dijipilot.ui.theme import Theme
from dijipilot.ui.window_state import WindowState
from tests.licenses import make_bearer_file, make_license, write
from tests.ui.finding import find
from tests.ui.immediate import ImmediateExecutor
from tests.ui.small_shop import SmallShop, press, settle, words

ROOM = make_license("L-2026-000200", "pro-2026 pro-2027", holder="North Shore College", seats=40)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallShop:
    """Return a home without any license."""
    made = SmallShop(UserPaths(tmp_path / "small"), tmp_path, monkeypatch)
    made.ship()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a license file that opens everything."""
    return write(make_bearer_file(ROOM), tmp_path / "room4.djlicense")


class Opening:
    """How the window is opened with a file: may_open says whether the academy can be."""

    def __init__(self, shop: SmallShop, theme: Theme, file: Path, qtbot: QtBot) -> None:
        self.may_open = True
        self._paths = shop.paths
        tasks = Tasks(ImmediateExecutor(), ImmediateExecutor())
        self.window = MainWindow(
            self._open, lambda: (tasks, theme), WindowState(shop.paths.window_state), license_file=file
        )
        qtbot.addWidget(self.window)

    def _open(self) -> Academy:
        if not self.may_open:
            raise AnotherInstanceWrites(message("storage.another_instance", home=str(self._paths.home)))
        return open_academy(self._paths, for_writing=True)

    def show(self, qtbot: QtBot) -> MainWindow:
        """Show it until something else than its opening is seen."""
        self.window.show()
        qtbot.waitUntil(lambda: self.window.content.currentWidget() is not self.window.opening)
        settle()
        return self.window


def test_the_window_opens_on_the_license_page_with_the_file_activated(
    shop: SmallShop, theme: Theme, file: Path, qtbot: QtBot
) -> None:
    shop.enroll()

    window = Opening(shop, theme, file, qtbot).show(qtbot)

    assert window.pages.target() == "licenses"
    assert words(window, "licenseOutcome").startswith("Academy Pro unlocked")
    assert window.academy is not None
    assert [held.license.id for held in window.academy.licenses.held()] == [ROOM.id]
    window.close()


def test_a_newcomer_gives_a_name_first(shop: SmallShop, theme: Theme, file: Path, qtbot: QtBot) -> None:
    window = Opening(shop, theme, file, qtbot).show(qtbot)
    assert window.academy is not None
    assert window.academy.licenses.held() == ()

    window.workspace.name_given.emit("Ada", "")
    settle()

    assert window.pages.target() == "licenses"
    assert [held.license.id for held in window.academy.licenses.held()] == [ROOM.id]
    window.close()


def test_beside_an_open_window_the_second_says_what_to_do_and_can_try_again(
    shop: SmallShop, theme: Theme, file: Path, qtbot: QtBot
) -> None:
    shop.enroll()
    opening = Opening(shop, theme, file, qtbot)
    opening.may_open = False

    window = opening.show(qtbot)
    told = find(window, QLabel, "problemText").text()
    assert "Close the other one" in told
    assert "Or give the license to the window that is open: drop the file on it." in told
    opening.may_open = True
    find(window, QPushButton, "retryButton").click()
    settle()

    assert words(window, "licenseOutcome").startswith("Academy Pro unlocked")
    press(window, "activateAnotherButton")
    window.close()
