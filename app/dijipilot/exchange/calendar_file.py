"""The roadmap as a calendar file (iCalendar, RFC 5545): one event a lesson, spread over the weeks to come."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dijipilot.domain.roadmap import Roadmap, RoadmapItem
from dijipilot.domain.roadmap_weeks import schedule
from dijipilot.errors import CouldNotSave
from dijipilot.messages import message

_MAX_OCTETS = 75


def to_calendar(roadmap: Roadmap, calendar_name: str, owner: str, start: date, now: datetime) -> str:
    """Return the calendar as text with CRLF line ends.

    owner: an id of the learner; with the skill it makes an event's UID, so that importing the file again moves events
    rather than doubling them. Events last a whole day and leave the day free: a lesson is no appointment.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//DijiPilot Academy//Roadmap//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escape(calendar_name)}")
    for day, item in schedule(roadmap, start):
        lines.extend(_event(day, item, owner, now))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def write_calendar(file: Path, roadmap: Roadmap, calendar_name: str, owner: str, start: date, now: datetime) -> None:
    """Write the calendar to a file. Raises CouldNotSave."""
    try:
        file.write_bytes(to_calendar(roadmap, calendar_name, owner, start, now).encode())
    except OSError as error:
        raise CouldNotSave(message("export.could_not_write", file=str(file), cause=error.strerror or "")) from error


def _event(day: date, item: RoadmapItem, owner: str, now: datetime) -> Sequence[str]:
    why = ". ".join(reason.english() for reason in item.why)
    return (
        "BEGIN:VEVENT",
        f"UID:{item.skill}.{owner}@academy.dijipilot",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(f'{item.lesson} {item.title}')}",
        f"DESCRIPTION:{_escape(f'About {item.minutes} minutes. {why}.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _escape(text: str) -> str:
    """Return text as a property value: backslash, semicolon, comma and line end are marked."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(marked.splitlines())


def _fold(line: str) -> Iterator[str]:
    """Yield the line in parts of at most 75 octets of UTF-8, each further one begun by a space; no letter is cut."""
    part, octets = "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > _MAX_OCTETS:
            yield part
            part, octets = " ", 1
        part += letter
        octets += size
    yield part
