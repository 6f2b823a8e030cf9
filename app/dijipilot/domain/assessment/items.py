"""What can be asked: acts, foils, situations, scenarios and follow-ups, as authors wrote them."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from dijipilot.domain.ids import ActId, ItemId, LessonNumber, MissionNumber, OptionId, ProgramNumber, SkillId

FOLLOW_UP_SUFFIX = ".follow_up"


class ItemKind(StrEnum):
    """How an item asks: what one does, what one would answer, or a check of a claim."""

    SITUATION = "situation"
    SCENARIO = "scenario"
    FOLLOW_UP = "follow_up"


class Act(Struct, frozen=True):
    """Something one could show today; a tick speaks for its skill, no tick against it."""

    id: ActId
    skill: SkillId
    text: str


class Foil(Struct, frozen=True):
    """An act that does not exist; a tick measures over-claiming."""

    id: ActId
    text: str
    programs: tuple[ProgramNumber, ...]


class ItemOption(Struct, frozen=True):
    """One answer of an item. evidence: -2..2 by skill, as authored; keeps: only in follow-ups."""

    id: OptionId
    text: str
    evidence: Mapping[SkillId, int]
    reveals: str = ""
    keeps: bool | None = None


class Item(Struct, frozen=True):
    """A situation, a scenario, or the follow-up of one. The main skill stands first in skills.

    follows: the item whose claim this follow-up checks; after: its options that trigger it.
    teaches: the lesson to go to. think_seconds: time to reckon, beyond reading and clicking.
    """

    id: ItemId
    kind: ItemKind
    mission: MissionNumber
    skills: tuple[SkillId, ...]
    prompt: str
    options: tuple[ItemOption, ...]
    think_seconds: float = 0.0
    explanation: str = ""
    teaches: LessonNumber | None = None
    verified_on: str | None = None
    follows: ItemId | None = None
    after: frozenset[OptionId] = frozenset()

    def option(self, option_id: OptionId) -> ItemOption:
        """Return the option of this id. Raises KeyError when the item has none such."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


def follow_up_id(item: ItemId) -> ItemId:
    """Return the id of the follow-up that belongs to an item."""
    return ItemId(item + FOLLOW_UP_SUFFIX)
