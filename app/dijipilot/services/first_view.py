"""What the window paints first: Home as it was kept, read before anything heavy is in memory.

It is shown for the fraction of a second that opening the academy takes, and only where nothing was recorded since it
was kept; then Home shows what is true now.
"""

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from dijipilot.domain.home_view import HomeView, from_json, to_json
from dijipilot.domain.records import LAST_PLACE, Profile
from dijipilot.paths import UserPaths
from dijipilot.storage import kept_text, quick_reads

if TYPE_CHECKING:
    from dijipilot.storage.database import Database

_FILE = "first-view.json"
_HOME = "home"
"""The place that is painted first; where another was seen last, that one is opened instead."""


class FirstView(Struct, frozen=True):
    """The learner who was here last, and Home as they left it."""

    profile: Profile
    home: HomeView


def keep_first_view(database: "Database", profile: Profile, home: HomeView) -> None:
    """Keep Home for the next start, with the state of the records that it shows."""
    if not database.is_read_only:
        with database.reading() as reader:
            state = quick_reads.state_of(reader)
        kept_text.keep(database.paths, _FILE, json.dumps({"id": profile.id, "state": state, "home": to_json(home)}))


def read_first_view(paths: UserPaths) -> FirstView | None:
    """Return what was kept; None where nothing was, records have changed since, or another place was seen last."""
    text = kept_text.read_kept(paths, _FILE)
    last = None if text is None else quick_reads.last_profile(paths)
    if text is None or last is None:
        return None
    try:
        kept = json.loads(text)
        identity, state, home = kept["id"], kept["state"], from_json(kept["home"])
    except (ValueError, KeyError, TypeError):
        return None
    if quick_reads.read_setting(paths, LAST_PLACE, last.id) not in (None, _HOME):
        return None
    if identity != last.id or home is None or home.name != last.name or state != quick_reads.state_on_disk(paths):
        return None
    return FirstView(last, home)
