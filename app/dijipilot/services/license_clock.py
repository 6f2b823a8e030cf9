"""What is remembered of this computer's clock, for licenses that end; nothing is, where none does."""

import logging
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from dijipilot import disk
from dijipilot.domain.ids import LicenseId
from dijipilot.domain.license import License
from dijipilot.domain.license_time import (
    NO_MARK,
    Access,
    ClockMark,
    LicenseTerms,
    after_running,
    begin_start,
    check_access,
    mark_from_json,
    mark_to_json,
    reset_mark,
)

_MAX_MARK_BYTES = 16_384

_log = logging.getLogger(__name__)


class LicenseClock:
    """The mark of license_time.py in its file. may_write: False beside a window, which keeps the mark itself."""

    def __init__(
        self,
        file: Path,
        may_write: bool,
        clock: Callable[[], datetime],
        running_seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._may_write = may_write
        self._clock = clock
        self._running_seconds = running_seconds
        self._ran_until = running_seconds()
        self._mark: ClockMark | None = None

    def begin(self, known_after: date) -> None:
        """Note that the program starts, once; known_after: latest date in signed files."""
        if self._mark is None:
            self._mark = self._read()
            if self._may_write:
                self._keep(begin_start(self._mark, self._clock(), known_after))

    def note_running(self) -> None:
        """Note how long the program has run; does nothing where no license ends."""
        now = self._running_seconds()
        elapsed, self._ran_until = now - self._ran_until, now
        if self._mark is not None and self._may_write:
            self._keep(after_running(self._mark, timedelta(seconds=max(0.0, elapsed))))

    def access(self, license_: License) -> Access:
        """Tell whether a license is open now."""
        terms = LicenseTerms(license_.issued, license_.not_after, license_.grace_days)
        return check_access(self._mark or NO_MARK, self._clock(), terms)

    def reset(self, license_id: LicenseId, issued: date) -> None:
        """Forget what was remembered of a wrong clock, once for each clock-reset license."""
        self._keep(reset_mark(self._mark or self._read(), license_id, issued))

    def _read(self) -> ClockMark:
        try:
            with self._file.open("rb") as stream:
                text = stream.read(_MAX_MARK_BYTES).decode("utf-8")
        except (OSError, ValueError):
            return NO_MARK
        return mark_from_json(text) or NO_MARK

    def _keep(self, mark: ClockMark) -> None:
        self._mark = mark
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            disk.write_file(self._file, mark_to_json(mark).encode(), 0o600)
        except OSError as error:
            # A full disk is no reason to close what is open.
            _log.warning("The mark of the clock could not be kept: %s", error)
