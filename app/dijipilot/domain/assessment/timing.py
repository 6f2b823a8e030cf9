"""How long a screen takes to read and answer; the budget of an assessment counts these seconds.

Reading: 238 words a minute for silent reading of English non-fiction (Brysbaert 2019). Answering: 2 seconds for each
click or key that decides something (keystroke-level model: 1.35 s to decide, 0.3 to 1.3 s to do it); one click where
one option is chosen; where many may be, one to go on and half as many as there are options.
"""

from collections.abc import Sequence

from dijipilot.domain.assessment.items import Item
from dijipilot.domain.shop_facts import ShopFact

WORDS_PER_MINUTE = 238.0
CLICK_SECONDS = 2.0

CHECKLIST_SENTENCE = "Which of these could you show today?"
"""Stands above every checklist; it is read once, at the first."""

SECOND_SENTENCE = "Once more, to be sure: which of these could you show within a minute?"
"""Stands above the checklist that asks about some acts a second time."""


def reading_seconds(*texts: str) -> float:
    """Return the seconds it takes to read the texts; a word is what stands between spaces."""
    return sum(len(text.split()) for text in texts) * 60.0 / WORDS_PER_MINUTE


def clicking_seconds(option_count: int, allows_many: bool) -> float:
    """Return the seconds it takes to decide and click."""
    return CLICK_SECONDS * (1.0 + option_count / 2.0 if allows_many else 1.0)


def option_seconds(text: str) -> float:
    """Return the expected seconds that one more option takes where many may be chosen."""
    return reading_seconds(text) + CLICK_SECONDS / 2.0


def item_seconds(item: Item) -> float:
    """Return the expected seconds for a situation, scenario or follow-up."""
    texts = (item.prompt, *(option.text for option in item.options))
    return reading_seconds(*texts) + clicking_seconds(len(item.options), allows_many=False) + item.think_seconds


def fact_seconds(fact: ShopFact) -> float:
    """Return the expected seconds for a question about the business."""
    texts = (fact.question, *(option.label for option in fact.options))
    return reading_seconds(*texts) + clicking_seconds(len(fact.options), fact.allows_many)


def checklist_seconds(heading: str, acts: Sequence[str], is_first: bool, is_second_look: bool = False) -> float:
    """Return the expected seconds for a checklist: program title, acts and, where it is new, the sentence above."""
    sentence = (SECOND_SENTENCE,) if is_second_look else (CHECKLIST_SENTENCE,) if is_first else ()
    return reading_seconds(*sentence, heading, *acts) + clicking_seconds(len(acts), allows_many=True)
