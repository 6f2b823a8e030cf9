"""Packs for tests: sealed and signed with keys that only tests trust, or signed with nothing sealed."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.freshness import Shipped
from dijipilot.content.loader import Content
from dijipilot.content.pack import Pack, open_pack
from dijipilot.content.pack_file import open_pack_file
from dijipilot.content.sealed_texts import Part
from dijipilot.domain.license import EntitlementKey
from dijipilot.paths import development_vault
from dijipilot_vendor.develop import SEED as SEED_FILE
from dijipilot_vendor.develop import publisher_of
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import Keyring, LiveLicense, make_keyring
from dijipilot_vendor.sealing import Release, manifest_of, pack_id_of, seal_pack, sign_pack

SEED = bytes(range(32))
PARTS = tuple(Part("", str(year)) for year in range(2026, 2031))
PUBLISHER: Publisher = publisher_of(SEED, PARTS)
TRUSTED = PUBLISHER.trusted
BUILT = date(2026, 11, 23)
FIRST = Release(serial=1, keyring_serial=1, built=BUILT)


def checkout_publisher() -> Publisher:
    """Return the publisher whom this checkout trusts: for packs that lie in a home, where other processes open them."""
    return publisher_of(bytes.fromhex((development_vault() / SEED_FILE).read_text("ascii")), PARTS)


def write_pack(body: bytes, file: Path, serial: int = 1, publisher: Publisher = PUBLISHER) -> Path:
    """Write a pack in which nothing is sealed; return where it is."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(body)
        content_id = str(connection.execute("SELECT value FROM meta WHERE key = 'pack'").fetchone()[0])
    keyring = make_keyring((), publisher.license_signer, publisher.content_root, pack_id_of(content_id, serial), serial)
    manifest = manifest_of(content_id, body, b"", keyring, {}, Release(serial, serial, BUILT))
    write_body(sign_pack(manifest, body, b"", keyring, publisher.pack_signer), file)
    return file


def write_sealed_pack(
    content: Content,
    file: Path,
    licenses: Iterable[LiveLicense] = (),
    release: Release = FIRST,
    publisher: Publisher = PUBLISHER,
) -> Path:
    """Write a pack in which all missions that are not free are sealed; return where it is."""
    write_body(seal_pack(compile_body(content), publisher, licenses, release), file)
    return file


def all_keys(publisher: Publisher = PUBLISHER) -> tuple[EntitlementKey, ...]:
    """Return keys that open everything in a sealed pack of tests."""
    return tuple(publisher.entitlement_key(*each) for each in sorted(publisher.key_by_entitlement))


def opened(file: Path) -> Pack:
    """Open a pack of tests; what is sealed in it stays locked."""
    return open_pack(file, TRUSTED)


def shipped(file: Path) -> Shipped:
    """Return a pack of tests as if it belonged to the program."""
    return Shipped(file, TRUSTED)


def edit(file: Path, statement: str) -> None:
    """Change the body of a pack as no compiler would, and sign it again; what is sealed stays as it is."""
    with closing(open_pack_file(file, TRUSTED.pack)) as pack_file:
        body, said = pack_file.body(), pack_file.manifest
        sealed = pack_file.sealed_bytes(0, said.sealed_len)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(body)
        connection.execute(statement)
        body = connection.serialize()
    split = said.sealed_len - said.keyring_len
    keyring = Keyring(said.keyring_id, said.keyring_serial, said.keyring_count, said.keyring_record_len, sealed[split:])
    release = Release(said.serial, said.keyring_serial, said.built)
    manifest = manifest_of(said.content_id, body, sealed[:split], keyring, said.epochs, release)
    write_body(sign_pack(manifest, body, sealed[:split], keyring, PUBLISHER.pack_signer), file)
