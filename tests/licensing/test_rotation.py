"""Which app, which pack and which license go together, cell by cell, while keys are rotated and licenses withdrawn."""

import re
from pathlib import Path

import pytest

from dijipilot.content.pack import open_pack
from dijipilot.domain.ids import LicenseId
from dijipilot.errors import BadInput
from dijipilot.licensing.code import make_code
from tests.licensing.learner import licenses_in
from tests.licensing.rotation import (
    APPS,
    GENERATIONS,
    PACKS,
    SECRET,
    is_open,
    keep_issued,
    open_as,
    running,
    seen,
    write_packs,
)

# K: opens, as sealed anew for the keyring; o: opens, as it was issued; -: withdrawn, the pack serves later keys alone;
# .: opens nothing in this older pack; x: passed over, as the app does not believe the key that signed it.
# Who believes which keys, and what was signed with which, stands in rotation.py.
TABLE = """
    app     pack        live, of generation   withdrawn
                        1 2 3 4               1 2 3 4
    1.0.0   1           K o x x               o o x x
    1.0.0   2           K K x x               o o x x
    1.0.0   3           newer app             newer app
    1.0.0   4           refused               refused
    1.0.0   5           refused               refused
    1.1.0   1           K o x x               o o x x
    1.1.0   2           K K x x               o o x x
    1.1.0   3           o o x x               o o x x
    1.1.0   4           refused               refused
    1.1.0   5           refused               refused
    1.2.0   1           refused               refused
    1.2.0   2           K K . x               x o . x
    1.2.0   3           K K o x               x o o x
    1.2.0   4           K K K x               x - o x
    1.2.0   5           refused               refused
    2.0.0   1           refused               refused
    2.0.0   2           refused               refused
    2.0.0   3           refused               refused
    2.0.0   4           K K K o               x x o o
    2.0.0   5           K K K K               x x - o
    2.1.0   1           refused               refused
    2.1.0   2           refused               refused
    2.1.0   3           refused               refused
    2.1.0   4           refused               refused
    2.1.0   5           K K K K               x x x o
"""


def expected_cells() -> dict[tuple[str, int, bool, int], str]:
    """Return the sign of each cell of the table by version, pack, whether withdrawn, and generation."""
    cells = {}
    for line in TABLE.splitlines()[3:]:
        version, pack, *columns = re.split(r"\s{2,}", line.strip())
        for is_withdrawn, column in zip((False, True), columns, strict=True):
            signs = column.split(" ")
            for place, generation in enumerate(GENERATIONS):
                sign = signs[place] if len(signs) == len(GENERATIONS) else column
                cells[version, int(pack), is_withdrawn, generation] = sign
    return cells


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[int, Path]]:
    """Return the packs with and without licenses in their keyrings, by whether these were withdrawn."""
    folder = tmp_path_factory.mktemp("packs")
    return {withdrawn: write_packs(folder, withdrawn=withdrawn) for withdrawn in (False, True)}


def test_every_cell_is_as_the_table_says(files: dict[bool, dict[int, Path]], tmp_path: Path) -> None:
    for generation in GENERATIONS:
        keep_issued(tmp_path / str(generation), generation)
    cells = {}
    for app in APPS:
        for number in PACKS:
            for withdrawn in (False, True):
                for generation in GENERATIONS:
                    cell = app.version, number, withdrawn, generation
                    cells[cell] = seen(app, files[withdrawn][number], tmp_path / str(generation))

    assert len(cells) == 5 * 5 * 4 * 2
    assert cells == expected_cells()


def test_what_is_live_stays_open_through_three_rotations_and_nothing_is_typed_again(
    files: dict[bool, dict[int, Path]], tmp_path: Path
) -> None:
    way = ((0, 1), (1, 2), (1, 3), (2, 3), (2, 4), (3, 4), (3, 5), (4, 5))
    home = tmp_path / "home"
    with running(APPS[0]), open_as(APPS[0], files[False][1]) as pack:
        licenses_in(home, pack, APPS[0].trusted).activate(make_code(SECRET).printed)
        assert is_open(pack)

    for app, number in way:
        with running(APPS[app]), open_as(APPS[app], files[False][number]) as pack:
            assert not is_open(pack)
            licenses_in(home, pack, APPS[app].trusted)
            assert is_open(pack), (APPS[app].version, number)


def test_a_license_from_before_three_rotations_moves_to_another_computer(
    files: dict[bool, dict[int, Path]], tmp_path: Path
) -> None:
    last = APPS[-1]
    keep_issued(tmp_path / "old", 1)
    with running(last), open_as(last, files[False][5]) as pack:
        licenses_in(tmp_path / "old", pack, last.trusted).export(LicenseId("L-2026-1"), tmp_path / "it.djlicense")

    with running(last), open_as(last, files[False][5]) as pack:
        activation = licenses_in(tmp_path / "new", pack, last.trusted).activate_file(tmp_path / "it.djlicense")
        assert len(activation.held.lessons) == 4
        assert is_open(pack)


def test_a_withdrawn_license_still_opens_the_earlier_pack(files: dict[bool, dict[int, Path]], tmp_path: Path) -> None:
    keep_issued(tmp_path, 2)
    app = APPS[2]
    assert seen(app, files[True][4], tmp_path) == "-"
    assert seen(app, files[True][3], tmp_path) == "o"


def test_a_pack_for_a_later_app_says_so(files: dict[bool, dict[int, Path]]) -> None:
    with pytest.raises(BadInput, match="newer version"):
        open_pack(files[False][3], APPS[0].trusted, APPS[0].version)
