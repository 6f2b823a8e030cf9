"""A lesson for paper: the whole text, with boxes as ticked so far, the learner's note and room for answers."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from msgspec import Struct
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextDocument

from dijipilot.domain.curriculum import Lesson, Mission
from dijipilot.domain.freshness import Freshness
from dijipilot.domain.lesson_text import LessonText, Section, SectionKind
from dijipilot.domain.progress import LessonProgress
from dijipilot.ui.dates import date_text
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.report_html import Report
from dijipilot.ui.widgets.lesson_stamp import stamp_text

_STYLE = (
    "<style>h1{font-size:19pt;margin-bottom:4px} h2{font-size:12pt;margin-top:18px;margin-bottom:5px} "
    "p{margin-top:4px;margin-bottom:4px} .muted{color:#525d6e} td{padding:4px 5px}</style>"
)


class PaperLesson(Struct, frozen=True):
    """What goes onto paper. note: the learner's own, "" for none."""

    lesson: Lesson
    mission: Mission
    text: LessonText
    progress: LessonProgress
    note: str
    freshness: Freshness | None


def lesson_report(paper: PaperLesson, learner: str, now: datetime) -> Report:
    """Return the lesson as a report."""
    lesson = paper.lesson
    about = "  ·  ".join((lesson.number, paper.mission.title, minutes_text(lesson.minutes), learner, date_text(now)))
    parts = [
        f"<h1>{escape(lesson.title)}</h1>",
        f"<p class='muted'>{escape(about)}</p>",
        f"<p><b>{escape(lesson.can_do)}</b></p>",
    ]
    for section in paper.text.sections:
        parts.append(f"<h2>{escape(section.title)}</h2>")
        parts.append(_steps(paper) if section.kind is SectionKind.STEPS else _section(section))
    parts.extend(_checklist(paper))
    parts.extend(_check(paper.text))
    if paper.note:
        written = escape(paper.note).replace("\n", "<br>")
        parts.append(f"<h2>{escape(_words('My note'))}</h2><p>{written}</p>")
    return Report(lesson.title, f"<html><head>{_STYLE}</head><body>{''.join(parts)}</body></html>")


def _words(text: str) -> str:
    return QCoreApplication.translate("reports", text)


def _section(section: Section) -> str:
    return _html_of(section.markdown)


def _steps(paper: PaperLesson) -> str:
    ticked = paper.progress.ticked_steps
    rows = [
        (step.id in ticked, f"{number}", _html_of(step.markdown))
        for number, step in enumerate(paper.text.steps, start=1)
    ]
    stamp = f"<p class='muted'>{escape(stamp_text(paper.freshness))}</p>" if paper.freshness else ""
    return _boxes(rows) + stamp


def _checklist(paper: PaperLesson) -> Iterable[str]:
    if paper.text.checklist:
        yield f"<h2>{escape(_words('Done when all of this is true'))}</h2>"
        yield _boxes((each.id in paper.progress.ticked_boxes, "", escape(each.text)) for each in paper.text.checklist)


def _check(text: LessonText) -> Iterable[str]:
    """Yield the questions without their answers: on paper, too, one answers first."""
    if text.check:
        yield f"<h2>{escape(_words('Check what you know'))}</h2>"
    for number, question in enumerate(text.check, start=1):
        yield f"<p><b>{number}.&nbsp; {escape(question.prompt)}</b></p>"
        yield _boxes((False, "", escape(option.text)) for option in question.options)


def _boxes(rows: Iterable[tuple[bool, str, str]]) -> str:
    body = "".join(
        f"<tr><td width='4%'>{'☑' if is_ticked else '☐'}</td><td width='4%'><b>{number}</b></td><td>{html}</td></tr>"
        if number
        else f"<tr><td width='4%'>{'☑' if is_ticked else '☐'}</td><td>{html}</td></tr>"
        for is_ticked, number, html in rows
    )
    return f"<table width='100%' cellspacing='0'>{body}</table>"


def _html_of(markdown: str) -> str:
    """Return Markdown as the HTML that stands in the body of a page."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toHtml().partition("<body")[2].partition(">")[2].rpartition("</body>")[0]
