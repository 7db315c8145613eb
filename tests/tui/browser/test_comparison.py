from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.pages.comparison import ComparisonPage
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.pages.page_host import (
    HOSTILE,
    is_clean,
    mark,
    shown,
    sizes,
    text,
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.toml"
    path.write_text(HOSTILE)
    return path


@sizes
async def test_marked_projects_stand_side_by_side(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        first, second = await mark(app, pilot, 2)
        await press(app, pilot, "c")
        assert isinstance(app.screen, ComparisonPage)
        projects = app.workspace.dataset.projects
        heading = " ".join(shown(app)[2:4])
        assert projects[first].name.split()[0] in heading
        assert projects[second].name.split()[0] in heading
        row = next(row for row in shown(app) if "Investment" in row)
        assert row.startswith(" ● Investment")
        assert row.index("40.6 bn") < row.index("36.8 bn")
        assert is_clean(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
        assert len(listed(app).marked) == 2


@pytest.mark.parametrize("count", [0, 1, 5])
async def test_fewer_than_two_or_more_than_four_are_not_compared(
    shipped: Path, open_app: OpenApp, count: int
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await mark(app, pilot, count)
        await press(app, pilot, "c")
        assert isinstance(app.screen, BrowserScreen)
        (notice,) = app._notifications
        assert "Mark 2 to 4 projects with space" in notice.message


async def test_marks_that_the_filter_hides_are_not_compared(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        first, _ = await mark(app, pilot, 2)
        await type_filter(app, pilot, f"id={first}")
        await press(app, pilot, "c")
        assert isinstance(app.screen, BrowserScreen)


async def test_columns_for_which_there_is_no_room_come_by_the_arrow(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        keys = await mark(app, pilot, 4)
        await press(app, pilot, "c")
        names = [app.workspace.dataset.projects[key].name.split()[0] for key in keys]
        assert "1 to 2" in shown(app)[1]
        assert names[3] not in shown(app)[2]
        await press(app, pilot, "right", "l", "right")
        assert "3 to 4" in shown(app)[1]
        assert f"▸ {names[3]}" in shown(app)[2]
        assert any(row.startswith(" ● Investment") for row in shown(app))
        await press(app, pilot, "left", "h", "left", "left")
        assert f"▸ {names[0]}" in shown(app)[2]
        await pilot.resize_terminal(200, 60)
        await settle(app, pilot)
        assert all(name in shown(app)[2] for name in names)


async def test_enter_goes_to_the_project_of_the_column(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        keys = await mark(app, pilot, 3)
        await press(app, pilot, "c", "right", "enter")
        assert isinstance(app.screen, BrowserScreen)
        assert listed(app).current == keys[1]


async def test_only_the_rows_that_differ_are_shown_if_asked_for(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 60)) as pilot:
        await mark(app, pilot, 2)
        await press(app, pilot, "c")
        assert any(row.startswith("   District") for row in shown(app))
        await press(app, pilot, "d")
        assert not any(row.startswith("   District") for row in shown(app))
        assert any(row.startswith(" ● Name") for row in shown(app))
        await press(app, pilot, "d")
        assert any(row.startswith("   District") for row in shown(app))


async def test_rows_scroll_while_the_names_stay(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await mark(app, pilot, 2)
        await press(app, pilot, "c")
        names = shown(app)[:4]
        await press(app, pilot, "G")
        assert shown(app)[:4] == names
        assert "Sources" in text(app)
        await press(app, pilot, "g")
        assert shown(app)[4].startswith(" ● Name")


@sizes
async def test_compared_hostile_text_is_only_text(
    hostile: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    hostile.write_text(HOSTILE.replace("wrong", "other"))
    app = open_app(hostile)
    async with app.run_test(size=size) as pilot:
        await mark(app, pilot, 3)
        await press(app, pilot, "c")
        assert is_clean(app)
        assert "[/x][bold" in text(app)
        await press(app, pilot, "right", "G")
        assert is_clean(app)
        assert "[tag]" in text(app) or size[1] == 60


@pytest.mark.parametrize("key", ["c", "H"])
async def test_a_page_has_help_and_is_left_with_q(
    shipped: Path, open_app: OpenApp, key: str
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await mark(app, pilot, 2)
        await press(app, pilot, key)
        await press(app, pilot, "question_mark")
        assert "Back" in text(app)
        await press(app, pilot, "escape")
        await press(app, pilot, "q")
        assert isinstance(app.screen, BrowserScreen)


@pytest.mark.parametrize("name", ["Compare the marked", "Data health", "Compare with"])
async def test_each_is_in_the_palette(
    shipped: Path, open_app: OpenApp, name: str
) -> None:
    from hunnan_tui.tui.dialogs.palette import list_commands

    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert any(
            command.name.startswith(name) for command in list_commands(app.screen)
        )
