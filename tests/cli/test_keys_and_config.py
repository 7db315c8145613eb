"""`keys` prints the table of keys, `config` the settings, both as they are in use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hunnan_tui.config.setting_values import MEANINGS
from hunnan_tui.config.settings import KEYS
from hunnan_tui.config.terminal_kind import KITTY_KEYS
from tests.cli.conftest import Run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "config" / "hunnan-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_keys_are_printed_by_place_as_they_are_set(run: Run, config: Path) -> None:
    plain = run("keys")
    assert plain.code == 0
    assert plain.err == ""
    lines = plain.out.splitlines()
    assert (
        lines.index("Main screen") < lines.index("Detail") < lines.index("Tag editor")
    )
    assert "  n                      notes.add                Note" in lines
    config.write_text('[keys]\nnotes.add = ["f12", "t"]\nnote.ad = "x"\n')
    ran = run("keys")
    assert "  f12                    notes.add                Note" in ran.out
    assert [line.split(":", 1)[1][:12] for line in ran.err.splitlines()] == [
        "2:1: warning",
        "3:1: warning",
    ]
    assert "t already runs tags.edit" in ran.err
    assert run("where").err == ran.err
    records = json.loads(run("keys", "--format", "json").out)
    note = next(each for each in records if each["id"] == "notes.add")
    assert note["keys"] == ["f12"]
    assert note["default"] == ["n"]
    assert note["place"] == "Main screen"
    assert {*records[0]} == {
        *("id", "place", "name", "help", "keys", "default", "reason"),
    }


def test_config_prints_each_setting_with_what_has_set_it(
    run: Run, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(KITTY_KEYS, raising=False)
    assert set(MEANINGS) == set(KEYS)
    config.write_text(
        '# mine\ntheme = "nord"\nauthor = "李"\nsilent_days = "x"\nmouse = true\n'
        '[keys]\n"notes.add" = "f12"\n[[views]]\nname = "A"\n'
    )
    ran = run("config")
    assert ran.code == 0
    rows = {line.split()[0]: line for line in ran.out.splitlines()}
    assert rows["theme"].split()[1:] == ['"nord"', '"textual-dark"', f"{config}:2"]
    assert rows["author"].endswith(f"{config}:3")
    assert rows["silent_days"].split() == ["silent_days", "90", "90"]
    assert rows["mouse"].split() == ["mouse", "true", "true", f"{config}:5"]
    assert '["notes.add"]' in rows["keys"]
    assert '["A"]' in rows["views"]
    assert "silent_days is a text" in ran.err
    monkeypatch.setenv(KITTY_KEYS, "0")
    printed = json.loads(run("config", "--format", "json").out)
    assert printed["file"] == str(config)
    records = {each["key"]: each for each in printed["settings"]}
    assert [*records] == [*KEYS]
    assert records["kitty_keys"]["value"] is False
    assert records["kitty_keys"]["from"] == f"${KITTY_KEYS}"


def test_config_works_without_a_file_and_with_one_that_is_no_toml(
    run: Run, config: Path
) -> None:
    assert run("config").err == ""
    config.write_text("theme = \n")
    ran = run("config")
    assert ran.code == 0
    assert "the file is not used" in ran.err
    assert '"textual-dark"' in ran.out
