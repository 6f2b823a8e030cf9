"""Trees and tables that behave alike everywhere: whole rows, one tab stop, columns that keep their text readable."""

from collections.abc import Mapping

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget


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


def size_columns(view: QTreeView, stretched: int, characters_by_column: Mapping[int, int]) -> None:
    """Give each column room for so many characters, at the present text size, and the rest to one of them."""
    header = view.header()
    header.setStretchLastSection(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setMinimumSectionSize(40)
    for column, characters in characters_by_column.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        view.setColumnWidth(column, view.fontMetrics().averageCharWidth() * characters + 18)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


def hide_where_narrow(view: QTreeView, room_by_column: Mapping[int, int]) -> None:
    """Leave out each column while the view is narrower than so many characters."""
    characters = view.width() / view.fontMetrics().averageCharWidth()
    for column, room in room_by_column.items():
        view.setColumnHidden(column, characters < room)
