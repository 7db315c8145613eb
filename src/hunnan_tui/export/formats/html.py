"""A document as one HTML page: no scripts, nothing loaded, all text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from hunnan_tui.core.language import get_language
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
from hunnan_tui.export.sanitize import clean, clean_line

_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5;
  font-family: system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8888; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #8888; }
sup { line-height: 0; }
a { overflow-wrap: anywhere; }
@media print {
  body { max-width: none; margin: 0; font-size: 10pt; }
  thead { display: table-header-group; }
  tr, li, blockquote { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Browsers load and run nothing for this page, whatever text it holds."""


def render_html(document: Document) -> Iterator[str]:
    """Yield the page in pieces, each with its line ends."""
    title = _escape(clean_line(document.title))
    yield (
        f'<!DOCTYPE html>\n<html lang="{get_language().replace("_", "-")}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(clean_line(document.title)) or '—'}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    for block in document.blocks:
        for line in _render_block(block):
            yield f"{line}\n"
    yield "</body>\n</html>\n"


def _render_block(block: DocumentBlock) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield f"<h{level}>{_render_runs(runs)}</h{level}>"
        case Paragraph(runs):
            yield f"<p>{_render_runs(runs)}</p>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li>{_render_runs(item)}</li>" for item in items)
            yield "</ul>"
        case Quote(lines):
            text = "<br>\n".join(map(_escape, lines))
            yield f"<blockquote><p>{text}</p></blockquote>"
        case DocumentTable():
            yield from _render_table(block)
        case SourceList(items):
            yield "<ol>"
            for number, item in enumerate(items, 1):
                yield f'<li id="source-{number}">{_render_runs(item)}</li>'
            yield "</ol>"


def _render_runs(runs: Runs) -> str:
    return "".join(map(_render_part, runs)).strip() or "—"


def _render_part(part: Part) -> str:
    match part:
        case Ref(number):
            return f'<sup><a href="#source-{number}">[{number}]</a></sup>'
        case Link(url):
            text = escape(clean_line(url))
            if explain_unopenable(url):
                return text
            return f'<a href="{escape(url)}" rel="noreferrer">{text}</a>'
    return _escape(part)


def _escape(text: str) -> str:
    """Return escaped text, its Chinese marked as such for fonts and screen readers."""
    return _CHINESE.sub(r'<span lang="zh">\g<0></span>', escape(clean(text)))


def _render_table(table: DocumentTable) -> Iterator[str]:
    kinds = [
        ' class="number"' if index in table.numbers else ""
        for index in range(len(table.head))
    ]
    yield "<table>\n<thead>"
    heads = zip(kinds, table.head, strict=True)
    yield "<tr>" + "".join(
        f'<th scope="col"{kind}>{_escape(text)}</th>' for kind, text in heads
    )
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = zip(kinds, row, strict=True)
        yield "<tr>" + "".join(
            f"<td{kind}>{''.join(map(_render_part, cell))}</td>" for kind, cell in cells
        )
        yield "</tr>"
    yield "</tbody>\n</table>"
