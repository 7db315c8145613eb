"""The app on a file of its own, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import pytest

from hunnan_tui.config.language import choose_language
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import load_settings
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import filtering, screen
from tests.tui.app_host import OpenApp
from tests.tui.frugal import (
    draw_where_pilots_stop,
    keep_no_lines,
    share_parsed_files,
)
from tests.tui.idle import wait_exactly
from tests.tui.shared_styles import share_styles

SHIPPED = Path(__file__).parents[1] / "hunnan.toml"
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def apps_are_frugal() -> Iterator[None]:
    """Do without what a test cannot see, and wait no longer than an app is at work."""
    with (
        share_styles(),
        share_parsed_files(),
        keep_no_lines(),
        wait_exactly(),
        draw_where_pilots_stop(),
        pytest.MonkeyPatch.context() as patch,
    ):
        # whether the filter waits for more letters shall not depend on the machine
        patch.setattr(filtering, "_SLOW_SECONDS", inf)
        # nor what a key meets of the work that follows the first screen
        patch.setattr(screen, "START_DELAY", 0.001)
        yield


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of a dataset like the shipped one."""
    path = tmp_path / "projects.toml"
    path.write_bytes(SHIPPED.read_bytes())
    return path


@pytest.fixture
def in_chinese() -> None:
    """Let the app speak Chinese; after each test it is English again."""
    choose_language([], {"LANG": "zh_CN.UTF-8"}, has_setting=False)


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
