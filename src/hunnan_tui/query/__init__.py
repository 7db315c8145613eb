"""What is shown: a filter typed as text, and the projects it lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hunnan_tui.query.counts import Count, FacetCounts
from hunnan_tui.query.index import Index
from hunnan_tui.query.parser import parse
from hunnan_tui.query.syntax import Query, QueryProblem
from hunnan_tui.query.tree import SortKey
from hunnan_tui.query.words import search_fold

if TYPE_CHECKING:
    from hunnan_tui.query.completion import Completion, complete
    from hunnan_tui.query.format import format_query
    from hunnan_tui.query.why import Match

__all__ = [
    "Completion",
    "Count",
    "FacetCounts",
    "Index",
    "Match",
    "Query",
    "QueryProblem",
    "SortKey",
    "complete",
    "format_query",
    "parse",
    "search_fold",
]

_LATER = {
    "Completion": "completion",
    "Match": "why",
    "complete": "completion",
    "format_query": "format",
}
"""What no first screen needs, and the module that it comes from."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value
