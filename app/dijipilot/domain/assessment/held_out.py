"""One act an assessment asks and does not count: how well it was foreseen tells how far the figures hold for people.

ALEKS calls it the extra problem. The act is drawn by the assessment's seed, not by what would be useful to ask, or the
check would look only where the engine is in doubt.
"""

import zlib
from collections.abc import Set as AbstractSet

from msgspec import Struct

from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, SkillId

SMALLEST_BANK = 40
"""With fewer acts than this to ask about, one that does not count is missed."""


class HeldOutCheck(Struct, frozen=True):
    """The act, whether it was ticked, and the chance of a tick, 0..1, that all other answers had given it."""

    act: ActId
    is_ticked: bool
    expected: float


def held_out_act(curriculum: Curriculum, seed: int, applicable: AbstractSet[SkillId]) -> ActId | None:
    """Return the act of least hash: it stays the same when acts are added to the bank, but for one in their number.

    None where there are too few acts to spare one.
    """
    candidates = [act.id for act in curriculum.acts if act.skill in applicable]
    if len(candidates) < SMALLEST_BANK:
        return None
    return min(candidates, key=lambda act: (zlib.crc32(f"{seed}:{act}".encode()), act), default=None)
