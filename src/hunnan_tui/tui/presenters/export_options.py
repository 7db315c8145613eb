"""The choices of the export dialog, and the content of the exported file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.language import N_, _, ngettext
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.own_fields import OwnFields
from hunnan_tui.core.text import display_line
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import AS_LISTED, list_field_columns
from hunnan_tui.export.formats.registry import ALL_FORMATS, FORMATS, Format
from hunnan_tui.export.selection import Selection, select_projects

PICTURE = "svg"
"""The kind that is a picture of the screen."""

_PREVIEWED = 200
"""Projects in a preview: few, so that it appears at once."""
_LINES = 40
_LENGTH = 300
_FONT = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One kind of file that the dialog offers."""

    label: str
    suffix: str
    format: Format | None = None
    """None for the picture."""
    bom: bool = False


def _list_kinds() -> Iterator[tuple[str, ExportKind]]:
    yield "excel-csv", ExportKind(N_("CSV for Excel"), ".csv", FORMATS["csv"], bom=True)
    for kind in ALL_FORMATS:
        name = f"briefing-{kind.name}" if kind.is_briefing else kind.name
        yield name, ExportKind(kind.label, kind.suffixes[0], kind)
    yield PICTURE, ExportKind(N_("picture of the screen (SVG)"), ".svg")


KINDS: Mapping[str, ExportKind] = dict(_list_kinds())
"""The kinds of file by name, in the order of the dialog."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What the reader wants to export, and how."""

    kind: str = "excel-csv"
    marked: bool = False
    """Only the marked projects, of those that are shown."""
    all_columns: bool = False
    own: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What can be exported at the moment."""

    dataset: Dataset
    shown: Sequence[str]
    """Keys, in the order of the list."""
    marked: Sequence[str]
    """Those of them that are marked."""
    fields: tuple[str, ...]
    """The fields that the list shows; empty: the usual ones."""
    query: str
    choices: str
    """What else than the query has chosen the projects."""
    export_date: date
    find_own_fields: Callable[[], OwnFields] | None = None
    """Returns the fields of the user's own of the dataset."""

    def build_selection(self, request: ExportRequest) -> Selection:
        """Return the selection that a request asks for."""
        columns = (
            ()
            if request.all_columns
            else list_field_columns(("name", *(self.fields or AS_LISTED)))
        )
        if columns and request.own:
            columns = tuple(dict.fromkeys((*columns, *ANNOTATION_KEYS)))
        marks = ""
        if request.marked:
            marks = _("the {count} marked").format(count=f"{len(self.marked):,}")
        return select_projects(
            self.dataset,
            self.marked if request.marked else self.shown,
            export_date=self.export_date,
            columns=columns,
            own=request.own,
            query=self.query,
            how="; ".join(filter(None, (marks, self.choices))),
            find_own_fields=self.find_own_fields,
        )


def describe_left_out(options: ExportOptions, request: ExportRequest) -> str:
    """Return what of the reader's own the file leaves out: "3 notes, 1 tag"; or nothing."""
    if request.own or request.kind == PICTURE:
        return ""
    tags = needs = notes = days = 0
    for key in options.marked if request.marked else options.shown:
        project = options.dataset.projects[key]
        tags += len(project.tags)
        needs += len(project.needs)
        notes += len(project.notes)
        days += project.follow_up is not None
    parts = [
        ngettext("{count} note", "{count} notes", notes).format(count=notes),
        ngettext("{count} tag", "{count} tags", tags).format(count=tags),
        ngettext("{count} need", "{count} needs", needs).format(count=needs),
        ngettext("{count} follow-up", "{count} follow-ups", days).format(count=days),
    ]
    numbers = (notes, tags, needs, days)
    return join_names(
        part for part, number in zip(parts, numbers, strict=True) if number
    )


def encode_export(options: ExportOptions, request: ExportRequest) -> bytes:
    """Return the content of a file of any kind but the picture.

    Raises:
        ValueError: The request is for the picture.
    """
    kind = KINDS[request.kind]
    if kind.format is None:
        raise ValueError(request.kind)
    selection = options.build_selection(request)
    if not kind.format.has_columns:
        selection = replace(selection, columns=())
    return kind.format.encode(selection, bom=kind.bom)


def encode_screenshot(svg: str) -> bytes:
    """Return a picture of the screen that loads no fonts from elsewhere."""
    return _FONT.sub("", svg).encode()


def build_preview(options: ExportOptions, request: ExportRequest) -> list[str]:
    """Return the first lines of a file, cleaned; of a workbook as plain text."""
    form = KINDS[request.kind].format
    if form is None:
        return [_("The screen behind this dialog, as it is.")]
    if form.is_binary:
        form = FORMATS["tsv"]
    selection = options.build_selection(request)
    few = replace(selection, keys=selection.keys[:_PREVIEWED])
    if not form.has_columns:
        few = replace(few, columns=())
    parts = form.write(few)
    text = "" if isinstance(parts, bytes) else "".join(islice(parts, _LINES))
    return [
        display_line(line[:_LENGTH].replace("\t", "  "))
        for line in text.splitlines()[:_LINES]
    ]


def suggest_file_name(
    dataset_name: str, view: str, export_date: date, kind: ExportKind
) -> str:
    """Return the suggested name: dataset, view and date."""
    words = [re.sub(r"\W+", "-", word).strip("-")[:40] for word in (dataset_name, view)]
    return "-".join(filter(None, (*words, export_date.isoformat()))) + kind.suffix


def replace_suffix(path: str, old: ExportKind, new: ExportKind) -> str:
    """Return a path with the suffix of another kind, if it had that of the old one."""
    if path.endswith(old.suffix):
        return path.removesuffix(old.suffix) + new.suffix
    return path
