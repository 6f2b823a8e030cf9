"""Times as the database keeps them: text in UTC with microseconds, which sorts as time does and is never naive."""

from datetime import UTC, datetime


def to_text(moment: datetime) -> str:
    """Return the moment in UTC, always 32 characters long. Raises ValueError when its zone is unknown."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be kept")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Return the moment, in UTC. Raises ValueError for anything that is not a time with a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text!r}")
    return moment.astimezone(UTC)


def to_file_name(moment: datetime) -> str:
    """Return the moment in UTC as part of a file name; sorts as time does and holds no colon, which Windows refuses."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")


def from_file_name(text: str) -> datetime:
    """Return the moment that to_file_name wrote. Raises ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H%M%S.%fZ").replace(tzinfo=UTC)
