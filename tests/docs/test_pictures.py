"""The pictures show the program as it is; `python docs/draw_….py` draws them anew."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.docs.pages import ROOT


@pytest.mark.parametrize("name", ["draw_floors", "draw_screen"])
def test_a_picture_is_up_to_date(name: str) -> None:
    script = ROOT / "docs" / f"{name}.py"
    ran = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert ran.returncode == 0, f"run python docs/{name}.py, and look at the picture"
