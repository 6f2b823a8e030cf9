"""The rows of the learner's database; they never leave this package.

SQLModel does not check the values of table classes: what builds a row has checked them.
"""

from sqlalchemy import REAL, Index, Integer, Text, text
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

_STRICT = {"sqlite_strict": True}


def _record_table(name: str, *more: SchemaItem) -> tuple[SchemaItem | dict[str, bool], ...]:
    """Return the options of a table of records: an index in reading order, numbers never given out twice."""
    return (Index(f"{name}_in_order", "profile", "ordered_at"), *more, {**_STRICT, "sqlite_autoincrement": True})


class ProfileRow(SQLModel, table=True):
    """A learner; a removed one keeps its records."""

    __tablename__ = "profile"
    __table_args__ = (
        Index("profile_name", "name", unique=True, sqlite_where=text("removed_at IS NULL")),
        _STRICT,
    )

    id: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    created_at: str = Field(sa_type=Text)
    removed_at: str | None = Field(default=None, sa_type=Text)


class SettingRow(SQLModel, table=True):
    """One setting of a profile, or of this computer where the profile is ""; the only rows ever rewritten."""

    __tablename__ = "setting"
    __table_args__ = (_STRICT,)

    profile: str = Field(primary_key=True, sa_type=Text)
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(sa_type=Text)


class MigrationRow(SQLModel, table=True):
    """A step that was run on this database."""

    __tablename__ = "migration"
    __table_args__ = (_STRICT,)

    version: int = Field(primary_key=True, sa_type=Integer, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)
    at: str = Field(sa_type=Text)


class RecordRow(SQLModel):
    """What all records have: they are appended and never rewritten.

    sequence: order of arrival in this file. at: when it happened, by the clock. ordered_at: the same, but never
    before what the profile already had, so that a clock set back does not put new records before old ones.
    Records are read by ordered_at, then sequence: right on one computer, and after merging two copies.
    """

    sequence: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    id: str = Field(unique=True, sa_type=Text)
    profile: str = Field(foreign_key="profile.id", sa_type=Text)
    at: str = Field(sa_type=Text)
    ordered_at: str = Field(sa_type=Text)


class AssessmentRow(RecordRow, table=True):
    """The start of an assessment; `at` is when it started."""

    __tablename__ = "assessment"
    __table_args__ = _record_table("assessment")

    pack: str = Field(sa_type=Text)
    seed: int = Field(sa_type=Integer)
    budget_seconds: float = Field(sa_type=REAL)


class AssessmentMarkRow(RecordRow, table=True):
    """That an assessment was finished, reopened or given more seconds."""

    __tablename__ = "assessment_mark"
    __table_args__ = _record_table("assessment_mark")

    assessment: str = Field(foreign_key="assessment.id", sa_type=Text)
    kind: str = Field(sa_type=Text)
    seconds: float = Field(sa_type=REAL)


class AnswerRow(RecordRow, table=True):
    """One answer; shown and chosen are JSON lists of ids; assessment is NULL for answers given outside one."""

    __tablename__ = "answer"
    __table_args__ = _record_table("answer", Index("answer_of_assessment", "assessment"))

    assessment: str | None = Field(foreign_key="assessment.id", sa_type=Text)
    screen: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    shown: str = Field(sa_type=Text)
    chosen: str = Field(sa_type=Text)
    is_not_sure: int = Field(sa_type=Integer)
    expected_seconds: float = Field(sa_type=REAL)
    response_seconds: float | None = Field(default=None, sa_type=REAL)


class ShownVerdictsRow(RecordRow, table=True):
    """What an assessment told the learner; verdicts is a JSON object: skill to [probability, verdict]."""

    __tablename__ = "shown_verdicts"
    __table_args__ = _record_table("shown_verdicts")

    assessment: str = Field(foreign_key="assessment.id", sa_type=Text)
    pack: str = Field(sa_type=Text)
    verdicts: str = Field(sa_type=Text)


class LessonEventRow(RecordRow, table=True):
    """Something that happened in a lesson."""

    __tablename__ = "lesson_event"
    __table_args__ = _record_table("lesson_event")

    skill: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)


class RoadmapEventRow(RecordRow, table=True):
    """A decision about the roadmap."""

    __tablename__ = "roadmap_event"
    __table_args__ = _record_table("roadmap_event")

    skill: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    value: str = Field(sa_type=Text)


class RetractionRow(RecordRow, table=True):
    """That an event, or another retraction, does not count."""

    __tablename__ = "retraction"
    __table_args__ = _record_table("retraction")

    target: str = Field(sa_type=Text)


class NoteRow(RecordRow, table=True):
    """The text of a note as of a moment."""

    __tablename__ = "note"
    __table_args__ = _record_table("note")

    skill: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)


class AskedQuestionRow(RecordRow, table=True):
    """A question to an instructor."""

    __tablename__ = "asked_question"
    __table_args__ = _record_table("asked_question")

    skill: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    pack: str = Field(sa_type=Text)


class ReceivedAnswerRow(RecordRow, table=True):
    """An instructor's answer."""

    __tablename__ = "received_answer"
    __table_args__ = _record_table("received_answer")

    question: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    answered_by: str = Field(sa_type=Text)


RECORD_TABLES: tuple[type[RecordRow], ...] = (
    AssessmentRow,
    AssessmentMarkRow,
    AnswerRow,
    ShownVerdictsRow,
    LessonEventRow,
    RoadmapEventRow,
    RetractionRow,
    NoteRow,
    AskedQuestionRow,
    ReceivedAnswerRow,
)
"""All tables of records; parents stand before what refers to them."""
