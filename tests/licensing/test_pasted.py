"""A license or a code is found in whatever somebody pasted."""

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.errors import AcademyError, BadInput, UsageProblem
from dijipilot.licensing.code import CodeRejected, make_code, read_code
from dijipilot.licensing.pasted import MAX_TEXT, LicenseBlock, read_pasted

CODE = make_code(bytes.fromhex("0123456789abcdef0123456789ab"))
OTHER = make_code(bytes.fromhex("00112233445566778899aabbccdd"))

CONTENT = base64.b64encode(b"DJLIC1" + random.Random(1).randbytes(400)).decode()
LINES = [CONTENT[start : start + 64] for start in range(0, len(CONTENT), 64)]
BLOCK = "\n".join(["-----BEGIN DIJIPILOT LICENSE-----", *LINES, "-----END DIJIPILOT LICENSE-----", ""])

MAIL = """Dear learner,

thank you. These words might still quite often stand here, along with 12345 67890.
Your code: {code}
Those words again. Yours, the publisher
"""


def mail(code: str) -> str:
    return MAIL.format(code=code)


def mistyped(code: str, place: int) -> str:
    return code[:place] + ("7" if code[place] != "7" else "8") + code[place + 1 :]


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        BLOCK.rstrip(),
        BLOCK.replace("\n", "\r\n"),
        f"Hello,\n\nhere it is:\n\n{BLOCK}\nBest wishes - the publisher\n",
        "".join(f"> {line}\n" for line in BLOCK.splitlines()),
        "".join(f">> > {line}  \r\n" for line in BLOCK.splitlines()),
        "".join(f"\u00a0\t{line}\u00a0\n\n" for line in BLOCK.splitlines()),
        BLOCK.replace("\n", " "),
        BLOCK.replace("-----", "—–-"),
        BLOCK.replace("-----", "−"),
        "\ufeff" + BLOCK,
        "\u200b".join(BLOCK),
        f"{BLOCK}\n> it said:\n" + "".join(f"> {line}\n" for line in BLOCK.splitlines()),
        f"{BLOCK}\nand your code is {CODE.printed}",
        f"-----BEGIN DIJIPILOT LICENSE-----\nwas cut off\n{BLOCK}",
    ],
)
def test_a_license_is_found_and_comes_clean(text: str) -> None:
    assert read_pasted(text) == LicenseBlock(BLOCK)


@pytest.mark.parametrize(
    "text",
    [
        BLOCK.replace("-----END DIJIPILOT LICENSE-----", ""),
        "-----BEGIN DIJIPILOT LICENSE-----",
        "-----BEGIN DIJIPILOT LICENSE-----\n-----END DIJIPILOT LICENSE-----",
        BLOCK.replace(LINES[2], LINES[2][:-1] + "é"),
        BLOCK.replace(LINES[2], "On Monday, somebody wrote:"),
    ],
)
def test_a_license_that_is_not_whole_is_said_to_be_damaged(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_pasted(text)

    assert caught.value.message.id == "license.not_genuine"


def test_of_several_licenses_none_is_chosen() -> None:
    other = BLOCK.replace(LINES[1], LINES[1][::-1])

    with pytest.raises(UsageProblem, match="holds 2 different codes or licenses"):
        read_pasted(BLOCK + other)


@pytest.mark.parametrize(
    "code",
    [
        CODE.printed,
        CODE.printed.lower(),
        CODE.printed.replace("-", " – "),
        CODE.printed.replace("0", "O"),
        CODE.symbols,
        f"**{CODE.printed}**",
        f"“{CODE.printed}”.",
        CODE.printed.replace("-", "-\r\n> > > "),
        CODE.printed.replace("-", "\n"),
        "\u200b".join(CODE.printed),
        "".join(chr(ord(symbol) + 0xFEE0) if symbol != "-" else "－" for symbol in CODE.printed),
        f"12345 {CODE.printed} 67890",
        f"{CODE.printed} or {CODE.printed}",
        f"{CODE.printed}{'-'}{CODE.printed}",
        f"{mistyped(CODE.printed, 3)}, no, I mean {CODE.printed}",
    ],
)
def test_a_code_is_found_in_a_mail(code: str) -> None:
    assert read_pasted(mail(code)) == CODE
    assert read_pasted("".join(f"> {line}\r\n" for line in mail(code).splitlines())) == CODE


def test_a_code_pasted_twice_is_one_even_where_its_groups_in_another_order_are_a_code_too() -> None:
    chance = random.Random(5)
    while True:
        code = make_code(chance.getrandbits(110).to_bytes(14, "big"))
        turned = code.symbols[5:] + code.symbols[:5]
        if turned.startswith("1") and is_code(turned):
            break

    assert read_pasted(f"{code.printed} {code.printed}") == code


def is_code(text: str) -> bool:
    try:
        read_code(text)
    except CodeRejected:
        return False
    return True


def test_of_several_codes_none_is_chosen() -> None:
    with pytest.raises(UsageProblem) as caught:
        read_pasted(mail(f"{CODE.printed} or {OTHER.printed}"))

    assert caught.value.message.values == {"count": 2}
    assert CODE.last5 not in str(caught.value)


def test_a_mistyped_code_in_a_mail_is_told_of_with_its_suggestion() -> None:
    with pytest.raises(CodeRejected) as caught:
        read_pasted(mail(mistyped(CODE.printed, 8)))

    assert caught.value.suggestion == CODE


def test_a_letter_that_cannot_be_in_a_code_in_a_mail_is_named() -> None:
    with pytest.raises(CodeRejected) as caught:
        read_pasted("Your code is " + CODE.printed[:6] + "U" + CODE.printed[7:] + ".")

    assert caught.value.message.values == {"character": "U", "group": 2, "meant": "V"}


@pytest.mark.parametrize(
    "text", [CODE.printed, CODE.symbols[:12] + " " + CODE.symbols[12:], "1".join(["", CODE.symbols[1:]])]
)
def test_a_code_alone_is_read_in_whatever_pieces_it_was_typed(text: str) -> None:
    assert read_pasted(text) == CODE


@pytest.mark.parametrize(
    ("text", "typed"), [("", 0), (CODE.printed[:-1], 24), (CODE.printed + "A", 26), ("Hello there", 10)]
)
def test_where_nothing_is_found_the_whole_text_is_the_code(text: str, typed: int) -> None:
    with pytest.raises(CodeRejected) as caught:
        read_pasted(text)

    assert caught.value.message.values == {"typed": typed}


def test_a_text_that_is_too_long_is_not_looked_through() -> None:
    with pytest.raises(UsageProblem, match="too long"):
        read_pasted(CODE.printed + " " * MAX_TEXT)


@pytest.mark.parametrize(
    "piece",
    [
        "AAAAA ",
        "AAAA ",
        "-",
        "AAAAA",
        "\u0301\u0327",
        "-BEGIN DIJIPILOT LICENSE-",
        "-BEGIN DIJIPILOT LICENSE-A-END ",
        ">",
        "\u00ad",
    ],
)
def test_a_long_text_made_to_take_long_is_refused_all_the_same(piece: str) -> None:
    with pytest.raises(AcademyError):
        read_pasted(piece * (MAX_TEXT // len(piece)))


def test_a_license_in_a_log_says_nothing() -> None:
    assert repr(LicenseBlock(BLOCK)) == f"LicenseBlock({len(BLOCK)} characters)"


PIECES = st.sampled_from([*LINES, CODE.printed, OTHER.symbols, "-----BEGIN DIJIPILOT LICENSE-----", "> ", "\n", "-"])


@given(st.lists(PIECES | st.text(st.characters(codec=None), max_size=30), max_size=12))
def test_no_text_is_a_crash(pieces: list[str]) -> None:
    try:
        read_pasted("".join(pieces))
    except AcademyError as error:
        str(error).encode()
