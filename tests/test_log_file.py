"""No log holds what opens lessons, whoever writes there and however."""

import errno
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dijipilot.licensing.code import make_code
from dijipilot.licensing.license_file import LicenseFile, write_armor
from dijipilot.log_file import LOG_BYTES, LOG_FILES, LOG_NAME, file_handler, terminal_handler, without_secrets

SOURCES = Path(__file__).resolve().parent.parent / "app" / "dijipilot"
CODE = make_code(bytes.fromhex("1f2e3d4c5b6a798897a6b5c4d3e2"))
KEY = bytes(range(200, 232))
LICENSE = write_armor(LicenseFile(KEY[:16], KEY[16:], bytes(range(256)) * 2, KEY)).decode("ascii")
GROUPS = CODE.printed.split("-")


@contextmanager
def logger_to(handler: logging.Handler) -> Iterator[logging.Logger]:
    """Lend a logger that writes to this handler alone."""
    logger = logging.Logger("test")
    logger.addHandler(handler)
    yield logger
    handler.close()


@pytest.mark.parametrize(
    "written",
    [
        *(CODE.printed, CODE.symbols, CODE.printed.lower(), " ".join(GROUPS), ".".join(GROUPS), " – ".join(GROUPS)),
        *("−".join(GROUPS), "_".join(GROUPS), "\n".join(GROUPS), "\u00a0".join(GROUPS), f"“{CODE.printed}”"),
        *(f"code={CODE.printed};", f"2{CODE.printed[1:]}"),
    ],
)
def test_of_a_code_the_last_five_symbols_stay(written: str) -> None:
    told = without_secrets(f"Somebody typed {written} there.")

    last = GROUPS[-1] if written != written.lower() else GROUPS[-1].lower()
    assert f"[code …{last}]" in told
    assert not [group for group in GROUPS[:-1] if group.lower() in told.lower()]
    assert told.startswith("Somebody typed ")
    assert told.endswith(" there.")


@pytest.mark.parametrize(
    "secret",
    [
        *(CODE.secret.hex(), KEY.hex(), KEY.hex().upper(), (KEY * 2).hex(), repr(KEY), repr(CODE.secret)),
        *(repr(bytearray(KEY)), str([KEY]), repr(b"it's " * 5), LICENSE, LICENSE.replace("\n", "\r\n"), repr(LICENSE)),
        *("\n".join(f"> {line}" for line in LICENSE.splitlines()), LICENSE[:-40]),
    ],
)
def test_keys_roots_and_licenses_are_left_out(secret: str) -> None:
    told = without_secrets(f"before {secret} after")

    assert told.startswith("before ")
    assert re.search(r"\[(key|bytes|license)\]", told)
    assert not any(part in told for part in (KEY.hex(), CODE.secret.hex(), "\\xc8", LICENSE[40:60]))


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-27 01:40:24,123 INFO dijipilot.storage.upgrade: upgraded the database to version 3",
        "there where about being could never stand",
        "lesson_event 0123456789abcdef0123456789abcdef: value is too long",
        'File "/usr/lib/python3.11/site-packages/sqlalchemy/engine/base.py", line 1969, in _exec_single_context',
        "packs/000001-0123456789abcdef.djpack is no content pack: b'SQLite'",
    ],
)
def test_what_support_needs_stays(line: str) -> None:
    assert without_secrets(line) == line


def test_a_code_that_was_mistyped_is_none_the_less_left_out() -> None:
    assert without_secrets(f"typed: L{CODE.printed[1:].replace('-', ' ')}") == f"typed: [code …{CODE.last5}]"
    assert without_secrets(f"typed: 2{CODE.printed[1:]}") == f"typed: [code …{CODE.last5}]"


def test_what_is_logged_with_its_arguments_and_exceptions_goes_through_it(tmp_path: Path) -> None:
    with logger_to(file_handler(tmp_path / "logs")) as logger:
        logger.warning("%s was refused", CODE.printed)
        try:
            raise ValueError(f"no code: {CODE.symbols}") from KeyError(KEY.hex())
        except ValueError:
            logger.exception("It could not be read.")
        logger.info("The path was here.", stack_info=True)

    written = (tmp_path / "logs" / LOG_NAME).read_text(encoding="utf-8")
    assert written.count(f"[code …{CODE.last5}]") == 2
    assert "KeyError: '[key]'" in written
    assert "Traceback" in written
    assert CODE.symbols not in written
    assert KEY.hex() not in written


def test_the_terminal_gets_no_more_than_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    with logger_to(terminal_handler()) as logger:
        logger.warning("Typed: %s", CODE.printed)

    assert capsys.readouterr().err.endswith(f"Typed: [code …{CODE.last5}]\n")


def test_what_cannot_be_logged_is_not_printed_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handler = file_handler(tmp_path)
    with logger_to(handler) as logger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(handler, "flush", _fail_for_want_of_space)
        logger.warning("Typed: %s", CODE.printed)

    assert capsys.readouterr() == ("", "")


def _fail_for_want_of_space() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_logs_do_not_grow_for_ever(tmp_path: Path) -> None:
    with logger_to(file_handler(tmp_path)) as logger:
        for _ in range(6):
            logger.warning("x" * (LOG_BYTES - 100))

    assert len([*tmp_path.glob(f"{LOG_NAME}*")]) == LOG_FILES + 1


def test_no_other_part_of_the_app_makes_a_handler_of_its_own() -> None:
    makes = re.compile(r"\b[A-Z]\w*Handler\(|\bbasicConfig\b|\blogging\.config\b")

    found = [file.name for file in SOURCES.rglob("*.py") if makes.search(file.read_text(encoding="utf-8"))]

    assert found == ["log_file.py"]
