"""A query as a value, and what is wrong with its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hunnan_tui.core.counts import bracket
from hunnan_tui.core.language import _
from hunnan_tui.query.language.ast import EVERYTHING, Node, SortKey


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """An error or a hint about a part of a query."""

    column: int
    """From 1, in characters of the typed text."""
    message: str
    hint: str = ""
    severity: Literal["error", "hint"] = "error"
    """An error leaves the last valid list on the screen; a hint only informs."""
    length: int = 1
    """Characters to underline."""
    fix: str | None = None
    """The whole query with the problem fixed, to be applied by one key."""

    def __str__(self) -> str:
        hint = bracket(self.hint) if self.hint else ""
        return _("column {column}: {message}{hint}").format(
            column=self.column, message=self.message, hint=hint
        )


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: which projects are shown, and how."""

    text: str = ""
    """As typed."""
    node: Node = EVERYTHING
    sort: tuple[SortKey, ...] = ()
    """Empty: largest investment first."""
    group: str = ""
    """The field to group by; empty for none."""
    show: tuple[str, ...] = ()
    """The fields to show as columns; empty for the default."""
    problems: tuple[QueryProblem, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it matches all projects."""
        return self.node == EVERYTHING

    @property
    def has_error(self) -> bool:
        """Whether a part is invalid, so that the last valid list stays on the screen."""
        return any(problem.severity == "error" for problem in self.problems)
