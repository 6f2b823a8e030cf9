"""How a learner last looked at the roadmap: arrangement, open branches, how far down; and what was hidden."""

import json
from collections.abc import Callable

from msgspec import Struct

from dijipilot.errors import AcademyError
from dijipilot.ui.models.roadmap_filter import Wanted, wanted_from
from dijipilot.ui.models.roadmap_nodes import Arrangement
from dijipilot.ui.pages.page import PageContext

FILTERS = "roadmap.filters"
"""Key of the profile's setting that keeps what is hidden."""

VIEW = "roadmap.view"
"""Key of the profile's setting that keeps the rest."""


class RoadmapLook(Struct, frozen=True):
    """open: keys of the branches that were open, by arrangement. top: key of the uppermost row in sight."""

    arrangement: Arrangement = Arrangement.ORDER
    open: tuple[str, ...] = ()
    top: str = ""


class RoadmapMemory:
    """Reads and keeps it as settings of the profile."""

    def __init__(self, context: PageContext, attempt: Callable[[Callable[[], object]], bool]) -> None:
        self._context = context
        self._attempt = attempt

    def look(self) -> RoadmapLook:
        """Return the look kept; what cannot be read counts as not kept."""
        try:
            kept = json.loads(self._setting(VIEW))
            return RoadmapLook(Arrangement(kept["arrangement"]), tuple(map(str, kept["open"])), str(kept["top"]))
        except (ValueError, KeyError, TypeError):
            return RoadmapLook()

    def keep_look(self, look: RoadmapLook) -> None:
        """Keep a look; one that cannot be kept is no reason to keep anybody from leaving the page."""
        text = json.dumps({"arrangement": look.arrangement.value, "open": list(look.open), "top": look.top})
        if self._context.academy.is_read_only or text == self._setting(VIEW):
            return
        try:
            self._context.academy.profiles.set_setting(self._context.profile_id, VIEW, text)
        except AcademyError:
            return

    def wanted(self) -> Wanted:
        """Return what was to be seen."""
        return wanted_from(self._setting(FILTERS))

    def keep_wanted(self, wanted: Wanted) -> None:
        """Keep what is to be seen."""
        profiles, profile = self._context.academy.profiles, self._context.profile_id
        if not self._context.academy.is_read_only:
            self._attempt(lambda: profiles.set_setting(profile, FILTERS, wanted.to_text()))

    def _setting(self, key: str) -> str:
        return self._context.academy.profiles.setting(self._context.profile_id, key)
