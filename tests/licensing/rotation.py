"""A publisher through three rotations of both keys, and what an app of some version opens of what was published."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

import dijipilot
from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.ids import LicenseId, SkillId
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey, TrustedKeys
from dijipilot.errors import BadInput, LessonLocked
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.licensing.license import root_of
from dijipilot.licensing.license_file import Note
from dijipilot.services.held_licenses import HeldLicense, LicenseState
from dijipilot_vendor.publisher import Edition, Publisher
from dijipilot_vendor.records import LiveLicense, make_license_file
from dijipilot_vendor.sealing import Release, seal_pack
from dijipilot_vendor.signing import SigningKey
from tests.licensing.changing_content import FIRST, YEARS, content_of
from tests.licensing.learner import licenses_in

LESSON = SkillId("niche.buyer")
SECRET = bytes.fromhex("00112233445566778899aabbcc01")
"""Of the activation code whose license is of the first generation."""

PACK_KEYS = {number: SigningKey(f"pack-{number}", bytes([number]) * 32) for number in range(1, 6)}
LICENSE_KEYS = {number: SigningKey(f"license-{number}", bytes([16 + number]) * 32) for number in range(1, 6)}


class App(NamedTuple):
    """A version of the app. pack_keys, license_keys: numbers of those it believes."""

    version: str
    pack_keys: tuple[int, int]
    license_keys: tuple[int, int]

    @property
    def trusted(self) -> TrustedKeys:
        """What it believes."""
        return TrustedKeys(
            is_development=False,
            pack=tuple(TrustedKey(PACK_KEYS[number].kid, PACK_KEYS[number].public) for number in self.pack_keys),
            license=tuple(
                TrustedKey(LICENSE_KEYS[number].kid, LICENSE_KEYS[number].public) for number in self.license_keys
            ),
        )


class Published(NamedTuple):
    """A pack. epochs: oldest and newest generation that it serves."""

    pack_key: int
    license_key: int
    app_min: str
    epochs: tuple[int, int]


class Issued(NamedTuple):
    """How licenses of some time were issued. first_pack: the first in whose keyring they stand."""

    license_key: int
    epochs: tuple[int, ...]
    first_pack: int


APPS = (
    App("1.0.0", (1, 2), (1, 2)),
    App("1.1.0", (1, 2), (1, 2)),
    App("1.2.0", (2, 3), (2, 3)),
    App("2.0.0", (3, 4), (3, 4)),
    App("2.1.0", (4, 5), (4, 5)),
)
PACKS: Mapping[int, Published] = {
    1: Published(1, 1, "1.0.0", (1, 1)),
    2: Published(2, 2, "1.0.0", (1, 1)),
    # Signed for licenses before all apps believe the key: these fall back to what was issued.
    3: Published(2, 3, "1.1.0", (1, 2)),
    4: Published(3, 3, "1.2.0", (2, 2)),
    5: Published(4, 4, "2.0.0", (3, 3)),
}
GENERATIONS: Mapping[int, Issued] = {
    1: Issued(1, (1,), first_pack=1),
    2: Issued(2, (1,), first_pack=2),
    3: Issued(3, (2,), first_pack=4),
    # Of the generation of the last pack and of the next, as licenses are between both.
    4: Issued(4, (2, 3), first_pack=5),
}


def publisher_at(number: int) -> Publisher:
    """Return the publisher at the time of a pack."""
    published = PACKS[number]
    return _publisher(published.pack_key, published.license_key, published.epochs)


def _publisher(pack_key: int, license_key: int, epochs: tuple[int, int]) -> Publisher:
    edition = Edition("pro", "Academy Pro", epoch=epochs[1], oldest_epoch=epochs[0])
    names = [edition.entitlement(year) for year in YEARS]
    return Publisher(
        is_development=False,
        trusted=TrustedKeys(False, (), ()),
        pack_signer=PACK_KEYS[pack_key],
        license_signer=LICENSE_KEYS[license_key],
        content_root=bytes(32),
        editions=(edition,),
        key_by_entitlement={
            (name, epoch): bytes([epoch, place]) * 16 for place, name in enumerate(names) for epoch in range(1, 4)
        },
    )


def root_of_generation(generation: int) -> bytes:
    """Return what is kept of a license's code."""
    return root_of(bytes([*SECRET[:-1], generation]))


def _license(generation: int, epochs: Sequence[int], batch: str) -> License:
    keys = publisher_at(1)
    names = sorted({name for name, _ in keys.key_by_entitlement})
    return License(
        id=LicenseId(f"L-2026-{generation}"),
        type=LicenseType.CARD,
        batch=batch,
        sku="PRO",
        edition="Academy Pro",
        holder=None,
        entitlements=tuple(keys.entitlement_key(name, epoch) for name in names for epoch in epochs),
        seats=1,
        content_through=None,
        not_after=None,
        grace_days=0,
        issued=date(2026, 11, 27),
    )


RESEALED = "sealed anew"


def write_packs(folder: Path, *, withdrawn: bool) -> dict[int, Path]:
    """Write all five packs; withdrawn: no license stands in a keyring."""
    body = compile_body(content_of(FIRST))
    files = {}
    for number, published in PACKS.items():
        live = [
            LiveLicense(
                root_of_generation(generation),
                _license(generation, [published.epochs[1]], RESEALED),
            )
            for generation, issued in GENERATIONS.items()
            if issued.first_pack <= number and not withdrawn
        ]
        release = Release(number, number, date(2026, 11, 27), published.app_min)
        files[number] = folder / f"{number}{'-withdrawn' if withdrawn else ''}.djpack"
        write_body(seal_pack(body, publisher_at(number), live, release), files[number])
    return files


def keep_issued(home: Path, generation: int) -> None:
    """Keep a license of some generation in a home, as it was issued."""
    issued = GENERATIONS[generation]
    license_ = _license(generation, issued.epochs, "as issued")
    file = make_license_file(root_of_generation(generation), license_, LICENSE_KEYS[issued.license_key], is_bearer=True)
    store = ActivationStore(home / "licenses", home / "licenses of all users")
    store.keep(license_.id, replace(file, note=Note(1_795_737_600, "")), for_all=False)


def open_as(app: App, file: Path) -> Pack:
    """Return a pack as an app opens it. Raises BadInput."""
    return open_pack(file, app.trusted, app.version)


@contextmanager
def running(app: App) -> Iterator[None]:
    """Let this process be an app of some version."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dijipilot, "__version__", app.version)
        yield


def seen(app: App, file: Path, home: Path) -> str:
    """Return the sign of the table for a pack, and for what the license of a home does in it."""
    try:
        pack = open_as(app, file)
    except BadInput as error:
        return {"pack.not_genuine": "refused", "pack.newer": "newer app"}[error.message.id]
    with pack, running(app):
        licenses = licenses_in(home, pack, app.trusted)
        held = licenses.held()
        sign = _sign(held[0]) if held else "x"
        assert is_open(pack) == (sign in "Ko")
        assert (licenses.why_locked(LESSON).id == "license.retired") == (sign == "-")
        return sign


def _sign(held: HeldLicense) -> str:
    if held.state is LicenseState.RETIRED:
        return "-"
    if not held.lessons:
        return "."
    return "K" if held.license.batch == RESEALED else "o"


def is_open(pack: Pack) -> bool:
    """Tell whether a lesson that is sold can be read."""
    try:
        return pack.lesson_text(LESSON) is not None
    except LessonLocked:
        return False
