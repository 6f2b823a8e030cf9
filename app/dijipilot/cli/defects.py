"""The last resort of a command: what nobody expected goes to the log, and a plain sentence to the terminal."""

import logging
import traceback
import uuid
from logging.handlers import RotatingFileHandler
from pathlib import Path

from dijipilot.cli.console import say

LOG_BYTES, LOG_FILES = 1_000_000, 3


def report_defect(error: Exception, logs: Path) -> None:
    """Log an exception under a short code, and say so. Where the log cannot be written, show it all."""
    code = uuid.uuid4().hex[:6].upper()
    try:
        logs.mkdir(parents=True, exist_ok=True)
        place = logs / "dijipilot.log"
        handler = RotatingFileHandler(place, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    except OSError as refused:
        say("".join(traceback.format_exception(error)).rstrip())
        where = f"The log could not be written ({refused.strerror}); the lines above are for support."
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        trace = (type(error), error, error.__traceback__)
        record = logging.LogRecord(__name__, logging.ERROR, __file__, 0, "defect %s", (code,), trace)
        handler.handle(record)
        handler.close()
        where = f"Details for support are in {place}, code {code}."
    say(f"Something went wrong inside the program. What was saved before is safe. Try again. {where}")
