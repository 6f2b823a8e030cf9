"""dijipilot data: where it is, whether it is sound, backups, restoring, erasing."""

from pathlib import Path

from tests.cli.conftest import Terminal, keys


def test_where_names_home_database_and_backups(run: Terminal) -> None:
    made = run("data", "backup")
    assert made.code == 0
    assert Path(made.out.strip()).is_file()

    data = run("data", "where", "--json").data

    assert keys(data) == ["home", "database", "size", "backups"]
    assert data["home"] == str(run.home)
    assert data["size"] > 0
    assert [each["file"] for each in data["backups"]] == [made.out.strip()]
    text = run("data", "where").out
    assert str(run.paths.database) in text
    assert Path(made.out.strip()).name in text


def test_where_answers_for_an_unused_home_and_makes_nothing(fresh: Terminal) -> None:
    assert "nothing kept yet" in fresh("data", "where").out
    assert not fresh.paths.database.exists()


def test_where_answers_for_damaged_data_too(run: Terminal) -> None:
    run.paths.database.write_bytes(b"\0" * 5000)

    outcome = run("data", "where", "--json")

    assert outcome.code == 3
    assert outcome.data["database"] == str(run.paths.database)
    assert outcome.err


def test_check_says_that_data_is_sound(run: Terminal) -> None:
    assert run("data", "check").out == "Your data is sound.\n"
    assert run("data", "check", "--json").data == {"sound": True, "problems": []}


def test_check_of_damaged_data_ends_with_3(run: Terminal) -> None:
    content = bytearray(run.paths.database.read_bytes())
    content[8192:60_000] = b"\xaa" * (60_000 - 8192)
    run.paths.database.write_bytes(content)

    outcome = run("data", "check")

    assert outcome.code == 3
    assert outcome.err
    assert "sound" not in outcome.out


def test_a_backup_brings_back_what_was(run: Terminal) -> None:
    before = run("result", "--json").data
    name = Path(run("data", "backup").out.strip()).name
    run("assess", "--new", "--jsonl", typed='{"stop": true}\n')
    changed = run("result", "--json").data
    assert changed != before

    restored = run("data", "restore", name)

    assert restored.code == 0
    assert run("result", "--json").data == before
    kept = restored.err.split("kept as ")[1].strip().rstrip(".")
    assert run("data", "restore", run.paths.backups / kept).code == 0
    assert run("result", "--json").data == changed


def test_without_a_name_the_newest_backup_is_restored(run: Terminal) -> None:
    before = run("result", "--json").data
    run("data", "backup")
    run("assess", "--new", "--jsonl", typed='{"stop": true}\n')

    assert run("data", "restore").code == 0

    assert run("result", "--json").data == before


def test_a_backup_that_is_not_there_is_wrong_usage(run: Terminal) -> None:
    assert run("data", "restore").code == 2
    assert run("data", "restore", "yesterday").code == 2


def test_a_backup_that_is_damaged_is_refused_and_changes_nothing(run: Terminal, tmp_path: Path) -> None:
    before = run("result", "--json").data
    (tmp_path / "bad.db").write_bytes(b"no database")

    assert run("data", "restore", tmp_path / "bad.db").code == 3

    assert run("result", "--json").data == before


def test_erasing_asks_for_a_word_and_then_nothing_is_left(run: Terminal) -> None:
    run("data", "backup")

    outcome = run("data", "erase", typed="ERASE\n")

    assert outcome.code == 0
    assert "type ERASE" in outcome.err
    assert not run.paths.database.exists()
    assert not [*run.paths.backups.glob("*.db")]
    assert run("result").code == 2


def test_nothing_is_erased_without_the_word(run: Terminal) -> None:
    for typed in ("", "\n", "yes\n", "erase\n"):
        assert run("data", "erase", typed=typed).code == 2

    assert run("result").code == 0


def test_a_command_that_changed_something_leaves_a_backup(run: Terminal) -> None:
    before = run("data", "where", "--json").data["backups"]

    assert run("profile", "add", "Ben").code == 0

    assert len(run("data", "where", "--json").data["backups"]) == len(before) + 1
