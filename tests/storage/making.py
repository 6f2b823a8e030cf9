"""Makes records of learners and homes with something in them, for tests of storage."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from dijipilot.domain.assessment.responses import Answer, Assessment, ScreenKind
from dijipilot.domain.events import LessonEvent, LessonEventKind, Retraction, RoadmapEvent, RoadmapEventKind
from dijipilot.domain.ids import AssessmentId, EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import AskedQuestion, Note, Profile, ReceivedAnswer, ShownVerdicts
from dijipilot.paths import UserPaths
from dijipilot.storage import answers, notes, profiles, progress
from dijipilot.storage.database import Database, open_for_writing
from tests.builders import NOON

ADA = Profile(ProfileId("ada"), "Ada", NOON)
FIRST = Assessment(AssessmentId("first"), ADA.id, NOON, PackId("pack-1"), 7, 300.0, None)
STORE = SkillId("store.open")
APP = Path(__file__).parents[2] / "app"


def answer(number: int, kind: ScreenKind = ScreenKind.SITUATION, seconds_after_noon: float | None = None) -> Answer:
    """Return the answer of that number, given so many seconds after noon."""
    seconds = number if seconds_after_noon is None else seconds_after_noon
    return Answer(
        id=EventId(f"answer-{number:05}"),
        at=NOON + timedelta(seconds=seconds),
        screen=f"screen-{number}",
        kind=kind,
        shown=("a", "b"),
        chosen=("b",),
        is_not_sure=False,
        expected_seconds=8.5,
    )


def add_ada(database: Database) -> None:
    """Add a profile that has begun an assessment."""
    profiles.add_profile(database, ADA)
    answers.add_assessment(database, FIRST)


def append_answers(database: Database, first: int, last: int) -> None:
    """Append answers of these numbers, both included."""
    for number in range(first, last + 1):
        answers.append_answer(database, ADA.id, FIRST.id, answer(number))


def append_one_of_everything(database: Database) -> None:
    """Append a record of each kind, of Ada."""
    append_answers(database, 1, 3)
    answers.append_answer(database, ADA.id, None, answer(4, ScreenKind.FACT))
    answers.append_extended(database, EventId("mark-1"), FIRST.id, NOON, 120.0)
    answers.append_finished(database, EventId("mark-2"), FIRST.id, NOON)
    shown = ShownVerdicts(FIRST.id, NOON, FIRST.pack, {STORE: 0.25}, {STORE: "unsettled"})
    answers.save_shown_verdicts(database, shown)
    progress.append_lesson_event(
        database, ADA.id, LessonEvent(EventId("event-1"), NOON, STORE, LessonEventKind.STEP_TICKED, "2")
    )
    progress.append_roadmap_event(
        database, ADA.id, RoadmapEvent(EventId("event-2"), NOON, STORE, RoadmapEventKind.MOVED, "ads.first")
    )
    progress.append_retraction(database, ADA.id, Retraction(EventId("event-3"), NOON, EventId("event-2")))
    notes.append_note(database, ADA.id, Note(EventId("note-1"), NOON, STORE, "Ürün sayfası 🛒"))
    notes.append_question(
        database, ADA.id, AskedQuestion(EventId("question-1"), NOON, STORE, "Which theme?", FIRST.pack)
    )
    notes.append_received_answer(
        database, ADA.id, ReceivedAnswer(EventId("reply-1"), NOON, EventId("question-1"), "A light one.", "Bea")
    )


def fill_home(paths: UserPaths, answer_count: int) -> None:
    """Write a database with Ada, her assessment and so many answers, and close it."""
    database = open_for_writing(paths, NOON)
    add_ada(database)
    with database.writing():
        append_answers(database, 1, answer_count)
    database.close()


def answer_numbers(database: Database) -> list[int]:
    """Return the numbers of all answers of the first assessment, in order."""
    return [int(each.id.removeprefix("answer-")) for each in answers.answers_of(database, FIRST.id)]


def start_python(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Start another process that runs a program of ours and talks to us by lines."""
    root = str(APP.parent)
    prelude = f"import sys; sys.path[:0] = [{str(APP)!r}, {root!r}]\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
