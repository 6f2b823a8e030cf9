"""A checkout makes keys and a pack of its own, which its code and its license open."""

import stat
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.keyring import find_record
from dijipilot.content.pack import open_pack
from dijipilot.content.pack_file import open_pack_file
from dijipilot.domain.ids import SkillId
from dijipilot.domain.signed_text import TrustedKeys, read_trusted_keys
from dijipilot.errors import CouldNotSave
from dijipilot.licensing.code import read_code
from dijipilot.licensing.license import lookup_of, open_record, root_of
from dijipilot.licensing.license_file import read_license_file
from dijipilot_vendor.develop import CODE, LICENSE, SEED, TRUSTED, main, make_vault, seal_for_development
from tests import builders
from tests.content.mini_curriculum import DRAFT_MISSION, MISSION, change, write_mini_curriculum

BUYER = SkillId("niche.buyer")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return a development vault."""
    made = tmp_path / "deep" / "publisher"
    make_vault(made)
    return made


def trusted_in(vault: Path) -> TrustedKeys:
    return read_trusted_keys((vault / TRUSTED).read_bytes())


def test_a_vault_holds_secrets_for_its_owner_alone(vault: Path) -> None:
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in vault.iterdir()} | {TRUSTED: 0} == {
        SEED: 0o600,
        CODE: 0o600,
        LICENSE: 0o600,
        TRUSTED: 0,
    }
    assert stat.S_IMODE(vault.stat().st_mode) == 0o700
    assert trusted_in(vault).is_development
    assert list(vault.parent.iterdir()) == [vault]


def test_a_vault_that_is_there_stays_as_it_is(vault: Path) -> None:
    before = {path.name: path.read_bytes() for path in vault.iterdir()}

    make_vault(vault)

    assert {path.name: path.read_bytes() for path in vault.iterdir()} == before


def test_each_checkout_has_keys_of_its_own(vault: Path, tmp_path: Path) -> None:
    make_vault(tmp_path / "other")

    for name in (SEED, TRUSTED, CODE, LICENSE):
        assert (tmp_path / "other" / name).read_bytes() != (vault / name).read_bytes()


def test_of_vaults_that_are_made_at_once_one_stays(tmp_path: Path) -> None:
    vault = tmp_path / "publisher"
    threads = [threading.Thread(target=make_vault, args=(vault,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(tmp_path.glob("*publisher*")) == [vault]
    assert list(tmp_path.glob(".publisher*")) == []
    assert len(list(vault.iterdir())) == 4


def test_a_place_that_takes_no_vault_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    with pytest.raises(CouldNotSave):
        make_vault(tmp_path / "file" / "publisher")


@pytest.mark.parametrize("published", ["2026-11-23", "2029-03-01"])
def test_the_code_and_the_license_of_a_checkout_open_its_pack(vault: Path, tmp_path: Path, published: str) -> None:
    content = builders.small_content(sold="1.1.1", published={BUYER: published})
    file = tmp_path / "academy.djpack"
    write_body(seal_for_development(compile_body(content), vault, date(2026, 11, 27)), file)
    trusted = trusted_in(vault)
    license_file = read_license_file(vault / LICENSE)
    assert license_file.root is not None

    for root in (root_of(read_code((vault / CODE).read_text("ascii")).secret), license_file.root):
        with closing(open_pack_file(file, trusted.pack)) as pack_file:
            keyring_id = pack_file.manifest.keyring_id
            lookup = lookup_of(root, keyring_id)
            record = find_record(pack_file, lookup)
        assert record is not None
        license_ = open_record(root, keyring_id, lookup, record, trusted.license, "1.0.0")
        with open_pack(file, trusted) as pack:
            assert pack.unlock(license_.entitlements) == {BUYER}
            assert pack.lesson_text(BUYER) == builders.lesson_text(BUYER)


def test_the_tool_makes_the_same_pack_twice(vault: Path, tmp_path: Path) -> None:
    sources = write_mini_curriculum(tmp_path / "curriculum")
    change(sources, MISSION, "free: true\n", "")
    for name in ("one", "two"):
        assert main(["--curriculum", str(sources), "--vault", str(vault), "--output", str(tmp_path / name)]) == 0

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_problems_of_the_sources_are_told_line_by_line(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = write_mini_curriculum(tmp_path / "curriculum")
    line = change(sources, DRAFT_MISSION, "[base.second]", "[base.secnd]")

    code = main(["--curriculum", str(sources), "--vault", str(vault), "--output", str(tmp_path / "new")])

    assert code == 3
    assert f"{DRAFT_MISSION}:{line}:" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
