"""A release holds the publisher's keys and pack and nothing else: the build refuses whatever is not meant to leave."""

import importlib.util
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from dijipilot.content.compiler import compile_body, content_id, write_body
from dijipilot.content.loader import Content
from dijipilot.domain.ids import PackId
from dijipilot.domain.signed_text import TrustedKey
from dijipilot_vendor.develop import make_vault, publisher_of, seal_for_development
from dijipilot_vendor.known_answers import vector
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.records import canonical
from dijipilot_vendor.release import main, release_problems
from dijipilot_vendor.sealing import Release, seal_pack
from dijipilot_vendor.signing import SigningKey
from tests.builders import small_content
from tests.content.mini_curriculum import write_mini_curriculum
from tests.packs import BUILT, PARTS

ROOT = Path(__file__).resolve().parent.parent
CONTENT: Content = small_content()
CONTENT_ID: PackId = content_id(CONTENT)
REFUSED = 3


@cache
def body() -> bytes:
    """Return the content, compiled."""
    return compile_body(CONTENT)


def named(kid: str, key: SigningKey) -> SigningKey:
    """Return a key under another id."""
    return SigningKey(kid, key.seed)


def publisher(number: int = 1) -> Publisher:
    """Return a publisher whose keys are meant to leave."""
    made = publisher_of(bytes([number]) * 32, PARTS)
    pack, license_ = named(f"pack-{number}", made.pack_signer), named(f"license-{number}", made.license_signer)
    trusted = replace(
        made.trusted,
        is_development=False,
        pack=(TrustedKey(pack.kid, pack.public),),
        license=(TrustedKey(license_.kid, license_.public),),
    )
    return replace(made, is_development=False, trusted=trusted, pack_signer=pack, license_signer=license_)


OURS = publisher()


class Parts:
    """A pack and a file of trusted keys, as a release would take them."""

    def __init__(self, folder: Path) -> None:
        self.pack, self.trusted = folder / "academy.djpack", folder / "trusted-keys.json"
        self.sign(OURS)
        self.list_keys(OURS)

    def sign(self, signer: Publisher) -> None:
        """Let somebody sign the pack."""
        write_body(seal_pack(body(), signer, (), Release(1, 1, BUILT)), self.pack)

    def list_keys(self, owner: Publisher, *, is_development: bool = False) -> None:
        """List the keys of somebody."""
        roles = {"pack": owner.trusted.pack, "license": owner.trusted.license}
        keys = {role: [{"kid": each.kid, "key": each.key.hex()} for each in found] for role, found in roles.items()}
        self.trusted.write_bytes(canonical({"development": is_development, **keys}))

    def problems(self, content: PackId = CONTENT_ID) -> str:
        """Return what stands in the way."""
        return "\n".join(release_problems(self.pack, self.trusted, content))


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """Return parts with which nothing is wrong."""
    return Parts(tmp_path)


def test_the_publishers_keys_and_pack_may_leave(parts: Parts) -> None:
    assert parts.problems() == ""


def test_without_keys_nothing_leaves(parts: Parts) -> None:
    parts.trusted.unlink()
    assert "public keys are missing" in parts.problems()


@pytest.mark.parametrize("text", ["", "{}", '{"development":false,"pack":[],"license":[]}', "[1]"])
def test_a_file_that_lists_no_keys_is_refused(parts: Parts, text: str) -> None:
    parts.trusted.write_text(text)
    assert "public keys are missing" in parts.problems()


def test_keys_of_a_checkout_do_not_leave(parts: Parts) -> None:
    development = publisher_of(bytes([1]) * 32, PARTS)
    parts.sign(development)
    parts.list_keys(development, is_development=True)

    told = parts.problems()

    assert "the trusted keys are those of a source checkout" in told
    assert f"{development.pack_signer.kid} is a key of a source checkout" in told
    assert f"{development.license_signer.kid} is a key of a source checkout" in told
    assert "the pack is signed with a key of a source checkout" in told


def test_keys_that_a_checkout_made_do_not_leave_under_another_flag(parts: Parts) -> None:
    development = publisher_of(bytes([1]) * 32, PARTS)
    parts.sign(development)
    parts.list_keys(development, is_development=False)
    assert parts.problems().count("of a source checkout") == 3


@pytest.mark.parametrize(
    "key", [vector.PACK_KEY, vector.NEXT_PACK_KEY, vector.LICENSE_KEY, vector.NEXT_LICENSE_KEY, vector.STRANGER]
)
def test_keys_of_the_known_answers_do_not_leave(parts: Parts, key: SigningKey) -> None:
    known = TrustedKey("license-9", key.public)
    parts.list_keys(replace(OURS, trusted=replace(OURS.trusted, license=(*OURS.trusted.license, known))))
    assert "license-9 is a key of the known answers" in parts.problems()


def test_one_key_does_not_sign_packs_and_licenses(parts: Parts) -> None:
    same = TrustedKey("license-1", OURS.trusted.pack[0].key)
    parts.list_keys(replace(OURS, trusted=replace(OURS.trusted, license=(same,))))
    assert "two roles" in parts.problems()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pack: pack.unlink(),
        lambda pack: pack.write_bytes(pack.read_bytes()[:-1]),
        lambda pack: pack.write_bytes(pack.read_bytes()[:-1] + b"\0"),
        lambda pack: pack.write_bytes(body()),
    ],
    ids=["none", "cut off", "changed", "not signed"],
)
def test_a_pack_that_is_not_whole_does_not_leave(parts: Parts, spoil: Callable[[Path], object]) -> None:
    spoil(parts.pack)
    assert parts.problems()


def test_a_pack_of_somebody_else_does_not_leave(parts: Parts) -> None:
    parts.sign(publisher(2))
    assert "was not made by the publisher" in parts.problems()


def test_a_pack_of_another_curriculum_does_not_leave(parts: Parts) -> None:
    assert "does not hold the curriculum as it is written now" in parts.problems(PackId("0" * 32))


def test_drafts_do_not_leave(parts: Parts, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = write_mini_curriculum(tmp_path / "curriculum")
    given = ["--pack", str(parts.pack), "--trusted", str(parts.trusted), "--curriculum", str(sources)]

    assert main(given) == REFUSED
    assert "draft" in capsys.readouterr().err


@pytest.fixture
def hook() -> ModuleType:
    """Return the module that fills the wheel."""
    spec = importlib.util.spec_from_file_location("wheel_hook", ROOT / "packaging" / "wheel_hook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_wheel_of_a_release_is_not_built_with_what_a_checkout_made(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    root, vault = tmp_path / "root", tmp_path / "publisher"
    write_mini_curriculum(root / "curriculum")
    (root / "app").symlink_to(ROOT / "app", target_is_directory=True)
    make_vault(vault)
    (root / "packaging").mkdir()
    shutil.copy(vault / "trusted-keys.json", root / "packaging")
    write_body(seal_for_development(body(), vault, BUILT), tmp_path / "own.djpack")
    monkeypatch.setenv("DIJIPILOT_PACK", str(tmp_path / "own.djpack"))

    with pytest.raises(hook.subprocess.CalledProcessError):
        hook.release_parts(root, tmp_path)

    told = capfd.readouterr().err
    assert "the trusted keys are those of a source checkout" in told
    assert "the pack is signed with a key of a source checkout" in told


def test_a_wheel_of_a_release_never_makes_a_pack_itself(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(hook, "run_tool", lambda _, module, *options: asked.append((module, options)))
    monkeypatch.setenv("DIJIPILOT_PACK", str(tmp_path / "theirs.djpack"))

    found = hook.release_parts(tmp_path, tmp_path / "folder")

    assert found == (tmp_path / "theirs.djpack", tmp_path / "packaging" / "trusted-keys.json")
    assert [module for module, _ in asked] == ["dijipilot_vendor.release"]
