"""What we know of the business, and which parts of the curriculum apply to it; unknown facts hide nothing."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dijipilot.domain.ids import ConditionId, FactId, OptionId, ProgramNumber

UNDECIDED = OptionId("undecided")
"""An option of this id stands alone: choosing it clears the others, and the reverse."""

SALES_CHANNELS = FactId("sales_channels")
BUSINESS_MODEL = FactId("business_model")
MONTHLY_ORDERS = FactId("monthly_orders")
BUYER_MARKETS = FactId("buyer_markets")
GOAL = FactId("goal")
WEEKLY_HOURS = FactId("weekly_hours")
TEAM_SIZE = FactId("team_size")
REGION = FactId("region")

FactAnswers = Mapping[FactId, frozenset[OptionId]]
"""What the learner chose, by fact. A fact that is absent, or empty, is unknown."""


class FactOption(Struct, frozen=True):
    """One answer to a question about the business."""

    id: OptionId
    label: str
    favors: tuple[ProgramNumber, ...] = ()


class ShopFact(Struct, frozen=True):
    """A question about the business, its options and when it is asked."""

    id: FactId
    question: str
    allows_many: bool
    asked_before_items: bool
    used_for: str
    options: tuple[FactOption, ...]
    note: str = ""

    def option(self, option_id: OptionId) -> FactOption:
        """Return the option of this id. Raises KeyError when the fact has none such."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)


class Condition(Struct, frozen=True):
    """Holds when the learner chose any of the options of the fact, or when the fact is unknown."""

    id: ConditionId
    fact: FactId
    any_of: frozenset[OptionId]

    def holds(self, answers: FactAnswers) -> bool:
        """Tell whether the condition holds; on an unknown fact it does."""
        chosen = answers.get(self.fact, frozenset())
        return not chosen or bool(chosen & self.any_of)


def do_all_hold(conditions: Iterable[Condition], answers: FactAnswers) -> bool:
    """Tell whether every one of the conditions holds."""
    return all(condition.holds(answers) for condition in conditions)
