"""Notes from the keyboard: all in an editor, templates, the preview, who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from hunnan_tui.config.author import read_git_author
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.widgets.document_view import DocumentView
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
)
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

DATA = """
[[projects]]
id = "a"
name = "航发 A"
[[projects.notes]]
at = 2026-11-01T09:00:00+08:00
text = "First."
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal can be lent to an editor."""

    @contextmanager
    def suspend(_: HunnanApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(HunnanApp, "suspend", suspend)


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(path))


@pytest.mark.posix  # the editor is a shell script
async def test_all_notes_are_written_in_the_editor_in_one_step(
    path: Path,
    tmp_path: Path,
    open_app: OpenApp,
    monkeypatch: pytest.MonkeyPatch,
    lent: None,
) -> None:
    editor(tmp_path, monkeypatch, 'sed -i "s/First/Second/; 2s/^/New one/" "$1"')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "E")
        notes = [note["text"].strip() for note in project(path, "a")["notes"]]
        assert sorted(notes) == ["New one", "Second."]
        await press(app, pilot, "u")
        assert [n["text"].strip() for n in project(path, "a")["notes"]] == ["First."]


@pytest.mark.parametrize("script", ["exit 3", "sleep 1.1", 'rm "$1"'])
async def test_an_editor_that_fails_or_changes_nothing_changes_nothing(
    path: Path,
    tmp_path: Path,
    open_app: OpenApp,
    monkeypatch: pytest.MonkeyPatch,
    lent: None,
    script: str,
) -> None:
    editor(tmp_path, monkeypatch, script)
    before = path.read_bytes()
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "E")
        assert app._notifications
    assert path.read_bytes() == before


async def test_without_an_editor_the_built_in_one_opens(
    path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "vi")  # the terminal of a test cannot be lent
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("Ｅ", *"by hand", "ctrl+s")
        await settle(app, pilot)
        notes = [note["text"].strip() for note in project(path, "a")["notes"]]
        assert notes == ["First.", "by hand"]


async def test_a_template_begins_a_note(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert listed(app).current == "a"
        await press(app, pilot, "n")
        await pilot.press("ctrl+t", *"visit", "enter")
        await pilot.pause()
        text = app.screen.query_one(TextArea).text
        assert text.startswith("2026-11-23 Visit to 航发 A\n")


async def test_the_author_is_that_of_the_settings_else_that_of_git(
    path: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_git_author.cache_clear()
    monkeypatch.setattr(
        "hunnan_tui.config.author.read_git_author", lambda _: "git's 李"
    )
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "n", "x", "ctrl+s")
        assert project(path, "a")["notes"][1]["by"] == "git's 李"
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text('author = "me"\n')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "n", "y", "ctrl+s")
        assert project(path, "a")["notes"][2]["by"] == "me"


async def test_a_note_made_empty_stays_as_it_was_and_says_what_deletes(
    path: Path, open_app: OpenApp
) -> None:
    before = path.read_bytes()
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "e")
        app.screen.query_one(TextArea).text = " \n"
        await press(app, pilot, "ctrl+s")
        assert "d deletes" in " ".join(
            notification.message for notification in app._notifications
        )
        await press(app, pilot, "e")
        assert app.screen.query_one(TextArea).text == "First."
        await press(app, pilot, "escape")
    assert path.read_bytes() == before


async def test_a_note_is_gone_on_with_when_the_app_went_without_a_word(
    path: Path, open_app: OpenApp
) -> None:
    before = path.read_bytes()
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "e")
        await pilot.press(*" 谈[/x]")
        editor = app.screen
        assert isinstance(editor, NoteEditor)
        if editor._timer is not None:
            await editor._timer._task  # type: ignore[misc]
        # as the next start finds the folder after a kill now
        after_kill = open_app(path)
        (draft,) = after_kill.workspace.drafts.list_all()
        await pilot.press("escape")
    assert (draft.key, draft.text) == ("a", "First. 谈[/x]")
    assert path.read_bytes() == before
    async with after_kill.run_test(size=(80, 24)) as pilot:
        await settle(after_kill, pilot)
        await press(after_kill, pilot, "e", "ctrl+s")
    assert project(path, "a")["notes"][0]["text"] == "First. 谈[/x]"


async def test_a_note_on_a_hostile_project_comes_back_as_it_was_typed(
    path: Path, open_app: OpenApp
) -> None:
    path.write_text('[[projects]]\nid = "a"\nname = "[/x] \\u001b[31m[@click=app.q]"\n')
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "n")
        rows = [strip.text for strip in app.screen._compositor.render_strips()]
        assert any("New note · [/x] ␛[31m[@click" in row for row in rows)
        await pilot.press(*"[b]x[/] {date}", "ctrl+o", "ctrl+s")
        await settle(app, pilot)
    assert project(path, "a")["notes"][0]["text"] == "[b]x[/] {date}"


class TestPreview:
    async def test_shows_the_text_and_goes_on_where_it_was(self) -> None:
        app = ModalHost(NoteEditor("t", "# Head\n\n- one\n- two", templates={"T": "x"}))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+o")
            await pilot.pause()
            assert "esc back to the text" in app.shown
            assert "keep as draft" not in app.shown
            assert "Head" in app.shown
            assert "# Head" not in app.shown
            await pilot.press("x", "ctrl+t", "ctrl+o", "y")
            assert app.screen.query_one(TextArea).text.endswith("twoy")
            await pilot.press("ctrl+o", "escape", "escape")
            assert app.results[0].action == "draft"
            assert app.results[0].text.endswith("twoy")

    async def test_a_note_can_be_saved_from_it(self) -> None:
        app = ModalHost(NoteEditor("t", "text"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+o", "ctrl+s")
            assert (app.results[0].action, app.results[0].text) == ("save", "text")

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_is_only_text(self, text: str) -> None:
        app = ModalHost(NoteEditor(text, text))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+o")
            assert app.screen.query_one(DocumentView).display
            assert app.is_clean()
