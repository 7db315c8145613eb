"""Views are counted, renamed, moved and deleted where they are picked."""

from __future__ import annotations

from pathlib import Path

import tomli
from textual.widgets import Input

from hunnan_tui.config.language import choose_language
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.dialogs.views import ViewsDialog
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
    type_filter,
)

CONFIG = """# mine
[[views]]
name = "Signed"
query = "stage:signed"
[[views]]
name = "Gas"
query = "gas"
[[views]]
name = "Wrong [/x]"
query = "invest>lots"
"""


def rows(app: HunnanApp) -> list[str]:
    assert isinstance(app.screen, ViewsDialog)
    return [str(option.prompt) for option in app.screen.list.options]


def message(app: HunnanApp) -> str:
    assert isinstance(app.screen, ViewsDialog)
    return str(app.screen.hint.content)


async def test_views_are_changed_in_their_list_and_undo_takes_it_back(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text(CONFIG)

    def names() -> str:
        views = tomli.loads(config.read_text())["views"]
        return " ".join(view["name"] for view in views)

    app = open_app(shipped)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await press(app, pilot, "w")  # an edit of the dataset before them
        key = listed(app).current or ""
        await press(app, pilot, "f")
        for _ in range(100):
            if "…" not in "".join(rows(app)):
                break
            await pilot.pause(0.01)
        assert [row.split()[:2] for row in rows(app)[:3]] == [
            ["20", "Signed"],
            ["3", "Gas"],
            ["!", "Wrong"],
        ]
        assert "(automatic)" in rows(app)[-1]
        await press(app, pilot, "shift+down", "ctrl+x")
        assert names() == "Gas Wrong [/x]"
        assert "Deleted: Signed" in message(app)
        await press(app, pilot, "f2")
        prompt = app.screen
        assert isinstance(prompt, PromptDialog)
        prompt.query_one(Input).value = "gas"
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PromptDialog)  # the name is taken: it stays
        assert app.screen.query_one(Input).value == "gas"
        app.screen.query_one(Input).value = "汉 \\ 字"
        await press(app, pilot, "enter")
        assert names() == "Gas 汉 \\ 字"
        await press(app, pilot, "down", "ctrl+x", "f2", "shift+up")
        assert "cannot be changed here" in message(app)
        await press(app, pilot, *"qqq")
        assert not rows(app)
        assert "No view fits what is typed" in message(app)
        await press(app, pilot, "escape", "escape")  # the text, then the list
        await press(app, pilot, "u")
        assert names() == "Gas Wrong [/x]"
        await press(app, pilot, "u", "u")
        assert config.read_text() == CONFIG
        assert project(shipped, key)["tags"] == ["watch"]
        await press(app, pilot, "U")
        assert names() == "Gas Signed Wrong [/x]"
        await press(app, pilot, "u", "u")
        assert "tags" not in project(shipped, key)


async def test_a_name_that_is_taken_is_asked_for(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text(CONFIG)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "F")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PromptDialog)  # nothing is typed
        app.screen.query_one(Input).value = "signed"
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ConfirmDialog)
        await press(app, pilot, "n")
        assert isinstance(app.screen, PromptDialog)
        assert app.screen.query_one(Input).value == "signed"
        assert config.read_text() == CONFIG
        await press(app, pilot, "enter", "y")
        await settle(app, pilot)
        assert tomli.loads(config.read_text())["views"][0] == {
            "name": "signed",
            "query": "",
        }
        await press(app, pilot, "u")
        assert config.read_text() == CONFIG


async def test_a_view_is_kept_in_english_and_shown_in_the_language_in_use(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    choose_language([], {"LANG": "zh_CN.UTF-8"}, has_setting=False)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "阶段>=签约 投资>10亿")
        count = len(listed(app).keys)
        await press(app, pilot, "F")
        app.screen.query_one(Input).value = "大项目"
        await press(app, pilot, "enter")
        (view,) = tomli.loads(config.read_text("utf-8"))["views"]
        assert view == {"name": "大项目", "query": "stage>=signed invest>1bn"}
        await press(app, pilot, "0", "f", *"大项目", "enter")
        bar = app.screen.query_one(FilterInput)
        assert bar.value == "阶段>=签约 投资>10亿"
        assert 0 < len(listed(app).keys) == count
