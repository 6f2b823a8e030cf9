"""Watches every encryption while a publisher builds one pack after the other, for a key that meets two texts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from dijipilot.content.compiler import compile_body
from dijipilot.content.sealed_texts import Part
from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License, LicenseType
from dijipilot.licensing import crypto
from dijipilot_vendor.develop import publisher_of
from dijipilot_vendor.publisher import Edition, Publisher
from dijipilot_vendor.records import LiveLicense, make_license_file
from dijipilot_vendor.sealing import Release, seal_pack
from tests.licensing.changing_content import FIRST, YEARS, Draft, content_of, edited

KINDS = {b"djp/text/1": "texts", b"djp/wrap/1": "wraps", b"djp/rec/1\0": "records"}
MOST_EPOCHS = 4


class Figures(NamedTuple):
    """What was watched. calls: by kind; repeated: calls that made again what was made before; reused: findings."""

    packs: int
    calls: Mapping[str, int]
    repeated: int
    reused: list[str]


class Watch:
    """All keys and nonces so far, and what each pair met."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.repeated = 0
        self.reused: list[str] = []
        self._met: dict[tuple[bytes, bytes], tuple[bytes, bytes]] = {}

    def note(self, key: bytes, nonce: bytes, text: bytes, associated: bytes) -> None:
        """Note an encryption. Other associated bytes count as another text: their tags would share a key."""
        kind = KINDS[associated[:10]]
        self.calls[kind] += 1
        self.repeated += (key, nonce) in self._met
        before = self._met.setdefault((key, nonce), (text, associated))
        if before != (text, associated):
            self.reused.append(f"{kind}: {before[1]!r} and {associated!r}")


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch all encryptions of this process."""
    watch, encrypt = Watch(), crypto.encrypt

    def watched(key: bytes, nonce: bytes, text: bytes, associated: bytes) -> bytes:
        watch.note(key, nonce, text, associated)
        return encrypt(key, nonce, text, associated)

    crypto.encrypt = watched
    try:
        yield watch
    finally:
        crypto.encrypt = encrypt


class Desk(NamedTuple):
    """What a publisher has decided so far. epochs: oldest served and newest; live: number and holder of licenses."""

    draft: Draft
    release: Release
    epochs: tuple[int, int]
    live: tuple[tuple[int, str], ...]


START = Desk(FIRST, Release(1, 1, date(2026, 11, 27)), (1, 1), ((1, ""), (2, "")))


def decided(desk: Desk, chance: Random) -> Desk:
    """Return what the publisher has decided next. That serials stay is a mistake, which must do no harm either."""
    release = desk.release
    if chance.random() < 0.6:
        release = replace(release, serial=release.serial + 1)
    if chance.random() < 0.6:
        release = replace(release, keyring_serial=release.keyring_serial + 1)
    oldest, newest = desk.epochs
    if chance.random() < 0.1 and newest < MOST_EPOCHS:
        oldest, newest = chance.choice((oldest, newest + 1)), newest + 1
    live = dict(desk.live)
    number = chance.randrange(1, 6)
    change = chance.choice(("issue", "withdraw", "rename", "none"))
    if change == "withdraw":
        live.pop(number, None)
    elif change != "none":
        live[number] = chance.choice(("", "Zoë", "North Shore College"))
    return Desk(edited(desk.draft, chance), release, (oldest, newest), tuple(sorted(live.items())))


def build(desk: Desk) -> bytes:
    """Return the pack of a desk, and make a license file for its first license."""
    publisher = _publisher(desk)
    licenses = [LiveLicense(bytes([number]) * 32, _license(publisher, number, holder)) for number, holder in desk.live]
    if licenses:
        make_license_file(licenses[0].root, licenses[0].license, publisher.license_signer, is_bearer=True)
    return seal_pack(compile_body(content_of(desk.draft)), publisher, licenses, desk.release)


def build_many(packs: int, seed: int) -> Figures:
    """Build so many packs, each after one more round of decisions, and return what was seen."""
    chance, desk = Random(seed), START
    with watching() as watch:
        for _ in range(packs):
            build(desk)
            desk = decided(desk, chance)
    return Figures(packs, watch.calls, watch.repeated, watch.reused)


def _publisher(desk: Desk) -> Publisher:
    oldest, newest = desk.epochs
    edition = Edition("pro", "Academy Pro", epoch=newest, oldest_epoch=oldest)
    made = publisher_of(bytes(32), [Part("", year) for year in YEARS])
    keys = {
        (name, epoch): crypto.hkdf(key, b"", bytes([epoch]))
        for (name, _), key in made.key_by_entitlement.items()
        for epoch in range(1, newest + 1)
    }
    return replace(made, editions=(edition,), key_by_entitlement=keys)


def _license(publisher: Publisher, number: int, holder: str) -> License:
    newest = max(epoch for _, epoch in publisher.key_by_entitlement)
    names = sorted({name for name, _ in publisher.key_by_entitlement})
    return License(
        id=LicenseId(f"L-2026-{number:06}"),
        type=LicenseType.NAMED if holder else LicenseType.CARD,
        batch="",
        sku="PRO",
        edition="Academy Pro",
        holder=holder or None,
        entitlements=tuple(publisher.entitlement_key(name, newest) for name in names),
        seats=1,
        content_through=None,
        not_after=None,
        grace_days=0,
        issued=date(2026, 11, 27),
    )
