"""The last resort of a command: what nobody expected goes to the log, and a plain sentence to the terminal."""

import logging
import traceback
import uuid
from pathlib import Path

from dijipilot.cli.console import say
from dijipilot.log_file import LOG_NAME, file_handler, without_secrets


def report_defect(error: Exception, logs: Path) -> None:
    """Log an exception under a short code, and say so. Where the log cannot be written, show it all."""
    code = uuid.uuid4().hex[:6].upper()
    try:
        handler = file_handler(logs)
    except OSError as refused:
        say(without_secrets("".join(traceback.format_exception(error)).rstrip()))
        where = f"The log could not be written ({refused.strerror}); the lines above are for support."
    else:
        trace = (type(error), error, error.__traceback__)
        record = logging.LogRecord(__name__, logging.ERROR, __file__, 0, "defect %s", (code,), trace)
        handler.handle(record)
        handler.close()
        where = f"Details for support are in {logs / LOG_NAME}, code {code}."
    say(f"Something went wrong inside the program. What was saved before is safe. Try again. {where}")
