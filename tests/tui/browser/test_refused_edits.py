"""What is typed on a project that goes meanwhile is refused, kept, and told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hunnan_tui.config.dialog_state import DialogState, DialogStates
from hunnan_tui.config.paths import Paths
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.salvage import read_salvaged
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
)
from tests.tui.browser.test_notes import editor, lent

__all__ = ["lent"]
GOING = """\
[[projects]]
id = "going"
name = "Going"
tags = ["old"]
investment = 2
[[projects.notes]]
at = 2026-11-01T09:00:00+08:00
text = "First."
"""
STAYING = """\
[[projects]]
id = "staying"
name = "Staying"
investment = 1
"""
HOW = {
    "renamed": STAYING + GOING.replace('"going"', '"gone-works"'),
    "removed": STAYING,
    "cut off": STAYING + GOING[: GOING.index("id =")],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(GOING + STAYING)
    return path


async def change_outside(
    app: HunnanApp, pilot: Pilot[None], path: Path, text: str
) -> None:
    path.write_text(text)
    browser = app.screen_stack[1]
    assert isinstance(browser, BrowserScreen)
    await browser.files.reload(quiet=True)
    await pilot.pause()


def told(app: HunnanApp) -> str:
    return "\n".join(notification.message for notification in app._notifications)


def drafts(path: Path) -> list[tuple[str, str]]:
    kept = Drafts(path.parent / "state" / "drafts", path).list_all()
    return [(draft.key, draft.text) for draft in kept]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (("n", *"half an hour", "ctrl+s"), "half an hour"),
        (("e", *" half an hour", "ctrl+s"), "First. half an hour"),
    ],
)
async def test_the_text_of_a_note_stays_as_a_draft(
    path: Path, open_app: OpenApp, how: str, keys: tuple[str, ...], kept: str
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert listed(app).current == "going"
        await pilot.press(*keys[:-1])
        await change_outside(app, pilot, path, HOW[how])
        await press(app, pilot, keys[-1])
        assert "Not saved for going" in told(app)
        assert "draft" in told(app)
        assert ("going", kept) in drafts(path)
    assert "half an hour" not in path.read_text()


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (("t", *"fresh tag", "enter", "enter"), "fresh tag"),
        (("N", *"energy 110 kV", "enter"), "110 kV"),
        (("a", *"2026-12-01", "enter"), "2026-12-01"),
    ],
)
async def test_what_else_is_typed_is_kept_aside(
    path: Path, open_app: OpenApp, how: str, keys: tuple[str, ...], kept: str
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press(*keys[:-1])
        await change_outside(app, pilot, path, HOW[how])
        await pilot.press(keys[-1])
        await pilot.pause()
        assert "Not saved for going" in told(app)
        aside = tmp_aside(path)
        assert str(aside) in told(app)
        assert kept in repr(read_salvaged(aside)["going"]) + aside.read_text()


def tmp_aside(path: Path) -> Path:
    return path.parent / "state" / "aside.toml"


@pytest.mark.posix  # the editor is a shell script
async def test_all_notes_that_the_editor_gave_back_stay_as_a_draft(
    path: Path,
    tmp_path: Path,
    open_app: OpenApp,
    monkeypatch: pytest.MonkeyPatch,
    lent: None,
) -> None:
    script = f"""sed -i 's/First/Second/; 2s/^/New one/' "$1"
sed -i 's/"going"/"gone-works"/' {path}"""
    editor(tmp_path, monkeypatch, script)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "E")
        assert "Not saved for going" in told(app)
    kept = "".join(text for _, text in drafts(path))
    assert "New one" in kept
    assert "Second." in kept


async def test_of_marked_projects_those_that_are_left_get_it(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "space", "space")
        await pilot.press("t", *"both", "enter")
        await change_outside(app, pilot, path, HOW["removed"])
        await press(app, pilot, "enter")
        assert "Not saved for going" in told(app)
        assert project(path, "staying")["tags"] == ["both"]
        assert "both" in read_salvaged(tmp_aside(path))["going"].tags


async def test_a_tag_that_goes_under_the_tag_manager_is_told(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("T")
        await change_outside(app, pilot, path, HOW["removed"])
        await pilot.press("ctrl+x")
        await pilot.pause()
        hint = str(app.screen.query_one("KeyHints").render())
        assert "No project has the tag old" in hint


async def test_my_work_shows_the_draft_and_puts_it_on_another_project(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("n", *"to be moved")
        await change_outside(app, pilot, path, HOW["removed"])
        await press(app, pilot, "ctrl+s", "M")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await press(app, pilot, "ctrl+s")
        assert project(path, "staying")["notes"][0]["text"].strip() == "to be moved"
        assert drafts(path) == []


async def test_a_dialog_that_a_kill_left_open_on_a_project_that_is_gone(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    paths = Paths(state=tmp_path / "state")
    state = DialogState("tags.edit", ("gone",), "half a tag", ("chosen",))
    DialogStates(paths.dialogs, path).save(state)
    (kept,) = (tmp_path / "state" / "unfinished").iterdir()
    kept.rename(str(kept).replace(f".{os.getpid()}.", f".{2**22 + 1}."))
    app = HunnanApp(open_app(path).workspace, paths=paths)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert "Not saved for gone" in told(app)
        assert ("gone", "half a tag") in drafts(path)
        assert read_salvaged(tmp_aside(path))["gone"].tags == ("chosen",)


async def test_the_draft_of_a_note_that_is_gone_is_taken_up_as_a_new_note(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("e", *" and more", "escape")
        await pilot.pause()
        without = GOING.partition("[[projects.notes]]")[0] + STAYING
        await change_outside(app, pilot, path, without)
        await press(app, pilot, "M")
        await pilot.press("enter")
        await pilot.pause()
        await press(app, pilot, "ctrl+s")
        (note,) = project(path, "going")["notes"]
        assert note["text"].strip() == "First. and more"
        assert drafts(path) == []


async def test_what_is_done_during_a_step_on_very_many_projects_waits_for_it(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        browser = app.screen_stack[1]
        assert isinstance(browser, BrowserScreen)
        browser.editing.bulk_edit = "tag all"
        await pilot.press("n", *"not lost", "ctrl+s")
        await pilot.pause()
        assert "Wait a moment" in told(app)
        assert drafts(path) == [("going", "not lost")]
        browser.editing.bulk_edit = ""
        await settle(app, pilot)
        assert project(path, "going")["notes"][1]["text"].strip() == "not lost"
        assert drafts(path) == []
