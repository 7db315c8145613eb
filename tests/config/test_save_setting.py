"""One setting is written, and all else in the file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.save_setting import replace_setting, save_setting
from hunnan_tui.config.settings import FILE, Settings, load_settings
from hunnan_tui.core.errors import SaveError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "a"\n'),
        ("# mine\n", 'theme = "a"\n# mine\n'),
        ("theme = 'nord'  # dark\n", 'theme = "a"  # dark\n'),
        ('author = "x"\n\n[keys]\n', 'author = "x"\ntheme = "a"\n\n[keys]\n'),
        ('author = "x"', 'author = "x"\ntheme = "a"\n'),
        ('author = "x"\r\n', 'author = "x"\r\ntheme = "a"\r\n'),
        ('[[views]]\nname = "x"\n', 'theme = "a"\n[[views]]\nname = "x"\n'),
        (
            '[[views]]\ntheme = "x"\n',
            'theme = "a"\n[[views]]\ntheme = "x"\n',
        ),
        ("\ufeffascii = true\n", '\ufeffascii = true\ntheme = "a"\n'),
        ("\ufeff", '\ufefftheme = "a"\n'),
        ('"theme" = """\nx"""\nascii = true\n', '"theme" = "a"\nascii = true\n'),
    ],
)
def test_the_setting_is_replaced_or_added(before: str, after: str) -> None:
    assert replace_setting(before.encode(), "theme", "a").decode() == after


@given(st.text(max_size=30))
def test_any_value_comes_back(value: str) -> None:
    text = replace_setting(b'a = 1\n[[views]]\nname = "x"\n', "theme", value)
    assert tomli.loads(text.decode())["theme"] == value


def test_what_cannot_be_written_raises_and_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SaveError):
        save_setting(Settings(), "theme", "nord")
    path = tmp_path / FILE
    path.write_text("theme = \n")
    with pytest.raises(SaveError):
        save_setting(load_settings(tmp_path), "theme", "nord")
    assert path.read_text() == "theme = \n"
    path.write_text("# mine\nsilent_days = 30\n")
    settings = save_setting(load_settings(tmp_path), "theme", "nord")
    assert (settings.theme, settings.silent_days) == ("nord", 30)
