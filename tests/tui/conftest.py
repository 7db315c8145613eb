"""The app on a file of its own, with a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hunnan_tui.drafts import Drafts
from hunnan_tui.journal import Journal
from hunnan_tui.session import Session
from hunnan_tui.settings import load_settings
from hunnan_tui.store import Store
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.workspace import Workspace
from tests.tui.app_host import OpenApp

SHIPPED = Path(__file__).parents[2] / "data" / "projects.toml"
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped dataset."""
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
