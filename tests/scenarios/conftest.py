"""A dataset like the shipped one in a folder of its own, and a clean home."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.scenario import Day

SHIPPED = Path(__file__).parents[1] / "hunnan.toml"


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / "projects.toml"
    shutil.copy(SHIPPED, path)
    kinds = ("CONFIG", "STATE", "CACHE", "DATA")
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in kinds}
    a_day = Day(
        path, {**kept, **folders, "TERM": "xterm-256color", "HOME": str(tmp_path)}
    )
    yield a_day
    a_day.close()
