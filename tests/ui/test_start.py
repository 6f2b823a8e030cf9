"""The window is painted before anything heavy is loaded."""

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
