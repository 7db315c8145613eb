"""The orders that the list can have, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hunnan_tui.query import Query, SortKey

DEFAULT = SortKey("invest", descending=True)

_LABELS = {
    "invest": "investment",
    "name": "name",
    "name_zh": "Chinese name, by pinyin",
    "stage": "stage",
    "stage_date": "date of the stage",
    "updated": "latest news",
    "industry": "industry",
    "district": "district",
    "due": "follow-up date",
}
FIRST_DESCENDING = ("invest", "stage", "stage_date", "updated")
"""Fields of which one wants to see the largest or latest first."""


def sorted_by(field: str, now: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the order for a field; choosing the same one again turns it round."""
    first = now[0] if now else DEFAULT
    if first.field == field:
        return (SortKey(field, not first.descending),)
    return (SortKey(field, field in FIRST_DESCENDING),)


def known(sort: Iterable[tuple[str, bool]]) -> tuple[SortKey, ...]:
    """Return an order that was kept, without what there is no more."""
    return tuple(SortKey(*each) for each in sort if each[0] in _LABELS)


def turned(now: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the same order the other way round; what is missing stays last."""
    first, *rest = now or (DEFAULT,)
    return (SortKey(first.field, not first.descending), *rest)


def view_query(
    query: Query, sort: Sequence[SortKey], choice: Iterable[tuple[str, str]]
) -> str:
    """Return a query that says all that narrows and orders the list."""
    parts = [_enclosed(query.text)]
    values: dict[str, list[str]] = {}
    for facet, value in sorted(choice):
        quoted = f'"{value}"' if not value.replace("-", "").isalnum() else value
        values.setdefault(facet, []).append(quoted)
    parts += [f"{facet}={','.join(each)}" for facet, each in values.items()]
    if sort and not query.sort:
        order = ",".join(f"{k.field}{'-' if k.descending else ''}" for k in sort)
        parts.append(f"sort:{order}")
    return " ".join(filter(None, parts))


def with_terms(query: str, terms: str) -> str:
    """Return a query that has some terms more."""
    return f"{_enclosed(query)} {terms}".strip()


def _enclosed(query: str) -> str:
    """Return a query to which terms can be added."""
    query = query.strip()
    has_or = " OR " in query or "|" in query or "或" in query
    return f"({query})" if has_or else query


def choices() -> list[tuple[str, str]]:
    """Return the fields that can be sorted by, with their labels."""
    return list(_LABELS.items())


def label(sort: Sequence[SortKey]) -> str:
    """Return an order in words: `investment ↓`."""
    parts = (
        f"{_LABELS.get(key.field, key.field).partition(',')[0]} "
        f"{'↓' if key.descending else '↑'}"
        for key in sort or (DEFAULT,)
    )
    return ", ".join(parts)
