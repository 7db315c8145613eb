"""Pictures that are worth a look when they change: `pytest --snapshot-update`."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from hunnan_tui.tui.app import HunnanApp
from tests.tui.app_host import OpenApp, settle


async def still(pilot: Pilot[None]) -> None:
    """Let everything settle, and no cursor blink."""
    app = pilot.app
    assert isinstance(app, HunnanApp)
    await settle(app, pilot)
    for field in app.screen.query(Input):
        field.cursor_blink = False
    for area in app.screen.query(TextArea):
        area.cursor_blink = False
    await settle(app, pilot)


class Script:
    """Presses keys, then stands still for the picture."""

    def __init__(self, *keys: str, text: str = "", theme: str = "") -> None:
        self.keys, self.text, self.theme = keys, text, theme

    async def __call__(self, pilot: Pilot[None]) -> None:
        if self.theme:
            pilot.app.theme = self.theme
        await still(pilot)
        for key in self.keys:
            await pilot.press(key)
            await pilot.pause()
        await still(pilot)
        for each in self.text:
            await pilot.press("space" if each == " " else each)
        await still(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_the_main_screen(
    shipped: Path, open_app: OpenApp, snap_compare: object, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    assert compare(snap_compare, app, size, Script("j", "j", "w"))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
def test_the_main_screen_in_chinese(
    shipped: Path,
    open_app: OpenApp,
    snap_compare: object,
    in_chinese: None,
    size: tuple[int, int],
) -> None:
    app = open_app(shipped)
    assert compare(snap_compare, app, size, Script("j", "j", "w"))


@pytest.mark.parametrize(
    ("keys", "typed"),
    [("?", ""), (":", "关注"), ("t", "区域"), ("n", "已致电办公室")],
    ids=["help", "palette", "tags", "note"],
)
def test_dialogs_in_chinese(
    shipped: Path,
    open_app: OpenApp,
    snap_compare: object,
    in_chinese: None,
    keys: str,
    typed: str,
) -> None:
    script = Script(*map(_character_to_key, keys), text=typed)
    assert compare(snap_compare, open_app(shipped), (80, 24), script)


def test_the_industries_over_a_narrow_screen(
    shipped: Path, open_app: OpenApp, snap_compare: object
) -> None:
    assert compare(snap_compare, open_app(shipped), (80, 24), Script("1", "j"))


def test_an_empty_result(
    shipped: Path, open_app: OpenApp, snap_compare: object
) -> None:
    script = Script("slash", text="nowhere")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


def test_the_note_editor(
    shipped: Path, open_app: OpenApp, snap_compare: object
) -> None:
    script = Script("n", text="called the office")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


def test_the_tag_editor(shipped: Path, open_app: OpenApp, snap_compare: object) -> None:
    script = Script("w", "j", "t", text="region")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


def test_the_help(shipped: Path, open_app: OpenApp, snap_compare: object) -> None:
    script = Script("question_mark")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


@pytest.mark.parametrize(
    ("keys", "size"), [("bl", (80, 24)), ("mv", (200, 24)), ("Wv", (120, 36))]
)
def test_pictures_of_amounts(
    shipped: Path,
    open_app: OpenApp,
    snap_compare: object,
    keys: str,
    size: tuple[int, int],
) -> None:
    assert compare(snap_compare, open_app(shipped), size, Script(*keys))


def test_the_palette(shipped: Path, open_app: OpenApp, snap_compare: object) -> None:
    script = Script("colon", text="watch")
    assert compare(snap_compare, open_app(shipped), (80, 24), script)


def test_the_problems_of_a_file(
    tmp_path: Path,
    open_app: OpenApp,
    snap_compare: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)  # problems name the file as it was given
    app = open_app(hostile(Path()))
    assert compare(snap_compare, app, (120, 36), Script("exclamation_mark"))


def test_hostile_text(tmp_path: Path, open_app: OpenApp, snap_compare: object) -> None:
    app = open_app(hostile(tmp_path))
    assert compare(snap_compare, app, (120, 36), Script("j"))


def test_a_light_theme(shipped: Path, open_app: OpenApp, snap_compare: object) -> None:
    script = Script("j", "w", theme="textual-light")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


def test_the_colours_of_the_terminal(
    shipped: Path, open_app: OpenApp, snap_compare: object
) -> None:
    script = Script("j", "w", theme="ansi-dark")
    assert compare(snap_compare, open_app(shipped), (120, 36), script)


def compare(
    snap_compare: object, app: HunnanApp, size: tuple[int, int], script: Script
) -> bool:
    assert callable(snap_compare)
    return bool(snap_compare(app, terminal_size=size, run_before=script))


def hostile(folder: Path) -> Path:
    """A dataset that tries to break the screen, and has faults."""
    path = folder / "hostile.toml"
    path.write_text(r"""
[[projects]]
id = "markup"
name = "[/x] [bold [@click=app.quit]x[/] [100%] C:\\[tmp] :warning:"
name_zh = "[红色]括号"
summary = "[/] $primary [link=https://example.org]x[/link]"
tags = ["[/x]", "[WIP]", "tag with blanks"]

[[projects]]
id = "controls"
name = "esc \u001b[31m red \u0007 bell \u202e bidi \u200b zero \u0085 nel \u009b31m"
name_zh = "控制\u0000字符"
stage = "nowhere"
investment = "15 bn"

[[projects]]
id = "widths"
name = "ｗｉｄｅ 👩‍👩‍👧 e\u0301\u0301\u0301 \u0301lone ﷺ"
name_zh = "宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度宽度"
colour = "red"

[[projects.notes]]
text = "[click](javascript:alert(1)) &#x202e; | a | b |"
""")
    return path


def test_the_form_of_a_new_project(
    tmp_path: Path, open_app: OpenApp, snap_compare: object
) -> None:
    app = open_app(write_mills(tmp_path))
    assert compare(snap_compare, app, (80, 24), Script("A"))


def test_the_form_of_a_move(
    tmp_path: Path, open_app: OpenApp, snap_compare: object
) -> None:
    script = Script("V", "P", "tab", "tab", "tab", text="news")
    assert compare(snap_compare, open_app(write_mills(tmp_path)), (120, 36), script)


def write_mills(folder: Path) -> Path:
    """Write a dataset that stays as it is when the shipped one changes."""
    path = folder / "mills.toml"
    path.write_text(
        """
[dataset]
title = "Mills"
currency = "CNY"
[[stages]]
id = "planned"
name = "Planned"
[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"
[[sources]]
id = "news"
title = "The news of the mill"
publisher = "Town"
[[projects]]
id = "mill"
name = "Mill"
stage = "planned"
[[projects]]
id = "works"
name = "Works"
stage = "planned"
""",
        "utf-8",
    )
    return path
