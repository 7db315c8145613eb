"""Keys typed into the app in any rhythm, and what they lead to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from textual import events

from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.strategies import NIGHTLY
from tests.tui.app_host import WIDE, listed, settle

EXAMPLES = int(os.environ.get("HUNNAN_TUI_BURSTS", 3 * NIGHTLY))
"""Examples to try; a nightly run tries more."""
CHARACTERS = {"space": " ", "slash": "/", "full_stop": ".", "question_mark": "?"}
NAMES = {" ": "space", "+": "plus"}
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
DATA = """
[meta]
currency = "CNY"

[[industries]]
id = "air"
name = "Aviation"

[[industries]]
id = "bio"
name = "Biology"

[[stages]]
id = "signed"
name = "Signed"

""" + "".join(
    f"""
[[projects]]
id = "p{n}"
name = "Project {name}"
industry = "{"air" if n % 2 else "bio"}"
stage = "signed"
investment = {(9 - n) * 100_000_000}
"""
    for n, name in enumerate(("anna", "bert", "carl", "dora", "emil"))
)

MOVES = [["j"], ["k"], ["g"], ["G"], ["down"], ["pagedown"]]
PANES = [["1"], ["2"], ["3"], ["tab"], ["shift+tab"], ["h"], ["l"], ["enter"]]
ACTS = [["w"], ["w"], ["space"], ["v"], ["V"], ["full_stop"], ["u"], ["U"], ["escape"]]
TYPED = [
    ["n", *"wj two", "ctrl+s"],
    ["n", *"half", "escape"],
    ["t", *"new", "enter", "enter"],
    ["t", "down", "enter", "ctrl+s"],
    ["a", *"+3d", "enter"],
    ["slash", *"ann", "enter"],
    ["slash", *"nobody", "escape"],
    ["slash", *"ber", "backspace", "ctrl+u", *"o", "enter"],
    ["F", *"mine", "enter"],
    ["s", *"nam", "enter"],
    ["d"],
]
PAGES = [[key, *moves] for key in "bmpWMH" for moves in ("", "j", "jk", "l")] + [
    ["b", "j", "enter"],
    ["m", "enter"],
    ["question_mark", *"redo", "enter"],
]

pieces = st.sampled_from([MOVES, PANES, ACTS, TYPED, PAGES]).flatmap(st.sampled_from)
bursts = st.lists(pieces, min_size=2, max_size=7).map(
    lambda found: [key for keys in found for key in keys]
)
spacings = st.lists(st.sampled_from([0, 0, 0, 1, 3, 10]), min_size=1, max_size=5)


@dataclass(frozen=True)
class Outcome:
    """What the keys have led to."""

    screens: Sequence[str]
    focus: str
    cursor: str | None
    marks: frozenset[str]
    words: str
    saved: str


def opened(folder: Path) -> HunnanApp:
    path = folder / "projects.toml"
    path.write_text(DATA)
    workspace = Workspace(
        Store(path),
        Journal(folder / "j", path),
        Drafts(folder / "d", path),
        now=lambda: NOW,
    )
    workspace.load()
    return HunnanApp(workspace, now=lambda: NOW)


async def typed(keys: Sequence[str], spacing: Sequence[int]) -> Outcome:
    """Type keys into the app; an empty spacing waits for what each key does."""
    with TemporaryDirectory() as name:
        app = opened(Path(name))
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            for n, key in enumerate(keys):
                character = CHARACTERS.get(key, key if len(key) == 1 else None)
                app.post_message(events.Key(NAMES.get(key, key), character))
                if not spacing:
                    await settle(app, pilot)
                    continue
                for _ in range(spacing[n % len(spacing)]):
                    await asyncio.sleep(0)
            await settle(app, pilot)
            main = app.screen_stack[1]
            focused = app.screen.focused
            outcome = Outcome(
                [type(each).__name__ for each in app.screen_stack],
                (focused.id or type(focused).__name__) if focused else "",
                listed(app).current,
                listed(app).marked,
                main.query_one(FilterInput).value,
                (Path(name) / "projects.toml").read_text(),
            )
    return outcome
