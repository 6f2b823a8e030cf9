"""Content packs that were added to a home: the one added last is in use, and taking it away brings back the one before.

Once an update of the program brings a newer pack than that, the program's own is in use.

Each added pack is a file of its own with a running number, so that nothing an open program reads is ever touched.
"""

import logging
import re
import shutil
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from dijipilot import disk
from dijipilot.content.freshness import Shipped
from dijipilot.content.pack import Pack, check_pack, open_pack
from dijipilot.content.pack_file import Manifest, open_pack_file
from dijipilot.domain.ids import PackId
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged, UsageProblem
from dijipilot.messages import message

KEPT = 3
"""So many added packs are kept, for going back."""

_log = logging.getLogger(__name__)

_NAME = re.compile(r"(\d{6})-[0-9a-z]+\.djpack")
_ID_LETTERS = 16
_UNFINISHED = ".part"
_MEGABYTE = 1_000_000
_SPARE_BYTES = 10 * _MEGABYTE
"""Stays free beside a new pack: the learner's own records need room too."""


class PackSummary(Struct, frozen=True):
    """What a pack says of itself. id: of its content; pack_id: of this very pack; sealed: lessons that need a key."""

    path: Path
    id: PackId
    pack_id: str
    serial: int
    built: date
    title: str
    edition: str
    lessons: int
    ready: int
    sealed: int


def open_pack_in_use(folder: Path, shipped: Shipped) -> Pack:
    """Open the pack in use; where an added one cannot be read, the newest before it that can.

    Raises what open_pack raises for the pack that belongs to the program.
    """
    for path in reversed(added_packs(folder)):
        try:
            added = open_pack(path, shipped.trusted)
        except (BadInput, PackDamaged) as error:
            # Nobody is to lose access to what they learn by a bad copy; `pack list` names it too.
            _log.warning("%s", error)
            continue
        if not _brings_newer(shipped, added.manifest):
            return added
        added.close()
        break
    return open_pack(shipped.pack, shipped.trusted)


def _brings_newer(shipped: Shipped, added: Manifest) -> bool:
    """Tell whether the program's own pack is newer than an added one; where it is damaged, it is not."""
    try:
        with closing(open_pack_file(shipped.pack, shipped.trusted.pack)) as own:
            return (own.manifest.serial, own.manifest.keyring_serial) > (added.serial, added.keyring_serial)
    except (BadInput, PackDamaged):
        return False


def added_packs(folder: Path) -> tuple[Path, ...]:
    """Return the packs that were added, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name)))


def summarize_pack(path: Path, shipped: Shipped) -> PackSummary:
    """Check all of a pack and return what it says of itself. Raises BadInput, PackDamaged."""
    check_pack(path, shipped.trusted)
    with open_pack(path, shipped.trusted) as pack:
        return summary_of(pack)


def summary_of(pack: Pack) -> PackSummary:
    """Return what an open pack says of itself."""
    lessons = pack.curriculum.lessons
    return PackSummary(
        path=pack.path,
        id=pack.id,
        pack_id=pack.manifest.pack_id.hex(),
        serial=pack.manifest.serial,
        built=pack.manifest.built,
        title=pack.title,
        edition=pack.edition,
        lessons=len(lessons),
        ready=sum(lesson.is_ready for lesson in lessons),
        sealed=len(pack.sealed_skills()),
    )


def add_pack(folder: Path, file: Path, shipped: Shipped) -> PackSummary:
    """Copy a pack to the folder, check the copy and use it from the next start on.

    Raises BadInput, PackDamaged, CouldNotSave, UsageProblem when it is in use already or older than that; then all is
    as before.
    """
    with open_pack_in_use(folder, shipped) as present, open_pack(file, shipped.trusted) as new:
        check_may_follow(present, new, shipped)
        name = new.manifest.pack_id.hex()[:_ID_LETTERS]
    added = added_packs(folder)
    number = int(added[-1].name[:6]) + 1 if added else 1
    target = folder / f"{number:06}-{name}.djpack"
    unfinished = target.with_name(target.name + _UNFINISHED)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(folder)
        _check_room(folder, file.stat().st_size)
        disk.copy_file(file, unfinished)
        # The copy, not the file: what counts is what lies here from now on.
        check_pack(unfinished, shipped.trusted)
        disk.replace_file(unfinished, target)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(target), cause=error.strerror or "")) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    for old in added[: max(0, len(added) + 1 - KEPT)]:
        # Another window may still read it; the next adding tries again.
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return summarize_pack(target, shipped)


def check_may_follow(present: Pack, new: Pack, shipped: Shipped) -> None:
    """Raise UsageProblem where a pack is the one in use, or older: what was withdrawn would come back with it.

    Where the one in use has become damaged, it may be added once more.
    """
    own, other = present.manifest, new.manifest
    # All that was signed, not the id alone: the same content may come with another keyring, or signed with another key.
    if own == other and _is_whole(present.path, shipped):
        raise UsageProblem(message("pack.in_use_already", path=str(new.path)))
    if other.serial < own.serial or other.keyring_serial < own.keyring_serial:
        raise UsageProblem(
            message(
                "pack.older",
                path=str(new.path),
                built=other.built.isoformat(),
                serial=other.serial,
                keyring=other.keyring_serial,
                serial_in_use=own.serial,
                keyring_in_use=own.keyring_serial,
            )
        )


def _is_whole(path: Path, shipped: Shipped) -> bool:
    try:
        check_pack(path, shipped.trusted)
    except (BadInput, PackDamaged):
        return False
    return True


def _check_room(folder: Path, size: int) -> None:
    """Raise CouldNotSave where a file would fill the disk, before a long copy finds out. size: in bytes."""
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE_BYTES:
        needed = -(-(size + _SPARE_BYTES) // _MEGABYTE)
        raise CouldNotSave(message("pack.no_room", needed=needed, free=free // _MEGABYTE, folder=str(folder)))


def _clear_unfinished(folder: Path) -> None:
    """Remove what was left behind where the program was ended in the middle. The caller holds the lock of the home."""
    for path in folder.glob(f"*{_UNFINISHED}"):
        with suppress(OSError):
            path.unlink()


def roll_back(folder: Path, shipped: Shipped) -> PackSummary:
    """Take away the pack added last; return the one in use from the next start on.

    Raises UsageProblem when none was added, CouldNotSave.
    """
    added = added_packs(folder)
    if not added:
        raise UsageProblem(message("pack.none_added"))
    try:
        added[-1].unlink()
        disk.flush_folder(folder)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(added[-1]), cause=error.strerror or "")) from error
    with open_pack_in_use(folder, shipped) as present:
        return summary_of(present)
