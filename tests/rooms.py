"""A classroom's license, as an instructor has it on a stick."""

from pathlib import Path

from dijipilot.domain.license import License, LicenseType
from dijipilot_vendor.publisher import Publisher
from tests.licenses import make_bearer_file, make_license, write

ROOM = "L-2026-000123"
SEATS = 40


def room_license(publisher: Publisher, opens: str = "pro-2026", **changes: object) -> License:
    """Return a license for forty computers of a college; opens: as in make_license."""
    room = {"type": LicenseType.CLASSROOM, "holder": "North Shore College", "seats": SEATS}
    return make_license(ROOM, opens, publisher, **{**room, **changes})


def write_room_file(file: Path, publisher: Publisher, opens: str = "pro-2026", **changes: object) -> Path:
    """Write the file of such a license, which opens without a code; return where it is."""
    return write(make_bearer_file(room_license(publisher, opens, **changes), publisher), file)
