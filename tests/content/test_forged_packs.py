"""No pack is believed that is not exactly what the publisher made, and nothing of it is parsed before that is sure."""

import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

import pytest

import dijipilot
from dijipilot.content.freshness import Shipped
from dijipilot.content.installed import add_pack, added_packs, summarize_pack
from dijipilot.content.pack import check_pack, open_pack
from dijipilot.content.pack_file import MAGIC, SIGNED_AS
from dijipilot.errors import BadInput, PackDamaged
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import PRODUCT
from dijipilot_vendor.records import canonical
from dijipilot_vendor.signing import SigningKey
from tests.content.forged_packs import (
    HEAD_BYTES,
    PackTask,
    attack_packs,
    cut,
    is_taken_for_genuine,
    learn,
    lengthen,
    our_packs,
    places_of,
    readings,
)
from tests.licensing.genuine import OURS, RIVAL, TRUSTED, pack_bytes, signer, write_genuine_pack
from tests.licensing.parser_watch import ParserWatch
from tests.licensing.tally import Tally, quiet_log

NEXT = signer("ours", "pack-next")
ORDER = 2**252 + 27742317777372353535851937790883648493
NOT_GENUINE, DAMAGED, NEWER, NO_PACK = "pack.not_genuine", "pack.damaged", "pack.newer", "pack.no_pack"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a genuine pack."""
    return write_genuine_pack(tmp_path / "genuine.djpack")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[ParserWatch]:
    """Return a watch that knows what our packs bring to the parsers, and let it stand there."""
    watch = ParserWatch()
    with watch.standing():
        with watch.learning():
            learn(tmp_path / "known.djpack")
        yield watch


def test_no_bit_of_a_pack_can_be_other() -> None:
    tally = attack_packs(PackTask(seed=1, flips=540))

    tally.assert_nothing_got_through()
    assert tally.grown_by < 32 * 2**20


def test_a_pack_is_neither_shorter_nor_longer(file: Path, watch: ParserWatch) -> None:
    places, chance, tally = places_of(pack_bytes()), Random(2), Tally()
    borders = (places.texts, places.keyring, places.end)
    lengths = {*range(places.body + 2), *(border - 1 for border in borders), *(border + 1 for border in borders[:2])}
    lengths |= {chance.randrange(places.end) for _ in range(300)}

    with quiet_log(tally):
        lengthen(file, tally)
        cut(write_genuine_pack(file), lengths, tally)

    tally.assert_nothing_got_through()
    assert watch.strangers == []


def test_parts_of_several_packs_make_no_other_pack() -> None:
    attack_packs(PackTask(seed=3, splices=300)).assert_nothing_got_through()


def split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Return manifest, signature and all that follows."""
    places = places_of(raw)
    return raw[HEAD_BYTES : places.signature], raw[places.signature : places.body], raw[places.body :]


def packed(manifest: bytes, signature: bytes, rest: bytes) -> bytes:
    return MAGIC + len(manifest).to_bytes(4, "big") + manifest + signature + rest


def edited(**changes: object) -> bytes:
    """Return a pack that says something else of itself under the old signature."""
    manifest, signature, rest = split(pack_bytes())
    return packed(canonical({**json.loads(manifest), **changes}), signature, rest)


def signed_by(key: SigningKey, signed_as: bytes = SIGNED_AS, **changes: object) -> bytes:
    """Return a pack that says what ours does but for these changes, signed with some key for some purpose."""
    manifest, _, rest = split(pack_bytes())
    said = canonical({**json.loads(manifest), "kid": key.kid, **changes})
    return packed(said, key.sign(signed_as + said), rest)


def raised_signature() -> bytes:
    manifest, signature, rest = split(pack_bytes())
    raised = int.from_bytes(signature[32:], "little") + ORDER
    return packed(manifest, signature[:32] + raised.to_bytes(32, "little"), rest)


def with_length(length: int) -> bytes:
    return MAGIC + length.to_bytes(4, "big") + pack_bytes()[HEAD_BYTES:]


def exchanged(part: str) -> bytes:
    """Return our pack with one part of another one of ours that has it as long."""
    ours, other = our_packs()[:2]
    start, end = {
        "body": (places_of(ours).body, places_of(ours).texts),
        "texts": (places_of(ours).texts, places_of(ours).keyring),
        "keyring": (places_of(ours).keyring, places_of(ours).end),
    }[part]
    exchanged = ours[:start] + other[start:end] + ours[end:]
    assert len(exchanged) == len(ours) != 0
    assert exchanged != ours
    return exchanged


PACK, LICENSE = OURS.pack_signer, OURS.license_signer
LATER_APP = signed_by(PACK, app_min="9.0.0")

FORGERIES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a higher serial": (lambda: edited(serial=99), NOT_GENUINE),
    "other generations": (lambda: edited(epochs={}), NOT_GENUINE),
    "another key id": (lambda: edited(kid=NEXT.kid), NOT_GENUINE),
    "app_min lowered": (
        lambda: LATER_APP.replace(b'"app_min":"9.0.0"', b'"app_min":"%s"' % dijipilot.__version__.encode()),
        NOT_GENUINE,
    ),
    "another publisher": (lambda: pack_bytes("rival"), NOT_GENUINE),
    "another publisher with our key id": (lambda: signed_by(RIVAL.pack_signer, kid=PACK.kid), NOT_GENUINE),
    "the key for licenses": (lambda: signed_by(LICENSE), NOT_GENUINE),
    "the key for licenses with the id of that for packs": (lambda: signed_by(LICENSE, kid=PACK.kid), NOT_GENUINE),
    "signed as a license": (lambda: signed_by(PACK, crypto.domain("djp/lic/1") + PRODUCT), NOT_GENUINE),
    "signed for another product": (
        lambda: signed_by(PACK, crypto.domain("djp/pack/1") + b"DijiPilotRetail!"),
        NOT_GENUINE,
    ),
    "signed for no purpose": (lambda: signed_by(PACK, b""), NOT_GENUINE),
    "the id of the other trusted key": (lambda: signed_by(PACK, kid=NEXT.kid), NOT_GENUINE),
    "the id of the other trusted key, next to present": (lambda: signed_by(NEXT, kid=PACK.kid), NOT_GENUINE),
    "a signature raised by the order of the group": (raised_signature, NOT_GENUINE),
    "no signature": (lambda: packed(split(pack_bytes())[0], bytes(64), split(pack_bytes())[2]), NOT_GENUINE),
    "for a later app": (lambda: LATER_APP, NEWER),
    "of a later format": (lambda: signed_by(PACK, format=2), NEWER),
    "of a later kind": (lambda: b"DJPACK2\n" + pack_bytes()[len(MAGIC) :], NEWER),
    "no length": (lambda: with_length(0), NOT_GENUINE),
    "a length beyond what is allowed": (lambda: with_length(64 * 1024 + 1), NOT_GENUINE),
    "the largest length": (lambda: with_length(2**32 - 1), NOT_GENUINE),
    "a length beyond its end": (lambda: pack_bytes()[: HEAD_BYTES + 100], DAMAGED),
    "the body of another pack": (lambda: exchanged("body"), DAMAGED),
    "the texts of another pack": (lambda: exchanged("texts"), DAMAGED),
    "the keyring of another pack": (lambda: exchanged("keyring"), DAMAGED),
    "nothing": (lambda: b"", NO_PACK),
    "a database": (lambda: split(pack_bytes())[2], NO_PACK),
    "zeros": (lambda: bytes(100_000), NO_PACK),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_who_knows_the_format_forges_nothing(name: str, file: Path, tmp_path: Path, watch: ParserWatch) -> None:
    forge, told = FORGERIES[name]
    genuine = readings(file)
    shipped = Shipped(write_genuine_pack(tmp_path / "in-use.djpack", our_packs()[2]), TRUSTED)
    forged = write_genuine_pack(tmp_path / "forged.djpack", forge())

    for attempt in (
        partial(check_pack, forged, TRUSTED),
        partial(summarize_pack, forged, shipped),
        partial(add_pack, tmp_path / "packs", forged, shipped),
    ):
        with pytest.raises((BadInput, PackDamaged)) as refused:
            attempt()
        assert refused.value.message.id == told

    assert added_packs(tmp_path / "packs") == ()
    with suppress(BadInput, PackDamaged):
        assert not is_taken_for_genuine(forged, genuine)


def test_a_forged_manifest_reaches_no_parser(file: Path, tmp_path: Path, watch: ParserWatch) -> None:
    unsigned = [forge for forge, told in FORGERIES.values() if told in (NOT_GENUINE, NO_PACK)]
    forged = [forge() for forge in unsigned]
    watch.doors.clear()

    for raw in forged:
        with pytest.raises(BadInput):
            open_pack(write_genuine_pack(tmp_path / "forged.djpack", raw), TRUSTED)

    # Two name the wrong one of two trusted keys: they were signed, and had to be read to know.
    assert (len(forged), watch.doors) == (21, {"read_object": 2, "json.loads": 2})


def test_a_pack_signed_with_the_next_key_is_genuine(tmp_path: Path) -> None:
    check_pack(write_genuine_pack(tmp_path / "next.djpack", signed_by(NEXT)), TRUSTED)


STRANGE: tuple[object, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53, 2**53 + 1, 10**30, 1.5, "", "x", "ab" * 16, "AB" * 16, "2026-02-30"),
    *([], {}, [[]], [None], ["x"], [{}], {"!new": 1}, {"a": {"b": {}}}, {"pro": -1}, {"pro": None}, "1.2.3.4.5"),
    *("é" * 32, "\ud800", "0" * 64, "0.1.0", "٣" * 32),
)


def test_whatever_stands_in_a_signed_manifest_no_error_is_unforeseen(tmp_path: Path) -> None:
    manifest, _, rest = split(pack_bytes())
    said = json.loads(manifest)
    forged, tally = tmp_path / "strange.djpack", Tally()

    def read(strange: bytes) -> None:
        head = packed(strange, PACK.sign(SIGNED_AS + strange), b"")
        forged.write_bytes(head)
        # Zeros for all that follows: what is asked is only how the manifest is read.
        os.truncate(forged, len(head) + len(rest))
        open_pack(forged, TRUSTED).close()

    with quiet_log(tally):
        for name in said:
            for value in STRANGE:
                tally.attack(f"{name}={value!r}", partial(read, json.dumps({**said, name: value}).encode()))
            left = {key: value for key, value in said.items() if key != name}
            tally.attack(f"without {name}", partial(read, json.dumps(left).encode()))
        for strange in (b"[]", b"{}", b"null", b"\xff", b"[" * 5000, b'{"format":1,"format":1}', b"0" * 60_000):
            tally.attack(repr(strange[:20]), partial(read, strange))

    tally.assert_nothing_got_through()


def test_places_that_are_no_packs_are_refused_at_once(file: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "folder.djpack").mkdir()
    os.mkfifo(odd / "pipe.djpack")
    (odd / "loop.djpack").symlink_to("loop.djpack")
    (odd / "nowhere.djpack").symlink_to("missing")
    (odd / "zeros.djpack").symlink_to("/dev/zero")
    (odd / "empty.djpack").touch()
    for name, start in (("large.djpack", b""), ("long.djpack", pack_bytes())):
        with (odd / name).open("wb") as stream:
            stream.write(start)
            stream.truncate(4 * 2**30)
    shipped, tally = Shipped(file, TRUSTED), Tally()

    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(odd / "socket.djpack"))
        for path in [*sorted(odd.iterdir()), odd / "missing.djpack", odd / "\0.djpack", odd / ("x" * 300)]:
            tally.attack(path.name, partial(check_pack, path, TRUSTED))
            tally.attack(path.name, partial(add_pack, tmp_path / "packs", path, shipped))

    tally.assert_nothing_got_through()
    assert tally.refused["without a word"] == 0
    assert tally.grown_by < 8 * 2**20
    assert not (tmp_path / "packs").exists()


def test_a_pack_that_is_reached_by_a_link_is_a_pack(file: Path, tmp_path: Path) -> None:
    (tmp_path / "link.djpack").symlink_to(file)

    check_pack(tmp_path / "link.djpack", TRUSTED)
