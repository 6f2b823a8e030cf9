"""Every sentence that leaves the layers below ui: id, English text, placeholders; the window translates it.

A module that needs a sentence adds it to SENTENCES, in the section of its subject, and refers to it by id.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from dijipilot.message_texts import SENTENCES


class Message(NamedTuple):
    """A sentence by id with the values of its placeholders.

    A named tuple: errors are made of it, and the window's first paint would have to wait for msgspec.
    """

    id: str
    values: Mapping[str, str | int | float] = MappingProxyType({})

    def english(self) -> str:
        """Return the English sentence. Raises KeyError on an unknown id or a missing value."""
        return SENTENCES[self.id].format(**self.values)


def message(message_id: str, **values: str | int | float) -> Message:
    """Build a message; checks at once that the sentence exists and all its values are there."""
    built = Message(message_id, values)
    built.english()
    return built
