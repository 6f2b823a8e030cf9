"""What attackers can get hold of: license files, cards and packs of one publisher, and those of another one.

All follows from names, so that an attack that gets through can be repeated.
"""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.loader import Content
from dijipilot.domain.curriculum import Curriculum, Lesson, Mission
from dijipilot.domain.ids import LicenseId, MissionNumber
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey, TrustedKeys
from dijipilot.licensing.code import ActivationCode, make_code
from dijipilot.licensing.license import lookup_of, root_of
from dijipilot.licensing.license_file import LicenseFile, write_armor
from dijipilot_vendor.publisher import Edition, Publisher
from dijipilot_vendor.records import LiveLicense, payload_of, seal_record, signed
from dijipilot_vendor.sealing import Release, seal_pack
from dijipilot_vendor.signing import SigningKey
from tests import builders

PRO, BASIC = Edition("pro", "Academy Pro"), Edition("basic", "Academy Basic", ("1.*",))
PERIODS = ("2026", "2027")
BUILT = date(2027, 3, 1)
ISSUED = date(2026, 12, 1)

_FREE = MissionNumber("1.1.1")
_SECRET_BITS = 110
_TYPES = (LicenseType.CARD, LicenseType.NAMED, LicenseType.CLASSROOM, LicenseType.TRIAL)


class GenuineFile(Struct, frozen=True):
    """A license file as it left the publisher. root: what its code gives, which a bearer's file holds as well."""

    raw: bytes
    file: LicenseFile
    root: bytes
    license: License


def secret(name: str, length: int = 32) -> bytes:
    """Return bytes that follow from a name, up to 64."""
    return hashlib.sha512(f"attacks on licenses: {name}".encode()).digest()[:length]


def signer(owner: str, role: str) -> SigningKey:
    """Return a signing key of a publisher. role: such as "pack" or "license-next"."""
    return SigningKey(f"{owner}-{role}", secret(f"{owner} {role}"))


@cache
def publisher(owner: str) -> Publisher:
    """Return a publisher whose apps trust a present and a next key of each role."""

    def trusted(role: str) -> tuple[TrustedKey, ...]:
        keys = (signer(owner, role), signer(owner, f"{role}-next"))
        return tuple(TrustedKey(each.kid, each.public) for each in keys)

    names = [edition.entitlement(period) for edition in (PRO, BASIC) for period in PERIODS]
    return Publisher(
        is_development=False,
        trusted=TrustedKeys(is_development=False, pack=trusted("pack"), license=trusted("license")),
        pack_signer=signer(owner, "pack"),
        license_signer=signer(owner, "license"),
        content_root=secret(f"{owner} content"),
        editions=(PRO, BASIC),
        key_by_entitlement={(name, 1): secret(f"{owner} {name}") for name in names},
    )


OURS, RIVAL = publisher("ours"), publisher("rival")
TRUSTED = OURS.trusted


def license_of(number: int, owner: Publisher = OURS) -> License:
    """Return a license; numbers that follow each other differ in all that licenses differ in."""
    edition = (PRO, BASIC)[number % 2]
    kind = _TYPES[number % len(_TYPES)]
    periods = PERIODS[: 1 + number // 2 % 2]
    return License(
        id=LicenseId(f"L-2026-{number:06}"),
        type=kind,
        batch=f"B{number % 1000:03}",
        sku=f"{edition.name.upper()}-SELF",
        edition=edition.title,
        holder=None if kind is LicenseType.CARD else f"North Shore College, room {number}",
        entitlements=tuple(owner.entitlement_key(edition.entitlement(period), 1) for period in periods),
        seats=1 + number % 40,
        content_through=date(int(periods[-1]), 12, 31),
        not_after=date(2027, 12, 31) if kind is LicenseType.TRIAL else None,
        grace_days=number % 30,
        issued=ISSUED,
    )


def code_of(number: int) -> ActivationCode:
    """Return the activation code of a card."""
    bits = int.from_bytes(secret(f"code {number}"), "big") >> (256 - _SECRET_BITS)
    return make_code(bits.to_bytes(14, "big"))


def cards(count: int, owner: Publisher = OURS) -> list[LiveLicense]:
    """Return so many cards, by the number of their codes."""
    return [LiveLicense(root_of(code_of(number).secret), license_of(number, owner)) for number in range(count)]


def file_of(number: int, *, is_bearer: bool) -> GenuineFile:
    """Return a license file; one that is no bearer's opens with the code of the same number."""
    root = secret(f"root {number}") if is_bearer else root_of(code_of(number).secret)
    keyring_id, license_ = secret(f"keyring of file {number}", 16), license_of(number)
    inner = signed(payload_of(license_, OURS.license_signer.kid), OURS.license_signer)
    record = seal_record(root, keyring_id, inner)
    file = LicenseFile(keyring_id, lookup_of(root, keyring_id), record, root if is_bearer else None)
    return GenuineFile(write_armor(file), file, root, license_)


@cache
def license_files(count: int) -> tuple[GenuineFile, ...]:
    """Return so many license files, every other one a bearer's."""
    return tuple(file_of(number, is_bearer=number % 2 == 0) for number in range(count))


@cache
def sealed_content(edition: str = "test") -> Content:
    """Return the small curriculum, all of it written; one mission is free, the others are of two periods."""
    content = builders.small_content()
    curriculum = _with_missions(content.curriculum)
    return replace(
        content,
        curriculum=curriculum,
        edition=edition,
        text_by_skill={lesson.skill: builders.lesson_text(lesson.skill) for lesson in curriculum.lessons},
    )


def _with_missions(curriculum: Curriculum) -> Curriculum:
    stages = tuple(
        replace(
            stage,
            programs=tuple(
                replace(program, missions=tuple(map(_written, program.missions))) for program in stage.programs
            ),
        )
        for stage in curriculum.stages
    )
    return replace(curriculum, stages=stages)


def _written(mission: Mission) -> Mission:
    return replace(mission, is_free=mission.number == _FREE, lessons=tuple(map(_dated, mission.lessons)))


def _dated(lesson: Lesson) -> Lesson:
    period = PERIODS[lesson.number.startswith("1.2")]
    return replace(lesson, is_ready=True, published=f"{period}-02-01")


@cache
def _body(edition: str) -> bytes:
    return compile_body(sealed_content(edition))


@cache
def pack_bytes(owner: str = "ours", live_cards: int = 20, serial: int = 1, edition: str = "test") -> bytes:
    """Return a sealed pack that so many cards open."""
    release = Release(serial, serial, BUILT)
    return seal_pack(_body(edition), publisher(owner), cards(live_cards, publisher(owner)), release)


def write_genuine_pack(file: Path, raw: bytes | None = None) -> Path:
    """Write a pack to a file; return where it is."""
    write_body(pack_bytes() if raw is None else raw, file)
    return file
