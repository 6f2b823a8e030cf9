"""The search of the disk finds what was planted, wherever and however, and nothing else."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from dijipilot.content.folding import fold
from dijipilot.content.plain_text import plain_text
from tests import builders
from tests.licensing import disk_search
from tests.licensing.disk_search import (
    WINDOW,
    SecretText,
    find_on_disk,
    public_of,
    secret_of_lesson,
    secret_of_question,
)

SECRET = "Note the **hold**: the provider charges you at release, and an hour later the printing may begin."
OTHER = "Ten posts of strangers who say what they miss — in their own words, not in yours — make a niche."
PUBLIC = "You can say until when an order can be changed: the provider charges you at release."


def found_words(*paths: Path) -> set[str]:
    return {leak.words for leak in find_on_disk([SECRET, OTHER], paths)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("before", [0, 1, 2, 3, 7, 8, 9, 23, 4095])
def test_every_window_of_a_planted_text_is_found(tmp_path: Path, encoding: str, before: int) -> None:
    (tmp_path / "below").mkdir()
    file = tmp_path / "below" / "planted.bin"
    file.write_bytes(b"\x01" * before + SECRET.encode(encoding) + b"\x02" * 11)

    leaks = find_on_disk([OTHER, SECRET], [tmp_path])

    width = len("a".encode(encoding))
    assert [leak.at for leak in leaks] == [before + width * at for at in range(len(SECRET) - WINDOW + 1)]
    assert [leak.words for leak in leaks] == [SECRET[at : at + WINDOW] for at in range(len(SECRET) - WINDOW + 1)]
    assert {leak.file for leak in leaks} == {file}


def test_a_single_window_is_found_and_one_letter_less_is_not(tmp_path: Path) -> None:
    (tmp_path / "window").write_text(f"x{SECRET[30 : 30 + WINDOW]}x", encoding="utf-8")
    (tmp_path / "less").write_text(f"x{SECRET[30 : 29 + WINDOW]}x", encoding="utf-8")

    assert [leak.file.name for leak in find_on_disk([SECRET], [tmp_path])] == ["window"]


@pytest.mark.parametrize("planted", [SECRET, plain_text(SECRET), fold(plain_text(SECRET)), OTHER])
def test_markdown_plain_words_and_folded_words_are_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "a.log").write_text(f"INFO: {planted}\n", encoding="utf-8")

    starts = {leak.at for leak in find_on_disk([SECRET, OTHER], [tmp_path])}

    assert starts == set(range(len("INFO: "), len("INFO: ") + len(planted.encode()) - WINDOW + 1))


def test_windows_of_public_text_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "public").write_text(PUBLIC, encoding="utf-8")
    assert find_on_disk([SECRET], [tmp_path]) != []

    assert find_on_disk([SECRET], [tmp_path], [PUBLIC]) == []

    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    words = {leak.words for leak in find_on_disk([SECRET], [tmp_path], [PUBLIC])}
    assert "and an hour later the pr" in words
    assert "e provider charges you a" not in words


def test_what_stands_in_two_texts_one_after_the_other_is_no_window(tmp_path: Path) -> None:
    (tmp_path / "both").write_bytes(b"short one\xef\xbf\xbfshort two, also short")

    assert find_on_disk(["short one", "short two, also short"], [tmp_path]) == []


def test_a_database_is_looked_through(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "progress.db")) as connection:
        connection.execute("CREATE TABLE kept (text TEXT)")
        connection.execute("INSERT INTO kept VALUES (?)", (OTHER,))
        connection.commit()

    assert "strangers who say what t" in found_words(tmp_path)


def test_a_text_beside_the_pixels_of_a_picture_is_found(tmp_path: Path) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    # In Latin letters and beyond them: two kinds of text in the file.
    for name, text in (("latin.png", SECRET), ("letters.png", OTHER)):
        image.setText("title", text * 3)
        image.save(str(tmp_path / name))
        assert text.encode() not in (tmp_path / name).read_bytes()

    assert {SECRET[-WINDOW:], "own words, not in yours "} <= found_words(tmp_path)


def test_what_an_archive_holds_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "app.whl", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lessons.txt", SECRET * 10)

    assert SECRET[-WINDOW:] in found_words(tmp_path / "app.whl")


def test_a_window_across_two_pieces_of_a_large_file_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_search, "CHUNK", 100)
    file = tmp_path / "large"
    for before in range(40, 110, 7):
        file.write_bytes(b"\n" * before + SECRET.encode() + b"\n" * 300)

        found = sorted(leak.at for leak in find_on_disk([SECRET], [file]))

        assert found == [before + at for at in range(len(SECRET) - WINDOW + 1)]


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "short").write_bytes(b"Note")
    (tmp_path / "random").write_bytes(bytes(range(256)) * 2000)

    assert find_on_disk([SECRET, OTHER], [tmp_path]) == []
    assert find_on_disk([], [tmp_path]) == []


def test_everything_of_a_lesson_but_its_ids_is_secret_and_what_is_public_is_not() -> None:
    content = builders.small_content()
    text = next(iter(content.text_by_skill.values()))
    secret = [*secret_of_lesson(text)]
    for questions in content.questions_by_mission.values():
        secret += [part for question in questions for part in secret_of_question(question)]
    public = [*public_of(content.curriculum, content.glossary)]

    assert {section.markdown for section in text.sections} <= set(secret)
    assert {option.explanation for question in text.check for option in question.options} <= set(secret)
    assert {lesson.can_do for lesson in content.curriculum.lessons} <= set(public)
    assert SecretText(public, public).count == 0
