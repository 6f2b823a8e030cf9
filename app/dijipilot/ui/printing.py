"""Turns reports into PDF or onto paper; always on light ground, with page numbers, PDF also without a printer."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from dijipilot.errors import CouldNotSave
from dijipilot.messages import message
from dijipilot.ui.report_html import Report
from dijipilot.ui.theme import FONT_FAMILY

_BODY_POINTS = 9.0
_DOTS_PER_INCH = 300
_LETTER_COUNTRIES = (QLocale.Country.UnitedStates, QLocale.Country.Canada)


def write_pdf(file: Path, report: Report) -> None:
    """Write a report to a file. Raises CouldNotSave.

    Takes a few tenths of a second, on the UI thread: Qt's text documents start timers, for which the threads of a pool
    have nothing to run them.
    """
    written = pdf_bytes(report)
    try:
        file.write_bytes(written)
    except OSError as error:
        raise CouldNotSave(message("export.could_not_write", file=str(file), cause=error.strerror or "")) from error


def pdf_bytes(report: Report) -> bytes:
    """Return a report as PDF. Needs a QGuiApplication, for its fonts."""
    target = QByteArray()
    buffer = QBuffer(target)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("DijiPilot Academy")
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(_page_size()))
    # A text document keeps 2 cm of its own, with the page number in them.
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    _document(report.html, report.pictures).print_(writer)
    # The writer finishes the file when it goes, so it goes before the bytes are taken.
    del writer
    buffer.close()
    return bytes(target.data())


def show_preview(report: Report, parent: QWidget) -> QPrintPreviewDialog:
    """Show how a report looks on paper, over a window; the learner prints from there, or closes it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(report.title)
    printer.setPageSize(QPageSize(_page_size()))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setObjectName("printPreviewDialog")
    dialog.setWindowTitle(report.title)
    # The dialog uses the printer for as long as it is open, and Python would drop it at the end of this function.
    document = _document(report.html, report.pictures)
    dialog.paintRequested.connect(document.print_)
    dialog.finished.connect(dialog.deleteLater)
    dialog.destroyed.connect(partial(_drop, printer, document))
    dialog.resize(parent.size() * 0.9)
    dialog.open()
    return dialog


def _drop(*_: object) -> None:
    """Hold what a dialog needs until it is gone."""


def _document(html: str, pictures: Mapping[str, QImage]) -> QTextDocument:
    document = QTextDocument()
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(_BODY_POINTS)
    document.setDefaultFont(font)
    for name, picture in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
    document.setHtml(html)
    return document


def _page_size() -> QPageSize.PageSizeId:
    uses_letter = QLocale().territory() in _LETTER_COUNTRIES
    return QPageSize.PageSizeId.Letter if uses_letter else QPageSize.PageSizeId.A4
