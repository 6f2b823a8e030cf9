"""From records to likelihoods: what counts is the set of answers with their times, never the order they came in."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from dijipilot.domain.assessment.aging import retention, weakened
from dijipilot.domain.assessment.items import FOLLOW_UP_SUFFIX, Act, Foil, Item, ItemKind
from dijipilot.domain.assessment.mastery_model import FloatArray
from dijipilot.domain.assessment.response_model import NOT_SURE, ResponseModel, claimed_evidence
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind, latest_by_screen
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import ActId, ItemId, OptionId, SkillId

TICKED, NOT_TICKED, TAKEN_BACK, TICKED_AFTER_ALL = "ticked", "", "taken back", "ticked after all"
"""What was chosen of an act: the last two where it was shown a second time and answered otherwise."""

HURRIED_SHARE = 0.25
"""An answer in less than this part of the expected time is hurried: nobody reads four times as fast as most."""

LEAST_LINE = 4
"""So many answers in the same position are a line."""

Key = tuple[str, ...]


class Evidence(Struct, frozen=True, eq=False):
    """What one response says: P(response | mastery, style), one axis of 2 a skill, then one of styles (or of 1).

    source: id of the act or item (or `lesson.<skill>`); chosen: the option, see also TICKED. key: tells it from other
    evidence; equal keys have equal likelihoods.
    """

    source: str
    skills: tuple[SkillId, ...]
    likelihood: FloatArray
    chosen: str = ""
    key: Key = ()


class Learned(Struct, frozen=True):
    """What was done in lessons: finished, and knowledge checks passed."""

    done: frozenset[SkillId] = frozenset()
    checks_passed: frozenset[SkillId] = frozenset()


class Readings(Struct, frozen=True):
    """Everything that a set of answers says.

    evidence: on skills, sorted by source. style_log_likelihood: on the response style, float64 (styles,).
    hurried, judged: answers that came faster than one can read, and answers whose time is known.
    """

    evidence: tuple[Evidence, ...]
    style_log_likelihood: FloatArray
    hurried: int
    judged: int


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
        # Per reader, not per class: the tables belong to this curriculum and these parameters.
        self._act_table = cache(responses.act_likelihood)
        self._second_table = cache(responses.second_answer_likelihood)
        self._item_tables = cache(self._make_item_tables)

    def follow_up_of(self, item: ItemId) -> Item | None:
        """Return the follow-up of an item, if it has one."""
        return self._follow_ups.get(item)

    def act_of(self, act: ActId) -> Act | None:
        """Return the act of this id; None for a foil, or what the curriculum no longer has."""
        return self._acts.get(act)

    def likelihoods(self, item: Item, is_hurried: bool = False) -> dict[OptionId, FloatArray]:
        """Return P(option | mastery of the item's skills, style) for every option and not sure."""
        return self._item_tables(item.id, is_hurried)

    def read(
        self,
        answers: Iterable[Answer],
        learned: Learned,
        applicable: frozenset[SkillId],
        as_of: datetime | None = None,
        held_out: ActId | None = None,
    ) -> Readings:
        """Return what the answers say about skills that apply; of several answers to a screen the latest counts.

        An act ticked on one screen and shown on another (an assessment and a later question) counts as last shown;
        shown again on the second checklist of an assessment, both answers count. as_of: the day from which answers are
        seen, older ones weigh less; None for no aging. held_out: an act whose answer is not to count.
        """
        latest = latest_by_screen(answers)
        found: dict[str, Evidence] = {}
        for answer in latest.values():
            for evidence in self._of_answer(answer, latest):
                if applicable.issuperset(evidence.skills) and evidence.source != held_out:
                    found[evidence.source] = _aged(evidence, answer.at, as_of)
        for evidence in self._second_answers(latest):
            if evidence.source in found:
                found[evidence.source] = _aged(evidence, latest[SECOND_CHECKLIST].at, as_of)
        for evidence in self._of_lessons(learned):
            if applicable.issuperset(evidence.skills):
                found[evidence.source] = evidence
        judged = [answer for answer in latest.values() if _is_judged(answer)]
        hurried = sum(map(is_hurried, judged))
        return Readings(
            tuple(found[source] for source in sorted(found)),
            self._style_log_likelihood(latest, hurried, len(judged)),
            hurried,
            len(judged),
        )

    def _of_answer(self, answer: Answer, latest: Mapping[str, Answer]) -> Sequence[Evidence]:
        if answer.kind is ScreenKind.CHECKLIST:
            return [] if answer.screen == SECOND_CHECKLIST else self._of_checklist(answer)
        item = self.curriculum.item_by_id.get(ItemId(answer.screen))
        if item is None:
            return []
        if item.kind is ItemKind.FOLLOW_UP:
            return self._of_follow_up(item, answer, latest)
        chosen, hurry = _one_choice(answer), is_hurried(answer)
        likelihood = self.likelihoods(item, hurry).get(chosen)
        if likelihood is None:
            return []
        return [Evidence(item.id, item.skills, likelihood, chosen, (item.id, chosen, str(hurry)))]

    def _of_checklist(self, answer: Answer) -> Sequence[Evidence]:
        found = []
        hurry = is_hurried(answer)
        for shown in answer.shown:
            act = self._acts.get(ActId(shown))
            if act is None:
                continue
            if answer.is_not_sure:
                table, chosen = self.responses.act_not_sure_likelihood(), str(NOT_SURE)
            else:
                is_ticked = shown in answer.chosen
                table, chosen = self._act_table(is_ticked, hurry), TICKED if is_ticked else NOT_TICKED
            found.append(Evidence(act.id, (act.skill,), table, chosen, (act.id, chosen, str(hurry))))
        return found

    def _second_answers(self, latest: Mapping[str, Answer]) -> Sequence[Evidence]:
        """Return the evidence of acts that one assessment asked twice; it stands for both answers."""
        second = latest.get(SECOND_CHECKLIST)
        if second is None or second.is_not_sure:
            return []
        first: dict[str, bool] = {}
        asked_later: set[str] = set()
        for answer in latest.values():
            if answer.kind is ScreenKind.CHECKLIST and answer is not second and not answer.is_not_sure:
                if answer.at > second.at:
                    asked_later.update(answer.shown)
                else:
                    first.update((shown, shown in answer.chosen) for shown in answer.shown)
        found = []
        for shown in second.shown:
            act = self._acts.get(ActId(shown))
            if act is not None and shown in first and shown not in asked_later:
                before, now = first[shown], shown in second.chosen
                chosen = (TICKED if now else TAKEN_BACK) if before else (TICKED_AFTER_ALL if now else NOT_TICKED)
                table = self._second_table(before, now)
                found.append(Evidence(act.id, (act.skill,), table, chosen, (act.id, "twice", str(before), str(now))))
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
        likelihood = self.responses.follow_up_likelihood(parent.skills, positive, keeps[chosen], len(item.options))
        return [Evidence(item.id, parent.skills, likelihood, chosen, (item.id, chosen, _one_choice(claim)))]

    def _of_lessons(self, learned: Learned) -> Sequence[Evidence]:
        ratios = (
            ("lesson", learned.done, self.responses.done_ratio),
            ("check", learned.checks_passed, self.responses.check_ratio),
        )
        return [
            Evidence(f"{kind}.{skill}", (skill,), self.responses.learned_likelihood(ratio), key=(kind, skill))
            for kind, skills, ratio in ratios
            for skill in skills
        ]

    def _style_log_likelihood(self, latest: Mapping[str, Answer], hurried: int, judged: int) -> FloatArray:
        """Return what foils, hurry and positions say about the style, float64 (styles,)."""
        chance = self.responses.foil_chance()
        foils = self._foils_shown(latest).values()
        ticked = sum(foils)
        total = ticked * np.log(chance) + (len(foils) - ticked) * np.log1p(-chance)
        total = total + self.responses.hurry_log_likelihood(hurried, judged)
        return np.asarray(total + self.responses.lining_log_likelihood(*self._line(latest)))

    def _foils_shown(self, latest: Mapping[str, Answer]) -> dict[ActId, bool]:
        return {
            ActId(each): each in answer.chosen
            for answer in latest.values()
            if answer.kind is ScreenKind.CHECKLIST and not answer.is_not_sure
            for each in answer.shown
            if each in self._foils
        }

    def _line(self, latest: Mapping[str, Answer]) -> tuple[int, float]:
        """Return how many situations and scenarios were all answered in one position, or 0, and P(that by chance)."""
        places = [
            (answer.shown.index(answer.chosen[0]), len(answer.shown))
            for answer in latest.values()
            if answer.kind in (ScreenKind.SITUATION, ScreenKind.SCENARIO)
            and answer.chosen[:1]
            and answer.chosen[0] in answer.shown
        ]
        counts = Counter(place for place, _ in places)
        if len(places) < LEAST_LINE or len(counts) > 1:
            return 0, 1.0
        return len(places), float(np.prod([1.0 / options for _, options in places[1:]]))

    def _make_item_tables(self, item: ItemId, is_hurried: bool) -> dict[OptionId, FloatArray]:
        return self.responses.option_likelihoods(self.curriculum.item_by_id[item], item in self._follow_ups, is_hurried)


def is_hurried(answer: Answer) -> bool:
    """Tell whether an answer came faster than one can read; one whose time is not known did not."""
    return (
        answer.response_seconds is not None
        and answer.kind is not ScreenKind.FACT
        and answer.response_seconds < HURRIED_SHARE * answer.expected_seconds
    )


def is_same_evidence(answer: Answer, other: Answer) -> bool:
    """Tell whether two answers say the same, whenever and, unless hurried, however fast they were given."""
    alike = replace(answer, id=other.id, at=other.at, response_seconds=other.response_seconds) == other
    return alike and _is_judged(answer) == _is_judged(other) and is_hurried(answer) == is_hurried(other)


def _is_judged(answer: Answer) -> bool:
    return answer.response_seconds is not None and answer.kind is not ScreenKind.FACT


def _aged(evidence: Evidence, at: datetime, as_of: datetime | None) -> Evidence:
    months, kept = retention(at, as_of)
    if not months:
        return evidence
    likelihood = weakened(evidence.likelihood, kept)
    return replace(evidence, likelihood=likelihood, key=(*evidence.key, f"{months} months"))


def _one_choice(answer: Answer) -> OptionId:
    """Return what was chosen of several; "" where a record from elsewhere holds nothing, which no option is called."""
    return NOT_SURE if answer.is_not_sure else OptionId("".join(answer.chosen[:1]))
