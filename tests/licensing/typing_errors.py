"""Mistypes codes in every way that one or two symbols can be wrong, and counts what the reader notices.

Single errors and swaps go through the reader itself. Double errors, 288,300 of each code, are counted by syndromes,
which are computed here in another way than the reader does, and a sample of them goes through the reader as well.
"""

import random
from collections.abc import Iterable
from itertools import combinations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dijipilot.licensing.code import ALPHABET, CODE_SYMBOLS, ActivationCode, CodeRejected, read_code

Values = NDArray[np.uint8]

DOUBLE_SAMPLE = 300
"""So many double errors of each code go through the reader."""


class TypingFigures(Struct, frozen=True):
    """Counts over all codes. Swaps of two equal symbols change nothing and are not counted.

    suggested_right: single errors for which the code itself was suggested. sampled_doubles_suggested: double errors
    that look like a single one, so that something wrong is suggested.
    """

    codes: int = 0
    singles: int = 0
    singles_detected: int = 0
    suggested_right: int = 0
    suggested_wrong: int = 0
    swaps: int = 0
    swaps_detected: int = 0
    doubles: int = 0
    doubles_detected: int = 0
    sampled_doubles: int = 0
    sampled_doubles_detected: int = 0
    sampled_doubles_suggested: int = 0

    def plus(self, other: "TypingFigures") -> "TypingFigures":
        """Return the sums."""
        names = self.__struct_fields__
        return TypingFigures(**{name: getattr(self, name) + getattr(other, name) for name in names})


def count_detected(codes: Iterable[ActivationCode]) -> TypingFigures:
    """Return what the reader notices of all single errors, swaps and double errors of these codes."""
    total = TypingFigures()
    for code in codes:
        counted = TypingFigures(codes=1).plus(_singles(code)).plus(_swaps(code)).plus(_doubles(code))
        total = total.plus(counted).plus(_sampled_doubles(code))
    return total


def _singles(code: ActivationCode) -> TypingFigures:
    figures = TypingFigures()
    for place, right in enumerate(code.symbols):
        for wrong in ALPHABET.replace(right, ""):
            rejected = _rejection(_changed(code.symbols, {place: wrong}))
            suggestion = None if rejected is None else rejected.suggestion
            one = TypingFigures(
                singles=1,
                singles_detected=int(rejected is not None),
                suggested_right=int(suggestion == code),
                suggested_wrong=int(suggestion not in (None, code)),
            )
            figures = figures.plus(one)
    return figures


def _swaps(code: ActivationCode) -> TypingFigures:
    symbols = code.symbols
    swapped = {
        _changed(symbols, {one: symbols[other], other: symbols[one]})
        for one, other in combinations(range(CODE_SYMBOLS), 2)
        if symbols[one] != symbols[other]
    }
    return TypingFigures(swaps=len(swapped), swaps_detected=sum(_rejection(text) is not None for text in swapped))


def _doubles(code: ActivationCode) -> TypingFigures:
    """Count by syndromes: adding errors e and f at places i and j makes them e + f and e * a^i + f * a^j."""
    error = np.arange(1, len(ALPHABET), dtype=np.uint8)
    start_sum, start_weighted = _syndromes(code)
    figures = TypingFigures()
    for one, other in combinations(range(CODE_SYMBOLS), 2):
        plain = (error[:, None] ^ error[None, :]) ^ start_sum
        weighted = (_WEIGHTED[one][error][:, None] ^ _WEIGHTED[other][error][None, :]) ^ start_weighted
        is_detected = (plain != 0) | (weighted != 0)
        figures = figures.plus(TypingFigures(doubles=is_detected.size, doubles_detected=int(is_detected.sum())))
    return figures


def _sampled_doubles(code: ActivationCode) -> TypingFigures:
    chance = random.Random(code.symbols)
    figures = TypingFigures()
    for _ in range(DOUBLE_SAMPLE):
        places = chance.sample(range(CODE_SYMBOLS), 2)
        wrong = {place: chance.choice(ALPHABET.replace(code.symbols[place], "")) for place in places}
        rejected = _rejection(_changed(code.symbols, wrong))
        one = TypingFigures(
            sampled_doubles=1,
            sampled_doubles_detected=int(rejected is not None),
            sampled_doubles_suggested=int(rejected is not None and rejected.suggestion is not None),
        )
        figures = figures.plus(one)
    return figures


def _rejection(text: str) -> CodeRejected | None:
    try:
        read_code(text)
    except CodeRejected as error:
        return error
    return None


def _changed(symbols: str, symbol_by_place: dict[int, str]) -> str:
    return "".join(symbol_by_place.get(place, symbol) for place, symbol in enumerate(symbols))


def _syndromes(code: ActivationCode) -> tuple[int, int]:
    values = [ALPHABET.index(symbol) for symbol in code.symbols]
    weighted = [int(_WEIGHTED[place][value]) for place, value in enumerate(values)]
    return int(np.bitwise_xor.reduce(values)), int(np.bitwise_xor.reduce(weighted))


def _weighted_values() -> Values:
    """Return value * a^place in GF(32), uint8 (25 places, 32 values), by multiplying polynomials bit by bit."""
    table = np.zeros((CODE_SYMBOLS, len(ALPHABET)), np.uint8)
    for place in range(CODE_SYMBOLS):
        for value in range(len(ALPHABET)):
            product = value << place
            for bit in range(product.bit_length() - 1, 4, -1):
                if product >> bit & 1:
                    product ^= 0b100101 << (bit - 5)
            table[place, value] = product
    return table


_WEIGHTED = _weighted_values()
