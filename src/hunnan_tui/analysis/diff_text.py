"""A difference in words: sections of lines, each of a project or of an entry.

The text is as the files have it: whoever shows it cleans it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hunnan_tui.analysis.diff import (
    FACTS,
    OWN,
    Difference,
    Entries,
    Pair,
)
from hunnan_tui.analysis.field_text import (
    NOT_STATED,
    Items,
    format_amount,
    format_field,
)
from hunnan_tui.core.counts import format_line, join_words
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import format_exact, format_short

_LABELS = {
    "name_zh": N_("Chinese name"),
    "title_zh": N_("Chinese title"),
    "investment_usd": N_("investment in dollars"),
    "fields": N_("fields of your own"),
    "faulty": N_("not readable as written"),
}
_SHORT = 50
"""Maximum length of texts that are shown as old → new on one line."""


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One difference."""

    what: str
    more: Items = ()
    """The changes, one text for each field."""
    id: str = ""
    keys: tuple[str, ...] = ()
    """The project's key in the new dataset, and in the old one; none for an entry."""


@dataclass(frozen=True, slots=True)
class DiffSection:
    """Differences of one kind."""

    title: str
    lines: tuple[DiffLine, ...]


def format_counts(difference: Difference) -> str:
    """Return "moved forward: 1 · new: 2", or "no difference"."""
    sections = build_sections(difference)
    parts = [
        format_line(section.title.lower(), f"{len(section.lines):,}")
        for section in sections
    ]
    return " · ".join(parts) or _("no difference")


def build_sections(difference: Difference) -> Iterator[DiffSection]:
    """Yield the sections that have lines, the most important first."""
    for title, lines in _list_sections(difference):
        if content := tuple(lines):
            yield DiffSection(title, content)


def _list_sections(difference: Difference) -> Iterator[tuple[str, Iterable[DiffLine]]]:
    old, new = difference.old, difference.new
    pairs = (*difference.renamed, *difference.changed)
    moved = [pair for pair in pairs if pair.moved]
    yield (
        _("Moved forward"),
        _format_moves(difference, (p for p in moved if (p.steps or 0) > 0)),
    )
    yield (
        _("Moved back"),
        _format_moves(difference, (p for p in moved if (p.steps or 0) < 0)),
    )
    yield (
        _("Stage stated otherwise"),
        _format_moves(difference, (pair for pair in moved if not pair.steps)),
    )
    yield (
        _("Value changed"),
        (
            _build_line(p, (_format_value_change(p, old, new),))
            for p in pairs
            if p.revalued
        ),
    )
    yield _("Probably renamed"), map(_format_renamed, difference.renamed)
    yield _("New"), (_format_project(project, new) for project in difference.added)
    yield _("Gone"), (_format_project(project, old) for project in difference.gone)
    shown = tuple(name for name in FACTS if name not in ("stage", "investment"))
    yield _("Changed otherwise"), _format_other_changes(difference, pairs, shown)
    yield _("Own tags, notes and plans"), _format_other_changes(difference, pairs, OWN)
    yield _("Announcements"), _format_entries(difference, "announcements", "statement")
    yield _("Sources"), _format_entries(difference, "sources", "title")
    yield _("Dataset"), (_format_head(name, old, new) for name in difference.head)


def _format_moves(difference: Difference, pairs: Iterable[Pair]) -> Iterator[DiffLine]:
    for pair in pairs:
        before = name_stage(pair.old.stage, difference.old) or _(NOT_STATED)
        after = name_stage(pair.new.stage, difference.new) or _(NOT_STATED)
        day = pair.new.stage_date
        since = _(", {text}").format(text=day) if day else ""
        yield _build_line(pair, (f"{before} → {after}{since}",))


def _format_value_change(pair: Pair, old: Dataset, new: Dataset) -> str:
    before, after = pair.old.investment, pair.new.investment
    if before is None or after is None:
        stated = (
            format_amount(after or 0, new)
            if before is None
            else format_amount(before or 0, old)
        )
        return (
            _("now {stated}").format(stated=stated)
            if before is None
            else _("was {stated}, not stated now").format(stated=stated)
        )
    is_exact = format_short(before) == format_short(after)
    text = f"{format_amount(before, old, in_full=is_exact)} → "
    text += format_amount(after, new, in_full=is_exact)
    if old.currency != new.currency:
        return text
    gain = after - before
    size = format_exact(abs(gain)) if is_exact else format_short(abs(gain))
    return f"{text} ({'+' if gain > 0 else '-'}{size})"


def _format_renamed(pair: Pair) -> DiffLine:
    return _build_line(pair, (f"{pair.old.key} → {pair.new.key}",))


def _format_project(project: Project, dataset: Dataset) -> DiffLine:
    about = [name_stage(project.stage, dataset)]
    if project.investment is not None:
        about.append(format_amount(project.investment, dataset))
    more = join_words(filter(None, about))
    return DiffLine(
        _format_name(project),
        (more,) if more else (),
        project.id or project.key,
        (project.key,),
    )


def _format_other_changes(
    difference: Difference, pairs: Iterable[Pair], names: tuple[str, ...]
) -> Iterator[DiffLine]:
    for pair in pairs:
        more = tuple(
            text
            for name in pair.fields
            if name in names
            for text in _format_field_change(difference, pair, name)
        )
        if more:
            yield _build_line(pair, more)


def _format_field_change(
    difference: Difference, pair: Pair, name: str
) -> Iterator[str]:
    if name == "other":
        return _format_own_changes(difference, pair)
    return format_change(
        name,
        format_field(pair.old, name, difference.old),
        format_field(pair.new, name, difference.new),
    )


def _format_own_changes(difference: Difference, pair: Pair) -> Iterator[str]:
    """Yield the changes of each key that the schema does not know; never nothing."""
    from hunnan_tui.analysis.own_text import describe_own_keys

    names: dict[str, str] = {}
    values: list[dict[str, list[str]]] = []
    for project, dataset in (
        (pair.old, difference.old),
        (pair.new, difference.new),
    ):
        texts: dict[str, list[str]] = {}
        for own in describe_own_keys(project, dataset):
            names[own.id] = own.name
            texts.setdefault(own.id, []).append(own.text)
        values.append(texts)
    changed = [
        text
        for id_, name in names.items()
        if values[0].get(id_) != values[1].get(id_)
        for text in format_change(
            name, tuple(values[0].get(id_, ())), tuple(values[1].get(id_, ()))
        )
    ]
    yield from changed or [_("fields of your own: written otherwise")]


def format_change(name: str, old: Items, new: Items) -> Iterator[str]:
    """Yield the removed and added values of a field; never nothing."""
    label = _(_LABELS.get(name, name.replace("_", " ")))
    if is_chinese() and name in BY_KEY:
        label = BY_KEY[name].label
    lost, gained = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not lost and not gained:
        how = _("in another order") if old != new else _("other sources or details")
        yield format_line(label, how)
    elif len(old) <= 1 and len(new) <= 1 and max(map(len, old + new)) <= _SHORT:
        change = f"{''.join(old) or '–'} → {''.join(new) or '–'}"
        yield format_line(label, change)
    else:
        yield from (format_line(label, f"- {text}") for text in lost.elements())
        yield from (format_line(label, f"+ {text}") for text in gained.elements())


def _format_entries(
    difference: Difference, name: str, title: str
) -> Iterator[DiffLine]:
    entries: Entries = getattr(difference, name)
    old: Mapping[str, object] = getattr(difference.old, name)
    new: Mapping[str, object] = getattr(difference.new, name)
    for key in entries.new:
        yield DiffLine(
            _("new: {value}").format(value=getattr(new[key], title)), (), key
        )
    for key in entries.gone:
        yield DiffLine(
            _("gone: {value}").format(value=getattr(old[key], title)), (), key
        )
    for key in entries.changed:
        before, after = _flatten_entry(old[key]), _flatten_entry(new[key])
        more = tuple(
            text
            for part in before
            if before[part] != after[part]
            for text in format_change(part, before[part], after[part])
        )
        yield DiffLine(
            _("changed: {value}").format(value=getattr(new[key], title)), more, key
        )


def _flatten_entry(entry: Any) -> dict[str, Items]:
    """Return the fields of an entry, a named tuple, as texts."""
    return {name: _format_values(value) for name, value in entry._asdict().items()}


def _format_values(value: object) -> Items:
    if isinstance(value, Mapping):
        return tuple(map(_format_value, value.values()))
    if isinstance(value, tuple):
        return tuple(map(_format_value, value))
    if isinstance(value, int):
        return (format_exact(value),)
    return (str(value),) if value not in ("", None) else ()


def _format_value(part: object) -> str:
    if isinstance(part, str):
        return part
    return ", ".join(text for texts in _flatten_entry(part).values() for text in texts)


def _format_head(name: str, old: Dataset, new: Dataset) -> DiffLine:
    before, after = (
        _format_values(getattr(old, name)),
        _format_values(getattr(new, name)),
    )
    first, *more = format_change(name, before, after)
    return DiffLine(first, tuple(more))


def _build_line(pair: Pair, more: Items) -> DiffLine:
    keys = pair.new.key, pair.old.key
    return DiffLine(_format_name(pair.new), more, pair.new.id or pair.new.key, keys)


def _format_name(project: Project) -> str:
    return project.name or project.name_zh or project.key
