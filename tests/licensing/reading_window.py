"""The real window of somebody who reads lessons that a license opened, in a process of its own.

    python -m tests.licensing.reading_window HOME SEED END ACT...

SEED decides which lesson "read" opens. Each act is told when it is begun. END: "close" as at the end of a day, "crash"
as when the interpreter itself fails, or "stay" until somebody kills the process. An act that fails ends it
before, with the word "failed".
"""

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QTimer

from dijipilot.cli.main import main
from dijipilot.ui import application
from dijipilot.ui.main_window import MainWindow
from tests.ui.reader import Reader

CLOSE, CRASH, STAY = "close", "crash", "stay"
FAILED = "failed"
CARRY_AWAY = "carry_away"


class ReadingWindow(MainWindow):
    """Reads as soon as there is somebody to show things to."""

    seed, end, folder = 0, CLOSE, Path()
    acts: Sequence[str] = ()
    _work: Iterator[None] | None = None

    def use_profile(self, profile: Any, target: str = "") -> None:
        """Begin."""
        super().use_profile(profile, target)
        if self._work is None:
            self._work = self._do_all()
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        assert self._work is not None
        try:
            is_over = next(self._work, self) is self
        except BaseException:
            # Otherwise the app would show what happened, and wait.
            traceback.print_exc()
            print(FAILED, flush=True)
            os._exit(1)
        if not is_over:
            QTimer.singleShot(0, self, self._go_on)

    def _do_all(self) -> Iterator[None]:
        """Do one act after the other, and end."""
        reader = Reader(self, Random(self.seed))
        for name in self.acts:
            print(name, flush=True)
            if name == CARRY_AWAY:
                reader.carry_away(self.folder)
            else:
                reader.act(name)
            yield
        print(self.end, flush=True)
        if self.end == CLOSE:
            self.close()
        elif self.end == CRASH:
            # What the system itself makes of a crash, with all memory in it, is not ours.
            with suppress(ImportError):
                import resource

                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.abort()


def read(home: str, seed: str, end: str, *acts: str) -> int:
    """Start the app over a home; what is given away goes into the folder around it."""
    ReadingWindow.seed, ReadingWindow.acts, ReadingWindow.end = int(seed), acts, end
    ReadingWindow.folder = Path(home).parent
    setattr(application, "MainWindow", ReadingWindow)  # noqa: B010  # the type checker knows no such exchange
    return main(["--home", home])


if __name__ == "__main__":
    sys.exit(read(*sys.argv[1:]))
