"""Why a lesson stands on the roadmap, and what the curriculum does not teach for some business models."""

from collections.abc import Iterator

from dijipilot.domain.ids import OptionId
from dijipilot.domain.shop_facts import BUSINESS_MODEL, UNDECIDED, FactAnswers
from dijipilot.messages import Message, message

_POD = OptionId("pod")
_NOT_TAUGHT = (
    (OptionId("dropship"), "roadmap.note_dropship"),
    (OptionId("own_stock"), "roadmap.note_own_stock"),
    (OptionId("digital"), "roadmap.note_digital"),
)


def why_missing(builds_on_it: int) -> Message:
    """Say that the skill is missing, and how many open ones build on it."""
    if builds_on_it == 0:
        return message("roadmap.why_missing")
    if builds_on_it == 1:
        return message("roadmap.why_missing_one")
    return message("roadmap.why_missing_many", count=builds_on_it)


def why_unsettled(builds_on_it: int, has_question: bool) -> Iterator[Message]:
    """Say that the skill is not settled, by one question where there is one, and how many open ones build on it."""
    yield message("roadmap.why_unsettled" if has_question else "roadmap.why_unsettled_alone")
    if builds_on_it == 1:
        yield message("roadmap.why_builds_one")
    elif builds_on_it > 1:
        yield message("roadmap.why_builds_many", count=builds_on_it)


def notes_for(facts: FactAnswers) -> tuple[Message, ...]:
    """Return what to tell about business models that the curriculum teaches in part only."""
    return tuple(_notes(facts.get(BUSINESS_MODEL, frozenset())))


def _notes(models: frozenset[OptionId]) -> Iterator[Message]:
    if models and _POD not in models and UNDECIDED not in models:
        yield message("roadmap.note_no_pod")
    for model, sentence in _NOT_TAUGHT:
        if model in models:
            yield message(sentence)
