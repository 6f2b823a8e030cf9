"""Content packs that were added to a home: the one added last is in use, and taking it away brings back the one before.

Each added pack is a file of its own with a running number, so that nothing an open program reads is ever touched.
"""

import logging
import re
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from dijipilot.content.freshness import shipped_pack
from dijipilot.content.pack import Pack, open_pack
from dijipilot.domain.ids import PackId
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged, UsageProblem
from dijipilot.messages import message

KEPT = 3
"""So many added packs are kept, for going back."""

_log = logging.getLogger(__name__)

_NAME = re.compile(r"(\d{6})-[0-9a-z]+\.djpack")
_ID_LETTERS = 16


class PackSummary(Struct, frozen=True):
    """What a pack says of itself."""

    path: Path
    id: PackId
    title: str
    edition: str
    lessons: int
    ready: int


def open_pack_in_use(folder: Path) -> Pack:
    """Open the pack in use; where an added one cannot be read, the newest before it that can.

    Raises what shipped_pack and open_pack raise for the pack that belongs to the program.
    """
    for path in reversed(added_packs(folder)):
        try:
            return open_pack(path)
        except (BadInput, PackDamaged) as error:
            # Nobody is to lose access to what they learn by a bad copy; `pack list` names it too.
            _log.warning("%s", error)
    return open_pack(shipped_pack())


def added_packs(folder: Path) -> tuple[Path, ...]:
    """Return the packs that were added, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name)))


def summarize_pack(path: Path) -> PackSummary:
    """Verify a pack and return what it says of itself. Raises BadInput, PackDamaged."""
    with open_pack(path) as pack:
        return _summary(pack)


def _summary(pack: Pack) -> PackSummary:
    lessons = pack.curriculum.lessons
    ready = sum(lesson.is_ready for lesson in lessons)
    return PackSummary(pack.path, pack.id, pack.title, pack.edition, len(lessons), ready)


def add_pack(folder: Path, file: Path) -> PackSummary:
    """Verify a pack, copy it to the folder and use it from the next start on.

    Raises BadInput, PackDamaged, CouldNotSave, UsageProblem when it is in use already; then all is as before.
    """
    new = summarize_pack(file)
    with open_pack_in_use(folder) as present:
        is_in_use = present.id == new.id
    if is_in_use:
        raise UsageProblem(message("pack.in_use_already", path=str(file)))
    added = added_packs(folder)
    number = int(added[-1].name[:6]) + 1 if added else 1
    target = folder / f"{number:06}-{re.sub('[^0-9a-z]', '', new.id.lower())[:_ID_LETTERS]}.djpack"
    unfinished = target.with_name(target.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(file.read_bytes())
        summarize_pack(unfinished)
        unfinished.replace(target)
        for old in added[: max(0, len(added) + 1 - KEPT)]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(target), cause=error.strerror or "")) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return summarize_pack(target)


def roll_back(folder: Path) -> PackSummary:
    """Take away the pack added last; return the one in use from the next start on.

    Raises UsageProblem when none was added, CouldNotSave.
    """
    added = added_packs(folder)
    if not added:
        raise UsageProblem(message("pack.none_added"))
    try:
        added[-1].unlink()
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(added[-1]), cause=error.strerror or "")) from error
    with open_pack_in_use(folder) as present:
        return _summary(present)
