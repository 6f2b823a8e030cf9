"""The places of the assessment page, for whoever leads there: known without loading the page."""

BEGIN, NEW, MORE, RESUME = "begin", "new", "more", "resume"
"""Places that lead straight to the questions: go on or begin, begin anew, so many minutes more, go on if possible."""

RECHECK, SETTLE = "recheck", "settle:"
"""Places of a short re-check: about all skills, and, followed by its id, about one."""

MORE_MINUTES = 2.0
