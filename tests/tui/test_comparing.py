from __future__ import annotations

import threading
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from hunnan_tui.analysis import difference as comparing
from hunnan_tui.analysis import health as counting
from hunnan_tui.query import Index
from hunnan_tui.text import UNSAFE
from hunnan_tui.tui import differing
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.screens import difference as difference_screen
from hunnan_tui.tui.screens import health as health_screen
from hunnan_tui.tui.screens.browser import BrowserScreen
from hunnan_tui.tui.screens.compare import ComparePage
from hunnan_tui.tui.screens.difference import AskPath, DifferencePage
from hunnan_tui.tui.screens.health import HealthPage
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle, type_filter

SIZES = [(80, 24), (120, 36), (200, 60)]
sizes = pytest.mark.parametrize("size", SIZES, ids=str)

HOSTILE = """
[[sources]]
id = "known"
title = "[/x] \\u001b]0;title\\u0007"
kind = "copy"

[[stages]]
id = "s"
name = "[@click=app.quit]开工[/]"

[[projects]]
id = "a"
name = "[/x][bold \\u001b[31mred \\u202e 中航发燃气轮机产业基地"
summary = "LONG"
place = "C:\\\\[tmp]\\\\"
stage = "s"
sources = ["known", "[gone] \\u0007"]
facts = [{ label = "[/]", value = "👨‍👩‍👧‍👦 a\\tb\\nc" }]

[[projects]]
id = "b"
name = "WIDE"
tags = ["[tag]"]

[[projects]]
id = "c"
name = "e\\u0301\\u0301\\u0301"
wrong = [1, 2
]
""".replace("LONG", "x[" * 5_000).replace("WIDE", "汉" * 10_000)


def shown(app: HunnanApp) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


def text(app: HunnanApp) -> str:
    return "\n".join(shown(app))


def is_clean(app: HunnanApp) -> bool:
    rows = shown(app)
    width = app.size.width
    return not any(UNSAFE.search(row) for row in rows) and all(
        cell_len(row) == width for row in rows
    )


async def mark(app: HunnanApp, pilot: Pilot[None], count: int) -> list[str]:
    keys = list(listed(app).keys[:count])
    await press(app, pilot, *["space"] * count)
    return keys


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.toml"
    path.write_text(HOSTILE)
    return path


def options(app: HunnanApp) -> list[str]:
    found = app.screen.query_one(OptionList)
    return [str(found.get_option_at_index(n).prompt) for n in range(found.option_count)]


async def highlight(app: HunnanApp, pilot: Pilot[None], start: str) -> None:
    """Move down to the first line that begins so, as a person does."""
    lines = app.screen.query_one(OptionList)
    for _ in range(lines.option_count):
        assert lines.highlighted is not None
        if options(app)[lines.highlighted].startswith(start):
            return
        await pilot.press("j")
    raise AssertionError(f"no line {start!r} to take among {options(app)}")


# Compare


@sizes
async def test_marked_projects_stand_side_by_side(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        first, second = await mark(app, pilot, 2)
        await press(app, pilot, "c")
        assert isinstance(app.screen, ComparePage)
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


# Data health


@sizes
async def test_what_is_missing_is_counted_and_shown(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "H")
        assert isinstance(app.screen, HealthPage)
        missing = sum(
            each.investment is None for each in app.workspace.dataset.projects.values()
        )
        row = next(row for row in shown(app) if "investment" in row)
        assert f" {missing} " in row
        assert "█" in row
        assert "73 projects" in shown(app)[1]
        assert is_clean(app)


async def test_enter_narrows_the_list_to_what_was_counted(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "stage:signed OR stage:planned")
        shown_before = set(listed(app).keys)
        await press(app, pilot, "H")
        await highlight(app, pilot, "investment")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BrowserScreen)
        projects = app.workspace.dataset.projects
        assert set(listed(app).keys) == {
            key for key in shown_before if projects[key].investment is None
        }


async def test_enter_goes_to_a_project_that_lacks_much(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "H")
        index = Index(app.workspace.dataset)
        found = counting.health(
            index,
            index.everything,
            app.screen_stack[1]._now().date(),  # type: ignore[attr-defined]  # the main screen
        )
        key = found.poorest[0][0]
        name = app.workspace.dataset.projects[key].name
        await highlight(app, pilot, name[:30])
        await press(app, pilot, "enter")
        assert listed(app).current == key


async def test_the_chosen_industry_narrows_what_is_counted(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "1", "down", "enter", "2")
        count = len(listed(app).keys)
        assert 0 < count < 73
        await press(app, pilot, "H")
        assert f"{count} project" in shown(app)[1]


async def test_counting_is_told_and_can_be_left(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slowly(*args: object) -> counting.Health:
        gate.wait(20)
        return counting.health(*args)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(health_screen, "health", slowly)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("H")
        await pilot.pause()
        assert "counting…" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowserScreen)
        gate.set()
        await settle(app, pilot)


async def test_health_of_nothing_says_so(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_filter(app, pilot, "nothingatall")
        await press(app, pilot, "H")
        assert "No project is shown" in text(app)
        await press(app, pilot, "j", "enter", "n", "escape")
        assert isinstance(app.screen, BrowserScreen)


@sizes
async def test_problems_and_unknown_sources_are_told_as_text(
    hostile: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(hostile)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "H")
        assert is_clean(app)
        lines = options(app)
        assert any(line.startswith("[gone] ␇") for line in lines)
        assert any("Problems of the file" in line for line in lines)
        await highlight(app, pilot, str(hostile))
        assert is_clean(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, HealthPage)
        assert app._notifications
        await press(app, pilot, "g")
        assert "Not stated" in shown(app)[2]


async def test_sections_come_by_their_keys(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "H")
        lines = app.screen.query_one(OptionList)
        first = lines.highlighted
        await press(app, pilot, "n")
        assert lines.highlighted is not None
        assert options(app)[lines.highlighted].startswith("181 to 365 days")
        await press(app, pilot, "N")
        assert lines.highlighted == first


# Difference


@pytest.fixture
def older(tmp_path: Path, shipped: Path) -> Path:
    """An older state of the shipped dataset."""
    path = tmp_path / "older.toml"
    before = shipped.read_text()
    changed = (
        before.replace("updated = 2026-11-23", "updated = 2026-01-01")
        .replace('stage = "construction"', 'stage = "signed"', 1)
        .replace('id = "aecc-gas-turbine-base"', 'id = "gas-base"')
    )
    assert changed != before
    path.write_text(
        changed + '\n[[projects]]\nid = "past"\nname = "[/x] 过去\\u001b[2J"\n'
    )
    return path


async def compare_with(app: HunnanApp, pilot: Pilot[None], path: str) -> None:
    await press(app, pilot, "D")
    assert isinstance(app.screen, AskPath)
    app.screen.query_one(Input).value = path
    await press(app, pilot, "enter")
    await settle(app, pilot)


@sizes
async def test_what_differs_from_an_older_file_is_shown_in_sections(
    shipped: Path, older: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await compare_with(app, pilot, str(older))
        assert isinstance(app.screen, DifferencePage)
        sides = "older.toml (2026-01-01) → projects.toml (2026-11-23)"
        assert shown(app)[0].strip() == sides
        assert "moved forward: 1" in text(app)
        lines = options(app)
        assert "Moved forward (1)" in lines
        assert "Probably renamed (1)" in lines
        assert any("[/x] 过去␛[2J" in line for line in lines)
        assert is_clean(app)
        await press(app, pilot, "G")
        assert is_clean(app)


async def test_enter_goes_to_the_project_that_differs(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "nothingatall")
        await compare_with(app, pilot, str(older))
        await highlight(app, pilot, "AECC")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BrowserScreen)
        assert listed(app).current == "aecc-gas-turbine-base"


async def test_a_project_that_is_gone_has_nothing_to_go_to(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(older))
        await highlight(app, pilot, "[/x] 过去")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DifferencePage)
        (notice,) = app._notifications
        assert "no project of the open dataset" in notice.message


async def test_the_later_file_is_the_new_one_and_swapping_turns_it(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(older)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(shipped))
        assert "moved forward: 1" in text(app)
        assert "gone: 1" in text(app)
        await press(app, pilot, "s")
        assert "moved back: 1" in text(app)
        assert "new: 1" in text(app)
        await highlight(app, pilot, "AECC")
        await press(app, pilot, "enter")
        assert listed(app).current == "gas-base"


async def test_own_notes_are_compared_only_if_asked_for(
    shipped: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(shipped.read_bytes())
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w")
        await compare_with(app, pilot, str(other))
        assert "Nothing differs" in text(app)
        await press(app, pilot, "a")
        assert "own tags, notes and plans: 1" in text(app)
        assert "tags: – → watch" in text(app)
        await press(app, pilot, "a")
        assert "Nothing differs" in text(app)


@pytest.mark.parametrize("content", [None, "no [/x] toml", "\0"])
async def test_a_file_that_cannot_be_read_is_told(
    shipped: Path, tmp_path: Path, open_app: OpenApp, content: str | None
) -> None:
    path = tmp_path / "[bad].toml"
    if content is not None:
        path.write_text(content)
    app = open_app(shipped)
    async with app.run_test(size=(200, 60)) as pilot:
        await compare_with(app, pilot, str(path))
        assert "No comparison" in text(app)
        assert "[bad].toml" in text(app)
        assert is_clean(app)
        await press(app, pilot, "a", "s", "j", "enter", "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "D")
        assert app.screen.query_one(Input).value == str(path)


async def test_a_file_of_the_same_name_is_told_with_its_folder(
    shipped: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "去年[x]"
    folder.mkdir()
    (folder / shipped.name).write_bytes(shipped.read_bytes())
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(folder / shipped.name))
        assert "去年[x]/projects.toml (2026-11-23) → projects.toml" in shown(app)[0]


async def test_no_path_means_no_comparison(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "D")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "D")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BrowserScreen)


async def test_a_home_folder_is_understood(
    shipped: Path, older: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(older.parent))
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, "~/older.toml")
        assert "moved forward: 1" in text(app)


async def test_many_differences_are_cut_and_counted(
    shipped: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(difference_screen, "_SHOWN", 20)
    empty = tmp_path / "empty.toml"
    empty.write_text("[dataset]\ntitle = 'none'\n")
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(empty))
        assert "new: 73" in text(app)
        assert "… 53 more" in options(app)


async def test_a_long_comparison_tells_how_far_it_is_and_ends_when_left(
    shipped: Path, older: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "STEP", 10)
    gate, ended = threading.Event(), threading.Event()
    compared = []

    def counted(*args: object, **more: object) -> object:
        compared.append(args)
        if len(compared) == 30:
            gate.wait(20)
        return pair(*args, **more)  # type: ignore[arg-type]  # what it was given

    def noted(*args: object, **more: object) -> object:
        try:
            return whole(*args, **more)  # type: ignore[arg-type]  # what it was given
        finally:
            ended.set()

    pair, whole = comparing._pair, comparing.difference
    monkeypatch.setattr(comparing, "_pair", counted)
    monkeypatch.setattr(differing, "difference", noted)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "D")
        app.screen.query_one(Input).value = str(older)
        await pilot.press("enter")
        while len(compared) < 30:
            await pilot.pause()
        await pilot.pause()
        assert "comparing, " in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowserScreen)
        gate.set()
        while not ended.is_set():
            await pilot.pause()
        assert len(compared) < 73


@sizes
async def test_hostile_text_of_another_file_is_only_text(
    shipped: Path, hostile: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await compare_with(app, pilot, str(hostile))
        for key in ("j", "G", "k", "pageup"):
            await press(app, pilot, key)
            assert is_clean(app)


# All of them


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
    from hunnan_tui.tui.commands import live_commands

    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert any(each.name.startswith(name) for each in live_commands(app.screen))
