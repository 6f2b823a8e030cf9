"""A profile file is read as it was written, and its frame is checked before anything else."""

import json
from pathlib import Path

import pytest

from dijipilot.errors import BadInput
from dijipilot.exchange.profile_file import read_profile_file, write_profile_file

RECORDS: dict[str, object] = {
    "schema": 1,
    "profile": {"id": "p1", "name": "Ayşe", "created_at": "2026-11-23T12:00:00+00:00"},
    "settings": {"theme": "dark"},
    "records": {"note": [{"id": "n1", "text": "“Ask” İpek"}]},
}


def test_a_profile_comes_back_as_it_was(tmp_path: Path) -> None:
    write_profile_file(tmp_path / "a.djprofile", RECORDS)

    assert read_profile_file(tmp_path / "a.djprofile") == RECORDS


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("schema", 0, "schema must be a whole number"),
        ("profile", [], r"profile must be an object"),
        ("settings", {"theme": None}, r"settings\.theme must be a text"),
        ("records", {"note": {}}, r"records\.note must be a list"),
        ("records", {"note": ["n1"]}, r"records\.note\[0\] must be an object"),
    ],
)
def test_a_broken_frame_is_named_by_field(tmp_path: Path, part: str, value: object, told: str) -> None:
    write_profile_file(tmp_path / "a.djprofile", RECORDS | {part: value})

    with pytest.raises(BadInput, match=told):
        read_profile_file(tmp_path / "a.djprofile")


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    write_profile_file(tmp_path / "a.djprofile", RECORDS)
    document = json.loads((tmp_path / "a.djprofile").read_text("utf-8"))
    del document["records"]
    (tmp_path / "a.djprofile").write_text(json.dumps(document), "utf-8")

    with pytest.raises(BadInput, match="records is missing"):
        read_profile_file(tmp_path / "a.djprofile")
