"""The learner's notes as they stand: of all texts a note ever had, the latest counts."""

from collections.abc import Mapping

from dijipilot.domain.ids import ProfileId, SkillId
from dijipilot.storage import notes
from dijipilot.storage.database import Database


def latest_notes(database: Database, profile: ProfileId) -> Mapping[SkillId, str]:
    """Return the text of each note that is not empty."""
    texts = {note.skill: note.text for note in notes.notes_of(database, profile)}
    return {skill: text for skill, text in texts.items() if text}
