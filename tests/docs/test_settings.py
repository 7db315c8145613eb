"""The settings page names every key, and its example sets each of them."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.config.environment import VARIABLES
from hunnan_tui.config.settings import FILE, KEYS, Settings, load_settings
from tests.docs.pages import ROOT, read_blocks, read_codes, read_rows

PAGE = ROOT / "docs" / "settings.md"


def test_the_example_sets_every_key(tmp_path: Path) -> None:
    (block,) = read_blocks(PAGE, "toml")
    (tmp_path / FILE).write_text(block.text, "utf-8")
    settings = load_settings(tmp_path)
    assert not settings.problems
    for key in KEYS:
        assert getattr(settings, key) != getattr(Settings(), key), key


def test_every_key_is_explained() -> None:
    explained = {read_codes(cells[0])[0] for cells in read_rows(PAGE, "key")}
    assert explained == set(KEYS)


def test_every_variable_is_explained() -> None:
    explained = [
        code for cells in read_rows(PAGE, "variable") for code in read_codes(cells[0])
    ]
    assert {*VARIABLES} <= {*explained}
    ours = {name for name in explained if name.startswith("HUNNAN_TUI_")}
    assert ours <= {*VARIABLES}


def test_what_a_key_is_otherwise_is_what_the_program_takes() -> None:
    told = {read_codes(cells[0])[0]: cells[2] for cells in read_rows(PAGE, "key")}
    for key in KEYS:
        value = getattr(Settings(), key)
        if isinstance(value, bool):
            assert told[key] == f"`{str(value).lower()}`", key
        elif isinstance(value, int):
            assert told[key] == str(value), key
