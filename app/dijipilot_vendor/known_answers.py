"""Known answers for all formats, made of fixed keys that nobody uses: what another implementation has to agree with.

Each file is one subject of packaging/LICENSE-FORMAT.md. Bytes are in hex. What stands under "refused" must not be
accepted; "why" is for people.
"""

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import EntitlementKey, License, LicenseType
from dijipilot.licensing import crypto
from dijipilot.licensing.code import ALPHABET, SECRET_BITS, SECRET_BYTES, make_code
from dijipilot.licensing.license import KEYRING_ID_BYTES, lookup_of, root_of, seal_of
from dijipilot.licensing.license_file import BEGIN, END, LicenseFile, Note, write_armor
from dijipilot_vendor.known_pack_answers import packs, sealed_texts
from dijipilot_vendor.records import LiveLicense, payload_of, seal_record, signed
from dijipilot_vendor.refused_records import newer_records, refused_records
from dijipilot_vendor.signing import SigningKey

# JSON that is written and never read here.
Answers = dict[str, Any]

LICENSE_KEY = SigningKey("vector-license", crypto.plain_hash(b"vector license key"))


def known_answers() -> Mapping[str, bytes]:
    """Return the text of each file by its name; the same at each call."""
    files = {
        "codes.json": _codes(),
        "keys.json": _keys(),
        "records.json": _records(),
        "license-files.json": _license_files(),
        "sealed-texts.json": sealed_texts(),
        "packs.json": packs([LiveLicense(_root(number), license_of(number)) for number in range(4)], LICENSE_KEY),
    }
    return {
        name: (json.dumps(answers, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode("ascii")
        for name, answers in files.items()
    }


def _secret(number: int) -> bytes:
    """Return the secret of a vector; the first and the last are all zeros and all ones."""
    most = (1 << SECRET_BITS) - 1
    drawn = int.from_bytes(crypto.plain_hash(f"vector secret {number}".encode()), "big")
    return {0: 0, 1: most}.get(number, drawn & most).to_bytes(SECRET_BYTES, "big")


def _keyring_id(number: int) -> bytes:
    return crypto.plain_hash(f"vector keyring {number}".encode())[:KEYRING_ID_BYTES]


def _root(number: int) -> bytes:
    return root_of(_secret(number))


# Codes and keys ---------------------------------------------------------------------------------------------


def _codes() -> Answers:
    code = make_code(_secret(5)).printed
    wide = "".join(chr(ord(symbol) + 0xFEE0) if symbol != "-" else symbol for symbol in code)
    wrong = ALPHABET[(ALPHABET.index(code[8]) + 1) % len(ALPHABET)]
    typo = code[:8] + wrong + code[9:]
    return {
        "codes": [{"secret": _secret(each).hex(), "code": make_code(_secret(each)).printed} for each in range(8)],
        "typed": [
            {"typed": typed, "code": code}
            for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), wide, f"  {code}\n", f"“{code}”")
        ]
        + [{"typed": _with_look_alikes(each), "code": make_code(_secret(each)).printed} for each in (0, 6)],
        "suggested": [{"typed": typo, "suggested": code}],
        "refused": [
            {"typed": code[:-1], "why": "24 symbols"},
            {"typed": code + "0", "why": "26 symbols"},
            {"typed": code.replace(code[6], "U", 1), "why": "a letter that is in no code"},
            {"typed": "2" + code[1:], "why": "another format, and check symbols that do not fit it"},
            {"typed": code[1] + code[0] + code[2:], "why": "two symbols that changed places"},
            {"typed": "", "why": "nothing"},
        ],
    }


def _with_look_alikes(number: int) -> str:
    return make_code(_secret(number)).printed.replace("0", "O").replace("1", "l")


def _keys() -> Answers:
    answers = []
    for number in range(6):
        root, keyring_id = _root(number), _keyring_id(number % 3)
        answers.append(
            {
                "secret": _secret(number).hex(),
                "root": root.hex(),
                "keyring_id": keyring_id.hex(),
                "lookup": lookup_of(root, keyring_id).hex(),
                "seal": seal_of(root, keyring_id).hex(),
            }
        )
    return {"keys": answers}


# Records and license files ----------------------------------------------------------------------------------


def license_of(number: int) -> License:
    """Return the license of a vector: each number another kind."""
    kind = tuple(LicenseType)[number % len(LicenseType)]
    held = [] if kind is LicenseType.CLOCK_RESET else range(2026, 2027 + number)
    return License(
        id=LicenseId(f"L-2026-{number:06}"),
        type=kind,
        batch="B014" if kind is LicenseType.CARD else "",
        sku="PRO-SELF",
        edition="Academy Pro",
        holder=None if kind is LicenseType.CARD else "Işıl Ünsal & Söhne",
        entitlements=tuple(
            EntitlementKey(f"pro-{year}", 1 + number, crypto.plain_hash(f"vector pro {year}".encode())) for year in held
        ),
        seats=1 + 39 * number,
        content_through=date(2026 + number, 12, 31) if held else None,
        not_after=date(2027, 1, 15) if kind is LicenseType.TRIAL else None,
        grace_days=3 if kind is LicenseType.TRIAL else 0,
        issued=date(2026, 12, 1),
    )


def _record(number: int) -> Answers:
    root, keyring_id = _root(number), _keyring_id(number)
    payload = payload_of(license_of(number), LICENSE_KEY.kid)
    return {
        "root": root.hex(),
        "keyring_id": keyring_id.hex(),
        "lookup": lookup_of(root, keyring_id).hex(),
        "payload": payload.decode(),
        "record": seal_record(root, keyring_id, signed(payload, LICENSE_KEY)).hex(),
    }


def _records() -> Answers:
    root, keyring_id = _root(2), _keyring_id(2)
    payload = payload_of(license_of(2), LICENSE_KEY.kid)
    return {
        "trusted": [{"kid": LICENSE_KEY.kid, "key": LICENSE_KEY.public.hex()}],
        "records": [_record(number) for number in range(len(LicenseType))],
        "newer": [_spoiled(*each) for each in newer_records(root, keyring_id, payload, LICENSE_KEY)],
        "refused": [_spoiled(*each) for each in refused_records(root, keyring_id, payload, LICENSE_KEY)],
    }


def _spoiled(why: str, lookup: bytes, record: bytes) -> Answers:
    root, keyring_id = _root(2), _keyring_id(2)
    where = {"root": root.hex(), "keyring_id": keyring_id.hex(), "lookup": lookup.hex()}
    return {"why": why, **where, "record": record.hex()}


def _file(number: int, *, is_bearer: bool, note: Note | None = None) -> LicenseFile:
    said = _record(number)
    keyring_id, lookup, record = (bytes.fromhex(said[name]) for name in ("keyring_id", "lookup", "record"))
    return LicenseFile(keyring_id, lookup, record, root=_root(number) if is_bearer else None, note=note)


def _license_files() -> Answers:
    noted = Note(activated_at=1_796_126_400, last_symbols="XYZ23")
    files = (
        _file(1, is_bearer=False),
        _file(2, is_bearer=True),
        _file(3, is_bearer=True, note=noted),
        _file(0, is_bearer=True, note=Note(activated_at=1_796_126_400, last_symbols="")),
    )
    return {
        "files": [
            {
                "armor": write_armor(file).decode("ascii"),
                "keyring_id": file.keyring_id.hex(),
                "lookup": file.lookup.hex(),
                "record": file.record.hex(),
                "root": file.root.hex() if file.root else None,
                "note": {"activated_at": file.note.activated_at, "last_symbols": file.note.last_symbols}
                if file.note
                else None,
            }
            for file in files
        ],
        "refused": _refused_files(write_armor(files[1]).decode("ascii")),
    }


def _refused_files(armor: str) -> list[Answers]:
    lines = armor.splitlines()
    return [
        {"armor": armor, "why": why}
        for why, armor in (
            ("a blank before it", f" {armor}"),
            ("a line before it", f"Dear reader\n{armor}"),
            ("a line behind it", f"{armor}Regards\n"),
            ("an empty line in it", "\n".join([lines[0], "", *lines[1:], ""])),
            ("a line of 63 letters in it", "\n".join([lines[0], lines[1][:-1], *lines[2:], ""])),
            ("another beginning", armor.replace(BEGIN, BEGIN.replace("LICENSE", "LICENCE"))),
            ("no end", armor.replace(END, "")),
            ("a letter that is none of base64", "\n".join([lines[0], "*" + lines[1][1:], *lines[2:], ""])),
            ("nothing in it", f"{BEGIN}\n{END}\n"),
            ("a flag of a later app", armor.replace(lines[1], _with_flags(lines[1], 0x80))),
            ("a part that is missing", f"{BEGIN}\n{lines[1]}\n{END}\n"),
        )
    ]


def _with_flags(line: str, flags: int) -> str:
    """Return the first line of a license file with other flags in its seventh byte."""
    raw = bytearray(base64.b64decode(line))
    raw[6] = flags
    return base64.b64encode(raw).decode("ascii")
