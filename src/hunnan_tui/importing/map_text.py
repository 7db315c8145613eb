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
    return "\n".join(_format_lines(made, notes)) + "\n"


def _format_lines(made: ImportMap, notes: Mapping[str, str]) -> Iterator[str]:
    yield from (_HEAD, f"map = {VERSION}", "", "[table]")
    yield from _iterate_stated(
        sheet=made.sheet,
        encoding=made.encoding,
        delimiter=made.delimiter,
        header=list(made.header),
        fill_down=list(made.fill_down),
    )
    yield _format_pair("decimal", made.decimal)
    yield _format_pair("empty", list(made.empty))
    yield _format_pair("stop", f"blank {made.stop_blank}") + "  # where the table ends"
    yield from ("", "[dataset]", _format_pair("title", made.title))
    yield from _iterate_stated(currency=made.currency)
    yield from ("", "[key]", _format_pair("columns", list(made.key)))
    yield f"{_format_pair('id', made.id)}  # {' | '.join(IDS)}"
    yield f"{_format_pair('duplicates', made.duplicates)}  # {' | '.join(DUPLICATES)}"
    yield from ("", "[columns]")
    for label, target in made.columns.items():
        note = f"  # {notes[label]}" if notes.get(label) else ""
        yield _format_pair(label, _make_plain(target)) + note
    if made.stages:
        yield from ("", _STAGES, "[stages]")
        yield from map(_format_pair, made.stages, made.stages.values())
    if made.industries:
        yield from ("", "[industries]")
        yield from map(_format_pair, made.industries, made.industries.values())


def _iterate_stated(**values: object) -> Iterator[str]:
    return (_format_pair(name, value) for name, value in values.items() if value)


def _make_plain(target: Target) -> object:
    keys = {name: value for name in TARGET_KEYS if (value := getattr(target, name))}
    return keys if len(keys) > 1 else target.to


def _format_pair(name: str, value: object) -> str:
    return f"{format_key(name).decode()} = {format_inline(value).decode()}"
