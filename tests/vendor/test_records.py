"""Licenses as the publisher makes them: what he says is what the app reads, and a keyring shows nobody in it."""

import json
from datetime import date

import pytest
from msgspec.structs import replace

from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import read_object
from dijipilot.licensing.license import LOOKUP_BYTES, lookup_of, open_record, root_of
from dijipilot.licensing.license_file import read_armor, write_armor
from dijipilot_vendor.records import (
    KEYRING_STEP,
    Keyring,
    LiveLicense,
    canonical,
    keyring_id_of,
    make_keyring,
    make_license_file,
    payload_of,
    seal_record,
    signed,
)
from tests.licenses import derived, make_card, make_license, on_card
from tests.packs import PUBLISHER, TRUSTED

SIGNER, CONTENT_ROOT, PACK_ID = PUBLISHER.license_signer, PUBLISHER.content_root, derived("a pack")
LICENSES = {
    "card": make_license(),
    "named": make_license("L-2", type=LicenseType.NAMED, holder="Ayşe Öztürk"),
    "classroom": make_license("L-3", "pro-2026 pro-2027", type=LicenseType.CLASSROOM, seats=40),
    "trial": make_license("T-1", type=LicenseType.TRIAL, not_after=date(2027, 1, 1), grace_days=3),
    "clock reset": make_license("R-1", "", type=LicenseType.CLOCK_RESET, content_through=None),
    "as large as can be": make_license("L-4", " ".join(["pro-2030"] * 64), holder="Z" * 200),
}


def keyring_of(*licenses: LiveLicense, serial: int = 1, pack_id: bytes = PACK_ID) -> Keyring:
    return make_keyring(licenses, SIGNER, CONTENT_ROOT, pack_id, serial)


def entries_of(keyring: Keyring) -> list[bytes]:
    length = LOOKUP_BYTES + keyring.record_len
    return [keyring.raw[start : start + length] for start in range(0, len(keyring.raw), length)]


def read_back(live: LiveLicense, keyring: Keyring) -> License:
    lookup = lookup_of(live.root, keyring.id)
    (entry,) = (each for each in entries_of(keyring) if each.startswith(lookup))
    return open_record(live.root, keyring.id, lookup, entry[LOOKUP_BYTES:], TRUSTED.license, "1.0.0")


@pytest.mark.parametrize("kind", LICENSES)
@pytest.mark.parametrize("is_bearer", [True, False])
def test_the_app_reads_what_the_publisher_says(kind: str, is_bearer: bool) -> None:
    root = derived(kind)
    made = make_license_file(root, LICENSES[kind], SIGNER, is_bearer=is_bearer)

    file = read_armor(write_armor(made))

    assert file.root == (root if is_bearer else None)
    assert open_record(root, file.keyring_id, file.lookup, file.record, TRUSTED.license, "1.0.0") == LICENSES[kind]


def test_a_license_has_one_writing() -> None:
    raw = payload_of(make_license(holder="Ayşe"), SIGNER.kid)

    assert raw == canonical(json.loads(raw))
    assert "Ayşe".encode() in raw
    assert b" " not in raw.replace(b"Academy Pro", b"")
    assert list(read_object(raw)) == sorted(read_object(raw))


def test_a_license_that_says_too_much_is_not_made() -> None:
    with pytest.raises(ValueError, match="too much"):
        payload_of(make_license(opens=" ".join(["pro-2026"] * 64), holder="é" * 1_500), SIGNER.kid)


def test_the_same_record_is_sealed_to_the_same_bytes_and_another_to_others() -> None:
    root, keyring_id = root_of(make_card(1).secret), derived("a keyring", 16)
    one, other = (signed(payload_of(make_license(seats=seats), SIGNER.kid), SIGNER) for seats in (1, 2))

    assert seal_record(root, keyring_id, one) == seal_record(root, keyring_id, one)
    assert seal_record(root, keyring_id, one)[:24] != seal_record(root, keyring_id, other)[:24]


def test_two_files_of_one_license_have_nothing_in_common_but_what_they_open_with() -> None:
    one, other = (make_license_file(derived("a root"), make_license(), SIGNER, is_bearer=True) for _ in range(2))

    assert one.keyring_id != other.keyring_id
    assert one.lookup != other.lookup
    assert one.record != other.record


@pytest.mark.parametrize("count", [0, 1, KEYRING_STEP - 1, KEYRING_STEP, KEYRING_STEP + 1])
def test_a_keyring_is_sorted_and_filled_up_to_the_next_thousand(count: int) -> None:
    keyring = keyring_of(*(on_card(number, make_license(f"L-{number}")) for number in range(count)))

    lookups = [entry[:LOOKUP_BYTES] for entry in entries_of(keyring)]
    assert keyring.count == len(lookups) == max(1, -(-count // KEYRING_STEP)) * KEYRING_STEP
    assert lookups == sorted(set(lookups))
    assert len(keyring.raw) == keyring.count * (LOOKUP_BYTES + keyring.record_len)


def test_short_and_long_licenses_make_records_of_one_length() -> None:
    lives = [LiveLicense(derived(kind), license_) for kind, license_ in LICENSES.items()]

    keyring = keyring_of(*lives)

    assert {len(entry) for entry in entries_of(keyring)} == {LOOKUP_BYTES + keyring.record_len}
    assert [read_back(live, keyring) for live in lives] == list(LICENSES.values())


def test_the_same_licenses_make_the_same_keyring_in_any_order() -> None:
    lives = [on_card(number, make_license(f"L-{number}")) for number in range(5)]

    assert keyring_of(*lives) == keyring_of(*reversed(lives))


def test_another_serial_or_pack_makes_a_keyring_in_which_no_entry_is_known() -> None:
    live = on_card(1, make_license())
    first = keyring_of(live)
    for later in (keyring_of(live, serial=2), keyring_of(live, pack_id=derived("another pack"))):
        assert later.id != first.id
        assert not {*entries_of(later)} & {*entries_of(first)}
        assert not {entry[:LOOKUP_BYTES] for entry in entries_of(later)} & {
            entry[:LOOKUP_BYTES] for entry in entries_of(first)
        }


def test_decoys_look_like_records() -> None:
    live = on_card(1, make_license())
    keyring, nobody = keyring_of(live), keyring_of()
    lookup = lookup_of(live.root, keyring.id)
    decoys = [entry for entry in entries_of(keyring) if not entry.startswith(lookup)]
    (record,) = (entry for entry in entries_of(keyring) if entry.startswith(lookup))

    assert len(decoys) == KEYRING_STEP - 1
    assert len({*decoys, *entries_of(nobody)}) > KEYRING_STEP
    for entry in (record, *decoys[:20]):
        ones = sum(byte.bit_count() for byte in entry) / (8 * len(entry))
        assert 0.44 < ones < 0.56


def test_a_license_on_two_lists_is_in_the_keyring_once() -> None:
    live = on_card(1, make_license())

    keyring = keyring_of(live, live, replace(live, license=make_license(seats=3)))

    assert keyring.count == KEYRING_STEP
    assert read_back(live, keyring).seats == 3


def test_the_id_of_a_keyring_says_which_pack_and_serial_it_is_for() -> None:
    ids = {
        keyring_id_of(root, pack, serial)
        for root in (CONTENT_ROOT, derived("another root"))
        for pack in (PACK_ID, derived("another pack"))
        for serial in (1, 2)
    }

    assert len(ids) == 8
    assert {len(each) for each in ids} == {16}
