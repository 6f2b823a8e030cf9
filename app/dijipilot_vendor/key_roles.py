"""Signing keys on their way: made and trusted first, then signing, then retired."""

from datetime import date

import msgspec
from msgspec.structs import replace

from dijipilot.domain.signed_text import TrustedKey, TrustedKeys
from dijipilot.licensing import crypto
from dijipilot_vendor import signing
from dijipilot_vendor.publisher import Publisher
from dijipilot_vendor.release import DEVELOPMENT
from dijipilot_vendor.signing import SigningKey
from dijipilot_vendor.state import KeyState, PublicKey, PublicPart, Role, Secrets, VaultState

_FINGERPRINT_LETTERS = 6


def new_state(today: date, *, is_development: bool) -> VaultState:
    """Return the state of a new vault: for each role a key that signs and the next, which apps trust from the start."""
    state = VaultState(
        PublicPart(vault=signing.new_key()[:8].hex(), is_development=is_development, made=today, keys=()),
        Secrets(seed_by_kid={}, content_root=signing.new_key(), register_key=signing.new_key()),
    )
    for role in Role:
        for key_state in (KeyState.CURRENT, KeyState.NEXT):
            state = _with_new_key(state, role, key_state, today)
    return state


def rotate(state: VaultState, role: Role, today: date) -> VaultState:
    """Let the next key sign and make a new next one. The key that signed so far is retired and its seed forgotten."""
    moved = {KeyState.CURRENT: KeyState.RETIRED, KeyState.NEXT: KeyState.CURRENT}
    keys = tuple(
        replace(each, state=moved.get(each.state, each.state)) if each.role is role else each
        for each in state.public.keys
    )
    useful = {each.kid for each in keys if each.state is not KeyState.RETIRED}
    seeds = {kid: seed for kid, seed in state.secrets.seed_by_kid.items() if kid in useful}
    rotated = replace(state, public=replace(state.public, keys=keys), secrets=replace(state.secrets, seed_by_kid=seeds))
    return _with_new_key(rotated, role, KeyState.NEXT, today)


def _with_new_key(state: VaultState, role: Role, key_state: KeyState, today: date) -> VaultState:
    seed = signing.new_key()
    public = SigningKey("", seed).public
    fingerprint = crypto.plain_hash(public).hex()[:_FINGERPRINT_LETTERS]
    origin = DEVELOPMENT if state.public.is_development else ""
    made = PublicKey(role, f"{origin}{role}-{today.year}-{fingerprint}", public.hex(), key_state, today)
    return replace(
        state,
        public=replace(state.public, keys=(*state.public.keys, made)),
        secrets=replace(state.secrets, seed_by_kid={**state.secrets.seed_by_kid, made.kid: seed}),
    )


def trusted_keys(state: VaultState) -> TrustedKeys:
    """Return what apps built now are to trust: of each role the key that signs and the next."""
    by_role = {
        role: tuple(
            TrustedKey(each.kid, bytes.fromhex(each.key))
            for wanted in (KeyState.CURRENT, KeyState.NEXT)
            for each in state.public.keys
            if each.role is role and each.state is wanted
        )
        for role in Role
    }
    return TrustedKeys(state.public.is_development, by_role[Role.PACK], by_role[Role.LICENSE])


def trusted_file(keys: TrustedKeys) -> bytes:
    """Return trusted-keys.json, which the app is built with."""
    data = {
        "development": keys.is_development,
        "pack": [{"kid": each.kid, "key": each.key.hex()} for each in keys.pack],
        "license": [{"kid": each.kid, "key": each.key.hex()} for each in keys.license],
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n"


def every_key(state: VaultState, role: Role) -> tuple[TrustedKey, ...]:
    """Return all keys that a role ever had, for looking into what was issued long ago."""
    return tuple(TrustedKey(each.kid, bytes.fromhex(each.key)) for each in state.public.keys if each.role is role)


def signer(state: VaultState, role: Role) -> SigningKey:
    """Return the key that signs for a role."""
    (kid,) = (each.kid for each in state.public.keys if each.role is role and each.state is KeyState.CURRENT)
    return SigningKey(kid, state.secrets.seed_by_kid[kid])


def publisher_of(state: VaultState) -> Publisher:
    """Return what packs are built with."""
    return Publisher(
        is_development=state.public.is_development,
        trusted=trusted_keys(state),
        pack_signer=signer(state, Role.PACK),
        license_signer=signer(state, Role.LICENSE),
        content_root=state.secrets.content_root,
        editions=tuple(each.edition for each in state.public.editions),
        key_by_entitlement={(each.entitlement, each.epoch): each.key for each in state.secrets.entitlement_keys},
    )
