"""Makes the apps of the tests frugal: what a test cannot see is not done.

Style sheets are parsed once for all apps of a process, frames are drawn where a pilot
stops, and a line of a frame is not kept for the next. A run at night draws them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import textual.strip
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tests.strategies import NIGHTLY


@contextmanager
def share_style_sheets() -> Iterator[None]:
    """Parse a style sheet once: it means the same in each app with the same theme."""
    parsed: dict[frozenset[tuple[str, str]], Any] = {}
    make, set_variables = Stylesheet.__init__, Stylesheet.set_variables

    def share(sheet: Stylesheet) -> None:
        sheet._parse_cache = parsed.setdefault(frozenset(sheet._variables.items()), {})

    def make_and_share(sheet: Stylesheet, **options: Any) -> None:
        make(sheet, **options)
        share(sheet)

    def set_and_share(sheet: Stylesheet, variables: dict[str, str]) -> None:
        sheet._parse_cache = LRUCache(1)  # is cleared, and is not that of others
        set_variables(sheet, variables)
        share(sheet)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "__init__", make_and_share)
        patch.setattr(Stylesheet, "set_variables", set_and_share)
        yield


class Forgetful(dict[Any, Any]):
    """A cache that keeps nothing: one does for all."""

    def __setitem__(self, key: Any, value: Any) -> None: ...


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
    render, wait = Compositor.render_update, Pilot._wait_for_screen

    def render_whole_screens(
        compositor: Compositor, full: bool = False, **options: Any
    ) -> RenderableType | None:
        return render(compositor, full, **options) if full else None

    async def wait_and_draw(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
        is_done = await wait(pilot, timeout)
        app = pilot.app
        if app._running and app.screen_stack:
            compositor = app.screen._compositor
            render(compositor, screen_stack=app._background_screens)
        return is_done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", render_whole_screens)
        patch.setattr(Pilot, "_wait_for_screen", wait_and_draw)
        yield
