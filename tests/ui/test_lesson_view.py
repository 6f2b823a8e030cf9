"""Text of a pack reads no file, opens no address, and is shown whole."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from dijipilot.ui.widgets.lesson_view import LessonView


def view_of(markdown: str, qtbot: QtBot) -> LessonView:
    view = LessonView("Text", None)
    qtbot.addWidget(view)
    view.resize(400, 200)
    view.show_markdown(markdown)
    return view


def test_a_picture_on_the_disk_is_not_read(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "secret.png"
    QImage(300, 300, QImage.Format.Format_RGB32).save(str(picture))

    view = view_of(f"Before\n\n![]({picture.as_uri()}) <img src='{picture}'>\n\nAfter", qtbot)
    view.show()

    assert view.loadResource(QTextDocument.ResourceType.ImageResource, QUrl(picture.as_uri())) is None
    assert view.heightForWidth(400) < 300


def test_a_link_is_told_and_not_followed(qtbot: QtBot) -> None:
    view = view_of("[lesson 2.5.1.1](lesson:2.5.1.1)", qtbot)

    with qtbot.waitSignal(view.link_clicked) as told:
        view.anchorClicked.emit(QUrl("lesson:2.5.1.1"))

    assert told.args == ["lesson:2.5.1.1"]
    assert not view.openLinks()
    assert view.toPlainText() == "lesson 2.5.1.1"


def test_a_narrower_column_is_taller(qtbot: QtBot) -> None:
    view = view_of("word " * 200, qtbot)

    assert view.heightForWidth(200) > view.heightForWidth(600) > 0


def test_asking_for_the_height_at_another_width_leaves_what_is_shown_as_it_is(qtbot: QtBot) -> None:
    view = view_of("Words that go on and on. " * 30, qtbot)
    view.show()
    shown = view.document().textWidth()

    narrow, wide = view.heightForWidth(200), view.heightForWidth(900)

    assert narrow > wide
    assert view.document().textWidth() == shown
