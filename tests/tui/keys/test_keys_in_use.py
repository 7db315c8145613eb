"""Messages name the keys that are in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.cli.key_names import name_keys_of
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import AddTags, Edit, RefusedEdit
from hunnan_tui.core.keys_in_use import DECLARED, name_key, use_keys
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.salvage import salvage_refused
from hunnan_tui.tui.keys.table import list_keys
from hunnan_tui.tui.presenters.key_names import display_key
from tests.tui.app_host import OpenApp, press
from tests.tui.test_toasts import told


def test_messages_name_a_key_as_it_is_declared() -> None:
    declared = {
        entry.id: display_key(entry.keys[0]) for entry in list_keys() if entry.id
    }
    assert {name: declared[name] for name in DECLARED} == dict(DECLARED)


async def test_messages_name_the_key_of_the_user(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    file = config / "config.toml"
    file.write_text('[keys]\n"edit.undo" = "f11"\n"detail.next-tab" = "}"\n', "utf-8")
    app = open_app(shipped)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await press(app, pilot, "space", "j", "space", "w")
        assert told(app) == ["Done: tag watch on 2 projects. f11 takes it back"]
    file.unlink()
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(app, pilot, "j")
        assert name_key("edit.undo") == "u"


def test_messages_of_commands_name_the_key_of_the_user_too(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: use_keys({}))
    file = tmp_path / "config.toml"
    file.write_text('[keys]\n"work.open" = "f4"\n"file.problems" = "f12"\n', "utf-8")
    name_keys_of(load_settings(tmp_path))
    refused = RefusedEdit(Edit("gone", AddTags(("one",))), "it is gone")
    drafts = Drafts(None, tmp_path / "data.toml")
    (message,) = salvage_refused([refused], drafts, tmp_path / "aside.toml")
    assert message.endswith("f4 shows them")
    assert name_key("file.problems") == "f12"
    name_keys_of(load_settings(tmp_path / "none"))
    assert name_key("work.open") == "M"
