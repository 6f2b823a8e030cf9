"""Strict JSON gives back what was written, in whatever writing, and refuses all else with one kind of error."""

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dijipilot.domain.signed_text import MAX_DEPTH, MAX_NUMBER, AsksForNewerApp, read_object
from dijipilot_vendor.records import canonical

few = settings(max_examples=40)

letters = st.characters(codec="utf-8")
names = st.text(letters, max_size=8).filter(lambda name: not name.startswith("!"))
scalars = st.none() | st.booleans() | st.integers(-MAX_NUMBER, MAX_NUMBER) | st.text(letters, max_size=20)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return lists and objects of what there is."""
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)


values = st.recursive(scalars, nested, max_leaves=6)
objects = st.dictionaries(names, values, max_size=3).filter(lambda value: levels(value) <= MAX_DEPTH)


def levels(value: object) -> int:
    """Return how deep a value goes, itself being one level."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(levels, parts), default=0)


@few
@given(objects)
def test_what_was_written_is_read_in_every_writing(value: dict[str, Any]) -> None:
    assert read_object(canonical(value)) == value
    assert read_object(json.dumps(value, indent=2, ensure_ascii=True).encode()) == value
    spaced = json.dumps(dict(reversed(value.items())), separators=(" ,\r\n\t ", " : "), ensure_ascii=False)
    assert read_object(spaced.encode()) == value


@few
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_other_bytes_are_refused_with_one_kind_of_error(raw: bytes) -> None:
    with pytest.raises((ValueError, AsksForNewerApp)):
        read_object(b"[" + raw)


@few
@given(objects, st.data())
def test_changed_bytes_are_read_strictly_or_refused(value: dict[str, Any], data: st.DataObject) -> None:
    raw = canonical(value)
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + data.draw(st.binary(max_size=2)) + raw[place + 1 :]
    try:
        read = read_object(changed)
    except (ValueError, AsksForNewerApp):
        return
    assert levels(read) <= MAX_DEPTH
    assert all(not name.startswith("!") for name in read)


@few
@given(objects, names, values)
def test_a_key_that_stands_there_twice_is_refused(value: dict[str, Any], name: str, other: Any) -> None:
    assume(levels(other) < MAX_DEPTH)
    written = canonical({**value, name: 1}).decode()
    twice = f"{written[:-1]},{json.dumps(name)}:{json.dumps(other)}}}"
    with pytest.raises(ValueError, match="twice"):
        read_object(twice.encode())


@few
@given(objects, st.floats())
def test_fractions_are_refused_wherever_they_stand(value: dict[str, Any], fraction: float) -> None:
    written = json.dumps({"a": [value, fraction]} if levels(value) < MAX_DEPTH - 1 else {"a": fraction})
    with pytest.raises(ValueError, match="no whole number"):
        read_object(written.encode())


@few
@given(st.integers().filter(lambda number: abs(number) > MAX_NUMBER) | st.integers(MAX_NUMBER + 1, 10**400))
def test_numbers_beyond_the_limit_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="too large"):
        read_object(f'{{"a":{number}}}'.encode())


@few
@given(objects, names)
def test_a_key_that_may_not_be_passed_over_asks_for_a_newer_app(value: dict[str, Any], name: str) -> None:
    assume(levels(value) < MAX_DEPTH - 1)
    with pytest.raises(AsksForNewerApp):
        read_object(canonical({"a": [value], f"!{name}": None}))


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_what_is_too_deep_is_refused(opening: str) -> None:
    closing = {"[": "]", '{"a":': "}"}[opening]
    for depth in (MAX_DEPTH - 1, 100, 100_000):
        inside = f"{opening * depth}1{closing * depth}"
        with pytest.raises(ValueError, match="too deep"):
            read_object(f'{{"a":{inside}}}'.encode())
    fits = f"{opening * (MAX_DEPTH - 2)}1{closing * (MAX_DEPTH - 2)}"
    assert levels(read_object(f'{{"a":{fits}}}'.encode())) == MAX_DEPTH
