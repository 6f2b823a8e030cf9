"""Makes keys and signatures; the only file of the publisher's tool that knows the crypto library."""

import os

from msgspec import Struct
from nacl.bindings import crypto_sign, crypto_sign_seed_keypair
from nacl.pwhash import argon2id

from dijipilot.licensing.crypto import KEY_BYTES, SIGNATURE_BYTES

SALT_BYTES: int = argon2id.SALTBYTES


class SigningKey(Struct, frozen=True):
    """A private key: its id and the 32 bytes that everything follows from."""

    kid: str
    seed: bytes

    def __repr__(self) -> str:
        """Return what may stand in a log."""
        return f"SigningKey({self.kid})"

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        public, _ = crypto_sign_seed_keypair(self.seed)
        return bytes(public)

    def sign(self, text: bytes) -> bytes:
        """Return the signature of a text, 64 bytes."""
        _, private = crypto_sign_seed_keypair(self.seed)
        return bytes(crypto_sign(text, private))[:SIGNATURE_BYTES]


def new_key() -> bytes:
    """Return 32 bytes that nobody can guess."""
    return os.urandom(KEY_BYTES)


def key_of_passphrase(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Return the key (32 bytes) that a passphrase gives; salt: 16 bytes. Source: Argon2id, RFC 9106."""
    key = argon2id.kdf(KEY_BYTES, passphrase.encode(), salt, opslimit=operations, memlimit=memory)
    return bytes(key)
