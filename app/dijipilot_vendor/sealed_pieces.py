"""The bytes of single sealed texts and wrapped keys: everything follows from what goes in, nonces too."""

from dijipilot.content.sealed_texts import PADDED_TO, Part, text_bound_to, text_key_of, wrap_bound_to
from dijipilot.domain.license import EntitlementKey
from dijipilot.licensing import crypto


def program_key_of(content_root: bytes, pack_id: bytes, part: Part) -> bytes:
    """Return the key of a part in one pack; each pack has another."""
    return crypto.hkdf(content_root, pack_id, crypto.domain("djp/program/1") + crypto.fields(part.program, part.period))


def seal_text(program_key: bytes, pack_id: bytes, kind: str, text_id: str, text: str) -> bytes:
    """Return a text as it lies in the sealed part: its nonce, then what is encrypted."""
    raw = text.encode()
    padded = len(raw).to_bytes(4, "big") + raw
    padded = padded.ljust(-(-len(padded) // PADDED_TO) * PADDED_TO, b"\0")
    nonce_key = crypto.hkdf(program_key, pack_id, crypto.domain("djp/nonce/1"))
    nonce = crypto.keyed_hash(nonce_key, crypto.fields(text_id, kind, padded))[: crypto.NONCE_BYTES]
    key = text_key_of(program_key, pack_id, text_id, kind)
    return nonce + crypto.encrypt(key, nonce, padded, text_bound_to(pack_id, text_id, kind))


def wrap_key(owner: EntitlementKey, program_key: bytes, pack_id: bytes, part: Part) -> tuple[bytes, bytes]:
    """Return a program's key encrypted for an entitlement: nonce and ciphertext."""
    nonce_key = crypto.hkdf(owner.key, pack_id, crypto.domain("djp/wrap-nonce/1"))
    nonce = crypto.keyed_hash(nonce_key, crypto.fields(part.program, part.period, program_key))[: crypto.NONCE_BYTES]
    return nonce, crypto.encrypt(owner.key, nonce, program_key, wrap_bound_to(pack_id, owner, part))
