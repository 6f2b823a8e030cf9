"""A window over a small sealed pack of a publisher whom only tests trust: whatever a license can do can be had."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from dijipilot import bootstrap
from dijipilot.bootstrap import open_academy
from dijipilot.domain.ids import SkillId
from dijipilot.paths import UserPaths
from dijipilot.ui.widgets import notice_bar
from dijipilot.ui.widgets.code_field import CodeField
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import LiveLicense
from dijipilot_vendor.sealing import Release
from tests import builders
from tests.licenses import make_license, on_card
from tests.packs import BUILT, PUBLISHER, shipped, write_sealed_pack

BUYER, COSTS = SkillId("niche.buyer"), SkillId("price.cost-stack")
"""The two lessons that are written; both are sealed, the first is of 2026, the second of 2027."""

SETTLING = 5
STOCK = (on_card(1, make_license(holder="Mara Quill", seats=3)),)
"""What the pack knows: a card for what was published in 2026."""


class SmallShop:
    """One home, and the pack that its windows open."""

    def __init__(self, paths: UserPaths, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths = paths
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._packs = 0

    def ship(
        self, licenses: Sequence[LiveLicense] = STOCK, publisher: Publisher = PUBLISHER, sold: str = "1.1.1 1.1.2"
    ) -> None:
        """Have windows open another pack from now on. sold: the missions that are sealed."""
        self._packs += 1
        content = builders.small_content(sold=sold, published={COSTS: "2027-02-01"})
        release = Release(self._packs, self._packs, BUILT)
        file = write_sealed_pack(content, self._folder / f"{self._packs}.djpack", licenses, release, publisher)
        self._monkeypatch.setattr(bootstrap, "shipped", lambda: shipped(file))

    def enroll(self) -> None:
        """Have a learner there, so that no window asks for a name."""
        academy = open_academy(self.paths, for_writing=True)
        academy.profiles.choose("Ada")
        academy.close()


def visible(root: QWidget, name: str) -> QWidget:
    """Return the visible widget of an object name, in the window or a dialog above it."""
    for top in (root, *QApplication.topLevelWidgets()):
        for each in top.findChildren(QWidget, name):
            if each.isVisible():
                return each
    raise AssertionError(f"no {name} is seen")


def is_seen(root: QWidget, name: str) -> bool:
    """Tell whether a widget of this object name is visible."""
    return any(each.isVisible() for each in root.findChildren(QWidget, name))


def settle() -> None:
    """Let pages show what is true: they refresh a moment later, and what they build anew is shown by another event."""
    for _ in range(SETTLING):
        QApplication.processEvents()


def press(window: QWidget, name: str) -> None:
    """Press a button."""
    button = visible(window, name)
    assert isinstance(button, QAbstractButton)
    button.click()
    settle()


def field_of(window: QWidget) -> CodeField:
    """Return the field for a license."""
    field = visible(window, "licenseField")
    assert isinstance(field, CodeField)
    return field


def submit(window: QWidget, text: str) -> None:
    """Put a text into the field in place of what stands there, and press Enter."""
    field = field_of(window)
    field.selectAll()
    field.textCursor().removeSelectedText()
    field.show_text(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def words(window: QWidget, name: str) -> str:
    """Return what a visible label says."""
    label = visible(window, name)
    assert isinstance(label, QLabel)
    return label.accessibleName() or label.text()


def visible_text(root: QWidget) -> str:
    """Return all words that are seen, a line for each label and button."""
    shown = [each for each in root.findChildren(QWidget) if each.isVisible()]
    lines = [each.text() for each in shown if isinstance(each, QLabel | QAbstractButton)]
    return "\n".join(line.replace("&", "") for line in lines if line)


def hear(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows by everything screen readers are told from now on."""
    heard: list[str] = []

    class Ear:
        @staticmethod
        def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:
            heard.append(event.message())

    monkeypatch.setattr(notice_bar, "QAccessible", Ear)
    return heard
