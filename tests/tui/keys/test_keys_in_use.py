"""Messages name the keys that are in use."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.tui.keys.table import list_keys
from hunnan_tui.tui.presenters.keys_in_use import DECLARED, name_key
from tests.tui.app_host import OpenApp, press
from tests.tui.test_toasts import told


def test_messages_name_a_key_as_it_is_declared() -> None:
    declared = {entry.id: entry.keys[0] for entry in list_keys() if entry.id}
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
