"""The window is painted before anything heavy is loaded."""

import os
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "app"
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "numpy", "yaml", "dijipilot.storage", "dijipilot.bootstrap")


def test_the_shell_of_the_window_loads_nothing_heavy() -> None:
    code = "import sys, dijipilot.ui.application; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(SOURCES)}, capture_output=True, text=True, check=True
    ).stdout.split()

    assert "dijipilot.ui.main_window" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_real_window_opens_its_academy_and_closes(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from dijipilot import window as opening
from dijipilot.paths import UserPaths
from dijipilot.ui.main_window import MainWindow

def look():
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    if window.pages.target():
        print("shows", window.pages.target())
        window.close()
    else:
        QTimer.singleShot(20, look)

show = MainWindow.show
def show_and_look(self):
    show(self)
    QTimer.singleShot(0, look)
MainWindow.show = show_and_look
sys.exit(opening.open_window(UserPaths(Path({str(tmp_path / "home")!r})), "Ada"))
"""

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCES), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (0, "shows home", "")
    assert "Traceback" not in (tmp_path / "home" / "logs" / "dijipilot.log").read_text(encoding="utf-8")
