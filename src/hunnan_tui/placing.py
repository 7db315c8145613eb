"""Where in a file each of its faults stands."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui import toml_scan
from hunnan_tui.errors import Problem
from hunnan_tui.schema import Faults


def placed(
    faults: Faults, data: bytes, file: str, starts: Sequence[int] | None = None
) -> tuple[Problem, ...]:
    """Give each fault its line, in the order of the file.

    Args:
        faults: What is wrong.
        data: The text of the file.
        file: Its name.
        starts: Where the block of each project begins, if it is known already.
    """
    if starts is None:
        starts = [block.start for block in toml_scan.blocks(data)] if faults else []
    found = []
    for fault in faults:
        path, start, source = fault.path, 0, data
        if path[:1] == ("projects",) and len(path) > 1 and starts:
            place = int(path[1])
            start = starts[place]
            end = starts[place + 1] if place + 1 < len(starts) else len(data)
            source = data[start:end]
            path = ("projects", 0, *path[2:])
        offset = toml_scan.locate(source, path)
        found.append((start + (offset or 0), fault))
    found.sort(key=lambda each: each[0])
    problems, line, at = [], 1, 0
    for offset, fault in found:
        # counted on from the last one: a large file may have as many faults as projects
        begin = data.rfind(b"\n", 0, offset) + 1
        line, at = line + data.count(b"\n", at, begin), begin
        _, column = toml_scan.line_column(data[begin:offset], offset - begin)
        problems.append(
            Problem(fault.level, fault.message, fault.hint, file, line, column)
        )
    return tuple(problems)
