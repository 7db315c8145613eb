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
from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeFacts,
    ChangeItem,
    FactStep,
    RemoveItems,
    SetFact,
)
from hunnan_tui.core.fact_values import (
    TABLES,
    dump_day,
    dump_fact,
    dump_item,
    read_fact,
)
from hunnan_tui.core.fields import BY_KEY, FIELDS
from hunnan_tui.core.model import Dataset, Project, Stage
from hunnan_tui.core.money import Amount, format_typed
from hunnan_tui.core.typed_facts import clean_typed, read_day, read_typed, resolve_term

NEW = "new"
"""In place of the number of a party, an event or a fact: one more."""
USER = "user"
"""The basis of what the reader knows without a source."""
_LISTS = {"party": "parties", "event": "events", "fact": "facts"}
_KEYS = {"industry": "industries"}
_NEEDS_BASIS = frozenset(
    ("stage", "investment", "investment_usd", "parties", "district", "place", "url")
)
"""Keys of a new project of which it is noted that only its reader knows them."""

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
        return {key: getattr(item, key, "") for key in keys if key != "basis"}
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
    if "investment" in values:
        values = _keep_wording(values, project)
    steps = _set_values(project, values)
    return (*steps, *_note_basis(project, values, source)) if steps else ()


def move_to_stage(
    project: Project, stage: Stage, day: str, what: str, source: str
) -> ChangeFacts:
    """Return what moves a project to a stage: the stage, its day, and an event.

    Args:
        project: The project as it is shown.
        stage: Where it goes.
        day: When it got there, as ISO text.
        what: What happened; empty for the name of the stage.
        source: The id of the source; empty for the reader's own knowledge.
    """
    event = {"date": dump_day(day), "what": what or stage.name, "stage": stage.id}
    values = {"stage": stage.id, "stage_date": dump_day(day)}
    steps = _set_values(project, values)
    return ChangeFacts(
        (*steps, AddItems("events", ({**event, **_make_origin(source)},)))
    )


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
    record: dict[str, Any] = {"id": clean_typed(typed["id"])}
    for key, text in typed.items():
        if key not in ("id", "party"):
            record |= read_typed(key, text, dataset, today).values
    if party := clean_typed(typed.get("party", "")):
        record["parties"] = [parse_party(party)]
    stated = {key: value for key, value in record.items() if value is not None}
    if "industries" in stated:
        stated["industries_basis"] = "stated" if source else USER
    if source:
        stated["sources"] = [source]
    elif own := [key for key in stated if key in _NEEDS_BASIS]:
        stated["user_facts"] = own
    order = list(BY_KEY)
    return {key: stated[key] for key in sorted(stated, key=order.index)}


def parse_party(typed: str) -> dict[str, str]:
    """Return a party that is typed as `developer: AECC`, or as a name alone."""
    role, colon, name = typed.replace("：", ":").partition(":")
    if colon and name.strip() and role.strip():
        return {"name": name.strip(), "role": role.strip()}
    return {"name": typed}


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
        return (RemoveItems(key, (dump_item(key, old),)),) if old is not None else ()
    if kind != "party":
        new |= _make_origin(source)
    before = None if old is None else dump_item(key, old)
    if before == new:
        return ()
    step: FactStep = AddItems(key, (new,))
    if before is not None:
        step = ChangeItem(key, before, new)
    basis = _note_basis(project, [key], source) if kind == "party" else ()
    return (step, *basis)


def _make_origin(source: str) -> dict[str, str]:
    """Return the keys of a table that say who says it."""
    return {"source": source} if source else {"basis": USER}


def _set_values(project: Project, values: Mapping[str, Any]) -> tuple[FactStep, ...]:
    steps = []
    for key, new in values.items():
        old = dump_fact(project, key)
        if read_fact(key, old) != read_fact(key, new):
            steps.append(SetFact(key, old, new))
    return tuple(steps)


def _note_basis(
    project: Project, keys: Sequence[str] | Mapping[str, Any], source: str
) -> tuple[FactStep, ...]:
    """Return the steps that say who says what is stored under some keys."""
    if "industries" in keys:
        basis = "stated" if source else USER
        steps = _set_values(project, {"industries_basis": basis})
        return (*steps, AddItems("sources", (source,))) if source else steps
    main = next(iter(keys))
    if main in ("name", "name_zh", "caveat") and not source:
        return ()  # what a project is called needs nobody to say it
    if source:
        return RemoveItems("user_facts", (main,)), AddItems("sources", (source,))
    return (AddItems("user_facts", (main,)),)


def _keep_wording(values: dict[str, Any], project: Project) -> dict[str, Any]:
    """Drop the words of a source for an amount that it is no longer."""
    is_same = values["investment"] == project.investment and (
        values["investment_usd"] in (None, project.investment_usd)
    )
    if is_same:  # dollars beside it stay what the source stated
        return values | {"investment_usd": project.investment_usd}
    return values | {"investment_text": None}


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
