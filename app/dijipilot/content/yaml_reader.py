"""Reads one YAML source without trusting it: everything that can surprise is refused with its line."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct, field

from dijipilot.content.nodes import Listing, Node, Problem, Scalar, Table

MAX_BYTES = 1_000_000
MAX_DEPTH = 32

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.resolver.Resolver()
_BIDI_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class _Stop(Exception):
    """Reading this file cannot go on."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


class _Open(Struct):
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    event: yaml.Event
    line: int
    children: list[Node] = field(default_factory=list)
    key_lines: dict[str, int] = field(default_factory=dict)
    entries: dict[str, Node] = field(default_factory=dict)
    key: Scalar | None = None
    is_key_repeated: bool = False


def read_yaml(path: Path, shown_name: str) -> tuple[Node | None, list[Problem]]:
    """Return the tree of a YAML file and its problems; no tree when the file cannot be used at all.

    shown_name stands for the file in problems. Text values come as written; which of them may be numbers or dates is
    for the schema to say, by Scalar.kind.
    """
    try:
        text = _decode(path)
        reader = _TreeBuilder(shown_name)
        tree = reader.build(text)
        return tree, reader.problems
    except _Stop as stop:
        return None, [Problem(shown_name, stop.line, stop.what)]


def _decode(path: Path) -> str:
    with path.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _Stop(1, f"the file is larger than {MAX_BYTES} bytes. Split it: one file a mission.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _Stop(line, "the file is not UTF-8 here. Save it as UTF-8.") from error
    text = text.replace("\r\n", "\n")
    _refuse_characters(text, 1)
    return text


def _refuse_characters(text: str, first_line: int) -> None:
    """Stop at a character nobody can see: it hides, reorders or ends text, or shifts the lines we report."""
    for found in _invisible(text):
        line = first_line + text.count("\n", 0, found)
        code = f"U+{ord(text[found]):04X}"
        name = unicodedata.name(text[found], "control character").lower()
        raise _Stop(line, f"the character {code} ({name}) is not allowed. Delete it.")


def _invisible(text: str) -> Iterator[int]:
    match = _FORBIDDEN.search(text)
    if match or "\r" in text:
        yield match.start() if match else text.index("\r")
    yield from (index for index, character in enumerate(text) if character in _BIDI_CONTROLS)


class _TreeBuilder:
    """Builds the tree from the parser's events, without recursion, so that no depth can exhaust the stack."""

    def __init__(self, shown_name: str) -> None:
        self.problems: list[Problem] = []
        self._name = shown_name
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0

    def build(self, text: str) -> Node:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = " ".join(part for part in (error.context, error.problem) if part)
            hint = "Look at this line and the one before it: quotes, colons and indentation."
            raise _Stop(mark.line + 1 if mark else 1, f"not valid YAML: {reason}. {hint}") from error
        except yaml.YAMLError as error:
            raise _Stop(1, f"not valid YAML: {str(error).splitlines()[0]}") from error
        if self._root is None:
            raise _Stop(1, "the file is empty. Fill it, or delete it.")
        return self._root

    def _report(self, line: int, what: str) -> None:
        self.problems.append(Problem(self._name, line, what))

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _Stop(line, 'a second YAML document begins here. Delete the line "---".')
        elif isinstance(event, yaml.AliasEvent):
            self._report(line, f'the alias "*{event.anchor}" is not allowed. Write the value out.')
            self._add(Scalar("", "str", line))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            self._add(self._scalar(event, line))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event, line)
            if len(self._open) >= MAX_DEPTH:
                raise _Stop(line, f"lists and mappings are nested more than {MAX_DEPTH} deep. Flatten them.")
            self._open.append(_Open(event, line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._close())

    def _refuse_marks(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None:
            self._report(line, f'the anchor "&{event.anchor}" is not allowed. Delete it.')
        if event.tag is not None:
            self._report(line, f'the tag "{event.tag}" is not allowed. Delete it.')

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        _refuse_characters(event.value.replace("\r", "\x00"), line)
        if event.implicit[0] and event.tag is None:
            # The stubs leave the resolver untyped; it returns the tag as text.
            tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
            return Scalar(event.value, tag.rpartition(":")[2], line)
        return Scalar(event.value, "str", line)

    def _close(self) -> Node:
        done = self._open.pop()
        if isinstance(done.event, yaml.SequenceStartEvent):
            return Listing(tuple(done.children), done.line)
        return Table(done.entries, done.key_lines, done.line)

    def _add(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent.event, yaml.SequenceStartEvent):
            parent.children.append(node)
        elif parent.key is None:
            self._take_key(parent, node)
        else:
            if not parent.is_key_repeated:
                parent.entries[parent.key.value] = node
            parent.key = None

    def _take_key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            raise _Stop(node.line, "a key must be a word, not a list or mapping.")
        parent.key = node
        parent.is_key_repeated = node.value in parent.key_lines
        if parent.is_key_repeated:
            first = parent.key_lines[node.value]
            self._report(
                node.line, f'the key "{node.value}" stands here again (first in line {first}). Delete one of them.'
            )
        else:
            parent.key_lines[node.value] = node.line
