"""Draws the pictures in README.md and README.zh-CN.md: the app on the shipped data.

    python docs/draw_screen.py          draws them anew
    python docs/draw_screen.py --check  exits with 1 if one is not up to date

The clock stands still and two projects are tagged, so that the pictures are the same on
every machine that has the pinned version of Textual.
"""

from __future__ import annotations

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.widgets import Input

from hunnan_tui.config.language import choose_language
from hunnan_tui.config.session import Session
from hunnan_tui.storage.open_workspace import find_files, open_workspace
from hunnan_tui.tui.app import HunnanApp

ROOT = Path(__file__).parents[1]
PICTURES = {"en": "screen.svg", "zh_CN": "screen.zh-CN.svg"}
"""By language, the file beside this script."""
SIZE = (120, 34)
"""Cells of the terminal."""
NOW = datetime(2026, 11, 28, 9, 12, tzinfo=UTC)
QUERIES = {"en": "stage>=signed", "zh_CN": "阶段>=签约"}
TAGS = {
    "aecc-gas-turbine-base": ["watch", "energy"],
    "startup-zone-comprehensive-development": ["watch"],
}


def write_dataset(folder: Path) -> Path:
    """Write a copy of the shipped dataset with tags, and return its path."""
    text = (ROOT / "data" / "projects.toml").read_text("utf-8")
    for key, tags in TAGS.items():
        listed = ", ".join(f'"{tag}"' for tag in tags)
        head = f'[[projects]]\nid = "{key}"\n'
        text = text.replace(head, f"{head}tags = [{listed}]\n")
    path = folder / "projects.toml"
    path.write_text(text, "utf-8")
    return path


async def draw(language: str) -> str:
    """Return the picture in a language as SVG."""
    choose_language(["--lang", language], {})
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = {
            f"XDG_{kind}_HOME": str(folder / kind)
            for kind in ("CONFIG", "STATE", "CACHE", "DATA")
        }
        files = find_files(str(write_dataset(folder)), None, environ, folder)
        workspace, _ = open_workspace(files)
        session = Session(QUERIES[language], current=next(iter(TAGS)))
        app = HunnanApp(workspace, session=session, now=lambda: NOW)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            for field in app.screen.query(Input):
                field.cursor_blink = False
            app.clear_notifications()  # on a slow machine the tour is offered
            await pilot.pause()
            return tidy(app.export_screenshot())


def tidy(svg: str) -> str:
    """Return a screenshot without the fonts that it loads from the network."""
    svg = re.sub(r"\s*@font-face \{.*?\n    \}", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "screen", svg)  # a number that says nothing


def main() -> int:
    """Draw the pictures, or check that they are up to date; return the exit status."""
    status = 0
    for language, name in PICTURES.items():
        drawn = asyncio.run(draw(language)) + "\n"
        picture = ROOT / "docs" / name
        if "--check" not in sys.argv[1:]:
            picture.write_text(drawn, "utf-8")
        elif not picture.exists() or drawn != picture.read_text("utf-8"):
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
