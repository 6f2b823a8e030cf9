"""JSON from elsewhere is checked field by field, and an error says where."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dijipilot.errors import BadInput, CouldNotSave
from dijipilot.exchange.json_fields import JsonField, read_document, write_document


def field(value: object) -> JsonField:
    return JsonField(Path("in.json"), "notes[2].text", value)


def written(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "in.json"
    file.write_bytes(content)
    return file


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_document(tmp_path / "in.json", "kind", 2, {"name": "Ayşe"})

    assert read_document(tmp_path / "in.json", "kind", 2).member("name").text() == "Ayşe"
    assert [path.name for path in tmp_path.glob("in.json*")] == ["in.json"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1"),
        (b'{"format": ', "line 1"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "holds what no file of ours does"),
        (b'{"format": "kind", "version": NaN}', "holds what no file of ours does"),
        (b"[]", "not of the kind “kind”"),
        (b'{"format": "other", "version": 1}', "not of the kind “kind”"),
        (b'{"format": "kind", "version": 9}', "newer version"),
        (b'{"format": "kind"}', "version is missing"),
        (b'{"format": "kind", "version": "1"}', "version must be a whole number"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_document(written(tmp_path, content), "kind", 2)


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    content = json.dumps({"format": "kind", "version": 1, "padding": "x" * 2000}).encode()

    with pytest.raises(BadInput, match="larger than"):
        read_document(written(tmp_path, content), "kind", 1, max_bytes=1000)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.json cannot be read"):
        read_document(tmp_path / "none.json", "kind", 1)


def test_a_wrong_field_is_named_with_what_is_expected() -> None:
    with pytest.raises(BadInput, match=r"in\.json: notes\[2\]\.text must be a text of at most 3 characters"):
        field("four").text(3)
    with pytest.raises(BadInput, match=r"notes\[2\]\.text\.id is missing"):
        field({}).member("id")
    with pytest.raises(BadInput, match=r"notes\[2\]\.text\[1\] must be true or false"):
        field([True, 1]).elements()[1].flag()


@pytest.mark.parametrize("text", ["nul \0 inside", "half a pair \ud800", 7, None])
def test_texts_that_cannot_be_kept_are_refused(text: object) -> None:
    with pytest.raises(BadInput):
        field(text).text()


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-23T12:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_needs_its_zone(text: str) -> None:
    with pytest.raises(BadInput, match="a time with its zone"):
        field(text).moment()


def test_a_time_is_read_in_utc() -> None:
    assert field("2026-11-23T14:00:00+03:00").moment() == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert field(None).optional_moment() is None


@pytest.mark.parametrize("value", [True, "1", 1.5, -1, 11, 10**400])
def test_numbers_have_their_kind_and_range(value: object) -> None:
    with pytest.raises(BadInput, match="a whole number from 0 to 10"):
        field(value).whole_number(0, 10)


def test_numbers_and_choices_are_read() -> None:
    assert field(3).whole_number(0, 10) == 3
    assert field(3).number(0, 10) == 3.0
    assert field(None).optional_number(0, 1) is None
    assert field("a").choice({"a", "b"}) == "a"
    with pytest.raises(BadInput, match="one of a, b"):
        field("c").choice({"a", "b"})


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(CouldNotSave):
        write_document(tmp_path / "no-such-folder" / "out.json", "kind", 1, {})
