"""What was concluded from the records, kept so that the next start shows it before the diagnostic is in memory.

Nothing here is a record: a conclusion is taken back only under the key of everything it rests on, and computed anew
where that has changed or the file is gone.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

import dijipilot
from dijipilot import message_texts
from dijipilot.domain.assessment import responses
from dijipilot.domain.assessment.held_out import HeldOutCheck
from dijipilot.domain.assessment.responses import Answer, age_in_steps
from dijipilot.domain.ids import ActId, AssessmentId, PackId, ProfileId, SkillId
from dijipilot.domain.shop_facts import FactAnswers
from dijipilot.domain.standing import (
    Forecast,
    Outlook,
    OutlookKind,
    Reason,
    ReasonKind,
    SkillStanding,
    Standing,
    Verdict,
)
from dijipilot.messages import Message
from dijipilot.storage import kept_text
from dijipilot.storage.database import Database

Json = Any
"""What json gives and takes has no closer type than this."""

Reasons = Mapping[SkillId, tuple[Reason, ...]]
Outlooks = Mapping[SkillId, Outlook]


class Findings(NamedTuple):
    """What is concluded from the answers of one assessment."""

    standing: Standing
    reasons: Reasons
    outlooks: Outlooks
    held_out: HeldOutCheck | None


Found = TypeVar("Found")


class Kind(Struct, Generic[Found], frozen=True):
    """A kind of conclusion: the name it is kept under, and how it becomes plain data and comes back.

    from_json raises ValueError, KeyError or TypeError for data that is not whole.
    """

    name: str
    to_json: Callable[[Found], Json]
    from_json: Callable[[Json], Found]


class Conclusions:
    """Keeps one conclusion of each kind for each profile."""

    def __init__(self, database: Database, pack: PackId) -> None:
        self._database = database
        self._origin = f"{dijipilot.__version__} {pack} {_edition_of_diagnostic()}"

    def key(self, answers: Iterable[Answer], facts: FactAnswers, *more: object, as_of: datetime | None = None) -> str:
        """Return a name for everything a conclusion rests on: equal for equal evidence, in any process."""
        told = [
            (
                *(each.screen, each.kind, each.shown, each.chosen, each.is_not_sure),
                *(each.expected_seconds, each.response_seconds, age_in_steps(each.at, as_of)),
            )
            for each in answers
        ]
        known = sorted([fact, sorted(options)] for fact, options in facts.items())
        text = json.dumps([self._origin, told, known, more], default=sorted)
        return hashlib.sha256(text.encode()).hexdigest()

    def conclude(self, profile: ProfileId, kind: Kind[Found], key: str, compute: Callable[[], Found]) -> Found:
        """Return what was kept under this key, else compute it and keep it in the place of an earlier one."""
        data = self._recall(profile, kind.name, key)
        try:
            if data is not None:
                return kind.from_json(data)
        except (ValueError, KeyError, TypeError):
            # Not whole: computed anew.
            pass
        found = compute()
        # Nothing is written where somebody else writes.
        if not self._database.is_read_only:
            text = json.dumps([key, kind.to_json(found)])
            kept_text.keep(self._database.paths, _file_name(profile, kind.name), text)
        return found

    def _recall(self, profile: ProfileId, name: str, key: str) -> Json | None:
        text = kept_text.read_kept(self._database.paths, _file_name(profile, name))
        if text is None or not text.startswith(f'["{key}"'):
            return None
        try:
            data = json.loads(text)[1]
        except (ValueError, IndexError):
            return None
        return data if isinstance(data, dict) else None


def _file_name(profile: ProfileId, kind: str) -> str:
    # The id of a profile that came in by file may be any text.
    return f"{kind}-{hashlib.sha256(profile.encode()).hexdigest()[:16]}.json"


def _edition_of_diagnostic() -> int:
    """Return what changes with the sources of diagnostic and sentences in a checkout; 0 where none come with it."""
    sources = [*Path(responses.__file__).parent.glob("*.py"), Path(message_texts.__file__)]
    return max((source.stat().st_mtime_ns for source in sources if source.is_file()), default=0)


def standing_to_json(standing: Standing) -> Json:
    """Return a standing as plain data."""
    return {
        "skills": [[skill, each.probability, each.verdict] for skill, each in standing.by_skill.items()],
        "not_applicable": sorted(standing.not_applicable),
        "flags": standing.flags,
        "based_on": standing.based_on,
        "has_evidence": standing.has_evidence,
    }


def standing_from_json(data: Json) -> Standing:
    """Return the standing that was kept. Raises ValueError, KeyError or TypeError where it is not whole."""
    return Standing(
        {SkillId(skill): SkillStanding(SkillId(skill), p, Verdict(verdict)) for skill, p, verdict in data["skills"]},
        frozenset(SkillId(skill) for skill in data["not_applicable"]),
        tuple(data["flags"]),
        None if data["based_on"] is None else AssessmentId(data["based_on"]),
        data["has_evidence"],
    )


def reasons_to_json(reasons: Reasons) -> Json:
    """Return the reasons of all skills as plain data."""
    return {
        skill: [[each.kind, each.id, each.strength, *_message_to_json(each.message)] for each in told]
        for skill, told in reasons.items()
    }


def reasons_from_json(data: Json) -> Reasons:
    """Return the reasons that were kept. Raises ValueError or TypeError where they are not whole."""
    if not data:
        raise ValueError("no skill has reasons")
    return {
        SkillId(skill): tuple(
            Reason(ReasonKind(kind), about, strength, Message(sentence, values))
            for kind, about, strength, sentence, values in told
        )
        for skill, told in data.items()
    }


def findings_to_json(findings: Findings) -> Json:
    """Return all that one assessment found as plain data."""
    check = findings.held_out
    outlooks = findings.outlooks.items()
    return {
        "standing": standing_to_json(findings.standing),
        "reasons": reasons_to_json(findings.reasons),
        "outlooks": {skill: [o.kind, o.id, o.chance, *_message_to_json(o.message)] for skill, o in outlooks},
        "held_out": None if check is None else [check.act, check.is_ticked, check.expected],
    }


def findings_from_json(data: Json) -> Findings:
    """Return the findings that were kept. Raises ValueError, KeyError or TypeError where they are not whole."""
    check = data["held_out"]
    return Findings(
        standing_from_json(data["standing"]),
        reasons_from_json(data["reasons"]),
        {
            SkillId(skill): Outlook(OutlookKind(kind), about, chance, Message(sentence, values))
            for skill, (kind, about, chance, sentence, values) in data["outlooks"].items()
        },
        None if check is None else HeldOutCheck(ActId(check[0]), check[1], check[2]),
    )


def forecast_to_json(forecast: Forecast) -> Json:
    """Return what more time would settle as plain data."""
    return {"now": forecast.settled_now, "then": forecast.settled_then, "screens": forecast.screens}


def forecast_from_json(data: Json) -> Forecast:
    """Return the forecast that was kept. Raises ValueError, KeyError or TypeError where it is not whole."""
    return Forecast(int(data["now"]), float(data["then"]), float(data["screens"]))


def _message_to_json(message: Message) -> tuple[str, dict[str, str | int | float]]:
    return message.id, dict(message.values)


STANDING = Kind("standing", standing_to_json, standing_from_json)
REASONS = Kind("reasons", reasons_to_json, reasons_from_json)
RESULT = Kind("result", findings_to_json, findings_from_json)
FORECAST = Kind("forecast", forecast_to_json, forecast_from_json)
