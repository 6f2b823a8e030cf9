"""What sealing costs: opening packs, unlocking, activating, issuing, and the start of the window."""

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from dijipilot.content.body_format import LESSON
from dijipilot.content.compiler import compile_body, write_body
from dijipilot.content.freshness import shipped
from dijipilot.content.loader import Content, assemble, load_sources
from dijipilot.content.pack import Pack, open_pack
from dijipilot.content.pack_file import PackFile, open_pack_file
from dijipilot.domain.curriculum import Curriculum
from dijipilot.licensing.activation_store import ActivationStore
from dijipilot.paths import MACHINE_VARIABLE, UserPaths, curriculum_sources, development_vault
from dijipilot.services.activate import Licenses
from dijipilot.services.events import Announcer
from dijipilot.services.license_clock import LicenseClock
from dijipilot_vendor.develop import LICENSE, seal_for_development
from dijipilot_vendor.records import Keyring, make_keyring
from dijipilot_vendor.sealing import Release, manifest_of, seal_pack, sign_pack
from tests.benchmarks.start_up import APP_WINDOW, HOME, left_at, median, prepare, run
from tests.licensing.genuine import BUILT, OURS, TRUSTED, cards, code_of, license_of, pack_bytes, write_genuine_pack

ROUNDS = 60
TIMES_AS_MANY = 10
CARDS = 10_000
START_ROUNDS = 20

_NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
_PLAIN = "nothing sealed"
_RELEASE = Release(serial=1, keyring_serial=1, built=BUILT)


def opening() -> Iterator[str]:
    """Opening the real curriculum with nothing sealed, sealed as it is, and with ten times as many sealed texts."""
    content = _content()
    with tempfile.TemporaryDirectory() as folder:
        sealed = seal_pack(compile_body(content), OURS, (), _RELEASE)
        raw_by_name = {
            _PLAIN: seal_pack(compile_body(_all_free(content)), OURS, (), _RELEASE),
            "as it is": sealed,
            "ten times as many": _with_more_sealed(sealed, Path(folder) / "sealed.djpack"),
        }
        file_by_name = {
            name: write_genuine_pack(Path(folder) / f"{number}.djpack", raw)
            for number, (name, raw) in enumerate(raw_by_name.items())
        }
        times = _alternating({name: partial(_open, file) for name, file in file_by_name.items()}, ROUNDS)
        for name, file in file_by_name.items():
            with open_pack(file, TRUSTED) as pack:
                lessons = len(pack.read("SELECT id FROM sealed WHERE kind = ?", (LESSON,)))
            ratio = times[name] / times[_PLAIN]
            size = file.stat().st_size / 1e6
            yield f"{lessons} lessons sealed: {times[name]:.2f} ms, {ratio:.2f} times; a pack of {size:.1f} MB"
        yield from _unlocking(file_by_name["as it is"])


def _unlocking(file: Path) -> Iterator[str]:
    locked = 0
    keys = [OURS.entitlement_key(*each) for each in sorted(OURS.key_by_entitlement)]
    unlocked, searchable = [], []
    for _ in range(ROUNDS):
        with open_pack(file, TRUSTED) as pack:
            locked = len(pack.locked_skills())
            unlocked.append(_milliseconds(partial(pack.unlock, keys)))
            searchable.append(_milliseconds(pack.prepare_search))
            assert not pack.locked_skills()
    middle, longest = statistics.median(unlocked), max(unlocked)
    yield f"unlocking {locked} lessons: {middle:.2f} ms, longest {longest:.1f} ms (under 100)"
    yield f"their texts added to the search, once somebody searches: {statistics.median(searchable):.1f} ms"


def _content() -> Content:
    sources = curriculum_sources()
    assert sources is not None
    return assemble(load_sources(sources))


def _all_free(content: Content) -> Content:
    return replace(content, curriculum=_free(content.curriculum))


def _free(curriculum: Curriculum) -> Curriculum:
    stages = []
    for stage in curriculum.stages:
        programs = []
        for program in stage.programs:
            missions = tuple(replace(mission, is_free=True) for mission in program.missions)
            programs.append(replace(program, missions=missions))
        stages.append(replace(stage, programs=tuple(programs)))
    return replace(curriculum, stages=tuple(stages))


def _with_more_sealed(raw: bytes, file: Path) -> bytes:
    """Return a pack of the same curriculum in which every sealed text stands ten times."""
    write_genuine_pack(file, raw)
    with closing(open_pack_file(file, TRUSTED.pack)) as pack_file:
        manifest, body = pack_file.manifest, pack_file.body()
        texts_len = manifest.sealed_len - manifest.keyring_len
        texts, keyring = pack_file.sealed_bytes(0, texts_len), _keyring_of(pack_file)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(body)
        for number in range(1, TIMES_AS_MANY):
            connection.execute(
                "INSERT INTO sealed SELECT kind, id || ?, program, period, start + ?, length, sha256 FROM sealed"
                " WHERE id NOT LIKE '%#%'",
                (f"#{number}", number * texts_len),
            )
        body = connection.serialize()
    more = texts * TIMES_AS_MANY
    said = manifest_of(manifest.content_id, body, more, keyring, manifest.epochs, _RELEASE)
    return sign_pack(said, body, more, keyring, OURS.pack_signer)


def _keyring_of(pack_file: PackFile) -> Keyring:
    manifest = pack_file.manifest
    raw = pack_file.sealed_bytes(manifest.sealed_len - manifest.keyring_len, manifest.keyring_len)
    return Keyring(
        manifest.keyring_id, manifest.keyring_serial, manifest.keyring_count, manifest.keyring_record_len, raw
    )


def _open(file: Path) -> None:
    open_pack(file, TRUSTED).close()


def issuing() -> Iterator[str]:
    """Issuing 10,000 cards, and activating one of them."""
    start = time.perf_counter()
    live = cards(CARDS)
    keyring = make_keyring(live, OURS.license_signer, OURS.content_root, bytes(32), 1)
    took = time.perf_counter() - start
    each = len(keyring.raw) / keyring.count
    yield f"{CARDS:,} cards issued: {took:.1f} s; keyring {len(keyring.raw) / 1e6:.2f} MB, {each:.0f} bytes a card"
    with tempfile.TemporaryDirectory() as folder:
        file = write_genuine_pack(Path(folder) / "cards.djpack", pack_bytes(live_cards=CARDS))
        with open_pack(file, TRUSTED) as pack:
            times = list(_activations(pack, Path(folder)))
    yield f"a code activated among them and kept: {statistics.median(times):.2f} ms, longest {max(times):.1f} ms"


def _activations(pack: Pack, folder: Path) -> Iterator[float]:
    def clock() -> datetime:
        return _NOW

    store = ActivationStore(folder / "licenses", folder / "everybody")
    for number in range(ROUNDS):
        mark = LicenseClock(folder / "clock.json", may_write=True, clock=clock)
        licenses = Licenses(store, pack, TRUSTED.license, Announcer(), clock, mark)
        typed = code_of(number * 97).printed
        yield _milliseconds(partial(licenses.activate, typed))
        licenses.remove(license_of(number * 97).id)


def starting() -> Iterator[str]:
    """The start of the window with a sealed pack and a license, against the same content with nothing sealed."""
    shipped()
    content = _content()
    with tempfile.TemporaryDirectory() as folder, _no_machine_licenses(Path(folder)):
        homes = {}
        for name, packed in (("open", _all_free(content)), ("sealed", content)):
            home = UserPaths(Path(folder) / name / "home")
            raw = seal_for_development(compile_body(packed), development_vault(), datetime.now(UTC).date())
            write_body(raw, home.packs / f"000001-{name}.djpack")
            prepare(home.home)
            shutil.rmtree(home.licenses, ignore_errors=True)
            if name == "sealed":
                home.licenses.mkdir(mode=0o700)
                shutil.copy(development_vault() / LICENSE, home.licenses / "DEV-FILE.djlicense")
            homes[name] = left_at(home.home, HOME)
        yield from _compared(homes, Path(folder) / "own")


def _compared(homes: Mapping[str, Path], own: Path) -> Iterator[str]:
    found: dict[str, list[dict[str, tuple[float, float]]]] = {name: [] for name in homes}
    for number in range(START_ROUNDS + 1):
        # In turn, and each first as often as the other: whatever else the machine does meets both.
        for name in sorted(homes, reverse=bool(number % 2)):
            shutil.copytree(homes[name], own)
            moments = run(APP_WINDOW, own, f"look {HOME}")
            shutil.rmtree(own)
            if number:
                found[name].append(moments)
    for word in ("painted", "usable"):
        (wall, cpu), (plain_wall, plain_cpu) = median(found["sealed"], word), median(found["open"], word)
        yield f"{word}, nothing sealed: {plain_wall:.0f} ms, {plain_cpu:.0f} ms CPU"
        more, more_cpu = wall / plain_wall - 1, cpu / plain_cpu - 1
        differences = f"{more:+.1%}, {more_cpu:+.1%} CPU (within 5 %)"
        yield f"{word}, sealed with a license: {wall:.0f} ms, {cpu:.0f} ms CPU; {differences}"


@contextmanager
def _no_machine_licenses(folder: Path) -> Iterator[None]:
    """Let no license of this machine be counted in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MACHINE_VARIABLE, str(folder / "everybody"))
        yield


def _alternating(actions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of several actions, done in turn."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            took = _milliseconds(action)
            if number:
                times[name].append(took)
    return {name: statistics.median(each) for name, each in times.items()}


def _milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)
