"""Activation codes: read however they are typed, and told what is wrong with them."""

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.licensing.code import ALPHABET, MAX_TYPED, ActivationCode, CodeRejected, make_code, read_code

SECRET = bytes.fromhex("0123456789abcdef0123456789ab")
CODE = make_code(SECRET)
GROUPS = CODE.printed.split("-")


def rejection(text: str) -> CodeRejected:
    """Return why a text is no code."""
    with pytest.raises(CodeRejected) as caught:
        read_code(text)
    return caught.value


def with_symbol(place: int, symbol: str) -> str:
    return CODE.symbols[:place] + symbol + CODE.symbols[place + 1 :]


def another_symbol(place: int) -> str:
    return "7" if CODE.symbols[place] != "7" else "8"


def newer_code() -> str:
    """Return a code of format 2: the first symbol and both check symbols changed so that the sums stay right."""
    for last in ALPHABET:
        for second_last in ALPHABET:
            text = "2" + CODE.symbols[1:23] + second_last + last
            if rejection(text).message.id == "license.code_newer":
                return text
    raise AssertionError("no check symbols are right")


def test_a_code_is_printed_in_five_groups_that_begin_with_the_format() -> None:
    assert CODE.printed == "10J6H-B7H6N-WVVR1-4D2PF-2DBDM"
    assert CODE.symbols == CODE.printed.replace("-", "")
    assert CODE.last5 == "2DBDM"


def test_the_check_symbols_make_both_sums_zero() -> None:
    values = [ALPHABET.index(symbol) for symbol in CODE.symbols]

    plain = weighted = 0
    for value in reversed(values):
        doubled = weighted * 2
        weighted = (doubled ^ 37 if doubled > 31 else doubled) ^ value
        plain ^= value

    assert (plain, weighted) == (0, 0)


@given(st.integers(0, 2**110 - 1))
def test_a_secret_survives_printing_and_typing(number: int) -> None:
    secret = number.to_bytes(14, "big")

    assert read_code(make_code(secret).printed).secret == secret


@pytest.mark.parametrize("secret", [b"", bytes(13), bytes(15), b"\x40" + bytes(13), b"\xff" * 14])
def test_a_secret_has_110_bits(secret: bytes) -> None:
    with pytest.raises(ValueError, match="110 bits"):
        make_code(secret)


@pytest.mark.parametrize("symbols", ["", CODE.symbols[:-1], with_symbol(4, "U"), with_symbol(4, "Q"), "2" + "0" * 24])
def test_nothing_else_is_an_activation_code(symbols: str) -> None:
    with pytest.raises(ValueError, match="not an activation code"):
        ActivationCode(symbols)


@pytest.mark.parametrize(
    "text",
    [
        CODE.symbols,
        CODE.printed.lower(),
        " ".join(GROUPS),
        "\u00a0".join(GROUPS),
        "\u2009\u2002".join(GROUPS),
        "–".join(GROUPS),
        "—".join(GROUPS),
        " − ".join(GROUPS),
        "\u2011".join(GROUPS),
        "_".join(GROUPS),
        ".".join(GROUPS),
        "/".join(GROUPS),
        "|".join(GROUPS),
        f"“{CODE.printed}”",
        f"'{CODE.printed}'",
        f"«{CODE.printed}»",
        f"`{CODE.printed}´",
        f"<{CODE.printed}>",
        f"  {CODE.printed}\r\n",
        "\n".join(GROUPS),
        "\t".join(GROUPS),
        "\u200b".join(CODE.printed),
        f"\ufeff{CODE.printed}",
        "\u00ad".join(CODE.symbols),
        f"\u200f\u202b{CODE.printed}\u202c",
        f"{CODE.printed}\0",
        f"\ud800{CODE.printed}\udfff",
        "\u0332".join(CODE.symbols) + "\u0332",
        "\ufe0f".join(CODE.symbols),
        "".join(chr(ord(symbol) + 0xFEE0) for symbol in CODE.symbols),
        "".join(chr(ord(symbol) + 0xFEE0) for symbol in CODE.symbols.lower()),
        CODE.printed.replace("0", "O"),
        CODE.printed.replace("0", "o"),
        *(CODE.printed.replace("1", look_alike) for look_alike in "IilLıİ"),
    ],
)
def test_a_code_is_read_however_it_is_written(text: str) -> None:
    assert read_code(text) == CODE


@pytest.mark.parametrize(("text", "typed"), [("", 0), ("  -\n", 0), (GROUPS[0], 5), (CODE.symbols[:-1], 24)])
def test_a_code_that_is_too_short_is_counted(text: str, typed: int) -> None:
    error = rejection(text)

    assert error.message.id == "license.code_length"
    assert str(error) == f"An activation code has 25 characters in five groups. You have typed {typed}. (L01)"


def test_a_code_that_is_too_long_is_counted_and_nothing_is_cut_off() -> None:
    assert rejection(CODE.printed + "A").message.values == {"typed": 26}


def test_where_the_length_is_wrong_a_letter_that_cannot_be_counts_too() -> None:
    assert rejection("Hello, our code is U").message.values == {"typed": 15}


def test_a_long_text_is_only_counted() -> None:
    padded = CODE.printed + " " * MAX_TYPED

    assert rejection(padded).message.values == {"typed": len(padded)}
    assert rejection("x" * 10_000_000).message.values == {"typed": 10_000_000}


@pytest.mark.parametrize("typed", ["U", "u", "Ｕ"])
def test_a_u_is_named_with_its_group_and_what_may_be_meant(typed: str) -> None:
    error = rejection(with_symbol(10, typed))

    assert error.message.id == "license.code_character"
    assert error.suggestion is None
    assert str(error) == ("“U” in group 3 cannot be part of a code. Codes use no I, L, O or U - did you mean V? (L02)")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("é", "É"), ("ß", "ß"), ("Я", "Я"), ("ö", "Ö"), ("٣", "٣"), ("$", "$"), ("€", "€"), ("★", "★"), ("数", "数")],
)
def test_a_character_that_looks_like_none_is_named_with_its_group(typed: str, shown: str) -> None:
    error = rejection(with_symbol(24, typed))

    assert error.message.id == "license.code_character_foreign"
    assert str(error) == (
        f"“{shown}” in group 5 cannot be part of a code. Codes use digits and the letters A to Z without I, L, O and "
        "U. Please compare with your card. (L02)"
    )


@pytest.mark.parametrize("place", [1, 4, 5, 14, 22, 23, 24])
def test_one_mistyped_symbol_is_found_and_offered(place: int) -> None:
    error = rejection(with_symbol(place, another_symbol(place)))

    assert error.suggestion == CODE
    assert str(error) == (
        f"One character looks mistyped: group {place // 5 + 1}, maybe “{CODE.symbols[place]}”. "
        "Please compare with your card. (L03)"
    )


def test_where_more_is_mistyped_nothing_is_offered() -> None:
    # Two equal errors cancel out in the plain sum, which a single one never does.
    changed = "".join(ALPHABET[ALPHABET.index(symbol) ^ 5] for symbol in CODE.symbols[1:3])

    error = rejection(CODE.symbols[0] + changed + CODE.symbols[3:])

    assert error.suggestion is None
    assert str(error) == "Something is mistyped. Please compare with your card. (L03)"


@pytest.mark.parametrize("format_symbol", ALPHABET.replace("1", ""))
def test_a_mistyped_first_symbol_is_no_newer_format_and_its_fix_is_offered(format_symbol: str) -> None:
    error = rejection(with_symbol(0, format_symbol))

    assert error.message.id == "license.code_typo"
    assert error.suggestion == CODE


def test_a_newer_format_is_one_whose_check_symbols_are_right() -> None:
    error = rejection(newer_code())

    assert error.suggestion is None
    assert str(error) == (
        "This license needs a newer version of the app. Your progress is safe; free lessons keep working. (L06)"
    )


def test_a_mistyped_newer_code_is_never_mended_to_one_of_ours() -> None:
    newer = newer_code()

    for symbol in ALPHABET.replace(newer[7], ""):
        assert rejection(newer[:7] + symbol + newer[8:]).suggestion is None


def test_a_code_in_a_log_shows_its_last_five_symbols_alone() -> None:
    error = rejection(with_symbol(7, another_symbol(7)))
    trace = "".join(traceback.format_exception(error))

    for written in (repr(CODE), str(CODE), f"{CODE}", f"{[CODE]}", repr(error), trace):
        assert all(group not in written for group in GROUPS[:4])
        assert CODE.symbols not in written
    assert repr(CODE) == "ActivationCode(…2DBDM)"


@given(st.text(st.characters()) | st.text(st.characters(codec=None, categories=("Cs", "Mn", "Lu", "Nd")), max_size=60))
def test_no_text_is_a_crash(text: str) -> None:
    try:
        code = read_code(text)
    except CodeRejected as error:
        str(error).encode()
    else:
        assert read_code(code.printed) == code


@given(st.text(ALPHABET, min_size=24, max_size=24))
def test_what_is_suggested_is_one_symbol_away(rest: str) -> None:
    try:
        read_code("1" + rest)
    except CodeRejected as error:
        if error.suggestion is not None:
            differing = [one for one, other in zip(error.suggestion.symbols, "1" + rest, strict=True) if one != other]
            assert len(differing) == 1
