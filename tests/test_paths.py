"""Where licenses and keys are looked for: where the platform keeps such things; nobody can tell a program otherwise."""

from pathlib import Path

import pytest

from dijipilot import paths
from dijipilot.paths import MACHINE_VARIABLE, UserPaths, machine_licenses, trusted_keys_file


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/usr/local/share/dijipilot-academy/licenses"),
        ("darwin", {}, "/Library/Application Support/DijiPilot Academy/licenses"),
        ("win32", {"PROGRAMDATA": "/data"}, "/data/DijiPilot Academy/licenses"),
        ("linux", {MACHINE_VARIABLE: "/srv/licenses"}, "/srv/licenses"),
        ("win32", {MACHINE_VARIABLE: "", "PROGRAMDATA": "/data"}, "/data/DijiPilot Academy/licenses"),
    ],
)
def test_licenses_for_all_users_lie_where_the_platform_keeps_such_data(
    platform: str, environment: dict[str, str], folder: str
) -> None:
    assert machine_licenses(platform, environment) == Path(folder)


def test_tests_look_at_no_license_of_this_machine(machine_licenses: Path, tmp_path: Path) -> None:
    assert paths.machine_licenses() == machine_licenses
    assert machine_licenses.is_relative_to(tmp_path)


def test_licenses_of_a_home_lie_in_it() -> None:
    home = UserPaths(Path("/home/ada/academy"))

    assert home.licenses == home.home / "licenses"
    assert home.clock_mark.parent == home.licenses


def test_the_keys_that_are_believed_are_those_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trusted_keys_file() == paths.development_vault() / "trusted-keys.json"

    monkeypatch.setattr(paths, "_BUNDLED", tmp_path)

    assert trusted_keys_file() == tmp_path / "trusted-keys.json"
