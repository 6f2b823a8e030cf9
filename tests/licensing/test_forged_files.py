"""No license file opens that is not what the publisher made, and nothing of it is parsed before that is sure."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

import dijipilot
from dijipilot.content.pack import open_pack
from dijipilot.errors import BadInput
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import PRODUCT, SIGNATURE_BYTES
from dijipilot.licensing.license import SIGNED_AS, bound_to, lookup_of, seal_of
from dijipilot.licensing.license_file import LicenseFile, read_license_file, write_armor
from dijipilot.paths import UserPaths
from dijipilot_vendor.records import canonical, payload_of, seal_record, signed
from dijipilot_vendor.signing import SigningKey
from tests.licensing.forged_files import (
    NONCE_BYTES,
    FileTask,
    alter_file,
    armored,
    content_of,
    is_allowed,
    kept_copy,
    opens,
    splice_many,
)
from tests.licensing.genuine import (
    OURS,
    RIVAL,
    TRUSTED,
    GenuineFile,
    file_of,
    license_files,
    pack_bytes,
    secret,
    signer,
    write_genuine_pack,
)
from tests.licensing.learner import licenses_in
from tests.licensing.parser_watch import ParserWatch
from tests.licensing.tally import Tally, quiet_log

BEARER, WITH_CODE = file_of(0, is_bearer=True), file_of(1, is_bearer=False)
NEWER_APP = "9.0.0"
ORDER = 2**252 + 27742317777372353535851937790883648493
"""Of the group of Ed25519: a signature whose second half is raised by it would hold in a lax implementation."""

SOMEBODY_ELSE, OTHER_CODE = "a signature of somebody else", "a record of another code"
NO_FIT, NO_KEY, OTHER_KID = (
    "lengths that do not fit",
    "does not open with this key",
    "signed with another key than it says",
)


@pytest.fixture
def watch() -> Iterator[ParserWatch]:
    """Return a watch that knows the genuine files, and let it stand at the parsers."""
    watch = ParserWatch()
    with watch.standing():
        with watch.learning():
            for genuine in (BEARER, WITH_CODE):
                opens(genuine.raw, genuine)
        yield watch


@pytest.mark.parametrize("number", [0, 1], ids=["bearer", "with a code"])
def test_no_bit_and_no_length_of_a_license_file_can_be_other(number: int) -> None:
    tally = alter_file(number)

    tally.assert_nothing_got_through()
    raw = license_files(2)[number].raw
    assert tally.tried > 8 * (len(raw) + len(content_of(raw)))
    assert tally.parsed == 0


def test_parts_of_several_files_make_no_other_license() -> None:
    tally = splice_many(FileTask(seed=1, splices=4_000))

    tally.assert_nothing_got_through()
    # Enough of them get as far as the seal and the signature.
    assert min(tally.reasons[f"A license was refused: {reason} (NotGenuine)"] for reason in (OTHER_CODE, NO_KEY)) > 50


def test_of_a_kept_copy_only_the_note_can_be_other() -> None:
    raw = kept_copy(BEARER)
    content = content_of(raw)
    note_at = len(content) - 13

    for place in range(len(content)):
        altered = armored(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            license_ = opens(altered, BEARER)
        except BadInput:
            continue
        assert (place >= note_at, license_) == (True, BEARER.license)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.removesuffix(b"\n"),
        lambda raw: raw.replace(b"\n", b"\r\n").removesuffix(b"\r\n"),
    ],
)
def test_line_ends_of_another_system_are_no_damage(change: Callable[[bytes], bytes]) -> None:
    altered = change(BEARER.raw)

    assert is_allowed(altered, BEARER.raw)
    assert opens(altered, BEARER) == BEARER.license


def inner_of(genuine: GenuineFile) -> tuple[bytes, bytes]:
    """Return payload and signature of a license, as whoever has its root can read them."""
    file = genuine.file
    bound = bound_to(file.keyring_id, file.lookup)
    sealed = crypto.decrypt(
        seal_of(genuine.root, file.keyring_id), file.record[:NONCE_BYTES], file.record[NONCE_BYTES:], bound
    )
    length = int.from_bytes(sealed[:4], "big")
    return sealed[4 : 4 + length], sealed[4 + length : 4 + length + SIGNATURE_BYTES]


def sealed_anew(inner: bytes, genuine: GenuineFile = BEARER) -> LicenseFile:
    """Return a file around anything, sealed as the format wants it: who has a root can do that."""
    return replace(genuine.file, record=seal_record(genuine.root, genuine.file.keyring_id, inner))


def joined(payload: bytes, signature: bytes) -> bytes:
    return len(payload).to_bytes(4, "big") + payload + signature


def edited(genuine: GenuineFile = BEARER, **changes: object) -> LicenseFile:
    """Return a license that says something else under the old signature."""
    payload, signature = inner_of(genuine)
    return sealed_anew(joined(canonical({**json.loads(payload), **changes}), signature), genuine)


def signed_by(key: SigningKey, kid: str = "", signed_as: bytes = SIGNED_AS) -> LicenseFile:
    """Return a license that says all the right things, signed with some key for some purpose."""
    payload = payload_of(BEARER.license, kid or key.kid)
    return sealed_anew(joined(payload, key.sign(signed_as + payload)))


def raised_signature() -> LicenseFile:
    payload, signature = inner_of(BEARER)
    raised = int.from_bytes(signature[32:], "little") + ORDER
    return sealed_anew(joined(payload, signature[:32] + raised.to_bytes(32, "little")))


def raw_sealed(padded: bytes, product: bytes = PRODUCT) -> LicenseFile:
    """Return a file around bytes that are padded in another way, or sealed for another product."""
    file = BEARER.file
    bound = bound_to(file.keyring_id, file.lookup).replace(PRODUCT, product)
    nonce = secret("nonce", NONCE_BYTES)
    return replace(file, record=nonce + crypto.encrypt(seal_of(BEARER.root, file.keyring_id), nonce, padded, bound))


def padded(more: bytes = b"", step: int = 128, length_more: int = 0) -> bytes:
    payload, signature = inner_of(BEARER)
    inner = (len(payload) + length_more).to_bytes(4, "big") + payload + signature + more
    return inner.ljust(-(-len(inner) // step) * step, b"\0")


OURS_LICENSE, OURS_PACK = OURS.license_signer, OURS.pack_signer
NEXT = signer("ours", "license-next")
ASKS_FOR_NEWER = signed(payload_of(BEARER.license, OURS_LICENSE.kid, NEWER_APP), OURS_LICENSE)

FORGERIES: Mapping[str, tuple[Callable[[], LicenseFile], str]] = {
    "more seats": (lambda: edited(seats=40), SOMEBODY_ELSE),
    "no last day": (lambda: edited(file_of(3, is_bearer=True), not_after=None), SOMEBODY_ELSE),
    "longer content": (lambda: edited(content_through="2099-12-31"), SOMEBODY_ELSE),
    "another key id": (lambda: edited(kid=NEXT.kid), SOMEBODY_ELSE),
    "entitlement of another year": (
        lambda: edited(ents=[{"ent": "pro-2027", "epoch": 1, "key": secret("guess").hex()}]),
        SOMEBODY_ELSE,
    ),
    "app_min lowered": (
        lambda: sealed_anew(ASKS_FOR_NEWER.replace(NEWER_APP.encode(), dijipilot.__version__.encode())),
        SOMEBODY_ELSE,
    ),
    "another publisher": (lambda: signed_by(RIVAL.license_signer), SOMEBODY_ELSE),
    "another publisher with our key id": (lambda: signed_by(RIVAL.license_signer, OURS_LICENSE.kid), SOMEBODY_ELSE),
    "the key for packs": (lambda: signed_by(OURS_PACK), SOMEBODY_ELSE),
    "the key for packs with the id of that for licenses": (
        lambda: signed_by(OURS_PACK, OURS_LICENSE.kid),
        SOMEBODY_ELSE,
    ),
    "signed as a pack": (
        lambda: signed_by(OURS_LICENSE, signed_as=crypto.domain("djp/pack/1") + PRODUCT),
        SOMEBODY_ELSE,
    ),
    "signed for another product": (
        lambda: signed_by(OURS_LICENSE, signed_as=crypto.domain("djp/lic/1") + b"DijiPilotRetail!"),
        SOMEBODY_ELSE,
    ),
    "signed for no purpose": (lambda: signed_by(OURS_LICENSE, signed_as=b""), SOMEBODY_ELSE),
    "the id of the other trusted key": (lambda: signed_by(OURS_LICENSE, NEXT.kid), OTHER_KID),
    "the id of the other trusted key, next to present": (lambda: signed_by(NEXT, OURS_LICENSE.kid), OTHER_KID),
    "a signature raised by the order of the group": (raised_signature, SOMEBODY_ELSE),
    "no signature": (lambda: sealed_anew(joined(inner_of(BEARER)[0], bytes(64))), SOMEBODY_ELSE),
    "a signature of something else": (
        lambda: sealed_anew(joined(inner_of(BEARER)[0], inner_of(WITH_CODE)[1])),
        SOMEBODY_ELSE,
    ),
    "moved to another keyring": (lambda: replace(BEARER.file, keyring_id=secret("other", 16)), OTHER_CODE),
    "moved to the keyring of another file": (
        lambda: replace(BEARER.file, keyring_id=WITH_CODE.file.keyring_id),
        OTHER_CODE,
    ),
    "moved to another lookup": (lambda: replace(BEARER.file, lookup=WITH_CODE.file.lookup), OTHER_CODE),
    "moved to another keyring, with the lookup there": (
        lambda: replace(
            BEARER.file, keyring_id=secret("other", 16), lookup=lookup_of(BEARER.root, secret("other", 16))
        ),
        NO_KEY,
    ),
    "the record of another license": (lambda: replace(BEARER.file, record=WITH_CODE.file.record), NO_KEY),
    "the root of another license": (lambda: replace(BEARER.file, root=WITH_CODE.root), OTHER_CODE),
    "sealed for another product": (lambda: raw_sealed(padded(), b"DijiPilotRetail!"), NO_KEY),
    "something in the padding": (lambda: raw_sealed(padded(b"\1")), NO_FIT),
    "padded to another length": (lambda: raw_sealed(padded(step=100)), NO_FIT),
    "a payload that is longer than what is there": (lambda: raw_sealed(padded(length_more=2**31)), NO_FIT),
    "a payload that reaches into its signature": (lambda: raw_sealed(padded(length_more=1)), SOMEBODY_ELSE),
    "nothing inside": (lambda: raw_sealed(b""), NO_FIT),
    "nothing but zeros": (lambda: raw_sealed(bytes(256)), SOMEBODY_ELSE),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_who_knows_the_format_forges_nothing(name: str, watch: ParserWatch, caplog: pytest.LogCaptureFixture) -> None:
    forge, reason = FORGERIES[name]
    forged = forge()
    watch.doors.clear()

    with pytest.raises(BadInput) as refused, caplog.at_level(logging.WARNING):
        opens(write_armor(forged), WITH_CODE if forged.root is None else BEARER)

    assert refused.value.message.id == "license.not_genuine"
    assert [record.getMessage() for record in caplog.records] == [
        f"A license was refused: {reason} ({'ValueError' if reason is OTHER_KID else 'NotGenuine'})"
    ]
    # What names the wrong one of two trusted keys was signed: that it may say so it had to be read.
    assert bool(watch.doors) is (reason is OTHER_KID)


def test_a_home_takes_no_forgery_whichever_way_it_comes(tmp_path: Path) -> None:
    home, tally = tmp_path / "attacked", Tally()
    folder = UserPaths(home).licenses
    folder.mkdir(parents=True)
    # The only card that it knows is none of those that the forger holds.
    file = write_genuine_pack(tmp_path / "cards.djpack", pack_bytes(live_cards=1))
    with quiet_log(tally), open_pack(file, TRUSTED) as pack:
        for number, (forge, _) in enumerate(FORGERIES.values()):
            forged = forge()
            raw = write_armor(replace(forged, root=forged.root or BEARER.root))
            (tmp_path / "sent.djlicense").write_bytes(raw)
            licenses = licenses_in(home, pack, TRUSTED)
            tally.attack("file", partial(licenses.activate_file, tmp_path / "sent.djlicense"))
            tally.attack("pasted", partial(licenses.activate, raw.decode()))
            # Who can write there need not ask.
            (folder / f"FORGED-{number}.djlicense").write_bytes(raw)
        licenses = licenses_in(home, pack, TRUSTED)

        assert licenses.held() == ()
        assert pack.locked_skills() == pack.sealed_skills()
    tally.assert_nothing_got_through()
    assert tally.tried == 2 * len(FORGERIES)
    assert len(list(folder.iterdir())) == len(FORGERIES)


def test_a_license_for_a_later_app_says_so() -> None:
    with pytest.raises(BadInput) as refused:
        opens(write_armor(sealed_anew(ASKS_FOR_NEWER)), BEARER)

    assert refused.value.message.values == {"version": NEWER_APP}


SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    # The same points, written as numbers beyond the field or with a sign they do not have.
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]
"""Points of Ed25519 with which one signature holds for many texts."""


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_no_signature_holds_that_would_hold_for_any_text(point: str) -> None:
    small, ours = bytes.fromhex(point), TRUSTED.license[0].key
    texts = [bytes([number]) for number in range(16)]

    for other in map(bytes.fromhex, SMALL_ORDER):
        assert not any(crypto.is_signed(text, other + bytes(32), small) for text in texts)
        assert not any(crypto.is_signed(text, other + bytes(32), ours) for text in texts)


STRANGE: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**53, 2**53 + 1, 10**30, 1.5, "", "x", "x" * 300, "\n", "\u202e", "2026-02-30"),
    *([], {}, [[]], [None], ["x"], [{}], {"!new": 1}, {"a": {"b": {}}}, "9" * 400, "1.2.3.4.5", "0.1.0"),
    *([{"ent": "pro-2026", "epoch": 1, "key": "zz" * 32}], [{"ent": "pro-2026", "epoch": 2**40, "key": "00" * 32}]),
    *([{"ent": ["x"], "epoch": 1, "key": "00" * 32}], [{"ent": "pro-2026", "epoch": True, "key": 5}], [[1, 2, 3]]),
)


def test_whatever_stands_in_a_signed_license_no_error_is_unforeseen() -> None:
    said = json.loads(payload_of(BEARER.license, OURS_LICENSE.kid))
    tally = Tally()

    def read(payload: bytes) -> bool:
        inner = joined(payload, OURS_LICENSE.sign(SIGNED_AS + payload))
        opens(write_armor(sealed_anew(inner)), BEARER)
        return False

    with quiet_log(tally):
        for name in said:
            for value in STRANGE:
                tally.attack(f"{name}={value!r}", partial(read, json.dumps({**said, name: value}).encode()))
            left = {key: value for key, value in said.items() if key != name}
            tally.attack(f"without {name}", partial(read, json.dumps(left).encode()))
        for payload in (b"", b"[]", b"{}", b"null", b"\xff", b'"x"', b"[" * 5000, b'{"v":1,"v":1}', b'{"v":NaN}'):
            tally.attack(repr(payload), partial(read, payload))

    tally.assert_nothing_got_through()


def test_places_that_are_no_files_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder.djlicense").mkdir()
    os.mkfifo(tmp_path / "pipe.djlicense")
    (tmp_path / "loop.djlicense").symlink_to("loop.djlicense")
    (tmp_path / "nowhere.djlicense").symlink_to("missing")
    (tmp_path / "zeros.djlicense").symlink_to("/dev/zero")
    (tmp_path / "empty.djlicense").touch()
    with (tmp_path / "large.djlicense").open("wb") as stream:
        stream.write(BEARER.raw)
        stream.truncate(4 * 2**30)
    tally = Tally()

    places = sorted(tmp_path.glob("*.djlicense"))
    for path in [*places, tmp_path / "missing.djlicense", tmp_path / "\0.djlicense", tmp_path / ("x" * 300)]:
        tally.attack(path.name, partial(read_license_file, path))

    tally.assert_nothing_got_through()
    assert tally.tried == 10
    assert tally.grown_by < 2**20


def test_a_file_that_is_reached_by_a_link_is_read(tmp_path: Path) -> None:
    (tmp_path / "real.djlicense").write_bytes(BEARER.raw)
    (tmp_path / "link.djlicense").symlink_to("real.djlicense")

    assert read_license_file(tmp_path / "link.djlicense") == BEARER.file
