"""The app, the publisher's tool and a second implementation give the known answers."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dijipilot_vendor.vectors import export
from tests.licensing import own_answers, second_answers
from tests.licensing.known_answers import FOLDER, KnownAnswer, disagreements, known_answers

ROOT = Path(__file__).resolve().parent.parent.parent
READERS = ("aead-decrypt", "strict-json", "read-code", "read-record", "read-file", "read-pack", "open-text")
SECOND_MODULES = ("second_implementation", "second_licenses", "second_packs", "second_clocks")


def test_the_publishers_tool_writes_the_files_as_they_are(tmp_path: Path) -> None:
    new = tmp_path / "vectors"

    count = export(new)

    assert count == len(list(known_answers()))
    assert {file.name for file in new.iterdir()} == {file.name for file in FOLDER.iterdir()}
    assert [file.name for file in FOLDER.iterdir() if file.read_bytes() != (new / file.name).read_bytes()] == []


def test_the_app_gives_the_known_answers() -> None:
    assert disagreements(known_answers(), own_answers.OPERATIONS) == []


def test_a_second_implementation_gives_the_known_answers() -> None:
    assert disagreements(known_answers(), second_answers.OPERATIONS) == []


def test_every_answer_is_given_by_both() -> None:
    done = {case.does for case in known_answers()}
    assert set(second_answers.OPERATIONS) == done
    assert set(own_answers.OPERATIONS) | own_answers.MADE_BY_THE_PUBLISHER == done


def test_there_is_much_that_is_refused_and_something_that_is_not() -> None:
    cases = list(known_answers())
    assert len(cases) >= 50
    assert len({case.name for case in cases}) == len(cases)
    for reader in READERS:
        refused = ["refused" in case.gives for case in cases if case.does == reader]
        assert refused.count(True) >= 9, reader
        assert refused.count(False) >= 1, reader
    assert [case.gives["signed"] for case in cases if case.does == "verify"].count(False) >= 9


def test_another_answer_is_noticed() -> None:
    case = next(known_answers())
    wrong = KnownAnswer(case.name, case.does, case.given, {"bytes": "00"})
    for operations in (own_answers.OPERATIONS, second_answers.OPERATIONS):
        assert disagreements(iter([case]), operations) == []
        assert len(disagreements(iter([wrong]), operations)) == 1


@pytest.mark.parametrize("module", SECOND_MODULES)
def test_the_second_implementation_shares_nothing_with_the_app(module: str) -> None:
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    of_tests = {name for name in imported if name.startswith("tests")}
    others = {name.partition(".")[0] for name in imported - of_tests} - sys.stdlib_module_names

    assert of_tests <= {f"tests.licensing.{name}" for name in SECOND_MODULES}
    assert others <= {"cryptography"}


def test_the_app_gives_its_answers_by_itself() -> None:
    program = (
        "import sys; from tests.licensing import known_answers, own_answers;"
        "wrong = known_answers.disagreements(known_answers.known_answers(), own_answers.OPERATIONS);"
        "foreign = {'dijipilot_vendor', 'cryptography', 'pytest', 'yaml'} & set(sys.modules);"
        "sys.exit(f'{wrong} {foreign}' if wrong or foreign else 0)"
    )
    command = [sys.executable, "-P", "-c", program]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "app"), str(ROOT)))}
    finished = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
