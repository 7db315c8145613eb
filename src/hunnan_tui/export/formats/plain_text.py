"""A document as plain text for a terminal, aligned by its cells."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.core.cell_width import measure_columns, pad
from hunnan_tui.core.text import display_line
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentBlock,
    DocumentTable,
    Heading,
    Link,
    Paragraph,
    Part,
    Quote,
    Ref,
    Runs,
    SourceList,
)

_GAP = "  "


def render_plain_text(document: Document) -> Iterator[str]:
    """Yield the document line by line with line ends; no line is wrapped or cut."""
    yield f"{display_line(document.title)}\n"
    for block in document.blocks:
        yield "\n"
        for line in _render_block(block):
            yield f"{line.rstrip()}\n"


def _render_block(block: DocumentBlock) -> Iterator[str]:
    match block:
        case Heading(_, runs) | Paragraph(runs):
            yield _render_runs(runs)
        case Bullets(items):
            yield from (f"- {_render_runs(item)}" for item in items)
        case Quote(lines):
            yield from (f"> {display_line(line)}" for line in lines)
        case DocumentTable():
            yield from _render_table(block)
        case SourceList(items):
            yield from (
                f"[{n}] {_render_runs(item)}" for n, item in enumerate(items, 1)
            )


def _render_table(table: DocumentTable) -> Iterator[str]:
    rows = [list(map(display_line, table.head))]
    rows += ([_render_runs(cell) for cell in row] for row in table.rows)
    widths = measure_columns(rows)
    for row in rows:
        yield _GAP.join(
            pad(cell, width, right=index in table.numbers)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )


def _render_runs(runs: Runs) -> str:
    return "".join(map(_render_part, runs)).strip()


def _render_part(part: Part) -> str:
    match part:
        case Ref(number):
            return f"[{number}]"
        case Link(url):
            return display_line(url)
    return display_line(part)
