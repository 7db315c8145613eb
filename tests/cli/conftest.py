"""Runs the command line in this process, with folders of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from hunnan_tui.cli import main

GOLDEN = Path(__file__).with_name("golden")


@dataclass(frozen=True)
class Ran:
    """What a command has done."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with nothing in it; nothing of the user is in reach."""
    for kind in ("config", "state", "cache", "data"):
        folder = tmp_path / "home" / kind
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(folder))
    monkeypatch.delenv("HUNNAN_TUI_DATA", raising=False)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*argv: str, stdin: bytes = b"") -> Ran:
        source = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", source)
        capsys.readouterr()
        code = main(argv)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def path(home: Path) -> Path:
    """The golden dataset, as `projects.toml` of the current folder."""
    file = home / "projects.toml"
    file.write_bytes((GOLDEN / "projects.toml").read_bytes())
    return file
