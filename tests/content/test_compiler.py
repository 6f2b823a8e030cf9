"""The same content makes the same bytes, and the body holds all of it."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dijipilot.content.body_format import APPLICATION_ID, FORMAT_VERSION
from dijipilot.content.compiler import compile_body, content_id, write_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot.errors import CouldNotSave
from tests.content.mini_curriculum import MISSION, change, write_mini_curriculum


def body_of(sources: Path) -> bytes:
    return compile_body(assemble(load_sources(sources)))


def test_the_same_sources_make_the_same_bytes_in_any_order_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = body_of(write_mini_curriculum(tmp_path / "one"))
    elsewhere = write_mini_curriculum(tmp_path / "deeper" / "two", is_reversed=True)
    glob = Path.rglob

    def backwards(folder: Path, pattern: str) -> Iterator[Path]:
        return iter(sorted(glob(folder, pattern), reverse=True))

    monkeypatch.setattr(Path, "rglob", backwards)

    assert hashlib.sha256(body_of(elsewhere)).digest() == hashlib.sha256(first).digest()


def test_another_word_makes_another_pack_id(sources: Path) -> None:
    before = content_id(assemble(load_sources(sources)))
    change(sources, MISSION, "The near answer", "The next answer")

    assert content_id(assemble(load_sources(sources))) != before


def test_the_body_names_its_kind_and_version_and_is_sound(sources: Path, tmp_path: Path) -> None:
    path = tmp_path / "mini.djbody"
    write_body(body_of(sources), path)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT_VERSION,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO found (found) VALUES ('integrity-check')")
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (21 + 2 + 2,)


def test_the_text_of_a_draft_is_not_in_the_body(sources: Path) -> None:
    change(sources, "1-start/1.1-first-steps/1.1.2.yaml", "status: draft\n", "status: draft\n    why: zzunfinishedzz\n")

    assert b"zzunfinishedzz" not in body_of(sources)


def test_a_body_replaces_an_older_one_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mini.djbody"
    write_body(b"one", path)
    write_body(b"two", path)

    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_body_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(CouldNotSave, match="could not be written"):
        write_body(b"one", tmp_path / "file" / "mini.djbody")
