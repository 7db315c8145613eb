"""A map as the text of its file, with the reasons behind the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hunnan_tui.core.language import N_, _
from hunnan_tui.dataset.toml.writer import format_inline, format_key
from hunnan_tui.importing.import_map import (
    DUPLICATES,
    IDS,
    TARGET_KEYS,
    VERSION,
    ImportMap,
    Target,
)

_HEAD = (
    N_("How the table is read. Change what is wrong, then run the import again."),
    N_('"-" leaves a column out; "?" must be decided first.'),
)
_STAGES = N_("In the order of life: `stage>=signed` means this one and those below it.")


def write_map(import_map: ImportMap, notes: Mapping[str, str]) -> str:
    """Return a map as TOML.

    Args:
        import_map: The map.
        notes: A comment for columns: why they became what, and three of their values.
    """
    return "\n".join(_format_lines(import_map, notes)) + "\n"


def _format_lines(import_map: ImportMap, notes: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# {_(line)}" for line in _HEAD)
    yield from (f"map = {VERSION}", "", "[table]")
    yield from _iterate_stated(
        sheet=import_map.sheet,
        encoding=import_map.encoding,
        delimiter=import_map.delimiter,
        header=list(import_map.header),
        fill_down=list(import_map.fill_down),
    )
    yield _format_pair("decimal", import_map.decimal)
    yield _format_pair("empty", list(import_map.empty))
    end = _("where the table ends")
    yield f"{_format_pair('stop', f'blank {import_map.stop_blank}')}  # {end}"
    yield from ("", "[dataset]", _format_pair("title", import_map.title))
    yield from _iterate_stated(currency=import_map.currency)
    yield from ("", "[key]", _format_pair("columns", list(import_map.key)))
    yield f"{_format_pair('id', import_map.id)}  # {' | '.join(IDS)}"
    yield f"{_format_pair('duplicates', import_map.duplicates)}  # {' | '.join(DUPLICATES)}"
    yield from ("", "[columns]")
    for label, target in import_map.columns.items():
        note = f"  # {notes[label]}" if notes.get(label) else ""
        yield _format_pair(label, _make_plain(target)) + note
    if import_map.stages:
        yield from ("", f"# {_(_STAGES)}", "[stages]")
        yield from map(_format_pair, import_map.stages, import_map.stages.values())
    if import_map.industries:
        yield from ("", "[industries]")
        yield from map(
            _format_pair, import_map.industries, import_map.industries.values()
        )


def format_map_line(name: str, value: Target | str) -> str:
    """Return the line of a column or of a word, without a comment."""
    plain = _make_plain(value) if isinstance(value, Target) else value
    return _format_pair(name, plain)


def _iterate_stated(**values: object) -> Iterator[str]:
    return (_format_pair(name, value) for name, value in values.items() if value)


def _make_plain(target: Target) -> object:
    keys = {name: value for name in TARGET_KEYS if (value := getattr(target, name))}
    return keys if len(keys) > 1 else target.to


def _format_pair(name: str, value: object) -> str:
    return f"{format_key(name).decode()} = {format_inline(value).decode()}"
