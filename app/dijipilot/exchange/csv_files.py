"""Tables for a spreadsheet: the gap analysis and the roadmap as CSV; no cell of ours is run as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from dijipilot.domain.gap_changes import GapChanges
from dijipilot.domain.gaps import GapAnalysis, SkillGap
from dijipilot.domain.roadmap import Roadmap
from dijipilot.errors import CouldNotSave
from dijipilot.messages import message

Cell = str | int | float | bool | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

GAP_COLUMNS = (
    *("stage", "program", "mission", "lesson", "title", "skill", "state", "locked"),
    *("minutes", "value", "probability", "difficulty", "path"),
)
CHANGE_COLUMNS = ("change", "state_before")
ROADMAP_COLUMNS = (
    *("position", "lesson", "title", "skill", "status", "minutes", "locked", "ready", "in_preparation"),
    *("mission", "program", "path", "difficulty", "why"),
)


def gap_columns(changes: GapChanges | None = None) -> tuple[str, ...]:
    """Return the columns of gap_rows: GAP_COLUMNS, and with a comparison what changed and from what."""
    return (*GAP_COLUMNS, *CHANGE_COLUMNS) if changes is not None else GAP_COLUMNS


def gap_rows(analysis: GapAnalysis, changes: GapChanges | None = None) -> Iterable[Sequence[Cell]]:
    """Yield one row a skill, in order of lesson number; columns as in gap_columns."""
    for stage in analysis.stages:
        for program in stage.programs:
            for mission in program.missions:
                for gap in mission.skills:
                    probability = None if gap.probability is None else round(gap.probability, 3)
                    yield (
                        *(stage.number, program.number, mission.number, gap.lesson, gap.title, gap.skill),
                        *(gap.state.value, gap.locked, gap.minutes, gap.value, probability),
                        *(mission.difficulty, mission.path),
                        *_change_cells(gap, changes),
                    )


def _change_cells(gap: SkillGap, changes: GapChanges | None) -> tuple[Cell, ...]:
    if changes is None:
        return ()
    before = changes.before_by_skill.get(gap.skill)
    return changes.of(gap.skill).value, before.value if before else None


def roadmap_rows(roadmap: Roadmap) -> Iterable[Sequence[Cell]]:
    """Yield one row a lesson, in study order; columns as in ROADMAP_COLUMNS."""
    for item in roadmap.items:
        yield (
            *(item.position, item.lesson, item.title, item.skill, item.status.value, item.minutes),
            *(item.locked, item.ready, item.is_in_preparation, item.mission, item.program, item.path),
            *(item.difficulty, "; ".join(why.english() for why in item.why)),
        )


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the table as CSV text with CRLF line ends (RFC 4180).

    Numbers are written as numbers, truth as yes or no, None as an empty cell.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_as_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def write_csv(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]], with_bom: bool = True) -> None:
    """Write the table to a file. Raises CouldNotSave.

    with_bom: begin with the mark by which Excel recognizes UTF-8; other programs do without.
    """
    try:
        file.write_bytes(to_csv(columns, rows).encode("utf-8-sig" if with_bom else "utf-8"))
    except OSError as error:
        raise CouldNotSave(message("export.could_not_write", file=str(file), cause=error.strerror or "")) from error


def _as_cell(cell: Cell) -> str | int | float:
    """Return what is written: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    return cell
