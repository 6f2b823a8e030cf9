-- A database of version 1 with a record of each kind, as that version wrote it. Never to be edited.
PRAGMA application_id=1147818049;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE answer (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        assessment TEXT,
        screen TEXT NOT NULL,
        kind TEXT NOT NULL,
        shown TEXT NOT NULL,
        chosen TEXT NOT NULL,
        is_not_sure INTEGER NOT NULL,
        expected_seconds REAL NOT NULL,
        response_seconds REAL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "answer" VALUES(1,'answer-00001','ada','2026-11-23T12:00:01.000000+00:00','2026-11-23T12:00:01.000000+00:00','first','screen-1','situation','["a", "b"]','["b"]',0,8.5,NULL);
INSERT INTO "answer" VALUES(2,'answer-00002','ada','2026-11-23T12:00:02.000000+00:00','2026-11-23T12:00:02.000000+00:00','first','screen-2','situation','["a", "b"]','["b"]',0,8.5,NULL);
INSERT INTO "answer" VALUES(3,'answer-00003','ada','2026-11-23T12:00:03.000000+00:00','2026-11-23T12:00:03.000000+00:00','first','screen-3','situation','["a", "b"]','["b"]',0,8.5,NULL);
INSERT INTO "answer" VALUES(4,'answer-00004','ada','2026-11-23T12:00:04.000000+00:00','2026-11-23T12:00:04.000000+00:00',NULL,'screen-4','fact','["a", "b"]','["b"]',0,8.5,NULL);
CREATE TABLE asked_question (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        skill TEXT NOT NULL,
        text TEXT NOT NULL,
        pack TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "asked_question" VALUES(1,'question-1','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','store.open','Which theme?','pack-1');
CREATE TABLE assessment (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        pack TEXT NOT NULL,
        seed INTEGER NOT NULL,
        budget_seconds REAL NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "assessment" VALUES(1,'first','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','pack-1',7,300.0);
CREATE TABLE assessment_mark (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        assessment TEXT NOT NULL,
        kind TEXT NOT NULL,
        seconds REAL NOT NULL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "assessment_mark" VALUES(1,'mark-1','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','first','extended',120.0);
INSERT INTO "assessment_mark" VALUES(2,'mark-2','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','first','finished',0.0);
CREATE TABLE lesson_event (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        skill TEXT NOT NULL,
        kind TEXT NOT NULL,
        detail TEXT NOT NULL,
        value TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "lesson_event" VALUES(1,'event-1','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','store.open','step_ticked','2','');
CREATE TABLE migration (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT;
INSERT INTO "migration" VALUES(1,'create_first_schema','2026-11-23T12:00:00.000000+00:00');
CREATE TABLE note (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        skill TEXT NOT NULL,
        text TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "note" VALUES(1,'note-1','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','store.open','Ürün sayfası 🛒');
CREATE TABLE profile (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        removed_at TEXT
    ) STRICT;
INSERT INTO "profile" VALUES('ada','Ada','2026-11-23T12:00:00.000000+00:00',NULL);
CREATE TABLE received_answer (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        question TEXT NOT NULL,
        text TEXT NOT NULL,
        answered_by TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "received_answer" VALUES(1,'reply-1','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','question-1','A light one.','Bea');
CREATE TABLE retraction (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        target TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "retraction" VALUES(1,'event-3','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','event-2');
CREATE TABLE roadmap_event (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        skill TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "roadmap_event" VALUES(1,'event-2','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','store.open','moved','ads.first');
CREATE TABLE setting (
        profile TEXT NOT NULL,
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (profile, "key")
    ) STRICT;
INSERT INTO "setting" VALUES('','last_profile','ada');
CREATE TABLE shown_verdicts (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    profile TEXT NOT NULL,
    at TEXT NOT NULL,
    ordered_at TEXT NOT NULL,
        assessment TEXT NOT NULL,
        pack TEXT NOT NULL,
        verdicts TEXT NOT NULL,
        FOREIGN KEY (assessment) REFERENCES assessment (id),
    UNIQUE (id),
    FOREIGN KEY (profile) REFERENCES profile (id)
) STRICT;
INSERT INTO "shown_verdicts" VALUES(1,'first@2026-11-23T12:00:00.000000+00:00','ada','2026-11-23T12:00:00.000000+00:00','2026-11-23T12:00:00.000000+00:00','first','pack-1','{"store.open": [0.25, "unsettled"]}');
CREATE UNIQUE INDEX profile_name ON profile (name) WHERE removed_at IS NULL;
CREATE INDEX assessment_in_order ON assessment (profile, ordered_at);
CREATE TRIGGER assessment_keeps_every_UPDATE BEFORE UPDATE ON assessment
BEGIN SELECT RAISE(ABORT, 'records of assessment are appended, never rewritten'); END;
CREATE TRIGGER assessment_keeps_every_DELETE BEFORE DELETE ON assessment
BEGIN SELECT RAISE(ABORT, 'records of assessment are appended, never rewritten'); END;
CREATE INDEX assessment_mark_in_order ON assessment_mark (profile, ordered_at);
CREATE TRIGGER assessment_mark_keeps_every_UPDATE BEFORE UPDATE ON assessment_mark
BEGIN SELECT RAISE(ABORT, 'records of assessment_mark are appended, never rewritten'); END;
CREATE TRIGGER assessment_mark_keeps_every_DELETE BEFORE DELETE ON assessment_mark
BEGIN SELECT RAISE(ABORT, 'records of assessment_mark are appended, never rewritten'); END;
CREATE INDEX answer_in_order ON answer (profile, ordered_at);
CREATE TRIGGER answer_keeps_every_UPDATE BEFORE UPDATE ON answer
BEGIN SELECT RAISE(ABORT, 'records of answer are appended, never rewritten'); END;
CREATE TRIGGER answer_keeps_every_DELETE BEFORE DELETE ON answer
BEGIN SELECT RAISE(ABORT, 'records of answer are appended, never rewritten'); END;
CREATE INDEX shown_verdicts_in_order ON shown_verdicts (profile, ordered_at);
CREATE TRIGGER shown_verdicts_keeps_every_UPDATE BEFORE UPDATE ON shown_verdicts
BEGIN SELECT RAISE(ABORT, 'records of shown_verdicts are appended, never rewritten'); END;
CREATE TRIGGER shown_verdicts_keeps_every_DELETE BEFORE DELETE ON shown_verdicts
BEGIN SELECT RAISE(ABORT, 'records of shown_verdicts are appended, never rewritten'); END;
CREATE INDEX lesson_event_in_order ON lesson_event (profile, ordered_at);
CREATE TRIGGER lesson_event_keeps_every_UPDATE BEFORE UPDATE ON lesson_event
BEGIN SELECT RAISE(ABORT, 'records of lesson_event are appended, never rewritten'); END;
CREATE TRIGGER lesson_event_keeps_every_DELETE BEFORE DELETE ON lesson_event
BEGIN SELECT RAISE(ABORT, 'records of lesson_event are appended, never rewritten'); END;
CREATE INDEX roadmap_event_in_order ON roadmap_event (profile, ordered_at);
CREATE TRIGGER roadmap_event_keeps_every_UPDATE BEFORE UPDATE ON roadmap_event
BEGIN SELECT RAISE(ABORT, 'records of roadmap_event are appended, never rewritten'); END;
CREATE TRIGGER roadmap_event_keeps_every_DELETE BEFORE DELETE ON roadmap_event
BEGIN SELECT RAISE(ABORT, 'records of roadmap_event are appended, never rewritten'); END;
CREATE INDEX retraction_in_order ON retraction (profile, ordered_at);
CREATE TRIGGER retraction_keeps_every_UPDATE BEFORE UPDATE ON retraction
BEGIN SELECT RAISE(ABORT, 'records of retraction are appended, never rewritten'); END;
CREATE TRIGGER retraction_keeps_every_DELETE BEFORE DELETE ON retraction
BEGIN SELECT RAISE(ABORT, 'records of retraction are appended, never rewritten'); END;
CREATE INDEX note_in_order ON note (profile, ordered_at);
CREATE TRIGGER note_keeps_every_UPDATE BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'records of note are appended, never rewritten'); END;
CREATE TRIGGER note_keeps_every_DELETE BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'records of note are appended, never rewritten'); END;
CREATE INDEX asked_question_in_order ON asked_question (profile, ordered_at);
CREATE TRIGGER asked_question_keeps_every_UPDATE BEFORE UPDATE ON asked_question
BEGIN SELECT RAISE(ABORT, 'records of asked_question are appended, never rewritten'); END;
CREATE TRIGGER asked_question_keeps_every_DELETE BEFORE DELETE ON asked_question
BEGIN SELECT RAISE(ABORT, 'records of asked_question are appended, never rewritten'); END;
CREATE INDEX received_answer_in_order ON received_answer (profile, ordered_at);
CREATE TRIGGER received_answer_keeps_every_UPDATE BEFORE UPDATE ON received_answer
BEGIN SELECT RAISE(ABORT, 'records of received_answer are appended, never rewritten'); END;
CREATE TRIGGER received_answer_keeps_every_DELETE BEFORE DELETE ON received_answer
BEGIN SELECT RAISE(ABORT, 'records of received_answer are appended, never rewritten'); END;
CREATE INDEX answer_of_assessment ON answer (assessment);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('assessment',1);
INSERT INTO "sqlite_sequence" VALUES('answer',4);
INSERT INTO "sqlite_sequence" VALUES('assessment_mark',2);
INSERT INTO "sqlite_sequence" VALUES('shown_verdicts',1);
INSERT INTO "sqlite_sequence" VALUES('lesson_event',1);
INSERT INTO "sqlite_sequence" VALUES('roadmap_event',1);
INSERT INTO "sqlite_sequence" VALUES('retraction',1);
INSERT INTO "sqlite_sequence" VALUES('note',1);
INSERT INTO "sqlite_sequence" VALUES('asked_question',1);
INSERT INTO "sqlite_sequence" VALUES('received_answer',1);
COMMIT;
