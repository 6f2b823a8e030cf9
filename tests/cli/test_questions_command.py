"""dijipilot questions: asked, carried out, answered by an instructor, carried back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, keys


def test_a_question_makes_the_round_trip(run: Terminal, make_home: Callable[[Path], Path], tmp_path: Path) -> None:
    asked = run("questions", "ask", "1.1.1.1", "Who", "is", "my", "buyer?")
    assert asked.code == 0
    out, back = tmp_path / "ayse.djquestions", tmp_path / "ayse.djanswers"
    assert run("questions", "export", out).err == f"1 question of Ayşe is in {out}.\n"

    instructor = run.on(make_home(tmp_path / "instructor"))
    answered = instructor("questions", "answer", out, "-o", back, "--by", "Bora", typed="Left-handed gardeners.\n")
    assert answered.code == 0
    assert "1.1.1.1 Lesson on niche.buyer\n  Who is my buyer?\n" in answered.err
    assert run("questions", "import", back).err == "1 new answer for Ayşe.\n"
    assert run("questions", "import", back).err == "0 new answers for Ayşe.\n"

    (question,) = run("questions", "list", "--json").data["questions"]
    assert keys(question) == ["id", "lesson", "skill", "text", "asked_at", "answers"]
    assert question["id"] == asked.out.strip()
    (answer,) = question["answers"]
    assert (answer["text"], answer["answered_by"]) == ("Left-handed gardeners.", "Bora")
    assert "  > Bora: Left-handed gardeners.\n" in run("questions", "list").out


def test_a_question_is_read_from_standard_input(run: Terminal) -> None:
    assert run("questions", "ask", "niche.buyer", typed="Who?\nAnd why?\n").code == 0

    (question,) = run("questions", "list", "--json").data["questions"]
    assert question["text"] == "Who?\nAnd why?"
    assert "(no answer yet)" in run("questions", "list").out


@pytest.mark.parametrize("words", ["1.1.1.1", "9.9.9.9 why"])
def test_no_question_and_no_lesson_are_wrong_usage(run: Terminal, words: str) -> None:
    assert run("questions", "ask", *words.split()).code == 2
    assert run("questions", "list", "--json").data == {"questions": []}


def test_an_instructor_sees_and_answers_by_script(run: Terminal, tmp_path: Path) -> None:
    run("questions", "ask", "1.1.1.1", "Who?")
    run("questions", "ask", "1.1.2.1", "How much?")
    out, back = tmp_path / "ayse.djquestions", tmp_path / "ayse.djanswers"
    run("questions", "export", out)

    data = run("questions", "list", out, "--json").data
    assert (data["learner"], len(data["questions"])) == ("Ayşe", 2)
    assert keys(data["questions"][0]) == ["id", "lesson", "skill", "title", "text", "asked_at"]
    assert "2 questions of Ayşe\n" in run("questions", "list", out).out
    second = data["questions"][1]["id"]
    assert run("questions", "answer", out, "-o", back, "--answer", second, "Twelve.").err == (
        f"1 answer is in {back}.\n"
    )
    run("questions", "import", back)

    answers = [len(each["answers"]) for each in run("questions", "list", "--json").data["questions"]]
    assert answers == [0, 1]


def test_an_empty_line_and_a_closed_input_leave_questions_open(run: Terminal, tmp_path: Path) -> None:
    for _ in range(3):
        run("questions", "ask", "1.1.1.1", "Who?")
    run("questions", "export", tmp_path / "q.djquestions")

    outcome = run("questions", "answer", tmp_path / "q.djquestions", "-o", tmp_path / "a.djanswers", typed="\nYou.\n")

    assert outcome.err.endswith(f"1 answer is in {tmp_path / 'a.djanswers'}.\n")


def test_an_answer_to_an_unknown_question_is_wrong_usage(run: Terminal, tmp_path: Path) -> None:
    run("questions", "ask", "1.1.1.1", "Who?")
    run("questions", "export", tmp_path / "q.djquestions")

    words = ("answer", tmp_path / "q.djquestions", "-o", tmp_path / "a.djanswers", "--answer", "none", "You.")
    assert run("questions", *words).code == 2
    assert not (tmp_path / "a.djanswers").exists()


def test_a_file_of_another_kind_is_bad_input(run: Terminal, tmp_path: Path) -> None:
    (tmp_path / "q.djquestions").write_text("{}")

    for words in (("import",), ("list",)):
        outcome = run("questions", *words, tmp_path / "q.djquestions")
        assert outcome.code == 3
        assert "q.djquestions" in outcome.err
