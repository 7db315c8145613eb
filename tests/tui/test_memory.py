"""What was on the screen is freed when it is left."""

from __future__ import annotations

import asyncio
import gc
import heapq
from collections import Counter
from pathlib import Path

from textual._styles_cache import StylesCache
from textual.dom import DOMNode

from tests.tui.app_host import WIDE, OpenApp, press, settle

DIALOGS = ("n", "question_mark", "t", "i")


def forget_cancelled_timers() -> None:
    """Do what asyncio does when a hundred are cancelled: till then it holds them."""
    timers: list[asyncio.TimerHandle] = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    timers[:] = [each for each in timers if not each.cancelled()]
    heapq.heapify(timers)


async def test_nothing_is_kept_of_a_dialog(shipped: Path, open_app: OpenApp) -> None:
    # a test that has failed keeps its app for the report
    others = {
        id(each): each
        for each in gc.get_objects()
        if isinstance(each, DOMNode | StylesCache)
    }
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        for key in DIALOGS * 4:
            await press(app, pilot, key, "escape")
        forget_cancelled_timers()
        gc.collect()
        living = [each for each in gc.get_objects() if id(each) not in others]
        gone = Counter(
            type(each).__name__
            for each in living
            if isinstance(each, DOMNode) and not each.is_attached
        )
        drawn = sum(isinstance(each, StylesCache) for each in living)
        widgets = len(app.screen_stack[0].walk_children()) + len(
            app.screen_stack[1].walk_children()
        )
        assert max(gone.values(), default=0) <= 1, (
            gone
        )  # the last one may be in a cache
        assert drawn <= widgets + 20
