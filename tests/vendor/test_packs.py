"""Packs as the publisher makes them: who opens them, who no more, and what changes from one to the next."""

import json
from pathlib import Path

import pytest

from dijipilot.content.keyring import find_record
from dijipilot.content.pack import Pack, check_pack, open_pack
from dijipilot.domain.ids import SkillId
from dijipilot.domain.license import License
from dijipilot.domain.signed_text import TrustedKeys, read_trusted_keys
from dijipilot.errors import BadInput, LessonLocked
from dijipilot.licensing.code import read_code
from dijipilot.licensing.license import lookup_of, open_record, root_of
from dijipilot.licensing.license_file import read_license_file
from tests.content.mini_curriculum import MISSION, change
from tests.vendor.conftest import Tool
from tests.vendor.pictures import qr_codes

FIRST = SkillId("base.first")


def trusted(tool: Tool) -> TrustedKeys:
    """Return the keys that an app built now would trust."""
    file = tool.file("trusted-keys.json")
    file.unlink(missing_ok=True)
    tool.do("keys", "export", "--out", file)
    return read_trusted_keys(file.read_bytes())


def card_codes(tool: Tool, count: int = 3) -> list[str]:
    """Mint and print cards; return their codes, in order of their licenses."""
    tool.do(
        "cards", "mint", "--sku=S", "--ents=pro", "--through=2027-12-31", f"--count={count}", "--batch=B1",
        "--out", tool.file("b1.enc"),
    )  # fmt: skip
    tool.do("cards", "print", "B1", "--pdf", tool.file("b1.pdf"), "--qr")
    (codes,) = qr_codes(tool.file("b1.pdf"))
    return codes


def sign(tool: Tool, body: Path, serial: int) -> Path:
    """Take in all live licenses and sign a pack; return where it is."""
    pack = tool.file(f"{serial}.djpack")
    tool.do("keyring", "build", "--all-live", "--serial", serial)
    tool.do("pack", "sign", body, "--out", pack, "--serial", serial)
    return pack


def found_in(pack: Pack, code: str, keys: TrustedKeys) -> License | None:
    """Return the license of a code as an app finds it in a pack."""
    return found_by_root(pack, root_of(read_code(code).secret), keys)


def found_by_root(pack: Pack, root: bytes, keys: TrustedKeys) -> License | None:
    """Return the license of a root as an app finds it in a pack."""
    lookup = lookup_of(root, pack.manifest.keyring_id)
    record = find_record(pack.file, lookup)
    return open_record(root, pack.manifest.keyring_id, lookup, record, keys.license, "1.0") if record else None


def can_read(file: Path, license_: License | None, keys: TrustedKeys) -> bool:
    """Tell whether a license opens the first lesson of a pack."""
    with open_pack(file, keys) as pack:
        pack.unlock(license_.entitlements if license_ else ())
        try:
            return pack.lesson_text(FIRST) is not None
        except LessonLocked:
            return False


def test_a_card_opens_the_pack_and_nobody_else_does(tool: Tool, body: Path) -> None:
    codes = card_codes(tool)
    file = sign(tool, body, 1)
    keys = trusted(tool)

    check_pack(file, keys)
    with open_pack(file, keys) as pack:
        licenses = [found_in(pack, code, keys) for code in codes]
        assert pack.manifest.epochs == {"pro-2026": 1}
    assert [license_.id for license_ in licenses if license_] == ["L-2026-000001", "L-2026-000002", "L-2026-000003"]
    assert can_read(file, licenses[0], keys)
    assert not can_read(file, None, keys)
    assert tool.do("pack", "verify", file).out.startswith(str(file))


def test_a_revoked_card_does_not_open_the_next_pack_and_the_others_do(tool: Tool, body: Path) -> None:
    codes = card_codes(tool)
    first = sign(tool, body, 1)
    keys = trusted(tool)
    with open_pack(first, keys) as pack:
        revoked = found_in(pack, codes[0], keys)
    tool.do("revoke", "L-2026-000001", "--reason", "refund")
    tool.do("ent", "bump", "pro")

    second = sign(tool, body, 2)

    with open_pack(second, keys) as pack:
        assert found_in(pack, codes[0], keys) is None
        live = found_in(pack, codes[1], keys)
    assert not can_read(second, revoked, keys)
    assert can_read(second, live, keys)
    # What was open stays open with the pack that is out.
    assert can_read(first, revoked, keys)


def test_a_license_file_opens_the_pack_that_is_out_and_the_next(tool: Tool, body: Path) -> None:
    first = sign(tool, body, 1)
    tool.do("ent", "bump", "pro")
    file = tool.file("a.djlicense")
    tool.do("issue", "--typ=trial", "--ents=pro", "--days=9", "--bearer", "--out", file)
    second = sign(tool, body, 2)
    keys = trusted(tool)
    given = read_license_file(file)
    assert given.root
    license_ = open_record(given.root, given.keyring_id, given.lookup, given.record, keys.license, "1.0")

    assert can_read(first, license_, keys)
    assert can_read(second, license_, keys)
    tool.do("ent", "bump", "pro")
    third = sign(tool, body, 3)
    with open_pack(third, keys) as pack:
        moved = found_by_root(pack, given.root, keys)
    assert not can_read(third, license_, keys)
    assert can_read(third, moved, keys)


def test_licenses_survive_three_rotations_of_both_keys(tool: Tool, body: Path) -> None:
    codes = card_codes(tool, 1)
    for serial in (1, 2, 3):
        for role in ("pack", "license"):
            tool.do("keys", "rotate", "--role", role)
        file = sign(tool, body, serial)
        keys = trusted(tool)
        with open_pack(file, keys) as pack:
            license_ = found_in(pack, codes[0], keys)
        assert can_read(file, license_, keys)


def test_an_app_that_is_out_accepts_the_pack_after_one_rotation_and_not_after_two(tool: Tool, body: Path) -> None:
    keys = trusted(tool)
    tool.do("keys", "rotate", "--role", "pack")
    check_pack(sign(tool, body, 1), keys)
    tool.do("keys", "rotate", "--role", "pack")

    with pytest.raises(BadInput):
        check_pack(sign(tool, body, 2), keys)


def test_serials_rise_and_are_counted_for_the_publisher(tool: Tool, body: Path) -> None:
    tool.do("keyring", "build", "--all-live", "--serial", "1")
    tool.do("pack", "sign", body, "--out", tool.file("a.djpack"))
    tool.do("pack", "sign", body, "--out", tool.file("b.djpack"))

    assert tool.do("inspect", tool.file("b.djpack"), "--json").data["pack"] == 2
    assert tool("pack", "sign", body, "--out", tool.file("c.djpack"), "--serial", "2").code == 2


def test_a_pack_without_a_keyring_is_not_signed(tool: Tool, body: Path) -> None:
    outcome = tool("pack", "sign", body, "--out", tool.file("a.djpack"))

    assert outcome.code == 2
    assert "No keyring was built yet" in outcome.err


def test_a_pack_that_no_edition_could_open_is_not_signed(no_vault: Tool, compiled: tuple[Path, Path]) -> None:
    no_vault.do("keys", "init")
    no_vault.do("keyring", "build", "--all-live", "--serial", "1")

    outcome = no_vault("pack", "sign", compiled[1], "--out", no_vault.file("a.djpack"))

    assert outcome.code == 2
    assert "There is no edition yet" in outcome.err


def test_the_same_input_gives_the_same_bytes(tool: Tool, body: Path) -> None:
    card_codes(tool)
    one = sign(tool, body, 1)
    vault = {path: path.read_bytes() for path in tool.vault.iterdir()}
    tool.do("pack", "sign", body, "--out", tool.file("x.djpack"), "--serial", "2")
    for path, raw in vault.items():
        path.write_bytes(raw)

    tool.do("pack", "sign", body, "--out", tool.file("y.djpack"), "--serial", "2")

    assert tool.file("x.djpack").read_bytes() == tool.file("y.djpack").read_bytes() != one.read_bytes()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(4096), b"x" * 5000])
def test_what_is_no_compiled_curriculum_is_not_signed(tool: Tool, content: bytes) -> None:
    tool.do("keyring", "build", "--all-live", "--serial", "1")
    tool.file("x").write_bytes(content)

    outcome = tool("pack", "sign", tool.file("x"), "--out", tool.file("a.djpack"))

    assert outcome.code == 3
    assert "no compiled curriculum" in outcome.err


def test_sources_with_problems_are_not_compiled(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    outcome = tool("pack", "build", tmp_path / "empty", "--out", tool.file("a.djbody"))

    assert (outcome.code, tool.file("a.djbody").exists()) == (3, False)


def test_a_release_with_drafts_is_refused(tool: Tool, sources: Path) -> None:
    outcome = tool("pack", "build", sources, "--out", tool.file("r.djbody"), "--release")

    assert outcome.code == 3
    assert "it is a draft" in outcome.err


def test_a_pack_that_was_changed_is_not_verified(tool: Tool, body: Path) -> None:
    file = sign(tool, body, 1)
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(raw)

    assert tool("pack", "verify", file).code == 3


def test_a_program_that_no_edition_opens_is_told_before_it_is_published(
    no_vault: Tool, compiled: tuple[Path, Path]
) -> None:
    no_vault.do("keys", "init")
    no_vault.do("ent", "new", "other", "--title", "Other", "--programs", "9.*")
    no_vault.do("keyring", "build", "--all-live", "--serial", "1")

    signed = no_vault.do("pack", "sign", compiled[1], "--out", no_vault.file("a.djpack"))
    verified = no_vault("pack", "verify", no_vault.file("a.djpack"))

    assert "no edition opens program 1.1" in signed.out
    assert verified.code == 3
    assert f"no edition opens the lesson {FIRST}" in verified.err


def test_licenses_that_came_after_the_keyring_are_told(tool: Tool, body: Path) -> None:
    tool.do("keyring", "build", "--all-live", "--serial", "1")
    tool.do("issue", "--typ=trial", "--ents=pro", "--days=9", "--bearer", "--out", tool.file("a.djlicense"))

    assert "1 licenses were issued after" in tool.do("pack", "sign", body, "--out", tool.file("a.djpack")).out


def test_a_difference_tells_what_opens_and_closes(tool: Tool, body: Path, sources: Path) -> None:
    card_codes(tool)
    one = sign(tool, body, 1)
    tool.do("revoke", "L-2026-000002", "--reason", "refund")
    tool.do("ent", "bump", "pro")
    change(sources, MISSION, "How Do You Do Thing 1?", "How Does One Do Thing 1?")
    tool.do("pack", "build", sources, "--out", tool.file("new.djbody"))
    two = sign(tool, tool.file("new.djbody"), 2)

    found = tool.do("pack", "diff", one, two, "--json").data["differences"]

    assert found == {
        "Pack": ["serial: 1 -> 2", "keyring: 1 -> 2", "generation of pro-2026: 1 -> 2"],
        "Changed lessons": [f"1.1.1.1 How Does One Do Thing 1? ({FIRST})"],
        "Opens no more for": ["L-2026-000002"],
    }
    assert json.dumps(found) == json.dumps(tool.do("pack", "diff", one, two, "--json").data["differences"])


def test_packs_without_a_difference_say_so(tool: Tool, body: Path) -> None:
    one = sign(tool, body, 1)

    assert tool.do("pack", "diff", one, one).out == "There is no difference.\n"
