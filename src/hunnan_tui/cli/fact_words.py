"""The words FIELD=VALUE of a command, as steps that change the facts of a project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from hunnan_tui.cli.output import UsageError, check_utf8
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeItem,
    FactStep,
    RemoveItems,
)
from hunnan_tui.core.fact_origin import (
    make_item_origin,
    make_origin_steps,
    make_set_steps,
)
from hunnan_tui.core.fact_values import (
    TABLES,
    Plain,
    dump_day,
    dump_fact,
    dump_item,
    is_fact,
    is_list,
    read_item,
)
from hunnan_tui.core.fields import BY_KEY, FIELDS, Field
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.own_fields import OwnField, OwnFields, derive_own_fields
from hunnan_tui.core.own_values import normalize_name
from hunnan_tui.core.text import UNSAFE, fold
from hunnan_tui.core.typed_facts import (
    TypedFactError,
    clean_typed,
    read_day,
    read_party,
    read_typed,
    resolve_terms,
    split_typed,
)

_PAIR = re.compile(r"([^=]*?)(\+|-)?=(.*)", re.DOTALL)
_LONGEST_NAME = 60
_PARTS = re.compile(r"\s*[;；\n]\s*")
_SCALARS = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?|true|false")
"""What is a number of TOML; with a zero in front or many digits it is a code."""


class FactWord(NamedTuple):
    """One FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE."""

    name: str
    sign: str
    """`+`, `-`, or nothing for a value that replaces another."""
    text: str


def split_words(words: Iterable[str]) -> list[FactWord]:
    """Return words as pairs; UsageError for one that is none."""
    pairs: list[FactWord] = []
    for word in words:
        match = _PAIR.fullmatch(check_utf8(word))
        if not match or not match[1].strip():
            raise UsageError(
                _(
                    "{word!r} is no FIELD=VALUE: write stage=signed, say, or jobs= to "
                    "remove"
                ).format(word=word)
            )
        pairs.append(FactWord(match[1].strip(), match[2] or "", match[3].strip()))
    return pairs


class FactReader:
    """Reads pairs for the projects of a dataset."""

    def __init__(
        self,
        dataset: Dataset,
        *,
        source: str,
        may_be_new: bool,
        is_origin_given: bool = False,
    ) -> None:
        """Prepare to read.

        Args:
            dataset: The dataset.
            source: The id of the source of it all; empty for own knowledge.
            may_be_new: Whether a name that nothing has may become a field.
            is_origin_given: Whether it was said who says it: then that is noted of
                values too that stay as they are.
        """
        self._dataset = dataset
        self._source = source
        self._may_be_new = may_be_new
        self._is_origin_given = is_origin_given
        self._today = date.today()  # noqa: DTZ011 - the reader's day

    def make_steps(
        self, project: Project, pairs: Sequence[FactWord]
    ) -> tuple[FactStep, ...]:
        """Return the steps that pairs mean for a project.

        Raises:
            UsageError: A field cannot be set so.
            TypedFactError: A value cannot be read.
        """
        steps: list[FactStep] = []
        values: dict[str, Plain] = {}
        stated: dict[str, bool] = {}
        for pair in pairs:
            key, label = self._find_key(project, pair.name)
            try:
                if label:
                    steps += self._set_labelled(project, label, pair)
                elif pair.sign or key in TABLES:
                    listed = self._change_list(project, key, pair)
                    steps += listed
                    stated |= dict.fromkeys([key] if listed else [], True)
                else:
                    values |= self._read_values(key, pair.text)
            except TypedFactError as error:
                raise TypedFactError(format_line(pair.name, str(error))) from None
        set_steps = make_set_steps(project, values)
        stated |= {step.key: values.get(step.key) is not None for step in set_steps}
        if self._is_origin_given:
            stated |= {key: True for key, new in values.items() if new is not None}
        origin = make_origin_steps(project, stated, self._source) if stated else ()
        return (*set_steps, *steps, *origin)

    def read_record(self, pairs: Sequence[FactWord]) -> dict[str, Plain]:
        """Return the plain values of a new project, in the order of the schema."""
        from hunnan_tui.core.fact_changes import FactsEditor

        blank = Project("", "", "")
        facts = FactsEditor(blank)
        facts.apply(self.make_steps(blank, pairs))
        order = {key: rank for rank, key in enumerate(BY_KEY)}
        given = ((k, v) for k, v in facts.changed.items() if v is not None)
        return dict(sorted(given, key=lambda item: order.get(item[0], len(order))))

    @cached_property
    def _own(self) -> OwnFields:
        return derive_own_fields(self._dataset)

    def _find_key(self, project: Project, name: str) -> tuple[str, str]:
        """Return the key that a name means, or the label of a fact as second."""
        field = _find_field(name)
        if field is not None:
            _check_editable(field, name)
            return field.key, ""
        normalized = normalize_name(name)
        own = self._own.find(name)
        alike = {normalized, *map(normalize_name, own.names if own else ())}
        for key, _text in project.other:
            if normalize_name(key) in alike:
                return key, ""
        for fact in project.facts:
            if normalize_name(fact.label) in alike:
                return "", fact.label
        if own is not None:
            return self._find_form(own, alike)
        return self._accept_new(name), ""

    def _find_form(self, own: OwnField, alike: set[str]) -> tuple[str, str]:
        """Return the key or the label under which others state a field."""
        for project in self._dataset.projects.values():
            for key, _text in project.other:
                if normalize_name(key) in alike:
                    return key, ""
            for fact in project.facts:
                if normalize_name(fact.label) in alike:
                    return "", fact.label
        declared = self._dataset.fields  # and stated by none so far
        keys = (key for key in declared if normalize_name(key) in alike)
        return next(keys, own.id), ""

    def _accept_new(self, name: str) -> str:
        from difflib import get_close_matches

        known = [field.key for field in FIELDS.values() if field.key]
        known += [own.id for own in self._own]
        near = get_close_matches(name.casefold(), known, n=1, cutoff=0.75)
        if near and not self._may_be_new:
            raise UsageError(
                _(
                    "There is no field {name!r}: did you mean {near}? With --new it "
                    "becomes a field of your own"
                ).format(name=name, near=near[0])
            )
        if UNSAFE.search(name) or len(name) > _LONGEST_NAME or "\n" in name:
            raise UsageError(
                _(
                    "A field has a name of up to {longest_name} characters on one line"
                ).format(longest_name=_LONGEST_NAME)
            )
        return name

    def _read_values(self, key: str, text: str) -> dict[str, Plain]:
        if key not in BY_KEY:
            return {key: self._read_own(key, text)}
        if key == "sources":
            return {key: [self._find_source(part) for part in split_typed(text)]}
        if key == "part_of" and text and text not in self._dataset.projects:
            raise UsageError(_("No project has the id {text!r}").format(text=text))
        if is_list(key) and key != "industries":
            return {key: split_typed(text)}
        return dict(read_typed(key, text, self._dataset, self._today).values)

    def _read_own(self, key: str, text: str) -> Plain:
        cleaned = clean_typed(text, is_prose="\n" in text)
        if not cleaned:
            return None
        own = self._own.find(key)
        if own is not None and own.type == "date":
            return dump_day(read_day(cleaned, self._today))
        is_plain = own is None or own.type in ("number", "amount")
        if is_plain and _SCALARS.fullmatch(cleaned):
            return _parse_scalar(cleaned)
        return cleaned

    def _change_list(
        self, project: Project, key: str, pair: FactWord
    ) -> Sequence[FactStep]:
        if not is_list(key):
            raise UsageError(
                _("{name} is no list: write {name}=VALUE").format(name=pair.name)
            )
        items = self._read_items(key, pair.text, is_removed=pair.sign == "-")
        if not pair.sign:
            return make_set_steps(project, {key: items or None})
        if pair.sign == "+":
            return (AddItems(key, tuple(items)),) if items else ()
        now = dump_fact(project, key)
        known = now if isinstance(now, list) else []
        gone = [item for item in known if _matches_any(key, item, items)]
        return (RemoveItems(key, tuple(gone)),) if gone else ()

    def _read_items(self, key: str, text: str, *, is_removed: bool) -> list[Plain]:
        if key == "industries":
            terms = resolve_terms(text, self._dataset.industries, "industry")
            return [term.id for term in terms]
        if key == "sources":
            ids = split_typed(text)
            return ids if is_removed else [self._find_source(part) for part in ids]
        if key not in TABLES:
            return [*split_typed(text)]
        parts = [part for part in _PARTS.split(text.strip()) if part]
        make = {"parties": read_party, "facts": _read_label, "events": self._read_event}
        items = [make[key](clean_typed(part)) for part in parts]
        if key == "parties" or is_removed:
            return items
        return [{**item, **make_item_origin(self._source)} for item in items]

    def _read_event(self, text: str) -> dict[str, Plain]:
        """Return an event of its text, with its day in front."""
        day, _, what = text.partition(" ")
        try:
            return {"date": dump_day(read_day(day, self._today)), "what": what.strip()}
        except HunnanError:
            return {"what": text}

    def _set_labelled(
        self, project: Project, label: str, pair: FactWord
    ) -> Sequence[FactStep]:
        if pair.sign:
            raise UsageError(
                _("{name} is no list: write {name}=VALUE").format(name=pair.name)
            )
        known = [fact for fact in project.facts if fact.label == label]
        if len(known) > 1:
            raise UsageError(
                _("The project has several facts called {label!r}").format(label=label)
            )
        old = dump_item("facts", known[0]) if known else None
        value = clean_typed(pair.text)
        if not value:
            return (RemoveItems("facts", (old,)),) if old else ()
        new = {"label": label, "value": value, **make_item_origin(self._source)}
        if old is None:
            return (AddItems("facts", (new,)),)
        return () if old.get("value") == value else (ChangeItem("facts", old, new),)

    def _find_source(self, id: str) -> str:
        return find_source(self._dataset, id)


def find_source(dataset: Dataset, id: str) -> str:
    """Return the id of a source; UsageError if there is none."""
    if id in dataset.sources:
        return id
    from difflib import get_close_matches

    near = get_close_matches(id, dataset.sources, n=1)
    hint = _("did you mean {near}? ").format(near=near[0]) if near else ""
    raise UsageError(
        _("No source has the id {id!r}: {hint}`hunnan-tui source add` adds one").format(
            id=id, hint=hint
        )
    )


def _read_label(typed: str) -> dict[str, Any]:
    label, colon, value = typed.replace("：", ":").partition(":")
    if not colon or not label.strip() or not value.strip():
        raise TypedFactError(
            _("{typed!r} is no labelled fact: write LABEL: VALUE").format(typed=typed)
        )
    return {"label": label.strip(), "value": value.strip()}


def _find_field(name: str) -> Field | None:
    folded = fold(name)
    for field in FIELDS.values():
        names = (field.id, field.key, field.name, field.name_zh, *field.aliases)
        if folded in map(fold, filter(None, names)):
            return field
    return None


_COMMANDS = {"tags": "tag add", "notes": "note add", "needs": "need add"}


def _check_editable(field: Field, name: str) -> None:
    if not field.key:
        raise UsageError(
            _("{name} follows from other fields: it cannot be set").format(name=name)
        )
    if field.key == "id":
        raise UsageError(
            _("An id stays as it is: notes and links find a project by it")
        )
    if not is_fact(field.key):
        command = _COMMANDS.get(field.key, "follow")
        raise UsageError(
            _("{name} is no fact: see `hunnan-tui {command} --help`").format(
                name=name, command=command
            )
        )


def _matches_any(key: str, item: Plain, items: Sequence[Plain]) -> bool:
    """Return whether an element is one of those that somebody typed in short."""
    value = read_item(key, item)
    if key not in TABLES:
        return value in items
    return any(
        all(
            getattr(value, name) == getattr(read_item(key, each), name) for name in each
        )
        for each in items
    )


def _parse_scalar(text: str) -> Plain:
    if text in ("true", "false"):
        return text == "true"
    return float(text) if "." in text else int(text)
