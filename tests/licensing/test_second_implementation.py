"""What the program makes, the second implementation reads, and the other way round."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import dijipilot
from dijipilot.content.body_format import INDEX, LESSON, QUESTION, to_text
from dijipilot.content.codec import to_json
from dijipilot.content.compiler import compile_body
from dijipilot.content.pack import check_pack, open_pack
from dijipilot.content.search import search
from dijipilot.domain.ids import LicenseId, MissionNumber, SkillId
from dijipilot.domain.license import License, LicenseType
from dijipilot.domain.signed_text import TrustedKey, TrustedKeys
from dijipilot.errors import BadInput, LessonLocked
from dijipilot.licensing.code import make_code
from dijipilot.licensing.license import root_of
from dijipilot.licensing.license_file import write_armor
from dijipilot_vendor.records import LiveLicense, make_license_file, payload_of
from dijipilot_vendor.sealing import Release as OurRelease
from dijipilot_vendor.sealing import seal_pack
from tests.licensing import second_licenses
from tests.licensing.changing_content import FIRST, LESSONS, QUESTIONS, content_of
from tests.licensing.learner import licenses_in
from tests.licensing.second_implementation import Keys, Refused, canonical, public_key
from tests.licensing.second_packs import Entitlement, Pack, Publisher, Release, Text, make_pack, read_pack
from tests.packs import BUILT, PUBLISHER, TRUSTED

SECRET = bytes.fromhex("00112233445566778899aabbccdd")
FILE_ROOT = bytes(range(32, 64))
VERSION = dijipilot.__version__
PACK_KEYS: Keys = [(key.kid, key.key) for key in TRUSTED.pack]
LICENSE_KEYS: Keys = [(key.kid, key.key) for key in TRUSTED.license]
OWNERS = [Entitlement(name, epoch, key) for (name, epoch), key in sorted(PUBLISHER.key_by_entitlement.items())]


def license_of(name: str, kind: LicenseType) -> License:
    """Return a license with all keys."""
    return License(
        id=LicenseId(name),
        type=kind,
        batch="B014",
        sku="PRO",
        edition="Academy Pro",
        holder=None,
        entitlements=tuple(PUBLISHER.entitlement_key(*each) for each in sorted(PUBLISHER.key_by_entitlement)),
        seats=40,
        content_through=date(2030, 12, 31),
        not_after=None,
        grace_days=0,
        issued=BUILT,
    )


CARD, ROOM = license_of("L-2026-000001", LicenseType.CARD), license_of("L-2026-000002", LicenseType.CLASSROOM)
LIVE = (LiveLicense(root_of(SECRET), CARD), LiveLicense(FILE_ROOT, ROOM))


@pytest.fixture(scope="module")
def raw() -> bytes:
    """Return a pack that the publisher's tool made."""
    release = OurRelease(serial=3, keyring_serial=5, built=BUILT)
    return seal_pack(compile_body(content_of(FIRST)), PUBLISHER, LIVE, release)


@pytest.fixture
def pack(raw: bytes) -> Pack:
    """Return the pack as the second implementation reads it."""
    return read_pack(raw, PACK_KEYS, VERSION)


def owners_of(said: dict[str, Any]) -> list[Entitlement]:
    """Return the keys of a payload."""
    return [Entitlement(each["ent"], each["epoch"], bytes.fromhex(each["key"])) for each in said["ents"]]


def opened_with_code(pack: Pack, typed: str) -> list[Text]:
    """Return what the second implementation opens with a code."""
    root = second_licenses.root_of(second_licenses.read_code(typed))
    place = root, pack.keyring_id, second_licenses.lookup_of(root, pack.keyring_id)
    said = second_licenses.open_record(*place, pack.record_of(root), LICENSE_KEYS, VERSION)
    return pack.texts(owners_of(said))


def assert_all_is_there(texts: list[Text]) -> None:
    """Check that every sealed text is among these, letter by letter."""
    content = content_of(FIRST)
    found = {(text.kind, text.id): text.text for text in texts}
    for skill in LESSONS:
        assert found[LESSON, skill] == to_text(to_json(content.text_by_skill[SkillId(skill)]))
    for question, mission in QUESTIONS.items():
        assert found[QUESTION, question] == to_text(to_json(content.questions_by_mission[MissionNumber(mission)][0]))
    assert {name for kind, name in found if kind == INDEX} == {"1.1", "1.2", "2.1"}
    assert len(found) == len(LESSONS) + len(QUESTIONS) + 3


def test_the_second_implementation_opens_a_real_pack_with_a_code(pack: Pack) -> None:
    assert_all_is_there(opened_with_code(pack, make_code(SECRET).printed.lower()))


def test_the_second_implementation_opens_a_real_pack_with_a_license_file(pack: Pack) -> None:
    file = make_license_file(FILE_ROOT, ROOM, PUBLISHER.license_signer, is_bearer=True)

    read = second_licenses.read_file(write_armor(file))

    assert read.root is not None
    said = second_licenses.open_record(read.root, read.keyring_id, read.lookup, read.record, LICENSE_KEYS, VERSION)
    assert said["seats"] == 40
    assert_all_is_there(pack.texts(owners_of(said)))


def test_the_second_implementation_opens_nothing_without_a_license(pack: Pack) -> None:
    stranger = Entitlement(OWNERS[0].name, 1, bytes(32))
    assert pack.texts([]) == []
    with pytest.raises(Refused):
        pack.record_of(bytes(32))
    with pytest.raises(Refused):
        pack.texts([stranger])


def test_the_app_accepts_a_license_file_of_the_second_implementation(raw: bytes, tmp_path: Path) -> None:
    root, keyring_id = bytes(range(64, 96)), bytes(range(16))
    inner = second_licenses.make_inner(payload_of(ROOM, PUBLISHER.license_signer.kid), PUBLISHER.license_signer.seed)
    record = second_licenses.seal_inner(root, keyring_id, inner)
    lookup = second_licenses.lookup_of(root, keyring_id)
    written = second_licenses.write_file(second_licenses.LicenseFile(keyring_id, lookup, record, root, None))
    (tmp_path / "room.djlicense").write_bytes(written)
    (tmp_path / "a.djpack").write_bytes(raw)

    with open_pack(tmp_path / "a.djpack", TRUSTED) as pack:
        activation = licenses_in(tmp_path, pack, TRUSTED).activate_file(tmp_path / "room.djlicense")

        assert activation.held.license == ROOM
        assert len(activation.held.lessons) == len(LESSONS)
        assert pack.lesson_text(SkillId("ads.first")) == content_of(FIRST).text_by_skill[SkillId("ads.first")]


def test_both_seal_the_same_to_the_same_bytes(raw: bytes, pack: Pack) -> None:
    again = read_pack(made_again(pack, PUBLISHER.pack_signer.kid), PACK_KEYS, VERSION)

    assert again.sealed == pack.sealed
    assert again.rows("SELECT * FROM wraps ORDER BY 1, 2, 3, 4") == pack.rows("SELECT * FROM wraps ORDER BY 1, 2, 3, 4")
    assert again.rows("SELECT * FROM sealed ORDER BY 1, 2, 3") == pack.rows("SELECT * FROM sealed ORDER BY 1, 2, 3")
    unsaid = {"body_len": 0, "body_sha256": ""}
    assert {**again.manifest, **unsaid} == {**pack.manifest, **unsaid}


def made_again(pack: Pack, kid: str, seeds: tuple[bytes, bytes, bytes] | None = None, serial: int = 3) -> bytes:
    """Return a pack of the same content by the second implementation.

    seeds: of packs, of licenses, and the root of contents, of another publisher than the one of tests.
    """
    ours = PUBLISHER.pack_signer.seed, PUBLISHER.license_signer.seed, PUBLISHER.content_root
    pack_seed, license_seed, content_root = seeds or ours
    license_kid = PUBLISHER.license_signer.kid
    texts = opened_with_code(pack, second_licenses.printed(second_licenses.make_code(SECRET)))
    openers = {text.part: [owner for owner in OWNERS if owner.name == f"pro-{text.part.period}"] for text in texts}
    publisher = Publisher(kid, pack_seed, license_kid, license_seed, content_root, openers)
    inner_by_root = {
        each.root: second_licenses.make_inner(payload_of(each.license, license_kid), license_seed) for each in LIVE
    }
    return make_pack(pack.body, texts, publisher, inner_by_root, Release(serial, 5, BUILT))


def test_the_app_accepts_a_pack_of_the_second_implementation(pack: Pack, tmp_path: Path) -> None:
    seeds = bytes(range(100, 132)), bytes(range(132, 164)), bytes(range(164, 196))
    license_key = TrustedKey(PUBLISHER.license_signer.kid, public_key(seeds[1]))
    trusted = TrustedKeys(False, (TrustedKey("second", public_key(seeds[0])),), (license_key,))
    file = tmp_path / "second.djpack"
    file.write_bytes(made_again(pack, "second", seeds, serial=4))

    check_pack(file, trusted)
    with open_pack(file, trusted) as opened:
        with pytest.raises(LessonLocked):
            opened.lesson_text(SkillId("niche.buyer"))
        activation = licenses_in(tmp_path, opened, trusted).activate(make_code(SECRET).printed)

        assert activation.held.license == CARD
        content = content_of(FIRST)
        assert {skill: opened.lesson_text(SkillId(skill)) for skill in LESSONS} == dict(content.text_by_skill)
        assert opened.questions(MissionNumber("2.1.1")) == content.questions_by_mission[MissionNumber("2.1.1")]
        assert {hit.id for hit in search(opened, "amber")} == {*LESSONS, *QUESTIONS}
    with pytest.raises(BadInput, match="not made by the publisher"):
        open_pack(file, TRUSTED)


def test_a_pack_of_the_second_implementation_that_was_changed_is_refused(pack: Pack, tmp_path: Path) -> None:
    made, file = made_again(pack, PUBLISHER.pack_signer.kid), tmp_path / "second.djpack"
    changed = made.replace(b'"serial":3', b'"serial":9')

    file.write_bytes(made)
    check_pack(file, TRUSTED)
    file.write_bytes(changed)

    assert len(changed) == len(made)
    with pytest.raises(BadInput, match="not made by the publisher"):
        check_pack(file, TRUSTED)


def test_both_write_the_same_canonical_json() -> None:
    said = json.loads(payload_of(CARD, "kid"))
    assert canonical(said) == payload_of(CARD, "kid")
