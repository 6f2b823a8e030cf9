"""Names of things as types of their own, so that the type checker refuses a mix-up."""

from typing import NewType

StageNumber = NewType("StageNumber", str)
ProgramNumber = NewType("ProgramNumber", str)
MissionNumber = NewType("MissionNumber", str)
LessonNumber = NewType("LessonNumber", str)
"""Numbers are for people and may change between editions; records never hold them."""

SkillId = NewType("SkillId", str)
"""Identifies a skill and the one lesson that teaches it; never renamed, never used again."""

ItemId = NewType("ItemId", str)
OptionId = NewType("OptionId", str)
ActId = NewType("ActId", str)
FactId = NewType("FactId", str)
ConditionId = NewType("ConditionId", str)

ProfileId = NewType("ProfileId", str)
AssessmentId = NewType("AssessmentId", str)
EventId = NewType("EventId", str)
LicenseId = NewType("LicenseId", str)
PackId = NewType("PackId", str)
