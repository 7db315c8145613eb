"""What an app in a browser keeps away from: editors, clipboards and files of the server."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs import export, path
from hunnan_tui.tui.terminal.clipboard import copy_text
from hunnan_tui.tui.terminal.editor import NoEditorError, edit_in_editor
from tests.tui.app_host import WIDE, OpenApp, press


def refuse_to_list(*_: object) -> None:
    raise AssertionError("a folder of the server was listed")


class Delivered(dict[str, bytes]):
    """What was handed to the browser, by name."""


async def test_nothing_of_the_server_is_touched(
    open_app: OpenApp,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(HunnanApp, "is_web", property(lambda _: True))
    delivered = Delivered()

    def deliver(_: object, content: io.BytesIO, **options: Any) -> None:
        assert options["name"] == str(len(content.getvalue()))
        delivered[options["save_filename"]] = content.getvalue()

    monkeypatch.setattr(HunnanApp, "deliver_binary", deliver)
    for module in (export, path):
        monkeypatch.setattr(module, "list_paths", refuse_to_list)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        with pytest.raises(NoEditorError, match="browser"):
            edit_in_editor(app, "text", {"EDITOR": "touch"})
        environ = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
        how = await copy_text(
            app, "text", environ=environ, which=lambda _: "/bin/false"
        )
        assert how == "in the browser"
        assert app.clipboard == "text"

        for key in ("E", "I", "D", "O", "f7"):
            await press(app, pilot, key)
            assert isinstance(app.screen, BrowserScreen), key

        before = sorted(tmp_path.rglob("*"))
        await press(app, pilot, "x")
        await press(app, pilot, *["down"] * 4, "home", *"/x/../etc/", "tab", "enter")
        (name,) = delivered  # and nothing of any folder was told on the way
        assert "/" not in name
        assert delivered[name].startswith(b"\xef\xbb\xbf")
        assert sorted(tmp_path.rglob("*")) == before
        await press(app, pilot, "y", "up", "enter", *"/etc/", "tab", "enter")
        assert len(delivered) == 2
        assert sorted(tmp_path.rglob("*")) == before
