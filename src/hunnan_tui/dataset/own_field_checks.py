"""Checks of the fields of the user's own: what `[[fields]]` says, and what does not fit.

A key that the schema does not know is a field, and so no problem, unless it looks like a
slip of the pen for a known one, or is called like a field of the schema.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from hunnan_tui.core.errors import Level
from hunnan_tui.core.fields import SCHEMA_KEYS, Kind
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, DeclaredField, Project
from hunnan_tui.core.own_fields import (
    KINDS,
    SCHEMA_NAMES,
    find_declared_names,
    match_declared,
)
from hunnan_tui.core.own_rows import split_list
from hunnan_tui.core.own_values import OwnReader, normalize_name
from hunnan_tui.core.text import fold
from hunnan_tui.core.written_money import parse_unit
from hunnan_tui.dataset.schema import Fault, Faults, ValuePath

_MOST_REPORTS = 20
"""Projects of which a doubtful key is reported; a key of more is meant."""
_NEAR = 0.75
"""How similar a key must be to one of the schema to be taken for a slip."""
_LONGEST = 60
"""Characters of a value that a message quotes."""
_HINTS = {
    "number": N_("write 1200 or 12.5"),
    "amount": N_("write 5000.5万元 or 12.5 bn, or whole units without a unit"),
    "date": N_("write 2023-03-08, 2023-03 or 2023"),
    "link": N_("an address begins with https://"),
}
_NAMES = {
    "number": N_("number"),
    "amount": N_("amount"),
    "date": N_("date"),
    "link": N_("address"),
}


class OwnFieldChecker:
    """Checks projects one by one against the fields that their dataset declares."""

    def __init__(self, dataset: Dataset) -> None:
        """Take the dataset; its projects may be missing yet."""
        self._declared = dataset.fields
        self._currency = dataset.currency
        self._ids = find_declared_names(dataset.fields)
        self._reports: Counter[str] = Counter()
        self._known: dict[str, str] = {}
        self._near: dict[str, str] = {}

    def check_project(self, project: Project, path: ValuePath, faults: Faults) -> None:
        """Check the keys of a project, and the values of its declared fields."""
        for key, _text in project.other:
            self._check_key(key, (*path, key), faults)
        if not self._declared:
            return
        for name, text, way in _iterate_values(project):
            field = self._find_declared(name)
            if field is not None and text.strip():
                self._check_value(field, name, text, (*path, *way), faults)

    def _find_declared(self, name: str) -> DeclaredField | None:
        if name not in self._known:
            self._known[name] = match_declared(name, self._ids)
        return self._declared.get(self._known[name])

    def _check_key(self, key: str, path: ValuePath, faults: Faults) -> None:
        if self._find_declared(key) is not None:
            return
        if schema_id := SCHEMA_NAMES.get(normalize_name(key)):
            message = _(
                "{key!r} is called like the field {schema_id!r} of the schema"
            ).format(key=key, schema_id=schema_id)
            hint = _("rename it: queries and columns of that name mean the schema's")
        elif near := self._find_near(key):
            message, hint = (
                _("unknown key {key!r}").format(key=key),
                _("did you mean {near!r}?").format(near=near),
            )
        else:
            return
        self._reports[key] += 1
        if self._reports[key] <= _MOST_REPORTS:
            faults.append(Fault(path, Level.WARNING, message, hint))

    def _check_value(
        self,
        field: DeclaredField,
        name: str,
        text: str,
        path: ValuePath,
        faults: Faults,
    ) -> None:
        quoted = repr(text[:_LONGEST])
        if field.type == "choice":
            if field.choices and text not in field.choices:
                hint = _("one of: {choices}").format(choices=", ".join(field.choices))
                message = _("{id} has no choice {quoted}").format(
                    id=field.id, quoted=quoted
                )
                faults.append(Fault(path, Level.WARNING, message, hint))
            return
        if field.type == "link":
            fits = text.startswith(("http://", "https://"))
        else:
            kind = KINDS.get(field.type, Kind.TEXT)
            reader = OwnReader(kind, frozenset(), field.unit, self._currency)
            fits = reader.read(name, text) is not None
        if not fits:
            message = _("{id} is no {name}: {quoted}").format(
                id=field.id, name=_(_NAMES[field.type]), quoted=quoted
            )
            faults.append(Fault(path, Level.WARNING, message, _(_HINTS[field.type])))

    def _find_near(self, key: str) -> str:
        """Return the key of the schema that a key may be meant for; or nothing."""
        if key not in self._near:
            near = get_close_matches(key[:_LONGEST], SCHEMA_KEYS, n=1, cutoff=_NEAR)
            self._near[key] = near[0] if near else ""
        return self._near[key]

    def check_declared(self, indexes: Mapping[str, int], faults: Faults) -> None:
        """Check what `[[fields]]` says.

        Args:
            indexes: The first index of each id in the list of tables.
            faults: Receives the problems.
        """
        taken: dict[str, str] = {}
        for name, field in self._declared.items():
            path: ValuePath = ("fields", indexes[name])
            for key in ("id", "name", "name_zh"):
                _check_name(field, key, taken, (*path, key), faults)
            if field.choices and field.type != "choice":
                hint = _('write type = "choice", or take the choices out')
                message = _("choices of a field that is {type}").format(
                    type=_name_type(field)
                )
                faults.append(Fault((*path, "choices"), Level.WARNING, message, hint))
            if len(set(map(fold, field.choices))) < len(field.choices):
                message = _("a choice stands twice")
                hint = _("each has one place in the order")
                faults.append(Fault((*path, "choices"), Level.WARNING, message, hint))
            if field.unit and field.type == "amount" and not parse_unit(field.unit):
                message = _("{unit!r} is no unit of money").format(
                    unit=field.unit[:_LONGEST]
                )
                hint = _("write 万元, 亿元 or EUR million, say")
                faults.append(Fault((*path, "unit"), Level.WARNING, message, hint))


def _check_name(
    field: DeclaredField,
    key: str,
    taken: dict[str, str],
    path: ValuePath,
    faults: Faults,
) -> None:
    """Check one of the names of a field against the schema and other fields."""
    name = getattr(field, key)
    normalized = normalize_name(name)
    if key == "id" and not normalized:
        message, hint = (
            _("an id without a letter or a digit"),
            _("no query can name it"),
        )
        faults.append(Fault(path, Level.WARNING, message, hint))
    elif schema_id := SCHEMA_NAMES.get(normalized):
        message = _(
            "a field called like one of the schema: {name!r} is {schema_id}"
        ).format(name=name, schema_id=schema_id)
        hint = _("the schema's is meant: take another name")
        faults.append(Fault(path, Level.WARNING, message, hint))
    elif normalized and taken.setdefault(normalized, field.id) != field.id:
        message = _("{name!r} is the field {taken!r} already").format(
            name=name, taken=taken[normalized]
        )
        hint = _("letters and digits alone count: take another name")
        faults.append(Fault(path, Level.WARNING, message, hint))


def _name_type(field: DeclaredField) -> str:
    return f"a {field.type}" if field.type else _("of no type")


def _iterate_values(project: Project) -> Iterator[tuple[str, str, ValuePath]]:
    """Yield the name, the text and the way to each value that may be of a field."""
    for key, written in project.other:
        for text in split_list(written):
            yield key, text, (key,)
    for nth, fact in enumerate(project.facts):
        yield fact.label, fact.value, ("facts", nth, "value")
