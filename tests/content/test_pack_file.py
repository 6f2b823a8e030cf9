"""The file of a pack: what its publisher did not sign never reaches a parser, and files of any kind are told apart."""

import errno
import io
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dijipilot.content import pack_file as pack_file_module
from dijipilot.content.pack import check_pack
from dijipilot.content.pack_file import MAGIC, MAX_MANIFEST_BYTES, SIGNED_AS, PackFile, open_pack_file
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import AcademyError, BadInput, PackDamaged
from dijipilot.licensing.license import SIGNED_AS as SIGNED_AS_LICENSE
from dijipilot_vendor.records import canonical
from dijipilot_vendor.signing import SigningKey
from tests.licenses import derived
from tests.packs import BUILT, PUBLISHER, TRUSTED, opened

SIGNER = PUBLISHER.pack_signer
NEXT = SigningKey("next-pack", derived("next pack key"))
BOTH = (*TRUSTED.pack, TrustedKey(NEXT.kid, NEXT.public))


class Parts:
    """A pack taken to pieces, to be put together otherwise."""

    def __init__(self, file: Path) -> None:
        whole = file.read_bytes()
        length = int.from_bytes(whole[8:12], "big")
        self.file = file
        self.raw, self.rest = whole[12 : 12 + length], whole[12 + length + 64 :]

    @property
    def said(self) -> dict[str, Any]:
        """What the manifest says."""
        said: dict[str, Any] = json.loads(self.raw)
        return said

    def write(self, raw: bytes, signer: SigningKey = SIGNER, signed_as: bytes = SIGNED_AS) -> Path:
        """Sign a manifest and put it before the rest."""
        head = MAGIC + len(raw).to_bytes(4, "big") + raw + signer.sign(signed_as + raw)
        self.file.write_bytes(head + self.rest)
        return self.file


@pytest.fixture
def parts(sealed_file: Path) -> Parts:
    """Return the pieces of a sealed pack."""
    return Parts(sealed_file)


@pytest.fixture
def pack_file(sealed_file: Path) -> Iterator[PackFile]:
    """Return a sealed pack as a file whose manifest is proven."""
    with closing(open_pack_file(sealed_file, TRUSTED.pack)) as found:
        yield found


def refusal(file: Path, trusted: tuple[TrustedKey, ...] = TRUSTED.pack) -> str:
    """Return the id of what is said when a file is not opened."""
    with pytest.raises(AcademyError) as caught:
        open_pack_file(file, trusted)
    return caught.value.message.id


def test_a_manifest_says_what_the_publisher_said(pack_file: PackFile, parts: Parts) -> None:
    manifest, said = pack_file.manifest, parts.said

    assert (manifest.serial, manifest.keyring_serial, manifest.built) == (1, 1, BUILT)
    assert manifest.pack_id.hex() == said["pack_id"]
    assert manifest.content_id == said["content_id"]
    assert (manifest.kid, manifest.epochs) == (SIGNER.kid, {"pro-2026": 1})
    assert manifest.keyring_len == said["keyring_count"] * (16 + said["keyring_record_len"])
    assert manifest.body_len + manifest.sealed_len == len(parts.rest)


def test_the_key_in_use_and_the_next_one_are_believed_and_no_other(parts: Parts) -> None:
    file = parts.write(canonical({**parts.said, "kid": NEXT.kid}), NEXT)

    with closing(open_pack_file(file, BOTH)) as found:
        assert found.manifest.kid == NEXT.kid
    assert refusal(file) == "pack.not_genuine"
    assert refusal(file, ()) == "pack.not_genuine"


def test_a_manifest_that_names_another_key_than_it_is_signed_with_is_refused(parts: Parts) -> None:
    assert refusal(parts.write(canonical({**parts.said, "kid": NEXT.kid})), BOTH) == "pack.not_genuine"


@pytest.mark.parametrize("signed_as", [SIGNED_AS_LICENSE, b"", SIGNED_AS[:-1], b"djp/pack/1\0DijiPilotAcadem1"])
def test_what_was_signed_as_something_else_is_no_manifest(parts: Parts, signed_as: bytes) -> None:
    assert refusal(parts.write(parts.raw, signed_as=signed_as)) == "pack.not_genuine"


def test_the_key_of_licenses_signs_no_packs(parts: Parts) -> None:
    signer = PUBLISHER.license_signer

    assert refusal(parts.write(canonical({**parts.said, "kid": signer.kid}), signer)) == "pack.not_genuine"


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": -1},
        {"serial": 2**31 + 1},
        {"serial": True},
        {"serial": "1"},
        {"serial": 1.0},
        {"built": "soon"},
        {"built": 20261123},
        {"app_min": "new"},
        {"app_min": 1},
        {"app_min": None},
        {"pack_id": "00"},
        {"pack_id": 0},
        {"pack_id": "zz" * 32},
        {"content_id": "00" * 15},
        {"body_len": 2**40},
        {"body_sha256": None},
        {"sealed_len": -5},
        {"sealed_len": 0},
        {"keyring_id": ""},
        {"keyring_count": 10_000},
        {"keyring_record_len": 9_217},
        {"epochs": []},
        {"epochs": {"pro-2026": "1"}},
        {"epochs": {"pro-2026": 10**7}},
        {"kid": 1},
        {"format": "1"},
        {"format": 0},
    ],
    ids=str,
)
def test_a_signed_manifest_that_makes_no_sense_is_refused(parts: Parts, changes: dict[str, object]) -> None:
    file = parts.write(canonical_of({**parts.said, **changes}))

    assert refusal(file) in {"pack.not_genuine", "pack.newer"}


@pytest.mark.parametrize("key", ["serial", "kid", "epochs", "body_sha256", "format", "app_min"])
def test_a_signed_manifest_that_lacks_something_is_refused(parts: Parts, key: str) -> None:
    said = parts.said
    del said[key]

    assert refusal(parts.write(canonical(said))) == "pack.not_genuine"


def canonical_of(said: dict[str, object]) -> bytes:
    """Return JSON with whatever is in it, fractions too."""
    return json.dumps(said, sort_keys=True).encode()


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{" * 60_000, b'{"format":1,"format":1}'])
def test_a_signed_manifest_that_is_no_strict_json_is_refused(parts: Parts, raw: bytes) -> None:
    assert refusal(parts.write(raw)) == "pack.not_genuine"


@pytest.mark.parametrize("changes", [{"format": 2}, {"app_min": "999.0.0"}, {"!sealed_twice": True}], ids=str)
def test_a_pack_that_asks_for_a_newer_app_is_told_as_such(parts: Parts, changes: dict[str, object]) -> None:
    assert refusal(parts.write(canonical({**parts.said, **changes}))) == "pack.newer"


def test_what_a_later_publisher_adds_is_passed_over(parts: Parts) -> None:
    file = parts.write(canonical({**parts.said, "remarks": "second printing"}))

    with closing(open_pack_file(file, TRUSTED.pack)) as found:
        assert found.manifest.serial == 1


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (b"DJPACK2\n", "pack.newer"),
        (b"DJPACK10", "pack.newer"),
        (b"DJPACKX\n", "pack.no_pack"),
        (b"djpack1\n", "pack.no_pack"),
        (b"SQLite f", "pack.no_pack"),
        (b"", "pack.no_pack"),
        (MAGIC, "pack.not_genuine"),
        (MAGIC + bytes(4), "pack.not_genuine"),
        (MAGIC + (MAX_MANIFEST_BYTES + 1).to_bytes(4, "big"), "pack.not_genuine"),
        (MAGIC + b"\xff\xff\xff\xff", "pack.not_genuine"),
        (MAGIC + b"\0\0\1\0half", "pack.damaged"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(tmp_path: Path, start: bytes, told: str) -> None:
    file = tmp_path / "some.djpack"
    file.write_bytes(start)

    assert refusal(file) == told


def test_nothing_unsigned_reaches_a_parser_or_the_database(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []
    monkeypatch.setattr(pack_file_module, "read_object", lambda _: entered.append("json"))
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: entered.append("sqlite"))
    foreign = SigningKey(SIGNER.kid, derived("somebody else"))

    assert refusal(parts.write(parts.raw, foreign)) == "pack.not_genuine"
    assert refusal(parts.write(parts.raw.replace(b'"serial":1', b'"serial":9'), foreign)) == "pack.not_genuine"
    monkeypatch.undo()
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: entered.append("sqlite"))
    file = parts.write(parts.raw)
    whole = bytearray(file.read_bytes())
    whole[len(whole) - len(parts.rest) + 100] ^= 1
    file.write_bytes(whole)
    for attempt in (lambda: opened(file), lambda: check_pack(file, TRUSTED)):
        with pytest.raises(PackDamaged, match="not what was signed"):
            attempt()

    assert entered == []


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    loop = tmp_path / "loop.djpack"
    loop.symlink_to(loop)
    nowhere = tmp_path / "nowhere.djpack"
    nowhere.symlink_to(tmp_path / "gone")
    pipe = tmp_path / "pipe.djpack"
    os.mkfifo(pipe)

    assert refusal(tmp_path) == "pack.no_pack"
    assert refusal(pipe) == "pack.no_pack"
    assert refusal(nowhere) == "pack.not_found"
    assert refusal(tmp_path / "missing.djpack") == "pack.not_found"
    assert refusal(loop) in {"pack.unreadable", "pack.not_found"}
    assert refusal(tmp_path / "a\0b.djpack") == "pack.unreadable"
    assert refusal(tmp_path / ("x" * 5_000)) == "pack.unreadable"


def test_a_link_to_a_pack_is_a_pack(sealed_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.djpack"
    link.symlink_to(sealed_file)

    with opened(link) as pack:
        assert pack.title == "Mini Curriculum"


def test_a_huge_file_is_refused_before_it_is_read(parts: Parts) -> None:
    os.truncate(parts.file, 4 * 2**30)
    started = time.process_time()

    assert refusal(parts.file) == "pack.damaged"
    parts.file.write_bytes(b"")
    os.truncate(parts.file, 4 * 2**30)
    assert refusal(parts.file) == "pack.no_pack"
    assert time.process_time() - started < 1


def test_a_file_that_may_not_be_read_is_told(sealed_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(BadInput, match="Permission denied"):
        open_pack_file(sealed_file, TRUSTED.pack)


def test_no_stretch_outside_of_the_sealed_part_can_be_asked_for(pack_file: PackFile) -> None:
    whole = pack_file.manifest.sealed_len

    assert len(pack_file.sealed_bytes(0, whole)) == whole
    assert pack_file.sealed_bytes(whole, 0) == b""
    for start, length in ((-1, 5), (whole - 4, 5), (whole + 1, 0), (5, -1), (0, 2**62)):
        with pytest.raises(PackDamaged):
            pack_file.sealed_bytes(start, length)


def test_a_pack_that_is_cut_off_while_it_is_open_is_damage(pack_file: PackFile) -> None:
    whole = pack_file.manifest.sealed_len
    os.truncate(pack_file.path, pack_file.path.stat().st_size - 20_000)

    for attempt in (lambda: pack_file.sealed_bytes(whole - 16, 16), pack_file.check_sealed):
        with pytest.raises(PackDamaged):
            attempt()


class _FailingStream(io.BytesIO):
    """A file on a medium that was pulled out."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("read", [PackFile.body, PackFile.check_sealed, lambda file: file.sealed_bytes(0, 1)])
def test_a_medium_that_was_pulled_out_is_told(pack_file: PackFile, read: Callable[[PackFile], object]) -> None:
    pulled_out = PackFile(pack_file.path, _FailingStream(), pack_file.manifest, 0)

    with pytest.raises(BadInput, match="Input/output error"):
        read(pulled_out)
