"""What is shown: a filter typed as text, and the projects it lets through."""

from hunnan_tui.query.index import Index
from hunnan_tui.query.parser import parse
from hunnan_tui.query.syntax import Query, QueryProblem
from hunnan_tui.query.tree import SortKey

__all__ = ["Index", "Query", "QueryProblem", "SortKey", "parse"]
