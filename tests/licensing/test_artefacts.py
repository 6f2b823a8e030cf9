"""Nothing that is sealed stands anywhere in what is shipped, or in a home without a license."""

from pathlib import Path

import pytest

from dijipilot.cli.main import main
from dijipilot.content.freshness import shipped
from dijipilot.content.pack import open_pack
from dijipilot.paths import curriculum_sources
from tests.licensing.sealed_words import checkout_content, sealed_words


def test_no_words_of_a_sealed_text_stand_in_the_pack() -> None:
    assert sealed_words().count > 500_000
    assert sealed_words().find_in([shipped().pack]) == []


def test_in_the_sources_they_are_found() -> None:
    sources = curriculum_sources()
    assert sources is not None

    leaks = sealed_words().find_in(sorted(sources.glob("2-launch/*/*.yaml"))[:20])

    assert len({leak.words for leak in leaks}) > 100_000


def test_no_words_of_a_sealed_text_get_into_a_home_without_a_license(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_pack(shipped().pack, shipped().trusted) as pack:
        locked = next(each for each in pack.curriculum.lessons if each.skill in pack.locked_skills())
        text = checkout_content().text_by_skill[locked.skill]
    home = tmp_path / "bare"

    codes = [
        main(["--home", str(home), *words])
        for words in (
            ["profile", "add", "Ada"],
            ["lesson", locked.number],
            ["search", *text.steps[0].markdown.split()[:4]],
            ["roadmap", "skip", locked.number],
            ["roadmap"],
            ["gaps"],
            ["result"],
            ["data", "backup"],
        )
    ]

    assert codes.count(0) >= 5
    assert any(path.suffix == ".db" for path in home.rglob("*"))
    assert sealed_words().find_in([home]) == []
    assert text.steps[0].markdown not in capsys.readouterr().out
