"""A document as Markdown (CommonMark with the tables and footnotes of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hunnan_tui.core.urls import why_not_openable
from hunnan_tui.export.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Link,
    Paragraph,
    Part,
    Quote,
    Ref,
    Runs,
    Sources,
    Table,
)
from hunnan_tui.export.sanitize import one_line

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$^{}#]")
_AT_START = re.compile(r"^(\d+(?=[.)])|(?=[+\-=:]))")
"""What begins a list or an underline at the start of a line."""
_ADDRESS_SIGNS = re.compile(r"[\\`|<>]")


def render_markdown(document: Document) -> Iterator[str]:
    """Yield the document in parts, each with its line ends."""
    yield f"# {escape_markdown(document.title) or '—'}\n"
    for block in document.blocks:
        yield "\n"
        for line in _lines(block):
            yield f"{line}\n"


def escape_markdown(text: str) -> str:
    """Return text on one line that Markdown shows as it is, within a line."""
    return _SIGNS.sub(r"\\\g<0>", one_line(text))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield f"{'#' * level} {_runs(runs)}"
        case Paragraph(runs):
            yield _line(runs)
        case Bullets(items):
            for item in items:
                yield f"- {_line(item)}"
        case Quote(lines):
            yield from _quote(lines)
        case Table():
            yield from _table(block)
        case Sources(items):
            for number, item in enumerate(items, 1):
                yield f"[^{number}]: {_line(item)}"


def _runs(runs: Runs) -> str:
    return "".join(map(_part, runs)).strip() or "—"


def _line(runs: Runs) -> str:
    return _AT_START.sub(r"\1\\", _runs(runs))


def _part(part: Part) -> str:
    match part:
        case Ref(number):
            return f"[^{number}]"
        case Link(url) if not why_not_openable(url):
            # what Markdown would read in it is written as the address itself may
            safe = _ADDRESS_SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", url)
            return f"<{safe}>"
        case Link(url):
            return escape_markdown(url)
    # blanks at its ends part it from its neighbours
    before = " " * (part != part.lstrip())
    after = " " * (part != part.rstrip() and part.strip() != "")
    return before + escape_markdown(part) + after


def _quote(lines: tuple[str, ...]) -> Iterator[str]:
    for place, line in enumerate(lines, 1):
        text = _line((line,)) if one_line(line) else ""
        goes_on = text and place < len(lines) and one_line(lines[place])
        yield f"> {text}".rstrip() + ("\\" if goes_on else "")


def _table(table: Table) -> Iterator[str]:
    yield _row([escape_markdown(each) for each in table.head])
    yield _row(
        ["---:" if n in table.numbers else "---" for n in range(len(table.head))]
    )
    for row in table.rows:
        yield _row(["".join(map(_part, cell)).strip() for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
