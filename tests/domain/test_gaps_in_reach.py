"""What is locked never counts against a share, and can be left out of the picture."""

import pytest

from dijipilot.domain.gaps import GapAnalysis, analyze_gaps, strongest_program
from dijipilot.domain.gaps_in_reach import without_locked
from dijipilot.domain.ids import SkillId
from dijipilot.domain.skill_state import Counts
from tests import builders

CURRICULUM = builders.small_curriculum()
GRAPH = builders.graph_of(CURRICULUM)


def analysis_of(locked: str, mastered: str = "niche.buyer", unsettled: str = "price.margin") -> GapAnalysis:
    """Return the gaps of the small curriculum with these lessons locked."""
    standing = builders.standing(CURRICULUM, mastered=mastered, unsettled=unsettled)
    return analyze_gaps(CURRICULUM, GRAPH, standing, frozenset(builders.skills(locked)))


def test_locked_gaps_are_left_out_of_what_a_share_is_told_of() -> None:
    totals = analysis_of("niche.demand price.margin").totals

    assert (totals.locked, totals.locked_missing, totals.locked_unsettled) == (2, 1, 1)
    assert totals.counted.applicable == totals.applicable - 2
    assert totals.counted.mastered == totals.mastered == 1


def test_what_is_mastered_counts_although_its_lesson_is_locked() -> None:
    open_, locked = analysis_of("").totals, analysis_of("niche.buyer").totals

    assert locked.locked == 1
    assert locked.counted.applicable == open_.applicable
    assert locked.counted.locked == 1


def test_locking_lessons_never_lowers_a_share() -> None:
    everything = " ".join(CURRICULUM.skills)

    before, after = analysis_of("").totals.counted, analysis_of(everything).totals.counted

    assert after.mastered / after.applicable == 1.0 > before.mastered / before.applicable


def test_counting_leaves_nothing_locked_to_be_left_out_again() -> None:
    counted = analysis_of("niche.demand price.margin niche.buyer").totals.counted

    assert counted.counted == counted
    assert counted.locked_gaps == 0


def test_the_strongest_program_is_found_by_what_counts() -> None:
    # Three of four in the first program, one of two in the last, of which the other one gets locked.
    mastered = "niche.buyer niche.demand price.cost-stack ads.first"

    open_, locked = (strongest_program(analysis_of(skills, mastered)) for skills in ("", "team.first-hire"))

    assert open_ is not None
    assert locked is not None
    assert (open_.number, locked.number) == ("1.1", "2.1")


def test_without_what_is_locked_every_level_still_adds_up() -> None:
    analysis = without_locked(analysis_of("niche.demand price.margin"))

    left = {skill.skill for skill in analysis.skills}
    assert left == set(CURRICULUM.skills) - set(builders.skills("niche.demand price.margin"))
    for name in Counts().as_dict():
        stages = sum(stage.counts.as_dict()[name] for stage in analysis.stages)
        missions = sum(mission.counts.as_dict()[name] for mission in analysis.missions)
        assert analysis.totals.as_dict()[name] == stages == missions
    assert analysis.totals.locked == 0


def test_without_what_is_locked_what_is_mastered_stays() -> None:
    analysis = without_locked(analysis_of("niche.buyer niche.demand"))

    assert SkillId("niche.buyer") in {skill.skill for skill in analysis.skills}
    assert analysis.totals.locked == 0


@pytest.mark.parametrize("mission", [mission.number for mission in CURRICULUM.missions()])
def test_levels_with_nothing_left_in_them_are_not_there(mission: str) -> None:
    skills = " ".join(lesson.skill for lesson in CURRICULUM.mission_by_number[mission].lessons)  # type: ignore[index]

    analysis = without_locked(analysis_of(skills, mastered="", unsettled=""))

    assert mission not in {each.number for each in analysis.missions}
    assert all(program.missions for program in analysis.programs)
    assert all(stage.programs for stage in analysis.stages)
