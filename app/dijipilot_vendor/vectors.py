"""Writes the known answers of all formulas as files, against which any implementation can be held.

Form of the files: packaging/LICENSE-FORMAT.md, section 11.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dijipilot.errors import CouldNotSave
from dijipilot.messages import message
from dijipilot_vendor.known_answers.clocks import clock_vectors
from dijipilot_vendor.known_answers.codes import code_vectors, key_vectors
from dijipilot_vendor.known_answers.files import file_vectors
from dijipilot_vendor.known_answers.json_texts import json_vectors
from dijipilot_vendor.known_answers.packs import pack_vectors
from dijipilot_vendor.known_answers.primitives import primitive_vectors
from dijipilot_vendor.known_answers.records import record_vectors
from dijipilot_vendor.known_answers.texts import text_vectors
from dijipilot_vendor.known_answers.vector import Vector, plain

FILES: Mapping[str, Callable[[], Iterator[Vector]]] = {
    "1-primitives": primitive_vectors,
    "1-strict-json": json_vectors,
    "2-codes": code_vectors,
    "3-keys": key_vectors,
    "4-records": record_vectors,
    "5-license-files": file_vectors,
    "6-packs": pack_vectors,
    "7-sealed-texts": text_vectors,
    "9-clocks": clock_vectors,
}
"""Names of the files, by the section that they are about."""


def export(folder: Path) -> int:
    """Write the files, the same bytes each time; return how many answers they hold. Raises CouldNotSave."""
    count = 0
    for name, vectors in FILES.items():
        made = [
            {"name": each.name, "does": each.does, "given": plain(each.given), "gives": plain(each.gives)}
            for each in vectors()
        ]
        count += len(made)
        _write(folder / f"{name}.json", json.dumps(made, ensure_ascii=True, indent=1) + "\n")
    return count


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="ascii", newline="\n")
    except OSError as error:
        cause = error.strerror or str(error)
        raise CouldNotSave(message("license.file_unwritable", file=str(file), cause=cause)) from error
