"""What is changed when a reader edits a fact: the steps, with who says it.

A fact is named as in `provenance`: `investment`, `party 0`, `event 2`; `event new` and the
like are one more. A key of a project that has no such name is named by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import tomli

from hunnan_tui.analysis.project_text import sort_events
from hunnan_tui.core.computed_values import is_own_knowledge
from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeItem,
    FactsEditor,
    FactStep,
    RemoveItems,
)
from hunnan_tui.core.fact_origin import (
    make_item_origin,
    make_origin_steps,
    make_set_steps,
)
from hunnan_tui.core.fact_values import TABLES, dump_day, dump_fact, dump_item
from hunnan_tui.core.fields import BY_KEY, FIELDS
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import Amount, format_typed
from hunnan_tui.core.typed_facts import (
    clean_typed,
    read_day,
    read_party,
    read_typed,
    resolve_term,
)

NEW = "new"
"""In place of the number of a party, an event or a fact: one more."""
_LISTS = {"party": "parties", "event": "events", "fact": "facts"}
_KEYS = {"industry": "industries"}
_SAYERS = ("basis", "by")
"""Keys of an item that say who says it: nobody types them."""

Typed = Mapping[str, str]
"""What was typed, by the keys that it is for."""


class FactText(NamedTuple):
    """A fact that can be edited."""

    name: str
    label: str
    text: str
    """What it says now, in words; empty if it is not stated."""


def list_key_texts(name: str, project: Project) -> dict[str, str]:
    """Return the texts that a fact consists of as they would be typed, by key."""
    kind, _, number = name.partition(" ")
    if kind in _LISTS:
        item = _find_item(project, kind, number)
        keys = TABLES[_LISTS[kind]]._fields
        return {key: getattr(item, key, "") for key in keys if key not in _SAYERS}
    key = find_key(name)
    if key == "stage":
        return {"stage": project.stage, "stage_date": project.stage_date}
    if key == "investment":
        return {key: _type_investment(project)}
    value = dump_fact(project, key)
    if isinstance(value, list):
        return {key: ", ".join(map(str, value))}
    return {key: "" if value is None else str(value)}


def find_key(name: str) -> str:
    """Return the key of a project that a fact is stored under."""
    kind = name.partition(" ")[0]
    if kind in _LISTS:
        return _LISTS[kind]
    field = FIELDS.get(name)
    return _KEYS.get(name) or (field.key if field and field.key else name)


def find_item_source(name: str, project: Project) -> str:
    """Return the source that an event or a fact names; empty for none."""
    kind, _, number = name.partition(" ")
    item = _find_item(project, kind, number) if kind in ("event", "fact") else None
    return item.source if item is not None else ""


def make_steps(
    name: str,
    typed: Typed,
    project: Project,
    dataset: Dataset,
    today: date,
    source: str,
) -> tuple[FactStep, ...]:
    """Return the steps that make a fact what was typed; none if it is that already.

    Args:
        name: The fact.
        typed: Its texts, as `list_key_texts` gives them.
        project: The project as it was shown.
        dataset: Its stages and industries are meant.
        today: The current day.
        source: The id of the source that says it; empty for the reader's own knowledge.

    Raises:
        TypedFactError: A text cannot be read.
    """
    kind, _, number = name.partition(" ")
    if kind in _LISTS:
        return _make_item_steps(kind, number, typed, project, dataset, today, source)
    values: dict[str, Any] = {}
    for key, text in typed.items():
        if any(key == known for known, _ in project.other):
            values[key] = _read_other(project, key, text)
        else:
            values |= read_typed(key, text, dataset, today).values
    steps = make_set_steps(project, values)
    said = {step.key: values.get(step.key) is not None for step in steps}
    if not said and source and not _is_said_by(project, values, source):
        said = {key: True for key, value in values.items() if value is not None}
    return (*steps, *make_origin_steps(project, said, source)) if said else ()


def _is_said_by(project: Project, values: Mapping[str, Any], source: str) -> bool:
    """Return whether a source may state already what is stored under some keys."""
    is_own = any(is_own_knowledge(project, key) for key in values)
    return source in project.sources and not is_own


def make_record(
    typed: Typed, dataset: Dataset, today: date, source: str
) -> dict[str, Any]:
    """Return the table of a new project.

    Args:
        typed: What was typed, by key; `party` is a name, with its role before a colon.
        dataset: Its stages and industries are meant.
        today: The current day.
        source: The id of the source; empty for the reader's own knowledge.

    Raises:
        TypedFactError: A text cannot be read.
    """
    values: dict[str, Any] = {}
    for key, text in typed.items():
        if key not in ("id", "party"):
            values |= read_typed(key, text, dataset, today).values
    if party := clean_typed(typed.get("party", "")):
        values["parties"] = [read_party(party)]
    values = {key: value for key, value in values.items() if value is not None}
    facts = FactsEditor(Project("", "", ""))
    facts.apply(
        (
            *make_set_steps(facts.project, values),
            *make_origin_steps(facts.project, dict.fromkeys(values, True), source),
        )
    )
    order = list(BY_KEY)
    stated = {"id": clean_typed(typed["id"]), **facts.changed}
    return {key: stated[key] for key in sorted(stated, key=order.index)}


def _find_item(project: Project, kind: str, number: str) -> Any:
    items: Sequence[Any] = getattr(project, _LISTS[kind])
    if kind == "event":
        items = sort_events(project.events)
    index = int(number) if number.isdecimal() else len(items)
    return items[index] if index < len(items) else None


def _make_item_steps(
    kind: str,
    number: str,
    typed: Typed,
    project: Project,
    dataset: Dataset,
    today: date,
    source: str,
) -> tuple[FactStep, ...]:
    key, old = _LISTS[kind], _find_item(project, kind, number)
    needed = {"party": "name", "event": "what", "fact": "value"}[kind]
    new: dict[str, Any] = {}
    for name, text in typed.items():
        if name == "date":
            new[name] = dump_day(read_day(text, today)) if text.strip() else None
        elif name == "stage" and text.strip():
            new[name] = resolve_term(text, dataset.stages, "stage").id
        else:
            new[name] = clean_typed(text)
    order = sorted(new, key=lambda name: name != "date")  # a day stands first
    new = {name: new[name] for name in order if new[name]}
    if not new.get(needed):
        if old is None:
            return ()
        removed = RemoveItems(key, (dump_item(key, old),))
        is_last = kind == "party" and len(project.parties) == 1
        gone = {key: False} if is_last else {}
        return (removed, *make_origin_steps(project, gone, source if gone else ""))
    if kind != "party":
        new |= make_item_origin(source)
    before = None if old is None else dump_item(key, old)
    if before and "by" in before and "basis" in new:
        new["by"] = before["by"]  # who knew it first
    if before == new:
        return ()
    step: FactStep = AddItems(key, (new,))
    if before is not None:
        step = ChangeItem(key, before, new)
    said = {key: True} if kind == "party" else {}
    return (step, *make_origin_steps(project, said, source))


def _type_investment(project: Project) -> str:
    """Return an amount as it would be typed."""
    amount = project.investment
    if amount is None:
        usd = project.investment_usd
        return "" if usd is None else format_typed(Amount(usd, dollars=True))
    return f"{project.investment_qualifier} {format_typed(Amount(amount))}".strip()


def _read_other(project: Project, key: str, text: str) -> Any:
    """Return a value of a key of the user's own in the type that it has."""
    cleaned = clean_typed(text, is_prose="\n" in text)
    if not cleaned:
        return None
    old, new = _parse_plain(dump_fact(project, key)), _parse_plain(cleaned)
    return new if type(old) is type(new) else cleaned


def _parse_plain(written: object) -> Any:
    """Return the TOML value that a text is as it is written; else the text."""
    try:
        value = tomli.loads(f"x = {written}")["x"]
    except (ValueError, RecursionError):
        return written
    return value if isinstance(value, int | float | date) else written
