"""`--format json` of what says how things stand, and `-o FILE` wherever a file is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hunnan_tui import __version__
from hunnan_tui.cli.catalog import COMMANDS
from tests.cli.conftest import Run


def test_check_as_json_has_each_file_with_its_problems(home: Path, run: Run) -> None:
    (home / "good.toml").write_text('[[projects]]\nid = "a"\nname = "A"\n')
    (home / "odd.toml").write_text('[[projects]]\nid = "a"\nname = "\\u001bB"\nx = [\n')
    ran = run("check", "good.toml", "odd.toml", "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, ran.err) == (2, "")
    good, odd = found["files"]
    assert (good["file"], good["projects"]) == ("good.toml", 1)
    assert odd["projects"] is None
    assert odd["problems"][0]["level"] == "error"
    assert odd["problems"][0]["line"] >= 4
    assert found["together"] == []


def test_check_as_json_exits_as_it_does_as_text(path: Path, run: Run) -> None:
    text, as_json = run("check"), run("check", "--format", "json")
    assert text.code == as_json.code
    (file,) = json.loads(as_json.out)["files"]
    assert len(file["problems"]) == len(text.out.splitlines())
    path.with_name("two.toml").write_bytes(path.read_bytes())
    both = json.loads(run("check", str(path), "two.toml", "--format", "json").out)
    assert len(both["files"]) == 2
    assert both["together"][0]["message"]


def test_where_as_json_has_files_and_folders(path: Path, run: Run) -> None:
    found = json.loads(run("where", "--format", "json").out)
    assert found["version"] == __version__
    (dataset,) = found["datasets"]
    assert dataset["dataset"] == str(path)
    assert dataset["problem"] is None
    assert found["folders"]["journal"].endswith("journal")
    assert found["problems"] == []
    missing = json.loads(run("where", "no.toml", "--format", "json").out)
    assert missing["datasets"][0]["problem"]["level"] == "error"


def test_what_makes_a_file_takes_its_name_behind_o(path: Path, run: Run) -> None:
    assert run("export", "-q", "turbine", "-o", "out.csv").code == 0
    assert run("export", "word.csv", "-q", "turbine").code == 0
    out, word = (path.with_name(name).read_bytes() for name in ("out.csv", "word.csv"))
    assert out == word
    assert run("export", "-o", "more.csv", str(path)).code == 0
    assert run("export", "-o", "-", "--format", "ids").code in (0, 2)
    assert run("init", "-o", "new.toml", "-y").code == 0
    assert path.with_name("new.toml").exists()
    for twice in (
        ("init", "a.toml", "-o", "b.toml"),
        ("export", "a.csv", "-o", "b.csv"),
    ):
        assert run(*twice).code == 2, twice
        assert not path.with_name("b.toml").exists()
        assert not path.with_name("b.csv").exists()


@pytest.mark.parametrize("name", ["export", "report", "init", "import"])
def test_the_option_is_the_same_everywhere(name: str) -> None:
    (command,) = (each for each in COMMANDS if each.name == name)
    assert any(each.flags == ("-o", "--output") for each in command.options)
