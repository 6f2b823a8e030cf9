"""Shows an activation code in groups of five while it is typed, and never gets in the way of whoever types it."""

import re

GROUP, CODE = 5, 25
LONGEST = 48
"""Characters, blanks and dashes included; what is longer is no code that is being typed."""

_TYPED = re.compile(r"[^\W_]*(?:[ \-–—]+[^\W_]+)*[ \-–—]*")


def is_code_being_typed(text: str) -> bool:
    """Tell whether a text may be (the beginning of) a code, rather than a mail or a license file that was pasted."""
    return len(text) <= LONGEST and _TYPED.fullmatch(text.strip()) is not None and "\n" not in text


def in_capitals(text: str) -> str:
    """Return the same letters as capitals, as they stand on a card, each still one character."""
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


def in_groups(text: str) -> str:
    """Return a code with a dash after each five symbols.

    One that was divided in other places is left as it is: whoever did that compares it with a card.
    """
    symbols = 0
    for part in re.split(r"[ \-–—]+", text.strip())[:-1]:
        symbols += len(part)
        if symbols % GROUP:
            return text
    plain = re.sub(r"[ \-–—]+", "", text)
    grouped = "-".join(groups_of(plain))
    is_divided = text != text.rstrip(" -–—") and plain and len(plain) % GROUP == 0 and len(plain) < CODE
    return f"{grouped}-" if is_divided else grouped


def groups_of(symbols: str) -> list[str]:
    """Return symbols five by five."""
    return [symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP)]


def typed_groups(text: str) -> tuple[str, ...]:
    """Return the five groups of a code that was typed whole, () where the text is something else."""
    symbols = "".join(letter for letter in in_capitals(text) if letter.isalnum())
    return tuple(groups_of(symbols)) if is_code_being_typed(text) and len(symbols) == CODE else ()
