"""License records: what the publisher signed opens, and nothing else is ever taken for genuine."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dijipilot.content.pack_file import SIGNED_AS as SIGNED_AS_PACK
from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import BadInput
from dijipilot.licensing import crypto
from dijipilot.licensing import license as license_module
from dijipilot.licensing.crypto import NONCE_BYTES, TAG_BYTES
from dijipilot.licensing.license import MAX_RECORD_BYTES, SIGNED_AS, bound_to, lookup_of, open_record, root_of, seal_of
from dijipilot_vendor.records import canonical, payload_of, seal_record, signed
from dijipilot_vendor.signing import SigningKey
from tests.licenses import derived, make_card, make_license
from tests.packs import PUBLISHER, TRUSTED

ROOT, KEYRING_ID = root_of(make_card(1).secret), derived("a keyring", 16)
SIGNER = PUBLISHER.license_signer
NEXT = SigningKey("next-license", derived("next license key"))
FULL = make_license(
    "L-2026-000123",
    "pro-2026 pro-2027",
    type=LicenseType.CLASSROOM,
    holder="Çağla’s “North Shore” College 日本",
    seats=40,
    content_through=date(2027, 12, 31),
    not_after=date(2028, 1, 31),
    grace_days=14,
)


def record_of(payload: bytes, signer: SigningKey = SIGNER, signed_as: bytes = SIGNED_AS) -> bytes:
    """Return a record of a payload, whatever it says and whoever signs it."""
    inner = len(payload).to_bytes(4, "big") + payload + signer.sign(signed_as + payload)
    return seal_record(ROOT, KEYRING_ID, inner)


def opened(
    record: bytes,
    *,
    root: bytes = ROOT,
    keyring_id: bytes = KEYRING_ID,
    lookup: bytes | None = None,
    trusted: Sequence[TrustedKey] = TRUSTED.license,
    app_version: str = "1.0.0",
) -> License:
    place = lookup_of(ROOT, KEYRING_ID) if lookup is None else lookup
    return open_record(root, keyring_id, place, record, trusted, app_version)


def refusal(record: bytes, **other: Any) -> str:
    """Return the id of what is said of a record that is refused."""
    with pytest.raises(BadInput) as caught:
        opened(record, **other)
    return caught.value.message.id


def said(**changes: object) -> bytes:
    """Return a payload of the publisher with something else in it."""
    return json.dumps({**json.loads(payload_of(FULL, SIGNER.kid)), **changes}).encode()


GENUINE = record_of(payload_of(FULL, SIGNER.kid))


def test_a_license_says_what_the_publisher_said() -> None:
    assert opened(GENUINE) == FULL
    assert opened(GENUINE).is_timed


def test_a_license_without_anything_that_may_be_missing_is_read_too() -> None:
    bare = make_license(opens="", content_through=None)

    assert opened(record_of(payload_of(bare, SIGNER.kid))) == bare
    assert not bare.is_timed


def test_a_record_opens_under_its_own_code_keyring_and_place_alone() -> None:
    other, elsewhere = root_of(make_card(2).secret), derived("another keyring", 16)

    assert refusal(GENUINE, root=other) == "license.not_genuine"
    assert refusal(GENUINE, root=other, lookup=lookup_of(other, KEYRING_ID)) == "license.not_genuine"
    assert refusal(GENUINE, keyring_id=elsewhere) == "license.not_genuine"
    assert refusal(GENUINE, keyring_id=elsewhere, lookup=lookup_of(ROOT, elsewhere)) == "license.not_genuine"
    assert refusal(GENUINE, lookup=bytes(16)) == "license.not_genuine"
    assert refusal(GENUINE, lookup=b"") == "license.not_genuine"


def test_every_changed_bit_of_a_record_is_noticed() -> None:
    for position in range(8 * len(GENUINE)):
        spoiled = bytearray(GENUINE)
        spoiled[position // 8] ^= 1 << position % 8
        assert refusal(bytes(spoiled)) == "license.not_genuine"


def test_a_record_of_another_length_is_refused() -> None:
    for length in range(len(GENUINE)):
        assert refusal(GENUINE[:length]) == "license.not_genuine"
    assert refusal(GENUINE + b"\0") == "license.not_genuine"
    assert refusal(bytes(MAX_RECORD_BYTES + 1)) == "license.not_genuine"


def test_a_signature_by_anybody_else_is_refused() -> None:
    payload = payload_of(FULL, SIGNER.kid)
    somebody = SigningKey(SIGNER.kid, derived("somebody else"))

    assert refusal(record_of(payload, somebody)) == "license.not_genuine"
    assert refusal(record_of(payload, PUBLISHER.pack_signer)) == "license.not_genuine"
    assert refusal(GENUINE, trusted=TRUSTED.pack) == "license.not_genuine"
    assert refusal(GENUINE, trusted=()) == "license.not_genuine"


def test_the_next_key_is_believed_like_the_one_in_use() -> None:
    both = (*TRUSTED.license, TrustedKey(NEXT.kid, NEXT.public))

    assert opened(record_of(payload_of(FULL, NEXT.kid), NEXT), trusted=both) == FULL
    assert opened(GENUINE, trusted=both) == FULL
    assert refusal(record_of(payload_of(FULL, NEXT.kid)), trusted=both) == "license.not_genuine"


@pytest.mark.parametrize("signed_as", [b"", SIGNED_AS_PACK, SIGNED_AS[:-1], b"djp/lic/1\0AnotherProductXX"])
def test_what_was_signed_as_something_else_is_no_license(signed_as: bytes) -> None:
    assert refusal(record_of(payload_of(FULL, SIGNER.kid), signed_as=signed_as)) == "license.not_genuine"


def sealed(inner: bytes) -> bytes:
    """Return a record of whatever is in it, not padded."""
    nonce, lookup = derived("a nonce", NONCE_BYTES), lookup_of(ROOT, KEYRING_ID)
    seal = seal_of(ROOT, KEYRING_ID)
    return nonce + crypto.encrypt(seal, nonce, inner, bound_to(KEYRING_ID, lookup))


def test_who_knows_a_code_can_still_not_write_a_license_for_it() -> None:
    genuine = signed(payload_of(FULL, SIGNER.kid), SIGNER)
    whole = genuine.ljust(-(-len(genuine) // 128) * 128, b"\0")
    assert opened(sealed(whole)) == FULL

    for inner in (
        b"",
        bytes(128),
        whole[:-1],
        genuine,
        whole[:-1] + b"\1",
        whole + bytes(1),
        b"\xff\xff\xff\xff" + whole[4:],
        (8_193).to_bytes(4, "big") + whole[4:],
        whole.replace(b'"seats":40', b'"seats":90'),
        whole.replace(b'"epoch":1', b'"epoch":9'),
    ):
        assert refusal(sealed(inner)) == "license.not_genuine"
    assert opened(sealed(whole + bytes(128))) == FULL, "in a keyring all records are as long as the longest"


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 0},
        {"v": "1"},
        {"v": True},
        {"v": None},
        {"kid": NEXT.kid},
        {"kid": None},
        {"lic": ""},
        {"lic": "l-2026"},
        {"lic": "L" * 33},
        {"lic": "../../etc"},
        {"lic": "L-1\n"},
        {"lic": 1},
        {"typ": "gift"},
        {"typ": None},
        {"batch": None},
        {"sku": 1},
        {"edition": "x" * 201},
        {"edition": "Academy\nPro"},
        {"edition": "Academy \u202e Pro"},
        {"holder": 5},
        {"holder": "\0"},
        {"ents": None},
        {"ents": {}},
        {"ents": ["pro-2026"]},
        {"ents": [{"ent": "pro-2026", "epoch": 1}]},
        {"ents": [{"ent": "pro-2026", "epoch": 0, "key": "00" * 32}]},
        {"ents": [{"ent": "pro-2026", "epoch": 10**7, "key": "00" * 32}]},
        {"ents": [{"ent": "pro-2026", "epoch": 1, "key": "00" * 31}]},
        {"ents": [{"ent": "pro-2026", "epoch": 1, "key": "zz" * 32}]},
        {"ents": [{"ent": "pro-2026", "epoch": 1, "key": 7}]},
        {"ents": [{"ent": "Pro 2026", "epoch": 1, "key": "00" * 32}]},
        {"ents": [{"ent": "p", "epoch": 1, "key": "00" * 32}] * 65},
        {"seats": 0},
        {"seats": 100_001},
        {"seats": "40"},
        {"seats": None},
        {"content_through": "2027-02-30"},
        {"content_through": 2027},
        {"not_after": ""},
        {"not_after": False},
        {"grace_days": -1},
        {"grace_days": 367},
        {"issued": None},
        {"issued": "yesterday"},
        {"app_min": 1},
        {"app_min": None},
        {"app_min": "1.x"},
        {"seats": 1.5},
    ],
    ids=str,
)
def test_a_signed_license_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    assert refusal(record_of(said(**changes))) == "license.not_genuine"


@pytest.mark.parametrize("key", json.loads(payload_of(FULL, SIGNER.kid)))
def test_a_signed_license_that_lacks_something_is_refused(key: str) -> None:
    data = json.loads(payload_of(FULL, SIGNER.kid))
    del data[key]

    assert refusal(record_of(canonical(data))) == "license.not_genuine"


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b"\xff", b"{" * 8_000, b'{"v":1,"v":1}'])
def test_a_signed_text_that_is_no_strict_json_is_refused(payload: bytes) -> None:
    assert refusal(record_of(payload)) == "license.not_genuine"


def test_a_license_that_asks_for_a_newer_app_says_for_which() -> None:
    with pytest.raises(BadInput, match=r"app version 2\.1\.0 or later"):
        opened(record_of(said(app_min="2.1.0")))
    with pytest.raises(BadInput, match=r"app version 9\.0\.0 or later"):
        opened(record_of(said(v=2, app_min="9.0.0")))
    with pytest.raises(BadInput, match="a newer version of the app"):
        opened(record_of(said(**{"!only_on": "tuesdays"})))
    assert opened(record_of(said(app_min="2.1.0")), app_version="2.1.0") == FULL
    assert opened(record_of(said(app_min="2.9.0")), app_version="2.10.0") == FULL


def test_what_a_later_publisher_adds_is_passed_over() -> None:
    assert opened(record_of(said(color="blue"))) == FULL


def test_a_clock_reset_is_a_license_of_its_own_kind() -> None:
    reset = make_license("R-1", opens="", type=LicenseType.CLOCK_RESET, content_through=None)

    assert opened(record_of(payload_of(reset, SIGNER.kid))) == reset


def test_nothing_is_parsed_before_its_signature_held(monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[bytes] = []
    monkeypatch.setattr(license_module, "read_object", entered.append)
    somebody = SigningKey(SIGNER.kid, derived("somebody else"))

    assert refusal(record_of(payload_of(FULL, SIGNER.kid), somebody)) == "license.not_genuine"
    assert refusal(GENUINE[:-1] + bytes([GENUINE[-1] ^ 1])) == "license.not_genuine"
    assert refusal(sealed(bytes(256))) == "license.not_genuine"

    assert entered == []


def test_why_a_license_was_refused_stands_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    with pytest.raises(BadInput) as caught:
        opened(record_of(said(seats=0, holder="Secret Holder")))

    assert str(caught.value).endswith("Nothing on this computer was changed. (L05)")
    assert "a number out of range" in caplog.text
    assert "Secret Holder" not in caplog.text


def test_nothing_that_is_printed_of_a_license_holds_a_key() -> None:
    keys = [each.key for each in FULL.entitlements]
    printed: list[Callable[[Any], str]] = [str, repr, "{}".format]
    for show in printed:
        text = show(FULL)
        assert "pro-2026" in text
        for key in keys:
            assert key.hex() not in text
            assert repr(key) not in text


def test_the_same_license_under_two_keyrings_has_nothing_in_common() -> None:
    inner = signed(payload_of(FULL, SIGNER.kid), SIGNER)
    one, other = (seal_record(ROOT, derived(name, 16), inner) for name in ("one", "other"))

    assert len(one) == len(other) == NONCE_BYTES + TAG_BYTES + -(-len(inner) // 128) * 128
    assert sum(mine == theirs for mine, theirs in zip(one, other, strict=True)) < 20


def test_an_id_is_as_it_must_be_for_a_file_name() -> None:
    for name in ("L-2026-000123", "A", "0", "-", "X" * 32):
        named = replace(FULL, id=LicenseId(name))
        assert opened(record_of(payload_of(named, SIGNER.kid))).id == name
