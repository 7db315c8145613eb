"""Views in the language in use; files keep them in English, so that each can read them."""

from __future__ import annotations

from datetime import date

from hunnan_tui.core.language import is_chinese
from hunnan_tui.core.model import View
from hunnan_tui.query.engine.index import Index


def make_neutral(query: str, index: Index, today: date) -> str:
    """Return a query as a file keeps it."""
    if query.isascii():
        return query  # it has no word of another language
    from hunnan_tui.query.language.translation import to_neutral

    return to_neutral(query, index.dataset, today, index.find_own_fields)


def translate_view(view: View, index: Index, today: date) -> View:
    """Return a view with its query in the words of the language in use."""
    if not view.query or (view.query.isascii() and not is_chinese()):
        return view
    from hunnan_tui.query.language.translation import to_language

    query = to_language(view.query, index.dataset, today, index.find_own_fields)
    return view._replace(query=query)
