"""Known answers of section 1: what everything else is made of, with cases of the standards where there are any."""

import hashlib
from collections.abc import Iterator

from dijipilot.licensing import crypto
from dijipilot_vendor.known_answers.vector import NOT_GENUINE, STRANGER, Values, Vector, changed, fixed
from dijipilot_vendor.signing import SigningKey

_ORDER = 2**252 + 27742317777372353535851937790883648493
_FIELD = 2**255 - 19
_NEUTRAL = b"\1" + bytes(31)
_BY_ANYBODY = _NEUTRAL + bytes(32)
# Points whose eightfold is the neutral one: no honest key is among them.
_SMALL_POINTS = {
    "of order one": _NEUTRAL,
    "of order two": (_FIELD - 1).to_bytes(32, "little"),
    "of order four": bytes(32),
    "of order four with the other sign": bytes(31) + b"\x80",
    "of order eight": bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    "of order eight with the other sign": bytes.fromhex(
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"
    ),
    "of order eight further down": bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
}
_TIP = "If I could offer you only one tip for the future, sunscreen would be it."
_SUNSCREEN = f"Ladies and Gentlemen of the class of '99: {_TIP}".encode()


def primitive_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    yield from _derived()
    yield from _joined()
    yield from _encrypted()
    yield from _signed()


def _derived() -> Iterator[Vector]:
    cases = {
        "HKDF, case 1 of RFC 5869": (b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42),
        "HKDF, case 2 of RFC 5869": (bytes(range(80)), bytes(range(0x60, 0xB0)), bytes(range(0xB0, 0x100)), 82),
        "HKDF, case 3 of RFC 5869: no salt, no info": (b"\x0b" * 22, b"", b"", 42),
        "HKDF with a domain string as salt": (fixed("secret", 14), crypto.domain("djp/root/1"), crypto.PRODUCT, 32),
        "HKDF of a few bytes": (fixed("root"), fixed("keyring", 16), crypto.domain("djp/lookup/1"), 16),
    }
    for name, (key, salt, info, length) in cases.items():
        given: Values = {"ikm": key, "salt": salt, "info": info, "length": length}
        yield Vector(name, "hkdf", given, {"bytes": crypto.hkdf(key, salt, info, length)})


def _joined() -> Iterator[Vector]:
    cases: dict[str, list[bytes | str]] = {
        "no fields": [],
        "two fields": ["2.5", "2026"],
        "the same letters, parted elsewhere": ["2.52", "026"],
        "an empty field is not none": ["", ""],
        "letters of several bytes, and bytes": ["Işık", b"\0\xff"],
    }
    for name, parts in cases.items():
        raw = [part.encode() if isinstance(part, str) else part for part in parts]
        yield Vector(name, "fields", {"parts": raw}, {"bytes": crypto.fields(*parts)})


def _encrypted() -> Iterator[Vector]:
    key, nonce = bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58))
    bound = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    cases = {
        "AEAD, the example of draft-irtf-cfrg-xchacha": (_SUNSCREEN, bound),
        "AEAD of nothing, bound to nothing": (b"", b""),
        "AEAD of whole blocks": (bytes(1_024), b"bound"),
    }
    for name, (text, associated) in cases.items():
        sealed = crypto.encrypt(key, nonce, text, associated)
        given: Values = {"key": key, "nonce": nonce, "text": text, "aad": associated}
        yield Vector(name, "aead-encrypt", given, {"sealed": sealed})
        given = {"key": key, "nonce": nonce, "sealed": sealed, "aad": associated}
        yield Vector(f"{name}, opened", "aead-decrypt", given, {"text": text})
    sealed = crypto.encrypt(key, nonce, _SUNSCREEN, bound)
    right: Values = {"key": key, "nonce": nonce, "sealed": sealed, "aad": bound}
    broken: dict[str, Values] = {
        "AEAD with another key": {"key": changed(key, 31)},
        "AEAD with another first half of the nonce": {"nonce": changed(nonce, 0)},
        "AEAD with another second half of the nonce": {"nonce": changed(nonce, 23)},
        "AEAD bound to something else": {"aad": bound + b"\0"},
        "AEAD with another byte": {"sealed": changed(sealed, 0)},
        "AEAD with another tag": {"sealed": changed(sealed, -1, 0x80)},
        "AEAD without its last byte": {"sealed": sealed[:-1]},
        "AEAD shorter than a tag": {"sealed": sealed[:15]},
        "AEAD with a short nonce": {"nonce": nonce[:12]},
    }
    for name, others in broken.items():
        yield Vector(name, "aead-decrypt", {**right, **others}, NOT_GENUINE)


def _signed() -> Iterator[Vector]:
    cases = {
        "Ed25519, test 1 of RFC 8032": ("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", b""),
        "Ed25519, test 2 of RFC 8032": ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", b"\x72"),
        "Ed25519, test 3 of RFC 8032": (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            b"\xaf\x82",
        ),
    }
    for name, (seed, text) in cases.items():
        signer = SigningKey("", bytes.fromhex(seed))
        answer = {"public": signer.public, "signature": signer.sign(text)}
        yield Vector(name, "sign", {"seed": signer.seed, "text": text}, answer)
    yield from _verified(SigningKey("", fixed("signer")), b"a text")


def _verified(signer: SigningKey, text: bytes) -> Iterator[Vector]:
    key, signature = signer.public, signer.sign(text)
    point, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    cases: dict[str, tuple[bytes, bytes, bytes]] = {
        "a right signature": (text, signature, key),
        "a signature of another text": (text + b"\0", signature, key),
        "a signature of somebody else": (text, signature, STRANGER.public),
        "a changed signature": (text, changed(signature, 0), key),
        "a short signature": (text, signature[:-1], key),
        "a signature with S not reduced": (text, point + (scalar + _ORDER).to_bytes(32, "little"), key),
        "a signature whose R is the neutral point": (text, _signed_with_neutral_point(signer, text), key),
        "the neutral key in another writing": (text, _BY_ANYBODY, (_FIELD + 1).to_bytes(32, "little")),
        "a key that is no point": (text, signature, b"\2" + bytes(31)),
    }
    for name, point in _SMALL_POINTS.items():
        cases[f"the key {name}, for which anybody can sign"] = (_fitting(point), _BY_ANYBODY, point)
    for name, (signed, tried, public) in cases.items():
        given: Values = {"text": signed, "signature": tried, "public": public}
        yield Vector(name, "verify", given, {"signed": name == "a right signature"})


def _signed_with_neutral_point(signer: SigningKey, text: bytes) -> bytes:
    """Return what the holder of a key can sign by leaving out the secret point; only strict readers notice."""
    scalar = int.from_bytes(hashlib.sha512(signer.seed).digest()[:32], "little")
    scalar = scalar & ~7 & (2**255 - 1) | 2**254
    return _NEUTRAL + (_challenge(signer.public, text) * scalar % _ORDER).to_bytes(32, "little")


def _challenge(public: bytes, text: bytes) -> int:
    """Return by how much a key counts in the equation of a signature whose R is the neutral point."""
    return int.from_bytes(hashlib.sha512(_NEUTRAL + public + text).digest(), "little") % _ORDER


def _fitting(point: bytes) -> bytes:
    """Return a text whose challenge is a multiple of eight, so that a key of small order drops out of the equation."""
    texts = (f"text {number}".encode() for number in range(1_000))
    return next(text for text in texts if _challenge(point, text) % 8 == 0)
