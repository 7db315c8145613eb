"""The map: which column of a table becomes which field, and how its cells are read.

It is written once, beside the table, and only read from then on: the table of the next
quarter is read by the same map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli

from hunnan_tui.core.fields import FIELDS as SCHEMA
from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.language import _
from hunnan_tui.core.written_money import parse_unit
from hunnan_tui.importing.table import TableError
from hunnan_tui.importing.words import EMPTY_WORDS

VERSION = 1
ASK = "?"
"""Stands where the user has to decide."""
LEFT_OUT = "-"
RESERVED = ("import_key",)
"""Keys that the import itself writes."""
_ALIASES = {"industries": "industry"}
FIELDS = (
    frozenset(SCHEMA_KEYS)
    .difference(RESERVED, _ALIASES)
    .union((*_ALIASES.values(), "period", LEFT_OUT, ASK))
)
"""What a column can become; any other word is a key of the user's own."""
LISTED = ("parties", "events", "facts")
"""Fields of which a project has many, told apart by the word behind a colon."""
IDS = ("slug", "hash", "exact")
DUPLICATES = ("error", "first", "merge")
DATES = ("ymd", "dmy", "mdy", "excel-1900", "excel-1904", "yyyymmdd")
TYPES = ("text", "number", "amount", "date", "choice", "link", "person")


@dataclass(frozen=True, slots=True)
class Target:
    """What becomes of a column."""

    to: str
    """A field, `parties:ROLE`, `events:WHAT`, `facts:LABEL`, a key of one's own, `-`, `?`."""
    unit: str = ""
    """What its numbers count: `万元`; `?` where that is not known."""
    dates: str = ""
    """The order of its dates; `?` where that is not known."""
    type: str = ""
    """The type of a field of one's own."""
    split: str = ""
    """What separates several values in a cell."""
    currency_column: str = ""
    """The column that names the currency of each amount."""

    kind: str = field(init=False, compare=False, repr=False)
    """The field without the role or label behind it."""
    label: str = field(init=False, compare=False, repr=False)
    """What stands behind the colon."""

    def __post_init__(self) -> None:
        kind, _colon, label = self.to.partition(":")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "label", label)

    @property
    def is_open(self) -> bool:
        """Whether the user has to decide something."""
        return ASK in (self.to, self.unit, self.dates)


TARGET_KEYS = ("to", "unit", "dates", "type", "split", "currency_column")
"""The keys of a column's table in a map."""


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How a table is read."""

    columns: Mapping[str, Target]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: tuple[int, ...] = ()
    fill_down: tuple[str, ...] = ()
    decimal: str = "."
    empty: tuple[str, ...] = EMPTY_WORDS
    stop_blank: int = 2
    title: str = ""
    currency: str = ""
    key: tuple[str, ...] = ()
    """The columns that say what is the same project next time."""
    id: str = "slug"
    """How ids are made: slug of the code, hash of the key, exact as the code is."""
    duplicates: str = "error"
    """error, first or merge."""
    stages: Mapping[str, str] = field(default_factory=dict)
    """The id of each word of the stage's column; the order is that of life."""
    industries: Mapping[str, str] = field(default_factory=dict)

    @property
    def stated_currency(self) -> str:
        """The currency of the dataset; that of the unit where the map has none."""
        if self.currency:
            return self.currency
        for target in self.columns.values():
            unit = parse_unit(target.unit) if target.unit else None
            if target.kind == "investment" and unit is not None:
                is_chinese = any(sign in target.unit for sign in "万亿")
                return unit.currency or ("CNY" if is_chinese else "")
        return ""

    @property
    def questions(self) -> tuple[str, ...]:
        """What the user has to decide before anything is written."""
        questions = []
        for label, target in self.columns.items():
            if target.to == ASK:
                questions.append(
                    _("column {label!r}: which field is it?").format(label=label)
                )
            if target.unit == ASK:
                questions.append(
                    _(
                        "column {label!r}: money without a unit (元, 万元, 亿元, € …)"
                    ).format(label=label)
                )
            if target.dates == ASK:
                questions.append(
                    _("column {label!r}: day or month first (dmy or mdy)?").format(
                        label=label
                    )
                )
        questions += [
            _("stage {word!r}: which stage is it?").format(word=word)
            for word, stage in self.stages.items()
            if stage == ASK
        ]
        return tuple(questions)


def read_map(path: Path) -> ImportMap:
    """Read a map.

    Raises:
        TableError: It is no map; the text names the key.
    """
    try:
        record = tomli.loads(path.read_text("utf-8"))
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise TableError(
            _("{path}: not readable as a map: {error}").format(path=path, error=error)
        ) from error
    if record.get("map") != VERSION:
        raise TableError(
            _("{path}: no map of this version (it begins with map = {version})").format(
                path=path, version=VERSION
            )
        )
    table, about, key = (
        _read_table(record, name, path) for name in ("table", "dataset", "key")
    )
    columns = {
        label: _read_target(label, value, path)
        for label, value in _read_table(record, "columns", path).items()
    }
    import_map = ImportMap(
        columns,
        sheet=_read_text(table, "sheet", path),
        encoding=_read_text(table, "encoding", path),
        delimiter=_read_text(table, "delimiter", path),
        header=tuple(_read_list(table, "header", int, path)),
        fill_down=tuple(_read_list(table, "fill_down", str, path)),
        decimal=_read_text(table, "decimal", path) or ".",
        empty=tuple(_read_list(table, "empty", str, path))
        if "empty" in table
        else EMPTY_WORDS,
        stop_blank=_read_stop(table, path),
        title=_read_text(about, "title", path),
        currency=_read_text(about, "currency", path),
        key=tuple(_read_list(key, "columns", str, path)),
        id=_read_text(key, "id", path) or "slug",
        duplicates=_read_text(key, "duplicates", path) or "error",
        stages={k: str(v) for k, v in _read_table(record, "stages", path).items()},
        industries={
            k: str(v) for k, v in _read_table(record, "industries", path).items()
        },
    )
    for name, value, allowed in (
        ("decimal", import_map.decimal, (".", ",")),
        ("id", import_map.id, IDS),
        ("duplicates", import_map.duplicates, DUPLICATES),
    ):
        if value not in allowed:
            raise TableError(
                _("{path}: {name} = {value!r}: one of {allowed}").format(
                    path=path, name=name, value=value, allowed=", ".join(allowed)
                )
            )
    return import_map


def _read_table(record: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    value = record.get(name, {})
    if not isinstance(value, dict):
        raise TableError(
            _("{path}: {name} is not a table").format(path=path, name=name)
        )
    return value


def _read_text(record: Mapping[str, Any], name: str, path: Path) -> str:
    value = record.get(name, "")
    if not isinstance(value, str):
        raise TableError(_("{path}: {name} is not a text").format(path=path, name=name))
    return value


def _read_list(
    record: Mapping[str, Any], name: str, kind: type, path: Path
) -> list[Any]:
    value = record.get(name, [])
    if not isinstance(value, list) or not all(type(item) is kind for item in value):
        what = "numbers" if kind is int else "texts"
        raise TableError(
            _("{path}: {name} is not a list of {what}").format(
                path=path, name=name, what=what
            )
        )
    return value


def _read_stop(record: Mapping[str, Any], path: Path) -> int:
    text = _read_text(record, "stop", path) or "blank 2"
    word, _blank, count = text.partition(" ")
    if word != "blank" or not count.isdecimal() or int(count) < 1:
        raise TableError(
            _('{path}: stop = {text!r}: write "blank 2"').format(path=path, text=text)
        )
    return int(count)


def _read_target(label: str, value: object, path: Path) -> Target:
    if isinstance(value, str):
        value = {"to": value}
    if not isinstance(value, dict) or not isinstance(value.get("to"), str):
        raise TableError(
            _("{path}: column {label!r}: write a field, or a table with to = …").format(
                path=path, label=label
            )
        )
    known = TARGET_KEYS
    if wrong := [
        key for key in value if key not in known or not isinstance(value[key], str)
    ]:
        raise TableError(
            _("{path}: column {label!r}: {wrong} is unknown, or no text").format(
                path=path, label=label, wrong=wrong[0]
            )
        )
    target = Target(**{**value, "to": _ALIASES.get(value["to"], value["to"])})
    if target.kind in RESERVED or not target.to.strip():
        raise TableError(
            _("{path}: column {label!r}: {to!r} is no field to fill").format(
                path=path, label=label, to=target.to
            )
        )
    _check_name(target, label, path)
    if target.unit not in ("", ASK) and parse_unit(target.unit) is None:
        raise TableError(
            _(
                "{path}: column {label!r}: unit = {unit!r}: write 元, 万元, 亿元, €, Mio. "
                "€, KES million, … or 1"
            ).format(path=path, label=label, unit=target.unit)
        )
    if target.dates not in ("", ASK, *DATES):
        raise TableError(
            _("{path}: column {label!r}: dates is one of {dates}").format(
                path=path, label=label, dates=", ".join(DATES)
            )
        )
    if target.type not in ("", *TYPES):
        raise TableError(
            _("{path}: column {label!r}: type is one of {types}").format(
                path=path, label=label, types=", ".join(TYPES)
            )
        )
    return target


def _check_name(target: Target, label: str, path: Path) -> None:
    """Refuse a key of the user's own that means something else already."""
    if target.label and target.kind not in LISTED:
        lists = ", ".join(LISTED)
        raise TableError(
            _(
                "{path}: column {label!r}: {to!r}: only {lists} take a word behind a "
                "colon"
            ).format(path=path, label=label, to=target.to, lists=lists)
        )
    if target.kind in FIELDS:
        return
    from hunnan_tui.core.own_fields import SCHEMA_NAMES  # few maps have such keys
    from hunnan_tui.core.own_values import normalize_name

    if meant := SCHEMA_NAMES.get(normalize_name(target.to)):
        key = SCHEMA[meant].column
        raise TableError(
            _(
                "{path}: column {label!r}: {to!r} is what the field {key} is called "
                '(write to = "{key}" if you mean that, or another word)'
            ).format(path=path, label=label, to=target.to, key=key)
        )
