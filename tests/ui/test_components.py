"""The recurring pieces: they say in words what they show, follow the look, and grow with the text."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dijipilot import paths
from dijipilot.domain.skill_state import SkillState
from dijipilot.ui.icons import grown, icon, usual_side
from dijipilot.ui.look import Scheme
from dijipilot.ui.theme import Theme
from dijipilot.ui.tokens import DARK, LIGHT
from dijipilot.ui.widgets.badge import ICON_BY_TONE, Badge
from dijipilot.ui.widgets.buttons import button
from dijipilot.ui.widgets.card import Card
from dijipilot.ui.widgets.chip_row import ChipRow
from dijipilot.ui.widgets.fold import Fold
from dijipilot.ui.widgets.icon_label import IconLabel
from dijipilot.ui.widgets.notice_bar import NoticeBar
from dijipilot.ui.widgets.progress_ring import ProgressRing
from dijipilot.ui.widgets.state_mark import StateMark

Show = Callable[[QWidget], None]
ICONS = sorted(file.stem for file in (paths.resources_folder() / "icons").glob("*.svg"))


def colors_in(picture: QImage) -> set[str]:
    """Return the colors of all pixels that are not see-through."""
    pixels = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {color.name() for color in pixels if color.alpha() == 255}


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> Iterator[Show]:
    """Return a function that shows a widget in a window which asks for no size: the screen of tests has none."""
    windows: list[QMainWindow] = []

    def show(widget: QWidget) -> None:
        window = QMainWindow()
        windows.append(window)
        window.resize(400, 300)
        window.setCentralWidget(QWidget(window))
        widget.setParent(window.centralWidget())
        widget.show()
        with qtbot.waitExposed(window):
            window.show()

    yield show
    for window in windows:
        window.close()


@pytest.mark.parametrize(
    ("done", "whole", "percent"),
    [(0, 0, 0), (0, 5, 0), (3, 5, 60), (1, 1000, 1), (999, 1000, 99), (5, 5, 100)],
)
def test_a_ring_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(
    done: int, whole: int, percent: int, qtbot: QtBot, theme: Theme
) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)

    ring.show_progress(done, whole, "so many")

    assert ring.percent == percent


def test_a_ring_says_its_numbers_in_words(qtbot: QtBot, theme: Theme) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)

    ring.show_progress(3, 5, "3 of 5 steps done")

    assert ring.accessibleName() == "3 of 5 steps done"
    assert ring.toolTip() == "3 of 5 steps done"


def test_a_ring_refuses_more_than_the_whole(qtbot: QtBot, theme: Theme) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)

    with pytest.raises(ValueError, match="6 of 5"):
        ring.show_progress(6, 5, "")


def test_a_ring_fills_clockwise_from_the_top(qtbot: QtBot, theme: Theme) -> None:
    ring = ProgressRing()
    qtbot.addWidget(ring)
    ring.resize(100, 100)
    ring.show_progress(1, 4, "1 of 4")

    picture = ring.grab().toImage()

    right_above, left_above = picture.pixelColor(78, 22), picture.pixelColor(22, 22)
    assert right_above.name() == LIGHT.accent
    assert left_above.name() == LIGHT.line


@pytest.mark.parametrize("tone", [tone for tone in ICON_BY_TONE if tone])
def test_a_badge_tells_its_tone_by_shape_too(tone: str, shown: Show) -> None:
    badge = Badge("Due for review", tone)
    shown(badge)

    mark = badge.findChild(IconLabel)

    assert mark is not None
    assert mark.isVisible()
    assert mark.name == ICON_BY_TONE[tone]
    assert len({*ICON_BY_TONE.values()}) == len(ICON_BY_TONE)
    assert badge.accessibleName() == badge.text == "Due for review"


def test_an_icon_takes_the_color_of_the_words_beside_it(theme: Theme, shown: Show) -> None:
    badge = Badge("Right", "good")
    shown(badge)

    for scheme, colors in ((Scheme.LIGHT, LIGHT), (Scheme.DARK, DARK)):
        theme.dress(scheme)
        mark = badge.findChild(IconLabel)
        assert mark is not None
        assert colors.good in colors_in(mark.pixmap().toImage())


@pytest.mark.parametrize(
    ("tone", "sign"), [("accent", "info"), ("good", "done"), ("caution", "warning"), ("bad", "wrong")]
)
def test_a_notice_tells_by_its_sign_what_kind_it_is(tone: str, sign: str, shown: Show) -> None:
    bar = NoticeBar()
    shown(bar)

    bar.show_notice("Something happened.", tone)

    mark = bar.findChild(IconLabel, "noticeIcon")
    assert mark is not None
    assert mark.name == sign


def test_chips_go_on_in_the_next_line(qtbot: QtBot, theme: Theme) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.show_chips((word, "") for word in ("In progress", "Beginner", "Launch", "15 min"))

    assert row.heightForWidth(150) > row.heightForWidth(800)


@pytest.mark.parametrize(
    "build",
    [lambda: StateMark(SkillState.MASTERED, LIGHT), ProgressRing, lambda: button("Go on", "goOnButton", list)],
    ids=["mark", "ring", "button"],
)
def test_pieces_grow_with_the_text_while_they_are_shown(
    build: Callable[[], QWidget], qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    piece = build()
    column.addWidget(piece)
    shown(window)
    usual = piece.sizeHint() if not piece.minimumSize().width() else piece.minimumSize()

    theme.dress(text_percent=200)

    def has_grown() -> None:
        now = piece.sizeHint() if not piece.minimumSize().width() else piece.minimumSize()
        assert now.height() > usual.height() * 1.4

    qtbot.waitUntil(has_grown)


def test_the_padding_of_a_card_grows_with_the_text(theme: Theme, shown: Show) -> None:
    card = Card()
    shown(card)
    usual = card.column.contentsMargins().left()

    theme.dress(text_percent=200)

    assert card.column.contentsMargins().left() == usual * 3 // 2


def test_the_ring_of_a_filled_button_can_be_seen(qtbot: QtBot, shown: Show) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    buttons = [button(name, f"{name}Button", list, window, "primary") for name in ("one", "two")]
    for each in buttons:
        column.addWidget(each)
    shown(window)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(buttons[0].hasFocus)

    pictures = [each.grab().toImage() for each in buttons]

    across = [[picture.pixelColor(x, picture.height() // 2).name() for x in range(2, 8)] for picture in pictures]
    assert LIGHT.on_accent in across[0]
    assert LIGHT.on_accent not in across[1]


@pytest.mark.parametrize("name", [name for name in ICONS if not name.endswith(("_dark", "_light")) and name != "app"])
def test_an_icon_is_drawn_in_the_color_asked_for_and_at_the_size_it_is_shown_in(
    name: str, qapp: QApplication, theme: Theme
) -> None:
    side = usual_side()

    drawn = icon(name, "#123456")

    picture = drawn.pixmap(QSize(side, side)).toImage()
    assert picture.size() == QSize(side, side)
    assert drawn.pixmap(QSize(side, side), 2.0).toImage().size() == QSize(2 * side, 2 * side)
    assert colors_in(picture) <= {"#123456"} or QColor("#123456").name() in colors_in(picture)
    assert any(picture.pixelColor(x, y).alpha() for x in range(side) for y in range(side))


def test_marks_are_as_large_as_the_text_asks(theme: Theme) -> None:
    usual = grown(16)

    theme.dress(text_percent=200)

    assert grown(16) == 2 * usual


def test_every_icon_that_is_not_ours_names_its_license() -> None:
    licenses = (paths.resources_folder() / "LICENSES.md").read_text(encoding="utf-8")
    ours = set(re.findall(r"`(?:icons/)?([\w*]+)\.svg`", licenses.partition("part of DijiPilot Academy")[0]))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in (paths.resources_folder() / "icons").glob("*.svg")}

    unnamed = [name for name, text in texts.items() if "@license lucide-static" not in text]

    assert [name for name in unnamed if name not in ours and f"{name.rsplit('_', 1)[0]}_*" not in ours] == []


def test_an_icon_label_without_an_icon_takes_no_room(shown: Show) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    mark, words = IconLabel("", window), QLabel("words", window)
    column.addWidget(mark)
    column.addWidget(words)
    shown(window)

    assert not mark.isVisible()
    assert words.isVisible()


def test_chips_ask_for_another_line_when_their_words_have_grown(qtbot: QtBot) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.show_chips([("Done", ""), ("Easy", "")])
    one_line = row.heightForWidth(160)

    row.findChildren(QLabel)[0].setText("Waiting for an answer")

    assert row.heightForWidth(160) > one_line


def test_what_is_folded_is_made_once_when_it_is_opened(qtbot: QtBot) -> None:
    made: list[QLabel] = []

    def make(parent: QWidget) -> QWidget:
        made.append(QLabel("Below", parent))
        return made[-1]

    fold = Fold("More", make, "moreFold")
    qtbot.addWidget(fold)
    assert not made

    for is_open in (True, False, True):
        fold.open(is_open)

    assert len(made) == 1
    assert not made[0].isHidden()
