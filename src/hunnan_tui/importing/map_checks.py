"""Whether a map fits the table that it is to read."""

from __future__ import annotations

from collections import Counter

from hunnan_tui.core.language import _
from hunnan_tui.importing.import_map import ASK, LEFT_OUT, LISTED, ImportMap
from hunnan_tui.importing.layout import Layout
from hunnan_tui.importing.table import TableError

_SEVERAL = (*LISTED, "period", LEFT_OUT, ASK)
"""What several columns can become."""


def check_map(layout: Layout, import_map: ImportMap) -> None:
    """Refuse a map that does not fit a table, or leaves questions open.

    Raises:
        TableError: The reason.
    """
    currencies = [t.currency_column for t in import_map.columns.values()]
    labels = (
        *import_map.columns,
        *import_map.key,
        *import_map.fill_down,
        *filter(None, currencies),
    )
    if missing := [
        label for label in dict.fromkeys(labels) if label not in layout.labels
    ]:
        raise TableError(_describe_missing(missing, layout, import_map))
    if not any(target.kind == "name" for target in import_map.columns.values()):
        raise TableError(_('No column is the name of a project (map one to "name")'))
    keys = Counter(t.to for t in import_map.columns.values() if t.kind not in _SEVERAL)
    if twice := [key for key, count in keys.items() if count > 1]:
        raise TableError(
            _("The map makes two columns {twice!r} (leave one out)").format(
                twice=twice[0]
            )
        )
    if import_map.questions:
        raise TableError(_("The map leaves open: ") + "; ".join(import_map.questions))


def _describe_missing(missing: list[str], layout: Layout, import_map: ImportMap) -> str:
    new = [
        label for label in layout.labels if label and label not in import_map.columns
    ]
    columns = "a column" if len(missing) == 1 else "columns"
    named = ", ".join(map(repr, missing))
    if new:
        others = ", ".join(map(repr, new))
        has = _("new in it, and not in the map, is {others}").format(others=others)
    else:
        has = _("it has {names}").format(names=", ".join(filter(None, layout.labels)))
    return _(
        "The map names {columns} {named} that the table does not have: {has} "
        "(change the map, or name another with --map)"
    ).format(columns=columns, named=named, has=has)
