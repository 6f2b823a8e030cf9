"""Profiles: who learns on this computer, what we know of the shop, settings, and a whole profile as a file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dijipilot.domain.assessment.responses import Answer, ScreenKind
from dijipilot.domain.curriculum import Curriculum
from dijipilot.domain.ids import EventId, FactId, OptionId, ProfileId
from dijipilot.domain.records import ImportOutcome as ImportOutcome
from dijipilot.domain.records import Profile
from dijipilot.domain.shop_facts import UNDECIDED, FactAnswers, ShopFact
from dijipilot.errors import UsageProblem
from dijipilot.exchange.profile_file import read_profile_file, write_profile_file
from dijipilot.messages import message
from dijipilot.services.events import Announcer, FactsChanged, ProfileChanged
from dijipilot.services.standing import facts_of
from dijipilot.storage import answers, profiles, settings
from dijipilot.storage.database import Database

DEFAULT_NAME = "Learner"
"""Name of the profile where nobody said one."""


class Profiles:
    """Everything about profiles as a whole."""

    def __init__(
        self,
        database: Database,
        curriculum: Curriculum,
        announcer: Announcer,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._database = database
        self._curriculum = curriculum
        self._announcer = announcer
        self._clock = clock
        self._new_id = new_id

    def all(self) -> tuple[Profile, ...]:
        """Return all profiles, oldest first."""
        return tuple(profiles.list_profiles(self._database))

    def current(self) -> Profile | None:
        """Return the profile last used."""
        return profiles.last_used_profile(self._database)

    def find(self, name: str) -> Profile | None:
        """Return the profile of a name, if there is one."""
        return profiles.find_profile(self._database, name)

    def choose(self, name: str) -> Profile:
        """Return the profile of a name, made when it is new; it becomes the one last used.

        Raises UsageProblem when the name is empty. Where nothing can be written, an existing profile is returned all
        the same, so that reading works beside another window.
        """
        found = profiles.find_profile(self._database, name)
        if found is not None and (self._database.is_read_only or found == self.current()):
            return found
        with self._database.writing():
            chosen = found or profiles.add_profile(self._database, self._new_profile(name))
            profiles.remember_last_used(self._database, chosen.id)
        self._announcer.announce(ProfileChanged(chosen.id))
        return chosen

    def add(self, name: str) -> Profile:
        """Add a profile. Raises UsageProblem when the name is empty or taken."""
        added = profiles.add_profile(self._database, self._new_profile(name))
        self._announcer.announce(ProfileChanged(added.id))
        return added

    def rename(self, profile: ProfileId, name: str) -> Profile:
        """Give a profile another name. Raises UsageProblem when it is empty or taken."""
        renamed = profiles.rename_profile(self._database, profile, name)
        self._announcer.announce(ProfileChanged(profile))
        return renamed

    def remove(self, profile: ProfileId) -> None:
        """Hide a profile; its records stay, and importing a file of it brings it back."""
        profiles.remove_profile(self._database, profile, self._clock())
        self._announcer.announce(ProfileChanged(profile))

    def facts(self, profile: ProfileId) -> FactAnswers:
        """Return the latest answer to each fact, wherever it was given; not sure leaves a fact unknown."""
        return facts_of(answers.fact_answers(self._database, profile))

    def answer_fact(self, profile: ProfileId, fact: FactId, chosen: frozenset[OptionId]) -> None:
        """Keep what the learner says about the shop; nothing chosen means not sure. Raises UsageProblem."""
        asked = self._curriculum.fact_by_id.get(fact)
        if asked is None:
            raise UsageProblem(message("profile.unknown_fact", fact=fact))
        _check_chosen(asked, chosen)
        shown = tuple(str(option.id) for option in asked.options)
        answer = Answer(
            id=EventId(self._new_id()),
            at=self._clock(),
            screen=fact,
            kind=ScreenKind.FACT,
            shown=shown,
            chosen=tuple(option for option in shown if option in chosen),
            is_not_sure=not chosen,
            expected_seconds=0.0,
        )
        answers.append_answer(self._database, profile, None, answer)
        self._announcer.announce(FactsChanged(profile))

    def setting(self, profile: ProfileId, key: str, default: str = "") -> str:
        """Return a setting of a profile."""
        value = settings.get_setting(self._database, key, profile)
        return default if value is None else value

    def set_setting(self, profile: ProfileId, key: str, value: str) -> None:
        """Keep a setting of a profile."""
        settings.set_setting(self._database, key, value, profile)

    def export(self, profile: ProfileId, file: Path) -> None:
        """Write all that is kept of a profile to a .djprofile file. Raises CouldNotSave."""
        # Imported here, as below: it brings SQLModel, which takes longer to import than a window to open.
        from dijipilot.storage import merging

        write_profile_file(file, merging.export_profile(self._database, profile))

    def import_(self, file: Path) -> ImportOutcome:
        """Add the records of a .djprofile file that are not here yet, by id; the profile is made where it is new.

        Where another profile has its name, it gets a number after the name. Raises BadInput, and then adds nothing.
        """
        from dijipilot.storage import merging

        records = read_profile_file(file)
        with self._database.writing():
            outcome = merging.import_profile(self._database, records, self._name_for(records))
        self._announcer.announce(ProfileChanged(outcome.profile.id))
        return outcome

    def _new_profile(self, name: str) -> Profile:
        return Profile(ProfileId(self._new_id()), name, self._clock())

    def _name_for(self, records: object) -> str | None:
        """Return the name for a profile that comes in, None for one that is here already."""
        identity = records["profile"] if isinstance(records, dict) else {}
        if profiles.get_profile(self._database, ProfileId(identity["id"])) is not None:
            return None
        wanted = str(identity["name"])
        taken = {profile.name for profile in self.all()}
        name, number = profiles.clean_name(wanted), 1
        while name in taken:
            number += 1
            name = f"{profiles.clean_name(wanted)} ({number})"
        return name


def _check_chosen(fact: ShopFact, chosen: frozenset[OptionId]) -> None:
    """Raise UsageProblem where the options are not the fact's, or too many."""
    options = {option.id for option in fact.options}
    for option in sorted(chosen - options):
        raise UsageProblem(message("assess.unknown_option", option=option, options=", ".join(sorted(options))))
    if len(chosen) > 1 and not fact.allows_many:
        raise UsageProblem(message("profile.choose_one", fact=fact.id))
    if len(chosen) > 1 and UNDECIDED in chosen:
        raise UsageProblem(message("assess.stands_alone", option=UNDECIDED))
