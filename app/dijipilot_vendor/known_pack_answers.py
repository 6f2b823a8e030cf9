"""Known answers about packs: an envelope, sealed texts, wrapped keys and a keyring, made of fixed keys."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dijipilot.content.sealed_texts import Part, text_key_of
from dijipilot.domain.license import EntitlementKey
from dijipilot.licensing import crypto
from dijipilot.licensing.license import LOOKUP_BYTES, lookup_of
from dijipilot_vendor.records import LiveLicense, make_keyring
from dijipilot_vendor.sealed_pieces import program_key_of, seal_text, wrap_key
from dijipilot_vendor.sealing import Release, manifest_of, pack_id_of, sign_pack
from dijipilot_vendor.signing import SigningKey

# JSON that is written and never read here.
Answers = dict[str, Any]

PACK_KEY = SigningKey("vector-pack", crypto.plain_hash(b"vector pack key"))
CONTENT_ROOT = crypto.plain_hash(b"vector content root")
CONTENT_ID = "00112233445566778899aabbccddeeff"
RELEASE = Release(serial=7, keyring_serial=5, built=date(2026, 12, 1), app_min="0.1.0")
PART = Part("2.5", "2026")


def sealed_texts() -> Answers:
    """Return texts of a program with their keys, and the key of the program wrapped for an entitlement."""
    pack_id = pack_id_of(CONTENT_ID, RELEASE.serial)
    owner = EntitlementKey("pro-2026", 3, crypto.plain_hash(b"vector pro 2026"))
    program_key = program_key_of(CONTENT_ROOT, pack_id, PART)
    nonce, wrapped = wrap_key(owner, program_key, pack_id, PART)
    texts = (
        ("lesson", "product.first-range", "Işık in a lamp costs $24.00."),
        ("question", "qa.product.cancel", "x" * 1_020),
        ("question", "qa.product.refund", "x" * 1_021),
        ("index", "2.5", ""),
    )
    return {
        "content_id": CONTENT_ID,
        "serial": RELEASE.serial,
        "pack_id": pack_id.hex(),
        "content_root": CONTENT_ROOT.hex(),
        "program": PART.program,
        "period": PART.period,
        "program_key": program_key.hex(),
        "wraps": [
            {
                "ent": owner.entitlement,
                "epoch": owner.epoch,
                "key": owner.key.hex(),
                "nonce": nonce.hex(),
                "ct": wrapped.hex(),
            }
        ],
        "texts": [
            {
                "kind": kind,
                "id": text_id,
                "text": text,
                "key": text_key_of(program_key, pack_id, text_id, kind).hex(),
                "piece": seal_text(program_key, pack_id, kind, text_id, text).hex(),
            }
            for kind, text_id, text in texts
        ],
    }


def packs(licenses: Sequence[LiveLicense], signer: SigningKey) -> Answers:
    """Return an envelope around a body that is no SQLite file: it must hold before anybody looks inside."""
    pack_id = pack_id_of(CONTENT_ID, RELEASE.serial)
    keyring = make_keyring(licenses, signer, CONTENT_ROOT, pack_id, RELEASE.keyring_serial)
    body, texts = b"a body", b"sealed texts"
    manifest = manifest_of(CONTENT_ID, body, texts, keyring, {"pro-2026": 3}, RELEASE)
    pack = sign_pack(manifest, body, texts, keyring, PACK_KEY)
    head = pack[: len(pack) - len(body) - len(texts) - len(keyring.raw)]
    length = LOOKUP_BYTES + keyring.record_len
    entries = [keyring.raw[start : start + length] for start in range(0, len(keyring.raw), length)]
    root_by_lookup = {lookup_of(each.root, keyring.id): each.root for each in licenses}
    other = sign_pack(manifest, body, texts, keyring, SigningKey(PACK_KEY.kid, signer.seed))
    return {
        "trusted": [{"kid": PACK_KEY.kid, "key": PACK_KEY.public.hex()}],
        "content_root": CONTENT_ROOT.hex(),
        "head": head.hex(),
        "manifest": {**manifest, "kid": PACK_KEY.kid},
        "body": body.hex(),
        "texts": texts.hex(),
        "keyring": {
            "sha256": crypto.plain_hash(keyring.raw).hex(),
            "entries": [
                {"root": root_by_lookup[each[:LOOKUP_BYTES]].hex(), "entry": each.hex()}
                for each in entries
                if each[:LOOKUP_BYTES] in root_by_lookup
            ],
            "decoys": [each.hex() for each in entries if each[:LOOKUP_BYTES] not in root_by_lookup][:2],
        },
        "refused": [
            {"why": "signed by somebody else", "head": other[: len(head)].hex()},
            {"why": "a changed manifest", "head": head.replace(b'"serial":7', b'"serial":8').hex()},
            {"why": "another kind of file", "head": (b"DJPACK2\n" + head[8:]).hex()},
            {"why": "cut off", "head": head[:-1].hex()},
        ],
    }
