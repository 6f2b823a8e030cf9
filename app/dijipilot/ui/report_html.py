"""Reports for paper: the gap analysis and the roadmap as HTML of the small kind that Qt prints."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from msgspec import field
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from dijipilot.domain.gap_changes import Change, GapChanges
from dijipilot.domain.gaps import GapAnalysis, SkillGap, StageGap
from dijipilot.domain.lesson_text import SealableText
from dijipilot.domain.roadmap import Roadmap, RoadmapItem, Status
from dijipilot.domain.skill_state import Counts
from dijipilot.ui.dates import date_text
from dijipilot.ui.durations import minutes_text
from dijipilot.ui.gap_words import ShownGaps, change_word, changes_text, headline_text, value_meaning
from dijipilot.ui.message_text import text_of
from dijipilot.ui.roadmap_words import status_word
from dijipilot.ui.theme import FONT_FAMILY, LIGHT
from dijipilot.ui.widgets.gap_map_drawing import paint_map, paint_rank
from dijipilot.ui.widgets.gap_map_layout import lay_out_map
from dijipilot.ui.widgets.gap_map_parts import MapSubject
from dijipilot.ui.widgets.mastery_bar import count_of
from dijipilot.ui.widgets.state_mark import ALL_STATES, locked_word, mark_picture, word_of

_MAP_WIDTH, _MAP_SCALE, _MAP_POINTS = 760, 3, 9.0
_PRINTED_WIDTH = 640
_RANK_SIDE = 48
_GAP_WIDTHS = (10, 52, 15, 14, 9)
_MOVE_WIDTHS = (10, 48, 14, 14, 14)
_ROADMAP_WIDTHS = (4, 5, 43, 12, 10, 26)
_BOX_BY_STATUS = {Status.DONE: "☑", Status.SKIPPED: "–"}
_STYLE = (
    "<style>h1{font-size:18pt;margin-bottom:2pt} h2{font-size:12pt;margin-top:14pt;margin-bottom:3pt} "
    "p{margin:3pt 0} .muted{color:#525d6e} td,th{padding:2pt 5pt} th{text-align:left;color:#525d6e}</style>"
)


class Report(SealableText, frozen=True):
    """What to print. pictures: by the name under which the HTML mentions them."""

    title: str
    html: str
    pictures: Mapping[str, QImage] = field(default_factory=dict)


def _words(text: str) -> str:
    return QCoreApplication.translate("reports", text)


def gap_report(shown: ShownGaps, learner: str, now: datetime) -> Report:
    """Return the gap analysis: the result in words, the map, and a table of every skill that is missing or unsettled.

    With a comparison, every skill that moved is named as well.
    """
    analysis = shown.analysis
    title = _words("Gap analysis")
    when = [_words("as of {date}").format(date=shown.of)] if shown.of else []
    when += [_words("without what is locked")] if shown.hides_locked else []
    headline = escape(headline_text(analysis)).replace("\n", "<br>")
    parts = [_head(title, learner, now, *when), f"<p><b>{headline}</b></p>"]
    parts.append(_totals(analysis.totals))
    if shown.changes is not None:
        parts.append(f"<p>{escape(changes_text(analysis, shown.changes, shown.since))}</p>")
    parts.append(_legend(compares=shown.changes is not None))
    parts.append(f'<p><img src="map" width="{_PRINTED_WIDTH}"></p>')
    if shown.changes is not None:
        parts.append(_moves(analysis, shown.changes))
    parts.extend(_gap_table(stage) for stage in analysis.stages)
    parts.append(f"<p class='muted'>{escape(value_meaning())}</p>")
    pictures = {"map": _map_picture(MapSubject(analysis, shown.changes)), "rank": _rank_picture()} | {
        state.value: mark_picture(state, LIGHT, scale=4.0) for state in ALL_STATES
    }
    return Report(title, _page(parts), pictures)


def _gap_table(stage: StageGap) -> str:
    heading = f"<h2>{escape(stage.number)}&nbsp; {escape(stage.title)}</h2>"
    rows = [
        (skill.lesson, skill.title, _state_words(skill), minutes_text(skill.minutes), f"{skill.value:g}")
        for program in stage.programs
        for mission in program.missions
        for skill in mission.skills
        if skill.state.is_gap
    ]
    columns = (_words("Lesson"), _words("Skill"), _words("State"), _words("To close"), _words("Worth"))
    nothing = f"<p>{escape(_words('Nothing to close here.'))}</p>"
    return heading + (_table(columns, rows, _GAP_WIDTHS) if rows else nothing)


def _state_words(skill: SkillGap) -> str:
    word = word_of(skill.state)
    return f"{word}, {locked_word().lower()}" if skill.locked else word


def _moves(analysis: GapAnalysis, changes: GapChanges) -> str:
    rows = [
        (skill.lesson, skill.title, change_word(changes.of(skill.skill)), word_of(before), word_of(skill.state))
        for skill in analysis.skills
        if (before := changes.before_by_skill.get(skill.skill)) is not None
    ]
    columns = (_words("Lesson"), _words("Skill"), _words("Change"), _words("Before"), _words("Now"))
    nothing = f"<p>{escape(_words('No skill moved.'))}</p>"
    heading = f"<h2>{escape(_words('What changed'))}</h2>"
    return heading + (_table(columns, rows, _MOVE_WIDTHS) if rows else nothing)


def roadmap_report(roadmap: Roadmap, learner: str, now: datetime) -> Report:
    """Return the roadmap as a checklist with empty boxes."""
    title = _words("Roadmap")
    ahead = _words("Ahead: {time}").format(time=minutes_text(roadmap.minutes_ahead))
    parts = [_head(title, learner, now), f"<p>{escape(ahead)}</p>"]
    parts.extend(f"<p class='muted'>{escape(text_of(note))}</p>" for note in roadmap.notes)
    columns = ("", "", _words("Lesson"), _words("Status"), _words("Time"), _words("Why"))
    parts.append(_table(columns, [_roadmap_row(item) for item in roadmap.items], _ROADMAP_WIDTHS))
    return Report(title, _page(parts))


def _roadmap_row(item: RoadmapItem) -> tuple[str, ...]:
    return (
        _BOX_BY_STATUS.get(item.status, "☐"),
        str(item.position),
        f"{item.lesson}  {item.title}",
        status_word(item.status),
        minutes_text(item.minutes),
        text_of(item.why[0]) if item.why else "",
    )


def _head(title: str, learner: str, now: datetime, *more: str) -> str:
    about = ", ".join((_words("{learner}, {date}").format(learner=learner, date=date_text(now)), *more))
    return f"<h1>{escape(title)}</h1><p class='muted'>{escape(about)}</p>"


def _totals(totals: Counts) -> str:
    counts = ", ".join(f"{word_of(state)}: {count_of(totals, state)}" for state in ALL_STATES)
    time = _words("Closing all of it takes {time}.").format(time=minutes_text(totals.minutes))
    return f"<p>{escape(counts)}. {escape(time)}</p>"


def _legend(*, compares: bool) -> str:
    parts = [f'<img src="{state.value}" width="10" height="10">&nbsp;{escape(word_of(state))}' for state in ALL_STATES]
    parts.append(f'<img src="rank" width="11" height="11">&nbsp;{escape(_words("Worth most to close"))}')
    if compares:
        parts.append(f"▲&nbsp;{escape(change_word(Change.ROSE))}")
        parts.append(f"▼&nbsp;{escape(change_word(Change.FELL))}")
    return f"<p>{'&nbsp;&nbsp;&nbsp; '.join(parts)}</p>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], percents: Sequence[int]) -> str:
    """Return a table with a head that is repeated on every page, its columns so many percent wide."""
    head = "".join(
        f'<th width="{percent}%">{escape(column)}</th>' for column, percent in zip(columns, percents, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell).replace('  ', '&nbsp; ')}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<table width="100%" cellspacing="0"><thead><tr>{head}</tr></thead>{body}</table>'


def _page(parts: Iterable[str]) -> str:
    return f"<html><head>{_STYLE}</head><body>{''.join(parts)}</body></html>"


def _map_picture(subject: MapSubject) -> QImage:
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(_MAP_POINTS)
    layout = lay_out_map(subject, _MAP_WIDTH, font)
    height = layout.size.height() + 1
    picture = QImage(_MAP_WIDTH * _MAP_SCALE, height * _MAP_SCALE, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.scale(_MAP_SCALE, _MAP_SCALE)
    painter.setClipRect(QRectF(0, 0, _MAP_WIDTH, height))
    paint_map(painter, layout, LIGHT, font, None)
    painter.end()
    return picture


def _rank_picture() -> QImage:
    picture = QImage(_RANK_SIDE, _RANK_SIDE, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = _RANK_SIDE / 2
    paint_rank(painter, QPointF(middle, middle), _RANK_SIDE * 0.78, 1, LIGHT, QFont(FONT_FAMILY))
    painter.end()
    return picture
