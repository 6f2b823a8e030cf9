"""The record of a code is found in a keyring of any size, and nobody can tell who else is in it."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from dijipilot.content.keyring import find_record
from dijipilot.content.pack_file import PackFile, open_pack_file
from dijipilot.errors import PackDamaged
from dijipilot.licensing.license import lookup_of, open_record
from dijipilot_vendor.records import KEYRING_STEP, Keyring, LiveLicense
from dijipilot_vendor.sealing import manifest_of, sign_pack
from tests import builders
from tests.licenses import derived, make_license, on_card
from tests.packs import FIRST, PUBLISHER, TRUSTED, write_sealed_pack

MANY = 1_001


def pack_with(licenses: list[LiveLicense], file: Path) -> PackFile:
    return open_pack_file(write_sealed_pack(builders.small_content(sold="1.1.1"), file, licenses), TRUSTED.pack)


@pytest.fixture(scope="module")
def many() -> list[LiveLicense]:
    """Return one license more than fit into the smallest keyring."""
    return [on_card(number, make_license(f"L-{number}")) for number in range(MANY)]


def test_every_license_is_found_and_is_its_own(many: list[LiveLicense], tmp_path: Path) -> None:
    with closing(pack_with(many, tmp_path / "many.djpack")) as file:
        keyring_id = file.manifest.keyring_id
        assert file.manifest.keyring_count == 2 * KEYRING_STEP

        for live in many:
            lookup = lookup_of(live.root, keyring_id)
            record = find_record(file, lookup)
            assert record is not None
            found = open_record(live.root, keyring_id, lookup, record, TRUSTED.license, "1.0.0")
            assert found == live.license


def test_a_code_that_was_not_issued_is_not_found(tmp_path: Path) -> None:
    live = on_card(1, make_license())
    with closing(pack_with([live], tmp_path / "one.djpack")) as file:
        here = lookup_of(live.root, file.manifest.keyring_id)
        assert find_record(file, here) is not None
        number = int.from_bytes(here, "big")
        beside = ((number + step).to_bytes(16, "big") for step in (-1, 1))
        others = (lookup_of(derived(f"guess {guess}"), file.manifest.keyring_id) for guess in range(500))
        for lookup in (*beside, *others, bytes(16), b"\xff" * 16):
            assert find_record(file, lookup) is None


def test_a_code_is_found_under_another_name_in_the_next_keyring(tmp_path: Path) -> None:
    live = on_card(1, make_license())
    with closing(pack_with([live], tmp_path / "one.djpack")) as file:
        assert find_record(file, lookup_of(live.root, bytes(16))) is None


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_the_first_and_the_last_entry_are_found_in_keyrings_of_any_size(tmp_path: Path, count: int) -> None:
    entries = [bytes([10 * number]) * 16 + bytes([number]) * 9 for number in range(1, count + 1)]
    keyring = Keyring(bytes(16), 1, count, 9, b"".join(entries))
    manifest = manifest_of("ab" * 16, b"a body", b"texts", keyring, {}, FIRST)
    file = tmp_path / "keyring.djpack"
    file.write_bytes(sign_pack(manifest, b"a body", b"texts", keyring, PUBLISHER.pack_signer))

    with closing(open_pack_file(file, TRUSTED.pack)) as pack_file:
        for number in range(1, count + 1):
            assert find_record(pack_file, bytes([10 * number]) * 16) == bytes([number]) * 9
            assert find_record(pack_file, bytes([10 * number + 1]) * 16) is None
        assert find_record(pack_file, bytes(16)) is None
        assert find_record(pack_file, b"\xff" * 16) is None


def test_a_keyring_that_was_cut_off_is_damage(tmp_path: Path) -> None:
    with closing(pack_with([on_card(1, make_license())], tmp_path / "cut.djpack")) as file:
        os.truncate(file.path, file.path.stat().st_size - file.manifest.keyring_len)

        with pytest.raises(PackDamaged, match="shorter"):
            find_record(file, bytes(16))
