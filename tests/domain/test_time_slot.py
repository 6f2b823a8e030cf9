"""What fits into the time there is."""

from hypothesis import given
from hypothesis import strategies as st

from dijipilot.domain.ids import SkillId
from dijipilot.domain.study_pace import USUAL_PACE, StudyPace
from dijipilot.domain.time_slot import SlotPart, Studiable, fit_into
from tests.builders import skill

EXACT = StudyPace(1.0, 1.0, 9)


def studiable(name: str, minutes: int = 20, steps: int = 4, done: int = 0, needs: str = "") -> Studiable:
    return Studiable(skill(name), minutes, steps, done, frozenset(map(skill, needs.split())))


def test_what_is_to_continue_comes_first_and_counts_what_is_left_of_it() -> None:
    chosen = fit_into([studiable("a.begun", done=3), studiable("a.new")], 30, EXACT)

    assert chosen == (SlotPart(skill("a.begun"), 0, 8, 8), SlotPart(skill("a.new"), 0, 20, 20))


def test_a_lesson_that_does_not_fit_is_begun_by_its_steps_and_nothing_follows() -> None:
    chosen = fit_into([studiable("a.long", minutes=50), studiable("a.short", minutes=5)], 25, EXACT)

    assert chosen == (SlotPart(skill("a.long"), 2, 20, 20),)


def test_where_not_even_a_step_fits_the_next_lesson_is_looked_at() -> None:
    chosen = fit_into([studiable("a.long", minutes=100), studiable("a.short", minutes=10)], 12, EXACT)

    assert [part.skill for part in chosen] == [skill("a.short")]


def test_a_lesson_waits_for_what_it_needs() -> None:
    lessons = [studiable("a.later", minutes=5, needs="a.first"), studiable("a.first", minutes=10)]

    assert [part.skill for part in fit_into(lessons, 10, EXACT)] == [skill("a.first")]


def test_a_lesson_may_follow_in_the_same_sitting_once_what_it_needs_is_whole() -> None:
    lessons = [studiable("a.first", minutes=10), studiable("a.later", minutes=10, needs="a.first")]

    assert [part.skill for part in fit_into(lessons, 20, EXACT)] == [skill("a.first"), skill("a.later")]


def test_somebody_slow_is_promised_less() -> None:
    lessons = [studiable("a.one", minutes=20), studiable("a.two", minutes=20)]

    assert len(fit_into(lessons, 40, EXACT)) == 2
    assert fit_into(lessons, 40, StudyPace(1.8, 2.0, 5)) == (SlotPart(skill("a.one"), 0, 36, 40),)


names = st.sampled_from("abcdefgh")


@given(
    st.lists(st.tuples(names, st.integers(5, 90), st.integers(0, 6), st.sets(names)), unique_by=lambda each: each[0]),
    st.integers(5, 120),
)
def test_it_always_fits_and_never_breaks_the_order(rows: list[tuple[str, int, int, set[str]]], minutes: int) -> None:
    lessons = [
        Studiable(SkillId(name), length, steps, 0, frozenset(map(SkillId, needs - {name})))
        for name, length, steps, needs in rows
    ]
    needs_by_skill = {lesson.skill: lesson.needs for lesson in lessons}

    chosen = fit_into(lessons, minutes, USUAL_PACE)

    assert sum(part.high_minutes for part in chosen) <= minutes
    assert all(part.steps == 0 for part in chosen[:-1])
    before: set[SkillId] = set()
    for part in chosen:
        assert needs_by_skill[part.skill] <= before
        before.add(part.skill)
