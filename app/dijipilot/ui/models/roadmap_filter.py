"""Hides what the learner does not want to see of the roadmap now; the order, and the numbers, stay."""

import json

from msgspec import Struct
from msgspec.structs import asdict
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from dijipilot.content.folding import fold
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import SkillId
from dijipilot.domain.roadmap import RoadmapItem, Status
from dijipilot.ui.models.roadmap_model import RoadmapModel
from dijipilot.ui.models.roadmap_nodes import Row, key_of

Index = QModelIndex | QPersistentModelIndex
_SETTLED = (Status.DONE, Status.SKIPPED)


class Wanted(Struct, frozen=True):
    """What is to be seen. hides_unreadable: locked or in preparation; path: "" for all; most_minutes: 0 for any."""

    hides_settled: bool = False
    hides_unreadable: bool = False
    path: str = ""
    most_minutes: int = 0
    words: str = ""

    @property
    def choices(self) -> int:
        """How many of the filters are on, the words not among them."""
        return sum(bool(each) for each in (self.hides_settled, self.hides_unreadable, self.path, self.most_minutes))

    def to_text(self) -> str:
        """Return it as text to be kept."""
        return json.dumps(asdict(self))


def wanted_from(text: str) -> Wanted:
    """Return what was kept; what cannot be read, or came from another edition, is left at its usual value."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    usual = asdict(Wanted())
    return Wanted(
        **{name: kept[name] if type(kept.get(name)) is type(value) else value for name, value in usual.items()}
    )


class RoadmapFilter(QSortFilterProxyModel):
    """Groups are seen while a lesson below them is, steps while their lesson is."""

    def __init__(self, model: RoadmapModel, curriculum: Curriculum, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._curriculum = curriculum
        self._wanted = Wanted()
        self._words: list[str] = []
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    @property
    def wanted(self) -> Wanted:
        """What is to be seen."""
        return self._wanted

    def show_wanted(self, wanted: Wanted) -> None:
        """See this from now on."""
        if wanted != self._wanted:
            self.beginFilterChange()
            self._wanted, self._words = wanted, fold(wanted.words).split()
            self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def count(self) -> int:
        """Return how many lessons are seen."""
        return sum(self._accepts(item) for item in self._model.items)

    def index_of(self, key: str) -> QModelIndex:
        """Return where the row of a key is, an invalid index where it is hidden."""
        return self.mapFromSource(self._model.index_of(key))

    def row_at(self, index: Index) -> Row | None:
        """Return what a row shows, None for no row."""
        return self._model.row_at(self.mapToSource(index))

    def skill_after(self, skill: str, step: int) -> SkillId | None:
        """Return the lesson seen so many rows further in the same group, None outside."""
        here = self.index_of(key_of(skill))
        there = here.siblingAtRow(here.row() + step) if here.isValid() else QModelIndex()
        row = self.row_at(there)
        return row.item.skill if row is not None and row.item is not None else None

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a row is seen for its own sake."""
        row = self._model.row_at(self._model.index(source_row, 0, source_parent))
        return row is not None and row.item is not None and self._accepts(row.item)

    def _accepts(self, item: RoadmapItem) -> bool:
        wanted = self._wanted
        if wanted.hides_settled and item.status in _SETTLED:
            return False
        if wanted.hides_unreadable and (item.locked or item.is_in_preparation):
            return False
        if (wanted.path and item.path != wanted.path) or 0 < wanted.most_minutes < item.minutes:
            return False
        return not self._words or self._has_words(item)

    def _has_words(self, item: RoadmapItem) -> bool:
        mission = self._curriculum.mission_by_skill[item.skill]
        program = self._curriculum.program_of(item.skill)
        text = fold(f"{item.lesson} {item.title} {mission.title} {program.title}")
        return all(word in text for word in self._words)
