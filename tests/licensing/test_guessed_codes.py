"""No code opens a license but the one on the card, however near another comes."""

from pathlib import Path
from random import Random

from dijipilot.licensing.code import make_code, read_code
from tests.licensing.genuine import code_of, pack_bytes, write_genuine_pack
from tests.licensing.guessed_codes import CodeTask, LiveKeyring, attack_keyring, mutated_code, mutated_secret


def test_mutations_of_real_codes_and_guesses_open_nothing_in_a_large_keyring() -> None:
    tally = attack_keyring(CodeTask(seed=1, mutations=100_000, guesses=10_000))

    tally.assert_nothing_got_through()
    assert tally.tried == 110_000
    # Most pass the check symbols, so that it is the keyring that does not know them.
    assert tally.refused["without a word"] > 100_000


def test_the_codes_of_the_cards_themselves_open(tmp_path: Path) -> None:
    keyring = LiveKeyring(write_genuine_pack(tmp_path / "cards.djpack", pack_bytes()))

    opened = [keyring.opens_typed(code_of(number).printed.lower()) for number in range(20)]
    keyring.close()

    assert opened == [True] * 20


def test_a_mutation_is_always_another_code() -> None:
    chance, code = Random(1), code_of(0)

    secrets = {mutated_secret(code.symbols, chance) for _ in range(2_000)}
    typed = {mutated_code(code.symbols, chance) for _ in range(2_000)}

    assert code.secret not in secrets
    assert len(secrets) > 1_000
    assert code.printed not in typed
    assert all(read_code(make_code(secret).printed).secret == secret for secret in secrets)
