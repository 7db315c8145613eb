"""Makes the apps of the tests frugal: what a test cannot see is not done.

A text is parsed once. Frames are drawn where a pilot stops, without what is behind a
dialog, and a line of a frame is not kept for the next. A run at night draws them all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final
from weakref import WeakSet

import pytest
import textual.strip
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.app import App
from textual.pilot import Pilot

from hunnan_tui.dataset.parser import Parsed, parse
from hunnan_tui.storage import dataset_file
from tests.strategies import NIGHTLY

_MAX_TEXTS: Final = 8


class Forgetful(dict[Any, Any]):
    """A cache that keeps nothing: one does for all."""

    def __setitem__(self, key: Any, value: Any) -> None: ...


@contextmanager
def share_parsed_files() -> Iterator[None]:
    """Parse a text once: what it says is a value, which many apps may have."""
    known: dict[bytes, Parsed] = {}

    def parse_or_recall(text: bytes, name: str = "") -> Parsed:
        if (parsed := known.get(text)) is not None:
            return parsed
        parsed = parse(text, name)
        if not parsed.problems:  # they name the file
            if len(known) == _MAX_TEXTS:
                del known[next(iter(known))]
            known[text] = parsed
        return parsed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset_file, "parse", parse_or_recall)
        yield


@contextmanager
def keep_no_lines() -> Iterator[None]:
    """Let a line of a frame be without its seven caches: it is drawn once."""
    cache = Forgetful()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.strip, "FIFOCache", lambda size: cache)
        yield


@contextmanager
def draw_where_pilots_stop() -> Iterator[None]:
    """Draw what a test can look at, and not each frame on the way there."""
    if NIGHTLY > 1:
        yield
        return
    render, wait, run = Compositor.render_update, Pilot._wait_for_screen, App.run_test
    begun: WeakSet[Pilot[Any]] = WeakSet()

    def render_whole_screens(
        compositor: Compositor, full: bool = False, **options: Any
    ) -> RenderableType | None:
        return render(compositor, full, **options) if full else None

    def draw(app: App[Any]) -> None:
        if not app._running or not app.screen_stack:
            return
        screen = app.screen
        render(screen._compositor)
        if screen.is_modal:  # what is behind it is left to those who ask for all
            screen._layout_cache.clear()
            screen._set_dirty()
            screen._repaint_regions.clear()

    async def wait_and_draw(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
        is_done = await wait(pilot, timeout)
        if pilot in begun:  # the first wait is part of the start; more follows
            draw(pilot.app)
        begun.add(pilot)
        return is_done

    @asynccontextmanager
    async def run_and_draw(app: App[Any], **options: Any) -> AsyncIterator[Pilot[Any]]:
        async with run(app, **options) as pilot:
            yield pilot
            draw(app)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_whole_screens)
        patch.setattr(Pilot, "_wait_for_screen", wait_and_draw)
        patch.setattr(App, "run_test", run_and_draw)
        yield
