"""Signed JSON is read strictly: one meaning, or none."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dijipilot.domain.signed_text import (
    MAX_NUMBER,
    AsksForNewerApp,
    TrustedKey,
    read_object,
    read_trusted_keys,
    version_numbers,
)
from dijipilot_vendor.records import canonical


def test_an_object_is_read_as_it_was_written() -> None:
    raw = '{"name":"Zoë 日本 \\"x\\"","n":-7,"list":[1,null,true,{"a":[]}],"none":null}'.encode()

    assert read_object(raw) == {"name": 'Zoë 日本 "x"', "n": -7, "list": [1, None, True, {"a": []}], "none": None}


def test_blanks_and_escapes_are_another_writing_of_the_same() -> None:
    assert read_object(b' \t\r\n{ "a" : "\\u0041" } \n') == {"a": "A"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"{",
        b'{"a":1',
        b'{"a":1}x',
        b'{"a":1}{"a":1}',
        b'{"a":1}\0',
        b"{'a':1}",
        b"{a:1}",
        b'{"a":1,}',
        b'{"a":01}',
        b'{"a":+1}',
        b'{"a":"\n"}',
        b'{"a":"\0"}',
        b'{"a":1/*2*/}',
        b'{"a":tru}',
        b'{"a":"\\x41"}',
    ],
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # which of many does not matter
        read_object(raw)


@pytest.mark.parametrize("raw", [b"[]", b"null", b"1", b'"text"', b"true", b'[{"a":1}]'])
def test_what_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no object"):
        read_object(raw)


@pytest.mark.parametrize(
    "raw",
    [b'{"a":1,"a":1}', b'{"a":1,"\\u0061":2}', b'{"b":{"a":1,"a":2}}', b'{"b":[{"a":1,"c":2,"a":3}]}', b'{"":1,"":1}'],
)
def test_a_key_that_stands_there_twice_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="twice"):
        read_object(raw)


@pytest.mark.parametrize(
    "number",
    ["1.0", "0.1", "-0.0", "1e3", "1E3", "1e-3", "1e400", "NaN", "Infinity", "-Infinity", "1.7976931348623157e308"],
)
def test_fractions_exponents_and_what_is_no_number_are_refused(number: str) -> None:
    with pytest.raises(ValueError, match="whole number"):
        read_object(f'{{"a":[{{"b":{number}}}]}}'.encode())


@pytest.mark.parametrize("number", [f"{2**53 + 1}", f"{-(2**53) - 1}", "1" + 17 * "0", 5_000 * "9", "-" + 90_000 * "9"])
def test_numbers_that_not_every_language_can_hold_are_refused(number: str) -> None:
    with pytest.raises(ValueError, match="too large"):
        read_object(f'{{"a":{number}}}'.encode())


@pytest.mark.parametrize("number", [0, 1, -1, MAX_NUMBER, -MAX_NUMBER])
def test_whole_numbers_up_to_2_to_the_53_are_read(number: int) -> None:
    assert read_object(f'{{"a":{number}}}'.encode()) == {"a": number}


@pytest.mark.parametrize("opening", [b'{"a":', b'{"a":['])
def test_texts_that_are_too_deep_are_refused_and_do_not_crash(opening: bytes) -> None:
    closing = {b'{"a":': b"}", b'{"a":[': b"]}"}[opening]
    for levels in (9, 100, 100_000):
        with pytest.raises(ValueError, match=r"deep|Expecting"):
            read_object(opening * levels + b"1" + closing * levels)


def test_eight_levels_are_read_and_a_ninth_is_not() -> None:
    assert read_object(b'{"a":' * 7 + b"1" + b"}" * 7)
    with pytest.raises(ValueError, match="too deep"):
        read_object(b'{"a":' * 8 + b"1" + b"}" * 8)


@pytest.mark.parametrize("raw", [b'{"!a":1}', b'{"a":1,"b":[{"!":null}]}', b'{"\\u0021a":1}'])
def test_a_key_that_may_not_be_passed_over_asks_for_a_newer_app(raw: bytes) -> None:
    with pytest.raises(AsksForNewerApp):
        read_object(raw)


def test_an_exclamation_mark_elsewhere_asks_for_nothing() -> None:
    assert read_object(b'{"a!":"!b"}') == {"a!": "!b"}


@pytest.mark.parametrize(
    "raw",
    [
        b'\xef\xbb\xbf{"a":1}',
        b'\xff\xfe{\0"\0a\0"\0:\x001\0}\0',
        '{"a":1}'.encode("utf-16"),
        '{"a":1}'.encode("utf-32"),
        b'{"a":"\xff"}',
        b'{"a":"\xc0\xaf"}',
        b'{"a":"\xed\xa0\x80"}',
        b'{"a":"\xf4\x90\x80\x80"}',
    ],
    ids=["BOM", "BOM-16", "utf-16", "utf-32", "no utf-8", "overlong", "surrogate", "beyond unicode"],
)
def test_anything_but_plain_utf_8_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # which of many does not matter
        read_object(raw)


@pytest.mark.parametrize("raw", [b'{"a":"\\ud800"}', b'{"\\udfff":1}', b'{"a":["\\ude00\\ud83d"]}'])
def test_half_a_character_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="half a character"):
        read_object(raw)


def test_a_character_written_in_two_halves_is_one() -> None:
    assert read_object(b'{"a":"\\ud83d\\ude00"}') == {"a": "😀"}


@given(some.binary(max_size=200))
def test_no_bytes_at_all_make_it_crash(raw: bytes) -> None:
    with suppress(ValueError, AsksForNewerApp):
        assert isinstance(read_object(raw), dict)


_NAMES = some.text(max_size=5).filter(lambda name: not name.startswith("!"))
_LEAVES = some.none() | some.booleans() | some.integers(-MAX_NUMBER, MAX_NUMBER) | some.text(max_size=10)
_VALUES = _LEAVES | some.lists(_LEAVES, max_size=3) | some.lists(some.dictionaries(_NAMES, _LEAVES, max_size=3))


@settings(max_examples=50)
@given(some.dictionaries(_NAMES, _VALUES, max_size=4))
def test_what_a_publisher_writes_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    assert read_object(canonical(data)) == data


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.4.0", (1, 4, 0)), ("0", (0,)), ("10.2.30.4", (10, 2, 30, 4)), ("007", (7,))]
)
def test_a_version_is_compared_by_its_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert version_numbers(version) == numbers


@pytest.mark.parametrize(
    "version", ["", ".", "1.", "1..2", "1.a", "v1", "1.2.3.4.5", "-1", "1.٣", "1.²", " 1", "1234567", 1, None, ["1"]]
)
def test_what_is_no_version_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="no version"):
        version_numbers(version)


KEY = {"kid": "k1", "key": "ab" * 32}


def keys(**changes: object) -> bytes:
    return json.dumps({"development": False, "pack": [KEY], "license": [KEY, KEY], **changes}).encode()


def test_trusted_keys_are_read() -> None:
    read = read_trusted_keys(keys())

    key = TrustedKey("k1", bytes.fromhex("ab" * 32))
    assert (read.is_development, read.pack, read.license) == (False, (key,), (key, key))
    assert read_trusted_keys(keys(development=True)).is_development


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"",
        keys(pack=[]),
        keys(pack=[KEY, KEY, KEY]),
        keys(pack=None),
        keys(license=[{"kid": "k1"}]),
        keys(license=[{"kid": "k1", "key": "ab"}]),
        keys(license=[{"kid": "k1", "key": "zz" * 32}]),
        keys(license=[{"kid": "k1", "key": 5}]),
        keys(license=["ab" * 32]),
    ],
)
def test_a_list_of_keys_that_is_not_whole_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # which of many does not matter
        read_trusted_keys(raw)
