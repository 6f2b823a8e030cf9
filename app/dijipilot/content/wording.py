"""Counts and compares words as the author's guide does, and recomputes the sums of examples."""

import ast
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from dijipilot.content.folding import fold, words_in
from dijipilot.content.plain_text import plain_text

MAX_SUM_LENGTH = 200

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_AMOUNT = re.compile(r"[^A-Za-z]{0,4}[0-9][0-9.,:/ ]*[^0-9]{0,12}")
_RESULT = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")
_LEFT_SIDE = re.compile(r"[0-9.+\-*/() ]+")


def count_words(text: str) -> int:
    """Return how many words a reader reads; a sign that stands alone is none."""
    return sum(1 for word in text.split() if any(character.isalnum() for character in word))


def count_markdown_words(markdown: str) -> int:
    """Return how many words a reader reads of a Markdown text."""
    return count_words(plain_text(markdown))


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents and punctuation, to compare wordings."""
    return tuple(fold(word.group()) for word in words_in(plain_text(text)))


def sentences(markdown: str) -> Iterator[str]:
    """Yield the sentences of a Markdown text."""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*[-*] )", markdown):
        yield from (sentence for sentence in _SENTENCE_END.split(plain_text(paragraph)) if sentence)


def are_lengths_alike(texts: Sequence[str]) -> bool:
    """Tell whether no option gives itself away by its length: the shortest has two thirds of the longest.

    Options that are bare amounts, or all very short, cannot be made alike, and need not.
    """
    lengths = [len(text) for text in texts]
    if not lengths or max(lengths) <= 16 or are_amounts(texts):
        return True
    return min(lengths) * 3 >= max(lengths) * 2


def are_amounts(texts: Sequence[str]) -> bool:
    """Tell whether all options are bare amounts, dates or numbers with a unit."""
    return all(_AMOUNT.fullmatch(text) for text in texts)


def wrong_sum(sum_text: str) -> str | None:
    """Return what is wrong with "left side = result", or None when the result is right as far as it is written out."""
    left, equals, right = sum_text.partition("=")
    result = _RESULT.fullmatch(right.strip())
    if not equals or result is None or len(sum_text) > MAX_SUM_LENGTH or not _LEFT_SIDE.fullmatch(left):
        return "must be numbers with + - * / ( ), an equals sign and one number"
    try:
        exact = _value(ast.parse(left.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return "cannot be calculated. Look at its signs and brackets"
    except ZeroDivisionError:
        return "divides by zero"
    half_a_digit = Fraction(1, 2 * 10 ** len(result[1] or ""))
    if abs(exact - Fraction(right.strip())) <= half_a_digit:
        return None
    return f"is wrong: the left side makes {float(exact):.10g}"


def _value(node: ast.expr) -> Fraction:
    """Return the value of an arithmetic expression. Raises ValueError on anything else."""
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        # Through text, so that 0.1 is a tenth.
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
    raise ValueError(ast.dump(node))
