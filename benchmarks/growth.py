"""Measure how cost grows with size: `python benchmarks/growth.py [NAME ...]`.

Makes datasets in which one dimension doubles and does with each what a reader does.
Prints a Markdown table with the act whose processor time grows most: by 2 if the cost
grows with the size, by 4 if it grows with the square. With NAMES, the beginnings of
dimensions, it prints every act.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from dimensions import DIMENSIONS, QUERIES, few

BUDGET = 2.6
SMALL = 0.1
"""Seconds of an act, beyond those of an empty file, below which no ratio is given."""
PATIENCE = 300
"""Seconds of processor time after which a dimension is given up."""
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
EXPORTS = ("csv", "xlsx", "md", "html", "toml")
KEYS = "l ] ] ] G g h T escape w u"
"""What is pressed in the app: every tab to its end, the tags, an edit and its undo."""

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """How the cost of one act grows in one dimension."""

    what: str
    size: int
    act: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        return self.large / max(self.small, 0.001) if self.large > SMALL else 0

    def __str__(self) -> str:
        verdict = "holds" if self.ratio <= BUDGET else "**over**"
        cells = [
            self.what,
            self.act,
            f"{self.size:,}",
            f"{self.small * 1000:,.0f} ms",
            f"{self.large * 1000:,.0f} ms",
            f"{self.ratio:.2f}" if self.ratio else "–",
            verdict,
        ]
        return f"| {' | '.join(cells)} |"


def acts(path: Path, query: str = "") -> Iterator[tuple[str, Act]]:
    """Yield what is done with a file, in an order in which it can be done."""
    from hunnan_tui.cli import main

    def command(*words: str) -> Act:
        return lambda: main([*words, "--file", str(path)])

    if query:
        yield "list -q", command("list", f"-q={query}")
        yield "app", lambda: asyncio.run(browse(path, query))
        return
    yield "check", lambda: main(["check", str(path)])
    yield "list", command("list", "--format", "jsonl")
    yield "show", command("show", "p")
    yield "stats", command("stats")
    yield "coverage", command("coverage")
    yield "diff", lambda: main(["diff", str(path), str(path)])
    yield "report", command("report", "--own")
    for form in EXPORTS:
        out = path.with_name(f"out.{form}")
        yield f"export {form}", command("export", str(out), "--own", "--force")
    yield "tag add", command("tag", "add", "p", "another")
    yield "tag rename", command("tag", "rename", "another", "one")
    yield "note add", command("note", "add", "p", "A note.")
    yield "note list", command("note", "list")
    yield "note remove", lambda: remove_newest(path)
    yield "need add", command("need", "add", "p", "energy", "another")
    yield "app", lambda: asyncio.run(browse(path))


def remove_newest(path: Path) -> None:
    """Take away the note that was added last."""
    import tomli

    from hunnan_tui.cli import main

    projects = tomli.loads(path.read_text())["projects"]
    notes = next(each for each in projects if each.get("id") == "p")["notes"]
    main(["note", "remove", "p", notes[-1]["at"].isoformat(), "--file", str(path)])


async def browse(path: Path, query: str = "") -> None:
    """Open the app and look at its first project."""
    from hunnan_tui.config.session import Session
    from hunnan_tui.config.settings import load_settings
    from hunnan_tui.storage.drafts import Drafts
    from hunnan_tui.storage.journal import Journal
    from hunnan_tui.storage.store import Store
    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.app import HunnanApp

    state = path.parent / "state"
    workspace = Workspace(
        Store(path),
        Journal(state / "journal", path),
        Drafts(state / "drafts", path),
        now=lambda: NOW,
        aside=state / "aside.toml",
    )
    workspace.load()
    settings = load_settings(path.parent / "config")
    app = HunnanApp(
        workspace, session=Session(query), settings=settings, now=lambda: NOW
    )
    async with app.run_test(size=(120, 36)) as pilot:
        await app.workers.wait_for_complete()
        for key in () if query else KEYS.split():
            await pilot.press(key)
            await pilot.pause()
            await app.workers.wait_for_complete()


def measure(name: str) -> None:
    """Print, as lines of JSON, the seconds of each act at both sizes.

    What the acts take of a dataset of nothing is taken off: imports and the screen.
    """
    report = os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    base = seconds(name, 1)
    base = seconds(name, 1)  # all is imported now
    size = size_of(name)
    small, large = seconds(name, size), seconds(name, 2 * size)
    for act, least in base.items():
        row = act, small[act] - least, large[act] - least
        report.write(json.dumps(row) + "\n")


def size_of(name: str) -> int:
    known = QUERIES if name in QUERIES else DIMENSIONS
    return known[name].size


def seconds(name: str, size: int) -> dict[str, float]:
    """Return the seconds of processor time of each act at a size."""
    query = QUERIES[name].make(size) if name in QUERIES else ""
    text = few() if query else DIMENSIONS[name].make(size)
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{kind}_HOME"] = f"{folder}/{kind}"
        path = Path(folder) / "projects.toml"
        path.write_text(text, encoding="utf-8")
        return {act: timed(do) for act, do in acts(path, query)}


def timed(act: Act) -> float:
    gc.collect()
    gc.disable()  # it would add its tenth of a second to any of the acts
    start = process_time()
    act()
    return process_time() - start


def rows(name: str) -> list[Row]:
    """Measure a dimension in a process of its own; none where it was given up."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", name],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_CPU, (PATIENCE, PATIENCE + 1)
        ),
    )
    if done.returncode:
        return []
    size = size_of(name)
    measured = map(json.loads, done.stdout.splitlines())
    return [Row(name, size, *each) for each in measured]


def main() -> None:
    wanted = tuple(sys.argv[1:])
    print("| what doubles | act | size | at the size | at twice | ratio | verdict |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in (*DIMENSIONS, *QUERIES):
        if wanted and not name.startswith(wanted):
            continue
        found = rows(name)
        if not found:
            cells = name, "–", f"{size_of(name):,}", "–", "–", "–", "**given up**"
            print(f"| {' | '.join(cells)} |", flush=True)
        worst = max(found, key=lambda row: (row.ratio, row.large), default=None)
        for row in found:
            if wanted or row is worst:
                print(row, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2])
    else:
        main()
