"""What could be typed next in the filter bar, and where one types."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import filtering
from hunnan_tui.tui.widgets.completion_list import CompletionList
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle


def offered(app: HunnanApp) -> list[str]:
    completions = app.screen_stack[1].query_one(CompletionList)
    return [str(option.prompt) for option in completions.options]


def field(app: HunnanApp) -> FilterInput:
    return app.screen_stack[1].query_one(FilterInput)


async def counted(app: HunnanApp, pilot: Pilot[None], lines: list[str]) -> None:
    """Wait until some lines are in the list; of a large file counts come later."""
    for _ in range(200):
        shown = [" ".join(line.split()[:2]) for line in offered(app)]
        if set(lines) <= {*shown}:
            return
        await pilot.pause(0.01)
    raise AssertionError(shown)


def bar_text(app: HunnanApp) -> str:
    strips = app.screen._compositor.render_strips()
    return strips[1].text.rstrip()


@pytest.mark.parametrize("many", [20_000, 1])
async def test_a_completion_is_chosen_with_arrows_and_counted_without_its_word(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(filtering, "MANY", many)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "slash", *"stage", "colon", *"si")
        await counted(app, pilot, ["signed 20"])  # not only among the signed
        await press(app, pilot, "backspace", "backspace")
        await counted(app, pilot, ["construction 23", "planned 5"])
        await press(app, pilot, "down", "down", "up", "up", "down")
        chosen = offered(app)[0].split()[0]
        await press(app, pilot, "escape", "down", "enter")  # out of the list, and in
        assert field(app).value == f"stage:{chosen}"
        assert offered(app) == []
        assert field(app).has_focus
        await press(app, pilot, "enter")
        assert not field(app).has_focus
        stages = {app.workspace.dataset.projects[key].stage for key in listed(app).keys}
        assert stages == {chosen}


async def test_the_list_is_there_while_a_word_is_typed_and_nowhere_else(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "slash", *"sta")
        assert offered(app)
        await press(app, pilot, "left")
        await press(app, pilot, "x")  # in the middle of a word
        assert offered(app) == []
        await press(app, pilot, "end", "ctrl+u", *"sta", "escape")
        assert offered(app) == []
        await press(app, pilot, "slash", "up")  # nothing is offered: earlier queries
        assert field(app).value == "sta"
        await press(app, pilot, "ctrl+u", "#")
        assert offered(app) == []  # there are no tags
        await press(app, pilot, "ctrl+u", *"(gas OR (x stage", "colon")
        assert offered(app)
        assert bar_text(app).startswith(" / (gas OR (x stage: ))")
        await press(app, pilot, *"zz", "space", '"')
        assert 'zz " "))' in bar_text(app)


async def test_the_terminals_cursor_stands_where_one_types(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "slash", *"ab汉")
        assert app.cursor_position == Offset(3 + 4, 1)
        await press(app, pilot, "left")
        assert app.cursor_position == Offset(3 + 2, 1)
        await press(app, pilot, "ctrl+u", *"x" * 120)
        assert app.cursor_position.x < 104
        await press(app, pilot, "escape", "escape", "A")
        x, y = app.cursor_position
        await press(app, pilot, *"xx")  # which fills in another line as well
        await settle(app, pilot)
        assert app.cursor_position == Offset(x + 2, y) == Offset(x + 2, 2)
        await press(app, pilot, "tab")
        assert app.cursor_position.y == 3
