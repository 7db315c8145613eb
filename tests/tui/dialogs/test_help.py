"""The help: groups of keys, an exact key first, and what the signs mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.widgets import Input

from hunnan_tui.tui.dialogs.help import HelpDialog
from hunnan_tui.tui.dialogs.theme_picker import ThemePicker
from hunnan_tui.tui.presenters.commands import CommandEntry, group_commands
from tests.tui.app_host import WIDE, OpenApp, press
from tests.tui.dialogs.modal_host import ModalHost


def make_entry(id: str, name: str, keys: str, help: str = "") -> CommandEntry:
    return CommandEntry(id, name, help, keys, "", DOMNode())


ENTRIES = [
    make_entry("projects.down", "Next project", "↓ j"),
    make_entry("tags.edit", "Tags", "t"),
    make_entry("share.export", "Export", "x", "To a text"),
    make_entry("projects.half-down", "Half a page down", "ctrl+d"),
    make_entry("board.own", "A key of one page", "k"),
    make_entry("unknown", "A key of no group", "j"),
]


def test_each_command_is_in_one_group_and_those_of_a_page_come_first() -> None:
    groups = group_commands(ENTRIES)
    assert list(groups) == ["Here", "Mark and tag", "Screens", "File", "Move"]
    assert sorted(each.id for members in groups.values() for each in members) == sorted(
        each.id for each in ENTRIES
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("x", "Export"),
        ("t", "Tags"),
        ("ctrl+d", "Half"),
        ("^d", "Half"),
        ("Ctrl+D", "Half"),
        ("down", "Next project"),
        ("↓", "Next project"),
        ("k", "A key of one"),
    ],
)
def test_an_exact_key_comes_first(typed: str, first: str) -> None:
    dialog = HelpDialog(ENTRIES)
    rows, highlighted = dialog.narrow(typed)
    assert highlighted == 0
    assert ENTRIES[int(rows[0])].name.startswith(first)


async def test_headings_and_signs_cannot_be_chosen() -> None:
    app = ModalHost(HelpDialog(ENTRIES))
    async with app.run_test(size=(80, 50)) as pilot:
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        chosen = []
        for _ in range(len(ENTRIES) + 1):
            chosen.append(dialog.highlighted)
            await pilot.press("down")
        assert chosen[0] == chosen[-1]  # all round
        assert all(row and row.isdecimal() for row in chosen)
        shown = [str(option.prompt) for option in dialog.list.options]
        assert "Signs" in shown
        assert any("has notes of yours" in line for line in shown)


async def test_nothing_found_says_so() -> None:
    app = ModalHost(HelpDialog(ENTRIES))
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = "[zzz]"
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        assert "No key or command like “[zzz]”" in str(dialog.hint.render())


async def test_every_key_of_the_main_screen_has_a_group(
    open_app: OpenApp, shipped: Path
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "question_mark")
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        shown = [str(option.prompt) for option in dialog.list.options]
        assert "Here" not in shown
        assert any(line.startswith("[            ") for line in shown)  # no 【 or 「
        assert shown[0] == "Read"
        data = shown[shown.index("Data") :]
        assert any(
            line.startswith("File ") and "projects.toml" in line for line in data
        )
        assert any("73 projects, " in line for line in data)
        assert any(line.startswith("Data of") and "20" in line for line in data)
        await press(app, pilot, *"theme", "enter")  # what is listed can be run
        assert isinstance(app.screen, ThemePicker)
        await press(app, pilot, "escape", "m", "question_mark")
        page_help = app.screen
        assert isinstance(page_help, HelpDialog)
        shown = [str(option.prompt) for option in page_help.list.options]
        assert "Here" in shown
        assert "Data" in shown


async def test_signs_and_data_are_scrolled_to_and_found() -> None:
    data = [("File", "one.toml"), ("Data of", "2026-11-01")]
    app = ModalHost(HelpDialog(ENTRIES, data))
    async with app.run_test(size=(80, 16)) as pilot:
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        assert "2026-11-01" not in app.shown
        for _ in range(8):
            await pilot.press("pagedown")
        await pilot.pause()
        assert dialog.list.scroll_offset.y == dialog.list.max_scroll_y
        assert dialog.highlighted == "3"  # the last command
        await pilot.press("down")  # all round
        assert dialog.list.scroll_offset.y == 0
        for typed, line in (("✎", "has notes of yours"), ("data of", "2026-11-01")):
            rows, _ = dialog.narrow(typed)
            shown = [str(dialog.format_row(row)) for row in rows]
            assert any(line in each for each in shown), typed


def test_names_are_found_before_what_is_said_of_others() -> None:
    entries = [
        make_entry("a.one", "Export", "x", "Not a note"),
        make_entry("a.two", "Note", "n", "Writes one"),
    ]
    rows, highlighted = HelpDialog(entries).narrow("note")
    assert rows[:2] == ["1", "0"]
    assert highlighted == 0
