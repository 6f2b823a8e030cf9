"""A small curriculum without problems, written into a folder, of which a test changes only what it is about."""

from itertools import product
from pathlib import Path
from random import Random

from dijipilot.content.compiler import compile_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.nodes import Problem
from dijipilot.content.validation import all_problems
from tests.packs import write_pack

BASE = "1-start/1.1-first-steps"
MISSION = f"{BASE}/1.1.1.yaml"
DRAFT_MISSION = f"{BASE}/1.1.2.yaml"

_WORDS = ["amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "hazel", "ivory", "jetty", "karst", "lotus"]
_WORDS += ["maple", "north", "ocean", "pearl", "quartz", "river", "stone", "thyme", "umber", "vivid", "willow", "xenon"]

_SHORT_WORDS = ["".join(letters) for letters in product("bdfghjklmprstvwz", "aeiou", "bdgmnpt")]


def prose(words: int, seed: int) -> str:
    """Return so many words in sentences of ten that are unlike those of every other seed, and easy to read."""
    sentences = []
    for number, start in enumerate(range(0, words, 10)):
        length = min(10, words - start)
        chosen = Random(f"{seed}x{number}").sample(_SHORT_WORDS, length)
        chosen[0] = f"{chosen[0].capitalize()}{seed}x{number}"
        sentences.append(" ".join(chosen) + ".")
    return " ".join(sentences)


def block(text: str, indent: int) -> str:
    """Return text as a literal YAML block."""
    return "|\n" + "\n".join(" " * indent + line for line in text.splitlines())


def ready_lesson(number: str, skill: str, seed: int, *, needs: str = "", what: str = "") -> str:
    """Return a lesson that keeps every budget."""
    steps = "\n".join(
        f'        - {{id: step-{place}, text: "**Do {seed}-{place}.** {prose(32, seed * 10 + place)}"}}'
        for place in range(3)
    )
    mistakes = "\n".join(f'      - "{prose(22, seed * 10 + 3 + place)}"' for place in range(2))
    boxes = "\n".join(f'      - {{id: box-{place}, text: "{prose(12, seed * 10 + 5 + place)}"}}' for place in range(3))
    return f"""\
  - number: "{number}"
    title: "How Do You Do Thing {seed}?"
    skill: {skill}
    can_do: "You can show thing {seed}."
    minutes: 20
    impact: 5
    prerequisites: [{needs}]
    status: ready
    what: {block(what + prose(45, seed + 100), 6)}
    why: {block(prose(50, seed + 200), 6)}
    steps:
      title: "The 3 Steps of Doing Thing {seed}"
      list:
{steps}
    example:
      title: "Example: thing {seed}"
      text: {block(prose(70, seed + 300), 8)}
      sums:
        - "24.00 + 5.00 - 14.00 - 2.90 = 12.10"
        - "(8 + 8) / 3 = 5.33"
    mistakes:
{mistakes}
    tip: "{prose(25, seed + 400)}"
    checklist:
{boxes}
    check:
      - id: check.{skill}.1
        prompt: "Which one is right?"
        options:
          - {{id: good, text: "The good answer", right: true, explanation: "It is right."}}
          - {{id: near, text: "The near answer", explanation: "It is near."}}
          - {{id: poor, text: "The poor answer", explanation: "It is poor."}}
      - id: check.{skill}.2
        prompt: "And which amount?"
        options:
          - {{id: small, text: "$1.00", explanation: "Too small."}}
          - {{id: fit, text: "$12.10", right: true, explanation: "It fits."}}
          - {{id: large, text: "$1,000.00", explanation: "Too large."}}
    verified:
      - {{fact: "A fee", value: "10%", source: "Fee page, A Platform", verified_on: 2026-11-23}}
"""


def draft_lesson(number: str, skill: str, needs: str = "") -> str:
    """Return a lesson in preparation."""
    return f"""\
  - number: "{number}"
    title: "What is {skill}?"
    skill: {skill}
    can_do: "You can show {skill}."
    minutes: 15
    impact: 2
    prerequisites: [{needs}]
    status: draft
"""


def mission_head(number: str, slug: str, difficulty: str = "Beginner", path: str = "Launch", extra: str = "") -> str:
    """Return the first lines of a mission file, up to its lessons."""
    return f"""\
number: "{number}"
slug: {slug}
title: "Mission {number}"
difficulty: {difficulty}
path: {path}
outcome: "You can do what mission {number} teaches."
{extra}lessons:
"""


_HEADER = """\
schema_version: 1
title: "Mini Curriculum"
language: "en-US"
published: "2026-11-23"
difficulties:
  - {id: Beginner, meaning: "Easy."}
  - {id: Intermediate, meaning: "Harder."}
paths:
  - {id: Launch, meaning: "First.", suggested_for: {orders: [none_yet]}}
  - {id: Grow, meaning: "Then."}
impact_scale:
  1: "Little"
  5: "Much"
assessment:
  minutes: 5
  facts:
    - id: model
      question: "How do you sell?"
      choose: many
      asked: before_items
      used_for: "What applies."
      options:
        - {id: pod, label: "Print on demand"}
        - {id: stock, label: "From stock"}
        - {id: undecided, label: "Not decided"}
    - id: orders
      question: "How many orders?"
      choose: one
      asked: before_roadmap
      used_for: "The path."
      options:
        - {id: none_yet, label: "None", favors: ["1.1"]}
        - {id: some, label: "Some"}
conditions:
  sells_pod: {fact: model, any_of: [pod, undecided]}
retired:
  - {skill: base.gone, title: "What Nobody Needs", last_number: "1.1.9.1"}
"""

_GLOSSARY = """\
terms:
  - id: term.margin
    term: "Margin"
    definition: "What is left of a price once all costs of the order are paid."
    example: "Of 24.00 dollars, 12.10 are left."
    lessons: ["1.1.1.1"]
    synonyms: ["contribution"]
  - id: term.lamp
    term: "Işık"
    definition: "The Turkish word for what a lamp gives."
    example: "A lamp from İstanbul."
    lessons: ["1.1.1.1"]
"""

_REST_OF_MISSION = """\
acts:
  - {id: act.base.first, skill: base.first, text: "The first thing on paper"}
  - {id: act.base.first.2, skill: base.first, text: "A second list, signed"}
  - {id: act.base.second, skill: base.second, text: "A record of last week's test"}
items:
  - id: item.base.first.1
    kind: situation
    skills: [base.first, base.second]
    prompt: "Take your best seller. How did its price come about?"
    options:
      - id: guess
        text: "I took a round number"
        evidence: {base.first: -2, base.second: -1}
        reveals: "Guesses."
      - id: copied
        text: "I took a rival's price"
        evidence: {base.first: -1}
        reveals: "Copies."
      - id: reckoned
        text: "I added up all costs"
        evidence: {base.first: 2, base.second: 1}
        reveals: "Claims to have reckoned."
    follow_up:
      after: [reckoned]
      prompt: "Which cost grows with the price?"
      options:
        - {id: fee, text: "The platform fee", keeps: true}
        - {id: print, text: "The printing cost", keeps: false}
        - {id: post, text: "The postage cost", keeps: false}
    explanation: "Fees are a share of the price."
    teaches: "1.1.1.1"
    verified_on: 2026-11-23
  - id: item.base.second.1
    kind: scenario
    skills: [base.second]
    think_seconds: 20
    prompt: "A buyer pays $24.00 and $5.00 postage. The bill is $14.00. Fees are 10%. What is left?"
    options:
      - {id: all, text: "$12.10", evidence: {base.second: 2}, reveals: "Right."}
      - {id: no_fee, text: "$15.00", evidence: {base.second: -1}, reveals: "Forgets fees."}
      - {id: no_post, text: "$7.60", evidence: {base.second: -1}, reveals: "Forgets postage."}
    explanation: "29.00 - 14.00 - 2.90 = 12.10."
    teaches: "1.1.1.2"
  - id: item.base.first.2
    kind: situation
    skills: [base.first]
    prompt: "What did you do first last week?"
    options:
      - {id: mail, text: "Answered the mails", evidence: {base.first: -1}, reveals: "Reacts."}
      - {id: list, text: "Opened my own list", evidence: {base.first: 1}, reveals: "Plans."}
      - {id: shop, text: "Looked at the shop", evidence: {base.first: -1}, reveals: "Looks."}
    explanation: "A list comes first."
    teaches: "1.1.1.1"
questions:
"""


def _question(name: str, question: str, seed: int) -> str:
    answer = block(prose(80, seed), 6)
    return f'  - id: qa.base.{name}\n    question: "{question}"\n    answer: {answer}\n    lessons: ["1.1.1.2"]\n'


def files() -> dict[str, str]:
    """Return the text of every file by its path."""
    found = {
        "curriculum.yaml": _HEADER,
        "glossary.yaml": _GLOSSARY,
        "foils.yaml": "foils:\n" + "".join(_foil(number) for number in range(10)),
        "1-start/stage.yaml": 'number: "1"\nslug: start\ntitle: "Start"\noutcome: "You start."\n',
        f"{BASE}/program.yaml": _program("1.1", "first-steps"),
        MISSION: mission_head("1.1.1", "first-mission", extra="free: true\n")
        + ready_lesson("1.1.1.1", "base.first", 1, what="A lamp gives ışık in İstanbul, and **margin** matters. ")
        + ready_lesson("1.1.1.2", "base.second", 2, needs="base.first")
        + _REST_OF_MISSION
        + _question("cancel", "Can I cancel an order that is printing?", 31)
        + _question("light", "Who pays for the light?", 32),
        DRAFT_MISSION: mission_head("1.1.2", "second-mission", "Intermediate", "Grow", "applies_if: [sells_pod]\n")
        + draft_lesson("1.1.2.1", "base.third", "base.second")
        + draft_lesson("1.1.2.2", "base.fourth", "base.third")
        + 'acts:\n  - {id: act.base.third, skill: base.third, text: "The third record"}\n'
        + '  - {id: act.base.fourth, skill: base.fourth, text: "The fourth record"}\n',
    }
    for place in range(2, 19):
        found |= _filler_program(f"1.{place}", f"other{place}")
    return found


def _foil(number: int) -> str:
    return f'  - {{id: foil.{_WORDS[number]}-number, text: "The {_WORDS[number]} number", programs: ["1.1", "1.2"]}}\n'


def _program(number: str, slug: str) -> str:
    return f'number: "{number}"\nslug: {slug}\ntitle: "Program {number}"\noutcome: "You know {slug}."\n'


def _filler_program(number: str, name: str) -> dict[str, str]:
    folder = f"1-start/{number}-{name}"
    # Three of them build on base.first, so that it has five descendants and all rules about such skills apply.
    needs = "base.first" if number in {"1.2", "1.3", "1.4"} else ""
    mission = mission_head(f"{number}.1", f"{name}-mission") + draft_lesson(f"{number}.1.1", f"{name}.only", needs)
    act = f'acts:\n  - {{id: act.{name}.only, skill: {name}.only, text: "The record of {name}"}}\n'
    return {f"{folder}/program.yaml": _program(number, name), f"{folder}/{number}.1.yaml": mission + act}


def write_mini_curriculum(folder: Path, *, is_reversed: bool = False) -> Path:
    """Write all files, in either order, and return the folder."""
    for name, text in sorted(files().items(), reverse=is_reversed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace a text that must be there, once; return the line it begins in."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def lint(folder: Path) -> list[Problem]:
    """Return all problems, with file names relative to the folder."""
    return [
        Problem(Path(problem.file).relative_to(folder).as_posix(), problem.line, problem.what)
        for problem in all_problems(load_sources(folder))
    ]


def build_pack(folder: Path, pack: Path) -> Path:
    """Compile a folder of sources to a pack in which nothing is sealed, and return where it is."""
    return write_pack(compile_body(assemble(load_sources(folder))), pack)
