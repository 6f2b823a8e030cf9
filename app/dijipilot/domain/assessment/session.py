"""One sitting as a state machine: which screen is next, back, not sure, stop; a pure function of what was answered.

Because nothing but the answers decides, a resumed assessment goes on exactly as an unbroken one would.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dijipilot.domain.assessment.engine import Diagnosis, DiagnosticEngine
from dijipilot.domain.assessment.evidence import Learned, is_same_evidence
from dijipilot.domain.assessment.items import Act, Foil, Item
from dijipilot.domain.assessment.reliability import SECOND_LOOK_FROM
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind, latest_by_screen
from dijipilot.domain.assessment.screens import Progress, Screen, ScreenWriter
from dijipilot.domain.assessment.selection import Asked, Candidate, ItemScreen, Selector
from dijipilot.domain.assessment.stopping import is_worth_asking
from dijipilot.domain.assessment.timing import fact_seconds, item_seconds
from dijipilot.domain.ids import ActId, EventId, FactId, ItemId, OptionId, ProgramNumber, SkillId
from dijipilot.domain.shop_facts import UNDECIDED, FactAnswers
from dijipilot.domain.standing import Verdict
from dijipilot.errors import BadInput
from dijipilot.messages import message

CHECKLIST_NAME = "checklist"

FORESEEN = EventId("foreseen")
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""Id and time of an answer that is only thought of; it is never stored."""

LEAST_SHARE = 0.03
"""A question that is not about a contested skill itself explains at least this part of the doubt about it."""

LEAST_OF_A_RECHECK = 3
"""So many checklists a re-check shows also when each of them settles little."""


class Recheck(Struct, frozen=True):
    """What makes a session a short look again at what is known, instead of an assessment.

    name: begins the ids of its checklists, so that they differ from all others of the profile. known: answers that
    count already; recent: acts and items asked lately, which are not asked again. most_screens: it ends after so many.
    about: the one skill to settle; all of them when left out. seed: of the assessment whose held-out act stays so.
    """

    name: str
    known: tuple[Answer, ...]
    recent: frozenset[str]
    learned: Learned
    as_of: datetime
    most_screens: int
    seed: int | None
    about: SkillId | None = None


class AssessmentSession:
    """One assessment, or one re-check: feed it answers, ask it for the screen.

    answers: those of this sitting so far, in the order given. facts: what the latest answers say, wherever given.
    selector: another way to choose screens, for comparisons; the engine's own when left out.
    """

    def __init__(
        self,
        engine: DiagnosticEngine,
        seed: int,
        budget_seconds: float,
        answers: Sequence[Answer],
        facts: FactAnswers,
        selector: Selector | None = None,
        recheck: Recheck | None = None,
    ) -> None:
        self.engine = engine
        self.seed = seed
        self._selector = selector or engine.selector
        self._recheck = recheck
        name = recheck.name if recheck else CHECKLIST_NAME
        self._screens = ScreenWriter(engine.curriculum, seed, name)
        self.budget_seconds = budget_seconds
        self._answers = list(answers)
        self._facts = dict(facts)
        self._acts = self._screens.acts
        self._back_steps = 0
        self._is_stopped = False
        self._diagnosis: Diagnosis | None = None
        self._before: Diagnosis | None = None
        self._screen: Screen | None = None
        self._is_fresh = False

    @property
    def screen(self) -> Screen | None:
        """The screen to show, None when the assessment is finished."""
        if not self._is_fresh:
            self._screen = self._shown_again() if self._back_steps else self._next_screen()
            self._is_fresh = True
        return self._screen

    @property
    def is_finished(self) -> bool:
        """Whether there is nothing more to show."""
        return self._is_stopped or self.screen is None

    @property
    def can_go_back(self) -> bool:
        """Whether an earlier question stands before this one."""
        return self._back_steps < len(self._shown_before())

    @property
    def diagnosis(self) -> Diagnosis:
        """What is believed now."""
        if self._diagnosis is None:
            again = self._recheck
            if again is None:
                self._diagnosis = self.engine.diagnose(self._answers, self._facts, seed=self.seed, before=self._before)
            else:
                answers = (*again.known, *self._answers)
                self._diagnosis = self.engine.diagnose(
                    answers, self._facts, again.learned, None, again.seed, again.as_of, self._before
                )
            self._before = self._diagnosis
        return self._diagnosis

    @property
    def facts(self) -> FactAnswers:
        """What is known of the business."""
        return self._facts

    def extended(self, seconds: float) -> "AssessmentSession":
        """Return a session like this one with so many expected seconds more; what it is answered stays there."""
        more = AssessmentSession(
            self.engine,
            self.seed,
            self.budget_seconds + seconds,
            self._answers,
            self._facts,
            self._selector,
            self._recheck,
        )
        more._before = self._before
        return more

    @property
    def seconds_used(self) -> float:
        """Expected seconds of all screens answered; one answered again counts once."""
        return sum(answer.expected_seconds for answer in latest_by_screen(self._answers).values())

    @property
    def screens_answered(self) -> int:
        """Number of different screens answered."""
        return len(latest_by_screen(self._answers))

    def make_answer(
        self, event: EventId, at: datetime, chosen: Sequence[str], is_not_sure: bool, response_seconds: float | None
    ) -> Answer:
        """Return the record of an answer to the present screen, to be stored before it is accepted.

        Raises BadInput when the choice does not fit the screen, or when the assessment is finished.
        """
        screen = self.screen
        if screen is None or self._is_stopped:
            raise BadInput(message("assess.finished"))
        shown = tuple(option.id for option in screen.options)
        unique = tuple(dict.fromkeys(chosen))
        unknown = [each for each in unique if each not in shown]
        if unknown:
            raise BadInput(message("assess.unknown_option", option=unknown[0], options=", ".join(shown)))
        if not is_not_sure and not screen.allows_many and len(unique) != 1:
            raise BadInput(message("assess.choose_one"))
        if UNDECIDED in unique and len(unique) > 1:
            raise BadInput(message("assess.stands_alone", option=UNDECIDED))
        kept = () if is_not_sure else tuple(option for option in shown if option in unique)
        return Answer(event, at, screen.id, screen.kind, shown, kept, is_not_sure, screen.seconds, response_seconds)

    def accept(self, answer: Answer, foreseen: "AssessmentSession | None" = None) -> None:
        """Take in an answer that is stored; the next unanswered question follows.

        foreseen: what `foresee` returned once; where it is what follows from this answer, nothing is computed again.
        """
        is_foreseen = foreseen is not None and self._leads_to(foreseen, answer)
        self._answers.append(answer)
        if answer.kind is ScreenKind.FACT:
            self._facts[FactId(answer.screen)] = frozenset(OptionId(option) for option in answer.chosen)
        self._back_steps = 0
        self._is_fresh = False
        self._diagnosis = None
        if foreseen is not None and is_foreseen:
            self._diagnosis, self._before = foreseen._diagnosis, foreseen._before
            self._screen, self._is_fresh = foreseen._screen, True

    def foresee(self, chosen: Sequence[str], is_not_sure: bool) -> "AssessmentSession | None":
        """Return this session as it will be once the screen is answered so, in no hurry; its screen is not computed.

        Computing it changes nothing here, so it can be done while the learner still looks. None for a re-check, where
        it matters when an answer is given. Raises BadInput as make_answer does.
        """
        screen = self.screen
        if self._recheck is not None or screen is None:
            return None
        answer = self.make_answer(FORESEEN, NEVER, chosen, is_not_sure, screen.seconds)
        future = self.extended(0.0)
        future._before = self._diagnosis or self._before
        future.accept(answer)
        return future

    def _leads_to(self, future: "AssessmentSession", answer: Answer) -> bool:
        """Tell whether a session foreseen, its screen computed, is what follows from an answer here."""
        *before, last = future._answers
        return future._is_fresh and before == self._answers and is_same_evidence(last, answer)

    def back(self) -> bool:
        """Go to the question before; False at the first."""
        if not self.can_go_back:
            return False
        self._back_steps += 1
        self._is_fresh = False
        return True

    @property
    def is_looking_back(self) -> bool:
        """Whether the screen is one that was answered before."""
        return self._back_steps > 0

    def answered(self) -> tuple[Screen, ...]:
        """Return the screens answered, as they stood and with what counts now, in the order first answered."""
        progress = self.progress()
        return tuple(
            self._screens.again(answer, self._program_number(answer), progress) for answer in self._shown_before()
        )

    def revisit(self, screen: str) -> bool:
        """Show a screen that was answered once more; False where there is none of this id."""
        places = [answer.screen for answer in self._shown_before()]
        if screen not in places:
            return False
        self._back_steps = len(places) - places.index(screen)
        self._is_fresh = False
        return True

    def go_on(self) -> None:
        """Return to the next unanswered question; what was looked at stays as it was answered."""
        self._back_steps = 0
        self._is_fresh = False

    def stop(self) -> None:
        """Finish with what is known."""
        self._is_stopped = True

    def progress(self) -> Progress:
        """Return how far the sitting is."""
        standing = self.diagnosis.standing()
        # What is expected of anybody is nothing this learner has settled.
        settled = len(standing.by_skill) - standing.count(Verdict.UNSETTLED) if standing.has_evidence else 0
        left = max(0.0, self.budget_seconds - self.seconds_used)
        return Progress(self.screens_answered, left, settled, len(standing.by_skill))

    def _next_screen(self) -> Screen | None:
        latest = latest_by_screen(self._answers)
        left = self.budget_seconds - self.seconds_used
        if self._recheck is None:
            for fact in self.engine.curriculum.facts:
                if fact.asked_before_items and fact.id not in latest:
                    if fact_seconds(fact) > left:
                        return None
                    return self._screens.of_fact(fact, self._facts.get(fact.id), self.progress())
        elif len(latest) >= self._recheck.most_screens:
            return None
        due = self._due_follow_up(latest, left)
        if due is not None:
            return self._screens.of_item(due, self.progress())
        asked = self._asked(latest)
        chosen = self._due_second_look(latest, asked, left) or self._best(asked, left)
        if chosen is None:
            return None
        if isinstance(chosen, ItemScreen):
            return self._screens.of_item(chosen.item, self.progress())
        return self._screens.of_checklist(chosen, asked.checklist_count + 1, self.progress())

    def _best(self, asked: Asked, seconds_left: float) -> Candidate | None:
        """Return the screen most worth its time, or None when none is worth any."""
        belief, applicable = self.diagnosis.posterior, self.diagnosis.applicable
        if self._recheck is not None and self._recheck.about is not None:
            about = self._recheck.about
            chosen, gain = self.engine.selector.select(belief, applicable, asked, seconds_left, about)
            mastery = float(belief.mastery[self.engine.belief.position[about]])
            tells_enough = gain >= LEAST_SHARE * mastery * (1.0 - mastery)
            return chosen if chosen is not None and (tells_enough or _asks_about(chosen, about)) else None
        if self._recheck is not None:
            chosen, gain = self.engine.selector.select(belief, applicable, asked, seconds_left)
            is_short = asked.checklist_count < LEAST_OF_A_RECHECK
            return chosen if is_short or is_worth_asking(gain, self.diagnosis.random_chance) else None
        chosen, gain = self._selector.select(belief, applicable, asked, seconds_left)
        return chosen if is_worth_asking(gain, self.diagnosis.random_chance) else None

    def _due_second_look(self, latest: dict[str, Answer], asked: Asked, seconds_left: float) -> Candidate | None:
        """Return claimed acts to ask about once more, when the answers look as if they said little."""
        if self._recheck is not None or SECOND_CHECKLIST in latest or len(self.engine.responses.styles) == 1:
            return None
        if self.diagnosis.unreliable_chance < SECOND_LOOK_FROM:
            return None
        claimed = {each for answer in latest.values() if answer.kind is ScreenKind.CHECKLIST for each in answer.chosen}
        claimed.discard(self.diagnosis.held_out or "")
        acts = [
            act for act in self.engine.curriculum.acts if act.id in claimed and act.skill in self.diagnosis.applicable
        ]
        return self.engine.selector.select_second(self.diagnosis.posterior, acts, asked, seconds_left)

    def _due_follow_up(self, latest: dict[str, Answer], seconds_left: float) -> Item | None:
        """Return the follow-up of a claim that still stands and was not checked yet."""
        for screen, answer in latest.items():
            follow_up = self.engine.reader.follow_up_of(ItemId(screen))
            if follow_up is None or follow_up.id in latest or not follow_up.after.intersection(answer.chosen):
                continue
            if self.diagnosis.applicable.issuperset(follow_up.skills) and item_seconds(follow_up) <= seconds_left:
                return follow_up
        return None

    def _asked(self, latest: dict[str, Answer]) -> Asked:
        checklists = [answer for answer in latest.values() if answer.kind is ScreenKind.CHECKLIST]
        shown = [each for answer in checklists for each in answer.shown]
        items = {
            screen for screen, answer in latest.items() if answer.kind not in (ScreenKind.FACT, ScreenKind.CHECKLIST)
        }
        recent = self._recheck.recent if self._recheck else frozenset()
        held_out = self.diagnosis.held_out
        return Asked(
            frozenset(ActId(each) for each in (*shown, *recent)),
            frozenset(ItemId(each) for each in (*items, *recent)),
            frozenset(ActId(each) for each in shown if isinstance(self._acts.get(each), Foil)),
            len(checklists),
            tuple(number for number in map(self._program_number, list(latest.values())[-2:]) if number is not None),
            None if self._recheck or held_out in shown else held_out,
        )

    def _program_number(self, answer: Answer) -> ProgramNumber | None:
        curriculum = self.engine.curriculum
        if answer.kind is ScreenKind.CHECKLIST:
            acts = [self._acts.get(each) for each in answer.shown]
            return next((curriculum.program_of(act.skill).number for act in acts if isinstance(act, Act)), None)
        item = curriculum.item_by_id.get(ItemId(answer.screen))
        return curriculum.program_by_mission[item.mission].number if item else None

    def _shown_before(self) -> list[Answer]:
        """Return the answers whose question can be shown again: a later pack may have done without some."""
        curriculum = self.engine.curriculum
        return [
            answer
            for answer in latest_by_screen(self._answers).values()
            if FactId(answer.screen) in curriculum.fact_by_id
            or ItemId(answer.screen) in curriculum.item_by_id
            or any(each in self._acts for each in answer.shown)
        ]

    def _shown_again(self) -> Screen:
        answers = self._shown_before()
        answer = answers[len(answers) - self._back_steps]
        return self._screens.again(answer, self._program_number(answer), self.progress())


def _asks_about(chosen: Candidate, skill: SkillId) -> bool:
    """Tell whether a screen asks about a skill itself, and not only about what hangs together with it."""
    if isinstance(chosen, ItemScreen):
        return skill in chosen.item.skills
    return any(act.skill == skill for act in chosen.acts)
