"""The text of a new dataset from the projects of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import IO, Any, NamedTuple

from hunnan_tui.dataset.toml.writer import format_inline, format_key, format_pair
from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.convert import Converter, Imported, find_stage_names
from hunnan_tui.importing.import_map import FIELDS, ImportMap, Target
from hunnan_tui.importing.text_cells import display_key, make_name_slug

ORDER = (
    *("id", "name", "name_zh", "district", "place", "industries"),
    *("industries_basis", "stage", "stage_date"),
    *("investment", "investment_qualifier", "investment_usd", "investment_text"),
    *("jobs", "part_of", "parties", "summary", "caveat", "url"),
)
"""The keys of a project in their order; those of one's own follow, lists come last."""
_OWN = len(ORDER)
"""Where the keys of one's own stand."""
_LAST = (
    *("facts", "events", "user_facts"),
    *("tags", "follow_up", "follow_up_owner", "needs", "notes"),
)
_LATEST = ("import_key", "sources")
_CHUNK = 1 << 20


_PLACES = {key: index for index, key in enumerate(ORDER)} | {
    key: _OWN + index for index, key in enumerate((*_LAST, *_LATEST), 1)
}


def _rank_key(key: str) -> int:
    return _PLACES.get(key, _OWN)


class TableSource(NamedTuple):
    """A table as one source of a dataset."""

    file: Path
    sheet: str
    sha256: str
    import_id: str
    """Tells what was imported: the same table by another map is another import."""
    day: date
    known_id: str = ""
    """The id that it has in the dataset already."""

    @classmethod
    def make(
        cls, file: Path, import_map: ImportMap, day: date, known_id: str = ""
    ) -> TableSource:
        """Return the source that a table, read by a map, is."""
        with file.open("rb") as table:
            sha256 = file_digest(table, "sha256").hexdigest()
        form = blake2b(
            f"{sha256} {import_map}".encode("utf-8", "replace"), digest_size=6
        )
        return cls(file, import_map.sheet, sha256, form.hexdigest(), day, known_id)

    @property
    def id(self) -> str:
        return self.known_id or make_source_id(self.file)

    @property
    def note(self) -> str:
        """What its entry says of the table as it is now."""
        sheet = f", {self.sheet}" if self.sheet else ""
        name = f"{self.file.name}{sheet}".replace(";", ",")
        return f"{name}; sha256 {self.sha256}, import {self.import_id}"

    @property
    def values(self) -> dict[str, Any]:
        """Its entry in a dataset that has none of it yet."""
        sheet = f", {self.sheet}" if self.sheet else ""
        title = f"{self.file.name}{sheet}"
        return {"id": self.id, "title": title, "date": self.day, "note": self.note}


IMPORT_NOTE = re.compile(
    r"(?:[^;\n]+; )?\bsha256 [0-9a-f]{64}, import ([0-9a-f]{12})\b"
)
"""Finds in the note of a source what it says of a table."""


def make_source_id(file: Path) -> str:
    """Return the id of the source that a table is."""
    return make_name_slug(file.stem) or "table"


def make_records(converter: Converter, source: str) -> Iterator[dict[str, Any]]:
    """Yield the projects of a table as the dataset has them.

    Args:
        converter: What reads them.
        source: The id of the source that the table is.
    """
    cited = () if converter.is_export else (source,)
    for project in converter.convert_projects():
        yield make_project_values(project, cited)


class References(NamedTuple):
    """What the projects of a table name that stands elsewhere in a dataset."""

    sources: dict[str, None]
    stages: dict[str, None]
    """Those of events; those of projects are the converter's."""


def spool_projects(
    projects: Iterable[Mapping[str, Any]], spool: IO[bytes]
) -> References:
    """Write projects to a file as a dataset has them, and return what they refer to.

    Args:
        projects: Their keys, as `make_project_values` gives them.
        spool: The file.
    """
    named = References({}, {})
    for values in projects:
        _note_references(values, named)
        lines = "\n".join(["", "[[projects]]", *map(_format_pair, values.items()), ""])
        spool.write(lines.encode("utf-8", "replace"))
    return named


def write_head(
    converter: Converter, import_map: ImportMap, table: TableSource, named: References
) -> bytes:
    """Return what stands before the projects, when all of them have been read."""
    lines = "\n".join(
        (
            *_format_about(import_map, table),
            *_format_lists(
                import_map, converter.industries, list_stages(converter, named)
            ),
            *_format_sources(table, named),
            "",
        )
    )
    return lines.encode("utf-8", "replace")


def read_spool(spool: IO[bytes]) -> Iterator[bytes]:
    """Yield what a file holds from its beginning."""
    spool.seek(0)
    while chunk := spool.read(_CHUNK):
        yield chunk


def list_stages(converter: Converter, named: References) -> dict[str, str]:
    """Return the word of each stage that projects and events have, by its id."""
    stages = {**converter.stages}
    for stage in named.stages:
        stages.setdefault(stage, stage)
    return stages


def make_project_values(project: Imported, cited: Sequence[str]) -> dict[str, Any]:
    """Return the keys of a project as the file has them, in their order."""
    values: dict[str, Any] = {**project.values, "id": project.id}
    values["import_key"] = display_key(project.key)
    values["sources"] = [*values.get("sources", ()), *cited]
    keys = sorted(values, key=_rank_key)
    return {key: value for key in keys if (value := values[key]) not in ("", [])}


def _format_about(import_map: ImportMap, table: TableSource) -> Iterator[str]:
    yield "format = 1"
    yield from (
        "",
        "[dataset]",
        _format_pair(("title", import_map.title or table.file.stem)),
    )
    if currency := import_map.stated_currency:
        yield _format_pair(("currency", currency))
    yield f"updated = {table.day.isoformat()}"


def _format_lists(
    import_map: ImportMap, industries: Mapping[str, str], stages: Mapping[str, str]
) -> Iterator[str]:
    for industry, word in industries.items():
        yield from _format_entry("industries", make_industry(industry, word))
    for stage, word in stages.items():
        yield from _format_entry("stages", make_stage(stage, word))
    for values in make_own_fields(import_map):
        yield from _format_entry("fields", values)


def _format_sources(table: TableSource, named: References) -> Iterator[str]:
    for other in named.sources:
        if other != table.id:
            yield from _format_entry("sources", {"id": other, "title": other})
    yield from _format_entry("sources", table.values)


def _format_entry(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[[{name}]]", *map(_format_pair, values.items()))


def make_industry(id: str, word: str) -> dict[str, Any]:
    """Return the entry of an industry from a word of the table."""
    return {"id": id, "name": word} | ({"name_zh": word} if _is_chinese(word) else {})


def make_stage(id: str, word: str) -> dict[str, Any]:
    """Return the entry of a stage from a word of the table."""
    name, name_zh = find_stage_names(id, word)
    name_zh = name_zh or (word if _is_chinese(word) else "")
    return {"id": id, "name": name} | ({"name_zh": name_zh} if name_zh else {})


def make_own_fields(import_map: ImportMap) -> Iterator[dict[str, Any]]:
    """Yield the entries of the fields that a map has beside those of the format."""
    for label, target in import_map.columns.items():
        if target.kind in FIELDS:
            continue
        name = name_field(label, target)
        kind = target.type or ("amount" if target.unit else "")
        if kind or name != target.to:  # else the key says it all
            yield {"id": target.to, "name": name} | ({"type": kind} if kind else {})


def name_field(label: str, target: Target) -> str:
    """Return the name of a field: its column's without the unit, which no amount keeps."""
    last = label.rpartition("/")[2] or label
    return (vocabulary.strip_brackets(last) or label) if target.unit else label


def _note_references(values: Mapping[str, Any], named: References) -> None:
    """Take note of the sources and stages that a project names."""
    for source in values.get("sources", ()):
        named.sources[source] = None
    for key in ("facts", "events"):
        for entry in values.get(key, ()):
            if source := entry.get("source"):
                named.sources[source] = None
            if stage := entry.get("stage"):
                named.stages[stage] = None


def _is_chinese(word: str) -> bool:
    return any("\u3400" <= character < "\ua000" for character in word)


def _format_pair(item: tuple[str, Any]) -> str:
    key, value = item
    name = _NAMES.get(key) or _format_key(key)
    if type(value) is str:
        if _is_plain(value):
            return f'{name} = "{value}"'
        if "\n" in value:
            return format_pair(key, value, b"\n").decode().removesuffix("\n")
    elif type(value) is int and key.startswith("investment"):
        return f"{name} = {value:_}"
    elif type(value) is list and len(value) > 1 and type(value[0]) is dict:
        rows = "".join([f"  {_format_inline(entry)},\n" for entry in value])
        return f"{name} = [\n{rows}]"
    return f"{name} = {_format_inline(value)}"


def _format_inline(value: Any) -> str:
    # most are texts with nothing to escape: many times as fast
    if type(value) is str:
        if _is_plain(value):
            return f'"{value}"'
    elif type(value) is dict:
        pairs = [
            f'{_NAMES.get(key) or _format_key(key)} = "{item}"'
            if type(item) is str and _is_plain(item)
            else f"{_format_key(key)} = {_format_inline(item)}"
            for key, item in value.items()
        ]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    elif type(value) is list:
        return f"[{', '.join([_format_inline(item) for item in value])}]"
    return format_inline(value).decode()


def _is_plain(text: str) -> bool:
    """Return whether a text stands in quotes as it is."""
    return text.isprintable() and '"' not in text and "\\" not in text


_NAMES: dict[str, str] = {}
"""How keys are written: few, and each many times."""


def _format_key(key: str) -> str:
    _NAMES[key] = format_key(key).decode()
    return _NAMES[key]
