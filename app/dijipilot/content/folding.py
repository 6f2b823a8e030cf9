"""One folding of text for matching: case, accents and the Turkish i make no difference to who searches."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

# Letters that Unicode does not take apart into a base letter and a mark.
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"İ": "i", "I": "i", "ı": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "ħ": "h", "Ħ": "h", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d"}
)


def fold(text: str) -> str:
    """Return text as it is indexed and looked for: NFKC, İ I ı to i, case folded, combining marks stripped.

    The dotted and dotless i have to go first: case folding makes two characters of İ and leaves ı alone.
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).translate(_WITHOUT_DECOMPOSITION).casefold()
    decomposed = unicodedata.normalize("NFD", plain)
    return unicodedata.normalize("NFC", "".join(letter for letter in decomposed if not unicodedata.combining(letter)))


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Yield each word of a text as it stands there: letters and digits with their accents, nothing else."""
    return _WORD.finditer(text)
