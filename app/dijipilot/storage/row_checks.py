"""Tells whether a row is one the app can read: before it is written, and when a file is checked, repaired or imported.

What is written must pass, or the next start would take the file for damaged. A migration that adds a column which is
no text, or may be missing, names it here.
"""

import json
import math
from collections.abc import Mapping

from dijipilot.storage import moments

MAXIMAL_ID_LENGTH = 200
MAXIMAL_TEXT_LENGTH = 1_000_000
_MAXIMAL_INTEGER = 2**63 - 1

_TIMES = {"at", "ordered_at", "created_at", "removed_at"}
_LONG_TEXTS = {"text", "value", "shown", "chosen", "verdicts"}
_MAY_BE_MISSING = {"removed_at", "assessment", "response_seconds"}
_INTEGERS = {"sequence", "version", "seed", "is_not_sure"}
_REALS = {"budget_seconds", "seconds", "expected_seconds", "response_seconds"}


def find_problem(table: str, row: Mapping[str, object]) -> str | None:
    """Return what is wrong with a row, in a few words, or None when all its values are of their kinds."""
    for column, value in row.items():
        if value is None:
            allowed = column in _MAY_BE_MISSING and (column != "assessment" or table == "answer")
            problem = None if allowed else "is missing"
        elif column in _INTEGERS:
            problem = _problem_of_integer(value)
        elif column in _REALS:
            problem = _problem_of_real(value)
        else:
            problem = _problem_of_text(column, value)
        if problem is not None:
            return f"{column} {problem}"
    return None


def refuse_unreadable(table: str, row: Mapping[str, object]) -> None:
    """Raise ValueError for a row that could not be read back."""
    problem = find_problem(table, row)
    if problem is not None:
        raise ValueError(f"{table} {row.get('id', '')}: {problem}")


def _problem_of_integer(value: object) -> str | None:
    is_integer = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MAXIMAL_INTEGER
    return None if is_integer else "is not a whole number in range"


def _problem_of_real(value: object) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0:
        return None
    return "is not a number of seconds"


def _problem_of_text(column: str, value: object) -> str | None:
    if not isinstance(value, str):
        return "is not a text"
    if len(value) > (MAXIMAL_TEXT_LENGTH if column in _LONG_TEXTS else MAXIMAL_ID_LENGTH):
        return "is too long"
    if column in _TIMES:
        return _problem_of_time(value)
    if column in ("shown", "chosen"):
        return _problem_of_list(value)
    if column == "verdicts":
        return _problem_of_verdicts(value)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return "holds half a character"
    return None


def _problem_of_time(value: str) -> str | None:
    try:
        return None if moments.to_text(moments.from_text(value)) == value else "is not a time as the app writes it"
    except (ValueError, OverflowError):
        return "is not a time"


def _problem_of_list(value: str) -> str | None:
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return "is not a list"
    is_list = isinstance(parsed, list) and all(isinstance(each, str) for each in parsed)
    return None if is_list else "is not a list of ids"


def _problem_of_verdicts(value: str) -> str | None:
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return "are not verdicts"
    is_mapping = isinstance(parsed, dict) and all(
        isinstance(each, list)
        and len(each) == 2
        and isinstance(each[0], int | float)
        and 0 <= each[0] <= 1
        and isinstance(each[1], str)
        for each in parsed.values()
    )
    return None if is_mapping else "are not verdicts"
