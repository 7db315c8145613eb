"""What the tests of the pages over the main screen share."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import OptionList

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.app import HunnanApp
from tests.tui.app_host import listed, press

SIZES = [(80, 24), (200, 60)]
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
