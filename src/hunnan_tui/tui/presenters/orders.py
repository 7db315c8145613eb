"""The orders of the list, and the queries that stand for a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.fields import FIELDS, arrange
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.groups import format_subtotal
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.presenters.facets import NAMES, TAG, FacetLabels
from hunnan_tui.tui.presenters.list_fields import select_filled
from hunnan_tui.tui.presenters.list_lines import GroupHeading

DEFAULT = BY_INVESTMENT[0]

_FIRST = ("invest", "name", "name_zh", "stage", "stage_date", "updated", "industry")
_LABELS = {
    field.id: field.order_name
    for field in arrange(FIELDS.values(), _FIRST)
    if field.order_name
}


_KEYS = 3
"""Maximum number of fields in an order; earlier choices are dropped."""
_LONGEST = 400
"""Characters of a heading that a line can need."""


def choose_order(
    field: str, now: Sequence[SortKey], *, is_largest_first: bool = False
) -> tuple[SortKey, ...]:
    """Return the order after choosing a field; choosing it again reverses it.

    Fields chosen earlier break ties.

    Args:
        field: The field.
        now: The order so far.
        is_largest_first: Whether that is expected of a field of the user's own.
    """
    first = now[0] if now else DEFAULT
    descending = FIELDS[field].is_largest_first if field in FIELDS else is_largest_first
    if first.field == field:
        descending = not first.descending
    before = [key for key in now if key.field != field]
    return (SortKey(field, descending), *before)[:_KEYS]


def drop_unknown_keys(
    sort: Iterable[tuple[str, bool]], is_own: Callable[[str], bool]
) -> tuple[SortKey, ...]:
    """Return a stored order without fields that no longer exist.

    Args:
        sort: The order.
        is_own: Tells whether another name may be a field of the user's own.
    """
    return tuple(SortKey(*key) for key in sort if key[0] in _LABELS or is_own(key[0]))


def reverse_order(now: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """Return the reversed order; missing values stay last."""
    first, *rest = now or (DEFAULT,)
    return (SortKey(first.field, not first.descending), *rest)


def build_view_query(
    query: Query,
    sort: Sequence[SortKey],
    choice: Iterable[tuple[str, str]],
    columns: Sequence[str] = (),
) -> str:
    """Return a query that states the filter, the order and the columns of the list."""
    parts = [_enclose(query.text)]
    values: dict[str, list[str]] = {}
    for facet, value in sorted(choice):
        quoted = f'"{value}"' if not value.replace("-", "").isalnum() else value
        values.setdefault(facet, []).append(quoted)
    parts += [f"{facet}={','.join(names)}" for facet, names in values.items()]
    if sort and not query.sort:
        order = ",".join(f"{k.field}{'-' if k.descending else ''}" for k in sort)
        parts.append(f"sort:{order}")
    if columns and not query.show:
        parts.append(f"show:{','.join(columns)}")
    return " ".join(filter(None, parts))


def add_terms(query: str, terms: str) -> str:
    """Return a query with additional terms."""
    return f"{_enclose(query)} {terms}".strip()


def replace_part(query: Query, **part: object) -> str:
    """Return the text of a query with one part replaced, such as its order."""
    from hunnan_tui.query.language.formatter import format_query

    return format_query(replace(query, **part))  # type: ignore[arg-type]  # its fields


def build_headings(
    index: Index, mask: int, query: Query, fields: Sequence[str] = ()
) -> list[GroupHeading]:
    """Return the headings of the groups of a list, if the query groups it.

    Args:
        index: The projects.
        mask: Those that are listed.
        query: What they are grouped by.
        fields: The columns of the list: those of numbers are added up.
    """
    if not query.group:
        return []
    sums = index.sum_fields(mask, fields, query.group) if fields else {}
    names, labels = index.get_labels(query.group), FacetLabels(index)
    has_amounts = "invest" in index.filled_fields
    return [
        GroupHeading(
            display_line(
                _format_group_name(group.value, names, labels, query.group)[:_LONGEST]
            ),
            display_line(
                format_subtotal(
                    group.count, sums.get(group.value, ()), has_amounts=has_amounts
                )
            ),
            group.start,
        )
        for group in index.make_groups(mask, query.group, query.sort)
    ]


def _format_group_name(
    value: str, names: Mapping[str, Sequence[str]], labels: FacetLabels, field: str
) -> str:
    if not value:
        return _("No tag") if field == TAG.name else _(NOT_STATED).capitalize()
    if field in NAMES:
        return labels.get_label(field, value)
    return (*names.get(value, ()), value)[0]


def _enclose(query: str) -> str:
    """Return a query in parentheses if terms cannot simply follow it."""
    query = query.strip()
    has_or = " OR " in query or "|" in query or "或" in query
    return f"({query})" if has_or else query


def list_choices(index: Index, filled: frozenset[str] = ALL) -> list[tuple[str, str]]:
    """Return the fields that can be sorted by, and their labels.

    Those that the dataset does not fill would change nothing: they are left out.
    """
    own_fields = index.find_own_fields().get_common()
    return [
        *((name, _(_LABELS[name])) for name in select_filled(_LABELS, filled)),
        *((own.id, own.field.order_name) for own in own_fields),
    ]


def format_order(sort: Sequence[SortKey], index: Index | None = None) -> str:
    """Return an order in words: `investment ↓`.

    Args:
        sort: The order.
        index: What knows the fields of the user's own.
    """
    parts = (
        f"{_name_order(key.field, index)} {'↓' if key.descending else '↑'}"
        for key in sort or (DEFAULT,)
    )
    return join_names(parts)


def _name_order(field: str, index: Index | None) -> str:
    if field in _LABELS:
        return _(_LABELS[field].partition(",")[0])
    own = index.find_field(field) if index and not is_of_schema(field) else None
    return own.order_name if own else field
