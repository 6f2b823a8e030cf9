"""Opens the academy for a command, and finds the profile it is about."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from dijipilot.bootstrap import Academy, open_academy
from dijipilot.cli.console import say
from dijipilot.domain.records import Profile
from dijipilot.errors import AcademyError, UsageProblem
from dijipilot.messages import message
from dijipilot.paths import find_home
from dijipilot.services.profiles import DEFAULT_NAME


@contextmanager
def open_to_read(arguments: argparse.Namespace) -> Iterator[Academy]:
    """Open for reading: nothing on disk changes, and a window may be open beside it."""
    academy = open_academy(find_home(arguments.home), for_writing=False)
    try:
        yield academy
    finally:
        academy.close()


@contextmanager
def open_to_change(arguments: argparse.Namespace) -> Iterator[Academy]:
    """Open for writing, say what had to be repaired, back up afterwards when it is time to.

    Raises AnotherInstanceWrites beside a window.
    """
    academy = open_academy(find_home(arguments.home), for_writing=True)
    try:
        if academy.database.recovery is not None:
            for told in academy.database.recovery.messages():
                say(told.english())
        yield academy
        _back_up(academy)
    finally:
        academy.close()


def _back_up(academy: Academy) -> None:
    """Make a backup if the newest is old; that it failed is said, but what the command did is saved all the same."""
    if not academy.database.is_open or academy.is_read_only:
        return
    try:
        academy.safekeeping.backup_if_changed()
    except AcademyError as error:
        say(error.message.english())


def profile_to_read(academy: Academy, arguments: argparse.Namespace) -> Profile:
    """Return the profile named, else the one last used. Raises UsageProblem where there is none such."""
    known = academy.profiles.all()
    if not known:
        raise UsageProblem(message("cli.no_profiles"))
    if arguments.profile is not None:
        found = academy.profiles.find(arguments.profile)
    elif len(known) == 1:
        found = known[0]
    else:
        found = academy.profiles.current() or academy.profiles.find(DEFAULT_NAME)
    if found is not None:
        return found
    names = ", ".join(profile.name for profile in known)
    if arguments.profile is None:
        raise UsageProblem(message("cli.no_profile_used", names=names))
    raise UsageProblem(message("cli.unknown_profile", name=arguments.profile, names=names))


def profile_if_any(academy: Academy, arguments: argparse.Namespace) -> Profile | None:
    """Return the profile to read, or None where nobody has used the program; a wrong name is wrong all the same."""
    if arguments.profile is None and academy.profiles.current() is None:
        return None
    return profile_to_read(academy, arguments)


def profile_to_change(academy: Academy, arguments: argparse.Namespace) -> Profile:
    """Return the profile named, else the one last used, else the default one; created when new, last used from now."""
    if arguments.profile is not None:
        return academy.profiles.choose(arguments.profile)
    return academy.profiles.current() or academy.profiles.choose(DEFAULT_NAME)


def remark_on_evidence(academy: Academy, profile: Profile) -> None:
    """Say so where nothing is known of a learner, and figures are those of anybody."""
    if not academy.standings.current(profile.id).has_evidence:
        say(f"{profile.name} has taken no assessment yet: this is what can be expected of anybody.")
