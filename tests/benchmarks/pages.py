"""Time of a change of page, of text size and of a letter typed into the search, and memory; medians of real windows.

Each process is the app by its own entry point, offscreen without a display, over the home of a simulated learner with a
finished assessment; what is timed and when is told in _watched_window.py. The first opening of a page also imports it.
Memory is compared with an empty PySide6 window's and with what each large library takes in a process that has no other.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dijipilot.bootstrap import open_academy
from dijipilot.paths import UserPaths
from tests.benchmarks.start_up import prepare

PROCESSES = 3
SLOWEST_SHOWN = 5
MORE_MINUTES = 2.0

EMPTY_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow(); window.resize(1280, 800); window.show(); window.repaint()
"""

LIBRARIES = {
    "Python alone": "",
    "msgspec": "import msgspec",
    "PySide6.QtWidgets": "import PySide6.QtWidgets",
    "empty PySide6 window": EMPTY_WINDOW,
    "SQLModel with SQLAlchemy": "import sqlmodel",
    "numpy": "import numpy",
}

TELL_MEMORY = """
from pathlib import Path
fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
print(*(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon", "RssFile", "VmHWM")))
"""

Finding = dict[str, Any]


def start(*words: str) -> str:
    """Run a Python process on the platform in use; return what it printed."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    return subprocess.run(
        [sys.executable, *words], stdout=subprocess.PIPE, text=True, env=environment, check=True
    ).stdout


def look_once(home: Path) -> None:
    """Have computed what a learner has seen by the next start: what follows from the assessment."""
    academy = open_academy(UserPaths(home), for_writing=True)
    profile = academy.profiles.choose("Learner").id
    academy.plan.roadmap(profile)
    academy.assess.forecast_more(profile, MORE_MINUTES)
    academy.close()


def watch(home: Path) -> list[Finding]:
    """Return what one window found out, over a copy of a home."""
    with tempfile.TemporaryDirectory() as folder:
        own = shutil.copytree(home, Path(folder) / "home")
        return [json.loads(line) for line in start("-m", "tests.benchmarks._watched_window", str(own)).splitlines()]


def of_kind(findings: Iterable[Finding], kind: str) -> list[Finding]:
    """Return the findings of one kind."""
    return [finding for finding in findings if finding["kind"] == kind]


def middle(findings: Sequence[Finding], name: str) -> float:
    """Return the median of one figure."""
    return statistics.median(float(finding[name]) for finding in findings)


def print_pages(findings: Sequence[Finding]) -> None:
    """Print the medians of each page, of its first opening and of all later ones."""
    print("page change, ms from go_to: painted / at rest, first opening; painted / at rest, later ones")
    for place in dict.fromkeys(finding["place"] for finding in findings):
        of_place = [finding for finding in findings if finding["place"] == place]
        split = [[each for each in of_place if each["is_first"] is is_first] for is_first in (True, False)]
        first, later = (f"{middle(each, 'painted'):7.1f} /{middle(each, 'at_rest'):7.1f}" for each in split)
        print(f"  {place:34}{first}   {later}")
    repeated = [finding for finding in findings if not finding["is_first"]]
    print(f"  all pages, later openings ({len(repeated)}): median {middle(repeated, 'painted'):.1f} ms")


def print_looks(findings: Sequence[Finding]) -> None:
    """Print the medians of a change of text size on some pages."""
    print("change of text size, ms: painted / at rest, with all pages open; painted / at rest, once more")
    for place in dict.fromkeys(finding["place"] for finding in findings):
        split = [
            [each for each in findings if (each["place"], each["has_all"]) == (place, has)] for has in (True, False)
        ]
        first, again = (f"{middle(each, 'painted'):7.1f} /{middle(each, 'at_rest'):7.1f}" for each in split)
        print(f"  {place:34}{first}   {again}")


def print_search(findings: Sequence[Finding]) -> None:
    """Print the medians of a letter, and what was slowest."""
    ordered = sorted(finding["at_rest"] for finding in findings)
    print(
        f"search, a letter typed to its results painted ({len(ordered)}): median {statistics.median(ordered):.1f} ms, "
        f"95th percentile {ordered[int(0.95 * len(ordered))]:.1f} ms, longest {ordered[-1]:.1f} ms"
    )
    by_words: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_words[finding["typed"]].append(finding)
    slowest = sorted(by_words, key=lambda words: -middle(by_words[words], "at_rest"))[:SLOWEST_SHOWN]
    print("  slowest:", ", ".join(f"“{words}” {middle(by_words[words], 'at_rest'):.1f} ms" for words in slowest))


def print_memory(findings: Sequence[Finding]) -> None:
    """Print the memory at each moment, and that of libraries alone."""
    if "rss" not in findings[0]:
        print("memory: this system does not tell")
        return
    print("memory, MB: in memory (own + of files), most so far; the last is what many programs share")
    empty = 0.0
    for name, code in LIBRARIES.items():
        rss, own, files, peak = map(float, start("-c", code + TELL_MEMORY).split())
        empty = rss if name.startswith("empty") else empty
        print(f"  {name:34}{rss:6.0f} ({own:4.0f} +{files:4.0f}), {peak:4.0f}")
    loaded: set[str] = set()
    for when in dict.fromkeys(finding["when"] for finding in findings):
        those = [finding for finding in findings if finding["when"] == when]
        rss, own, files, peak = (middle(those, name) for name in ("rss", "own", "files", "peak"))
        new, loaded = sorted(set(those[0]["loaded"]) - loaded), set(those[0]["loaded"])
        print(
            f"  {when:34}{rss:6.0f} ({own:4.0f} +{files:4.0f}), {peak:4.0f}: {rss / empty:.2f} times the empty window; "
            f"{those[0]['widgets']} widgets" + (f"; loaded since: {', '.join(new)}" if new else "")
        )


def main() -> None:
    """Print all of it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home)
        look_once(home)
        watch(home)  # Compiles what is not compiled yet.
        findings = [finding for _ in range(PROCESSES) for finding in watch(home)]
    print_pages(of_kind(findings, "page"))
    print_looks(of_kind(findings, "look"))
    print_search(of_kind(findings, "key"))
    print_memory(of_kind(findings, "memory"))


if __name__ == "__main__":
    main()
