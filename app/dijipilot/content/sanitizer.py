"""Makes Markdown from packs and people harmless: no HTML, no pictures from elsewhere, no links but safe ones.

Whatever does not match what is allowed is shown as the text it is. That holds within code too: two Markdown parsers
need not agree on where code ends, so nothing may depend on it.
"""

import re

from msgspec import Struct

MAX_CHARACTERS = 512 * 1024
MAX_DEPTH = 8

_SPACES_PER_LEVEL = 2
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_SAFE_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\(pack:[A-Za-z0-9._/-]+\)")
_SAFE_DESTINATION = re.compile(r"(?:https://|mailto:|pack:)[A-Za-z0-9][^\s<>\\]*", re.IGNORECASE)
_DESTINATION = re.compile(r"\]\(\s*<?([^\s)>]*)")
# Bounded repetitions: a page of blanks or brackets must not cost more than one look at each.
_WHOLE_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s{0,3}<?([^\s()<>]{0,2000})>?(?:\s[^()\n]{0,300})?\)")
_BARE_SCHEME = re.compile(r"\b(?!https:)([a-z][a-z0-9+.-]{1,20}):(?=//)", re.IGNORECASE)
_LINE_MARKERS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)*")
_IMAGE_MARK = re.compile(r"!(?=\[)")
_RULE = re.compile(r"[ \t]*(?:[-*][ \t]*)+")
_ONE_MARKER = re.compile(r"[-*+>]|\d{1,9}[.)]")
_NOT_ALLOWED = "this link, picture or nesting is not allowed. Links go to https: or mailto: only."
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class UnsafePart(Struct, frozen=True):
    """Something the sanitizer would change. line: counted from 0 within the text."""

    line: int
    what: str


def sanitize_markdown(text: str) -> str:
    """Return Markdown that shows the same words and can neither fetch, open nor imitate anything.

    Raw HTML is escaped. Pictures stay only from the pack (pack:), links only to https:, mailto: and pack:; of others
    the text stays. Reference links lose their targets. Nesting deeper than 8 and text past 512 KB is cut.
    """
    text = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:MAX_CHARACTERS]
    text = _WHOLE_LINK.sub(_keep_or_unwrap, text)
    text = _DESTINATION.sub(lambda found: found.group() if _is_safe(found[1]) else "]&#40;" + found.group()[2:], text)
    text = _without_other_images(text).replace("]:", "]&#58;")
    text = _BARE_SCHEME.sub(lambda found: f"{found[1]}&#58;", text)
    text = _TAG.sub("&lt;", text)
    return "\n".join(_limit_depth(line) for line in text.split("\n"))


def find_unsafe(text: str) -> list[UnsafePart]:
    """Return what the sanitizer would change, at most one part a line, for authors."""
    found = []
    for number, line in enumerate(text.split("\n")):
        if _TAG.search(line):
            found.append(UnsafePart(number, "raw HTML is not allowed. Use Markdown, or leave the < out."))
        elif sanitize_markdown(line) != line:
            found.append(UnsafePart(number, _NOT_ALLOWED))
    if not found and sanitize_markdown(text) != text:
        found.append(UnsafePart(0, _NOT_ALLOWED))
    return found


def _keep_or_unwrap(found: re.Match[str]) -> str:
    """Keep a safe link or picture; of another one return the text."""
    if found.group().startswith("!"):
        return found.group() if _is_safe_image(found) else found[1]
    return found.group() if _is_safe(found[2]) else found[1]


def _is_safe(destination: str) -> bool:
    """Tell whether a link may lead there."""
    return bool(_SAFE_DESTINATION.fullmatch(destination)) and ".." not in destination


def _is_safe_image(found: re.Match[str]) -> bool:
    """Tell whether this is a picture out of the pack, by a name that cannot leave it."""
    return bool(_SAFE_IMAGE.fullmatch(found.group())) and ".." not in found.group()


def _without_other_images(text: str) -> str:
    """Break every picture mark that does not begin a picture of the pack, however it is spelled."""
    kept = {found.start() for found in _SAFE_IMAGE.finditer(text) if _is_safe_image(found)}
    return _IMAGE_MARK.sub(lambda found: "!" if found.start() in kept else "&#33;", text)


def _limit_depth(line: str) -> str:
    """Return a line whose lists and quotations nest at most MAX_DEPTH deep."""
    found = _LINE_MARKERS.match(line)
    if found is None or not found.group() or _RULE.fullmatch(line):
        return line
    lead, rest = found.group().replace("\t", "    "), line[found.end() :]
    markers = list(_ONE_MARKER.finditer(lead))
    if len(markers) > MAX_DEPTH:
        lead = lead[: markers[MAX_DEPTH].start()]
    excess = len(lead) - len(lead.lstrip(" ")) - MAX_DEPTH * _SPACES_PER_LEVEL
    return lead[max(0, excess) :] + rest if excess > 0 or len(markers) > MAX_DEPTH else line
