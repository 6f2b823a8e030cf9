"""No log, error or description says more of a license than its id and the last five symbols of its code."""

import base64
from pathlib import Path

import pytest

from dijipilot.licensing.license import root_of
from dijipilot_vendor.records import LiveLicense
from tests.licensing.genuine import OURS, code_of, file_of, license_of
from tests.licensing.loud_activations import LoudLicenses, Secrets

MISHAPS = 11
ACTIVATIONS = 10 * MISHAPS

CODE, FILE = code_of(1), file_of(0, is_bearer=True)
SYMBOLS = CODE.symbols


def test_nothing_secret_is_said_while_licenses_are_activated_and_much_goes_wrong(tmp_path: Path) -> None:
    figures = LoudLicenses(tmp_path, cards=40).activate_many(ACTIVATIONS, seed=1)

    assert figures.leaks == []
    # Of what goes wrong, one is a second license that opens, and one is a crash.
    assert (figures.activated, figures.refused, figures.defects) == (ACTIVATIONS, 9 * ACTIVATIONS // MISHAPS, 10)
    assert figures.said > 1_000 * ACTIVATIONS


@pytest.mark.parametrize(
    "said",
    [
        f"typed {CODE.printed[:12]}",
        f"typed {SYMBOLS[-8:].lower()}",
        f"root {FILE.root.hex()}",
        f"root={FILE.root!r}",
        f"root={FILE.root[10:20]!r}",
        f"root {base64.b64encode(FILE.root).decode()}",
        f"pasted {FILE.raw.decode()[200:230]}",
    ],
    ids=["groups", "symbols", "hex", "bytes", "some bytes", "base64", "lines of a file"],
)
def test_the_search_finds_what_says_too_much(said: str) -> None:
    secrets = Secrets(CODE, [FILE.root], FILE.raw.decode())

    assert secrets.find_in(f"WARNING: {said}. Try again.")
    assert not secrets.find_in(f"{CODE!r} {CODE} {FILE.file} {SYMBOLS[-5:]}")


def test_the_publisher_says_no_root_either() -> None:
    live = LiveLicense(root_of(CODE.secret), license_of(1))

    secrets = Secrets(CODE, [live.root, OURS.license_signer.seed, OURS.content_root])

    assert secrets.find_in(f"{live!r} {OURS!r} {OURS.license_signer!r}") == []
