"""The acts of the list on pages, and the way there and back, driven by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.pages import ON_HISTORY, ON_PROJECTS
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.pages.agenda import AgendaPage
from hunnan_tui.tui.pages.base import Page
from hunnan_tui.tui.pages.board import BoardPage
from hunnan_tui.tui.pages.comparison import ComparisonPage
from hunnan_tui.tui.pages.matrix import MatrixPage
from hunnan_tui.tui.pages.related import RelatedPage
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
    type_filter,
)
from tests.tui.pages.page_host import shown

DATA = """
[[industries]]
id = "x"
name = "X"
[[stages]]
id = "plan"
name = "Planned"
[[stages]]
id = "build"
name = "Construction"
[[projects]]
id = "a"
name = "Alpha"
stage = "plan"
industries = ["x"]
place = "Harbour"
investment = 900
follow_up = 2026-11-20
[[projects]]
id = "b"
name = "Beta"
stage = "build"
industries = ["x"]
place = "Harbour"
investment = 800
follow_up = 2026-11-21
needs = [{ kind = "energy", what = "10 kV", state = "open" }]
[[projects]]
id = "c"
name = "Gamma"
stage = "build"
industries = ["x"]
events = [{ date = "2026-01-02", what = "begun" }]
investment = 700
needs = [
  { kind = "labour", what = "welders", state = "open" },
  { kind = "energy", what = "gas", state = "open" },
]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


def row(app: HunnanApp) -> str:
    lines = app.screen.query_one(OptionList)
    assert lines.highlighted is not None
    return str(lines.get_option_at_index(lines.highlighted).prompt)


def tags(path: Path, key: str) -> list[str]:
    found: list[str] = project(path, key).get("tags", [])
    return found


async def test_my_work_is_done_on_its_rows(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "j", "j", "M")
        assert row(app).startswith("Alpha")  # and not the heading above it
        await press(app, pilot, "j", "n", *"hi", "ctrl+s")
        assert isinstance(app.screen, AgendaPage)
        assert row(app).startswith("Beta")
        assert "hi" in row(app)
        await press(app, pilot, "w")
        assert row(app).startswith("Beta")
        await press(app, pilot, "a", *"2026-11-21", "enter")  # it is that day already
        assert not any("follow up" in each.message for each in app._notifications)
        # the row goes elsewhere: the cursor stays among what is overdue
        await press(app, pilot, "k", "a", *"+2d", "enter")
        assert row(app).startswith("Beta")
        await press(app, pilot, "u")
        assert row(app).startswith("Beta")
        assert "2026-11-21" in row(app)
        # what is muted elsewhere is legible in the colours of the cursor
        line = app.screen.query_one(OptionList).render_line(2)
        assert "Beta" in line.text
        assert len({each.style.color for each in line if each.style}) == 1
        await press(app, pilot, "escape")
        assert listed(app).current == "c"
    assert project(path, "b")["notes"][0]["text"] == "hi"
    assert tags(path, "b") == ["watch"]
    assert str(project(path, "a")["follow_up"]) == "2026-11-20"
    assert not tags(path, "c")


async def test_a_need_is_crossed_off_on_its_row(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "M", "right_curly_bracket", "j")
        assert row(app).startswith("Beta")
        await press(app, pilot, "X")
        assert row(app).startswith("Gamma")
        await press(app, pilot, "X")
        assert isinstance(app.screen, ChooseDialog)
        await press(app, pilot, "down", "enter")
        assert row(app).startswith("Gamma")
        await press(app, pilot, "escape", "home", "X")  # in the list, on Alpha
        assert any("No need of Alpha" in each.message for each in app._notifications)
    states = [need["state"] for need in project(path, "c")["needs"]]
    assert states == ["open", "met"]
    assert project(path, "b")["needs"][0]["state"] == "met"


async def test_a_draft_is_gone_on_with_on_its_row(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "j", "n", "h", "escape", "M", "enter", "i", "ctrl+s")
        assert isinstance(app.screen, AgendaPage)
        assert not any("Half-written" in line for line in shown(app))
    assert project(path, "b")["notes"][0]["text"] == "hi"


@pytest.mark.parametrize(
    ("keys", "page", "key"),
    [
        (("b", "l"), BoardPage, "b"),
        (("m",), MatrixPage, "a"),
        (("W",), Page, "c"),
        (("space", "space", "c", "l"), ComparisonPage, "b"),
        (("R",), RelatedPage, "b"),
    ],
)
async def test_the_acts_of_the_list_work_where_a_project_is_under_the_cursor(
    path: Path, open_app: OpenApp, keys: tuple[str, ...], page: type[Page], key: str
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "home", *keys)
        assert isinstance(app.screen, page)
        # in one burst, on the project that is highlighted and on no other
        await press(app, pilot, "w", "n", *"yes", "ctrl+s")
        assert isinstance(app.screen, page)
        assert app.screen.current_key == key
        await press(app, pilot, "w", "u")
    for each in "abc":
        assert tags(path, each) == (["watch"] if each == key else [])
        notes = project(path, each).get("notes", [])
        assert [note["text"] for note in notes] == (["yes"] if each == key else [])


async def test_a_key_without_a_project_under_the_cursor_changes_nothing(
    path: Path, open_app: OpenApp
) -> None:
    before = path.read_bytes()
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "m", "l", "w")  # two projects are under construction
        (notice,) = app._notifications
        assert notice.message == "2 projects are in this cell: enter lists them"
        # the footer names the acts where there is a project, and only there
        assert "w Watch" not in shown(app)[-1]
        await press(app, pilot, "h")
        assert "w Watch" in shown(app)[-1]
        await press(app, pilot, "escape", "H")
        assert "w Watch" not in shown(app)[-1]
        assert "u Undo" in shown(app)[-1]
        await press(app, pilot, "escape", "M")
        assert "w Watch" in shown(app)[-1]
        await press(app, pilot, "escape", "b", "l")
        assert "w Watch" in shown(app)[-1]
        await press(app, pilot, "G", "w", "n")
        assert isinstance(app.screen, BoardPage)
        assert "w Watch" not in shown(app)[-1]
    assert path.read_bytes() == before


async def test_a_card_that_is_moved_leaves_the_cursor_in_its_column(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "b", "l")
        path.write_text(path.read_text().replace('"Beta"\nstage = "build"', '"Beta"'))
        await press(app, pilot, "escape", "r", "b", "l")
        assert isinstance(app.screen, BoardPage)
        assert app.screen.current_key == "c"
        # changed by others while it is open
        path.write_text(path.read_text().replace('"Gamma"', '"Delta"'))
        listed(app).screen.action_command("file.reload")  # type: ignore[attr-defined]
        await settle(app, pilot)
        assert app.screen.current_key == "c"
        assert "Delta" in "\n".join(shown(app))


async def test_esc_comes_back_from_the_list_to_where_one_was(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "invest>0")
        await press(app, pilot, "2", "j", "s", *"name", "enter", "m", "l")
        page = app.screen
        assert isinstance(page, MatrixPage)
        await press(app, pilot, "enter")
        assert listed(app).keys == ["b", "c"]
        assert "‹ Industries by stage" in str(listed(app).border_title)
        # further, by another page
        await press(app, pilot, "b", "l", "j")
        assert "Industries by stage › Board" in shown(app)[0]
        board = app.screen
        await press(app, pilot, "enter")
        assert listed(app).current == "c"
        await type_filter(app, pilot, "gamma")
        # back: what was typed since, then each page as it was left
        await press(app, pilot, "escape")
        assert listed(app).keys == ["b", "c"]
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "escape")
        assert app.screen is board
        assert isinstance(board, BoardPage)
        assert board.current_key == "c"
        await press(app, pilot, "escape", "escape")
        assert app.screen is page
        assert page.query_one("DataTable").cursor_coordinate == (0, 2)  # type: ignore[attr-defined]
        await press(app, pilot, "w", "escape")
        assert isinstance(app.screen, BrowserScreen)
        assert app.screen.session.query == "invest>0"
        assert listed(app).current == "b"
        assert listed(app).arrangement.sort == ("name", False)
        assert "‹" not in str(listed(app).border_title)
        await press(app, pilot, "escape")
        assert app.screen.session.query == ""
        assert not board.is_running


async def test_list_and_page_are_scrolled_as_they_were(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, *"j" * 40, *"k" * 5)
        before = listed(app).current, listed(app).scroll_y
        await press(app, pilot, "m", "l", "l", "enter")
        assert listed(app).scroll_y != before[1]
        await press(app, pilot, "escape", "escape")
        assert (listed(app).current, listed(app).scroll_y) == before
        await press(app, pilot, "W", *"j" * 60, *"k" * 3)
        lines = app.screen.query_one(OptionList)
        was = lines.highlighted, lines.scroll_y
        await press(app, pilot, "enter", "w", "escape")
        assert lines.is_attached
        assert (lines.highlighted, lines.scroll_y) == was
        await pilot.resize_terminal(80, 12)
        await settle(app, pilot)
        assert lines.highlighted is not None
        at = lines._line_cache.index_to_line[lines.highlighted] - lines.scroll_y
        assert 0 <= at < lines.size.height


async def test_who_begins_anew_has_no_way_back(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "b", "enter", "0", "escape")
        assert isinstance(app.screen, BrowserScreen)
        assert "‹" not in str(listed(app).border_title)


async def test_a_project_that_an_act_changed_is_shown_as_it_is_on_the_way_back(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "M", "enter", "a", *"none", "enter", "escape")
        assert isinstance(app.screen, AgendaPage)
        assert row(app).startswith("Beta")


def test_each_act_is_a_command() -> None:
    handlers = {each.id for each in BrowserScreen.BINDINGS}  # type: ignore[union-attr]
    assert handlers.issuperset({*ON_PROJECTS, *ON_HISTORY})
