"""Query terms for values that were chosen on a screen."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.query.language.formatter import quote_if_needed

MOST = 500
"""Maximum number of ids in one query."""


def build_term(field: str, value: str) -> str:
    """Return the term that matches exactly one value."""
    return f"{field}={quote_if_needed(value)}"


def build_id_term(keys: Sequence[str]) -> str:
    """Return the term that matches some projects by their ids."""
    return f"id={','.join(map(quote_if_needed, keys[:MOST]))}"
