"""A script takes the assessment over standard input and output, knowing nothing but the protocol."""

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from dijipilot.content.freshness import shipped
from dijipilot.content.pack import open_pack
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.session import AssessmentSession
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import EventId, ItemId

BUDGET_SECONDS = 300.0
WORDS_PER_MINUTE = 238
SECONDS_A_CLICK = 2.0
SECOND_LOOK = "checklist.second"
FIRST_SENTENCE = "Which of these could you show today?"
SECOND_SENTENCE = "Once more, to be sure: which of these could you show within a minute?"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

GARBAGE = (
    b"\n",
    b"hello\n",
    b"{\n",
    b"[]\n",
    b"null\n",
    b"{}\n",
    b"\xff\xfe\x00{\n",
    b'{"answer": ["\xff"]}\n',
    b'{"answer": NaN}\n',
    b'{"answer": [NaN]}\n',
    b'{"answer": 1}\n',
    b'{"answer": null}\n',
    b'{"answer": "shopify"}\n',
    b'{"answer": {"shopify": true}}\n',
    b'{"answer": [["shopify"]]}\n',
    b'{"answer": ["shopify", 1]}\n',
    b'{"answer": ["no such option"]}\n',
    b'{"answer": ["shopify", "no such option"]}\n',
    b'{"answer": ["\\ud800"]}\n',
    b'{"answer": ["shopify"], "back": true}\n',
    b'{"back": false}\n',
    b'{"back": 1}\n',
    b'{"stop": "true"}\n',
    b'{"back": true}\n',
    b'{"answer": ' + b"[" * 50_000 + b"\n",
    b'{"answer": ' + b"9" * 5_000 + b"}\n",
    b'{"answer": ["' + b"x" * 3_000_000 + b'"]}\n',
)
"""Lines that no program may stumble over; the last `back` is one before the first question."""


class Driver:
    """One run of `assess --jsonl`."""

    def __init__(self, home: Path, *options: str) -> None:
        command = [sys.executable, "-m", "dijipilot", "--home", str(home), "assess", "--jsonl", *options]
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, env=variables, stdin=pipe, stdout=pipe, stderr=pipe)

    def __enter__(self) -> "Driver":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()

    def read(self) -> Any:
        """Return the next line the program writes."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self._process.stderr and self._process.stderr.read().decode()
        assert line.endswith(b"\n")
        return json.loads(line.decode("utf-8"))

    def send(self, raw: bytes) -> None:
        """Write a line as it is."""
        assert self._process.stdin is not None
        self._process.stdin.write(raw)
        self._process.stdin.flush()

    def say(self, **line: object) -> Any:
        """Write an object and return what the program writes next."""
        self.send(json.dumps(line).encode() + b"\n")
        return self.read()

    def close_input(self) -> tuple[int, str]:
        """End the input; return the exit code and all messages."""
        _, messages = self._process.communicate(timeout=30)
        return self._process.returncode, messages.decode("utf-8")

    def kill(self) -> None:
        """End the program without any warning, as a power cut would."""
        self._process.kill()
        self._process.communicate()


def reply(question: Any) -> list[str] | str:
    """Return what our learner answers to a question: the same whenever it is asked."""
    options = [option["id"] for option in question["options"]]
    if question["id"] == "sales_channels":
        return ["shopify"]
    if zlib.crc32(question["id"].encode()) % 7 == 0 and question["kind"] != "checklist":
        return "not_sure"
    if question["choose"] == "many":
        return [option for option in options if zlib.crc32(option.encode()) % 3 != 0 and option != "undecided"]
    return [options[zlib.crc32(question["id"].encode()) % len(options)]]


def answer_to_the_end(driver: Driver, question: Any) -> tuple[list[Any], Any]:
    """Answer until the result comes; return the questions and the result."""
    questions = []
    while question["type"] == "question":
        questions.append(question)
        question = driver.say(answer=reply(question))
    return questions, question


def expected_seconds(question: Any, is_first_checklist: bool, think_seconds: float) -> float:
    """Return the seconds of a question by the formula of the protocol."""
    prompt = question["prompt"]
    if question["kind"] == "checklist" and not is_first_checklist and question["id"] != SECOND_LOOK:
        prompt = prompt.rpartition(": ")[0]
    words = sum(len(text.split()) for text in (prompt, *(option["text"] for option in question["options"])))
    clicks = 1.0 if question["choose"] == "one" else 1.0 + len(question["options"]) / 2
    return words / WORDS_PER_MINUTE * 60 + SECONDS_A_CLICK * clicks + think_seconds


@pytest.fixture(scope="module")
def pack_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program's own pack, so that nobody's work on the curriculum changes it under the tests."""
    return Path(shutil.copy(shipped().pack, tmp_path_factory.mktemp("pack") / "academy.djpack"))


@pytest.fixture(scope="module")
def curriculum(pack_file: Path) -> Curriculum:
    """Return what the pack teaches."""
    with open_pack(pack_file, shipped().trusted) as pack:
        return pack.curriculum


def new_home(folder: Path, pack_file: Path) -> Path:
    """Make a home that nobody has used."""
    (folder / "packs").mkdir(parents=True)
    shutil.copy(pack_file, folder / "packs" / "000001-academy.djpack")
    return folder


@pytest.fixture
def home(tmp_path: Path, pack_file: Path) -> Path:
    """Return a home that nobody has used."""
    return new_home(tmp_path / "home with ş and spaces", pack_file)


@dataclass(frozen=True, slots=True)
class WholeRun:
    """An assessment from its first question to its result, and what `result --json` says afterwards."""

    questions: list[Any]
    result: Any
    ending: tuple[int, str]
    shown: Any


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory, pack_file: Path) -> WholeRun:
    """Return an unbroken run."""
    home = new_home(tmp_path_factory.mktemp("whole") / "home", pack_file)
    with Driver(home) as driver:
        questions, result = answer_to_the_end(driver, driver.read())
        ending = driver.close_input()
    command = [sys.executable, "-m", "dijipilot", "--home", str(home), "result", "--json"]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    shown = subprocess.run(command, env=variables, capture_output=True, check=True).stdout
    return WholeRun(questions, result, ending, json.loads(shown))


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Driver]]:
    """Return a function that starts the program on the home; whatever still runs is ended."""
    drivers: list[Driver] = []

    def begin(*options: str) -> Driver:
        drivers.append(Driver(home, *options))
        return drivers[-1]

    yield begin
    for driver in drivers:
        driver.kill()


def replay(curriculum: Curriculum, assessment: str) -> tuple[list[str], dict[str, float]]:
    """Return ids of the questions and probabilities of an unbroken sitting with our learner's answers."""
    session = AssessmentSession(DiagnosticEngine(curriculum), int(assessment[:8], 16), BUDGET_SECONDS, (), {})
    asked = []
    while (screen := session.screen) is not None:
        asked.append(screen.id)
        options = [{"id": option.id} for option in screen.options]
        choose = "many" if screen.allows_many else "one"
        said = reply({"id": screen.id, "kind": screen.kind.value, "choose": choose, "options": options})
        chosen = () if said == "not_sure" else said
        event = EventId(str(len(asked)))
        session.accept(session.make_answer(event, NOON, chosen, said == "not_sure", None))
    by_skill = session.diagnosis.standing().by_skill
    return asked, {skill: standing.probability for skill, standing in by_skill.items()}


def test_the_assessment_runs_to_its_result_within_the_expected_seconds(
    whole_run: WholeRun, curriculum: Curriculum
) -> None:
    questions, result = whole_run.questions, whole_run.result
    assert whole_run.ending == (0, "")
    assert len(questions) > 15
    left, has_checklist = BUDGET_SECONDS, False
    for count, question in enumerate(questions):
        item = curriculum.item_by_id.get(ItemId(question["id"]))
        seconds = expected_seconds(question, not has_checklist, item.think_seconds if item else 0.0)
        assert question["seconds"] == pytest.approx(seconds)
        assert question["progress"]["seconds_left"] == pytest.approx(left)
        assert question["progress"]["screens"] == count
        assert 0 <= question["progress"]["settled"] <= question["progress"]["checkpoints"] <= 159
        left -= seconds
        has_checklist = has_checklist or question["kind"] == "checklist"
    assert left >= 0
    assert result["type"] == "result"
    assert result["screens"] == len(questions)
    assert result["seconds"] == pytest.approx(BUDGET_SECONDS - left)
    assert len(result["skills"]) + len(result["not_applicable"]) == 159


def test_every_line_has_the_keys_of_the_protocol(whole_run: WholeRun) -> None:
    questions = whole_run.questions
    kinds = {question["kind"] for question in questions}
    assert {"fact", "checklist"} <= kinds <= {"fact", "checklist", "situation", "scenario", "follow_up"}
    assert len({question["id"] for question in questions}) == len(questions)
    for question in questions:
        assert list(question) == ["type", "id", "kind", "prompt", "choose", "options", "seconds", "progress"]
        assert list(question["progress"]) == ["screens", "seconds_left", "settled", "checkpoints"]
        assert all(list(option) == ["id", "text"] for option in question["options"])
        assert question["choose"] == "one" or question["kind"] in ("fact", "checklist")
        if question["kind"] == "checklist":
            sentence = SECOND_SENTENCE if question["id"] == SECOND_LOOK else FIRST_SENTENCE
            assert question["prompt"].endswith(f": {sentence}")
            assert 1 <= len(question["options"]) <= 6


def test_the_result_is_what_the_result_command_says(whole_run: WholeRun) -> None:
    assert whole_run.result == {"type": "result", **whole_run.shown}


def test_a_killed_assessment_goes_on_as_if_nothing_had_happened(
    start: Callable[..., Driver], curriculum: Curriculum
) -> None:
    asked: list[str] = []
    question: Any = None
    for answers_before_the_cut in (0, 1, 4, 7):
        with start() as driver:
            again = driver.read()
            assert question is None or again == question
            question = again
            for _ in range(answers_before_the_cut):
                asked.append(question["id"])
                question = driver.say(answer=reply(question))
    with start() as driver:
        rest, result = answer_to_the_end(driver, driver.read())
    asked += [each["id"] for each in rest]

    unbroken, probabilities = replay(curriculum, result["assessment"])

    assert asked == unbroken
    found = {skill: each["probability"] for skill, each in result["skills"].items()}
    assert found == pytest.approx(probabilities, abs=1e-12)


def test_an_answer_in_the_moment_of_the_cut_is_kept_whole_or_not_at_all(start: Callable[..., Driver]) -> None:
    with start() as driver:
        first = driver.read()
        driver.send(json.dumps({"answer": reply(first)}).encode() + b"\n")
    with start() as driver:
        question = driver.read()

    assert question["progress"]["screens"] == (0 if question["id"] == first["id"] else 1)


def test_back_shows_the_question_before_and_a_new_answer_replaces_the_old(start: Callable[..., Driver]) -> None:
    with start() as driver:
        first = driver.read()
        second = driver.say(answer=["shopify"])
        third = driver.say(answer=["pod"])
        fourth = driver.say(answer="not_sure")

        assert driver.say(back=True)["id"] == third["id"]
        assert driver.say(back=True)["id"] == second["id"]
        once_more = driver.say(back=True)
        assert {**once_more, "progress": None} == {**first, "progress": None}
        error, same = driver.say(back=True), driver.read()
        assert (error["type"], same) == ("error", once_more)
        following = driver.say(answer=["etsy"])

        assert following["id"] == fourth["id"]
        assert following["progress"]["screens"] == 3
        assert following["progress"]["seconds_left"] == pytest.approx(fourth["progress"]["seconds_left"])
        assert following["progress"]["checkpoints"] != fourth["progress"]["checkpoints"]


def test_stop_gives_the_result_of_what_is_known_and_the_next_call_begins_anew(start: Callable[..., Driver]) -> None:
    with start() as driver:
        driver.read()
        driver.say(answer=["shopify"])
        result = driver.say(stop=True)
        assert driver.close_input() == (0, "")
    with start() as driver:
        question = driver.read()

    assert (result["type"], result["screens"]) == ("result", 1)
    assert result["finished_at"] is not None
    assert question["progress"]["screens"] == 0


def test_a_line_that_cannot_be_used_gets_an_error_and_the_same_question(start: Callable[..., Driver]) -> None:
    with start() as driver:
        question = driver.read()
        for line in GARBAGE:
            driver.send(line)
            error = driver.read()
            assert list(error) == ["type", "message"], line[:50]
            assert error["type"] == "error"
            assert driver.read() == question
        following = driver.say(answer=["shopify", "shopify"])
        contradiction, same = driver.say(answer=["pod", "undecided"]), driver.read()

    assert following["progress"]["screens"] == 1
    assert (contradiction["type"], same) == ("error", following)


def test_none_of_these_is_an_answer_where_many_may_be_chosen_and_an_error_where_one_is(
    start: Callable[..., Driver],
) -> None:
    seen = set()
    with start() as driver:
        question = driver.read()
        while question["type"] == "question":
            reaction = driver.say(answer=[])
            seen.add((question["choose"], reaction["type"] == "error"))
            if reaction["type"] == "error":
                assert driver.read() == question
                reaction = driver.say(answer="not_sure")
            question = reaction

    assert seen == {("many", False), ("one", True)}


def test_the_end_of_the_input_pauses(start: Callable[..., Driver]) -> None:
    with start() as driver:
        driver.read()
        question = driver.say(answer=["shopify"])
        code, messages = driver.close_input()
    assert code == 0
    assert messages == "Paused. Every answer is saved. To go on: dijipilot assess --profile Learner\n"

    with start() as driver:
        assert driver.read() == question
