"""Gives every fault of a dataset its line and column in the file."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import _
from hunnan_tui.dataset.schema import Fault, Faults
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.dataset.toml.conflict_markers import find_conflicts
from hunnan_tui.dataset.toml.locations import find_line_columns, locate


def _explain_conflict() -> Fault:
    return Fault(
        (),
        Level.WARNING,
        _("Git conflict in a text or a comment"),
        _("keep one version, take the markers out, then save"),
    )


def locate_problems(
    faults: Faults, data: bytes, file: str, starts: Sequence[int] | None = None
) -> tuple[Problem, ...]:
    """Return faults and conflicts with their lines, in the order of the file.

    Args:
        faults: The faults.
        data: The text of the file.
        file: Its name.
        starts: Where the block of each project begins, if it is known already.
    """
    if starts is None:
        starts = [block.start for block in scanner.scan_blocks(data)] if faults else []
    conflicts = find_conflicts(data)
    offsets = [*_find_offsets(faults, data, starts), *conflicts]
    ordered = sorted(
        zip(offsets, [*faults, *[_explain_conflict()] * len(conflicts)], strict=True),
        key=lambda item: item[0],
    )
    locations = find_line_columns(data, (offset for offset, _fault in ordered))
    return tuple(
        fault.problem_type(fault.level, fault.message, fault.hint, file, line, column)
        for (_offset, fault), (line, column) in zip(ordered, locations, strict=True)
    )


def _find_offsets(faults: Faults, data: bytes, starts: Sequence[int]) -> list[int]:
    """Return the offset of each fault; each block is scanned once."""
    groups: dict[int, list[int]] = {}
    for number, fault in enumerate(faults):
        is_in_block = fault.path[:1] == ("projects",) and len(fault.path) > 1 and starts
        block = int(fault.path[1]) if is_in_block else -1
        groups.setdefault(block, []).append(number)
    offsets = [0] * len(faults)
    for block, numbers in groups.items():
        start, source = 0, data
        paths = [faults[number].path for number in numbers]
        if block >= 0:
            start = starts[block]
            end = starts[block + 1] if block + 1 < len(starts) else len(data)
            source = data[start:end]
            paths = [("projects", 0, *path[2:]) for path in paths]
        for number, offset in zip(numbers, locate(source, paths), strict=True):
            offsets[number] = start + (offset or 0)
    return offsets
