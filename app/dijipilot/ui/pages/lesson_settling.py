"""The one question with which a lesson starts while its skill is not settled."""

from dijipilot.domain.assessment.items import Item
from dijipilot.domain.curriculum import Lesson
from dijipilot.domain.standing import Verdict
from dijipilot.ui.pages.page import ScrollPage
from dijipilot.ui.widgets.settling_card import SettlingCard


def settling_card(page: ScrollPage, lesson: Lesson) -> SettlingCard | None:
    """Return the folded question of a lesson, which tells in a notice what its answer settled; None without one."""
    item = _item(page, lesson)
    if item is None:
        return None
    card = SettlingCard(item, page.content)
    card.answered.connect(lambda option: page.attempt(lambda: _settle(page, card, item, option)))
    return card


def _item(page: ScrollPage, lesson: Lesson) -> Item | None:
    academy, profile = page.context.academy, page.context.profile_id
    standing = academy.standings.current(profile)
    known = standing.by_skill.get(lesson.skill)
    if not standing.has_evidence or known is None or known.verdict is not Verdict.UNSETTLED:
        return None
    return academy.plan.settling_item(profile, lesson.skill)


def _settle(page: ScrollPage, card: SettlingCard, item: Item, option: str) -> None:
    standing = page.context.academy.plan.settle(page.context.profile_id, item.id, option or None)
    told = {
        Verdict.MASTERED: page.tr("You have this skill already: read on if you like, or go on to the next."),
        Verdict.MISSING: page.tr("This lesson is worth your time."),
        Verdict.UNSETTLED: page.tr("Noted. It is still not certain; the lesson will tell."),
    }[standing.verdict]
    page.notice_raised.emit(told, "good")
    card.hide()
    page.heading.setFocus()
