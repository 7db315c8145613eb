"""Measure the app against its limits: `python benchmarks/run.py [COUNT ...]`.

Prints a Markdown table of ratios, each with its budget and whether it holds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from synthetic import write as make
from terminal import Terminal

from hunnan_tui.dataset.incremental import LARGE

COUNTS = (174, 1_000, 10_000, 100_000)
RUNS = 3
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: a ratio to a limit, or seconds where there is no limit."""

    what: str
    count: int
    value: float
    limit: float = 0
    budget: float = 0

    def __str__(self) -> str:
        ratio = self.value / self.limit if self.limit else self.value * 1000
        sign = "" if self.limit else " ms"
        verdict = "holds" if ratio <= self.budget else "**over**"
        cells = [
            self.what,
            f"{self.count:,}",
            self._shown(self.value),
            self._shown(self.limit) if self.limit else "–",
            f"{ratio:,.2f}" if self.limit else "–",
            f"{self.budget:g}{sign}" if self.budget else "–",
            verdict if self.budget else "–",
        ]
        return f"| {' | '.join(cells)} |"

    def _shown(self, value: float) -> str:
        if self.what.startswith("memory"):
            return f"{value / 1e6:,.0f} MB"
        return f"{value * 1000:,.1f} ms"


WORDS = ("turbine", "signed", "航空", "robot")
"""What is typed into the filter, a letter at a time."""


class Bench:
    """All measurements at one number of projects."""

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.path = folder / f"{count}.toml"
        make(count, self.path)
        kinds = ("CONFIG", "STATE", "CACHE", "DATA")
        self.environ = {
            # as it is installed: compiled
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            **{f"XDG_{kind}_HOME": str(folder / f"{count}-{kind}") for kind in kinds},
        }

    def rows(self) -> Iterator[Row]:
        """Yield every measurement."""
        yield from self.start()
        yield from self.keys()
        yield from self.steps()

    @property
    def everything(self) -> str:
        """What the screen says when it lists all projects."""
        return f"{self.count:,} of {self.count:,} projects"

    @property
    def is_large(self) -> bool:
        """Whether the file is read behind the screen."""
        return self.path.stat().st_size >= LARGE

    def forget(self) -> None:
        """Take away what was kept for the next start."""
        shutil.rmtree(self.environ["XDG_CACHE_HOME"], ignore_errors=True)

    def wait_until_kept(self) -> None:
        """Wait until what a large file says is kept for the next start."""
        folder = Path(self.environ["XDG_CACHE_HOME"])
        while self.is_large and not list(folder.rglob("*.survey")):
            time.sleep(0.1)

    def open(self, *command: str) -> Terminal:
        command = command or ("-m", "hunnan_tui", str(self.path))
        return Terminal([sys.executable, *command], self.environ)

    def start(self) -> list[Row]:
        """Measure the start against a minimal app."""
        first, minimal, known, again = [], [], [], []
        for _ in range(RUNS):
            limit = self.open(str(HERE / "limits.py"), "minimal")
            minimal.append(limit.until("Synthetic"))
            limit.settle()
            self.least = limit.memory
            limit.leave("q")
            self.forget()
            for times in (known, again):
                ours = self.open()
                first.append(ours.until("Synthetic"))
                times.append(ours.until(self.everything))
                ours.settle()
                self.wait_until_kept()
                ours.leave("q")
        budget = {100_000: 1.4, 1_000_000: 1.5}.get(self.count, 1.3)
        self.known = median(known)
        cached = {100_000: 2.5, 1_000_000: 8}.get(self.count, 0)
        rows = [
            Row(
                "start to first screen",
                self.count,
                median(first),
                median(minimal),
                budget,
            )
        ]
        if self.is_large:
            what = "start to everything, from the cache"
            rows.append(Row(what, self.count, median(again), median(minimal), cached))
        return rows

    def keys(self) -> list[Row]:
        """Measure keys against a bare list."""
        bare = self.open(str(HERE / "limits.py"), "list", str(self.count))
        bare.until("Synthetic")
        bare.settle()
        limit = median(bare.key("j")[0] for _ in range(30))
        bare.leave("q")
        self.forget()
        ours = self.open()
        ours.until("Synthetic")
        loading = []
        if self.is_large:
            until = ours.started + max(self.known - 0.5, 1)
            while time.perf_counter() < until and not ours.shows(self.everything):
                loading.append(ours.key("jjk"[len(loading) % 3])[0])
        ours.until(self.everything)
        ours.settle(1)
        cursor = median(ours.key("jjk"[n % 3])[0] for n in range(30))
        typed = self.typed(ours, "g")  # as a start without a session has the cursor
        memory = ours.memory
        ours.leave("q")
        ours = self.open()  # what has been found once is found faster
        ours.until(self.everything)
        ours.settle(1)
        far = self.typed(ours, "G")
        ours.leave("q")
        size = self.path.stat().st_size
        large = self.count >= 1_000_000
        rows = [
            Row("cursor key to screen", self.count, cursor, limit, 2 if large else 1.5),
            Row(
                "filter key to first screen of hits",
                self.count,
                median(t[0] for t in typed),
                0,
                48 if large else 16,
            ),
            Row(
                "the same, from the last project",
                self.count,
                median(t[0] for t in far),
                0,
                48 if large else 16,
            ),
            Row(
                "filter key to final count",
                self.count,
                median(t[1] for t in typed),
                0,
                {100_000: 100, 1_000_000: 1000}.get(self.count, 16),
            ),
            Row("the slowest of them", self.count, max(t[1] for t in typed)),
            Row(
                "filter key until all is drawn anew",
                self.count,
                median(t[2] for t in typed),
            ),
            Row(
                "memory",
                self.count,
                memory,
                size + self.least,
                {10_000: 4, 100_000: 3, 1_000_000: 3}.get(self.count, 0),
            ),
        ]
        if loading:
            rows.insert(
                1, Row("key while loading, median", self.count, median(loading))
            )
            rows.insert(
                2, Row("key while loading, worst", self.count, max(loading), 0, 50)
            )
        return rows

    def typed(self, ours: Terminal, edge: str) -> list[list[float]]:
        """Type into the filter, with the cursor at one edge of the list.

        Returns:
            For each letter the seconds to the first hits, to the number of all, and to
            the last output.
        """
        ours.key(edge)
        ours.settle(1)
        ours.key("/")
        counted, hits = f" of {self.count:,} projects", "Synthetic |No project matches"
        typed = []
        for word in WORDS:
            for letter in word:
                ours.settle(0.2)
                typed.append(ours.key(letter, hits, counted))
            ours.key("\x15")  # empties the line
        ours.key("\x1b")
        ours.settle(1)
        return typed

    def steps(self) -> list[Row]:
        """Measure what needs no screen."""
        done = subprocess.run(
            [sys.executable, str(HERE / "steps.py"), str(self.path)],
            check=True,
            capture_output=True,
            text=True,
            env=self.environ,
        )
        found = json.loads(done.stdout)
        count = self.count
        big = count >= 10_000
        rows = [
            Row(
                "everything read, cold",
                count,
                found["load"],
                found["read"],
                100 if big else 0,
            ),
            Row("start to everything, cold", count, self.known, found["read"]),
            Row(
                "filter, all hits in order",
                count,
                found["filter"],
                0,
                1000 if count >= 10**6 else 100 if count >= 10**5 else 16,
            ),
            Row(
                "sort by another column",
                count,
                found["sort"],
                0,
                {10_000: 20, 100_000: 150, 1_000_000: 2000}.get(count, 16),
            ),
            Row(
                "one note saved",
                count,
                found["save"],
                found["floor"],
                {100_000: 2.5, 1_000_000: 3}.get(count, 1.5),
            ),
        ]
        if "slow save" in found:
            what = "one note saved, an fsync of 4 ms"
            slow = found["slow save"], found["slow floor"]
            rows.append(Row(what, count, *slow, 1.5))
        return rows


def commands(path: Path, environ: dict[str, str]) -> list[Row]:
    """Measure the command line against bare Python."""

    def took(*command: str) -> float:
        times = []
        for _ in range(11):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, *command],
                check=True,
                stdout=subprocess.DEVNULL,
                env=environ,
            )
            times.append(time.perf_counter() - start)
        return median(times)

    bare = took("-c", "pass")
    return [
        Row("`--version`", 174, took("-m", "hunnan_tui", "--version"), bare, 2),
        Row(
            "`list` of everything",
            174,
            took("-m", "hunnan_tui", "list", "--file", str(path)),
            bare,
            6,
        ),
    ]


def visidata(folder: Path, count: int, environ: dict[str, str]) -> list[Row]:
    """Measure VisiData on the same projects, where it is installed."""
    # of the environment that runs this, or of the system
    beside = Path(sys.executable).with_name("vd")
    program = str(beside) if beside.exists() else shutil.which("vd")
    if program is None:
        print("VisiData is not installed here.", file=sys.stderr)
        return []
    import tomli

    projects = tomli.loads((folder / f"{count}.toml").read_text("utf-8"))["projects"]
    path = folder / f"{count}.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps(each, default=str) + "\n" for each in projects)
    vd = Terminal([program, str(path)], environ)
    first = vd.until("Synthetic")
    vd.settle(1)
    key = median(vd.key("j")[0] for _ in range(20))
    memory = vd.memory
    vd.leave("g", "q")
    return [
        Row("VisiData: first row", count, first),
        Row("VisiData: cursor key to screen", count, key),
        Row("memory of VisiData", count, memory, path.stat().st_size),
    ]


def main() -> None:
    counts = [int(each) for each in sys.argv[1:]] or COUNTS
    print("| what | projects | measured | limit | ratio | budget | verdict |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in counts:
            bench = Bench(count, folder)
            for row in bench.rows():
                print(row, flush=True)
            if count == 174:
                for row in commands(bench.path, bench.environ):
                    print(row, flush=True)
            for row in visidata(folder, count, bench.environ):
                print(row, flush=True)


if __name__ == "__main__":
    main()
