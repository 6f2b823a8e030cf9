"""Hostile or careless YAML is refused with its line, and never read as something else."""

from pathlib import Path

import pytest

from dijipilot.content.nodes import Listing, Node, Problem, Scalar, Table
from dijipilot.content.yaml_reader import MAX_BYTES, read_yaml


def read(tmp_path: Path, raw: bytes | str) -> tuple[Node | None, list[Problem]]:
    path = tmp_path / "file.yaml"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read_yaml(path, "file.yaml")


def only_problem(tmp_path: Path, raw: bytes | str) -> Problem:
    _, problems = read(tmp_path, raw)
    assert len(problems) == 1, problems
    return problems[0]


def test_every_node_knows_its_line(tmp_path: Path) -> None:
    tree, problems = read(tmp_path, "a: 1\nb:\n  - x\n  - |\n    long\n    text\nc: {d: e}\n")

    assert problems == []
    assert tree == Table(
        {
            "a": Scalar("1", "int", 1),
            "b": Listing((Scalar("x", "str", 3), Scalar("long\ntext\n", "str", 4)), 3),
            "c": Table({"d": Scalar("e", "str", 7)}, {"d": 7}, 7),
        },
        {"a": 1, "b": 2, "c": 7},
        1,
    )


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    tree, problems = read(tmp_path, b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n")

    assert problems == []
    assert isinstance(tree, Table)
    assert tree.entries["c"] == Scalar("d\ne\n", "str", 2)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("no", "bool"),
        ("on", "bool"),
        ("1_000", "int"),
        ("12:30", "int"),
        ("2.5", "float"),
        ("2026-11-23", "timestamp"),
        ("~", "null"),
        ('"no"', "str"),
        ("'2.5'", "str"),
        ("No one", "str"),
    ],
)
def test_what_yaml_guesses_is_told(tmp_path: Path, value: str, kind: str) -> None:
    tree, _ = read(tmp_path, f"a: {value}\n")

    assert isinstance(tree, Table)
    node = tree.entries["a"]
    assert isinstance(node, Scalar)
    assert node.kind == kind


@pytest.mark.parametrize(
    ("raw", "line", "part"),
    [
        ("a: &x 1\n", 1, 'anchor "&x"'),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, 'tag "tag:yaml.org,2002:python/object/apply:os.system"'),
        ("a: 1\nb: !mine 1\n", 2, 'tag "!mine"'),
        ("a: 1\nb: 2\na: 3\n", 3, 'key "a" stands here again (first in line 1)'),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("a: 1\n? [x]\n: 2\n", 2, "a key must be a word"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not valid YAML"),
        ("a: 1\nb: 'open\n", 3, "not valid YAML"),
        ("", 1, "empty"),
        ("# a comment alone\n", 1, "empty"),
        ('a: 1\nb: "\\0"\n', 2, "U+0000"),
        ('a: 1\nb: "x\\u202Ey"\n', 2, "U+202E"),
        ("a: 1\nb: x\u202ey\n", 2, "right-to-left override"),
        ("a: 1\nb: x\u200fy\n", 2, "U+200F"),
        ("a: 1\nb: x\x07y\n", 2, "U+0007"),
        ("a: 1\nb: x\u2028y\n", 2, "U+2028"),
        ("a: 1\rb: 2\n", 1, "U+000D"),
        (b"a: 1\nb: \xff\xfe\n", 2, "not UTF-8"),
        ("a: b\n".encode("utf-16"), 1, "not UTF-8"),
        ("a: \ud800\n".encode("utf-8", "surrogatepass"), 1, "not UTF-8"),
        ("- " * 40 + "x\n", 1, "more than 32 deep"),
        ("[" * 100_000, 1, "more than 32 deep"),
        ("a: " + "{a: " * 40 + "1" + "}" * 40 + "\n", 1, "more than 32 deep"),
    ],
)
def test_hostile_or_broken_yaml_is_refused_with_its_line(
    tmp_path: Path, raw: bytes | str, line: int, part: str
) -> None:
    problem = only_problem(tmp_path, raw)

    assert problem.file == "file.yaml"
    assert problem.line == line
    assert part in problem.what


def test_an_alias_is_refused_and_not_followed(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

    tree, problems = read(tmp_path, bomb)

    assert [problem.line for problem in problems] == [1, 2, 2, 2, 3, 3]
    assert isinstance(tree, Table)
    assert tree.entries["c"] == Listing((Scalar("", "str", 3), Scalar("", "str", 3)), 3)


def test_a_file_that_is_too_large_is_refused_unparsed(tmp_path: Path) -> None:
    assert "larger than" in only_problem(tmp_path, b"\xff" * (MAX_BYTES + 1)).what


def test_a_problem_reads_as_file_line_what(tmp_path: Path) -> None:
    assert str(only_problem(tmp_path, "a: &x 1\n")) == 'file.yaml:1: the anchor "&x" is not allowed. Delete it.'
