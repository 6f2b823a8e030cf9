"""The few cryptographic steps of licenses and packs; the only file of the app that knows the crypto library.

What is computed here is written down in packaging/LICENSE-FORMAT.md and proven by known answers.
"""

import hashlib
import hmac

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_sign_open,
)
from nacl.exceptions import CryptoError

PRODUCT = b"DijiPilotAcademy"
"""Stands in all that is signed or sealed, so that nothing made for another program fits."""

KEY_BYTES, NONCE_BYTES, TAG_BYTES, SIGNATURE_BYTES = 32, 24, 16, 64
_HASH_BYTES = 32


class NotGenuine(Exception):
    """Bytes that were not made with the key they should have been made with. The text is for the log alone."""


def domain(name: str) -> bytes:
    """Return a domain string: its letters and one NUL."""
    return name.encode("ascii") + b"\0"


def fields(*parts: bytes | str) -> bytes:
    """Join parts of any length, each behind its length, so that no two lists of parts give the same bytes."""
    raw = (part.encode() if isinstance(part, str) else part for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def hkdf(key: bytes, salt: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """Return `length` bytes (at most 8,160) derived from a key. Source: HKDF-SHA256, RFC 5869."""
    extracted = hmac.digest(salt, key, "sha256")
    block, derived = b"", b""
    for number in range(1, -(-length // _HASH_BYTES) + 1):
        block = hmac.digest(extracted, block + info + bytes([number]), "sha256")
        derived += block
    return derived[:length]


def keyed_hash(key: bytes, text: bytes) -> bytes:
    """Return the HMAC-SHA256 of a text, 32 bytes."""
    return hmac.digest(key, text, "sha256")


def plain_hash(text: bytes) -> bytes:
    """Return the SHA-256 of a text, 32 bytes."""
    return hashlib.sha256(text).digest()


def are_equal(one: bytes, other: bytes) -> bool:
    """Compare in a time that does not tell how much agrees."""
    return hmac.compare_digest(one, other)


def is_signed(text: bytes, signature: bytes, public_key: bytes) -> bool:
    """Tell whether a signature (Ed25519, 64 bytes) of a text is that of the holder of a key (32 bytes)."""
    if len(signature) != SIGNATURE_BYTES or len(public_key) != KEY_BYTES:
        return False
    try:
        crypto_sign_open(signature + text, public_key)
    except (CryptoError, ValueError):
        return False
    return True


def encrypt(key: bytes, nonce: bytes, text: bytes, associated: bytes) -> bytes:
    """Return a text encrypted with XChaCha20-Poly1305, its 16-byte tag behind it.

    A key must never meet two texts with the same nonce: callers derive the nonce from the text.
    """
    return crypto_aead_xchacha20poly1305_ietf_encrypt(text, associated, nonce, key)


def decrypt(key: bytes, nonce: bytes, sealed: bytes, associated: bytes) -> bytes:
    """Return the text that was encrypted. Raises NotGenuine where key, nonce, text or associated bytes are others."""
    if len(sealed) < TAG_BYTES or len(nonce) != NONCE_BYTES or len(key) != KEY_BYTES:
        raise NotGenuine("too short to be sealed")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated, nonce, key)
    except (CryptoError, ValueError) as error:
        raise NotGenuine("does not open with this key") from error
