"""Keeps the pack of a source checkout up to date: compiled at the first start, and again when sources changed."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dijipilot.errors import BadInput, PackDamaged
from dijipilot.messages import message
from dijipilot.paths import bundled_pack, checkout_build_folder, curriculum_sources

_PACKAGE = Path(__file__).resolve().parent.parent
_MARKS = "sources.json"
_KEPT_PACKS = 3


def pack_for_checkout(sources: Path, build_folder: Path) -> Path:
    """Return a pack of the sources as they are now, compiling them when that has not been done yet.

    Each content has a file of its own, so a pack that another window has open is never touched, and two processes that
    start at once at worst compile the same bytes twice. Raises BadInput, with one line a problem, when the sources
    cannot be compiled, CouldNotSave when the folder takes no file.
    """
    files = _inputs(sources)
    glance = _glance(files)
    known = _read_marks(build_folder / _MARKS)
    pack = _pack_path(build_folder, known.get("content", ""))
    if known.get("glance") == glance and pack.is_file():
        return pack
    content = _content_hash(sources, files)
    pack = _pack_path(build_folder, content)
    if not pack.is_file():
        _compile(sources, pack)
    # Imported here, and in _compile: a start with nothing to compile does without the author's side.
    from dijipilot.content.compiler import write_body

    write_body(json.dumps({"glance": glance, "content": content}).encode(), build_folder / _MARKS)
    _thin_out(build_folder, pack)
    return pack


def shipped_pack() -> Path:
    """Return the pack that belongs to this program: ready-made in wheel and bundle, compiled in a checkout.

    Raises what pack_for_checkout raises, and PackDamaged when there is neither a pack nor a curriculum.
    """
    ready_made = bundled_pack()
    if ready_made:
        return ready_made
    sources = curriculum_sources()
    if sources is None:
        raise PackDamaged(message("pack.not_shipped"))
    return pack_for_checkout(sources, checkout_build_folder())


def _compile(sources: Path, pack: Path) -> None:
    from dijipilot.content.compiler import compile_body, write_body
    from dijipilot.content.loader import assemble, load_sources
    from dijipilot.content.validation import structural_problems

    loaded = load_sources(sources)
    problems = structural_problems(loaded)
    if problems:
        lines = "\n".join(str(problem) for problem in problems)
        raise BadInput(message("curriculum.problems", count=len(problems), lines=lines))
    write_body(compile_body(assemble(loaded)), pack)


def _inputs(sources: Path) -> list[Path]:
    """Return what a pack depends on: the curriculum's files and our own code that reads and compiles them."""
    code = [*(_PACKAGE / "content").glob("*.py"), *(_PACKAGE / "domain").rglob("*.py")]
    written = [path for path in sources.rglob("*") if path.suffix.lower() in {".yaml", ".yml"} and path.is_file()]
    return sorted({*code, *written})


def _glance(files: Iterable[Path]) -> str:
    """Return a hash of names, sizes and times: enough to see in a moment that nothing has changed."""
    digest = hashlib.sha256()
    for path in files:
        stat = path.stat()
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content_hash(sources: Path, files: Iterable[Path]) -> str:
    """Return a hash of names and bytes."""
    digest = hashlib.sha256()
    for path in files:
        name = path.relative_to(sources if path.is_relative_to(sources) else _PACKAGE).as_posix()
        raw = path.read_bytes()
        digest.update(f"{name}\0{len(raw)}\0".encode("utf-8", "surrogateescape") + raw)
    return digest.hexdigest()


def _pack_path(build_folder: Path, content: str) -> Path:
    return build_folder / f"academy-{content[:16]}.djbody"


def _read_marks(path: Path) -> dict[str, str]:
    """Return what was noted at the last compilation; nothing when that cannot be read."""
    try:
        marks = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in marks.items()} if isinstance(marks, dict) else {}


def _thin_out(build_folder: Path, current: Path) -> None:
    """Delete older packs but the newest few: another process may be about to open the one it has just been given."""
    packs = [path for path in build_folder.glob("academy-*.djbody") if path != current]
    with suppress(OSError):
        packs.sort(key=os.path.getmtime, reverse=True)
    for path in packs[_KEPT_PACKS - 1 :]:
        with suppress(OSError):
            path.unlink()
