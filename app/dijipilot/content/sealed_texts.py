"""Texts that open with a key: where they lie in the pack, and how they are read with the keys that are here."""

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from dijipilot.content.pack_file import PackFile
from dijipilot.domain.license import EntitlementKey
from dijipilot.errors import PackDamaged
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import NONCE_BYTES, PRODUCT, NotGenuine
from dijipilot.messages import message

PADDED_TO = 1_024

Value = str | int | float | bytes | None
Read = Callable[[str, Sequence[Value]], list[tuple[Value, ...]]]


class Part(Struct, frozen=True, order=True):
    """What has one key: the lessons of a program that were first published in one period."""

    program: str
    period: str


class Place(Struct, frozen=True):
    """Where a sealed text lies. sha256: of the sealed bytes; it stands in the signed body."""

    part: Part
    start: int
    length: int
    sha256: bytes


class SealedTexts:
    """The sealed part of an open pack, and the keys that were given."""

    def __init__(self, pack_file: PackFile, read: Read) -> None:
        self._file = pack_file
        self._read = read
        self._key_by_part: dict[Part, bytes] = {}
        self._place_by_kind: dict[str, dict[str, list[Place]]] = {}

    @property
    def open_parts(self) -> frozenset[Part]:
        """What can be read with the keys given."""
        return frozenset(self._key_by_part)

    def unlock(self, keys: Iterable[EntitlementKey]) -> frozenset[Part]:
        """Take keys of entitlements; return the parts that they open, those open before included.

        Keys that fit nothing in this pack are none of a problem: they may be of another generation.
        """
        opened = set()
        for each in keys:
            statement = "SELECT program, period, nonce, ct FROM wraps WHERE ent = ? AND epoch = ?"
            for program, period, nonce, sealed in self._read(statement, (each.entitlement, each.epoch)):
                part = Part(str(program), str(period))
                key = self._unwrap(each, part, _raw(nonce), _raw(sealed))
                if key is not None:
                    self._key_by_part[part] = key
                    opened.add(part)
        return frozenset(opened)

    def _unwrap(self, entitlement: EntitlementKey, part: Part, nonce: bytes, sealed: bytes) -> bytes | None:
        try:
            return crypto.decrypt(
                entitlement.key, nonce, sealed, wrap_bound_to(self._file.manifest.pack_id, entitlement, part)
            )
        except NotGenuine:
            return None

    def is_open(self, kind: str, text_id: str) -> bool:
        """Tell whether the key of a sealed text is here. Raises PackDamaged where there is no such text."""
        return all(place.part in self._key_by_part for place in self._places_of(kind, text_id))

    def text(self, kind: str, text_id: str) -> str:
        """Return a text whose key is here. Raises KeyError where it is not, PackDamaged."""
        return self._open(kind, text_id, self._places_of(kind, text_id)[0])

    def open_texts(self, kind: str, without: Iterable[Part] = ()) -> list[str]:
        """Return all texts of a kind whose keys are here, but those of some parts."""
        wanted = self.open_parts - frozenset(without)
        return [
            self._open(kind, text_id, place)
            for text_id, places in self._places(kind).items()
            for place in places
            if place.part in wanted
        ]

    def openers(self, part: Part) -> tuple[str, ...]:
        """Return the entitlements of which any opens a part."""
        statement = "SELECT DISTINCT ent FROM wraps WHERE program = ? AND period = ? ORDER BY ent"
        return tuple(str(row[0]) for row in self._read(statement, (part.program, part.period)))

    def part_of(self, kind: str, text_id: str) -> Part:
        """Return the part to which a sealed text belongs. Raises PackDamaged where there is no such text."""
        return self._places_of(kind, text_id)[0].part

    def _open(self, kind: str, text_id: str, place: Place) -> str:
        key, pack_id = self._key_by_part[place.part], self._file.manifest.pack_id
        piece = self._file.sealed_bytes(place.start, place.length)
        try:
            if not crypto.are_equal(crypto.plain_hash(piece), place.sha256):
                raise NotGenuine("other bytes than were signed")
            text_key = text_key_of(key, pack_id, text_id, kind)
            padded = crypto.decrypt(
                text_key, piece[:NONCE_BYTES], piece[NONCE_BYTES:], text_bound_to(pack_id, text_id, kind)
            )
            return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode("utf-8")
        except (NotGenuine, UnicodeDecodeError) as error:
            raise self._damaged("a sealed part of it cannot be opened") from error

    def _damaged(self, cause: str) -> PackDamaged:
        return PackDamaged(message("pack.damaged", path=str(self._file.path), cause=cause))

    def _places_of(self, kind: str, text_id: str) -> list[Place]:
        found = self._places(kind).get(text_id)
        if found is None:
            raise self._damaged("a sealed part of it is missing")
        return found

    def _places(self, kind: str) -> dict[str, list[Place]]:
        if kind not in self._place_by_kind:
            found: dict[str, list[Place]] = {}
            statement = (
                "SELECT id, program, period, start, length, sha256 FROM sealed WHERE kind = ?"
                " ORDER BY id, program, period"
            )
            for text_id, program, period, start, length, sha256 in self._read(statement, (kind,)):
                place = Place(Part(str(program), str(period)), int(str(start)), int(str(length)), _raw(sha256))
                found.setdefault(str(text_id), []).append(place)
            self._place_by_kind[kind] = found
        return self._place_by_kind[kind]


def _raw(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""


def wrap_bound_to(pack_id: bytes, entitlement: EntitlementKey, part: Part) -> bytes:
    """Return what a wrapped program key is bound to besides the key of its entitlement."""
    epoch = entitlement.epoch.to_bytes(4, "big")
    bound = crypto.fields(pack_id, entitlement.entitlement, epoch, part.program, part.period)
    return crypto.domain("djp/wrap/1") + PRODUCT + bound


def text_key_of(program_key: bytes, pack_id: bytes, text_id: str, kind: str) -> bytes:
    """Return the key of one text."""
    return crypto.hkdf(program_key, pack_id, crypto.domain("djp/lesson/1") + crypto.fields(text_id, kind))


def text_bound_to(pack_id: bytes, text_id: str, kind: str) -> bytes:
    """Return what a sealed text is bound to besides its key: the pack and its place there."""
    return crypto.domain("djp/text/1") + crypto.fields(pack_id, text_id, kind)
