"""A page whose content fills the window: tables and drawings want room; where it is too small the page scrolls."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dijipilot.ui.pages.page import MARGIN, Page, PageContext, page_scroll_area

WIDEST = 1680


class WidePage(Page):
    """Add to `column`; the heading is there already. What is given a stretch there takes the height that is left."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.scroll_area = page_scroll_area(self)
        body = QWidget(self.scroll_area)
        body.setProperty("role", "column")
        self.content = QWidget(body)
        self.content.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading)
        around = QVBoxLayout(body)
        around.setContentsMargins(MARGIN, 20, MARGIN, 24)
        around.addWidget(self.content, 1)
        self.scroll_area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.scroll_area)

    def prepare(self) -> None:
        """Refresh where needed, and have the height reckoned anew as the page comes up, as a ScrollPage does."""
        super().prepare()
        self.content.updateGeometry()
