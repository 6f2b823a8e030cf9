"""From records to likelihoods: the answers that count, in an order of their own: the order given never matters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dijipilot.domain.assessment.items import FOLLOW_UP_SUFFIX, Act, Foil, Item, ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.response_model import NOT_SURE, ResponseModel, claimed_evidence
from dijipilot.domain.assessment.responses import Answer, ScreenKind, latest_by_screen
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, ItemId, OptionId, SkillId


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one response says: P(response | mastery) over the skills, one axis of 2 a skill.

    source: id of the act or item (or `lesson.<skill>`); chosen: the option, "" for acts and lessons.
    """

    source: str
    skills: tuple[SkillId, ...]
    likelihood: FloatArray
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was done in lessons: finished, and knowledge checks passed."""

    done: frozenset[SkillId] = frozenset()
    checks_passed: frozenset[SkillId] = frozenset()


class EvidenceReader:
    """Turns answers into evidence by the curriculum and the response model.

    Answers to acts, items or options that the curriculum no longer has are kept by the caller and not counted here.
    """

    def __init__(self, curriculum: Curriculum, responses: ResponseModel) -> None:
        self.curriculum = curriculum
        self.responses = responses
        self._acts: Mapping[ActId, Act] = {act.id: act for act in curriculum.acts}
        self._foils: Mapping[ActId, Foil] = {foil.id: foil for foil in curriculum.foils}
        self._follow_ups: Mapping[ItemId, Item] = {
            item.follows: item for item in curriculum.items if item.kind is ItemKind.FOLLOW_UP and item.follows
        }
        self._likelihoods = {
            item.id: responses.option_likelihoods(item, item.id in self._follow_ups) for item in curriculum.items
        }

    def follow_up_of(self, item: ItemId) -> Item | None:
        """Return the follow-up of an item, if it has one."""
        return self._follow_ups.get(item)

    def likelihoods(self, item: Item) -> dict[OptionId, FloatArray]:
        """Return P(option | mastery of the item's skills) for every option and not sure."""
        return self._likelihoods[item.id]

    def read(self, answers: Iterable[Answer], learned: Learned, applicable: frozenset[SkillId]) -> tuple[Evidence, ...]:
        """Return the evidence on skills that apply, sorted by source; of several answers to a screen the latest counts.

        An act ticked on one screen and shown on another (an assessment and a later question) counts as last shown.
        """
        found: dict[str, Evidence] = {}
        latest = latest_by_screen(answers)
        for answer in latest.values():
            for evidence in self._of_answer(answer, latest):
                if applicable.issuperset(evidence.skills):
                    found[evidence.source] = evidence
        for evidence in self._of_lessons(learned):
            if applicable.issuperset(evidence.skills):
                found[evidence.source] = evidence
        return tuple(found[source] for source in sorted(found))

    def ticked_foils(self, answers: Iterable[Answer]) -> frozenset[ActId]:
        """Return the foils that were claimed."""
        latest = latest_by_screen(answers)
        return frozenset(ActId(each) for answer in latest.values() for each in answer.chosen if each in self._foils)

    def _of_answer(self, answer: Answer, latest: Mapping[str, Answer]) -> Sequence[Evidence]:
        if answer.kind is ScreenKind.CHECKLIST:
            return [] if answer.is_not_sure else self._of_checklist(answer)
        item = self.curriculum.item_by_id.get(ItemId(answer.screen))
        if item is None:
            return []
        if item.kind is ItemKind.FOLLOW_UP:
            return self._of_follow_up(item, answer, latest)
        chosen = _one_choice(answer)
        likelihood = self.likelihoods(item).get(chosen)
        return [] if likelihood is None else [Evidence(item.id, item.skills, likelihood, chosen)]

    def _of_checklist(self, answer: Answer) -> Sequence[Evidence]:
        found = []
        for shown in answer.shown:
            act = self._acts.get(ActId(shown))
            if act is not None:
                likelihood = np.array(self.responses.act_likelihood(shown in answer.chosen))
                found.append(Evidence(act.id, (act.skill,), likelihood, "ticked" if shown in answer.chosen else ""))
        return found

    def _of_follow_up(self, item: Item, answer: Answer, latest: Mapping[str, Answer]) -> Sequence[Evidence]:
        """A follow-up counts while the claim it checks still stands."""
        claim = latest.get(item.id.removesuffix(FOLLOW_UP_SUFFIX))
        parent = self.curriculum.item_by_id.get(item.follows) if item.follows else None
        if claim is None or parent is None or _one_choice(claim) not in item.after:
            return []
        claimed = claimed_evidence(parent, parent.option(_one_choice(claim)), has_follow_up=True)
        positive = frozenset(skill for skill, value in claimed.items() if value > 0)
        chosen = _one_choice(answer)
        keeps = {option.id: bool(option.keeps) for option in item.options} | {NOT_SURE: False}
        if chosen not in keeps:
            return []
        likelihood = self.responses.follow_up_likelihood(parent.skills, positive, keeps[chosen])
        return [Evidence(item.id, parent.skills, likelihood, chosen)]

    def _of_lessons(self, learned: Learned) -> Sequence[Evidence]:
        found = []
        for skill in learned.done:
            found.append(Evidence(f"lesson.{skill}", (skill,), np.array([1.0, self.responses.done_ratio])))
        for skill in learned.checks_passed:
            found.append(Evidence(f"check.{skill}", (skill,), np.array([1.0, self.responses.check_ratio])))
        return found


def _one_choice(answer: Answer) -> OptionId:
    """Return what was chosen of several; "" where a record from elsewhere holds nothing, which no option is called."""
    return NOT_SURE if answer.is_not_sure else OptionId("".join(answer.chosen[:1]))
