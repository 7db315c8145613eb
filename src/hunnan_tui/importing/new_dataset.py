"""The text of a new dataset from the projects of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from hunnan_tui.dataset.toml.writer import inline, key_text
from hunnan_tui.importing.convert import Conversion, Imported
from hunnan_tui.importing.import_map import ImportMap
from hunnan_tui.importing.text_cells import make_name_slug
from hunnan_tui.importing.vocabulary import STAGE_NAMES

ORDER = (
    *("id", "name", "name_zh", "district", "place", "industries", "stage"),
    *("investment", "investment_qualifier", "investment_usd", "investment_text"),
    *("parties", "summary", "url"),
)
"""The keys of a project in their order; those of one's own follow, lists come last."""
_LAST = ("facts", "events", "import_key", "sources")
_PLAIN_LONGEST = 88


def source_id(file: Path) -> str:
    """Return the id of the source that a table is."""
    return make_name_slug(file.stem) or "table"


def write_dataset(done: Conversion, made: ImportMap, file: Path, today: date) -> str:
    """Return the text of a dataset with the projects of a table.

    Args:
        done: What the table gave.
        made: Its map.
        file: The table: one source of all its projects.
        today: The day of the import.
    """
    return "\n".join(_lines(done, made, file, today)) + "\n"


def _lines(done: Conversion, made: ImportMap, file: Path, today: date) -> Iterator[str]:
    yield "format = 1"
    yield ""
    yield "[dataset]"
    yield _pair("title", made.title or file.stem)
    if made.currency:
        yield _pair("currency", made.currency)
    yield f"updated = {today.isoformat()}"
    for id, word in done.industries.items():
        yield from ("", "[[industries]]", _pair("id", id))
        yield from _names(word)
    for id, word in done.stages.items():
        yield from ("", "[[stages]]", _pair("id", id))
        if id in STAGE_NAMES:
            name, name_zh = STAGE_NAMES[id]
            yield from (_pair("name", name), _pair("name_zh", name_zh))
        else:
            yield from _names(word)
    source = source_id(file)
    yield from ("", "[[sources]]", _pair("id", source))
    yield _pair("title", f"{file.name}{f', {made.sheet}' if made.sheet else ''}")
    yield f"date = {today.isoformat()}"
    yield _pair("note", f"sha256 {sha256(file.read_bytes()).hexdigest()}")
    for project in done.projects:
        yield ""
        yield from project_lines(project, source)


def project_lines(project: Imported, source: str) -> Iterator[str]:
    """Yield the lines of a project's table."""
    yield "[[projects]]"
    for key, value in project_values(project, source).items():
        yield _pair(key, value)


def project_values(project: Imported, source: str) -> dict[str, Any]:
    """Return the keys of a project as the file has them, in their order."""
    values: Mapping[str, Any] = {
        **project.values,
        "id": project.id,
        "import_key": project.key.replace("\x1f", " | "),
        "sources": [source],
    }
    own = [key for key in values if key not in ORDER and key not in _LAST]
    return {key: values[key] for key in (*ORDER, *own, *_LAST) if key in values}


def _names(word: str) -> Iterator[str]:
    yield _pair("name", word)
    if not word.isascii() and any("\u3400" <= character < "\ua000" for character in word):
        yield _pair("name_zh", word)


def _pair(key: str, value: Any) -> str:
    name = key if key.isascii() and key.isidentifier() else key_text(key).decode()
    if isinstance(value, list) and value and isinstance(value[0], dict):
        if len(value) > 1:
            rows = "".join(f"  {_inline(each)},\n" for each in value)
            return f"{name} = [\n{rows}]"
    return f"{name} = {_inline(value)}"


def _inline(value: Any) -> str:
    # most are texts with nothing to escape: many times as fast
    if isinstance(value, str) and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    if type(value) is int:
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return inline(value).decode()
