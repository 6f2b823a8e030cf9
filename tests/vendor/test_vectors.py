"""Known answers: the files that are kept are those the tool writes, and the app agrees with each of them."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dijipilot.content.keyring import find_record
from dijipilot.content.pack_file import open_pack_file
from dijipilot.content.sealed_texts import Part, text_bound_to, text_key_of, wrap_bound_to
from dijipilot.domain.license import EntitlementKey
from dijipilot.domain.signed_text import TrustedKey
from dijipilot.errors import AcademyError, BadInput, UsageProblem
from dijipilot.licensing import crypto
from dijipilot.licensing.code import CodeRejected, make_code, read_code
from dijipilot.licensing.license import lookup_of, open_record, root_of, seal_of
from dijipilot.licensing.license_file import read_armor, write_armor
from dijipilot_vendor.known_answers import known_answers
from tests.vendor.conftest import Tool

KEPT = Path(__file__).resolve().parent.parent / "licensing" / "vectors"


@cache
def answers(name: str) -> Any:
    """Return a file of known answers as it is kept: a test looks at what it is about."""
    return json.loads((KEPT / name).read_text(encoding="ascii"))


def raw(said: dict[str, str], *names: str) -> list[bytes]:
    """Return the bytes that stand in hex under these names."""
    return [bytes.fromhex(said[name]) for name in names]


def trusted(listed: Sequence[dict[str, str]]) -> list[TrustedKey]:
    """Return public keys."""
    return [TrustedKey(each["kid"], bytes.fromhex(each["key"])) for each in listed]


def test_what_is_kept_is_what_the_tool_writes(tool: Tool) -> None:
    tool.do("vectors", "export", "--out", tool.file("vectors"))

    written = {path.name: path.read_bytes() for path in tool.file("vectors").iterdir()}
    assert written == dict(known_answers())
    assert written == {path.name: path.read_bytes() for path in KEPT.iterdir()}


def test_a_dry_run_writes_no_answers(tool: Tool) -> None:
    tool.do("vectors", "export", "--dry-run", "--out", tool.file("vectors"))

    assert not tool.file("vectors").exists()


def test_there_are_enough_of_them_and_most_are_to_be_refused() -> None:
    kept = [answers(path.name) for path in KEPT.iterdir()]
    lists = [each for said in kept for each in said.values() if isinstance(each, list)]

    assert sum(map(len, lists)) > 90
    assert sum(len(said.get("refused", ())) for said in kept) > 50


def test_codes_agree() -> None:
    said = answers("codes.json")
    for each in said["codes"]:
        assert make_code(bytes.fromhex(each["secret"])).printed == each["code"]
        assert read_code(each["code"]).secret.hex() == each["secret"]
    for each in said["typed"]:
        assert read_code(each["typed"]).printed == each["code"]
    for each in said["suggested"]:
        with pytest.raises(CodeRejected) as rejected:
            read_code(each["typed"])
        assert rejected.value.suggestion
        assert rejected.value.suggestion.printed == each["suggested"]


@pytest.mark.parametrize("said", answers("codes.json")["refused"], ids=lambda said: said["why"])
def test_what_is_no_code_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(UsageProblem):
        read_code(said["typed"])


@pytest.mark.parametrize("said", answers("keys.json")["keys"])
def test_derived_keys_agree(said: dict[str, str]) -> None:
    secret, keyring_id = raw(said, "secret", "keyring_id")

    root = root_of(secret)

    assert [root, lookup_of(root, keyring_id), seal_of(root, keyring_id)] == raw(said, "root", "lookup", "seal")


@pytest.mark.parametrize(
    "said", answers("records.json")["records"], ids=lambda said: json.loads(said["payload"])["typ"]
)
def test_records_agree(said: dict[str, str]) -> None:
    root, keyring_id, lookup, record = raw(said, "root", "keyring_id", "lookup", "record")
    payload = json.loads(said["payload"])

    license_ = open_record(root, keyring_id, lookup, record, trusted(answers("records.json")["trusted"]), "1.0")

    assert (license_.id, license_.type, license_.holder) == (payload["lic"], payload["typ"], payload["holder"])
    assert [each.key.hex() for each in license_.entitlements] == [each["key"] for each in payload["ents"]]


@pytest.mark.parametrize("said", answers("records.json")["refused"], ids=lambda said: said["why"])
def test_spoiled_records_are_refused(said: dict[str, str]) -> None:
    root, keyring_id, lookup, record = raw(said, "root", "keyring_id", "lookup", "record")

    with pytest.raises(BadInput) as refused:
        open_record(root, keyring_id, lookup, record, trusted(answers("records.json")["trusted"]), "1.0")

    assert refused.value.message.id == "license.not_genuine"


@pytest.mark.parametrize("said", answers("records.json")["newer"], ids=lambda said: said["why"])
def test_records_for_a_newer_app_are_told_apart(said: dict[str, str]) -> None:
    root, keyring_id, lookup, record = raw(said, "root", "keyring_id", "lookup", "record")

    with pytest.raises(BadInput) as refused:
        open_record(root, keyring_id, lookup, record, trusted(answers("records.json")["trusted"]), "1.0")

    assert refused.value.message.id in ("license.newer_app", "license.newer_format")


@pytest.mark.parametrize("said", answers("license-files.json")["files"])
def test_license_files_agree(said: dict[str, Any]) -> None:
    file = read_armor(said["armor"].encode("ascii"))

    assert [file.keyring_id, file.lookup, file.record] == raw(said, "keyring_id", "lookup", "record")
    assert (file.root.hex() if file.root else None) == said["root"]
    assert (file.note.activated_at if file.note else None) == (said["note"] and said["note"]["activated_at"])
    assert write_armor(file).decode("ascii") == said["armor"]


@pytest.mark.parametrize("said", answers("license-files.json")["refused"], ids=lambda said: said["why"])
def test_spoiled_license_files_are_refused(said: dict[str, str]) -> None:
    with pytest.raises(AcademyError):
        read_armor(said["armor"].encode("ascii"))


def test_sealed_texts_agree() -> None:
    said = answers("sealed-texts.json")
    (pack_id, program_key), part = raw(said, "pack_id", "program_key"), Part(said["program"], said["period"])
    for each in said["wraps"]:
        key, nonce, wrapped = raw(each, "key", "nonce", "ct")
        owner = EntitlementKey(each["ent"], each["epoch"], key)
        assert crypto.decrypt(key, nonce, wrapped, wrap_bound_to(pack_id, owner, part)) == program_key
    for each in said["texts"]:
        kind, text_id = each["kind"], each["id"]
        key, piece = raw(each, "key", "piece")
        assert text_key_of(program_key, pack_id, text_id, kind) == key
        text = crypto.decrypt(key, piece[:24], piece[24:], text_bound_to(pack_id, text_id, kind))
        assert text[4 : 4 + int.from_bytes(text[:4], "big")].decode() == each["text"]
        assert len(text) in (1_024, 2_048)


def test_a_pack_agrees(tmp_path: Path) -> None:
    said = answers("packs.json")
    keyring_len = said["manifest"]["keyring_count"] * (16 + said["manifest"]["keyring_record_len"])
    file = tmp_path / "vector.djpack"
    # Only the keyring's first entry stands in its place: what is looked up here is the envelope around it.
    first = bytes.fromhex(said["keyring"]["entries"][0]["entry"])
    head, body, texts = raw(said, "head", "body", "texts")
    file.write_bytes(head + body + texts + first + bytes(keyring_len - len(first)))

    pack_file = open_pack_file(file, trusted(said["trusted"]), "1.0")

    try:
        assert pack_file.body() == body
        assert pack_file.sealed_bytes(0, len(texts)) == texts
        assert pack_file.manifest.epochs == said["manifest"]["epochs"]
        with pytest.raises(AcademyError):
            pack_file.check_sealed()
        assert find_record(pack_file, bytes(16)) is not None
    finally:
        pack_file.close()


@pytest.mark.parametrize("said", answers("packs.json")["keyring"]["entries"])
def test_entries_of_a_keyring_agree(said: dict[str, str]) -> None:
    root, entry = raw(said, "root", "entry")
    keyring_id = bytes.fromhex(answers("packs.json")["manifest"]["keyring_id"])
    keys = trusted(answers("records.json")["trusted"])

    assert lookup_of(root, keyring_id) == entry[:16]
    assert open_record(root, keyring_id, entry[:16], entry[16:], keys, "1.0").sku == "PRO-SELF"


@pytest.mark.parametrize("said", answers("packs.json")["refused"], ids=lambda said: said["why"])
def test_spoiled_packs_are_refused(said: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "vector.djpack"
    file.write_bytes(bytes.fromhex(said["head"]) + bytes(20))

    with pytest.raises(AcademyError):
        open_pack_file(file, trusted(answers("packs.json")["trusted"]), "1.0")
