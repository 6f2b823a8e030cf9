"""The posterior is exact: compared with enumeration on small curricula, and lawful on the real one."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dijipilot.domain.assessment.belief import BeliefModel
from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.evidence import Evidence
from dijipilot.domain.assessment.mastery_model import FloatArray, IntArray, MasteryModel
from dijipilot.domain.assessment.response_model import PLAIN, ResponseModel, ResponseStyle
from dijipilot.domain.curriculum import Curriculum, Program
from dijipilot.domain.ids import OptionId, SkillId
from dijipilot.domain.shop_facts import MONTHLY_ORDERS
from tests import builders

SMALL = MasteryModel(maturity_points=5, program_points=3, mission_points=3)
TICKED = np.array([[0.15], [0.92]])
NOT_TICKED = np.array([[0.85], [0.08]])


def two_linked_programs() -> Curriculum:
    """Return eleven skills in two programs and four missions with links inside and across, and two wide items."""
    first = builders.program(
        "1.1",
        builders.mission("1.1.1", "Launch", builders.lesson("1.1.1.1", "a"), builders.lesson("1.1.1.2", "b", "a")),
        builders.mission(
            "1.1.2",
            "Launch",
            builders.lesson("1.1.2.1", "c"),
            builders.lesson("1.1.2.2", "d", "a c"),
            builders.lesson("1.1.2.3", "e", "b"),
        ),
    )
    second = builders.program(
        "1.2",
        builders.mission("1.2.1", "Grow", builders.lesson("1.2.1.1", "f", "a"), builders.lesson("1.2.1.2", "g")),
        builders.mission(
            "1.2.2",
            "Scale",
            builders.lesson("1.2.2.1", "h", "d f"),
            builders.lesson("1.2.2.2", "i", "e g"),
            builders.lesson("1.2.2.3", "j"),
            builders.lesson("1.2.2.4", "k", "i"),
        ),
    )
    items = (builders.item("x", "1.1.2", "c e"), builders.item("y", "1.2.2", "i f"))
    return replace(builders.small_curriculum(), stages=(builders.stage("1", first, second),), acts=(), items=items)


def enumerate_posterior(
    curriculum: Curriculum, evidence: Sequence[Evidence], model: MasteryModel, styles: Sequence[ResponseStyle]
) -> FloatArray:
    """Return P(mastered) of each skill by adding up every state of every variable, leanings of missions included."""
    maturity, maturity_weights = model.maturity_grid()
    position = {skill: index for index, skill in enumerate(curriculum.skills)}
    states = np.indices((2,) * len(position)).reshape(len(position), -1).T
    prior = [_prior_of_states(curriculum, model, states, position, float(level)) for level in maturity]
    total, mastered = 0.0, np.zeros(len(position))
    for place, style in enumerate(styles):
        likelihood = np.ones(len(states))
        for piece in evidence:
            likelihood *= piece.likelihood[(*(states[:, position[skill]] for skill in piece.skills), place)]
        for level_weight, chances in zip(maturity_weights, prior, strict=True):
            weighted = style.prior * level_weight * chances * likelihood
            total += float(weighted.sum())
            mastered += weighted @ states
    return np.asarray(mastered / total)


def _prior_of_states(
    curriculum: Curriculum, model: MasteryModel, states: IntArray, position: Mapping[SkillId, int], level: float
) -> FloatArray:
    """Return P(state of all skills | maturity), float64 (states,)."""
    program, program_weights = model.program_grid()
    leaning, leaning_weights = model.mission_grid()
    chances = np.ones(len(states))
    for each in curriculum.programs:
        by_leaning = np.zeros(len(states))
        for lean, lean_weight in zip(program, program_weights, strict=True):
            of_program = np.full(len(states), lean_weight)
            for mission in each.missions:
                of_mission = np.zeros(len(states))
                for extra, extra_weight in zip(leaning, leaning_weights, strict=True):
                    logit = np.array(level + lean + extra - model.difficulty(curriculum, mission))
                    reached = float(model.mastery_probability(logit))
                    chance = np.full(len(states), extra_weight)
                    for lesson in mission.lessons:
                        has_all = np.all(states[:, [position[need] for need in lesson.prerequisites]] == 1, axis=1)
                        up = np.where(has_all, reached, min(reached, model.leak))
                        chance *= np.where(states[:, position[lesson.skill]] == 1, up, 1.0 - up)
                    of_mission += chance
                of_program *= of_mission
            by_leaning += of_program
        chances *= by_leaning
    return chances


EVIDENCE_POOL = [
    Evidence("1", (SkillId("a"),), TICKED),
    Evidence("2", (SkillId("k"),), TICKED),
    Evidence("3", (SkillId("d"),), NOT_TICKED),
    Evidence("4", (SkillId("g"),), NOT_TICKED),
    Evidence("5", (SkillId("h"),), TICKED),
    Evidence("6", (SkillId("c"), SkillId("e")), np.array([[[0.5], [0.2]], [[0.3], [0.9]]])),
    Evidence("7", (SkillId("i"), SkillId("f")), np.array([[[0.1], [0.4]], [[0.6], [0.7]]])),
]


@given(chosen=st.sets(st.integers(0, len(EVIDENCE_POOL) - 1)))
@settings(max_examples=12)
def test_the_posterior_equals_enumeration(chosen: set[int]) -> None:
    curriculum = two_linked_programs()
    evidence = [EVIDENCE_POOL[index] for index in sorted(chosen)]

    posterior = BeliefModel(curriculum, SMALL).posterior(evidence, {})

    expected = enumerate_posterior(curriculum, evidence, SMALL, (PLAIN,))
    np.testing.assert_allclose(posterior.mastery, expected, rtol=0, atol=1e-6)


def linked_pairs(curriculum: Curriculum) -> list[tuple[Program, Program]]:
    """Return the pairs of programs of which one needs skills of the other."""
    pairs = {
        tuple(sorted((curriculum.program_of(need).number, curriculum.program_of(lesson.skill).number)))
        for lesson in curriculum.lessons
        for need in lesson.prerequisites
        if curriculum.program_of(need) is not curriculum.program_of(lesson.skill)
    }
    by_number = {program.number: program for program in curriculum.programs}
    return [(by_number[first], by_number[second]) for first, second in sorted(pairs)]


def cut_to(curriculum: Curriculum, programs: Sequence[Program], count: int) -> Curriculum:
    """Return these programs alone, with at most so many skills: those with links between the programs first."""
    mine = {lesson.skill for program in programs for mission in program.missions for lesson in mission.lessons}
    across = {
        skill
        for lesson in curriculum.lessons
        for need in lesson.prerequisites
        if curriculum.program_of(need) is not curriculum.program_of(lesson.skill)
        for skill in (need, lesson.skill)
    }
    kept = set(sorted(mine, key=lambda skill: (skill not in across, curriculum.skills.index(skill)))[:count])
    cut = [
        replace(
            program,
            missions=tuple(
                replace(
                    mission,
                    lessons=tuple(
                        replace(lesson, prerequisites=tuple(need for need in lesson.prerequisites if need in kept))
                        for lesson in mission.lessons
                        if lesson.skill in kept
                    ),
                )
                for mission in program.missions
                if any(lesson.skill in kept for lesson in mission.lessons)
            ),
        )
        for program in programs
    ]
    return replace(curriculum, stages=(builders.stage("1", *cut),), acts=(), foils=(), items=())


def test_the_posterior_equals_enumeration_on_every_pair_of_linked_programs(real_curriculum: Curriculum) -> None:
    responses = ResponseModel()
    model = MasteryModel(maturity_points=3, program_points=2, mission_points=2)
    for number, pair in enumerate(linked_pairs(real_curriculum)):
        curriculum = cut_to(real_curriculum, pair, 16)
        generator = np.random.default_rng(number)
        asked = [skill for skill in curriculum.skills if generator.random() < 0.6]
        evidence = [
            Evidence(
                skill, (skill,), responses.act_likelihood(bool(generator.random() < 0.5)), key=(str(number), skill)
            )
            for skill in asked
        ]

        posterior = BeliefModel(curriculum, model, responses.styles).posterior(evidence, {})

        expected = enumerate_posterior(curriculum, evidence, model, responses.styles)
        np.testing.assert_allclose(posterior.mastery, expected, rtol=0, atol=1e-6)


def test_what_is_kept_from_earlier_evidence_changes_nothing(engine: DiagnosticEngine) -> None:
    generator = np.random.default_rng(3)
    pieces = [
        Evidence(skill, (skill,), engine.responses.act_likelihood(bool(generator.random() < 0.5)), key=(skill,))
        for skill in engine.curriculum.skills
    ]
    before = None
    for count in (0, 5, 9, 40, 38, 159):
        evidence = [pieces[place] for place in sorted(generator.permutation(len(pieces))[:count])]
        before = engine.belief.posterior(evidence, {}, before=before)
        np.testing.assert_array_equal(before.mastery, engine.belief.posterior(evidence, {}).mastery)


def test_learners_drawn_from_the_posterior_are_as_the_posterior_says(engine: DiagnosticEngine) -> None:
    evidence = [
        Evidence(skill, (skill,), engine.responses.act_likelihood(number % 3 == 0), key=(skill, str(number % 3)))
        for number, skill in enumerate(engine.curriculum.skills)
        if number % 2
    ]
    posterior = engine.belief.posterior(evidence, {})
    generator = np.random.default_rng(1)

    drawn = [posterior.sample(generator)[0] for _ in range(400)]

    shares = np.array([np.mean([skill in each for each in drawn]) for skill in engine.curriculum.skills])
    assert np.abs(shares - posterior.mastery).max() < 0.12
    assert np.abs(shares - posterior.mastery).mean() < 0.025


def test_probabilities_at_each_point_average_to_the_whole(engine: DiagnosticEngine) -> None:
    skills = engine.curriculum.skills
    posterior = engine.belief.posterior([Evidence(each, (each,), TICKED) for each in skills[::7]], {})

    assert posterior.weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert posterior.style_weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert posterior.maturity_weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert np.all((posterior.mastery_by_point >= 0.0) & (posterior.mastery_by_point <= 1.0))


def test_a_tick_never_lowers_its_skill_and_no_tick_never_raises_it(engine: DiagnosticEngine) -> None:
    skills = engine.curriculum.skills
    evidence = [Evidence(each, (each,), TICKED if index % 3 else NOT_TICKED) for index, each in enumerate(skills[::5])]
    before = engine.belief.posterior(evidence, {}).mastery

    for place in range(1, len(skills), 16):
        ticked = engine.belief.posterior([*evidence, Evidence("new", (skills[place],), TICKED)], {})
        unticked = engine.belief.posterior([*evidence, Evidence("new", (skills[place],), NOT_TICKED)], {})
        assert ticked.mastery[place] >= before[place] >= unticked.mastery[place]


def test_hundreds_of_extreme_answers_do_not_underflow(real_curriculum: Curriculum) -> None:
    skills = real_curriculum.skills
    unlikely = np.array([[1e-6], [1e-9]])
    evidence = [Evidence(f"{each}{times}", (each,), unlikely) for each in skills for times in range(3)]

    posterior = BeliefModel(real_curriculum).posterior(evidence, {})

    assert np.all(np.isfinite(posterior.mastery))
    assert posterior.mastery.max() < 0.01


def test_more_orders_make_every_skill_likelier(engine: DiagnosticEngine) -> None:
    few = engine.belief.posterior([], {MONTHLY_ORDERS: frozenset({OptionId("no_orders")})}).mastery
    unknown = engine.belief.posterior([], {}).mastery
    many = engine.belief.posterior([], {MONTHLY_ORDERS: frozenset({OptionId("more_than_500")})}).mastery

    assert np.all(few < unknown)
    assert np.all(unknown < many)


def test_the_covariance_is_close_to_what_knowing_a_skill_would_change(engine: DiagnosticEngine) -> None:
    skills = engine.curriculum.skills
    evidence = [Evidence(each, (each,), TICKED if index % 2 else NOT_TICKED) for index, each in enumerate(skills[::4])]
    posterior = engine.belief.posterior(evidence, {})

    for place in range(0, len(skills), 20):
        known = Evidence("known", (skills[place],), np.array([[1e-9], [1.0]]))
        exact = (engine.belief.posterior([*evidence, known], {}).mastery - posterior.mastery) * posterior.mastery[place]
        assert np.abs(exact - posterior.covariance[place]).max() < 0.06
