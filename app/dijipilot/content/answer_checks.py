"""Checks that answers cannot be guessed from their looks: over many questions, neither length nor place tells."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from dijipilot.content.loader import Sources, parent_number
from dijipilot.content.nodes import Located, Problem
from dijipilot.content.schema import WrittenMission
from dijipilot.content.wording import are_amounts
from dijipilot.domain.assessment.items import Item

UNLIKELY = Fraction(1, 100)
"""How rare by fair chance a count must be to be told.

Of three options the best is the longest in a third of the cases, and a mission has but ten questions: six of ten
happen to one fair author in thirteen. So a share above half is told only when chance brings it about less than once
in a hundred times: all of 5, 7 of 9, 8 of 10, 9 of 12. Few questions can thus not fail by chance, and the program,
which is counted as a whole too, comes down to about half: 17 of 30, 21 of 40.
"""


class _Asked(Struct, frozen=True):
    """A question as far as its looks go: the texts of its options, and the position of the best."""

    options: tuple[str, ...]
    best: int

    @property
    def chance(self) -> Fraction:
        return Fraction(1, len(self.options))

    @property
    def is_best_longest(self) -> bool:
        lengths = [len(option) for option in self.options]
        return all(lengths[self.best] > length for place, length in enumerate(lengths) if place != self.best)


def answer_problems(sources: Sources) -> Iterator[Problem]:
    """Yield the missions and programs in which the looks of an option tell too often that it is the best.

    Items are looked at when the lessons of their mission are ready, and not before. A program is told of when none of
    its missions is: what is put right in one of them changes the program's count.
    """
    for program in sources.programs:
        missions = [
            mission
            for mission in sources.missions
            if parent_number(mission.value.mission.number) == program.value.number
        ]
        found = [problem for mission in missions for problem in _group_problems(mission, [mission.value])]
        yield from found or _group_problems(program, [mission.value for mission in missions])


def _group_problems(found: Located[object], missions: Sequence[WrittenMission]) -> Iterator[Problem]:
    checks = [asked for mission in missions for asked in _check_questions(mission)]
    items = [asked for mission in missions if mission.mission.is_ready for asked in _items(mission)]
    for kind, group in (("check questions", checks), ("items", items)):
        # Amounts are as long as they are, and are told apart by value.
        worded = [asked for asked in group if not are_amounts(asked.options)]
        longest = sum(asked.is_best_longest for asked in worded)
        if is_telling(longest, [asked.chance for asked in worded]):
            what = f"in {longest} of {len(worded)} {kind} the best option is the longest. Shorten some of them."
            yield found.problem(what, "number")
    # The app shuffles the options of items; those of check questions stand on paper as they stand here.
    yield from _position_problems(found, checks)


def _position_problems(found: Located[object], checks: Sequence[_Asked]) -> Iterator[Problem]:
    for place in range(max((len(asked.options) for asked in checks), default=0)):
        having = [asked for asked in checks if place < len(asked.options)]
        count = sum(asked.best == place for asked in having)
        chances = [asked.chance for asked in having]
        if is_telling(count, chances) or is_shunned(count, chances):
            what = f"in {count} of {len(having)} check questions the right option stands at place {place + 1}."
            yield found.problem(f"{what} Reorder some options.", "number")


def _check_questions(mission: WrittenMission) -> Iterator[_Asked]:
    for lesson in mission.lessons:
        for question in lesson.value.text.check if lesson.value.text else ():
            right = [place for place, option in enumerate(question.options) if option.is_right]
            if len(right) == 1:
                yield _Asked(tuple(option.text for option in question.options), right[0])


def _items(mission: WrittenMission) -> Iterator[_Asked]:
    for item in mission.items:
        worths = _worths(item.value)
        if worths and worths.count(max(worths)) == 1:
            yield _Asked(tuple(option.text for option in item.value.options), worths.index(max(worths)))


def _worths(item: Item) -> list[int]:
    """Return what each option speaks for: evidence of an item, and in a follow-up whether it keeps the claim."""
    return [sum(option.evidence.values()) + bool(option.keeps) for option in item.options]


def is_telling(count: int, chances: Sequence[Fraction]) -> bool:
    """Tell whether more than half are so, and more than fair chance explains. chances: of each question."""
    return 2 * count > len(chances) and sum(distribution(chances)[count:]) < UNLIKELY


def is_shunned(count: int, chances: Sequence[Fraction]) -> bool:
    """Tell whether none is so, and fair chance would not leave it out. chances: of each question."""
    return count == 0 and bool(chances) and distribution(chances)[0] < UNLIKELY


def distribution(chances: Sequence[Fraction]) -> list[Fraction]:
    """Return how probable each count of successes is, of independent trials with these chances."""
    found = [Fraction(1)]
    for chance in chances:
        found = [
            missed * (1 - chance) + reached * chance
            for missed, reached in zip([*found, Fraction(0)], [Fraction(0), *found], strict=True)
        ]
    return found
