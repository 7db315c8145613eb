"""The text of a new dataset from the projects of a table."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from hunnan_tui.dataset.toml.writer import format_inline, format_key, format_pair
from hunnan_tui.importing.convert import Converter, Imported, find_stage_names
from hunnan_tui.importing.import_map import FIELDS, ImportMap, Target
from hunnan_tui.importing.text_cells import display_key, make_slug

ORDER = (
    *("id", "name", "name_zh", "district", "place", "industries"),
    *("industries_basis", "stage", "stage_date"),
    *("investment", "investment_qualifier", "investment_usd", "investment_text"),
    *("parties", "summary", "caveat", "url"),
)
"""The keys of a project in their order; those of one's own follow, lists come last."""
_OWN = len(ORDER)
"""Where the keys of one's own stand."""
_LAST = ("facts", "events", "tags", "follow_up", "needs", "notes")
_LATEST = ("import_key", "sources")
_CHUNK = 1 << 20


_PLACES = {key: place for place, key in enumerate(ORDER)} | {
    key: _OWN + place for place, key in enumerate((*_LAST, *_LATEST), 1)
}


def _rank_key(key: str) -> int:
    return _PLACES.get(key, _OWN)


def make_source_id(file: Path) -> str:
    """Return the id of the source that a table is."""
    return make_slug(file.stem) or "table"


def write_dataset(
    converter: Converter, made: ImportMap, file: Path, today: date
) -> Iterator[bytes]:
    """Yield the text of a dataset with the projects of a table.

    Args:
        converter: What reads them.
        made: The map.
        file: The table: one source of all its projects.
        today: The day of the import.
    """
    cited: dict[str, None] = {}
    staged: dict[str, None] = {}
    source = make_source_id(file)
    # what stands before the projects is known when all of them have been read
    with tempfile.TemporaryFile() as spool:
        for project in converter.convert_projects():
            values = make_project_values(project, source)
            _note_references(values, cited, staged)
            lines = "\n".join(
                ["", "[[projects]]", *map(_format_pair, values.items()), ""]
            )
            spool.write(lines.encode("utf-8", "replace"))
        stages = {**converter.stages}
        for stage in staged:
            stages.setdefault(stage, stage)
        lines = "\n".join(
            (
                *_format_about(made, file, today),
                *_list_lines(made, converter.industries, stages),
                *_format_source(file, made, source, cited, today),
                "",
            )
        )
        yield lines.encode("utf-8", "replace")
        spool.seek(0)
        while chunk := spool.read(_CHUNK):
            yield chunk


def make_project_values(project: Imported, source: str) -> dict[str, Any]:
    """Return the keys of a project as the file has them, in their order."""
    values: dict[str, Any] = {**project.values, "id": project.id}
    values["import_key"] = display_key(project.key)
    values["sources"] = [*values.get("sources", ()), source]
    keys = sorted(values, key=_rank_key)
    return {key: value for key in keys if (value := values[key]) not in ("", [])}


def _format_about(made: ImportMap, file: Path, today: date) -> Iterator[str]:
    yield "format = 1"
    yield from ("", "[dataset]", _format_pair(("title", made.title or file.stem)))
    if currency := made.stated_currency:
        yield _format_pair(("currency", currency))
    yield f"updated = {today.isoformat()}"


def _list_lines(
    made: ImportMap, industries: Mapping[str, str], stages: Mapping[str, str]
) -> Iterator[str]:
    for industry, word in industries.items():
        yield from ("", "[[industries]]", _format_pair(("id", industry)))
        yield from _format_names(word, word if _is_chinese(word) else "")
    for stage, word in stages.items():
        yield from ("", "[[stages]]", _format_pair(("id", stage)))
        name, name_zh = find_stage_names(stage, word)
        yield from _format_names(name, name_zh or (word if _is_chinese(word) else ""))
    for label, target in made.columns.items():
        if target.kind not in FIELDS:
            yield from ("", "[[fields]]", _format_pair(("id", target.to)))
            yield _format_pair(("name", label))
            yield _format_pair(("type", _guess_type(target)))


def _format_source(
    file: Path, made: ImportMap, source: str, cited: Iterable[str], today: date
) -> Iterator[str]:
    for other in cited:
        if other != source:
            yield from ("", "[[sources]]", _format_pair(("id", other)))
            yield _format_pair(("title", other))
    sheet = f", {made.sheet}" if made.sheet else ""
    yield from ("", "[[sources]]", _format_pair(("id", source)))
    yield _format_pair(("title", f"{file.name}{sheet}"))
    yield f"date = {today.isoformat()}"
    with file.open("rb") as table:
        yield _format_pair(
            ("note", f"sha256 {file_digest(table, 'sha256').hexdigest()}")
        )


def _note_references(
    values: Mapping[str, Any], cited: dict[str, None], staged: dict[str, None]
) -> None:
    """Take note of the sources and stages that a project names."""
    for source in values["sources"]:
        cited[source] = None
    for key in ("facts", "events"):
        for each in values.get(key, ()):
            if source := each.get("source"):
                cited[source] = None
            if stage := each.get("stage"):
                staged[stage] = None


def _guess_type(target: Target) -> str:
    return target.type or ("amount" if target.unit else "text")


def _format_names(name: str, name_zh: str) -> Iterator[str]:
    yield _format_pair(("name", name))
    if name_zh:
        yield _format_pair(("name_zh", name_zh))


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
        rows = "".join([f"  {_format_inline(each)},\n" for each in value])
        return f"{name} = [\n{rows}]"
    return f"{name} = {_format_inline(value)}"


def _format_inline(value: Any) -> str:
    # most are texts with nothing to escape: many times as fast
    if type(value) is str:
        if _is_plain(value):
            return f'"{value}"'
    elif type(value) is dict:
        pairs = [
            f'{_NAMES.get(key) or _format_key(key)} = "{each}"'
            if type(each) is str and _is_plain(each)
            else f"{_format_key(key)} = {_format_inline(each)}"
            for key, each in value.items()
        ]
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
    elif type(value) is list:
        return f"[{', '.join([_format_inline(each) for each in value])}]"
    return format_inline(value).decode()


def _is_plain(text: str) -> bool:
    """Return whether a text stands in quotes as it is."""
    return text.isprintable() and '"' not in text and "\\" not in text


_NAMES: dict[str, str] = {}
"""How keys are written: few, and each many times."""


def _format_key(key: str) -> str:
    _NAMES[key] = format_key(key).decode()
    return _NAMES[key]
