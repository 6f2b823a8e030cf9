"""Known answers of section 4: records as they are signed and sealed, and everything that a reader refuses."""

from collections.abc import Iterator, Mapping

from dijipilot.licensing import crypto
from dijipilot.licensing.license import SIGNED_AS, lookup_of, root_of
from dijipilot_vendor.known_answers.codes import SECRET
from dijipilot_vendor.known_answers.vector import (
    APP_VERSION,
    LICENSE_KEY,
    NEWER,
    NEXT_LICENSE_KEY,
    NOT_GENUINE,
    PACK_KEY,
    STRANGER,
    Value,
    Values,
    Vector,
    changed,
    fixed,
    listed,
)
from dijipilot_vendor.records import canonical, seal_record, signed

ROOT, KEYRING = root_of(SECRET), fixed("keyring", 16)
TRUSTED = listed(LICENSE_KEY, NEXT_LICENSE_KEY)
LOOKUP = lookup_of(ROOT, KEYRING)

SAID: Mapping[str, Value] = {
    "v": 1,
    "kid": LICENSE_KEY.kid,
    "lic": "L-2026-000123",
    "typ": "card",
    "batch": "B014",
    "sku": "PRO-SELF",
    "edition": "Academy Pro",
    "holder": None,
    "ents": [{"ent": "pro-2026", "epoch": 1, "key": fixed("pro-2026").hex()}],
    "seats": 1,
    "content_through": "2026-12-31",
    "not_after": None,
    "grace_days": 0,
    "issued": "2026-11-27",
    "app_min": "0.1.0",
}


def payload(**others: Value) -> bytes:
    """Return the payload of a license of which something is said otherwise."""
    return canonical({**SAID, **others})


def record_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    yield from _made()
    yield from _said()
    yield from _said_wrongly()
    yield from _sealed_wrongly()
    yield from _read_wrongly()


def read(name: str, record: bytes, answer: Values, **others: Value) -> Vector:
    """Return the case of a record that is read; others: what else than usual is given."""
    given: dict[str, Value] = {"root": ROOT, "keyring_id": KEYRING, "lookup": LOOKUP, "record": record}
    return Vector(name, "read-record", {**given, "trusted": TRUSTED, "app_version": APP_VERSION, **others}, answer)


def _opened(**others: Value) -> Values:
    unsaid = ("v", "kid", "app_min")
    return {name: value for name, value in {**SAID, **others}.items() if name not in unsaid}


def _sealed(said: bytes) -> bytes:
    return seal_record(ROOT, KEYRING, signed(said, LICENSE_KEY))


def _made() -> Iterator[Vector]:
    # With length and signature, exactly so many times 128 bytes.
    filled = payload(filling="x" * (-(68 + len(payload(filling=""))) % 128))
    for name, said, padded_len in (
        ("a record", payload(), 0),
        ("a record of a keyring", payload(), 1_024),
        ("a record without padding", filled, 0),
    ):
        record = seal_record(ROOT, KEYRING, signed(said, LICENSE_KEY), padded_len)
        given: Values = {"payload": said.decode(), "seed": LICENSE_KEY.seed, "root": ROOT, "keyring_id": KEYRING}
        answer = {"nonce": record[: crypto.NONCE_BYTES], "record": record}
        yield Vector(f"{name}, made", "make-record", {**given, "padded_len": padded_len}, answer)
        yield read(f"{name}, read", record, _opened())


def _said() -> Iterator[Vector]:
    entitlement: Values = {"ent": "pro-2026", "epoch": 1_000_000, "key": "00" * 32}
    cases: dict[str, dict[str, Value]] = {
        "a named license": {"typ": "named", "holder": 'Zoë Işık, "North Shore" \\ College'},
        "a classroom license": {"typ": "classroom", "holder": "North Shore College", "seats": 100_000},
        "a trial": {"typ": "trial", "not_after": "2026-12-27", "grace_days": 366},
        "a clock reset": {"typ": "clock-reset", "ents": [], "content_through": None},
        "a license of many keys": {"ents": [{**entitlement, "ent": f"pro-{2000 + number}"} for number in range(64)]},
        "an id of all letters allowed": {"lic": "-0AZ" * 8, "edition": "x" * 200, "batch": ""},
    }
    for name, others in cases.items():
        yield read(name, _sealed(payload(**others)), _opened(**others))
    passed_over = payload(color="blue", nested={"a": [1]})
    yield read("a license that says more than we know", _sealed(passed_over), _opened())
    spaced = payload().replace(b",", b",\r\n ")
    yield read("a license in another writing of JSON", _sealed(spaced), _opened())
    by_next = seal_record(ROOT, KEYRING, signed(payload(kid=NEXT_LICENSE_KEY.kid), NEXT_LICENSE_KEY))
    yield read("a license signed with the next key", by_next, _opened())
    longest = _longest()
    yield read("a license as long as may be", _sealed(longest), _opened())
    for version in ("1", "1.4", APP_VERSION, "0.999999.999999.999999"):
        yield read(f"a license for version {version}", _sealed(payload(app_min=version)), _opened())


def _longest(more: int = 0) -> bytes:
    """Return a payload of 8,192 bytes, or more."""
    return payload(filling="x" * (8_192 + more - len(payload(filling=""))))


def _said_wrongly() -> Iterator[Vector]:
    entitlement: Values = {"ent": "pro-2026", "epoch": 1, "key": "00" * 32}
    cases: dict[str, dict[str, Value]] = {
        "no version of the format": {"v": 0},
        "a version that is a text": {"v": "1"},
        "another kid than that of the key": {"kid": NEXT_LICENSE_KEY.kid},
        "an id in small letters": {"lic": "l-2026"},
        "an id that leads elsewhere": {"lic": "../A"},
        "an id that is too long": {"lic": "A" * 33},
        "no id": {"lic": ""},
        "another type": {"typ": "gift"},
        "a batch that is a number": {"batch": 14},
        "an edition of more than 200 letters": {"edition": "x" * 201},
        "a holder with a line break": {"holder": "A\nB"},
        "a holder with a mark that turns the direction": {"holder": "A\u202eB"},
        "a holder that is half a letter": {"holder": "\ud800"},
        "65 entitlements": {"ents": [entitlement] * 65},
        "entitlements that are none": {"ents": "pro-2026"},
        "an entitlement with a capital": {"ents": [{**entitlement, "ent": "Pro"}]},
        "an entitlement of generation 0": {"ents": [{**entitlement, "epoch": 0}]},
        "an entitlement of too late a generation": {"ents": [{**entitlement, "epoch": 1_000_001}]},
        "an entitlement of generation true": {"ents": [{**entitlement, "epoch": True}]},
        "an entitlement with a short key": {"ents": [{**entitlement, "key": "00" * 31}]},
        "an entitlement with a key in capitals": {"ents": [{**entitlement, "key": "AB" * 32}]},
        "an entitlement without key": {"ents": [{"ent": "pro-2026", "epoch": 1}]},
        "no seat": {"seats": 0},
        "too many seats": {"seats": 100_001},
        "days of grace below zero": {"grace_days": -1},
        "too many days of grace": {"grace_days": 367},
        "a day that is none": {"not_after": "2026-02-30"},
        "a day in another writing": {"not_after": "20261231"},
        "a day with a time": {"issued": "2026-11-27T00:00:00"},
        "not issued": {"issued": None},
        "an oldest app that is no version": {"app_min": "1.x"},
        "an oldest app of five numbers": {"app_min": "1.0.0.0.0"},
        "an oldest app of seven digits": {"app_min": "0.1234567"},
        "an oldest app in other digits": {"app_min": "\u0661.0"},
        "an oldest app that is a number": {"app_min": 1},
    }
    for name, others in cases.items():
        yield read(f"a license with {name}", _sealed(_payload_of(others)), NOT_GENUINE)
    without = canonical({name: value for name, value in SAID.items() if name != "holder"})
    yield read("a license that leaves something out", _sealed(without), NOT_GENUINE)
    twice = payload().replace(b'"seats":1', b'"seats":1,"seats":2')
    yield read("a license that says something twice", _sealed(twice), NOT_GENUINE)
    yield read("a license with a fraction", _sealed(payload().replace(b'"seats":1', b'"seats":1.0')), NOT_GENUINE)
    yield read("a license that is no JSON", _sealed(b"seats: 1"), NOT_GENUINE)
    yield read("a license of a later format", _sealed(payload(v=2)), NEWER)
    for version in ("1.4.1", "1.10", "2", "1.4.0.0"):
        yield read(f"a license for version {version}, which is later", _sealed(payload(app_min=version)), NEWER)
    yield read("a license with a condition that we do not know", _sealed(payload(**{"!weekdays": [1]})), NEWER)


def _payload_of(others: Mapping[str, Value]) -> bytes:
    """Return a payload; half a letter can be written by its number alone."""
    if others.get("holder") == "\ud800":
        return payload(holder="?").replace(b'"holder":"?"', rb'"holder":"\ud800"')
    return payload(**others)


def _sealed_wrongly() -> Iterator[Vector]:
    """Yield records that somebody sealed who knows the code, but not how, or not with what, to sign."""
    said, inner = payload(), signed(payload(), LICENSE_KEY)
    as_pack = LICENSE_KEY.sign(crypto.domain("djp/pack/1") + crypto.PRODUCT + said)
    for_other = LICENSE_KEY.sign(SIGNED_AS.replace(b"Academy", b"Factory") + said)
    cases = {
        "signed by a stranger": signed(said, STRANGER),
        "signed with the key of packs": signed(said, PACK_KEY),
        "signed as if it were a pack": inner[:-64] + as_pack,
        "signed for another product": inner[:-64] + for_other,
        "signed without saying as what": inner[:-64] + LICENSE_KEY.sign(said),
        "with a changed payload": inner.replace(b'"seats":1', b'"seats":9'),
        "with another length": changed(inner, 3),
        "with a length beyond the end": b"\0\0\xff\xff" + inner[4:],
        "with an enormous length": b"\xff" * 4 + inner[4:],
        "without signature": inner[:-64],
        "with something in the padding": inner.ljust(1_024, b"\0")[:-1] + b"\1",
        "of no bytes": b"",
    }
    for name, raw in cases.items():
        yield read(f"a record {name}", seal_record(ROOT, KEYRING, raw), NOT_GENUINE)
    too_long = seal_record(ROOT, KEYRING, signed(_longest(more=1), LICENSE_KEY))
    yield read("a record of a payload that is too long", too_long, NOT_GENUINE)
    yield read("a record that is too long", seal_record(ROOT, KEYRING, inner, 9_216), NOT_GENUINE)


def _read_wrongly() -> Iterator[Vector]:
    """Yield a genuine record that was changed, or is read with something else than what it was made for."""
    record = _sealed(payload())
    cases = {
        "with a changed nonce": changed(record, 0),
        "with a changed byte": changed(record, 24),
        "with a changed tag": changed(record, -1, 0x80),
        "without its last byte": record[:-1],
        "with a byte more": record + b"\0",
        "cut down to its nonce": record[:24],
        "that is not there": b"",
    }
    for name, raw in cases.items():
        yield read(f"a record {name}", raw, NOT_GENUINE)
    other = fixed("keyring 2", 16)
    others: dict[str, dict[str, Value]] = {
        "under another lookup": {"lookup": changed(LOOKUP, 15)},
        "in another keyring": {"keyring_id": other},
        "moved to another keyring": {"keyring_id": other, "lookup": lookup_of(ROOT, other)},
        "of another root": {"root": fixed("root 2")},
        "moved to another root": {"root": fixed("root 2"), "lookup": lookup_of(fixed("root 2"), KEYRING)},
        "of a key that is not trusted any more": {"trusted": listed(NEXT_LICENSE_KEY)},
        "of somebody who has the id of a key of ours": {"trusted": listed(STRANGER)},
    }
    for name, given in others.items():
        yield read(f"a record {name}", record, NOT_GENUINE, **given)
