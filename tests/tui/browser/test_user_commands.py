"""Commands of the user's own run on what is marked, beside the keys, and say how it went."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from hunnan_tui.cli.commands.where import _check_keys
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import AddTags, Edit, Transaction
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import user_commands
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.help import HelpDialog
from hunnan_tui.tui.keys.user_keys import list_keys_in_use
from tests.tui.app_host import WIDE, OpenApp, press, settle
from tests.tui.pages.page_host import text

DATA = """
[[sources]]
id = "s"
title = "S"
url = "https://example.org/s"
[[projects]]
id = "a"
name = "Alpha; touch x"
sources = ["s"]
[[projects]]
id = "b"
name = "--Beta"
"""
WRITE = """
import json, sys
with open(sys.argv[1], "a") as file:
    print(json.dumps(sys.argv[2:]), file=file)
"""
FAIL = "import sys; print(' \\n\\x1b[31mno such map', file=sys.stderr); sys.exit(3)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


def configure(
    tmp_path: Path, *commands: tuple[str, str, list[str]], more: str = ""
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    tables = (
        f"[[commands]]\nkey = {json.dumps(key)}\ntitle = {json.dumps(title)}\n"
        f"run = {json.dumps([sys.executable, '-c', *run])}\n{more}"
        for key, title, run in commands
    )
    (folder / "config.toml").write_text("".join(tables))


def said(app: HunnanApp) -> str:
    return "\n".join(each.message for each in app._notifications)


async def test_a_program_runs_on_what_is_marked_with_its_arguments_as_they_are(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    out = tmp_path / "out"
    words = ["--name={name}", "{id}", "{file}"]
    configure(
        tmp_path,
        ("ctrl+e", "Write it", [WRITE, str(out), *words]),
        ("f10", "Fail", [FAIL]),
        ("f12", "Open it", [WRITE, str(out), "{url}"]),
        ("f11", "Name it", [WRITE, str(out), "{name}"]),
    )
    app = open_app(path)
    async with app.run_test(size=(160, 30)) as pilot:
        await press(app, pilot, "space", "space", "ctrl+e")
        assert "Write it: done on 2 projects" in said(app)
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        assert lines == [
            ["--name=Alpha; touch x", "a", str(path)],
            ["--name=--Beta", "b", str(path)],
        ]
        assert "Write it" in text(app)  # in the footer
        # what a project has not, and what would be an option
        await press(app, pilot, "f12", "f11")
        assert "Open it was not run on --Beta: it has no url" in said(app)
        assert "its name begins with -, which would be an option" in said(app)
        assert "https://example.org/s" in out.read_text()
        # what goes wrong
        await press(app, pilot, "escape", "home", "f10")
        assert "Fail failed on Alpha; touch x: exit code 3: no such map" in said(app)
        # on a page, on the project under the cursor
        out.write_text("")
        await press(app, pilot, "b")
        app.clear_notifications()
        await press(app, pilot, "escape", "j", "R", "ctrl+e")
        assert json.loads(out.read_text())[1] == "b"
        # the help names it
        await press(app, pilot, "question_mark", *"write it")
        assert isinstance(app.screen, HelpDialog)
        assert "Write it" in text(app)


@pytest.mark.posix
async def test_keys_do_not_wait_for_a_program_and_failures_to_start_are_told(
    path: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    wait = f"open({str(gate)!r}).read()"
    configure(tmp_path, ("f10", "Wait", [wait]), ("f12", "Never", ["1"]))
    file = tmp_path / "config" / "config.toml"
    head, _, rest = file.read_text().rpartition(json.dumps(sys.executable))
    file.write_text(f'{head}"/no/such/program"{rest}')
    monkeypatch.setattr(user_commands, "_MOST_RUNNING", 1)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("home", "f10", "w", "f10")
        while not app.workspace.dataset.projects["a"].tags:
            await pilot.pause(0.01)
        while "Wait was not run: 1 command is still running" not in said(app):
            await pilot.pause(0.01)
        assert "Wait: done" not in said(app)
        gate.write_text("go")
        await settle(app, pilot)
        assert "Wait: done" in said(app)
        await press(app, pilot, "f12")
        assert "Never failed on Alpha; touch x: it could not be started" in said(app)


async def test_very_many_runs_are_asked_about(
    path: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    configure(tmp_path, ("f10", "Write it", [WRITE, str(out), "{id}"]))
    monkeypatch.setattr(user_commands, "_ASKED", 1)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "V", "f10")
        assert isinstance(app.screen, ConfirmDialog)
        await press(app, pilot, "n")
        assert not out.exists()
        await press(app, pilot, "f10", "y")
        assert len(out.read_text().splitlines()) == 2


async def test_the_programs_of_a_server_are_not_run_from_a_browser(
    path: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, ("f10", "Mine", ["1"]))
    monkeypatch.setattr(HunnanApp, "is_web", True)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "f10")
        assert said(app) == "Not in a browser: Mine"


async def test_a_program_may_get_the_terminal(
    path: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, ("f10", "View", ["1"]), more="suspend = true\n")
    from hunnan_tui.tui.terminal import editor

    results: list[int | OSError] = [0, 2]
    monkeypatch.setattr(editor, "run_on_terminal", lambda *_: results.pop(0))
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "home", "f10")
        assert not said(app)
        await press(app, pilot, "f10")
        assert "View failed on Alpha; touch x: exit code 2" in said(app)
        monkeypatch.undo()
        await press(app, pilot, "f10")  # a test has no terminal to lend
        assert "View: The terminal cannot be lent from here" in said(app)


async def test_keys_that_are_taken_or_are_none_are_told_with_the_line(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    configure(
        tmp_path,
        ("n", "Mine", ["1"]),
        ("f10", "One", ["1"]),
        ("F10", "Two", ["1"]),
        ("ctlr+o", "Three", ["1"]),
        ("ctrl+i", "Four", ["1"]),
        ("j", "Five", ["1"]),
    )
    settings = load_settings(tmp_path / "config")
    told = [f"{each.line}: {each.message}" for each in _check_keys(settings)]
    assert told == [
        "2: n already runs Note (notes.add)",
        "10: f10 already runs One",
        "14: there is no key 'ctlr+o'",
        "18: terminals send tab for ctrl+i",
        "22: j already runs Next project (projects.down)",
    ]
    entries, _ = list_keys_in_use(settings)
    assert [entry.name for entry in entries if entry.id.startswith("user.")] == ["One"]
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "n", *"mine", "ctrl+s")
        assert "5 problems" in said(app)
        (note,) = app.workspace.dataset.projects["a"].notes
        assert note.text == "mine"


async def test_a_key_that_the_user_has_freed_can_be_used(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    configure(tmp_path, ("x", "Mine", ["1"]))
    file = tmp_path / "config" / "config.toml"
    file.write_text('[keys]\n"share.export" = "ctrl+x"\n' + file.read_text())
    assert not _check_keys(load_settings(tmp_path / "config"))
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        edit = Edit("a", AddTags(("t",)))
        app.workspace.apply(Transaction("tag", (edit,)))
        await press(app, pilot, "x")
        assert "Mine: done" in said(app)
