"""The steps of all lessons that can be read here, as a checklist shows them: what to do in a line, and whether done."""

import re
from collections.abc import Iterable, Mapping

from dijipilot.content.pack import Pack
from dijipilot.content.plain_text import plain_text
from dijipilot.domain.ids import SkillId
from dijipilot.domain.lesson_text import SealableText, Step
from dijipilot.domain.progress import LessonProgress
from dijipilot.errors import LessonLocked

_LEAD = re.compile(r"\s*\*\*(.+?)\*\*", re.DOTALL)


class StepState(SealableText, frozen=True):
    """One step: its lead in a few words, all of it in plain words, and whether it is ticked."""

    id: str
    lead: str
    text: str
    is_ticked: bool


class LessonSteps:
    """Reads each lesson once: the texts of a pack do not change while it is open; a locked one may open."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._steps_by_skill: dict[SkillId, tuple[tuple[str, str, str], ...]] = {}

    def states(
        self, skills: Iterable[SkillId], progress: Mapping[SkillId, LessonProgress]
    ) -> Mapping[SkillId, tuple[StepState, ...]]:
        """Return the steps of these lessons; none for one that is locked or in preparation."""
        return {
            skill: tuple(
                StepState(step, lead, text, step in progress.get(skill, LessonProgress(skill)).ticked_steps)
                for step, lead, text in self._steps(skill)
            )
            for skill in skills
        }

    def _steps(self, skill: SkillId) -> tuple[tuple[str, str, str], ...]:
        if skill not in self._steps_by_skill:
            try:
                text = self._pack.lesson_text(skill)
            except LessonLocked:
                return ()
            steps: tuple[Step, ...] = text.steps if text else ()
            self._steps_by_skill[skill] = tuple((step.id, _lead_of(step), plain_text(step.markdown)) for step in steps)
        return self._steps_by_skill[skill]


def _lead_of(step: Step) -> str:
    """Return the words in bold with which a step begins, else all of it."""
    found = _LEAD.match(step.markdown)
    return plain_text(found.group(1)).rstrip(".,:") if found else plain_text(step.markdown)
