"""A document as Markdown (CommonMark with the tables and footnotes of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hunnan_tui.core.urls import explain_unopenable
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
from hunnan_tui.export.sanitize import clean_line

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$^{}#]")
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[+\-=:]))")
"""What would begin a list or an underline at the start of a line."""
_ADDRESS_SIGNS = re.compile(r"[\\`|<>]")


def render_markdown(document: Document) -> Iterator[str]:
    """Yield the document in pieces, each with its line ends."""
    yield f"# {escape_markdown(document.title) or '—'}\n"
    for block in document.blocks:
        yield "\n"
        for line in _render_block(block):
            yield f"{line}\n"


def escape_markdown(text: str) -> str:
    """Return text on one line, escaped so that Markdown shows it as it is."""
    return _SIGNS.sub(r"\\\g<0>", clean_line(text))


def _render_block(block: DocumentBlock) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield f"{'#' * level} {_render_runs(runs)}"
        case Paragraph(runs):
            yield _render_line(runs)
        case Bullets(items):
            for item in items:
                yield f"- {_render_line(item)}"
        case Quote(lines):
            yield from _render_quote(lines)
        case DocumentTable():
            yield from _render_table(block)
        case SourceList(items):
            for number, item in enumerate(items, 1):
                yield f"[^{number}]: {_render_line(item)}"


def _render_runs(runs: Runs) -> str:
    return "".join(map(_render_part, runs)).strip() or "—"


def _render_line(runs: Runs) -> str:
    return _AT_START.sub(r"\1\\", _render_runs(runs))


def _render_part(part: Part) -> str:
    match part:
        case Ref(number):
            return f"[^{number}]"
        case Link(url) if not explain_unopenable(url):
            # percent-encoding hides from Markdown what it would read in the address
            safe = _ADDRESS_SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", url)
            return f"<{safe}>"
        case Link(url):
            return escape_markdown(url)
    # blanks at its ends separate it from its neighbours
    before = " " * (part != part.lstrip())
    after = " " * (part != part.rstrip() and part.strip() != "")
    return before + escape_markdown(part) + after


def _render_quote(lines: tuple[str, ...]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        text = _render_line((line,)) if clean_line(line) else ""
        has_next = text and number < len(lines) and clean_line(lines[number])
        yield f"> {text}".rstrip() + ("\\" if has_next else "")


def _render_table(table: DocumentTable) -> Iterator[str]:
    yield _render_row([escape_markdown(text) for text in table.head])
    yield _render_row(
        ["---:" if n in table.numbers else "---" for n in range(len(table.head))]
    )
    for row in table.rows:
        yield _render_row(["".join(map(_render_part, cell)).strip() for cell in row])


def _render_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
