"""Which language is chosen, and what a catalogue that cannot be used means."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hunnan_tui.config.language import (
    FOLDER,
    _list_locales,
    choose_language,
    find_language,
    list_languages,
    take_problems,
)
from hunnan_tui.config.settings import load_settings
from hunnan_tui.config.views import AUTOMATIC, name_view
from hunnan_tui.core.language import (
    ENGLISH,
    _,
    get_language,
    is_chinese,
    ngettext,
    pgettext,
    set_language,
)
from hunnan_tui.core.model import View
from hunnan_tui.core.names import Names, get_names

VERSION = "hunnan-tui {version} (with data of {day})"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "hunnan-tui" / "config.toml"
    path.parent.mkdir()
    return path


def choose(tmp_path: Path, *argv: str, folder: str = FOLDER, **environ: str) -> str:
    choose_language(argv, {"XDG_CONFIG_HOME": str(tmp_path), **environ}, folder)
    return get_language()


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.GB18030@stroke"}, "zh_CN"),
        ({"LANG": "zh"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, "en"),
        ({"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANGUAGE": "zh_CN"}, "en"),
        ({"LC_CTYPE": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "../../zh_CN"}, "en"),
        ({"LANG": "\udcff\x00"}, "en"),
    ],
)
def test_the_environment_says_it_as_gettext_reads_it(
    environ: dict[str, str], language: str, tmp_path: Path
) -> None:
    assert choose(tmp_path, **environ) == language
    assert take_problems() == ()


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        (["--lang", "zh"], "zh_CN"),
        (["list", "--lang=zh-cn"], "zh_CN"),
        (["--lang", "en", "list"], "en"),
        (["--lang", "zh", "--lang", "en"], "en"),
        (["note", "add", "x", "--", "--lang", "en"], "zh_CN"),
        (["list", "--lang"], "zh_CN"),  # a mistake that the parser explains
        (["--lang", "C"], "en"),
    ],
)
def test_the_option_goes_first(
    argv: list[str], language: str, config: Path, tmp_path: Path
) -> None:
    config.write_text('language = "zh_CN"')
    assert choose(tmp_path, *argv, LANG="en_US.UTF-8") == language


def test_the_setting_goes_before_the_environment(config: Path, tmp_path: Path) -> None:
    assert choose(tmp_path, LANG="zh_CN") == "zh_CN"
    config.write_text('language = "en"\n')
    assert choose(tmp_path, LANG="zh_CN") == ENGLISH
    config.write_text('# no language here\nlanguage = ""\n')
    assert choose(tmp_path, LANG="zh_CN") == "zh_CN"
    config.write_text("language = 3\n")
    assert choose(tmp_path, LANG="zh_CN") == "zh_CN"
    assert take_problems() == ()  # told with all that is wrong in the settings


def test_an_unknown_language_is_english_and_told_where_it_was_asked_for(
    config: Path, tmp_path: Path
) -> None:
    assert choose(tmp_path, "--lang", "fr", LANG="zh_CN") == ENGLISH
    assert take_problems() == ("--lang: there is no language 'fr'; there is en, zh_CN",)
    config.write_text('theme = "nord"\nlanguage = "klingon"\n')
    assert choose(tmp_path, LANG="zh_CN") == ENGLISH
    (problem,) = take_problems()
    assert problem.startswith(f"{config}:2:1: warning: there is no language 'klingon'")
    assert take_problems() == ()


@pytest.mark.parametrize("content", [None, b"", b"\xde\x12\x04\x95", b"text" * 99])
def test_a_catalogue_that_cannot_be_read_is_english_and_told(
    content: bytes | None, tmp_path: Path
) -> None:
    folder = tmp_path / "xx_YY" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "hunnan_tui.mo").write_bytes(content)
    choose_language(["--lang", "xx"], {}, str(tmp_path))
    assert take_problems() == ()
    assert _(VERSION) == VERSION
    assert ngettext("{count} one", "{count} many", 2) == "{count} many"
    assert get_language() == ENGLISH
    (problem,) = take_problems()
    assert problem.startswith(f"{folder / 'hunnan_tui.mo'} is not used, and the")


def test_a_catalogue_is_read_once_and_when_it_is_needed(tmp_path: Path) -> None:
    code = f"""
import sys
import hunnan_tui.core.language as language
from hunnan_tui.config.language import choose_language
choose_language([], {{"LANG": "en_US.UTF-8", "XDG_CONFIG_HOME": {str(tmp_path)!r}}})
language._("text")
print("gettext" in sys.modules)
choose_language(["--lang", "zh"], {{}})
print("gettext" in sys.modules)
for _ in range(3): print(language._({VERSION!r}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    shown = "hunnan-tui {version}（数据截至 {day}）"
    assert done.stdout.split("\n") == ["False", "False", shown, shown, shown, ""]


def test_a_message_without_a_translation_is_its_english_text() -> None:
    choose_language(["--lang", "zh"], {})
    assert is_chinese()
    assert _("nobody says this") == "nobody says this"
    assert _("") == ""
    assert pgettext("nowhere", "text") == "text"
    assert ngettext("{count} nothing", "{count} nothings", 1) == "{count} nothing"
    set_language(ENGLISH)
    assert not is_chinese()
    assert pgettext("nowhere", "text") == "text"
    assert ngettext("{count} nothing", "{count} nothings", 0) == "{count} nothings"


def test_another_language_is_another_folder(tmp_path: Path) -> None:
    assert list_languages() == ("en", "zh_CN")
    for name in ("fr", "pt_BR", ".hidden"):
        (tmp_path / name).mkdir()
    assert list_languages(str(tmp_path)) == ("en", "fr", "pt_BR")
    assert list_languages(str(tmp_path / "nowhere")) == ("en",)
    assert find_language(["pt_PT", "fr"], str(tmp_path)) == "pt_BR"
    assert find_language(["xx", "fr_CA"], str(tmp_path)) == "fr"


def test_names_are_chosen_by_option_and_setting(config: Path, tmp_path: Path) -> None:
    choose(tmp_path)
    assert get_names() is Names.BOTH
    config.write_text('names = "en"\n')
    choose(tmp_path)
    assert get_names() is Names.EN
    choose(tmp_path, "--names", "zh")
    assert get_names() is Names.ZH
    choose(tmp_path, "--lang=zh", "--names=both")
    assert get_names() is Names.BOTH
    config.write_text('names = "latin"\n')
    choose(tmp_path, "--names", "latin")  # the parser says so
    assert get_names() is Names.BOTH
    (problem,) = load_settings(config.parent).problems
    assert problem.message == "there are no names 'latin'"


def test_views_that_make_themselves_have_names_in_each_language(
    tmp_path: Path,
) -> None:
    due, own = AUTOMATIC[0], View("Due soon", "due:..+2d")
    assert (name_view(due), name_view(own)) == ("Due", "Due soon")
    choose(tmp_path, "--lang", "zh")
    assert (name_view(due), name_view(own)) == ("到期", "Due soon")
    assert all(not name_view(view).isascii() for view in AUTOMATIC)


def test_windows_is_asked_where_the_environment_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: 0x0804)
    monkeypatch.setattr(
        ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False
    )
    assert sys.platform == "win32" or _list_locales({}) == []
    monkeypatch.setattr(sys, "platform", "win32")
    assert _list_locales({}) == ["zh_CN"]
    assert find_language(_list_locales({})) == "zh_CN"
    assert _list_locales({"LANG": "en_GB.UTF-8"}) == ["en_GB.UTF-8"]
    assert _list_locales({"LC_ALL": "C"}) == []
