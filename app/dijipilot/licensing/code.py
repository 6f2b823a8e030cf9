"""Activation codes as people type them: alphabet, check symbols, and what to suggest after a slip of a finger.

Format: packaging/LICENSE-FORMAT.md, section 2. The check symbols are those of a Reed-Solomon code over GF(32): any one
or two wrong symbols, and any two that changed places, leave a syndrome that is not zero.
"""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from dijipilot.errors import UsageProblem
from dijipilot.messages import Message, message

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FORMAT = "1"
CODE_SYMBOLS = 25
GROUP_SYMBOLS = 5
SECRET_BYTES = 14
SECRET_BITS = 110

MAX_TYPED = 1_000
"""Longer texts are counted and not looked at: no code is in them."""

_VALUE_BY_SYMBOL = {symbol: value for value, symbol in enumerate(ALPHABET)}
# Small letters of the Turkish keyboard among them: its key for i gives ı or İ.
_LOOK_ALIKES = {"O": "0", "o": "0", "I": "1", "i": "1", "L": "1", "l": "1", "İ": "1", "ı": "1"}
_SYMBOL_BY_CHARACTER = {character: character.upper() for character in ALPHABET + ALPHABET.lower()} | _LOOK_ALIKES
_MEANT_BY_FOREIGN = {"U": "V"}

# Besides blanks, punctuation, marks and what cannot be seen: the minus sign, bars, accents that stand alone.
_PASSED_OVER = frozenset({"Sm", "Sk"})
_PASSED_OVER_KINDS = frozenset("ZPMC")

_FIELD_POLYNOMIAL = 0b100101
_FIRST_CHECK, _SECOND_CHECK = 23, 24


def _times_root(value: int) -> int:
    """Return value * a in GF(32)."""
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled >= len(ALPHABET) else doubled


def _times_power(value: int, exponent: int) -> int:
    """Return value * a^exponent in GF(32)."""
    for _ in range(exponent):
        value = _times_root(value)
    return value


_TIMES_ROOT = tuple(_times_root(value) for value in range(len(ALPHABET)))
_TIMES_FIRST_CHECK = tuple(_times_power(value, _FIRST_CHECK) for value in range(len(ALPHABET)))
# A value at the second check place, with the first making up for it in S0, adds this to S1.
_SECOND_CHECK_BY_SHARE = {
    _TIMES_FIRST_CHECK[value] ^ _times_power(value, _SECOND_CHECK): value for value in range(len(ALPHABET))
}


class ActivationCode(Struct, frozen=True):
    """A code whose check symbols are right: 25 symbols of the alphabet, the first of them the format.

    Written with repr or str, as in a log, it shows its last five symbols alone. Raises ValueError for anything else.
    """

    symbols: str

    def __post_init__(self) -> None:
        if len(self.symbols) != CODE_SYMBOLS or not set(self.symbols) <= set(ALPHABET):
            raise ValueError("not an activation code")
        if not self.symbols.startswith(FORMAT) or _syndromes(_values(self.symbols)) != (0, 0):
            raise ValueError("not an activation code")

    def __repr__(self) -> str:
        return f"ActivationCode(…{self.last5})"

    @property
    def printed(self) -> str:
        """The code as it stands on a card: five groups with dashes."""
        starts = range(0, CODE_SYMBOLS, GROUP_SYMBOLS)
        return "-".join(self.symbols[start : start + GROUP_SYMBOLS] for start in starts)

    @property
    def secret(self) -> bytes:
        """The 110 bits from which keys are derived, in 14 bytes."""
        number = 0
        for value in _values(self.symbols)[1:_FIRST_CHECK]:
            number = number << 5 | value
        return number.to_bytes(SECRET_BYTES, "big")

    @property
    def last5(self) -> str:
        """The last five symbols, by which a card is told from others."""
        return self.symbols[-GROUP_SYMBOLS:]


class CodeRejected(UsageProblem):
    """What was typed is no code. suggestion: the one code that differs in a single symbol; offer it, never apply it."""

    def __init__(self, message: Message, suggestion: ActivationCode | None = None) -> None:
        super().__init__(message)
        self.suggestion = suggestion


def make_code(secret: bytes) -> ActivationCode:
    """Return the code of a secret. Raises ValueError unless it is 110 bits in 14 bytes: the first two are zero."""
    number = int.from_bytes(secret, "big")
    if len(secret) != SECRET_BYTES or number >> SECRET_BITS:
        raise ValueError("a secret has 110 bits in 14 bytes")
    values = [_VALUE_BY_SYMBOL[FORMAT], *(number >> shift & 31 for shift in range(SECRET_BITS - 5, -1, -5)), 0, 0]
    first, second = _syndromes(values)
    values[_SECOND_CHECK] = _SECOND_CHECK_BY_SHARE[second ^ _TIMES_FIRST_CHECK[first]]
    values[_FIRST_CHECK] = first ^ values[_SECOND_CHECK]
    return ActivationCode(_symbols(values))


def read_code(text: str) -> ActivationCode:
    """Return the code that somebody typed, however it is written. Raises CodeRejected, which says what is wrong."""
    typed = _typed_symbols(text) if len(text) <= MAX_TYPED else text
    if len(typed) != CODE_SYMBOLS:
        raise CodeRejected(message("license.code_length", typed=len(typed)))
    for place, symbol in enumerate(typed):
        if symbol not in _VALUE_BY_SYMBOL:
            raise _foreign(symbol, place)
    values = _values(typed)
    is_sound = _syndromes(values) == (0, 0)
    if is_sound and typed[0] == FORMAT:
        return ActivationCode("".join(typed))
    # Later formats keep length and check symbols: what does not fit here is mistyped, whatever its first symbol.
    raise CodeRejected(message("license.code_newer")) if is_sound else _mistyped(values)


def _typed_symbols(text: str) -> list[str]:
    """Return one symbol for each letter and digit, and in its place what cannot be one."""
    typed = []
    for character in unicodedata.normalize("NFKC", text):
        symbol = _SYMBOL_BY_CHARACTER.get(character)
        if symbol is not None:
            typed.append(symbol)
        elif not _is_passed_over(character):
            typed.append(character)
    return typed


def _is_passed_over(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in _PASSED_OVER_KINDS or category in _PASSED_OVER


def _foreign(character: str, place: int) -> CodeRejected:
    capital = character.upper()
    shown = capital if len(capital) == 1 else character
    group = place // GROUP_SYMBOLS + 1
    if meant := _MEANT_BY_FOREIGN.get(shown):
        return CodeRejected(message("license.code_character", character=shown, group=group, meant=meant))
    return CodeRejected(message("license.code_character_foreign", character=shown, group=group))


def _mistyped(values: Sequence[int]) -> CodeRejected:
    fixed = _with_one_fixed(values)
    if fixed is None:
        return CodeRejected(message("license.code_typo_somewhere"))
    place = next(place for place in range(CODE_SYMBOLS) if fixed[place] != values[place])
    told = message("license.code_typo", group=place // GROUP_SYMBOLS + 1, symbol=ALPHABET[fixed[place]])
    return CodeRejected(told, ActivationCode(_symbols(fixed)))


def _with_one_fixed(values: Sequence[int]) -> list[int] | None:
    """Return the code of our format that differs in one symbol, None where there is none."""
    error, remainder = _syndromes(values)
    if error == 0:
        return None
    shifted = error
    for place in range(CODE_SYMBOLS):
        if shifted == remainder:
            fixed = [value ^ error if index == place else value for index, value in enumerate(values)]
            # A code of another format has check symbols that are right: a fix never makes one.
            return fixed if fixed[0] == _VALUE_BY_SYMBOL[FORMAT] else None
        shifted = _TIMES_ROOT[shifted]
    return None


def _syndromes(values: Sequence[int]) -> tuple[int, int]:
    """Return S0 = sum c_i and S1 = sum c_i * a^i; both are zero for a code."""
    first = second = 0
    for value in reversed(values):
        first ^= value
        second = _TIMES_ROOT[second] ^ value
    return first, second


def _values(symbols: Sequence[str]) -> list[int]:
    return [_VALUE_BY_SYMBOL[symbol] for symbol in symbols]


def _symbols(values: Sequence[int]) -> str:
    return "".join(ALPHABET[value] for value in values)
