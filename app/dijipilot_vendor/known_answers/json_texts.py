"""Known answers of strict JSON: what is read, what is refused, and what asks for a newer app."""

from collections.abc import Iterator

from dijipilot_vendor.known_answers.vector import NEWER, NOT_GENUINE, Vector

_DEEP = "[" * 6

_READ = {
    "an empty object": "{}",
    "an object in canonical writing": '{"a":1,"b":"Işık","c":null,"d":[true,false]}',
    "blanks and lines between": ' {\n\t"a" : 1 }\r\n',
    "keys in any order": '{"b":1,"a":2}',
    "a letter written by its number": r'{"a":"\u0131\ud83d\ude00"}',
    "the largest number": '{"a":9007199254740992,"b":-9007199254740992}',
    "eight levels, the value in the seventh object being the eighth": '{"a":' + _DEEP + "1" + "]" * 6 + "}",
    "an exclamation mark inside of a key and in a value": '{"a!":"!b"}',
}

_REFUSED = {
    "nothing": "",
    "an array": "[1]",
    "a text": '"a"',
    "two objects": "{}{}",
    "something behind it": "{} x",
    "a key twice": '{"a":1,"a":1}',
    "a key twice, once written by its number": r'{"a":1,"\u0061":2}',
    "a key twice, deep inside": '{"a":[{"b":1,"b":2}]}',
    "a fraction": '{"a":1.0}',
    "an exponent": '{"a":1e2}',
    "no number": '{"a":NaN}',
    "infinity": '{"a":-Infinity}',
    "a number too large": '{"a":9007199254740993}',
    "a number too small": '{"a":-9007199254740993}',
    "a number of many digits": '{"a":' + "9" * 5_000 + "}",
    "a number that begins with zero": '{"a":01}',
    "nine levels": '{"a":' + _DEEP + "[1]" + "]" * 6 + "}",
    "very many levels": '{"a":' + "[" * 5_000 + "]" * 5_000 + "}",
    "a comma too many": '{"a":1,}',
    "single quotation marks": "{'a':1}",
    "a comment": '{"a":1}//',
    "half a letter, written by its number": r'{"a":["\ud800"]}',
    "half a letter in a key": r'{"a":{"\udfff":1}}',
    "a line break in a text": '{"a":"b\nc"}',
    "a byte order mark": "\ufeff{}",
    "a NUL behind it": "{}\0",
}

_NEWER = {
    "a key that may not be passed over": '{"!a":1}',
    "a key that may not be passed over, deep inside": '{"a":[{"b":{"!c":null}}]}',
    "a key that may not be passed over, written by its number": r'{"\u0021a":1}',
}


def json_vectors() -> Iterator[Vector]:
    """Yield all cases; read is what the canonical writing of the text is."""
    for name, text in _READ.items():
        yield Vector(name, "strict-json", {"text": text.encode()}, {"canonical": _CANONICAL.get(text, text)})
    for name, text in _REFUSED.items():
        yield Vector(name, "strict-json", {"text": text.encode()}, NOT_GENUINE)
    yield Vector("UTF-16", "strict-json", {"text": "{}".encode("utf-16-le")}, NOT_GENUINE)
    yield Vector("a byte that is no UTF-8", "strict-json", {"text": b'{"a":"\xff"}'}, NOT_GENUINE)
    yield Vector("a letter in too many bytes", "strict-json", {"text": b'{"a":"\xc0\x80"}'}, NOT_GENUINE)
    for name, text in _NEWER.items():
        yield Vector(name, "strict-json", {"text": text.encode()}, NEWER)


_CANONICAL = {
    _READ["blanks and lines between"]: '{"a":1}',
    _READ["keys in any order"]: '{"a":2,"b":1}',
    _READ["a letter written by its number"]: '{"a":"ı😀"}',
}
