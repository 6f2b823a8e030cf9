"""The assessment for scripts: one JSON object a line, asked on standard output and answered on standard input."""

import json
import sys
from typing import BinaryIO

from dijipilot.bootstrap import Academy
from dijipilot.cli.result import forecast_of, result_data
from dijipilot.domain.assessment.screens import Screen
from dijipilot.domain.records import Profile
from dijipilot.errors import BadInput
from dijipilot.messages import message
from dijipilot.services.assess import Sitting
from dijipilot.services.recheck import ShortSitting

MAX_LINE_BYTES = 65_536
NOT_SURE = "not_sure"


def ask_and_write_result(academy: Academy, profile: Profile, sitting: Sitting) -> bool:
    """Ask until the assessment is finished, then write the result; return False when the input ended before."""
    if not converse(sitting):
        return False
    result = sitting.result()
    write_line({"type": "result", **result_data(result, forecast_of(academy, profile.id, result))})
    return True


def converse(sitting: Sitting | ShortSitting) -> bool:
    """Ask until there is nothing more to ask; return False when the input ended before.

    Each answer is on disk before the next question is written. A line that cannot be used gets an error and the same
    question again.
    """
    source = sys.stdin.buffer if sys.stdin is not None else None
    while (screen := sitting.screen) is not None:
        write_line(question_data(screen))
        try:
            line = _read_line(source)
            if line is None:
                return False
            _use(sitting, line)
        except BadInput as error:
            write_line({"type": "error", "message": error.message.english()})
    return True


def question_data(screen: Screen) -> dict[str, object]:
    """Return a screen as scripts read it; the keys are a contract."""
    progress = screen.progress
    return {
        "type": "question",
        "id": screen.id,
        "kind": screen.kind.value,
        "prompt": f"{screen.heading}: {screen.prompt}" if screen.heading else screen.prompt,
        "choose": "many" if screen.allows_many else "one",
        "options": [{"id": option.id, "text": option.text} for option in screen.options],
        "seconds": screen.seconds,
        "progress": {
            "screens": progress.screens,
            "seconds_left": progress.seconds_left,
            "settled": progress.settled,
            "checkpoints": progress.checkpoints,
        },
    }


def write_line(data: dict[str, object]) -> None:
    """Write one JSON object a line, at once."""
    print(json.dumps(data, ensure_ascii=False, allow_nan=False), flush=True)


def _read_line(source: BinaryIO | None) -> bytes | None:
    """Return the next line, None at the end of the input. Raises BadInput for one that is too long, once it is over."""
    line = source.readline(MAX_LINE_BYTES + 1) if source is not None else b""
    if len(line) <= MAX_LINE_BYTES:
        return line or None
    while source is not None and line and not line.endswith(b"\n"):
        line = source.readline(MAX_LINE_BYTES)
    raise BadInput(message("cli.line_too_long", limit=MAX_LINE_BYTES))


def _use(sitting: Sitting | ShortSitting, line: bytes) -> None:
    """Do what a line says. Raises BadInput for one that says nothing we know."""
    match _parse(line):
        case {"answer": str(word), **rest} if not rest and word == NOT_SURE:
            sitting.not_sure()
        case {"answer": list(chosen), **rest} if not rest and all(isinstance(each, str) for each in chosen):
            sitting.answer(chosen)
        case {"back": True, **rest} if not rest:
            if not sitting.back():
                raise BadInput(message("cli.line_first_question"))
        case {"stop": True, **rest} if not rest:
            sitting.stop()
        case _:
            raise BadInput(message("cli.line_unknown"))


def _parse(line: bytes) -> object:
    try:
        parsed: object = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadInput(message("cli.line_no_json")) from error
    return parsed


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
