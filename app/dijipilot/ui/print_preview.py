"""Shows a report as it comes out on paper, in a window of its own that prints it; always on light ground."""

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from dijipilot.ui.printing import document_of, page_size
from dijipilot.ui.report_html import Report

_SIZE = (920, 760)


class PrintPreview(QPrintPreviewDialog):
    """Deleted when it is closed; open it with open()."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(report.title)
        printer.setPageSize(QPageSize(page_size()))
        # The document keeps its own distance from the edges.
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        super().__init__(printer, parent)
        self._printer = printer
        self._document = document_of(report)
        self.setObjectName("printPreview")
        self.setWindowTitle(report.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paintRequested.connect(self._on_paint_requested)
        self.resize(*_SIZE)

    def _on_paint_requested(self, printer: QPrinter) -> None:
        self._document.print_(printer)
