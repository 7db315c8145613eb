"""`[keys]` as it is written: ids with and without quotes, one key or several."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.settings import FILE, Settings, load_settings


def load(folder: Path, text: str) -> Settings:
    (folder / FILE).write_text(text, "utf-8")
    return load_settings(folder)


def test_an_id_is_written_with_quotes_or_without(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        '[keys]\n"notes.add" = "f6, ctrl+n"\nplan.needs = ["?", ",", "?"]\n'
        'tags.edit = ","\nview.pick = " "\n',
    )
    assert not settings.problems
    assert [(each.id, each.keys) for each in settings.keys] == [
        ("notes.add", ("f6", "ctrl+n")),
        ("plan.needs", ("?", ",")),
        ("tags.edit", (",",)),
        ("view.pick", (" ",)),
    ]


@pytest.mark.parametrize(
    ("written", "line", "message", "hint"),
    [
        ("keys = 3", 1, "keys is a whole number", "write [keys]"),
        ('keys = ["x"]', 1, "keys is a list", "write [keys]"),
        ("[keys]\na.b = 3", 2, "the key of 'a.b' is a whole number", "in quotes"),
        ('[keys]\na.b = ""', 2, "the key of 'a.b' is empty", "in quotes"),
        ("[keys]\na.b = []", 2, "the key of 'a.b' is empty", "in quotes"),
        ('[keys]\na.b = "x,,y"', 2, "the key of 'a.b' is a text", "in a list"),
        ('[keys]\na.b = ["x", 3]', 2, "the key of 'a.b' is a list", "in quotes"),
        ('[keys]\ntheme = "nord"', 2, "theme is a setting", "above [keys]"),
        ('[keys]\na.b.c.d.e.f = "x"', 2, "the key of 'a.b.c.d'", "in quotes"),
    ],
)
def test_what_is_no_key_is_told(
    tmp_path: Path, written: str, line: int, message: str, hint: str
) -> None:
    settings = load(tmp_path, written)
    (problem,) = settings.problems
    assert problem.line == line
    assert message in problem.message
    assert hint in problem.hint
    assert not settings.keys
