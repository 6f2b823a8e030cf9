"""The curriculum in this repository keeps every rule, and what damages it is told where it was done."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from dijipilot.content.compiler import compile_body
from dijipilot.content.loader import assemble, load_sources
from dijipilot.content.nodes import Problem
from dijipilot.content.validation import all_problems, structural_problems
from dijipilot.domain.prerequisites import PrerequisiteGraph

CURRICULUM = Path(__file__).resolve().parents[2] / "curriculum"
POD = "2-launch/2.5-pod-order-fulfillment"
NICHE = "1-foundations/1.1-niche-and-product-research"
LEGAL = "1-foundations/1.2-brand-and-legal-basics"
PRICES = "1-foundations/1.3-pricing-and-unit-economics"
MARKETS = "5-scale/5.1-marketplaces-and-international"
EXIT = "5-scale/5.2-team-sustainability-and-exit"


@dataclass(frozen=True)
class Damage:
    """What an author might do to a line; `found` is the pattern of what stands there, `told` what lint has to say."""

    file: str
    found: str
    written: str
    told: str


DAMAGES = [
    Damage(
        "curriculum.yaml", r"sells_pod: \{fact: business_model", "sells_pod: {fact: busines_model", '"busines_model"'
    ),
    Damage("curriculum.yaml", r"language:", "langage:", 'key "langage" is not known. Did you mean "language"?'),
    Damage("curriculum.yaml", r"choose: many", "choose: any", 'choose "any" is none of: one, many'),
    Damage("foils.yaml", r'programs: \["2\.1", "2\.5"\]', 'programs: ["2.1", "2.9"]', 'program "2.9" does not exist'),
    Damage("foils.yaml", r'"Your store\'s launch-queue number"', '"a b c d e f g h"', "has 8 words"),
    Damage(f"{POD}/program.yaml", r"slug: .*", "slug: pod-orders", "must be called"),
    Damage("1-foundations/stage.yaml", r"title: .*", "title: no", "YAML reads no as true or false"),
    Damage(f"{POD}/2.5.1.yaml", r'number: "2\.5\.1"', 'number: "2.5.7"', "does not match the file name"),
    Damage(f"{POD}/2.5.1.yaml", r"path: Launch", "path: Lunch", 'path "Lunch" does not exist. Did you mean "Launch"?'),
    Damage(f"{POD}/2.5.1.yaml", r"impact: 4", "impact: high", "impact must be a whole number from 1 to 5"),
    Damage(f"{POD}/2.5.1.yaml", r'title: "The 5 Steps', 'title: "The 6 Steps', "promises 6 steps, and 5 follow"),
    Damage(f"{POD}/2.5.1.yaml", r'"18\.00 \+ 5\.00 = 23\.00"', '"18.00 + 5.00 = 24.00"', "the left side makes 23."),
    Damage(
        f"{POD}/2.5.1.yaml",
        r"- id: check\.fulfillment\.order-journey\.1",
        "- id: check.order.1",
        'id "check.order.1" must be',
    ),
    Damage(
        f"{POD}/2.5.1.yaml",
        r"prerequisites: \[fulfillment\.order-journey\]",
        "prerequisites: [fulfillment.order-jurney]",
        'prerequisite "fulfillment.order-jurney" does not exist. Did you mean "fulfillment.order-journey"?',
    ),
    Damage(f"{POD}/2.5.1.yaml", r"kind: scenario", "kind: scenery", 'kind "scenery" is none of: situation, scenario'),
    Damage(
        f"{POD}/2.5.1.yaml",
        r"after: \[setting\]",
        "after: [settings]",
        'option "settings" does not exist. Did you mean',
    ),
    Damage(
        f"{POD}/2.5.1.yaml",
        r"id: act\.fulfillment\.lead-time,",
        "id: act.fulfillment.time,",
        'must be "act.fulfillment.lead-time"',
    ),
    Damage(f"{POD}/2.5.2.yaml", r"difficulty: \w+", "difficulty: &d Beginner", 'the anchor "&d" is not allowed'),
    Damage(f"{EXIT}/5.2.3.yaml", r"slug: .*", "slug: choosing-a-niche", "stands already in"),
    Damage(
        f"{NICHE}/1.1.1.yaml",
        r"prerequisites: \[niche\.buyer-profile\]",
        "prerequisites: [exit.valuation]",
        "comes later: lesson 5.2.3.2",
    ),
    Damage(f"{NICHE}/1.1.2.yaml", r"minutes: 45", "minutes: 45 min", "minutes must be a whole number"),
    Damage(f"{LEGAL}/1.2.1.yaml", r"skill: legal\.ip-basics", "skill: niche.buyer-profile", "stands already in"),
    Damage(
        f"{LEGAL}/1.2.3.yaml",
        r"prerequisites: \[legal\.business-form\]",
        "prerequisites: [product.first-rnge]",
        'prerequisite "product.first-rnge" does not exist. Did you mean "product.first-range"?',
    ),
    Damage(
        f"{PRICES}/1.3.2.yaml",
        r"prerequisites: \[unit\.contribution-margin, ",
        "prerequisites: [unit.contribution-margin, unit.cost-stack, ",
        'follows from "unit.contribution-margin" already',
    ),
    Damage(f"{MARKETS}/5.1.1.yaml", r"outcome:", "outcome: !!binary", 'the tag "tag:yaml.org,2002:binary"'),
    Damage(f"{MARKETS}/5.1.2.yaml", r"outcome:", "\toutcome:", "not valid YAML"),
]


def damaged_lines(folder: Path) -> list[tuple[Damage, int]]:
    """Do all the damage in a copy of the curriculum; return the line of each."""
    done = []
    for damage in DAMAGES:
        path = folder / damage.file
        text = path.read_text("utf-8")
        found = re.search(damage.found, text)
        assert found, f"{damage.found} is not in {damage.file}"
        path.write_text(text[: found.start()] + damage.written + text[found.end() :], encoding="utf-8")
        done.append((damage, text.count("\n", 0, found.start()) + 1))
    return done


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[Damage, int]], list[Problem]]:
    """Return all damages with their lines, and what one run of lint says of them."""
    folder = tmp_path_factory.mktemp("damaged") / "curriculum"
    shutil.copytree(CURRICULUM, folder)
    lines = damaged_lines(folder)
    problems = [
        Problem(Path(problem.file).relative_to(folder).as_posix(), problem.line, problem.what)
        for problem in all_problems(load_sources(folder))
    ]
    return lines, problems


@pytest.mark.parametrize("position", range(len(DAMAGES)), ids=[f"{damage.file}:{damage.written}" for damage in DAMAGES])
def test_each_of_many_damages_is_told_at_its_line(
    reported: tuple[list[tuple[Damage, int]], list[Problem]], position: int
) -> None:
    lines, problems = reported
    damage, line = lines[position]

    here = [problem for problem in problems if problem.file == damage.file and problem.line == line]
    there = [problem for problem in problems if damage.told in problem.what]

    assert any(damage.told in problem.what for problem in here), "\n".join(map(str, here or there))


def test_what_is_told_of_is_what_was_damaged(
    reported: tuple[list[tuple[Damage, int]], list[Problem]],
) -> None:
    lines, problems = reported
    before = {problem.what for problem in all_problems(load_sources(CURRICULUM))}
    damaged_files = {damage.file for damage, _ in lines}

    elsewhere = [problem for problem in problems if problem.file not in damaged_files and problem.what not in before]

    # Only what refers to something that was renamed by a damage may be told of another place.
    renamed = (
        "legal.ip-basics",
        "item.product.first-range.1",
        "niche.buyer-profile",
        "sells_pod",
        "1.2.1.1",
        "pod-order-fulfillment-workflow",
        "2.5.7",
    )
    assert [str(problem) for problem in elsewhere if not any(word in problem.what for word in renamed)] == []


def test_the_curriculum_has_no_problems() -> None:
    assert [str(problem) for problem in all_problems(load_sources(CURRICULUM))] == []


def test_the_curriculum_can_be_compiled() -> None:
    sources = load_sources(CURRICULUM)

    assert [str(problem) for problem in structural_problems(sources)] == []
    content = assemble(sources)
    assert len(content.curriculum.programs) == 18
    assert compile_body(content) == compile_body(content)


def test_number_order_is_the_study_order() -> None:
    lessons = assemble(load_sources(CURRICULUM)).curriculum.lessons
    graph = PrerequisiteGraph({lesson.skill: lesson.prerequisites for lesson in lessons})
    skills = [lesson.skill for lesson in lessons]

    assert graph.study_order(skills) == tuple(skills)
