"""Opens the window, painted as it was left, before the parts that bootstrap.py puts together are in memory."""

from typing import TYPE_CHECKING

from dijipilot.paths import UserPaths
from dijipilot.ui.application import run_window

if TYPE_CHECKING:
    from pathlib import Path

    from dijipilot.bootstrap import Academy


def open_window(paths: UserPaths, profile_name: str | None = None, license_file: "Path | None" = None) -> int:
    """Show the window until it is closed; return the exit code.

    profile_name: whose data, made when new. license_file: one to activate.
    """

    def open_for_window() -> "Academy":
        # Imported here: this runs once the window is painted.
        from dijipilot.bootstrap import open_academy

        academy = open_academy(paths, for_writing=True)
        try:
            if profile_name is not None:
                academy.profiles.choose(profile_name)
        except BaseException:
            academy.close()
            raise
        return academy

    return run_window(paths, open_for_window, profile_name, license_file)
