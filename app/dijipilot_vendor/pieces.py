"""Seals single texts and wraps the keys that open them; every nonce follows from the key and the text."""

from dijipilot.content.sealed_texts import PADDED_TO, Part, text_bound_to, text_key_of, wrap_bound_to
from dijipilot.domain.license import EntitlementKey
from dijipilot.licensing import crypto
from dijipilot.licensing.crypto import NONCE_BYTES


def program_key_of(content_root: bytes, pack_id: bytes, part: Part) -> bytes:
    """Return the key of what a program holds of one period, new in every pack."""
    info = crypto.domain("djp/program/1") + crypto.fields(part.program, part.period)
    return crypto.hkdf(content_root, pack_id, info)


def seal_text(program_key: bytes, pack_id: bytes, kind: str, text_id: str, text: str) -> bytes:
    """Return a text as it lies in the sealed part: nonce, encrypted text, tag."""
    raw = text.encode()
    padded = len(raw).to_bytes(4, "big") + raw
    padded = padded.ljust(-(-len(padded) // PADDED_TO) * PADDED_TO, b"\0")
    nonce_key = crypto.hkdf(program_key, pack_id, crypto.domain("djp/nonce/1"))
    nonce = crypto.keyed_hash(nonce_key, crypto.fields(text_id, kind, padded))[:NONCE_BYTES]
    text_key = text_key_of(program_key, pack_id, text_id, kind)
    return nonce + crypto.encrypt(text_key, nonce, padded, text_bound_to(pack_id, text_id, kind))


def wrap_key(owner: EntitlementKey, pack_id: bytes, part: Part, program_key: bytes) -> tuple[bytes, bytes]:
    """Return nonce and ciphertext of a program key that the key of an entitlement opens."""
    nonce_key = crypto.hkdf(owner.key, pack_id, crypto.domain("djp/wrap-nonce/1"))
    nonce = crypto.keyed_hash(nonce_key, crypto.fields(part.program, part.period, program_key))[:NONCE_BYTES]
    return nonce, crypto.encrypt(owner.key, nonce, program_key, wrap_bound_to(pack_id, owner, part))
