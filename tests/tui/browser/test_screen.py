from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.tag_editor import TagEditor
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
    status,
    type_filter,
)


async def test_the_start_shows_all_projects_by_value(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == 73
        assert listed(app).current == "wangjiawan-waterfront"
        assert "73 of 73 projects · 203 bn yuan, 54 not stated" in status(app)
        assert app.focused is listed(app)


async def test_words_narrow_the_list_and_escape_widens_it_again(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "gas turbine base")
        assert 0 < len(listed(app).keys) < 10
        assert app.focused is listed(app)
        await press(app, pilot, "escape")
        assert len(listed(app).keys) == 73
        assert app.is_running


async def test_an_industry_narrows_the_list_and_all_widens_it(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "1", "down", "enter")
        assert len(listed(app).keys) == 7
        assert "7 of 73" in status(app)
        await press(app, pilot, "g", "enter")
        assert len(listed(app).keys) == 73


async def test_the_cursor_stays_on_its_project(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, *"jjjjjjjjjjj")
        key = listed(app).current
        assert key == "aecc-gas-turbine-base"
        await type_filter(app, pilot, "turbine")
        assert listed(app).current == key
        await press(app, pilot, "escape")
        assert listed(app).current == key


async def test_a_tag_is_saved_at_once_and_nothing_else_changes(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    before = shipped.read_text().splitlines()
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "t")
        assert isinstance(app.screen, TagEditor)
        app.screen.query_one(Input).value = "region/north"
        await press(app, pilot, "ctrl+s")
        assert "saved 09:12" in status(app)
    after = shipped.read_text().splitlines()
    assert [line for line in after if line not in before] == ['tags = ["region/north"]']
    assert len(after) == len(before) + 1


async def test_watch_goes_on_and_off(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    before = shipped.read_bytes()
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w")
        assert project(shipped, "wangjiawan-waterfront")["tags"] == ["watch"]
        await press(app, pilot, "w")
    assert shipped.read_bytes() == before


async def test_a_note_is_written_edited_and_deleted(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    before = shipped.read_bytes()
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "n")
        app.screen.query_one(TextArea).text = "缺临时用电\n周五答复"
        await press(app, pilot, "ctrl+s")
        (note,) = project(shipped, "wangjiawan-waterfront")["notes"]
        assert note["text"] == "缺临时用电\n周五答复"
        await press(app, pilot, "e")
        app.screen.query_one(TextArea).text = "已答复"
        await press(app, pilot, "ctrl+s")
        (note,) = project(shipped, "wangjiawan-waterfront")["notes"]
        assert note["text"] == "已答复"
        await press(app, pilot, "d")
        assert "notes" not in project(shipped, "wangjiawan-waterfront")
        await press(app, pilot, "u", "u", "u")
    assert shipped.read_bytes() == before


async def test_escape_keeps_a_draft_that_survives_a_restart(
    shipped: Path, open_app: OpenApp
) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "n")
        app.screen.query_one(TextArea).text = "half a thought"
        await press(app, pilot, "escape")
        assert listed(app).make_row("wangjiawan-waterfront").draft
    assert shipped.read_bytes() == before
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "n")
        assert app.screen.query_one(TextArea).text == "half a thought"
        await press(app, pilot, "ctrl+s")
        assert not listed(app).make_row("wangjiawan-waterfront").draft
    (note,) = project(shipped, "wangjiawan-waterfront")["notes"]
    assert note["text"] == "half a thought"


async def test_cancelling_the_note_editor_changes_nothing(
    shipped: Path, open_app: OpenApp
) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "n", "escape", "n", "ctrl+s")
        assert not app.workspace.status.unsaved
    assert shipped.read_bytes() == before


async def test_undo_and_redo_reach_the_file(shipped: Path, open_app: OpenApp) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w", "j", "w")
        tagged = shipped.read_bytes()
        await press(app, pilot, "u", "u")
        assert shipped.read_bytes() == before
        await press(app, pilot, "U", "U")
        assert shipped.read_bytes() == tagged


async def test_a_bulk_tag_is_one_step_on_the_visible_marks(
    shipped: Path, open_app: OpenApp
) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "space", "space", "space")
        await type_filter(app, pilot, "wangjiawan")
        assert "3 marked, 1 visible" in status(app)
        await press(app, pilot, "w", "escape", "escape")
        assert shipped.read_text().count('tags = ["watch"]') == 1
        await press(app, pilot, "V", "w")
        assert shipped.read_text().count('tags = ["watch"]') == 73
        await press(app, pilot, "u", "u")
    assert shipped.read_bytes() == before


async def test_an_outside_change_is_shown_without_moving_the_cursor(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "j", "j")
        key = listed(app).current
        text = shipped.read_text()
        extra = (
            '\n[[projects]]\nid = "new"\nname = "New"\ninvestment = 99_000_000_000\n'
        )
        shipped.write_text(text + extra)
        await press(app, pilot, "r")
        assert listed(app).keys[0] == "new"
        assert listed(app).current == key


async def test_a_file_that_becomes_invalid_keeps_the_screen_and_the_edit(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.storage.store.PATIENCE", 0.0)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        text = shipped.read_text()
        shipped.write_text("broken = ")
        await press(app, pilot, "w")
        assert "not saved" in status(app)
        assert len(listed(app).keys) == 73
        shipped.write_text(text)
        await press(app, pilot, "ctrl+s")
        assert "saved 09:12" in status(app)
    assert project(shipped, "wangjiawan-waterfront")["tags"] == ["watch"]


@pytest.mark.parametrize("obstacle", ["gone", "broken", "a folder"])
async def test_a_failed_save_is_tried_again_when_nothing_is_in_its_way(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    monkeypatch.setattr("hunnan_tui.storage.store.PATIENCE", 0.0)
    monkeypatch.setattr("hunnan_tui.files.atomic.PATIENCE", 0.0)
    monkeypatch.setattr("hunnan_tui.tui.browser.saving.RETRY_SECONDS", 3600.0)
    app = open_app(shipped)
    away = shipped.with_name("away")
    async with app.run_test(size=WIDE) as pilot:
        shipped.rename(away)
        if obstacle == "broken":
            shipped.write_text("broken = ")
        elif obstacle == "a folder":
            shipped.mkdir()
        await press(app, pilot, "w")
        assert status(app).count("ot saved") == 1
        while not app.screen_stack[1].browser.read_error:  # type: ignore[attr-defined]
            await pilot.pause(0.01)
        if obstacle == "a folder":
            shipped.rmdir()
        away.replace(shipped)
        while "saved 09:12" not in status(app):
            await pilot.pause(0.01)
    assert project(shipped, "wangjiawan-waterfront")["tags"] == ["watch"]


async def test_a_failed_save_is_tried_again_where_the_file_was_always_readable(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.tui.browser.saving.RETRY_SECONDS", 0.0)
    monkeypatch.setattr("hunnan_tui.tui.browser.saving._REST", 0)
    app = open_app(shipped)
    full = pytest.MonkeyPatch()

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with app.run_test(size=WIDE) as pilot:
        full.setattr("hunnan_tui.files.atomic.write_beside", refuse)
        await press(app, pilot, "w")
        assert "the disk is full" in status(app)
        full.undo()
        while "saved 09:12" not in status(app):
            await pilot.pause(0.01)
    assert project(shipped, "wangjiawan-waterfront")["tags"] == ["watch"]


async def test_leaving_with_a_failed_save_asks_first(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.storage.store.PATIENCE", 0.0)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        shipped.write_text("broken = ")
        await press(app, pilot, "w")
        for key in ("q", "ctrl+q"):
            await press(app, pilot, key)
            assert isinstance(app.screen, ConfirmDialog)
            await press(app, pilot, "n")
        assert app.is_running
        assert app.workspace.status.unsaved


async def test_help_lists_the_keys_and_runs_one(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "question_mark")
        assert isinstance(app.screen, ChooseDialog)
        app.screen.query_one(Input).value = "watch"
        await pilot.pause()
        await press(app, pilot, "enter")
    assert project(shipped, "wangjiawan-waterfront")["tags"] == ["watch"]


@pytest.mark.parametrize("size", [(200, 60), (80, 24), (20, 6)])
async def test_every_pane_can_be_reached_at_every_size(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        for key, pane in (("1", FacetList), ("3", ProjectDetail), ("2", ProjectList)):
            await press(app, pilot, key)
            assert isinstance(app.focused, pane)
            assert app.focused.size.width > 0
        await press(app, pilot, "enter")
        opened = app.focused
        assert isinstance(opened, ProjectDetail)
        await press(app, pilot, "escape")
        assert listed(app).has_focus


async def test_a_notes_file_takes_the_edits(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    before = shipped.read_bytes()
    notes = tmp_path / "mine.toml"
    app = open_app(shipped, notes=notes)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w")
    assert shipped.read_bytes() == before
    assert project(notes, "wangjiawan-waterfront")["tags"] == ["watch"]


async def test_an_empty_dataset_says_what_to_do(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "empty.toml"
    path.write_text("")
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(
            app, pilot, "j", "enter", "w", "t", "n", "e", "d", "space", "V", "u"
        )
        assert "no projects yet" in listed(app).empty_message.plain


async def test_a_narrow_screen_is_left_to_what_was_asked_for(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert isinstance(app.screen, BrowserScreen)
        facets = app.screen.query_one(FacetList)
        detail = app.screen.query_one(ProjectDetail)
        await press(app, pilot, "1", "j", "space")
        assert facets.has_focus
        assert app.screen.browser.list_choice_labels() == ["Advanced materials"]
        await press(app, pilot, "j", "enter")  # applies and closes
        assert not facets.is_on_screen
        assert listed(app).has_focus
        assert len(app.session.choice) == 2
        (words,) = app.screen.browser.list_choice_labels()
        assert words == "Advanced materials or Intelligent manufacturing"
        await press(app, pilot, "1", "enter")  # both are chosen still
        assert listed(app).has_focus
        assert len(app.session.choice) == 2
        await press(app, pilot, "1", "tab")
        assert listed(app).has_focus
        assert not facets.is_on_screen
        await press(app, pilot, "1")
        await pilot.click(ProjectList, offset=(40, 6))
        assert not facets.is_on_screen
        await press(app, pilot, "enter")
        assert detail.size.width == 78
        await press(app, pilot, "2")
        assert listed(app).is_on_screen
        assert detail.is_on_screen
        await press(app, pilot, "enter", "z")
        assert listed(app).is_on_screen
        await press(app, pilot, "escape", "enter", "escape")
        assert listed(app).has_focus
        assert detail.is_on_screen
        await pilot.resize_terminal(120, 36)
        await press(app, pilot, "1", "g", "j", "j", "space")
        assert len(app.session.choice) == 1
        await press(app, pilot, "enter")  # where nothing is covered it stays
        assert facets.has_focus
        assert len(app.session.choice) == 2
        await press(app, pilot, "enter")  # what is chosen is not taken back
        assert listed(app).has_focus
        assert len(app.session.choice) == 2
        await press(app, pilot, "enter")
        assert listed(app).is_on_screen
