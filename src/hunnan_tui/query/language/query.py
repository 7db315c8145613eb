"""A query as a value, and what is wrong with its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hunnan_tui.query.language.ast import EVERYTHING, Node, SortKey


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Something to say about a query, at the place where it is."""

    column: int
    """From 1, in characters of the typed text."""
    message: str
    hint: str = ""
    severity: Literal["error", "hint"] = "error"
    """An error keeps the last good list; a hint only informs."""
    length: int = 1
    """Characters to underline."""
    fix: str | None = None
    """The whole query with the problem mended, for one key to take over."""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"column {self.column}: {self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Query:
    """What is shown, in what order."""

    text: str = ""
    """As typed."""
    node: Node = EVERYTHING
    sort: tuple[SortKey, ...] = ()
    """Empty: the largest investment first."""
    group: str = ""
    """The field to group by; empty: none."""
    show: tuple[str, ...] = ()
    """The fields to show as columns; empty: as usual."""
    problems: tuple[QueryProblem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether everything is shown."""
        return self.node == EVERYTHING

    @property
    def has_error(self) -> bool:
        """Return whether a part makes no sense, so that the last good list stays."""
        return any(problem.severity == "error" for problem in self.problems)

    def describe(self) -> str:
        """Return what is shown, in words."""
        from hunnan_tui.query.language.describe import describe

        return describe(self)
