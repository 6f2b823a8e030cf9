"""A whole profile as one file, to carry to another computer or to keep."""

from collections.abc import Mapping
from pathlib import Path

from dijipilot.exchange.json_fields import read_document, write_document

FORMAT = "dijipilot-profile"
VERSION = 1

_PARTS = ("schema", "profile", "settings", "records")


def write_profile_file(file: Path, records: Mapping[str, object]) -> None:
    """Write a .djprofile file: whole or not at all. Raises CouldNotSave."""
    write_document(file, FORMAT, VERSION, {part: records[part] for part in _PARTS})


def read_profile_file(file: Path) -> Mapping[str, object]:
    """Return what write_profile_file was given. Raises BadInput when the file is too large or not of this kind.

    Only the frame is checked here: that each part is there and of its kind. What is in the parts is checked, row by
    row and value by value, before any of it is imported.
    """
    root = read_document(file, FORMAT, VERSION)
    root.member("schema").whole_number(1, 1_000_000)
    identity = root.member("profile")
    for name in ("id", "name", "created_at"):
        identity.member(name).text()
    for value in root.member("settings").members().values():
        value.text(1_000_000)
    for table in root.member("records").members().values():
        for row in table.elements():
            row.members()
    return {part: root.member(part).value for part in _PARTS}
