"""Whoever subscribed is told, in order, until the subscription ends."""

from dijipilot.domain.ids import ProfileId
from dijipilot.services.events import Announcer, Event, RoadmapChanged

CHANGED = RoadmapChanged(ProfileId("p"))


def test_all_subscribers_are_told_in_the_order_they_came() -> None:
    announcer, told = Announcer(), list[tuple[str, Event]]()
    announcer.subscribe(lambda event: told.append(("first", event)))
    announcer.subscribe(lambda event: told.append(("second", event)))

    announcer.announce(CHANGED)

    assert told == [("first", CHANGED), ("second", CHANGED)]


def test_a_subscription_can_be_ended_even_while_events_are_told() -> None:
    announcer, told = Announcer(), list[Event]()
    end = announcer.subscribe(told.append)
    announcer.subscribe(lambda event: end())

    announcer.announce(CHANGED)
    announcer.announce(CHANGED)
    end()

    assert told == [CHANGED]
