"""Where the learner has been, as in a browser: back, forward, and a new step forgets what lay ahead."""

LONGEST = 100


class History:
    """Targets of the places visited; the current one is known to be shown."""

    def __init__(self) -> None:
        self._behind: list[str] = []
        self._current = ""
        self._ahead: list[str] = []

    @property
    def current(self) -> str:
        """Where the learner is, "" at the very start."""
        return self._current

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """Whether a place was left by going back."""
        return bool(self._ahead)

    def visit(self, target: str) -> None:
        """Go somewhere new; going where one is changes nothing."""
        if target == self._current:
            return
        if self._current:
            self._behind = [*self._behind, self._current][-LONGEST:]
        self._current = target
        self._ahead = []

    def replace(self, target: str) -> None:
        """The place shown now is better described by this target."""
        self._current = target

    def back(self) -> str:
        """Return the place before this one, which is the current one from now on. Raises IndexError at the first."""
        self._ahead.append(self._current)
        self._current = self._behind.pop()
        return self._current

    def forward(self) -> str:
        """Return the place that was left by going back. Raises IndexError when there is none."""
        self._behind.append(self._current)
        self._current = self._ahead.pop()
        return self._current
