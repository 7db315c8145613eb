"""A problem as a plain value, for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hunnan_tui.core.errors import Problem


def make_problem_records(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as plain values; line and column are None for a whole file."""
    return [
        {
            "level": problem.level.value,
            "file": problem.file,
            "line": problem.line or None,
            "column": problem.column or None,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
