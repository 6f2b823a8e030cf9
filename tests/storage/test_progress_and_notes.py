"""Tests of lesson and roadmap events, retractions, notes and questions."""

import sqlite3

import pytest

from dijipilot.domain.events import LessonEvent, LessonEventKind, Retraction, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import EventId
from dijipilot.domain.records import AskedQuestion, Note, ReceivedAnswer
from dijipilot.storage import notes, progress
from dijipilot.storage.database import Database
from tests.builders import NOON
from tests.storage.making import ADA, FIRST, STORE, append_one_of_everything


def test_everything_comes_back_as_it_was_appended(database: Database) -> None:
    append_one_of_everything(database)
    assert progress.lesson_events(database, ADA.id) == [
        LessonEvent(EventId("event-1"), NOON, STORE, LessonEventKind.STEP_TICKED, "2")
    ]
    assert progress.roadmap_events(database, ADA.id) == [
        RoadmapEvent(EventId("event-2"), NOON, STORE, RoadmapEventKind.MOVED, "ads.first")
    ]
    assert progress.retractions(database, ADA.id) == [Retraction(EventId("event-3"), NOON, EventId("event-2"))]
    assert notes.notes_of(database, ADA.id) == [Note(EventId("note-1"), NOON, STORE, "Ürün sayfası 🛒")]
    assert notes.questions_of(database, ADA.id) == [
        AskedQuestion(EventId("question-1"), NOON, STORE, "Which theme?", FIRST.pack)
    ]
    assert notes.received_answers(database, ADA.id) == [
        ReceivedAnswer(EventId("reply-1"), NOON, EventId("question-1"), "A light one.", "Bea")
    ]


def test_texts_with_strange_characters_are_kept(database: Database) -> None:
    strange = "NUL \x00, line\nbreak, right-to-left \u202e, family 👨‍👩‍👧"
    notes.append_note(database, ADA.id, Note(EventId("1"), NOON, STORE, strange))
    notes.append_note(database, ADA.id, Note(EventId("2"), NOON, STORE, "half \udc80 a character"))
    assert [note.text for note in notes.notes_of(database, ADA.id)] == [strange, "half ? a character"]


def test_kinds_of_a_later_version_are_left_out(database: Database) -> None:
    append_one_of_everything(database)
    with database.exclusive_connection() as connection:
        for table, rest in (("lesson_event", "'', ''"), ("roadmap_event", "''")):
            statement = (
                f"INSERT INTO {table} SELECT NULL, 'new', profile, at, ordered_at, skill, 'of_the_future', {rest}"
            )
            connection.execute(f"{statement} FROM {table}")
    assert len(progress.lesson_events(database, ADA.id)) == 1
    assert len(progress.roadmap_events(database, ADA.id)) == 1


def test_a_record_of_no_profile_is_refused(database: Database) -> None:
    statement = "INSERT INTO retraction VALUES (NULL, 'x', 'nobody', 'now', 'now', 'y')"
    with database.exclusive_connection() as connection, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        connection.execute(statement)
