"""What the publisher does day by day: keys, editions, cards, licenses, and the register of it all."""

import json
import os
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import read_trusted_keys
from dijipilot.licensing.code import read_code
from dijipilot.licensing.license import open_record, root_of
from dijipilot.licensing.license_file import LicenseFile, read_license_file
from dijipilot_vendor.vault import open_vault
from dijipilot_vendor.vault_lock import locked
from tests.vendor.conftest import PASSPHRASE, Tool
from tests.vendor.pictures import qr_codes

MINT = ("cards", "mint", "--sku", "PRO-SELF", "--ents", "pro", "--through", "2027-12-31", "--count", "12")
TRIAL = ("issue", "--typ", "trial", "--ents", "pro", "--days", "30", "--bearer")


def mint(tool: Tool, batch: str = "B014") -> Path:
    """Mint cards; return where their print file is."""
    file = tool.file(f"{batch}.cards.enc")
    tool.do(*MINT, "--batch", batch, "--out", file)
    return file


def codes_in(pdf: Path) -> list[str]:
    """Return what the QR codes of a PDF say, in the order of the cards."""
    return [code for page in qr_codes(pdf) for code in page]


def register(tool: Tool) -> list[dict[str, object]]:
    """Return the lines of the register, as people read them."""
    return [json.loads(line) for line in (tool.vault / "licenses.jsonl").read_text(encoding="utf-8").splitlines()]


def opened(tool: Tool, file: Path, root: bytes | None = None) -> License:
    """Return what an app reads in a license file, with the keys that it would be built with."""
    tool.do("keys", "export", "--out", tool.file("trusted-keys.json"))
    trusted = read_trusted_keys(tool.file("trusted-keys.json").read_bytes())
    tool.file("trusted-keys.json").unlink()
    found: LicenseFile = read_license_file(file)
    key = root or found.root
    assert key
    return open_record(key, found.keyring_id, found.lookup, found.record, trusted.license, "99.0")


# Dry runs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("keys", "list"),
        ("keys", "rotate", "--role", "pack"),
        ("keys", "export", "--out", "OUT"),
        ("ent", "new", "basics", "--title", "Basics"),
        ("ent", "bump", "pro"),
        ("ent", "list"),
        (*MINT, "--batch", "B2", "--out", "OUT"),
        ("cards", "print", "B014", "--pdf", "OUT", "--qr"),
        ("cards", "seal", "B014", "--unprinted"),
        ("cards", "list"),
        (*TRIAL, "--out", "OUT"),
        ("issue", "clock-reset", "--out", "OUT"),
        ("revoke", "L-2026-000001", "--reason", "refund"),
        ("revoke", "--batch", "B014", "--reason", "lost"),
        ("keyring", "build", "--all-live", "--serial", "1"),
        ("inspect", "L-2026-000001"),
        ("audit", "verify"),
        ("ent", "new", "pro", "--title", "refused"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_dry_run_changes_no_byte(tool: Tool, words: tuple[str, ...]) -> None:
    mint(tool)
    before = tool.bytes_by_name()

    outcome = tool("--dry-run", *(tool.file("out") if word == "OUT" else word for word in words))

    assert tool.bytes_by_name() == before
    assert outcome.code == (2 if "refused" in words else 0), outcome.err
    assert outcome.code == 2 or "Dry run: nothing was written." in outcome.out


def test_a_dry_run_makes_no_vault(no_vault: Tool) -> None:
    no_vault.do("keys", "init", "--dry-run")

    assert list(no_vault.bytes_by_name()) == []


def test_a_dry_run_of_a_pack_changes_no_byte(tool: Tool, body: Path) -> None:
    tool.do("keyring", "build", "--all-live", "--serial", "1")
    before = tool.bytes_by_name()

    tool.do("pack", "sign", body, "--out", tool.file("a.djpack"), "--dry-run")

    assert tool.bytes_by_name() == before


# Keys -------------------------------------------------------------------------------------------------------


def test_apps_trust_the_key_that_signs_and_the_next(tool: Tool) -> None:
    keys = tool.do("keys", "list", "--json").data["keys"]

    tool.do("keys", "export", "--out", tool.file("trusted-keys.json"))

    trusted = read_trusted_keys(tool.file("trusted-keys.json").read_bytes())
    assert not trusted.is_development
    assert [each.kid for each in (*trusted.pack, *trusted.license)] == [key["kid"] for key in keys]


def test_a_rotated_key_is_one_that_apps_trusted_before(tool: Tool) -> None:
    before = {key["state"]: key["kid"] for key in tool.do("keys", "list", "--json").data["keys"][2:]}

    tool.do("keys", "rotate", "--role", "license")

    keys = tool.do("keys", "list", "--json").data["keys"]
    after = {key["state"]: key["kid"] for key in keys if key["role"] == "license"}
    assert after["current"] == before["next"]
    assert after["retired"] == before["current"]
    assert after["next"] not in before.values()
    assert [key["state"] for key in keys if key["role"] == "pack"] == ["current", "next"]


def test_the_seed_of_a_retired_key_is_forgotten(tool: Tool) -> None:
    retired = tool.do("keys", "list", "--json").data["keys"][0]["kid"]

    tool.do("keys", "rotate", "--role", "pack")

    with locked(tool.vault):
        seeds = open_vault(tool.vault, PASSPHRASE).state.secrets.seed_by_kid
    assert len(seeds) == 4
    assert retired not in seeds


def test_keys_for_trying_things_say_what_they_are(no_vault: Tool) -> None:
    no_vault.do("keys", "init", "--development")
    no_vault.do("keys", "export", "--out", no_vault.file("trusted-keys.json"))

    trusted = read_trusted_keys(no_vault.file("trusted-keys.json").read_bytes())

    assert trusted.is_development
    assert all(each.kid.startswith("dev-") for each in (*trusted.pack, *trusted.license))


# Editions ---------------------------------------------------------------------------------------------------


def test_an_edition_has_a_key_for_each_year_from_its_first(tool: Tool) -> None:
    tool.do("ent", "new", "basics", "--title", "Basics", "--programs", "1.*,2.3", "--since", "2025")
    tool.do(*TRIAL[:3], "--ents", "basics", *TRIAL[5:], "--out", tool.file("a.djlicense"))

    basics = tool.do("ent", "list", "--json").data["editions"][1]

    assert (basics["programs"], basics["years"]) == (["1.*", "2.3"], [2025, 2026])


@pytest.mark.parametrize("name", ["Pro", "", "9pro", "pro_2", "a" * 31, "pro-", "über"])
def test_a_name_that_no_license_could_hold_is_refused(tool: Tool, name: str) -> None:
    assert tool("ent", "new", name, "--title", "Title").code == 2


@pytest.mark.parametrize("programs", ["2", "2.", "x", "", "2.*.1", "0.1", "**"])
def test_a_pattern_that_names_no_programs_is_refused(tool: Tool, programs: str) -> None:
    outcome = tool("ent", "new", "basics", "--title", "Title", "--programs", programs)

    assert outcome.code == 2
    assert "names no programs" in outcome.err


def test_new_keys_are_made_for_every_year_and_packs_serve_them_alone(tool: Tool) -> None:
    tool.do(*TRIAL, "--through", "2028", "--out", tool.file("a.djlicense"))

    tool.do("ent", "bump", "pro")

    (pro,) = tool.do("ent", "list", "--json").data["editions"]
    assert (pro["epoch"], pro["oldest_epoch"], pro["years"]) == (2, 2, [2026, 2027, 2028])
    with locked(tool.vault):
        keys = open_vault(tool.vault, PASSPHRASE).state.secrets.entitlement_keys
    assert sorted((each.entitlement, each.epoch) for each in keys) == [
        (f"pro-{year}", epoch) for year in (2026, 2027, 2028) for epoch in (1, 2)
    ]
    assert len({each.key for each in keys}) == 6


# Cards ------------------------------------------------------------------------------------------------------


def test_cards_are_in_the_register_and_their_codes_in_no_file_of_the_vault(tool: Tool) -> None:
    mint(tool)
    tool.do("cards", "print", "b014", "--pdf", tool.file("b014.pdf"), "--qr")

    codes = codes_in(tool.file("b014.pdf"))

    assert len(set(codes)) == 12
    kept = b"".join(path.read_bytes() for path in (*tool.vault.iterdir(), tool.file("B014.cards.enc")))
    assert not any(code.encode() in kept or code.replace("-", "").encode() in kept for code in codes)
    assert not any(root_of(read_code(code).secret).hex().encode() in kept for code in codes)
    lines = register(tool)
    assert [line["lic"] for line in lines] == [f"L-2026-{number:06}" for number in range(1, 13)]
    assert {(line["typ"], line["batch"], line["sku"], line["through"]) for line in lines} == {
        ("card", "B014", "PRO-SELF", "2027-12-31")
    }


def test_a_printed_code_is_that_of_its_license(tool: Tool) -> None:
    mint(tool)
    tool.do("cards", "print", "b014", "--pdf", tool.file("b014.pdf"), "--qr")
    codes = codes_in(tool.file("b014.pdf"))

    told = tool.do("inspect", "-", "--json", typed=codes[4] + "\n").data

    assert told["license"] == "L-2026-000005"
    assert (told["edition"], told["batch"], told["state"]) == ("Academy Pro", "B014", "live")


def test_cards_are_printed_once_and_again_only_when_asked(tool: Tool) -> None:
    mint(tool)
    tool.do("cards", "print", "B014", "--pdf", tool.file("one.pdf"))

    refused = tool("cards", "print", "B014", "--pdf", tool.file("two.pdf"))
    tool.do("cards", "print", tool.file("B014.cards.enc"), "--pdf", tool.file("three.pdf"), "--again")

    assert (refused.code, tool.file("two.pdf").exists()) == (2, False)
    assert tool.file("one.pdf").read_bytes() == tool.file("three.pdf").read_bytes()
    (batch,) = tool.do("cards", "list", "--json").data["batches"]
    assert batch["printed"] == ["2026-12-01", "2026-12-01"]


def test_sealing_destroys_the_codes_in_every_copy_of_the_print_file(tool: Tool) -> None:
    file = mint(tool)
    tool.do("cards", "print", "B014", "--pdf", tool.file("one.pdf"))
    copy = file.read_bytes()

    tool.do("cards", "seal", "B014")

    assert not file.exists()
    file.write_bytes(copy)
    refused = tool("cards", "print", "B014", "--pdf", tool.file("two.pdf"), "--again")
    assert refused.code == 2
    assert "were destroyed on 2026-12-01" in refused.err
    with locked(tool.vault):
        assert open_vault(tool.vault, PASSPHRASE).state.secrets.print_key_by_batch == {}


def test_cards_that_nobody_printed_are_not_sealed_by_mistake(tool: Tool) -> None:
    file = mint(tool)

    assert tool("cards", "seal", "B014").code == 2
    assert file.exists()
    tool.do("cards", "seal", "B014", "--unprinted")
    assert not file.exists()


def test_sealing_again_removes_what_a_cut_short_run_left_behind(tool: Tool) -> None:
    file = mint(tool)
    tool.do("cards", "seal", "B014", "--unprinted")
    file.write_bytes(b"left behind")

    tool.do("cards", "seal", "B014")

    assert not file.exists()


@pytest.mark.parametrize("place", [0, 8, 40, -1])
def test_a_damaged_print_file_prints_nothing(tool: Tool, place: int) -> None:
    file = mint(tool)
    raw = bytearray(file.read_bytes())
    raw[place] ^= 1
    file.write_bytes(raw)

    outcome = tool("cards", "print", "B014", "--pdf", tool.file("one.pdf"))

    assert (outcome.code, tool.file("one.pdf").exists()) == (3, False)
    assert tool.do("cards", "list", "--json").data["batches"][0]["printed"] == []


def test_the_print_file_of_another_batch_is_not_taken_for_this_one(tool: Tool) -> None:
    one, other = mint(tool, "B1"), mint(tool, "B2")
    one.write_bytes(other.read_bytes())

    assert tool("cards", "print", "B1", "--pdf", tool.file("one.pdf")).code == 3


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--count", "0"),
        ("--count", "100001"),
        ("--batch", "B 14"),
        ("--ents", "unknown"),
        ("--through", "2027-06-30"),
        ("--through", "2025-12-31"),
        ("--through", "2047-12-31"),
        ("--through", "soon"),
        ("--sku", "x" * 201),
        ("--edition", "two\nlines"),
    ],
)
def test_cards_that_no_app_would_understand_are_not_minted(tool: Tool, option: str, value: str) -> None:
    before = register(tool)

    outcome = tool(*MINT, "--batch", "B1", "--out", tool.file("x.enc"), option, value)

    assert (outcome.code, tool.file("x.enc").exists()) == (2, False)
    assert register(tool) == before


def test_no_file_that_is_there_is_overwritten(tool: Tool) -> None:
    tool.file("there").write_text("mine", encoding="utf-8")

    outcome = tool(*MINT, "--batch", "B1", "--out", tool.file("there"))

    assert outcome.code == 2
    assert tool.file("there").read_text(encoding="utf-8") == "mine"


# Licenses ---------------------------------------------------------------------------------------------------


def test_a_license_for_a_classroom_opens_by_itself(tool: Tool) -> None:
    file = tool.file("room4.djlicense")
    tool.do(
        "issue", "--typ", "classroom", "--ents", "pro", "--holder", "North Shore College", "--seats", "40",
        "--through", "2027-12-31", "--bearer", "--out", file, "--sheet", tool.file("room4.pdf"),
    )  # fmt: skip

    license_ = opened(tool, file)

    assert (license_.id, license_.type) == ("L-2026-000001", LicenseType.CLASSROOM)
    assert (license_.holder, license_.seats, license_.edition) == ("North Shore College", 40, "Academy Pro")
    assert (license_.content_through, license_.not_after) == (date(2027, 12, 31), None)
    assert [each.entitlement for each in license_.entitlements] == ["pro-2026", "pro-2027"]
    assert codes_in(tool.file("room4.pdf")) == [file.read_text(encoding="ascii")]
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_license_for_a_person_opens_with_its_code(tool: Tool) -> None:
    file, code = tool.file("ann.djlicense"), tool.file("ann.code")
    tool.do(
        "issue", "--typ", "named", "--ents", "pro", "--holder", "Ann", "--through", "2026", "--out", file,
        "--code-out", code,
    )  # fmt: skip

    assert read_license_file(file).root is None
    license_ = opened(tool, file, root_of(read_code(code.read_text(encoding="ascii")).secret))
    assert license_.holder == "Ann"


def test_a_trial_ends_after_its_days(tool: Tool) -> None:
    tool.do(*TRIAL, "--grace", "3", "--out", tool.file("t.djlicense"))

    license_ = opened(tool, tool.file("t.djlicense"))

    assert (license_.issued, license_.not_after, license_.grace_days) == (date(2026, 12, 1), date(2026, 12, 31), 3)


def test_a_clock_reset_opens_nothing_and_is_in_no_keyring(tool: Tool) -> None:
    tool.do("issue", "clock-reset", "--out", tool.file("c.djlicense"))

    license_ = opened(tool, tool.file("c.djlicense"))

    assert (license_.type, license_.entitlements, license_.issued) == (LicenseType.CLOCK_RESET, (), date(2026, 12, 1))
    assert "Keyring 1: 0 licenses" in tool.do("keyring", "build", "--all-live", "--serial", "1").out


def test_numbers_of_licenses_go_on_over_the_years(tool: Tool) -> None:
    tool.do(*TRIAL, "--out", tool.file("a.djlicense"))
    tool.now = datetime(2027, 1, 2, tzinfo=UTC)

    tool.do(*TRIAL, "--out", tool.file("b.djlicense"))

    assert [line["lic"] for line in register(tool)] == ["L-2026-000001", "L-2027-000002"]


@pytest.mark.parametrize(
    "words",
    [
        ("issue", "--typ", "trial", "--ents", "pro", "--bearer"),
        ("issue", "--typ", "named", "--ents", "pro", "--bearer"),
        ("issue", "--typ", "named", "--ents", "pro", "--through", "2027"),
        ("issue", "--typ", "named", "--through", "2027", "--bearer"),
        ("issue", "--ents", "pro", "--through", "2027", "--bearer"),
        ("issue", "clock-reset", "--days", "3"),
        ("issue", "clock-reset", "--ents", "pro"),
        (*TRIAL, "--code-out", "x"),
        (*TRIAL, "--seats", "0"),
        (*TRIAL, "--seats", "100001"),
        (*TRIAL, "--grace", "367"),
        (*TRIAL, "--days", "0"),
        (*TRIAL, "--holder", "x" * 201),
        (*TRIAL, "--holder", "a\x1b[31mb"),
        (*TRIAL, "--ents", "pro,"),
        (*TRIAL, "--sheet", "out"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_make_a_license_are_refused(
    tool: Tool, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tool.folder)

    outcome = tool(*words, "--out", "out")

    assert outcome.code == 2, outcome.out
    assert outcome.err.strip()
    assert not tool.file("out").exists()
    assert register(tool) == []


def test_a_license_for_more_years_than_it_can_hold_is_refused(tool: Tool) -> None:
    for name in ("one", "two", "three"):
        tool.do("ent", "new", name, "--title", name)

    outcome = tool(*TRIAL, "--ents", "pro,one,two,three", "--through", "2046", "--out", tool.file("x"))

    assert outcome.code == 2
    assert "84 entitlements" in outcome.err


# Revoking ---------------------------------------------------------------------------------------------------


def test_a_revoked_license_is_in_no_further_keyring(tool: Tool) -> None:
    mint(tool)

    outcome = tool.do("revoke", "l-2026-000003", "--reason", "refund")
    built = tool.do("keyring", "build", "--all-live", "--serial", "1")

    assert "ent bump pro" in outcome.out
    assert "11 licenses; 1 revoked" in built.out
    line = register(tool)[2]
    assert (line["revoked"], line["reason"]) == ("2026-12-01", "refund")
    assert tool.do("inspect", "L-2026-000003", "--json").data["state"] == "revoked on 2026-12-01: refund"


def test_a_license_is_revoked_once(tool: Tool) -> None:
    mint(tool)
    tool.do("revoke", "L-2026-000003", "--reason", "refund")

    outcome = tool("revoke", "L-2026-000003", "--reason", "again")

    assert outcome.code == 2
    assert register(tool)[2]["reason"] == "refund"


def test_a_box_of_cards_that_was_lost_is_revoked_at_once(tool: Tool) -> None:
    mint(tool, "B1")
    mint(tool, "B2")

    tool.do("revoke", "--batch", "b1", "--reason", "lost in the mail")

    assert [line["batch"] for line in register(tool) if line["revoked"]] == ["B1"] * 12


@pytest.mark.parametrize("words", [("L-2026-000099",), ("--batch", "B9"), (), ("L-2026-000001", "--batch", "B014")])
def test_what_is_not_there_cannot_be_revoked(tool: Tool, words: tuple[str, ...]) -> None:
    mint(tool)

    assert tool("revoke", *words, "--reason", "refund").code == 2


def test_keyrings_are_numbered_upwards(tool: Tool) -> None:
    tool.do("keyring", "build", "--all-live", "--serial", "7")

    assert [tool("keyring", "build", "--all-live", "--serial", each).code for each in (7, 6, 0, 2**31, 8)] == [
        2, 2, 2, 2, 0,
    ]  # fmt: skip


# Looking into things ----------------------------------------------------------------------------------------


def test_a_code_is_never_taken_from_the_arguments(tool: Tool) -> None:
    mint(tool)
    tool.do("cards", "print", "b014", "--pdf", tool.file("b014.pdf"), "--qr")
    code = codes_in(tool.file("b014.pdf"))[0]

    outcomes = [tool("inspect", code), tool("inspect", code.lower().replace("-", " "))]

    assert [outcome.code for outcome in outcomes] == [2, 2]
    assert code not in "".join(outcome.err + outcome.out for outcome in outcomes)
    log = (tool.vault / "audit.jsonl").read_text(encoding="utf-8").upper()
    assert code[-5:] not in log


def test_a_code_of_somebody_else_is_not_ours(tool: Tool) -> None:
    from dijipilot.licensing.code import make_code

    outcome = tool("inspect", "-", typed=make_code(bytes(14)).printed)

    assert outcome.code == 3
    assert "did not issue it" in outcome.err


def test_a_license_file_is_told_with_what_became_of_it(tool: Tool) -> None:
    file = tool.file("ann.djlicense")
    tool.do("issue", "--typ=named", "--ents=pro", "--through=2026", "--out", file, "--code-out", tool.file("code"))
    tool.do("keys", "rotate", "--role", "license")
    tool.do("revoke", "L-2026-000001", "--reason", "refund")

    told = tool.do("inspect", file, "--json").data

    assert (told["license"], told["opens"]) == ("L-2026-000001", "with its code")
    assert told["state"] == "revoked on 2026-12-01: refund"


@pytest.mark.parametrize("content", [b"", b"Dear", b"-----BEGIN DIJIPILOT LICENSE-----\n", b"DJPACK1\n\0\0\0\1{"])
def test_what_is_neither_license_nor_pack_is_refused(tool: Tool, content: bytes) -> None:
    tool.file("x").write_bytes(content)

    assert tool("inspect", tool.file("x")).code == 3


def test_a_forged_license_file_is_refused(tool: Tool) -> None:
    file = tool.file("a.djlicense")
    tool.do(*TRIAL, "--out", file)
    lines = file.read_text(encoding="ascii").splitlines()
    lines[5] = lines[5][:10] + ("A" if lines[5][10] != "A" else "B") + lines[5][11:]
    file.write_text("\n".join(lines) + "\n", encoding="ascii")

    assert tool("inspect", file).code == 3


def test_usage_is_explained_with_exit_code_2(tool: Tool) -> None:
    assert tool("cards").code == 2
    assert tool("nonsense").code == 2
    assert tool("keyring", "build", "--serial", "1").code == 2
    assert tool("--help").code == 0
