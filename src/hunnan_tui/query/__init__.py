"""What is shown: a filter typed as text, and the projects it lets through."""

from hunnan_tui.query.complete import Completion, complete
from hunnan_tui.query.counts import Count, FacetCounts
from hunnan_tui.query.format import format_query
from hunnan_tui.query.index import Index
from hunnan_tui.query.parser import parse
from hunnan_tui.query.syntax import Query, QueryProblem
from hunnan_tui.query.tree import SortKey
from hunnan_tui.query.why import Match
from hunnan_tui.query.words import search_fold

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
