"""Terms of the query language for what was picked on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.query.language.formatter import quote_if_needed

MOST = 500
"""Ids that one query names."""


def build_term(field: str, value: str) -> str:
    """Return the term that finds a value and nothing else."""
    return f"{field}={quote_if_needed(value)}"


def build_id_term(keys: Sequence[str]) -> str:
    """Return the term that finds some projects by their ids."""
    return f"id={','.join(map(quote_if_needed, keys[:MOST]))}"
