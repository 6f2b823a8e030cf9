"""Known answers of section 5: license files in letters, and what is no license file."""

import base64
from collections.abc import Iterator

from dijipilot.licensing.license_file import BEGIN, END, LicenseFile, Note, write_armor
from dijipilot_vendor.known_answers.records import KEYRING, LOOKUP, ROOT, payload
from dijipilot_vendor.known_answers.vector import LICENSE_KEY, NEWER, NOT_GENUINE, Value, Values, Vector
from dijipilot_vendor.records import seal_record, signed

RECORD = seal_record(ROOT, KEYRING, signed(payload(), LICENSE_KEY))
_NOTE = Note(1_795_737_600, "9CDEF")


def file_vectors() -> Iterator[Vector]:
    """Yield all cases."""
    files = {
        "a license file that needs its code": LicenseFile(KEYRING, LOOKUP, RECORD),
        "a license file that opens by itself": LicenseFile(KEYRING, LOOKUP, RECORD, ROOT),
        "a license file as it is kept": LicenseFile(KEYRING, LOOKUP, RECORD, ROOT, _NOTE),
        "a license file as it is kept of one without a code": LicenseFile(KEYRING, LOOKUP, RECORD, ROOT, Note(0, "")),
        # 7 + 16 + 16 + 57 bytes make exactly two lines, and one byte less leaves an equals sign.
        "a license file of whole lines": LicenseFile(KEYRING, LOOKUP, RECORD[:57]),
        "a license file that is filled up": LicenseFile(KEYRING, LOOKUP, RECORD[:56]),
        "a license file of the shortest record": LicenseFile(KEYRING, LOOKUP, b"\0"),
        "a license file of the longest record": LicenseFile(KEYRING, LOOKUP, bytes(9_216)),
    }
    for name, file in files.items():
        text = write_armor(file).decode()
        yield Vector(f"{name}, written", "write-file", _parts(file), {"text": text})
        yield Vector(f"{name}, read", "read-file", {"text": text}, _parts(file))
    bearer = files["a license file that opens by itself"]
    yield from _other_endings(bearer)
    yield from _no_files(write_armor(bearer).decode())
    yield from _other_contents()


def _parts(file: LicenseFile) -> Values:
    note: Value = {"activated_at": file.note.activated_at, "symbols": file.note.last_symbols} if file.note else None
    parts: Values = {"keyring_id": file.keyring_id, "lookup": file.lookup, "record": file.record, "root": file.root}
    return {**parts, "note": note}


def _other_endings(file: LicenseFile) -> Iterator[Vector]:
    text = write_armor(file).decode()
    endings = {
        "lines that end with CR LF": text.replace("\n", "\r\n"),
        "lines of which one ends with CR LF": text.replace("\n", "\r\n", 1),
        "no end of its last line": text[:-1],
    }
    for name, written in endings.items():
        yield Vector(f"a license file with {name}", "read-file", {"text": written}, _parts(file))


def _no_files(text: str) -> Iterator[Vector]:
    lines = text.split("\n")
    inside = "".join(lines[1:-2])
    cases = {
        "nothing": "",
        "a blank before it": f" {text}",
        "a line before it": f"\n{text}",
        "a byte order mark before it": f"\ufeff{text}",
        "a line behind it": f"{text}\n",
        "a NUL behind it": f"{text}\0",
        "an empty line in it": text.replace("\n", "\n\n", 1),
        "a blank at the end of a line": text.replace("\n", " \n", 1),
        "lines that end with CR": text.replace("\n", "\r"),
        "quote marks": text.replace("\n", "\n> "),
        "another first line": text.replace("BEGIN", "Begin"),
        "no last line": "\n".join([*lines[:-2], ""]),
        "no content": f"{BEGIN}\n{END}\n",
        "one long line": f"{BEGIN}\n{inside}\n{END}\n",
        "short lines": "\n".join([BEGIN, *(inside[start : start + 60] for start in range(0, len(inside), 60)), END]),
        "a letter that is none of base64": "\n".join([lines[0], f"-{lines[1][1:]}", *lines[2:]]),
        "a letter of another alphabet": "\n".join([lines[0], f"é{lines[1][1:]}", *lines[2:]]),
        "an equals sign in its middle": "\n".join([lines[0], f"{lines[1][:-1]}=", *lines[2:]]),
        "two files": text + text,
        "more than 16 KiB": f"{BEGIN}\n{('A' * 64 + chr(10)) * 260}{END}\n",
    }
    for name, written in cases.items():
        yield Vector(f"no license file: {name}", "read-file", {"text": written}, NOT_GENUINE)


def _other_contents() -> Iterator[Vector]:
    head = KEYRING + LOOKUP
    cases = {
        "the format of a pack": (b"DJPACK\0" + head + RECORD, NOT_GENUINE),
        "another number": (b"DJLIC2\0" + head + RECORD, NOT_GENUINE),
        "nothing behind the flags": (b"DJLIC1\0", NOT_GENUINE),
        "no flags": (b"DJLIC1", NOT_GENUINE),
        "no record": (b"DJLIC1\0" + head, NOT_GENUINE),
        "no record but a root": (b"DJLIC1\1" + head + ROOT, NOT_GENUINE),
        "a record that is too long": (b"DJLIC1\0" + head + bytes(9_217), NOT_GENUINE),
        "half a note": (b"DJLIC1\2" + head + bytes(12), NOT_GENUINE),
        "a note of no symbols": (b"DJLIC1\2" + head + RECORD + bytes(8) + b"12-45", NOT_GENUINE),
        "a flag that we do not know": (b"DJLIC1\4" + head + RECORD, NEWER),
        "all flags": (b"DJLIC1\xff" + head + RECORD, NEWER),
    }
    for name, (content, answer) in cases.items():
        yield Vector(f"the content of a file: {name}", "read-file", {"text": _armored(content)}, answer)
    parts = _parts(LicenseFile(KEYRING, LOOKUP, RECORD))
    for second, known in ((253_370_764_799, 253_370_764_799), (253_370_764_800, 0), (2**64 - 1, 0)):
        content = b"DJLIC1\2" + head + RECORD + second.to_bytes(8, "big") + b"9CDEF"
        noted: Values = {**parts, "note": {"activated_at": known, "symbols": "9CDEF"}}
        yield Vector(f"a note of second {second:,}", "read-file", {"text": _armored(content)}, noted)
    # Of the last letter of base64 with an equals sign two bits say nothing.
    sure = _armored(b"DJLIC1\0" + head + RECORD[:56])
    letter = sure[sure.index("=") - 1]
    other = chr(ord(letter) + 1)
    yield Vector("bits that say nothing", "read-file", {"text": sure.replace(f"{letter}=", f"{other}=")}, NOT_GENUINE)


def _armored(content: bytes) -> str:
    """Return any content in the letters of a license file."""
    letters = base64.b64encode(content).decode()
    lines = [letters[start : start + 64] for start in range(0, len(letters), 64)]
    return "\n".join((BEGIN, *lines, END, ""))
