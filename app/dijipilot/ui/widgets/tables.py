"""Trees and tables that behave alike everywhere: whole rows, one tab stop, columns that keep their text readable."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from dijipilot.ui.widgets.wrapping_delegate import TITLES, RowWrapping, WrappingDelegate


def table_view(
    model: QAbstractItemModel,
    object_name: str,
    accessible_name: str,
    parent: QWidget | None = None,
    *,
    has_branches: bool = False,
) -> QTreeView:
    """Return a view of rows; has_branches: of rows within rows."""
    view = QTreeView(parent)
    dress_view(view, model, object_name, accessible_name, has_branches=has_branches)
    return view


def dress_view(
    view: QTreeView, model: QAbstractItemModel, object_name: str, accessible_name: str, *, has_branches: bool = False
) -> None:
    """Have a view of rows behave as all of them do."""
    view.setObjectName(object_name)
    view.setAccessibleName(accessible_name)
    view.setModel(model)
    view.setRootIsDecorated(has_branches)
    view.setItemsExpandable(has_branches)
    view.setUniformRowHeights(True)
    # The ring around the view and the row selected tell where one is; Qt would draw a third thing over the row.
    view.setAllColumnsShowFocus(False)
    view.setAlternatingRowColors(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setTabKeyNavigation(False)
    wrap_rows(view, WrappingDelegate(view))


def wrap_rows(view: QTreeView, delegate: WrappingDelegate, titles: int = 0) -> None:
    """Let the words of a row go on in the next line where the column of the titles has no room for the widest."""
    view.setProperty(TITLES, titles)
    view.setItemDelegate(delegate)
    RowWrapping(view)


def size_columns(view: QTreeView, stretched: int, characters_by_column: Mapping[int, int]) -> None:
    """Give each column room for so many characters, at the present text size, and the rest to one of them."""
    header = view.header()
    header.setStretchLastSection(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setMinimumSectionSize(40)
    for column, characters in characters_by_column.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        wanted = view.fontMetrics().averageCharWidth() * characters + 18
        view.setColumnWidth(column, max(wanted, header.sectionSizeHint(column)))
    view.setProperty(TITLES, stretched)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


def hide_where_narrow(view: QTreeView, room_by_column: Mapping[int, int]) -> None:
    """Leave out each column while the view is narrower than so many characters, from now on."""
    _Narrowing(view, room_by_column)


class _Narrowing(QObject):
    """Follows the size of a view, and that of its text; not that of what holds it, which may be laid out before."""

    def __init__(self, view: QTreeView, room_by_column: Mapping[int, int]) -> None:
        super().__init__(view)
        self._view = view
        self._room_by_column = room_by_column
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose the columns before the view lays itself out."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            characters = self._view.width() / self._view.fontMetrics().averageCharWidth()
            for column, room in self._room_by_column.items():
                self._view.setColumnHidden(column, characters < room)
        return False


def keep_room_for_titles(view: QTreeView, stretched: int, characters: int) -> None:
    """Scroll sideways rather than leave one column less room than so many characters: the others are all numbers."""
    header, least = view.header(), view.fontMetrics().averageCharWidth() * characters
    others = sum(header.sectionSize(each) for each in range(header.count()) if each != stretched)
    is_narrow = view.viewport().width() - others < least
    modes = QHeaderView.ResizeMode
    header.setSectionResizeMode(stretched, modes.Interactive if is_narrow else modes.Stretch)
    if is_narrow:
        header.resizeSection(stretched, least)
