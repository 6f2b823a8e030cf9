"""What a learner can decide about one lesson of the roadmap, as commands for buttons, keys and menus."""

from msgspec import Struct
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from dijipilot.domain.roadmap import RoadmapItem, Status


class RoadmapActions(Struct, frozen=True):
    """The commands; texts and states follow the item chosen."""

    open: QAction
    accept: QAction
    know: QAction
    not_for_shop: QAction
    done: QAction
    skip: QAction
    up: QAction
    down: QAction

    def answers(self) -> tuple[QAction, ...]:
        """Return what can be answered to the reasons given."""
        return (self.accept, self.know, self.not_for_shop)

    def others(self) -> tuple[QAction, ...]:
        """Return what else can be decided."""
        return (self.done, self.skip, self.up, self.down)

    def all(self) -> tuple[QAction, ...]:
        """Return the commands in the order in which they are offered."""
        return (self.open, *self.answers(), *self.others())

    def follow(self, item: RoadmapItem | None, owner: QObject) -> None:
        """Offer what can be decided about this item."""
        for action in self.all():
            action.setEnabled(item is not None)
        if item is None:
            return
        is_over = item.status in (Status.DONE, Status.DUE_FOR_REVIEW)
        is_skipped = item.status is Status.SKIPPED
        if item.locked or item.is_in_preparation:
            self.open.setText(owner.tr("See its &outline"))
        elif item.status is Status.IN_PROGRESS:
            self.open.setText(owner.tr("&Continue the lesson"))
        else:
            self.open.setText(owner.tr("&Open the lesson"))
        self.accept.setVisible(not (is_over or is_skipped or item.is_accepted))
        self.know.setVisible(not (is_over or is_skipped))
        self.done.setText(owner.tr("Back to &do") if is_over else owner.tr("Mark as &done"))
        self.skip.setText(owner.tr("Do it a&fter all") if is_skipped else owner.tr("S&kip for now"))
        self.skip.setVisible(not is_over)


def build_roadmap_actions(owner: QWidget) -> RoadmapActions:
    """Return the commands; their keys work while the owner has the focus."""

    def action(text: str, name: str, tip: str, shortcut: str = "") -> QAction:
        made = QAction(text, owner)
        made.setObjectName(name)
        made.setToolTip(tip)
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if shortcut:
            made.setShortcut(QKeySequence(shortcut))
        owner.addAction(made)
        return made

    return RoadmapActions(
        open=action(owner.tr("&Open the lesson"), "roadmapOpen", owner.tr("Open the lesson; also Enter")),
        accept=action(
            owner.tr("&Accept"), "roadmapAccept", owner.tr("Agree to it: it stays, whatever is planned anew")
        ),
        know=action(owner.tr("I kno&w this"), "roadmapKnow", owner.tr("One question settles it")),
        not_for_shop=action(
            owner.tr("Not for my s&hop"), "roadmapNotForShop", owner.tr("Take it off the roadmap; you can put it back")
        ),
        done=action(owner.tr("Mark as &done"), "roadmapDone", owner.tr("Tick or untick; also the space bar")),
        skip=action(owner.tr("S&kip for now"), "roadmapSkip", owner.tr("It keeps its place; you can do it after all")),
        up=action(owner.tr("Move &up"), "roadmapUp", owner.tr("Take it earlier"), "Alt+Up"),
        down=action(owner.tr("Move dow&n"), "roadmapDown", owner.tr("Take it later"), "Alt+Down"),
    )
