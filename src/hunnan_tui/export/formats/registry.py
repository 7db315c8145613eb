"""Every format that projects are exported as: the one list of them.

`export`, `report` and `list` on the command line, the export dialog and the guess from a
file's name all read `ALL_FORMATS`. To add a format, add a file beside this one with a
function that writes a `Selection`, or a `Document`, and one line to the list.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from hunnan_tui.core.language import N_

if TYPE_CHECKING:
    from hunnan_tui.export.selection import Selection

BOM = "\ufeff"
"""The byte order mark, by which Excel recognises UTF-8."""

_TABLE = "table.make_table"
_BRIEFING = "briefing.make_briefing"


class Format(NamedTuple):
    """A kind of file."""

    name: str
    """The name on the command line."""
    label: str
    """The name for people."""
    suffixes: tuple[str, ...]
    """The suffixes of such files, the usual one first."""
    writer: str
    """The function in this folder that yields the text of a file, or returns its bytes.

    It takes a `Document` if `document` is set, else a `Selection`; its module is imported
    when it is first called.
    """
    document: str = ""
    """The function in `export/documents` that turns a `Selection` into a `Document`."""
    has_columns: bool = True
    """Whether columns can be chosen; else whole projects are written."""
    is_binary: bool = False
    takes_bom: bool = False
    """Whether a file can begin with `BOM`."""
    is_listed: bool = False
    """Whether `list` prints it too."""

    @property
    def is_briefing(self) -> bool:
        """Whether it is a briefing and not a table of projects."""
        return self.document == _BRIEFING

    def write(self, selection: "Selection") -> Iterable[str] | bytes:
        """Return the content of a file: text in pieces, or bytes.

        Raises:
            SaveError: The format cannot hold so many projects.
        """
        content: Any = selection
        if self.document:
            content = _load(f"documents.{self.document}")(selection)
        written: Iterable[str] | bytes = _load(f"formats.{self.writer}")(content)
        return written

    def encode(self, selection: "Selection", *, bom: bool = False) -> bytes:
        """Return the bytes of a file, led by `BOM` if wanted and possible."""
        content = self.write(selection)
        if isinstance(content, bytes):
            return content
        prefix = BOM if bom and self.takes_bom else ""
        return (prefix + "".join(content)).encode()


def _load(path: str) -> Any:
    module, _, function = path.rpartition(".")
    return getattr(import_module(f"hunnan_tui.export.{module}"), function)


ALL_FORMATS = (
    Format(
        "xlsx", N_("Excel workbook"), (".xlsx",), "xlsx.write_workbook", is_binary=True
    ),
    Format(
        "md",
        N_("briefing (Markdown)"),
        (".md",),
        "markdown.render_markdown",
        _BRIEFING,
        has_columns=False,
    ),
    Format(
        "html",
        N_("briefing (web page)"),
        (".html",),
        "html.render_html",
        _BRIEFING,
        has_columns=False,
    ),
    Format(
        "md",
        N_("table (Markdown)"),
        (".md", ".markdown"),
        "markdown.render_markdown",
        _TABLE,
        is_listed=True,
    ),
    Format(
        "html", N_("table (web page)"), (".html", ".htm"), "html.render_html", _TABLE
    ),
    Format(
        "csv",
        "CSV",
        (".csv",),
        "delimited.write_csv",
        takes_bom=True,
        is_listed=True,
    ),
    Format(
        "tsv",
        "TSV",
        (".tsv", ".tab"),
        "delimited.write_tsv",
        takes_bom=True,
        is_listed=True,
    ),
    Format("json", "JSON", (".json",), "json.write_json", is_listed=True),
    Format(
        "jsonl",
        N_("JSON lines"),
        (".jsonl", ".ndjson"),
        "json.write_json_lines",
        is_listed=True,
    ),
    Format(
        "toml", N_("TOML dataset"), (".toml",), "toml.write_dataset", has_columns=False
    ),
)
"""All formats, in the order in which the dialog offers them."""

FORMATS: Mapping[str, Format] = {
    file_format.name: file_format
    for file_format in ALL_FORMATS
    if not file_format.is_briefing
}
"""The formats of projects by name."""

BRIEFINGS: Mapping[str, Format] = {
    file_format.name: file_format
    for file_format in ALL_FORMATS
    if file_format.is_briefing
}
"""The formats of a briefing by name."""


def guess_format(path: PurePath) -> Format | None:
    """Return the format of projects that a file's suffix stands for, if any."""
    suffix = path.suffix.casefold()
    formats = FORMATS.values()
    return next(
        (file_format for file_format in formats if suffix in file_format.suffixes), None
    )
