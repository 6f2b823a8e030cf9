"""Checklists by rank: of one program, as full as the time allows, in the order of the rank."""

import numpy as np
import pytest

from dijipilot.domain.assessment.engine import DiagnosticEngine
from dijipilot.domain.assessment.ranked_selection import (
    RankedChecklists,
    RankedSelector,
    curriculum_order,
    half_split,
    places_left,
    random_order,
)
from dijipilot.domain.assessment.selection import Asked, ChecklistScreen
from dijipilot.domain.curriculum import Curriculum

NOTHING_ASKED = Asked(frozenset(), frozenset(), frozenset(), 0, ())
PLENTY = 300.0


def order_of(curriculum: Curriculum) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the rank of acts in the curriculum's order."""
    return np.arange(len(curriculum.acts), dtype=np.float64)


def test_the_first_in_rank_is_joined_by_the_next_of_its_program(real_curriculum: Curriculum) -> None:
    ranks = order_of(real_curriculum)
    wanted = real_curriculum.acts[70]
    ranks[70] = -1.0

    screen = RankedChecklists(real_curriculum).next(ranks, range(len(ranks)), True, PLENTY)

    assert screen is not None
    assert screen.acts[0] is wanted
    assert len(screen.acts) == 5
    assert {real_curriculum.program_of(act.skill) for act in screen.acts} == {screen.program}
    assert list(screen.acts[1:]) == sorted(screen.acts[1:], key=real_curriculum.acts.index)


def test_little_time_makes_a_shorter_checklist_and_no_time_none(real_curriculum: Curriculum) -> None:
    checklists, ranks = RankedChecklists(real_curriculum), order_of(real_curriculum)

    short = checklists.next(ranks, range(len(ranks)), False, 8.0)

    assert short is not None
    assert 0 < len(short.acts) < 5
    assert short.seconds <= 8.0
    assert checklists.next(ranks, range(len(ranks)), False, 1.0) is None


def test_what_was_asked_or_does_not_apply_is_left_out(real_curriculum: Curriculum) -> None:
    first, second, third = real_curriculum.acts[:3]
    applicable = frozenset(real_curriculum.skills) - {second.skill}

    left = places_left(real_curriculum.acts, applicable, frozenset({first.id}))

    assert 0 not in left
    assert 1 not in left
    assert 2 in left or third.skill == second.skill


def test_a_random_order_is_one_of_its_own_and_the_same_for_the_same_draw(engine: DiagnosticEngine) -> None:
    posterior = engine.diagnose([], {}).posterior
    orders = [random_order(engine.curriculum, np.random.default_rng(seed))(posterior) for seed in (1, 1, 2)]

    np.testing.assert_array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], orders[2])


def test_half_split_asks_what_is_nearest_to_a_coin_flip(engine: DiagnosticEngine) -> None:
    curriculum = engine.curriculum
    posterior = engine.diagnose([], {}).posterior
    selector = RankedSelector(curriculum, half_split(curriculum))

    screen, _ = selector.select(posterior, frozenset(curriculum.skills), NOTHING_ASKED, PLENTY)

    assert isinstance(screen, ChecklistScreen)
    distances = np.abs(posterior.mastery - 0.5)
    asked = [curriculum.skills.index(act.skill) for act in screen.acts]
    with_act = sorted({curriculum.skills.index(act.skill) for act in curriculum.acts})
    assert distances[asked[0]] == pytest.approx(distances[with_act].min())
    assert list(distances[asked]) == sorted(distances[asked])


def test_the_selector_goes_through_the_curriculum_to_its_end(engine: DiagnosticEngine) -> None:
    curriculum = engine.curriculum
    selector = RankedSelector(curriculum, curriculum_order(curriculum))
    posterior = engine.diagnose([], {}).posterior
    everything = frozenset(act.id for act in curriculum.acts)

    screen, _ = selector.select(posterior, frozenset(curriculum.skills), NOTHING_ASKED, PLENTY)
    nothing = selector.select(
        posterior, frozenset(curriculum.skills), Asked(everything, frozenset(), frozenset(), 9, ()), PLENTY
    )

    assert isinstance(screen, ChecklistScreen)
    assert screen.acts == curriculum.acts[:5]
    assert nothing == (None, 0.0)
