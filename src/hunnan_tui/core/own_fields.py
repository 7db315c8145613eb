"""The fields of the user's own: what the projects of a dataset state beyond the schema.

A key that the schema does not know is one, and so is the label of a fact. Each becomes a
`Field`, which is shown, searched, sorted, compared and exported as those of the schema
are. `[[fields]]` can say more of one; without it the type is that of its values.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hunnan_tui.core.fields import FIELDS, NUMERIC, Field, Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.model import FIELD_TYPES, Dataset, DeclaredField, Project
from hunnan_tui.core.own_rows import Row, collect_own_values
from hunnan_tui.core.own_types import Evidence
from hunnan_tui.core.own_values import OwnReader, normalize_name, split_unit
from hunnan_tui.core.text import display_line

MOST_IN_FACET = 12
"""Distinct values of a field whose values are listed and counted beside the list."""
_RARE = 20
"""One project in so many must state a field for it to be offered."""
_LONGEST_NAME = 60

KINDS = {
    "number": Kind.NUMBER,
    "amount": Kind.AMOUNT,
    "date": Kind.DATE,
    "choice": Kind.CHOICE,
}
"""The kinds of fields by type; those of all other types are text."""
_WIDTHS = {Kind.TEXT: 18, Kind.CHOICE: 14, Kind.STAGE: 14, Kind.NUMBER: 10}

SCHEMA_NAMES: Mapping[str, str] = {
    normalized: field.id
    for field in FIELDS.values()
    for name in (field.id, field.key, *field.aliases)
    if (normalized := normalize_name(name))
}
"""What no field of the user's own is called: the names of the schema, normalized."""


class OwnField(NamedTuple):
    """A field of the user's own."""

    field: Field
    """What it is to whatever shows, compares or exports fields."""
    type: str
    """One of `FIELD_TYPES`."""
    reader: OwnReader
    names: tuple[str, ...] = ()
    """What people call it: its names in `[[fields]]`, its keys and labels."""
    choices: tuple[str, ...] = ()
    """The values of a choice, in their order."""
    stated: int = 0
    """The number of projects that state it."""
    is_common: bool = False
    """Whether enough projects state it for menus to offer it."""
    has_facet: bool = False
    """Whether its values are few enough to be listed and counted beside the list."""

    @property
    def id(self) -> str:
        """What queries call it."""
        return self.field.id

    @property
    def has_groups(self) -> bool:
        """Whether a list can be grouped by its values."""
        return self.field.kind not in (*NUMERIC, Kind.DATE) and self.type != "link"


class OwnFields:
    """The fields of the user's own of one dataset, in the order of its file.

    Iterating gives those that a project states; `find` knows the declared ones too.
    """

    def __init__(self, fields: Iterable[OwnField] = ()) -> None:
        """Take the fields; their ids differ from each other and from the schema's."""
        known = tuple(fields)
        self._stated = tuple(own for own in known if own.stated)
        self._by_id = {own.id: own for own in known}
        self._by_name: dict[str, OwnField] = {}
        wholes = [(own, (own.id, *own.names)) for own in known]
        bases = [(own, [split_unit(n)[0] for n in own.names]) for own in known]
        for own, names in (*wholes, *bases):
            for name in names:
                self._by_name.setdefault(normalize_name(name), own)
        self._by_name.pop("", None)

    def __iter__(self) -> Iterator[OwnField]:
        return iter(self._stated)

    def __len__(self) -> int:
        return len(self._stated)

    def get(self, id: str) -> OwnField | None:
        """Return the field with an id; None if there is none."""
        return self._by_id.get(id)

    def find(self, typed: str) -> OwnField | None:
        """Return the field that a typed name means; None if there is none.

        Only letters and digits count, and the unit of a label may be left off.
        """
        return self._by_name.get(normalize_name(typed))

    def get_common(self) -> list[OwnField]:
        """Return the fields that menus offer."""
        return [own for own in self._stated if own.is_common]

    def get_facets(self) -> list[OwnField]:
        """Return the fields whose values are listed and counted beside the list."""
        return [own for own in self._stated if own.has_facet]


NO_OWN_FIELDS = OwnFields()


def derive_own_fields(dataset: Dataset) -> OwnFields:
    """Return the fields of the user's own of a dataset; reads all of its projects."""
    rows = map(collect_own_values, dataset.projects.values())
    return derive_from_rows(rows, dataset.fields, dataset.currency)


def declare_own_fields(dataset: Dataset) -> OwnFields:
    """Return the fields that `[[fields]]` declares, whatever the projects state."""
    return derive_from_rows((), dataset.fields, dataset.currency)


def derive_from_rows(
    rows: Iterable[Row], declared: Mapping[str, DeclaredField], currency: str
) -> OwnFields:
    """Return the fields of the user's own of a dataset.

    Args:
        rows: The result of `collect_own_values` for each project.
        declared: What `[[fields]]` says, by id.
        currency: The currency of the dataset; empty if it states none.
    """
    declared = _keep_usable(declared)
    gathered = {name: Evidence(currency) for name in declared}
    ids = find_declared_names(declared)
    by_name: dict[str, Evidence | None] = {}
    total = 0
    for row in rows:
        total += 1
        pairs = iter(row)
        for name, text in zip(pairs, pairs, strict=True):
            if name not in by_name:
                by_name[name] = _find_evidence(name, ids, gathered, currency)
            evidence = by_name[name]
            if evidence is not None:
                evidence.add(total, name, text)
    maker = _FieldMaker(total, currency, by_name)
    for name in declared:
        maker.reserve(name)
    return OwnFields(
        maker.make(evidence, declared.get(name))
        for name, evidence in gathered.items()
        if evidence.stated or name in declared
    )


def _keep_usable(declared: Mapping[str, DeclaredField]) -> dict[str, DeclaredField]:
    """Return the fields whose ids are not taken by the schema or by one before."""
    usable: dict[str, DeclaredField] = {}
    taken = {"", *SCHEMA_NAMES}
    for name, field in declared.items():
        normalized = normalize_name(name)
        if normalized not in taken:
            taken.add(normalized)
            usable[name] = field
    return usable


def find_declared_names(declared: Mapping[str, DeclaredField]) -> dict[str, str]:
    """Return the ids of declared fields by each of their names, normalized."""
    ids: dict[str, str] = {}
    for field in declared.values():
        for name in (field.id, field.name, field.name_zh):
            normalized = normalize_name(name)
            if normalized and normalized not in SCHEMA_NAMES:
                ids.setdefault(normalized, field.id)
    return ids


def match_declared(name: str, ids: Mapping[str, str]) -> str:
    """Return the id of the declared field that a key or a label states; or nothing.

    Args:
        name: The key or the label.
        ids: The result of `find_declared_names`.
    """
    base = normalize_name(split_unit(name)[0])
    return ids.get(normalize_name(name)) or ids.get(base, "")


def _find_evidence(
    name: str, ids: Mapping[str, str], gathered: dict[str, Evidence], currency: str
) -> Evidence | None:
    """Return where the values under a key or label are gathered; None if nowhere."""
    normalized = normalize_name(name)
    if not normalized or normalized in SCHEMA_NAMES:
        return None
    if declared_id := match_declared(name, ids):
        return gathered[declared_id]
    # no declared id has a blank in front
    return gathered.setdefault(f" {normalized}", Evidence(currency))


class _FieldMaker:
    """Makes fields with ids of their own."""

    def __init__(self, total: int, currency: str, labels: Iterable[str]) -> None:
        """Take the number of projects, their currency, and all keys and labels."""
        self._total, self._currency = total, currency
        self._labels = set(map(normalize_name, labels))
        self._taken = {"", *SCHEMA_NAMES}

    def reserve(self, id: str) -> None:
        """Keep an id for the field that declares it."""
        self._taken.add(normalize_name(id))

    def make(self, evidence: Evidence, declared: DeclaredField | None) -> OwnField:
        """Return the field of what was gathered under its names."""
        labels = tuple(evidence.names)
        value_type, unit = evidence.find_type(), evidence.find_unit()
        choices: tuple[str, ...] = ()
        if declared is not None:
            name = declared.name or declared.name_zh or declared.id
            names: tuple[str, ...] = (declared.name, declared.name_zh, *labels)
            typable = make_typable(declared.id)
            if declared.type in FIELD_TYPES:
                value_type, unit = declared.type, declared.unit
            unit = declared.unit or unit
            choices = declared.choices if value_type == "choice" else ()
        else:
            base, names = split_unit(labels[0])[0], labels
            name = base if value_type == "amount" else labels[0]
            typable = self._take_id(base, labels[0])
        kind = Kind.STAGE if choices else KINDS.get(value_type, Kind.TEXT)
        reader = OwnReader(kind, frozenset(labels), unit, self._currency)
        is_common = evidence.stated * _RARE >= self._total
        return OwnField(
            _make_field(
                typable, name, declared.name_zh if declared else "", names, reader
            ),
            value_type,
            reader,
            names=tuple(filter(None, dict.fromkeys(names))),
            choices=choices,
            stated=evidence.stated,
            is_common=is_common,
            has_facet=is_common and self._has_facet(value_type, evidence),
        )

    def _take_id(self, base: str, label: str) -> str:
        """Return an id that no other field has: without the unit, if it is free."""
        short = normalize_name(base)
        is_taken = short in self._taken or short in self._labels
        whole = label if is_taken else base
        short = name = make_typable(whole)[:_LONGEST_NAME].strip("-")
        number = 1
        while normalize_name(name) in self._taken:  # only the beginning is the same
            number += 1
            name = f"{short}-{number}"
        self._taken.add(normalize_name(name))
        return name

    def _has_facet(self, value_type: str, evidence: Evidence) -> bool:
        if value_type in ("choice", "person"):
            return True
        is_usual = evidence.stated * 3 >= self._total
        return (
            value_type == "text"
            and is_usual
            and 2 <= evidence.distinct <= MOST_IN_FACET
        )


def make_typable(name: str) -> str:
    """Return a name as a query can have it before a colon: `Land area` as `land-area`."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "-".join(re.findall(r"\w+", plain))


def _make_field(
    typable: str, name: str, name_zh: str, names: Iterable[str], reader: OwnReader
) -> Field:
    def compute(project: Project, _: Dataset) -> Any:
        return reader.read_value(collect_own_values(project))

    kind = reader.kind
    shown = display_line(name)[:_LONGEST_NAME]
    aliases = dict.fromkeys(map(make_typable, names))
    return Field(
        typable,
        kind,
        shown,
        display_line(name_zh)[:_LONGEST_NAME],
        aliases=tuple(alias for alias in aliases if alias not in ("", typable)),
        help=_("a field of your own")
        if shown == typable
        else _("{shown}, your own").format(shown=shown),
        noun=shown,
        order_name=shown,
        title_width=_WIDTHS.get(kind, 0),
        is_largest_first=kind in (*NUMERIC, Kind.DATE),
        compute=compute,
    )
