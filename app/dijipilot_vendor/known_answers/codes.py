"""Known answers of sections 2 and 3: activation codes as they are made and typed, and the keys that follow."""

from collections.abc import Iterator

from dijipilot.content.sealed_texts import Part, text_key_of
from dijipilot.licensing.code import ALPHABET, make_code
from dijipilot.licensing.license import lookup_of, root_of, seal_of
from dijipilot_vendor.known_answers.vector import NEWER, Values, Vector, fixed
from dijipilot_vendor.pieces import program_key_of
from dijipilot_vendor.records import keyring_id_of
from dijipilot_vendor.sealing import pack_id_of

_SECRETS = {
    "a code of no bits": bytes(14),
    "a code of all bits": (2**110 - 1).to_bytes(14, "big"),
    "a code of the first bit": (2**109).to_bytes(14, "big"),
    "a code of the last bit": (1).to_bytes(14, "big"),
    "a code": (int.from_bytes(fixed("secret", 14), "big") >> 2).to_bytes(14, "big"),
}
SECRET = _SECRETS["a code"]
_SHIFT_TO_FULL_WIDTH = 0xFEE0


def code_vectors() -> Iterator[Vector]:
    """Yield all cases of codes."""
    for name, secret in _SECRETS.items():
        code = make_code(secret)
        yield Vector(name, "make-code", {"secret": secret}, {"printed": code.printed})
        yield Vector(f"{name}, typed", "read-code", {"text": code.printed}, {"secret": secret})
    yield from _read()
    yield from _rejected()


def _read() -> Iterator[Vector]:
    printed = make_code(SECRET).printed
    wide = "".join(chr(ord(letter) + _SHIFT_TO_FULL_WIDTH) for letter in printed)
    look_alikes = make_code(int("0000000001" * 11, 2).to_bytes(14, "big"))
    ways = {
        "in small letters": printed.lower(),
        "without dashes": printed.replace("-", ""),
        "with blanks of all kinds": f" {printed}\t\n".replace("-", "\u00a0 \u2009"),
        "with other dashes and punctuation": printed.replace("-", " \u2013_.`|\u2212\u2014“"),
        "in full width": wide,
        "among blanks, 1,000 characters in all": printed.rjust(1_000),
        "with marks that cannot be seen": "\ufeff\u200f" + printed.replace("-", "\u00ad\u200b-"),
    }
    for name, text in ways.items():
        yield Vector(f"a code typed {name}", "read-code", {"text": text}, {"secret": SECRET})
    for zero, one in ("OI", "oi", "Ol", "oL", "oı", "Oİ"):
        text = look_alikes.printed.replace("0", zero).replace("1", one)
        name = f"a code typed with {zero} for 0 and {one} for 1"
        yield Vector(name, "read-code", {"text": text}, {"secret": look_alikes.secret})


def _rejected() -> Iterator[Vector]:
    symbols = make_code(SECRET).symbols
    cases: dict[str, tuple[str, Values]] = {
        "nothing typed": ("", {"refused": "length"}),
        "a symbol too few": (symbols[:-1], {"refused": "length"}),
        "a symbol too many": (symbols + "0", {"refused": "length"}),
        "1,001 characters": (make_code(SECRET).printed.rjust(1_001), {"refused": "length"}),
        "a letter that no code has": (f"{symbols[:7]}U{symbols[8:]}", {"refused": "character"}),
        "a letter of another alphabet": (f"{symbols[:7]}Ж{symbols[8:]}", {"refused": "character"}),
        "a sign that is no punctuation": (f"{symbols[:7]}$", {"refused": "length"}),
        "two symbols that changed places": (_swapped(symbols), {"refused": "mistyped", "suggestion": ""}),
        "another format with right check symbols": (_of_format(symbols, 2), NEWER),
        "another format, mistyped": (_mistyped(_of_format(symbols, 2), 12), {"refused": "mistyped", "suggestion": ""}),
    }
    for name, (text, answer) in cases.items():
        yield Vector(name, "read-code", {"text": text}, answer)
    for place in (0, 1, 12, 22, 23, 24):
        suggested: Values = {"refused": "mistyped", "suggestion": make_code(SECRET).printed}
        yield Vector(f"symbol {place} mistyped", "read-code", {"text": _mistyped(symbols, place)}, suggested)


def _mistyped(symbols: str, place: int) -> str:
    return symbols[:place] + ALPHABET[ALPHABET.index(symbols[place]) ^ 5] + symbols[place + 1 :]


def _swapped(symbols: str) -> str:
    """Return a code in which two symbols changed places, so that no single symbol explains it."""
    return next(
        text
        for place in range(1, 24)
        if symbols[place] != symbols[place + 1]
        and (text := symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :])
    )


def _of_format(symbols: str, number: int) -> str:
    """Return the symbols of another format: the change of the first symbol is made up for in two others."""
    difference = ALPHABET.index(symbols[0]) ^ number
    values = [ALPHABET.index(symbol) for symbol in symbols]
    for first in range(len(ALPHABET)):
        tried = [values[0] ^ difference, *values[1:23], values[23] ^ first, values[24] ^ first ^ difference]
        if _weighted_sum(tried) == 0:
            return "".join(ALPHABET[value] for value in tried)
    raise AssertionError("two check symbols always fit")


def _weighted_sum(values: list[int]) -> int:
    total = 0
    for value in reversed(values):
        doubled = total << 1
        total = (doubled ^ 0b100101 if doubled > 31 else doubled) ^ value
    return total


def key_vectors() -> Iterator[Vector]:
    """Yield what follows from a code, a keyring and a pack."""
    root, keyring = root_of(SECRET), fixed("keyring", 16)
    for name, secret in _SECRETS.items():
        yield Vector(f"the root of {name}", "root", {"secret": secret}, {"root": root_of(secret)})
    for name, id_ in (("a keyring", keyring), ("another keyring", fixed("keyring 2", 16)), ("no id", bytes(16))):
        answer = {"lookup": lookup_of(root, id_), "seal": seal_of(root, id_)}
        yield Vector(f"lookup and seal in {name}", "lookup-and-seal", {"root": root, "keyring_id": id_}, answer)
    yield from _pack_keys(fixed("content", 16).hex(), fixed("content root"))


def _pack_keys(content_id: str, content_root: bytes) -> Iterator[Vector]:
    for serial in (1, 2, 2**31):
        pack = pack_id_of(content_id, serial)
        given: Values = {"content_id": content_id, "serial": serial}
        yield Vector(f"the id of pack {serial}", "pack-id", given, {"pack_id": pack})
        given = {"content_root": content_root, "pack_id": pack, "serial": serial}
        keyring = keyring_id_of(content_root, pack, serial)
        yield Vector(f"the id of keyring {serial}", "keyring-id", given, {"keyring_id": keyring})
    pack = pack_id_of(content_id, 1)
    for part in (Part("2.5", "2026"), Part("2.5", "2027"), Part("10.1", "2026")):
        given = {"content_root": content_root, "pack_id": pack, "program": part.program, "period": part.period}
        key = program_key_of(content_root, pack, part)
        yield Vector(f"the key of {part.program} of {part.period}", "program-key", given, {"key": key})
        for kind, name in (("lesson", "base.first"), ("question", "qa.base.cancel"), ("index", part.program)):
            given = {"program_key": key, "pack_id": pack, "kind": kind, "id": name}
            answer = {"key": text_key_of(key, pack, name, kind)}
            yield Vector(f"the key of {kind} {name} in {part.program} of {part.period}", "text-key", given, answer)
