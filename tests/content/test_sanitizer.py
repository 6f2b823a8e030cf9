"""No text can fetch, open or imitate anything, and honest text is left as it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijipilot.content.sanitizer import MAX_CHARACTERS, find_unsafe, sanitize_markdown

HONEST = """\
**Bold**, *slanted*, `code`, 3 < 4, a <- b, 5 > 4 and "quotes".

- one
  - two
    1. three
> quoted

| a | b |
|---|---|
| 1 | 2 |

[A page](https://example.com/a?b=c&d=e "title"), [mail](mailto:help@example.com), ![picture](pack:img/a.png).

----------
"""


def test_honest_markdown_stays_as_it_is() -> None:
    assert sanitize_markdown(HONEST) == HONEST
    assert find_unsafe(HONEST) == []


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ('<img src="file:///etc/passwd">', '&lt;img src="file&#58;///etc/passwd">'),
        ("<!-- hidden -->", "&lt;!-- hidden -->"),
        ("<?php ?>", "&lt;?php ?>"),
        ("`<b>`", "`&lt;b>`"),
        ("<https://example.com>", "&lt;https://example.com>"),
        ("![a](http://example.com/a.png)", "a"),
        ("![a](https://example.com/a.png)", "a"),
        ("![a](file:///etc/passwd)", "a"),
        ("![a](/etc/passwd)", "a"),
        ("![a](pack:../../secret)", "a"),
        ("![a](data:image/png;base64,AAAA)", "a"),
        ("[a](javascript:alert)", "a"),
        ("[a](JaVaScRiPt:alert)", "a"),
        ("[a](java&#115;cript:alert)", "a"),
        ("[a](\\javascript:x)", "a"),
        ("[a](file://host/share)", "a"),
        ("[a](\\\\host\\share)", "a"),
        ("[a](other.md)", "a"),
        ("[a](  http://x.example  )", "a"),
        ("[a][b]\n\n[b]: http://x.example", "[a][b]\n\n[b]&#58; http&#58;//x.example"),
        ("> [b]: file:///etc", "> [b]&#58; file&#58;///etc"),
        ("see http://x.example and ftp://y.example", "see http&#58;//x.example and ftp&#58;//y.example"),
        ("a\u202eb\x00c\x1bd", "abcd"),
        ("> " * 50 + "x", "> " * 8 + "x"),
        ("- " * 20 + "x", "- " * 8 + "x"),
        ("1. " * 20, "1. " * 8),
        (" " * 60 + "- x", " " * 16 + "- x"),
    ],
)
def test_what_could_do_harm_becomes_the_text_it_is(hostile: str, harmless: str) -> None:
    assert sanitize_markdown(hostile) == harmless
    assert find_unsafe(hostile)


@pytest.mark.parametrize(
    "hostile",
    [
        "[![a](file:///x)](https://example.com)",
        "![a\n](http://x.example/\n)",
        "![a [b] c](http://x.example)",
        "[a [b] c](javascript:x)",
        "[a](\n\n  javascript:x)",
        "[a](<javascript:x y>)",
        "![](<http://x.example/a b>)",
        "![a](pack:a.png 'x') ![b](http://x)",
    ],
)
def test_odd_spellings_of_links_and_pictures_lead_nowhere(hostile: str) -> None:
    clean = sanitize_markdown(hostile)

    assert "](javascript" not in clean.replace(" ", "").replace("\n", "").replace("<", "")
    assert "](http:" not in clean.replace(" ", "").replace("\n", "").replace("<", "")
    assert "](file" not in clean


@given(st.text(alphabet="![]()<>:/ \n-*&#;.htpsfilejavcrq1\\\"'|`", max_size=80))
def test_the_rules_hold_for_any_text(text: str) -> None:
    clean = sanitize_markdown(text)

    assert not any(f"<{letter}" in clean for letter in "htpsfilejavcrq/!?")
    for piece in clean.split("](")[1:]:
        assert piece.lstrip(" \n<").startswith(("https://", "mailto:", "pack:"))
    assert "]:" not in clean


@given(st.text(alphabet="![]()<>:/ \n-*ahtps", max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    clean = sanitize_markdown(text)

    assert sanitize_markdown(clean) == clean


@pytest.mark.parametrize(
    "piece", ["[", "](", "[](", "![", "- ", "> ", "<", "[a](" + " " * 50, "[a]( x ", "*", "1. ", "\n", " ", "a:"]
)
def test_no_page_of_anything_takes_long_or_comes_out_large(piece: str) -> None:
    # Work, not time: on a busy machine anything takes long.
    started = time.process_time()
    clean = sanitize_markdown(piece * (2 * MAX_CHARACTERS // len(piece)))

    assert time.process_time() - started < 3.0
    assert len(clean) <= 8 * MAX_CHARACTERS


def test_an_author_is_told_the_line() -> None:
    assert [part.line for part in find_unsafe("fine\n<b>bad</b>\nfine\n[x](ftp://y)")] == [1, 3]
