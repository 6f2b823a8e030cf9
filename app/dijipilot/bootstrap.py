"""Builds database, content and services by hand; the only place that knows all parts."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from dijipilot.content.freshness import shipped
from dijipilot.content.installed import open_pack_in_use
from dijipilot.content.pack import Pack
from dijipilot.domain.gaps import GapAnalysis
from dijipilot.domain.roadmap import Roadmap
from dijipilot.domain.signed_text import TrustedKeys
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.paths import UserPaths, machine_licenses
from dijipilot.services.activate import Licenses
from dijipilot.services.assess import Assess
from dijipilot.services.backup import Safekeeping
from dijipilot.services.conclusions import Conclusions
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.events import Announcer
from dijipilot.services.home import Home
from dijipilot.services.learn import Learn
from dijipilot.services.library import Library
from dijipilot.services.license_clock import LicenseClock
from dijipilot.services.outlines import Outlines
from dijipilot.services.packs import Packs
from dijipilot.services.plan import Plan
from dijipilot.services.profiles import Profiles
from dijipilot.services.questions import Questions
from dijipilot.services.reading import Reading
from dijipilot.services.standing import Standings
from dijipilot.storage.database import Database, open_for_reading, open_for_writing
from dijipilot.storage.lock import WriterLock
from dijipilot.storage.recovery import RecoveryReport

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time, aware, in UTC."""
    return datetime.now(UTC)


def new_random_id() -> str:
    """Return a random id for a record: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class Academy(Struct, frozen=True):
    """Everything that the window and the command line work with."""

    paths: UserPaths
    pack: Pack
    database: Database
    announcer: Announcer
    profiles: Profiles
    licenses: Licenses
    library: Library
    outlines: Outlines
    assess: Assess
    standings: Standings
    plan: Plan
    learn: Learn
    home: Home
    reading: Reading
    questions: Questions
    safekeeping: Safekeeping

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be saved: opened beside a window, or the database is of a later version."""
        return self.database.is_read_only

    @property
    def recovery(self) -> RecoveryReport | None:
        """What happened when the database was found damaged at this start, else None."""
        return self.database.recovery

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self.database.is_open

    def warm_up_writing(self) -> None:
        """Load what the first write needs; from then on writing takes milliseconds."""
        if self.is_open and not self.is_read_only:
            self.database.prepare_writing()

    def warm_up_diagnostic(self) -> None:
        """Load and build what the first question needs."""
        self.assess.prepare()

    def close(self) -> None:
        """Close the pack and the database; the lock is free afterwards."""
        self.pack.close()
        self.database.close()


def open_academy(
    paths: UserPaths, for_writing: bool, clock: Clock = utc_now, new_id: Callable[[], str] = new_random_id
) -> Academy:
    """Open the learner's data and the content pack and put the services together.

    for_writing: takes the lock of the home; without it nothing on disk changes, and it works beside a writer.
    Raises AnotherInstanceWrites, CouldNotSave, DatabaseDamaged, PackDamaged or BadInput (curriculum sources).
    """
    own = shipped()
    pack = open_pack_in_use(paths.packs, own)
    try:
        database = open_for_writing(paths, clock()) if for_writing else open_for_reading(paths)
    except BaseException:
        pack.close()
        raise
    return _assemble(paths, pack, own.trusted, database, clock, new_id)


def _assemble(
    paths: UserPaths,
    pack: Pack,
    trusted: TrustedKeys,
    database: Database,
    clock: Clock,
    new_id: Callable[[], str],
) -> Academy:
    announcer = Announcer()
    licenses = _licenses(paths, pack, trusted, announcer, clock, may_write=not database.is_read_only)
    diagnostics = Diagnostics(pack.curriculum, pack.cliques)
    conclusions = Conclusions(database, pack.id)
    standings = Standings(database, diagnostics, clock, conclusions)
    plan = Plan(database, pack, standings, announcer, clock, new_id)
    assess = Assess(database, diagnostics, standings, pack.id, announcer, clock, new_id, conclusions)
    learn = Learn(database, pack, plan, announcer, clock, new_id)
    library = Library(pack, database, licenses)
    return Academy(
        paths=paths,
        pack=pack,
        database=database,
        announcer=announcer,
        profiles=Profiles(database, pack.curriculum, announcer, clock, new_id),
        licenses=licenses,
        library=library,
        outlines=Outlines(library, licenses, standings, plan, learn),
        assess=assess,
        standings=standings,
        plan=plan,
        learn=learn,
        home=Home(database, pack, standings, assess, plan, learn, clock),
        reading=Reading(database, pack, plan, announcer, clock, new_id),
        questions=Questions(database, pack, announcer, clock, new_id),
        safekeeping=Safekeeping(database, announcer, clock),
    )


def _licenses(
    paths: UserPaths, pack: Pack, trusted: TrustedKeys, announcer: Announcer, clock: Clock, may_write: bool
) -> Licenses:
    """Open what the licenses of this home and this machine open in a pack. may_write: holds the lock of the home."""
    store = ActivationStore(paths.licenses, machine_licenses())
    license_clock = LicenseClock(paths.clock_mark, may_write, clock)
    licenses = Licenses(store, pack, trusted.license, announcer, clock, license_clock)
    licenses.open_all()
    return licenses


@contextmanager
def open_licenses(paths: UserPaths, for_writing: bool, clock: Clock = utc_now) -> Iterator[Licenses]:
    """Open the licenses of a home without its database, which has nothing to do with them.

    for_writing: takes the lock of the home; not needed for what is kept for all users. Raises AnotherInstanceWrites,
    CouldNotSave, PackDamaged or BadInput (curriculum sources).
    """
    with _locked(paths, for_writing):
        own = shipped()
        with open_pack_in_use(paths.packs, own) as pack:
            yield _licenses(paths, pack, own.trusted, Announcer(), clock, for_writing)


@contextmanager
def open_packs(paths: UserPaths, for_writing: bool, clock: Clock = utc_now) -> Iterator[Packs]:
    """Open the content packs of a home without its database. for_writing and errors: as open_licenses."""
    with _locked(paths, for_writing):
        own = shipped()

        def licenses_for(pack: Pack) -> Licenses:
            # To look at a pack is no start of the program: the mark of the clock stays as it is.
            return _licenses(paths, pack, own.trusted, Announcer(), clock, may_write=False)

        yield Packs(paths.packs, own, licenses_for)


@contextmanager
def _locked(paths: UserPaths, for_writing: bool) -> Iterator[None]:
    lock = WriterLock.acquire(paths) if for_writing else None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def write_gaps_pdf(file: Path, analysis: GapAnalysis, learner: str, now: datetime) -> None:
    """Write the gap analysis of a learner as PDF, without a screen. Raises CouldNotSave."""
    # Imported here: no other command needs Qt.
    from dijipilot.ui import offscreen

    offscreen.write_gaps_pdf(file, analysis, learner, now)


def write_roadmap_pdf(file: Path, roadmap: Roadmap, learner: str, now: datetime) -> None:
    """Write the roadmap of a learner as PDF, without a screen. Raises CouldNotSave."""
    # Imported here: no other command needs Qt.
    from dijipilot.ui import offscreen

    offscreen.write_roadmap_pdf(file, roadmap, learner, now)
