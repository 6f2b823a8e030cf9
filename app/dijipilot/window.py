"""Opens the window with what it showed last, before the parts that bootstrap.py puts together are in memory."""

from typing import TYPE_CHECKING

from dijipilot.paths import UserPaths
from dijipilot.services.first_view import FirstView, read_first_view
from dijipilot.ui.application import run_window

if TYPE_CHECKING:
    from dijipilot.bootstrap import Academy


def open_window(paths: UserPaths, profile_name: str | None = None) -> int:
    """Show the window until it is closed; return the exit code. profile_name: whose data, made when new."""

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

    return run_window(paths, open_for_window, _first_view(paths, profile_name))


def _first_view(paths: UserPaths, profile_name: str | None) -> FirstView | None:
    """Return what is painted first, None where nothing was kept or somebody else is asked for."""
    view = read_first_view(paths)
    return None if view is None or profile_name not in (None, view.profile.name) else view
