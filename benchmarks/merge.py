"""Measure the merge of two versions: `python benchmarks/merge.py [COUNT]`.

Prints the time of a merge beside what it is held against in the same run: `git
merge-file` on the same texts, and reading the three of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import tomli
from synthetic import write

from hunnan_tui.merging.merge import merge_texts

COUNT = 10_000
TIMES = 5
BUDGET = 2.0
"""Of merge-file and reading together."""


def main() -> int:
    """Print the table; return 1 if the merge is over its budget."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{side}.toml" for side in ("base", "ours", "theirs")]
        write(count, paths[0])
        base = paths[0].read_bytes()
        paths[1].write_bytes(tag(base, b"ours", 7))
        paths[2].write_bytes(tag(base, b"theirs", 11))
        texts = [path.read_bytes() for path in paths]
        command = ["git", "merge-file", "-p", *map(str, (paths[1], paths[0], paths[2]))]
        costs = {
            "git merge-file": measure(
                lambda: subprocess.run(command, capture_output=True, check=False)
            ),
            "reading three": measure(lambda: [read(text) for text in texts]),
            "merge": measure(lambda: merge_texts(*texts)),
        }
    for label, seconds in costs.items():
        print(f"{label:16} {seconds:8.3f} s")
    ratio = costs["merge"] / (costs["git merge-file"] + costs["reading three"])
    print(f"{'ratio':16} {ratio:8.2f}   budget {BUDGET}")
    return int(ratio > BUDGET)


def tag(text: bytes, name: bytes, every: int) -> bytes:
    """Return a text with a tag on every so many projects that have none."""
    blocks = text.split(b"\n[[projects]]\n")
    for number in range(3, len(blocks), every):
        if b"\ntags = " not in blocks[number]:
            head, line, rest = blocks[number].partition(b"\n")
            blocks[number] = head + line + b'tags = ["' + name + b'"]\n' + rest
    return b"\n[[projects]]\n".join(blocks)


def read(text: bytes) -> object:
    return tomli.loads(text.decode())


def measure(run: Callable[[], object]) -> float:
    """Return the median of some runs, in seconds."""
    costs = []
    for _ in range(TIMES):
        start = time.perf_counter()
        run()
        costs.append(time.perf_counter() - start)
    return statistics.median(costs)


if __name__ == "__main__":
    sys.exit(main())
