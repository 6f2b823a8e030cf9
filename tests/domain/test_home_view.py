"""The figures of Home that follow from others."""

from dijipilot.domain.home_view import (
    HomeView,
    ProgressView,
    ResumeView,
    SlotPartView,
    SlotView,
    StageView,
    UpcomingView,
)
from dijipilot.messages import Message

WHY = (Message("roadmap.why_missing_many", {"count": 7}), Message("roadmap.why_after", {"title": "Ürün"}))
VIEW = HomeView(
    name="Ayşe",
    days_away=3,
    skills=159,
    programs=18,
    lessons=159,
    paused_screens=4,
    progress=ProgressView((StageView("Launch", 3, 2, 1, 0),), 1, 20, 1, 120, 4800, 17, 28, "2026-11-02", True),
    resume=ResumeView("shop.one", "1.1.1.1", "One", True, 3, 5, 8, WHY),
    upcoming=(UpcomingView("shop.two", "1.1.1.2", "Two", 30, False, True, WHY),),
    minutes=25,
    slots=(SlotView(25, (SlotPartView("shop.one", "One", 2, 5, 10),)), SlotView(10, ())),
    measured_lessons=3,
)


def test_totals_are_those_of_the_stages() -> None:
    assert VIEW.progress is not None
    assert (VIEW.progress.mastered, VIEW.progress.applicable) == (3, 6)
