"""The formats by name, and the bytes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from hunnan_tui.export.selection import Selection

MARK = "\ufeff"
"""Tells Excel that a text is UTF-8."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    name: str
    label: str
    """For people."""
    suffixes: tuple[str, ...]
    """How names of such files end, the usual one first."""
    parts: Callable[[Selection], Iterable[str] | bytes]
    has_columns: bool = True
    """Whether it has the chosen columns; else it is about whole projects."""

    is_binary: bool = False

    def text(self, selection: Selection, *, mark: bool = False) -> bytes:
        """Return the content of the file.

        Args:
            selection: What is exported.
            mark: Whether CSV begins with the mark that tells Excel how to read it.
        """
        parts = self.parts(selection)
        if isinstance(parts, bytes):
            return parts
        begin = MARK if mark and self.name in MARKED else ""
        return (begin + "".join(parts)).encode()


MARKED = ("csv", "tsv")
"""The formats that can begin with the mark."""


def _csv(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.formats.delimited import csv_rows

    return csv_rows(selection)


def _tsv(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.formats.delimited import csv_rows

    return csv_rows(selection, "\t")


def _xlsx(selection: Selection) -> bytes:
    from hunnan_tui.export.formats.xlsx import workbook  # only it needs XlsxWriter

    return workbook(selection)


def _json(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.formats.json import json_list

    return json_list(selection)


def _jsonl(selection: Selection) -> Iterator[str]:
    from hunnan_tui.export.formats.json import json_lines

    return (line + "\n" for line in json_lines(selection))


def _markdown(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.documents.table import table
    from hunnan_tui.export.formats.markdown import markdown

    return markdown(table(selection))


def _html(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.documents.table import table
    from hunnan_tui.export.formats.html import html

    return html(table(selection))


def _toml(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.formats.toml import toml

    return toml(selection)


def _briefing_markdown(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.documents.briefing import briefing
    from hunnan_tui.export.formats.markdown import markdown

    return markdown(briefing(selection))


def _briefing_html(selection: Selection) -> Iterable[str]:
    from hunnan_tui.export.documents.briefing import briefing
    from hunnan_tui.export.formats.html import html

    return html(briefing(selection))


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "CSV", (".csv",), _csv),
        Format("xlsx", "Excel workbook", (".xlsx",), _xlsx, is_binary=True),
        Format("md", "Markdown table", (".md", ".markdown"), _markdown),
        Format("html", "web page", (".html", ".htm"), _html),
        Format("json", "JSON", (".json",), _json),
        Format("jsonl", "JSON lines", (".jsonl", ".ndjson"), _jsonl),
        Format("tsv", "TSV", (".tsv", ".tab"), _tsv),
        Format("toml", "TOML dataset", (".toml",), _toml, has_columns=False),
    )
}
"""What projects can be exported as."""

BRIEFINGS: Mapping[str, Format] = {
    "md": Format("md", "briefing, Markdown", (".md",), _briefing_markdown, False),
    "html": Format("html", "briefing, web page", (".html",), _briefing_html, False),
}
"""What a briefing can be written as."""


def guessed(path: PurePath) -> Format | None:
    """Return the format that the name of a file says, if it says one."""
    suffix = path.suffix.casefold()
    return next((each for each in FORMATS.values() if suffix in each.suffixes), None)
