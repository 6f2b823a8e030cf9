"""Keeps the pack of a source checkout up to date: made at the first start, and again when sources changed."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from dijipilot.content.pack_file import ENDING
from dijipilot.domain.signed_text import TrustedKeys, read_trusted_keys
from dijipilot.errors import BadInput, CouldNotSave, PackDamaged
from dijipilot.messages import message
from dijipilot.paths import (
    bundled_pack,
    checkout_build_folder,
    checkout_sources,
    curriculum_sources,
    development_vault,
    trusted_keys_file,
)

_PACKAGE = Path(__file__).resolve().parent.parent
_MARKS = "sources.json"
_KEPT_PACKS = 3
BAD_INPUT = 3


class Shipped(Struct, frozen=True):
    """The pack that belongs to this program, and the publisher's keys that it believes."""

    pack: Path
    trusted: TrustedKeys


def shipped() -> Shipped:
    """Return what belongs to this program: ready-made in wheel and bundle, made when needed in a checkout.

    Raises what pack_for_checkout raises, and PackDamaged where a part of the program is missing.
    """
    pack, sources = bundled_pack(), curriculum_sources()
    if pack is None and sources is not None:
        pack = pack_for_checkout(sources, checkout_build_folder())
    if pack is None:
        raise PackDamaged(message("pack.not_shipped"))
    try:
        return Shipped(pack, read_trusted_keys(trusted_keys_file().read_bytes()))
    except (OSError, ValueError) as error:
        raise PackDamaged(message("pack.not_shipped")) from error


def pack_for_checkout(sources: Path, build_folder: Path) -> Path:
    """Return a pack of the sources as they are now, having it made when that has not been done yet.

    Each content has a file of its own, so a pack that another window has open is never touched, and two processes that
    start at once at worst make the same bytes twice. Raises BadInput, with one line a problem, when the sources
    cannot be compiled, CouldNotSave when the folder takes no file.
    """
    vault = build_folder / development_vault().name
    files = _inputs(sources, vault)
    glance = _glance(files)
    known = _read_marks(build_folder / _MARKS)
    pack = _pack_path(build_folder, known.get("content", ""))
    if known.get("glance") == glance and pack.is_file() and vault.is_dir():
        return pack
    pack = _pack_path(build_folder, _content_hash(sources, vault, files))
    if not pack.is_file() or not vault.is_dir():
        pack = _make(sources, vault, build_folder)
    files = _inputs(sources, vault)
    marks = {"glance": _glance(files), "content": _content_hash(sources, vault, files)}
    # Imported here: a start with nothing to make does without the author's side.
    from dijipilot.content.compiler import write_body

    write_body(json.dumps(marks).encode(), build_folder / _MARKS)
    _thin_out(build_folder, pack)
    return pack


def _make(sources: Path, vault: Path, build_folder: Path) -> Path:
    """Have the publisher's tool make a pack with keys of this checkout: the app itself can only verify."""
    new = build_folder / f".making-{os.getpid()}{ENDING}"
    command = [sys.executable, "-P", "-m", "dijipilot_vendor.develop"]
    options = ["--curriculum", sources, "--vault", vault, "--output", new]
    finished = subprocess.run(
        [*command, *map(str, options)],
        env={**os.environ, "PYTHONPATH": str(checkout_sources())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    told = finished.stderr.decode("utf-8", "replace").strip()
    if finished.returncode == BAD_INPUT:
        raise BadInput(message("curriculum.problems", count=len(told.splitlines()), lines=told))
    if finished.returncode != 0:
        raise CouldNotSave(message("pack.could_not_make", lines=told))
    try:
        pack = _pack_path(build_folder, _content_hash(sources, vault, _inputs(sources, vault)))
        new.replace(pack)
    except OSError as error:
        raise CouldNotSave(message("pack.could_not_write", path=str(new), cause=error.strerror or "")) from error
    return pack


def _inputs(sources: Path, vault: Path) -> list[Path]:
    """Return what a pack depends on: the curriculum, the code that compiles and seals it, and this checkout's keys."""
    code = [
        *(_PACKAGE / "content").glob("*.py"),
        *(_PACKAGE / "domain").rglob("*.py"),
        *(_PACKAGE / "licensing").glob("*.py"),
        *(checkout_sources() / "dijipilot_vendor").glob("*.py"),
        *vault.glob("*.json"),
    ]
    written = [path for path in sources.rglob("*") if path.suffix.lower() in {".yaml", ".yml"} and path.is_file()]
    return sorted({*code, *written})


def _glance(files: Iterable[Path]) -> str:
    """Return a hash of names, sizes and times: enough to see in a moment that nothing has changed."""
    digest = hashlib.sha256()
    for path in files:
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content_hash(sources: Path, vault: Path, files: Iterable[Path]) -> str:
    """Return a hash of names and bytes."""
    digest = hashlib.sha256()
    for path in files:
        root = next(each for each in (sources, vault, checkout_sources()) if path.is_relative_to(each))
        name = path.relative_to(root).as_posix()
        raw = path.read_bytes()
        digest.update(f"{name}\0{len(raw)}\0".encode("utf-8", "surrogateescape") + raw)
    return digest.hexdigest()


def _pack_path(build_folder: Path, content: str) -> Path:
    return build_folder / f"academy-{content[:16]}{ENDING}"


def _read_marks(path: Path) -> dict[str, str]:
    """Return what was noted at the last compilation; nothing when that cannot be read."""
    try:
        marks = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in marks.items()} if isinstance(marks, dict) else {}


def _thin_out(build_folder: Path, current: Path) -> None:
    """Delete older packs but the newest few: another process may be about to open the one it has just been given."""
    packs = [path for path in build_folder.glob(f"academy-*{ENDING}") if path != current]
    with suppress(OSError):
        packs.sort(key=os.path.getmtime, reverse=True)
    for path in packs[_KEPT_PACKS - 1 :]:
        with suppress(OSError):
            path.unlink()
