"""Makes the pack of a source checkout, sealed and signed with keys that this checkout made for itself.

Run by the app as `python -m dijipilot_vendor.develop`; a release build refuses what it makes.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.sealed_texts import Part
from dijipilot.content.validation import structural_problems
from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey, TrustedKeys
from dijipilot.errors import AcademyError, CouldNotSave
from dijipilot.licensing import crypto
from dijipilot.licensing.code import ActivationCode, make_code
from dijipilot.licensing.license import root_of
from dijipilot.licensing.license_file import write_armor
from dijipilot.messages import message
from dijipilot_vendor.publisher import Edition, Publisher
from dijipilot_vendor.records import LiveLicense, canonical, make_license_file
from dijipilot_vendor.sealing import Release, parts_of, seal_pack
from dijipilot_vendor.signing import SigningKey, new_key

SEED, TRUSTED, CODE, LICENSE = "seed", "trusted-keys.json", "development-code.txt", "development.djlicense"
"""Files of a development vault: the secret that everything follows from; public keys; what opens the pack."""

EDITION = Edition("pro", "Academy Pro (development)")
ISSUED = date(2026, 1, 1)
_SECRET_BITS = 110
_DONE, _BAD_INPUT = 0, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile, seal and sign; return the exit code. Problems of the sources go to standard error, a line each."""
    parser = argparse.ArgumentParser(prog="dijipilot_vendor.develop", description=__doc__)
    parser.add_argument("--curriculum", type=Path, required=True, metavar="DIR")
    parser.add_argument("--vault", type=Path, required=True, metavar="DIR", help="made when there is none")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE")
    given = parser.parse_args(arguments)
    try:
        sources = load_sources(given.curriculum)
        problems = structural_problems(sources)
        if problems:
            print(*problems, sep="\n", file=sys.stderr)
            return _BAD_INPUT
        make_vault(given.vault)
        body = compile_body(assemble(sources))
        write_body(seal_for_development(body, given.vault, datetime.now(UTC).date()), given.output)
    except AcademyError as error:
        print(error.message.english(), file=sys.stderr)
        return error.exit_code
    return _DONE


def make_vault(vault: Path) -> None:
    """Make a development vault unless it is there; of two that are made at once, one stays and counts for both.

    Raises CouldNotSave.
    """
    if vault.is_dir():
        return
    try:
        vault.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{vault.name}.", dir=vault.parent))
        try:
            _fill_vault(new)
            with suppress(OSError):
                # Fails where another has just put its own there.
                new.rename(vault)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(vault), cause=error.strerror or "")) from error


def _fill_vault(vault: Path) -> None:
    seed = new_key()
    _write_secret(vault / SEED, seed.hex().encode())
    (vault / TRUSTED).write_bytes(_listed(publisher_of(seed, ()).trusted))
    publisher = publisher_of(seed, (Part("", "2026"), Part("", "2027")))
    license_ = _license(publisher, LicenseType.CLASSROOM, "DEV-FILE")
    file = make_license_file(_file_root(seed), license_, publisher.license_signer, is_bearer=True)
    _write_secret(vault / LICENSE, write_armor(file))
    _write_secret(vault / CODE, f"{code_of(seed).printed}\n".encode())


def seal_for_development(body: bytes, vault: Path, built: date) -> bytes:
    """Return the pack of a body, which the code and the license of the vault open."""
    seed = bytes.fromhex((vault / SEED).read_text("ascii"))
    publisher = publisher_of(seed, parts_of(body))
    card = LiveLicense(root_of(code_of(seed).secret), _license(publisher, LicenseType.CARD, "DEV-CARD"))
    file = LiveLicense(_file_root(seed), _license(publisher, LicenseType.CLASSROOM, "DEV-FILE"))
    return seal_pack(body, publisher, (card, file), Release(serial=1, keyring_serial=1, built=built))


def publisher_of(seed: bytes, parts: Sequence[Part] | frozenset[Part]) -> Publisher:
    """Return the publisher that a development seed makes, with keys for these parts."""
    pack = SigningKey(f"dev-pack-{_derived(seed, 'kid').hex()[:8]}", _derived(seed, "pack"))
    license_ = SigningKey(f"dev-license-{_derived(seed, 'kid').hex()[:8]}", _derived(seed, "license"))
    names = sorted({EDITION.entitlement(part.period) for part in parts})
    return Publisher(
        is_development=True,
        trusted=TrustedKeys(
            is_development=True,
            pack=(TrustedKey(pack.kid, pack.public),),
            license=(TrustedKey(license_.kid, license_.public),),
        ),
        pack_signer=pack,
        license_signer=license_,
        content_root=_derived(seed, "content"),
        editions=(EDITION,),
        key_by_entitlement={(name, EDITION.epoch): _derived(seed, name) for name in names},
    )


def code_of(seed: bytes) -> ActivationCode:
    """Return the activation code of a development seed."""
    secret = int.from_bytes(_derived(seed, "code"), "big") >> (8 * crypto.KEY_BYTES - _SECRET_BITS)
    return make_code(secret.to_bytes(14, "big"))


def _derived(seed: bytes, name: str) -> bytes:
    return crypto.hkdf(seed, crypto.domain("djp/development"), name.encode())


def _file_root(seed: bytes) -> bytes:
    return _derived(seed, "file")


def _license(publisher: Publisher, kind: LicenseType, name: str) -> License:
    return License(
        id=LicenseId(name),
        type=kind,
        batch="DEV",
        sku="DEV",
        edition=EDITION.title,
        holder=None,
        entitlements=tuple(publisher.entitlement_key(*each) for each in sorted(publisher.key_by_entitlement)),
        seats=1,
        content_through=None,
        not_after=None,
        grace_days=0,
        issued=ISSUED,
    )


def _listed(trusted: TrustedKeys) -> bytes:
    roles = {
        role: [{"kid": each.kid, "key": each.key.hex()} for each in keys]
        for role, keys in (("pack", trusted.pack), ("license", trusted.license))
    }
    return canonical({"development": trusted.is_development, **roles})


def _write_secret(file: Path, raw: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(raw)


if __name__ == "__main__":
    sys.exit(main())
