"""What a screen shows; the order of its options depends on the seed and the screen alone."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from dijipilot.domain.assessment.items import Act, Foil, Item
from dijipilot.domain.assessment.responses import SECOND_CHECKLIST, Answer, ScreenKind
from dijipilot.domain.assessment.selection import ChecklistScreen
from dijipilot.domain.assessment.timing import CHECKLIST_SENTENCE, SECOND_SENTENCE, fact_seconds, item_seconds
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import FactId, ItemId, OptionId, ProgramNumber
from dijipilot.domain.shop_facts import ShopFact


class ScreenOption(Struct, frozen=True):
    """One thing to choose."""

    id: str
    text: str


class Progress(Struct, frozen=True):
    """How far the sitting is: screens answered, expected seconds left, skills settled of those that apply."""

    screens: int
    seconds_left: float
    settled: int
    checkpoints: int


class PreviousAnswer(Struct, frozen=True):
    """What was answered here before."""

    chosen: tuple[str, ...]
    is_not_sure: bool


class Screen(Struct, frozen=True):
    """What to show: a question with its options. heading: title of the program, for checklists only."""

    id: str
    kind: ScreenKind
    heading: str
    prompt: str
    allows_many: bool
    options: tuple[ScreenOption, ...]
    seconds: float
    progress: Progress
    previous: PreviousAnswer | None


class ScreenWriter:
    """Writes the screens of one sitting. name: begins the ids of its checklists."""

    def __init__(self, curriculum: Curriculum, seed: int, name: str) -> None:
        self.curriculum = curriculum
        acts: dict[str, Act | Foil] = {act.id: act for act in curriculum.acts}
        self.acts: Mapping[str, Act | Foil] = acts | {foil.id: foil for foil in curriculum.foils}
        self._seed = seed
        self._name = name

    def of_fact(self, fact: ShopFact, known: frozenset[OptionId] | None, progress: Progress) -> Screen:
        """Return the question about a fact, filled in with what was said last."""
        options = tuple(ScreenOption(option.id, option.label) for option in fact.options)
        previous = PreviousAnswer(tuple(o.id for o in fact.options if o.id in known), False) if known else None
        seconds = fact_seconds(fact)
        return Screen(
            fact.id, ScreenKind.FACT, "", fact.question, fact.allows_many, options, seconds, progress, previous
        )

    def of_item(self, item: Item, progress: Progress) -> Screen:
        """Return a situation, scenario or follow-up."""
        options = self._shuffled([ScreenOption(option.id, option.text) for option in item.options], item.id)
        kind = ScreenKind(item.kind.value)
        return Screen(item.id, kind, "", item.prompt, False, options, item_seconds(item), progress, None)

    def of_checklist(self, chosen: ChecklistScreen, number: int, progress: Progress) -> Screen:
        """Return a checklist; number: counts the checklists of this sitting from 1."""
        identity = SECOND_CHECKLIST if chosen.is_second else f"{self._name}.{number}"
        entries = [ScreenOption(act.id, act.text) for act in chosen.acts]
        if chosen.foil is not None:
            entries.append(ScreenOption(chosen.foil.id, chosen.foil.text))
        options = self._shuffled(entries, identity)
        title, kind = chosen.program.title, ScreenKind.CHECKLIST
        sentence = SECOND_SENTENCE if chosen.is_second else CHECKLIST_SENTENCE
        return Screen(identity, kind, title, sentence, True, options, chosen.seconds, progress, None)

    def again(self, answer: Answer, program: ProgramNumber | None, progress: Progress) -> Screen:
        """Return a screen that was answered, as it stood then, without what a later pack did away with."""
        if answer.kind is ScreenKind.CHECKLIST:
            heading = next((each.title for each in self.curriculum.programs if each.number == program), "")
            options = [ScreenOption(each, self.acts[each].text) for each in answer.shown if each in self.acts]
            sentence = SECOND_SENTENCE if answer.screen == SECOND_CHECKLIST else CHECKLIST_SENTENCE
            return _screen_of(answer, heading, sentence, True, options, progress)
        if answer.kind is ScreenKind.FACT:
            fact = self.curriculum.fact_by_id[FactId(answer.screen)]
            options = [ScreenOption(option.id, option.label) for option in fact.options]
            return _screen_of(answer, "", fact.question, fact.allows_many, options, progress)
        item = self.curriculum.item_by_id[ItemId(answer.screen)]
        texts = {option.id: option.text for option in item.options}
        options = [ScreenOption(each, texts[OptionId(each)]) for each in answer.shown if each in texts]
        return _screen_of(answer, "", item.prompt, False, options, progress)

    def _shuffled(self, options: Sequence[ScreenOption], name: str) -> tuple[ScreenOption, ...]:
        generator = np.random.default_rng([self._seed, zlib.crc32(name.encode())])
        return tuple(options[int(index)] for index in generator.permutation(len(options)))


def _screen_of(
    answer: Answer,
    heading: str,
    prompt: str,
    allows_many: bool,
    options: Sequence[ScreenOption],
    progress: Progress,
) -> Screen:
    previous = PreviousAnswer(answer.chosen, answer.is_not_sure)
    seconds, shown = answer.expected_seconds, tuple(options)
    return Screen(answer.screen, answer.kind, heading, prompt, allows_many, shown, seconds, progress, previous)
