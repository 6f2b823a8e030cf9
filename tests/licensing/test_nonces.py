"""No key ever meets two texts under one nonce, and the same input gives the same pack."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from dijipilot.licensing import crypto
from tests.licensing.nonce_watch import START, build, build_many, decided, watching

ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = 20


def test_no_key_meets_two_texts_in_consecutive_packs() -> None:
    figures = build_many(PACKS, seed=6)

    assert figures.reused == []
    assert set(figures.calls) == {"texts", "wraps", "records"}
    assert min(figures.calls.values()) >= PACKS
    # Otherwise nothing would have been tried: texts that stay are sealed again.
    assert figures.repeated >= PACKS


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_input_gives_the_same_pack(seed: int) -> None:
    desk, chance = START, Random(seed)
    for _ in range(5):
        desk = decided(desk, chance)
    assert build(desk) == build(desk)


def test_another_process_builds_the_same_pack() -> None:
    program = (
        "import hashlib; from tests.licensing.nonce_watch import START, build;"
        "print(hashlib.sha256(build(START)).hexdigest())"
    )
    path = os.pathsep.join((str(ROOT / "app"), str(ROOT)))
    variables = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-P", "-c", program]
    finished = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == crypto.plain_hash(build(START)).hex()


def test_a_nonce_that_is_used_again_is_noticed() -> None:
    key, nonce, bound = bytes(32), bytes(24), crypto.domain("djp/text/1")
    with watching() as watch:
        crypto.encrypt(key, nonce, b"a text", bound)
        crypto.encrypt(key, nonce, b"a text", bound)
        assert (watch.repeated, watch.reused) == (1, [])
        crypto.encrypt(key, nonce, b"another", bound)
        crypto.encrypt(key, nonce, b"a text", bound + b"elsewhere")
    assert len(watch.reused) == 2


def test_a_nonce_that_did_not_depend_on_the_text_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "keyed_hash", lambda key, _: key)

    figures = build_many(3, seed=6)

    assert figures.reused
