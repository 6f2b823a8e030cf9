"""All records of one profile as plain data, and back: importing adds those that are not there yet, by id."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from dijipilot.domain.ids import ProfileId
from dijipilot.domain.records import ImportOutcome, Profile
from dijipilot.errors import BadInput, UsageProblem
from dijipilot.messages import message
from dijipilot.storage import moments
from dijipilot.storage.database import Database
from dijipilot.storage.migrations import latest_version
from dijipilot.storage.profiles import clean_name, free_name
from dijipilot.storage.row_checks import find_problem
from dijipilot.storage.tables import RECORD_TABLES, AssessmentRow, ProfileRow, RecordRow, SettingRow

ProfileRecords = dict[str, Any]
"""What a file can hold: {"schema", "profile": {...}, "settings": {key: value}, "records": {table: [row, ...]}}.

Any: it comes from a file and is checked here, value by value.
"""

_OF_THIS_FILE = {"sequence", "profile"}
"""Columns that are given anew when a record is imported."""


def export_profile(database: Database, profile: ProfileId) -> ProfileRecords:
    """Return all that is kept of a profile, oldest first. Raises UsageProblem when there is no such profile."""
    with database.reading() as reader:
        row = reader.row("SELECT id, name, created_at FROM profile WHERE id = ?", profile)
        if row is None:
            raise UsageProblem(message("storage.no_such_profile", profile=profile))
        settings = reader.rows("SELECT key, value FROM setting WHERE profile = ?", profile)
        return {
            "schema": latest_version(),
            "profile": dict(row),
            "settings": {setting["key"]: setting["value"] for setting in settings},
            "records": {
                name: [_without(dict(record), _OF_THIS_FILE) for record in reader.records(name, profile)]
                for name in (str(table.__tablename__) for table in RECORD_TABLES)
            },
        }


def _without(record: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    return {column: value for column, value in record.items() if column not in columns}


def import_profile(database: Database, records: Mapping[str, Any], name: str | None = None) -> ImportOutcome:
    """Add to the profile of the same id, new or not, all records that are not there yet, in one transaction.

    name: given to a profile that is new here, in the place of the one in the file. A removed profile comes back.
    Raises BadInput when any value is not of its kind, UsageProblem when the name is taken; then nothing was added.
    """
    checked = _Checked(records)
    with database.writing() as writer:
        session = writer.session
        profile, is_new = _profile_for(database, session, checked, name)
        _check_assessments(session, checked)
        before = _number_of_records(session, profile.id)
        for table in RECORD_TABLES:
            rows = [{**row, "profile": profile.id} for row in checked.rows_by_table[str(table.__tablename__)]]
            if rows:
                session.execute(insert(table).on_conflict_do_nothing(index_elements=["id"]), rows)
        settings = [{"profile": profile.id, "key": key, "value": value} for key, value in checked.settings.items()]
        if settings:
            session.execute(insert(SettingRow).on_conflict_do_nothing(), settings)
        added = _number_of_records(session, profile.id) - before
    return ImportOutcome(profile, added, is_new)


class _Checked:
    """The content of a file, each value of its kind."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        schema = records.get("schema")
        if not isinstance(schema, int) or schema < 1:
            raise _bad_profile("it names no schema")
        if schema > latest_version():
            raise BadInput(message("storage.newer_records"))
        self.profile = _checked_row("profile", 1, records.get("profile"), {"id", "name", "created_at"})
        self.settings = _checked_settings(records.get("settings"))
        tables = records.get("records")
        if not isinstance(tables, Mapping):
            raise _bad_profile("it holds no records")
        known = {str(table.__tablename__): table for table in RECORD_TABLES}
        for name in tables:
            if name not in known:
                raise _bad_profile(f"records of a kind this version does not know: {str(name)[:40]}")
        self.rows_by_table = {name: _checked_rows(name, table, tables.get(name, [])) for name, table in known.items()}


def _checked_settings(settings: object) -> dict[str, str]:
    if not isinstance(settings, Mapping):
        raise _bad_profile("it holds no settings")
    for number, (key, value) in enumerate(settings.items(), start=1):
        _checked_row("setting", number, {"key": key, "value": value}, {"key", "value"})
    return dict(settings)


def _checked_rows(name: str, table: type[RecordRow], rows: object) -> list[dict[str, Any]]:
    if not isinstance(rows, list):
        raise _bad_profile(f"{name} is not a list")
    columns = set(table.model_fields) - _OF_THIS_FILE
    return [_checked_row(name, number, row, columns) for number, row in enumerate(rows, start=1)]


def _checked_row(table: str, number: int, row: object, columns: set[str]) -> dict[str, Any]:
    if not isinstance(row, Mapping) or set(row) != columns:
        problem: str | None = "its fields are not those expected"
    else:
        problem = find_problem(table, row)
        if problem is None:
            return dict(row)
    raise BadInput(message("storage.bad_record", table=table, number=number, problem=problem or ""))


def _bad_profile(problem: str) -> BadInput:
    return BadInput(message("storage.bad_profile", problem=problem))


def _profile_for(database: Database, session: Session, checked: _Checked, name: str | None) -> tuple[Profile, bool]:
    """Return the profile that takes the records, made or brought back if need be, and whether it is new here."""
    row = session.get(ProfileRow, checked.profile["id"])
    is_new = row is None
    if row is None:
        row = ProfileRow(id=checked.profile["id"], name="", created_at=checked.profile["created_at"])
        row.name = _free_name(database, name or checked.profile["name"], except_id=None)
        session.add(row)
    elif row.removed_at is not None:
        row.name = _free_name(database, name or clean_name(row.name), except_id=ProfileId(row.id))
        row.removed_at = None
    session.flush()
    return Profile(ProfileId(row.id), row.name, moments.from_text(row.created_at)), is_new


def _free_name(database: Database, name: str, except_id: ProfileId | None) -> str:
    with database.reading() as reader:
        return free_name(reader, name, except_id)


def _check_assessments(session: Session, checked: _Checked) -> None:
    """Refuse records that refer to an assessment which is neither in the file nor here, or is somebody else's."""
    in_file = {row["id"] for row in checked.rows_by_table["assessment"]}
    here = dict(session.exec(select(AssessmentRow.id, AssessmentRow.profile)).all())
    for table, rows in checked.rows_by_table.items():
        for number, row in enumerate(rows, start=1):
            assessment = row["id"] if table == "assessment" else row.get("assessment")
            if assessment is None:
                continue
            owner = here.get(assessment, checked.profile["id"] if assessment in in_file else None)
            if owner != checked.profile["id"]:
                problem = "it belongs to an assessment that is not this profile's"
                raise BadInput(message("storage.bad_record", table=table, number=number, problem=problem))


def _number_of_records(session: Session, profile: ProfileId) -> int:
    return sum(
        session.exec(select(func.count(col(table.sequence))).where(table.profile == profile)).one()
        for table in RECORD_TABLES
    )
