"""Questions and answers survive their way by file, and a damaged file is named field by field."""

import json
from pathlib import Path

import pytest

from dijipilot.domain.ids import EventId, PackId, ProfileId, SkillId
from dijipilot.domain.records import AskedQuestion, ReceivedAnswer
from dijipilot.errors import BadInput
from dijipilot.exchange.question_files import (
    CarriedQuestion,
    QuestionFile,
    read_answers,
    read_questions,
    write_answers,
    write_questions,
)
from tests.builders import NOON

ASKED = AskedQuestion(EventId("q1"), NOON, SkillId("niche.buyer"), "Was ist “gut”?\nUnd warum?", PackId("pack-1"))
QUESTIONS = QuestionFile(ProfileId("p1"), "Ayşe", NOON, (CarriedQuestion(ASKED, "1.1.1.1", "Who is your buyer?"),))
ANSWER = ReceivedAnswer(EventId("a1"), NOON, EventId("q1"), "Look at **ten** posts.", "Mr. Öz")


def test_questions_come_back_as_they_were(tmp_path: Path) -> None:
    write_questions(tmp_path / "q.djquestions", QUESTIONS)

    assert read_questions(tmp_path / "q.djquestions") == QUESTIONS


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    write_answers(tmp_path / "a.djanswers", (ANSWER,))

    assert read_answers(tmp_path / "a.djanswers") == (ANSWER,)


def test_a_file_of_the_other_kind_is_refused(tmp_path: Path) -> None:
    write_questions(tmp_path / "q.djquestions", QUESTIONS)

    with pytest.raises(BadInput, match="not of the kind “dijipilot-answers”"):
        read_answers(tmp_path / "q.djquestions")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("id", "", r"questions\[0\]\.id must be"),
        ("text", "x" * 10_001, r"questions\[0\]\.text must be a text of at most 10000"),
        ("at", "noon", r"questions\[0\]\.at must be a time"),
        ("skill", 7, r"questions\[0\]\.skill must be"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, name: str, value: object, told: str) -> None:
    file = tmp_path / "q.djquestions"
    write_questions(file, QUESTIONS)
    document = json.loads(file.read_text("utf-8"))
    document["questions"][0][name] = value
    file.write_text(json.dumps(document), "utf-8")

    with pytest.raises(BadInput, match=told):
        read_questions(file)
