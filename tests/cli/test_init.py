"""`init`: a dataset from nothing, by options and by questions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import tomli

from hunnan_tui.cli.commands import init
from hunnan_tui.config.paths import find_packaged_dataset, find_paths
from hunnan_tui.storage.last_seen import save_last_seen
from hunnan_tui.storage.store import Store
from tests.cli.conftest import Run


def test_it_makes_a_dataset_that_every_command_finds(home: Path, run: Run) -> None:
    ran = run("init")
    assert (ran.code, ran.out) == (0, "")
    assert "next: hunnan-tui projects.toml" in ran.err
    checked = run("check")
    assert checked.code == 0
    assert "0 errors, 0 warnings" in checked.err
    assert run("list", "--format", "json").out.strip() == "[]"
    file = home / "projects.toml"
    with file.open("a", encoding="utf-8") as text:
        text.write('\n[[projects]]\nid = "a"\nname = "A"\nstage = "approved"\n')
    assert run("check").code == 0
    assert run("tag", "add", "a", "watch").code == 0
    assert run("list", "--format", "ids").out == "a\n"


def test_options_say_what_it_begins_with(home: Path, run: Run) -> None:
    ran = run(
        *("init", "kisumu.toml", "--title", 'Lake "Victoria"', "--district", "Kisumu"),
        *("--currency", "ksh", "--set", "chinese-district", "--lang", "zh"),
    )
    assert ran.code == 0
    text = (home / "kisumu.toml").read_text("utf-8")
    record = tomli.loads(text)
    assert record["dataset"]["title"] == 'Lake "Victoria"'
    assert record["dataset"]["currency"] == "KES"
    assert record["stages"][2]["name_zh"] == "签约"
    assert '# district = "Kisumu"' in text
    assert text.startswith("# 一个地区的项目库")


def test_the_language_of_the_system_decides_where_nothing_is_told(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    printed = tomli.loads(run("init", "--dry-run").out)
    assert printed["dataset"] == {
        "title": "项目库",
        "currency": "CNY",
        "updated": printed["dataset"]["updated"],
    }
    assert not list(home.iterdir())
    none = tomli.loads(run("init", "-n", "--set", "none", "--currency", "none").out)
    assert {*none} == {"format", "dataset"}
    assert "currency" not in none["dataset"]


def test_a_copy_of_the_data_of_the_program_is_ones_own(home: Path, run: Run) -> None:
    assert run("init", "mine.toml", "--copy").code == 0
    shipped = find_packaged_dataset().read_bytes()
    assert (home / "mine.toml").read_bytes() == shipped
    assert run("init", "mine.toml", "--copy").code == 3
    ran = run("init", "other.toml", "--copy", "--title", "T")
    assert (ran.code, "without --title" in ran.err) == (2, True)
    assert run("init", "--copy", "-n").out.encode() == shipped


@pytest.mark.parametrize("text", ["x = 1\n", "[broken", "\ufffe"])
def test_nothing_is_replaced(home: Path, run: Run, text: str) -> None:
    file = home / "mine.toml"
    file.write_text(text, "utf-8")
    ran = run("init", "mine.toml", "-y")
    assert ran.code == 3
    assert "is there already" in ran.err
    assert file.read_text("utf-8") == text


def test_an_empty_file_is_filled_and_comments_stay(home: Path, run: Run) -> None:
    for found in (b"", b"# of mine\r\n"):
        file = home / "mine.toml"
        file.write_bytes(found)
        assert run("init", "mine.toml").code == 0
        text = file.read_bytes()
        assert text.startswith(found)
        assert tomli.loads(text.decode())["format"] == 1
        assert run("check", "mine.toml").code == 0
        assert (b"\r\n" in found) == (b"\r\n" in text)
        assert text.count(b"\r\n") in (0, text.count(b"\n"))


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("a.toml", "b.toml"), "One file"),
        (("ledger.xlsx",), "hunnan-tui init ledger.toml; a table is read by"),
        (("mine",), "hunnan-tui init mine.toml"),
        (("",), "is empty: name a file"),
        ((".",), "is a folder"),
        (("--currency", "coins"), "--currency: No currency is called 'coins'"),
        (("--currency", ""), "--currency needs its NAME"),
        (("--set", "all"), "--set is one of chinese-district, general, none"),
        (("--title", "x" * 201), "--title: It has more than 200 characters"),
        (("--title", "\udcff"), "not UTF-8"),
    ],
)
def test_what_makes_no_sense_is_refused(
    home: Path, run: Run, argv: tuple[str, ...], message: str
) -> None:
    ran = run("init", *argv)
    assert ran.code == 2
    assert message in ran.err
    assert not list(home.iterdir())


def test_a_folder_that_is_not_there_is_named(home: Path, run: Run) -> None:
    ran = run("init", "nowhere/mine.toml")
    assert ran.code == 3
    assert "nowhere/mine.toml: there is no such folder" in ran.err


def test_a_file_that_is_not_there_says_how_to_begin_it(run: Run, home: Path) -> None:
    ran = run("new.toml")
    assert ran.code == 2
    assert "There is no file new.toml: `hunnan-tui init new.toml`" in ran.err
    (home / "empty.toml").touch()
    assert "empty.toml is empty: `hunnan-tui init empty.toml`" in run("empty.toml").err
    assert "did you mean list?" in run("lsit").err


def test_a_file_that_has_lost_its_projects_is_not_begun_anew(
    run: Run, home: Path
) -> None:
    path = home / "mine.toml"
    path.write_text('[[projects]]\nid = "a"\nname = "A"\n')
    paths = find_paths(os.environ)
    store = Store(path)
    store.load()
    save_last_seen(paths.last_seen, store)
    path.write_text("")
    assert "The app needs a terminal" in run("mine.toml").err
    path.unlink()
    assert "The app needs a terminal" in run("mine.toml").err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal."""
    monkeypatch.setattr(init, "_is_somebody_there", lambda: True)


@pytest.mark.usefixtures("asked")
def test_questions_take_what_stands_in_brackets(home: Path, run: Run) -> None:
    ran = run("init", stdin="4\n1\n浑南\n\nmoney\n€\n".encode())
    assert ran.code == 0
    assert "Type a number from 1 to 3" in ran.err
    assert "No currency is called 'money'" in ran.err
    assert "Currency [CNY]" in ran.err
    record = tomli.loads((home / "projects.toml").read_text("utf-8"))
    assert record["dataset"]["title"] == "Projects of 浑南"
    assert record["dataset"]["currency"] == "EUR"
    assert record["industries"][0]["id"] == "advanced-materials"


@pytest.mark.usefixtures("asked")
def test_what_an_option_tells_is_not_asked(home: Path, run: Run) -> None:
    ran = run("init", "--title", "T", "--set", "none", stdin=b"\nnone\n")
    assert ran.code == 0
    assert ran.err.count("]: ") == 2
    assert run("init", "a.toml", "-y").err.count("]: ") == 0


@pytest.mark.usefixtures("asked")
def test_where_nobody_answers_any_more_nothing_is_written(home: Path, run: Run) -> None:
    assert run("init", stdin=b"1\n").code == 130
    assert not list(home.iterdir())


def test_without_standard_input_nothing_is_asked(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert not init._is_somebody_there()
