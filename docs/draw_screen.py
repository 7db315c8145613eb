"""Draws the pictures of the readmes and the guide: the app on the shipped data.

    python docs/draw_screen.py          draws them anew
    python docs/draw_screen.py --check  exits with 1 if one is not up to date

One start of the app in each language walks through the guide, and takes a picture where
the guide shows one. The clock stands still and two projects are tagged, so that the
pictures are the same on every machine that has the pinned version of Textual.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from hunnan_tui.config.language import choose_language
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.storage.open_workspace import find_files, open_workspace
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.widgets.completion_list import CompletionList
from hunnan_tui.tui.widgets.inline_select import InlineSelect

ROOT = Path(__file__).parents[1]
SUFFIXES = {"en": "", "zh_CN": ".zh-CN"}
"""By language, what stands in the names of its pictures before `.svg`."""
SIZE = (120, 34)
"""Cells of the terminal."""
NOW = datetime(2026, 11, 28, 9, 12, tzinfo=UTC)
QUERIES = {"en": "stage>=signed", "zh_CN": "阶段>=签约"}
FILTERS = {"en": "stage:signed in", "zh_CN": "阶段:签约 投"}
NOTES = {
    "en": "Called the office: the *second* line is still planned for 2027.",
    "zh_CN": "电话问过：二期仍计划 *2027年* 开工。",
}
AUTHORS = {"en": "Ann", "zh_CN": "李"}
TAGS = {
    "aecc-gas-turbine-base": ["watch", "energy"],
    "startup-zone-comprehensive-development": ["watch"],
}
BRIEFING = "briefing-md"
"""The format of the last picture."""
FILE = "/home/ann/briefing.md"
"""Where the briefing would go: the folder is shown, and that of the script is anywhere."""


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


async def draw(language: str) -> dict[str, str]:
    """Return the pictures in a language as SVG, by what they show."""
    choose_language(["--lang", language], {})
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = {
            f"XDG_{kind}_HOME": str(folder / kind)
            for kind in ("CONFIG", "STATE", "CACHE", "DATA")
        }
        files = find_files(str(write_dataset(folder)), None, environ, folder)
        workspace, _ = open_workspace(files)
        app = HunnanApp(
            workspace,
            session=Session(QUERIES[language], current=next(iter(TAGS))),
            settings=Settings(author=AUTHORS[language]),
            now=lambda: NOW,
        )
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            return {
                scene: await take_picture(pilot)
                async for scene in walk(pilot, workspace, language)
            }


async def walk(
    pilot: Pilot[None], workspace: Workspace, language: str
) -> AsyncIterator[str]:
    """Go through the guide, and yield what is to be seen where it has a picture."""
    app = pilot.app

    async def press(*keys: str, covered: bool = False) -> None:
        """Type keys, and wait until a page or a dialog covers the list, or none."""
        await pilot.press(*keys)
        await wait_until(pilot, lambda: (app.screen is not browser) == covered)

    browser = app.screen
    yield "screen"
    await press("escape", "escape", "slash", *FILTERS[language])
    await wait_until(pilot, lambda: browser.query_one(CompletionList).display)
    yield "filter"
    await press("escape", "escape", "escape")
    await press("n", covered=True)
    await press(*NOTES[language], covered=True)
    yield "note"
    await press("ctrl+s")
    await press("a", covered=True)
    await press("f", "r", "i", "enter")
    await press("M", covered=True)
    yield "work"
    await press("escape")
    await wait_until(pilot, lambda: not workspace.unsaved_keys)
    await press("x", covered=True)
    while app.screen.query_one("#kind", InlineSelect).value != BRIEFING:
        await pilot.press("right")
    app.screen.query_one(Input).value = FILE
    await wait_until(pilot, lambda: shows(app.screen, "#folder", "/home/ann"))
    await wait_until(pilot, lambda: shows(app.screen, "#preview", "## "))
    yield "briefing"
    await press("escape")


def shows(screen: Screen[object], selector: str, text: str) -> bool:
    """Return whether a part of a screen has a text."""
    return text in str(screen.query_one(selector, Static).content)


async def wait_until(pilot: Pilot[None], is_reached: Callable[[], bool]) -> None:
    """Wait for a condition; raises TimeoutError after half a minute."""
    async with asyncio.timeout(30):
        while not is_reached():
            await pilot.pause(0.01)
    await pilot.pause()


async def take_picture(pilot: Pilot[None]) -> str:
    """Return the screen as SVG, without what would differ from time to time."""
    app = pilot.app
    await pilot.pause()
    for field in app.screen.query(Input):
        field.cursor_blink = False
    for area in app.screen.query(TextArea):
        area.cursor_blink = False
    app.clear_notifications()  # on a slow machine the tour is offered
    await pilot.pause()
    return tidy(app.export_screenshot())


def tidy(svg: str) -> str:
    """Return a screenshot without fonts of the network and the time of day."""
    svg = re.sub(r"\s*@font-face \{.*?\n    \}", "", svg, flags=re.DOTALL)
    # of the last save; in Chinese a word stands behind it
    svg = re.sub(r"\d\d:\d\d(?=(&#160;已保存)?</text>)", f"{NOW:%H:%M}", svg)
    return re.sub(r"terminal-\d+", "screen", svg)  # a number that says nothing


def main() -> int:
    """Draw the pictures, or check that they are up to date; return the exit status."""
    status = 0
    for language, suffix in SUFFIXES.items():
        for scene, picture in asyncio.run(draw(language)).items():
            path = ROOT / "docs" / f"{scene}{suffix}.svg"
            if "--check" not in sys.argv[1:]:
                path.write_text(f"{picture}\n", "utf-8")
            elif not path.exists() or f"{picture}\n" != path.read_text("utf-8"):
                print(f"{path.name} is out of date", file=sys.stderr)  # noqa: T201
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
