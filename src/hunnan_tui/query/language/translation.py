"""The same query in English, as files keep it, and in the language in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.language import is_chinese
from hunnan_tui.core.model import Dataset, Industry, Stage
from hunnan_tui.core.schema_values import IN_CHINESE, KINDS_IN_CHINESE
from hunnan_tui.core.text import fold
from hunnan_tui.query.language.formatter import format_query
from hunnan_tui.query.language.parser import parse

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields

_FindOwnFields = Callable[[], "OwnFields"]


def to_neutral(
    text: str,
    dataset: Dataset,
    today: date,
    find_own_fields: _FindOwnFields | None = None,
) -> str:
    """Return a query as a saved view keeps it: in English, with ids of stages.

    Args:
        text: What was typed, in either language. What makes no sense stays as it is.
        dataset: What names stages and industries.
        today: The base of relative dates.
        find_own_fields: Returns the fields of the user's own.
    """
    ids = {field: _list_ids(terms) for field, terms in _get_terms(dataset).items()}

    def name_value(field: str, typed: str) -> str:
        return ids.get(field, {}).get(fold(typed), typed)

    query = parse(
        text,
        today=today,
        stages=dataset.stages,
        currency=dataset.currency,
        find_own_fields=find_own_fields,
    )
    if query.problems:
        return text
    return format_query(query, is_neutral=True, name_value=name_value)


def to_language(
    text: str,
    dataset: Dataset,
    today: date,
    find_own_fields: _FindOwnFields | None = None,
) -> str:
    """Return a query in the words of the language in use: `阶段>=签约`.

    Args:
        text: A query in either language. What makes no sense stays as it is.
        dataset: What names stages and industries.
        today: The base of relative dates.
        find_own_fields: Returns the fields of the user's own.
    """
    terms = _get_terms(dataset)
    ids = {field: _list_ids(known) for field, known in terms.items()}

    def name_value(field: str, typed: str) -> str:
        known = ids.get(field, {})
        key = known.get(fold(typed), typed)
        term = terms.get(field, {}).get(key)
        name = term.name_zh if term is not None and is_chinese() else ""
        # one that means another term as well says less than the id
        return name if name and known.get(fold(name)) == key else key

    query = parse(
        text,
        today=today,
        stages=dataset.stages,
        currency=dataset.currency,
        find_own_fields=find_own_fields,
    )
    return text if query.problems else format_query(query, name_value=name_value)


def _get_terms(dataset: Dataset) -> dict[str, Mapping[str, Stage | Industry]]:
    values = {value: Stage(value, value, name) for value, name in IN_CHINESE.items()}
    kinds = {kind: Stage(kind, kind, name) for kind, name in KINDS_IN_CHINESE.items()}
    return {
        "stage": dataset.stages,
        "industry": dataset.industries,
        "basis": values,
        "source_kind": values,
        "need": {**kinds, "open": values["open"], "met": values["met"]},
    }


def _list_ids(terms: Mapping[str, Stage | Industry]) -> dict[str, str]:
    """Return the key of each term by its key and its names, folded; the first one wins."""
    ids = {fold(key): key for key in terms}
    for key, term in terms.items():
        for name in filter(None, (term.name, term.name_zh)):
            ids.setdefault(fold(name), key)
    return ids
