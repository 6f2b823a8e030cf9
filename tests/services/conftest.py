"""Services over a real database and a real pack, both small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from dijipilot.content.compiler import compile_body
from dijipilot.content.pack import Pack
from dijipilot.domain.ids import ProfileId
from dijipilot.paths import UserPaths
from dijipilot.services.backup import Safekeeping
from dijipilot.services.diagnostics import Diagnostics
from dijipilot.services.events import Announcer, Event
from dijipilot.services.learn import Learn
from dijipilot.services.library import Library
from dijipilot.services.plan import Plan
from dijipilot.services.profiles import Profiles
from dijipilot.services.questions import Questions
from dijipilot.services.reading import Reading
from dijipilot.services.standing import Standings
from dijipilot.storage.database import Database, open_for_writing
from tests import builders
from tests.packs import opened, write_pack


@dataclass
class Desk:
    """All services of one home; told: every event announced so far; learner: the one profile."""

    database: Database
    pack: Pack
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    told: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        announcer = Announcer()
        announcer.subscribe(self.told.append)
        standings = Standings(self.database, Diagnostics(self.pack.curriculum), self.clock)
        recording = (announcer, self.clock, self.new_id)
        self.announcer = announcer
        self.standings = standings
        self.profiles = Profiles(self.database, self.pack.curriculum, *recording)
        self.library = Library(self.pack, self.database)
        self.plan = Plan(self.database, self.pack, standings, *recording)
        self.learn = Learn(self.database, self.pack, self.plan, *recording)
        self.reading = Reading(self.database, self.pack, self.plan, *recording)
        self.questions = Questions(self.database, self.pack, *recording)
        self.safekeeping = Safekeeping(self.database, announcer, self.clock)

    @property
    def learner(self) -> ProfileId:
        """Id of the profile in use."""
        return self.profiles.choose("Ayşe").id


@pytest.fixture(scope="session")
def pack_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack of the small curriculum."""
    return write_pack(compile_body(builders.small_content()), tmp_path_factory.mktemp("pack") / "small.djpack")


@pytest.fixture
def pack(pack_file: Path) -> Iterator[Pack]:
    """Return the pack, open."""
    with opened(pack_file) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, pack: Pack) -> Iterator[Desk]:
    """Return services over an empty database with one profile."""
    database = open_for_writing(UserPaths(tmp_path / "home"), builders.NOON)
    made = Desk(database, pack, builders.ticking_clock(), builders.counting_ids())
    assert made.learner
    made.told.clear()
    yield made
    database.close()


@pytest.fixture
def other_desk(tmp_path: Path, pack: Pack) -> Iterator[Desk]:
    """Return services of another computer, without any profile."""
    database = open_for_writing(UserPaths(tmp_path / "other home"), builders.NOON)
    numbers = builders.counting_ids()
    yield Desk(database, pack, builders.ticking_clock(), lambda: f"b{numbers()[1:]}")
    database.close()
