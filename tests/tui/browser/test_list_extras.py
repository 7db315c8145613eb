"""What the list says beyond stage and amount: due days, silence, what it is sorted by."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.tui.app import HunnanApp
from tests.tui.app_host import OpenApp, listed, press, settle, type_filter

DATED = """format = 1
[[sources]]
id = "s"
title = "Page"
{date}
[[projects]]
id = "a"
name = "Mill"
district = "North"
sources = ["s"]
[[projects]]
id = "b"
name = "Yard"
district = "South"
"""


def titles(app: HunnanApp) -> list[str]:
    return listed(app).render_line(0).text.split()


@pytest.mark.parametrize("date", ["", 'date = "2026-08-21"'])
async def test_columns_come_with_their_first_value(
    tmp_path: Path, open_app: OpenApp, date: str
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(DATED.format(date=date))
    app = open_app(path)
    silent = ["Silent"] if date else []
    async with app.run_test(size=(200, 30)) as pilot:
        await settle(app, pilot)
        assert titles(app) == ["Project", *silent]
        await press(app, pilot, "g", "a", *"fri", "enter")
        assert titles(app) == ["Project", "Due", *silent]
        row = listed(app).render_line(1).text
        assert " 11-27" in row
        assert ("94 d" in row) == bool(date)
        assert not row.startswith("◷")  # its day has not come
        await press(app, pilot, "u", "a", *"today", "enter")
        assert listed(app).render_line(1).text.startswith("◷")
        assert listed(app).border_subtitle == "◷ due"
        await press(app, pilot, "u")
        assert titles(app) == ["Project", *silent]
        await pilot.resize_terminal(80, 24)
        await settle(app, pilot)
        for field, title in (("district", "Distri"), ("noted", "Noted")):
            await type_filter(app, pilot, f"sort:{field}")
            assert title in " ".join(titles(app))
        await type_filter(app, pilot, "sort:due show:district")
        assert "Due" in titles(app)
