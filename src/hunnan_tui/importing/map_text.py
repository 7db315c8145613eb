"""A map as the text of its file, with the reasons behind the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hunnan_tui.dataset.toml.writer import format_inline, format_key
from hunnan_tui.importing.import_map import (
    DUPLICATES,
    IDS,
    TARGET_KEYS,
    VERSION,
    ImportMap,
    Target,
)

_HEAD = """\
# How the table is read. Change what is wrong, then run the import again.
# "-" leaves a column out; "?" must be decided first."""
_STAGES = "# In the order of life: `stage>=signed` means this one and those below it."


def write_map(made: ImportMap, notes: Mapping[str, str]) -> str:
    """Return a map as TOML.

    Args:
        made: The map.
        notes: A comment for columns: why they became what, and three of their values.
    """
    return "\n".join(_lines(made, notes)) + "\n"


def _lines(made: ImportMap, notes: Mapping[str, str]) -> Iterator[str]:
    yield from (_HEAD, f"map = {VERSION}", "", "[table]")
    yield from _stated(
        sheet=made.sheet,
        encoding=made.encoding,
        delimiter=made.delimiter,
        header=list(made.header),
        fill_down=list(made.fill_down),
    )
    yield _pair("decimal", made.decimal)
    yield _pair("empty", list(made.empty))
    yield _pair("stop", f"blank {made.stop_blank}") + "  # where the table ends"
    yield from ("", "[dataset]", _pair("title", made.title))
    yield from _stated(currency=made.currency)
    yield from ("", "[key]", _pair("columns", list(made.key)))
    yield f"{_pair('id', made.id)}  # {' | '.join(IDS)}"
    yield f"{_pair('duplicates', made.duplicates)}  # {' | '.join(DUPLICATES)}"
    yield from ("", "[columns]")
    for label, target in made.columns.items():
        note = f"  # {notes[label]}" if notes.get(label) else ""
        yield _pair(label, _plain(target)) + note
    if made.stages:
        yield from ("", _STAGES, "[stages]")
        yield from map(_pair, made.stages, made.stages.values())
    if made.industries:
        yield from ("", "[industries]")
        yield from map(_pair, made.industries, made.industries.values())


def _stated(**values: object) -> Iterator[str]:
    return (_pair(name, value) for name, value in values.items() if value)


def _plain(target: Target) -> object:
    stated = {name: value for name in TARGET_KEYS if (value := getattr(target, name))}
    return stated if len(stated) > 1 else target.to


def _pair(name: str, value: object) -> str:
    return f"{format_key(name).decode()} = {format_inline(value).decode()}"
