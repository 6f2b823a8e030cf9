"""Who a classroom's license was activated for: a table beside the license file, for the instructor alone."""

from datetime import date
from pathlib import Path

from dijipilot.errors import CouldNotSave
from dijipilot.exchange.csv_files import to_csv
from dijipilot.messages import message

ROSTER = "roster.csv"
COLUMNS = ("name", "date")
MAX_NAME_LENGTH = 200


def append_to_roster(file: Path, name: str, day: date | None) -> None:
    """Add a name and a day to a roster, which is made where there is none. Raises CouldNotSave."""
    shown = " ".join(name.split())[:MAX_NAME_LENGTH]
    table = to_csv(COLUMNS, [(shown, day.isoformat() if day else None)])
    try:
        if file.exists() and not file.is_file():
            # Opening a pipe would wait for whoever never reads.
            raise OSError("it is no file")
        is_new = not file.exists() or file.stat().st_size == 0
        row = table if is_new else _start_of_line(file) + table.split("\r\n", 1)[1]
        with file.open("ab") as stream:
            stream.write(row.encode("utf-8-sig" if is_new else "utf-8"))
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise CouldNotSave(message("license.roster_unwritable", file=str(file), cause=cause)) from error


def _start_of_line(file: Path) -> str:
    """Return what has to come first where somebody's editor left the last line open."""
    with file.open("rb") as stream:
        stream.seek(-1, 2)
        return "" if stream.read(1) == b"\n" else "\r\n"
