"""Turns reports into PDF; always on light ground, with page numbers, and without a printer."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QUrl
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

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
    writer.setPageSize(QPageSize(page_size()))
    # A text document keeps 2 cm of its own, with the page number in them.
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document_of(report).print_(writer)
    # The writer finishes the file when it goes, so it goes before the bytes are taken.
    del writer
    buffer.close()
    return bytes(target.data())


def document_of(report: Report) -> QTextDocument:
    """Return a report as a document that can be printed; its pages keep 2 cm around the text."""
    document = QTextDocument()
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(_BODY_POINTS)
    document.setDefaultFont(font)
    for name, picture in report.pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), picture)
    document.setHtml(report.html)
    return document


def page_size() -> QPageSize.PageSizeId:
    """Return the paper that is usual in the learner's country."""
    uses_letter = QLocale().territory() in _LETTER_COUNTRIES
    return QPageSize.PageSizeId.Letter if uses_letter else QPageSize.PageSizeId.A4
