"""How many of some lessons are done: of all that can be read here; what is locked counts against nobody."""

from collections.abc import Iterable

from msgspec import Struct


class Tally(Struct, frozen=True):
    """done of count lessons are done; locked: how many more there are that are locked, and left out of count."""

    done: int = 0
    count: int = 0
    locked: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether all that can be read is done, and there is something."""
        return 0 < self.count == self.done


def tally_lessons(lessons: Iterable[tuple[bool, bool]]) -> Tally:
    """Return the tally of lessons, each given as whether it is done and whether it is locked; one done counts."""
    done = count = left_out = 0
    for is_done, is_locked in lessons:
        if is_locked and not is_done:
            left_out += 1
        else:
            count += 1
            done += is_done
    return Tally(done, count, left_out)
