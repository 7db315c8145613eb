"""What an import found, as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.core.counts import bracket
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import align_rows
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.import_map import Target
from hunnan_tui.importing.prepare import Prepared

_SHOWN_SKIPPED = 20
"""Rows left out that a preview names one by one."""


def format_preview(
    prepared: Prepared, converter: Converter, width: int | None
) -> Iterator[str]:
    """Yield the lines of a preview.

    Args:
        prepared: The table and its map.
        converter: What has read the projects.
        width: Cells of a line; None cuts nothing.
    """
    yield from align_rows([*_describe_table(prepared, converter)], (), width)
    yield ""
    notes = prepared.notes
    rows = [(_("column"), _("becomes"), _("why: values") if notes else "")]
    for label, target in prepared.map.columns.items():
        rows.append(
            (
                display_line(label),
                display_line(describe_target(target)),
                display_line(notes.get(label, "")),
            )
        )
    yield from align_rows(rows, (), width)
    for name, ids in (
        (_("stage"), prepared.map.stages),
        (_("industry"), prepared.map.industries),
    ):
        if ids:
            yield ""
            words = [(display_line(word), display_line(to)) for word, to in ids.items()]
            yield from align_rows([(name, _("id")), *words], (), width)
    if converter.skipped:
        yield ""
        shown = converter.skipped[:_SHOWN_SKIPPED]
        rows_left = [(str(row), display_line(why)) for row, why in shown]
        yield from align_rows(
            [(_("row"), _("no project, because")), *rows_left], (0,), width
        )
        if (more := converter.skipped_count - len(shown)) > 0:
            yield _("… and {more:,} more").format(more=more)


def _describe_table(
    prepared: Prepared, converter: Converter
) -> Iterator[tuple[str, str]]:
    table, import_map = prepared.table, prepared.map
    yield _("table"), display_line(table.file)
    if table.sheet:
        yield _("sheet"), display_line(table.sheet)
    if table.encoding:
        yield _("encoding"), table.encoding
    if table.delimiter:
        yield _("delimiter"), {"\t": "tab"}.get(table.delimiter, table.delimiter)
    if prepared.layout.header:
        yield (
            _("header"),
            _("row {header}").format(
                header=", ".join(map(str, prepared.layout.header))
            ),
        )
    if import_map.title:
        yield _("title"), display_line(import_map.title)
    yield _("currency"), import_map.stated_currency or _("not known")
    yield _("key"), display_line(", ".join(import_map.key))
    if import_map.fill_down:
        yield _("filled down"), display_line(", ".join(import_map.fill_down))
    yield _("projects"), f"{converter.count:,}"
    if converter.skipped_count:
        yield _("rows left out"), f"{converter.skipped_count:,}"


def describe_target(target: Target) -> str:
    """Return what becomes of a column: `investment in 万元`."""
    text = _("left out") if target.to == "-" else target.to
    if is_chinese():  # English has the words of the map
        text = _name_target(target) if target.to != "-" else text
    if target.unit:
        text += _(" in {unit}").format(unit=target.unit)
    if target.dates not in ("", "ymd"):
        text += f" ({target.dates})"
    return text


_KEYS = {"industry": "industries"}
"""The key of what a column becomes one of."""


def _name_target(target: Target) -> str:
    """Return what becomes of a column in the words of the interface, and of the map."""
    field = BY_KEY.get(_KEYS.get(target.kind, target.kind))
    return f"{field.label}{bracket(target.to)}" if field else target.to
