"""What `hunnan-tui serve` refuses before it listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.cli.commands import serve
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("options", "code", "why"),
    [
        (["--port", "0"], 2, "--port takes a number from 1 to 65535, not 0"),
        (["--port", "x"], 2, "--port takes a number"),
        (["--port", "9" * 9999], 2, "--port takes a number"),
        (["--sessions", "-1"], 2, "--sessions takes a number"),
        (["--idle", "1.5"], 2, "--idle takes a number"),
        (["--per-address", "²"], 2, "--per-address takes a number"),
        (["--public-url", "example.org"], 2, "--public-url takes an address"),
        (["--public-url", "https://u@example.org"], 2, "--public-url takes"),
        (["--public-url", "https://example.org/x"], 2, "--public-url takes"),
        (["--public-url", "https://[::1"], 2, "--public-url takes"),
        (["--host", "203.0.113.9"], 3, "203.0.113.9:8000 cannot be listened on"),
        (["--host", "no such host"], 3, "no such host:8000 cannot be listened on"),
        (["-f", "gone.toml"], 2, "gone.toml"),
    ],
)
def test_what_cannot_be_served_is_said_at_once(
    path: Path, run: Run, options: list[str], code: int, why: str
) -> None:
    ran = run("serve", *options)
    assert why in ran.err
    assert (ran.code, ran.out) == (code, "")


def test_without_its_packages_it_says_which_to_install(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_NEEDED", ("no_such_package",))
    ran = run("serve")
    assert ran.code == 2
    assert "pip install 'hunnan-tui[serve]'" in ran.err
