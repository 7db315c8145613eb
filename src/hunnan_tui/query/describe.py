"""A query in words."""

from __future__ import annotations

from hunnan_tui.query.syntax import Query


def describe(query: Query) -> str:
    """Return what is shown, in words."""
    return query.text or "everything"
