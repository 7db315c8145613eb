"""Counts the steps of Python that something takes: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

LARGEST_RATIO = 2.6
"""Steps at twice the size to those at the size: 2 is linear, 4 grows with the square."""


def steps(act: Callable[[], object]) -> int:
    """Return how many lines are run and functions called, those in C too."""
    count = 0

    def trace(frame: FrameType, event: str, value: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    def profile(frame: FrameType, event: str, value: Any) -> None:
        nonlocal count
        count += event == "c_call"

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        act()
    finally:
        sys.setprofile(before[1])
        sys.settrace(before[0])
    return count


def growth(act: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return by how much the steps grow when the size doubles.

    Args:
        act: Prepares what is done at a size.
        size: The smaller one of two sizes.
    """
    act(size)()  # what is made once is not counted
    return steps(act(2 * size)) / steps(act(size))
