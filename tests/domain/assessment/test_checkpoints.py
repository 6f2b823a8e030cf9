"""How much is known of each skill while an assessment goes on."""

from dijipilot.domain.assessment.checkpoints import (
    Checkpoints,
    Found,
    Known,
    ProgramCheckpoints,
    checkpoints_of,
    found_between,
)
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ProgramNumber
from dijipilot.domain.standing import SkillStanding, Standing, verdict_of
from tests.builders import small_curriculum


def standing_of(curriculum: Curriculum, *probabilities: float | None, has_evidence: bool = True) -> Standing:
    """Return a standing with these probabilities in order of the curriculum; None: does not apply; 0.5 for the rest."""
    padded = [*probabilities, *[0.5] * (len(curriculum.skills) - len(probabilities))]
    by_skill = {
        skill: SkillStanding(skill, each, verdict_of(each))
        for skill, each in zip(curriculum.skills, padded, strict=True)
        if each is not None
    }
    return Standing(by_skill, frozenset(curriculum.skills) - by_skill.keys(), (), None, has_evidence)


def test_a_verdict_settles_whichever_it_is() -> None:
    curriculum = small_curriculum()

    known = checkpoints_of(curriculum, standing_of(curriculum, 0.9, 0.1, 0.72, 0.5)).programs[0].known

    assert known == (Known.SETTLED, Known.SETTLED, Known.CLEARER, Known.OPEN)


def test_it_never_tells_which_way_a_skill_leans() -> None:
    curriculum = small_curriculum()
    probabilities = (0.97, 0.8, 0.6, 0.5, None, 0.2, 0.05, 0.33)
    mirrored = [None if each is None else 1.0 - each for each in probabilities]

    shown = checkpoints_of(curriculum, standing_of(curriculum, *probabilities))

    assert shown == checkpoints_of(curriculum, standing_of(curriculum, *mirrored))


def test_before_any_evidence_nothing_is_known() -> None:
    curriculum = small_curriculum()

    checkpoints = checkpoints_of(curriculum, standing_of(curriculum, 0.99, None, has_evidence=False))

    assert checkpoints.settled == 0
    assert checkpoints.programs[0].known[:2] == (Known.OPEN, Known.NOT_ASKED)
    assert checkpoints.applicable == len(curriculum.skills) - 1


def program(number: str, *known: Known) -> ProgramCheckpoints:
    return ProgramCheckpoints(ProgramNumber(number), f"Program {number}", known)


def test_what_an_answer_found_is_told_with_the_program_it_told_most_about() -> None:
    o, c, s, n = Known.OPEN, Known.CLEARER, Known.SETTLED, Known.NOT_ASKED
    before = Checkpoints((program("1", o, o, s, s), program("2", o, c, c, o)))
    after = Checkpoints((program("1", s, c, c, o), program("2", s, s, c, n)))

    found = found_between(before, after)

    assert found == Found(settled=3, title="Program 2", most_there=2, programs=2, reopened=2, clearer=1, left_out=1)
    assert found_between(after, after) == Found(0, "", 0, 0, 0, 0, 0)
