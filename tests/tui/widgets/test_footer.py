"""The line of keys: what it shows is what the keys do, and a click does it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset

from hunnan_tui.tui.widgets.filter_bar import FilterInput
from hunnan_tui.tui.widgets.footer import KeyFooter
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    press,
    settle,
)


class Host(App[None]):
    """An app with three keys, one of which cannot be used now, and a hidden one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "note('a')", "添加", tooltip="Adds one", priority=True),
        Binding("b,B", "note('b')", "Both"),
        Binding("c", "never", "Never"),
        Binding("d", "note('d')", "Hidden", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.noted = ""
        self.bells = 0

    def compose(self) -> ComposeResult:
        yield KeyFooter()

    def action_note(self, text: str) -> None:
        self.noted += text

    def action_never(self) -> None:
        raise AssertionError

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        return None if action == "never" else True

    def bell(self) -> None:
        self.bells += 1


def text(app: App[None]) -> str:
    line = app.screen.query_one(KeyFooter)
    return line.render_line(0).text.rstrip()


async def test_each_key_stands_there_once_and_a_click_is_like_the_key() -> None:
    app = Host()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        assert text(app).startswith(" a 添加  b Both  c Never")
        assert "Hidden" not in text(app)
        for column in (5, 10, 17, 55):  # within 添, Both, Never, and behind the keys
            await pilot.mouse_down(KeyFooter, offset=Offset(column, 0))
            await pilot.pause()
        assert app.noted == "ab"
        assert app.bells == 1


async def test_what_the_mouse_is_over_is_marked_and_told() -> None:
    app = Host()
    async with app.run_test(size=(60, 5)) as pilot:
        await pilot.pause()
        line = app.screen.query_one(KeyFooter)
        plain = line.render_line(0)
        await pilot.hover(KeyFooter, offset=Offset(2, 0))
        assert line.tooltip == "Adds one"
        assert line.render_line(0) != plain
        await pilot.hover(offset=Offset(2, 0))
        assert line.tooltip is None
        assert line.render_line(0) == plain


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_it_follows_the_focus(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        for label in ("/ Filter", "n Note", "? Help", "q Quit"):
            assert label in text(app)
        await pilot.mouse_down(KeyFooter, offset=Offset(text(app).index("Filter"), 0))
        await settle(app, pilot)
        assert isinstance(app.focused, FilterInput)
        assert "q Quit" not in text(app)
        for said in ("enter List", "esc Leave", "tab Complete", "f1 Help"):
            assert said in text(app)
        await press(app, pilot, "escape", "3")
        assert text(app).startswith(
            " i Source  o Open  y Copy  [ ] Tabs  z Zoom  e Edit  n Note"
        )
        assert text(app).endswith("? Help  q Quit")
        for page, enter in (("m", "List them"), ("b", "Go to it"), ("H", "Open")):
            await press(app, pilot, "2", page)
            assert text(app).startswith(f" enter {enter}")
            assert text(app).endswith("esc Back  ? Help")
            await press(app, pilot, "escape")


async def test_help_and_quit_go_last_where_room_runs_out(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(app, pilot)
        for width in (90, 50, 34, 24):
            await pilot.resize_terminal(width, 24)
            await settle(app, pilot)
            assert text(app).endswith("? Help  q Quit")
            assert len(text(app)) <= width
        assert "Filter" not in text(app)
