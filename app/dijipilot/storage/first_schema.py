"""The first schema of the learner's database, as published: it never changes, later steps change what it made."""

RECORD_COLUMNS = """
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL"""

RECORD_TABLES: dict[str, str] = {
    "assessment": """
        pack TEXT NOT NULL,
        seed INTEGER NOT NULL,
        budget_seconds REAL NOT NULL,""",
    "assessment_mark": """
        assessment TEXT NOT NULL,
        kind TEXT NOT NULL,
        seconds REAL NOT NULL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),""",
    "answer": """
        assessment TEXT,
        screen TEXT NOT NULL,
        kind TEXT NOT NULL,
        shown TEXT NOT NULL,
        chosen TEXT NOT NULL,
        is_not_sure INTEGER NOT NULL,
        expected_seconds REAL NOT NULL,
        response_seconds REAL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),""",
    "shown_verdicts": """
        assessment TEXT NOT NULL,
        pack TEXT NOT NULL,
        verdicts TEXT NOT NULL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),""",
    "lesson_event": """
        skill TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        value TEXT NOT NULL,""",
    "roadmap_event": """
        skill TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,""",
    "retraction": """
        target TEXT NOT NULL,""",
    "note": """
        skill TEXT NOT NULL,
        text TEXT NOT NULL,""",
    "asked_question": """
        skill TEXT NOT NULL,
        text TEXT NOT NULL,
        pack TEXT NOT NULL,""",
    "received_answer": """
        question TEXT NOT NULL,
        text TEXT NOT NULL,
        answered_by TEXT NOT NULL,""",
}
"""What each table of records holds beside RECORD_COLUMNS; parents stand before what refers to them."""

OTHER_TABLES = (
    """CREATE TABLE profile (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        removed_at TEXT
    ) STRICT""",
    "CREATE UNIQUE INDEX profile_name ON profile (name) WHERE removed_at IS NULL",
    """CREATE TABLE setting (
        profile TEXT NOT NULL,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (profile, "key")
    ) STRICT""",
)

# STRICT: a value of the wrong type is refused when written, and found by the check at start when the file is damaged.
_RECORD_TABLE = """CREATE TABLE {name} ({columns},{own}
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT"""

# Whatever bug we may write one day, it cannot rewrite what a learner did.
_APPEND_ONLY = """CREATE TRIGGER {name}_keeps_every_{verb} BEFORE {verb} ON {name}
BEGIN SELECT RAISE(ABORT, 'records of {name} are appended, never rewritten'); END"""


def statements() -> list[str]:
    """Return the statements that make the first schema, in order."""
    made = list(OTHER_TABLES)
    for name, own in RECORD_TABLES.items():
        made.append(_RECORD_TABLE.format(name=name, columns=RECORD_COLUMNS, own=own))
        made.append(f"CREATE INDEX {name}_in_order ON {name} (profile, ordered_at)")
        made.extend(_APPEND_ONLY.format(name=name, verb=verb) for verb in ("UPDATE", "DELETE"))
    made.append("CREATE INDEX answer_of_assessment ON answer (assessment)")
    return made
