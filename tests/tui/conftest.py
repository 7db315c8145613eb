"""The app on a file of its own, with a clock that stands still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import RenderableType
from textual._compositor import Compositor
from textual.pilot import Pilot

from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import load_settings
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.terminal.settling import are_pumps_idle
from hunnan_tui.tui.terminal.type_ahead import TypeAheadApp
from tests.strategies import NIGHTLY
from tests.tui.app_host import OpenApp

SHIPPED = Path(__file__).parents[1] / "hunnan.toml"
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frames_are_drawn_where_a_pilot_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw what a test can look at, and not each frame on the way there.

    A run at night draws them all.
    """
    if NIGHTLY > 1:
        return
    render, wait = Compositor.render_update, Pilot._wait_for_screen

    def render_whole_screens(
        compositor: Compositor, full: bool = False, **options: Any
    ) -> RenderableType | None:
        return render(compositor, full, **options) if full else None

    async def wait_and_draw(pilot: Pilot[None], timeout: float = 30.0) -> bool:
        is_done = await wait(pilot, timeout)
        app = pilot.app
        if app._running and app.screen_stack:
            compositor = app.screen._compositor
            render(compositor, screen_stack=app._background_screens)
        return is_done

    monkeypatch.setattr(Compositor, "render_update", render_whole_screens)
    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_and_draw)


@pytest.fixture(autouse=True)
def pilots_wait_for_what_keys_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a pilot go on only when no key waits or is at work, unless it takes long."""
    wait = Pilot._wait_for_screen

    async def wait_longer(pilot: Pilot[None], timeout: float = 30.0) -> bool:
        shown = await wait(pilot, timeout)
        app = pilot.app
        for _ in range(500):
            is_held = isinstance(app, TypeAheadApp) and app.holds_keys
            if not is_held and are_pumps_idle(app, within=False):
                break
            await asyncio.sleep(0.001)
        return shown

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait_longer)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of a dataset like the shipped one."""
    path = tmp_path / "projects.toml"
    path.write_bytes(SHIPPED.read_bytes())
    return path


@pytest.fixture
def open_app(tmp_path: Path) -> OpenApp:
    """Make the app on a file; the state folder is a temporary one."""

    def make(path: Path, query: str = "", notes: Path | None = None) -> HunnanApp:
        state = tmp_path / "state"
        workspace = Workspace(
            Store(path, notes),
            Journal(state / "journal", path),
            Drafts(state / "drafts", path),
            now=lambda: NOW,
            aside=state / "aside.toml",
            log=TransactionLog(state / "steps", path),
        )
        workspace.load()
        settings = load_settings(tmp_path / "config")
        return HunnanApp(
            workspace,
            session=Session(query),
            settings=settings,
            now=lambda: NOW,
        )

    return make
