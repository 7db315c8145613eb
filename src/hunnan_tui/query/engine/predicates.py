"""Terms with a field, as masks of the projects that they let through."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import timedelta

from hunnan_tui.core.date_parser import Span
from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.model import WATCH
from hunnan_tui.core.money import Amount
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask, texts
from hunnan_tui.query.engine.dated import Days
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.texts import SAID_IN_PINYIN
from hunnan_tui.query.language.ast import (
    Age,
    Compare,
    Glob,
    Is,
    Pattern,
    Range,
    Single,
    Text,
    Value,
)
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import kind_of
from hunnan_tui.query.text.globs import compile_glob
from hunnan_tui.query.text.pinyin import compile_pinyin

LARGEST = 10
"""How many investments are the largest."""

STALE_DAYS = 180
_STEP = 1_000
"""Texts that are compared at a time: a millisecond or two."""

Steps = Generator[None, None, int]
"""Work that may take long, some milliseconds at a time; gives a mask in the end."""


def compare(tables: Tables, leaf: Compare) -> int:
    """Return the projects in which a field that is no text has a value of a term."""
    by_kind = _BY_KIND[kind_of(leaf.name)]
    found = 0
    for value in leaf.values:
        found |= by_kind(tables, leaf, value)
    return found


def has(tables: Tables, field: str) -> int:
    """Return the projects that state something in a field."""
    kind = kind_of(field)
    stated: Iterable[object]
    if field in FACET_GETTERS:
        stated = tables.vocabulary(field).column
    elif kind in NUMERIC:
        stated = (number is not None for number in tables.numbers(field))
    elif kind is Kind.AGE:
        stated = tables.latest()
    elif kind is Kind.DATE:
        stated = tables.days(field)
    else:
        stated = tables.texts(field)
    return bitmask.from_flags(map(bool, stated))


def passes(tables: Tables, leaf: Is) -> int:
    """Return the projects that pass a named test."""
    match leaf.name:
        case "watched":
            return tables.vocabulary("tag").mask(fold(WATCH))
        case "tagged":
            return has(tables, "tag")
        case "noted":
            return has(tables, "note")
        case "stale":
            since = leaf.today - timedelta(days=STALE_DAYS)
            age = Age(STALE_DAYS, "d", since)
            return compare(tables, Compare("age", ">", (age,)))
        case "due":
            today = Span("today", leaf.today, leaf.today)
            return compare(tables, Compare("due", "<=", (today,)))
        case "needy":
            return bitmask.from_flags(tables.needy())
        case _:
            return _largest(tables)


def _largest(tables: Tables) -> int:
    amounts = tables.amounts()
    stated = sorted((each for each in amounts if each is not None), reverse=True)
    least = min(stated[:LARGEST], default=0)
    return bitmask.from_flags(each is not None and each >= least for each in amounts)


def _ends(op: str, value: Value) -> tuple[Single | None, Single | None]:
    """Return between which values a field must lie."""
    if isinstance(value, Range):
        return value.low, value.high
    return (
        value if op in (":", "=", ">", ">=") else None,
        value if op in (":", "=", "<", "<=") else None,
    )


def _between(
    numbers: Iterable[int | None], low: int | None, high: int | None, *, strict: bool
) -> int:
    """Return where a number lies between two; where there is none it does not."""
    least = float("-inf") if low is None else low
    most = float("inf") if high is None else high
    if strict:
        return bitmask.from_flags(
            [number is not None and least < number < most for number in numbers]
        )
    return bitmask.from_flags(
        [number is not None and least <= number <= most for number in numbers]
    )


def _number(tables: Tables, leaf: Compare, value: Value) -> int:
    low, high = (
        end if isinstance(end, Amount) else None for end in _ends(leaf.op, value)
    )
    dollars = any(end is not None and end.dollars for end in (low, high))
    return _between(
        tables.amounts(dollars=True) if dollars else tables.numbers(leaf.name),
        low.value if low else None,
        high.value if high else None,
        strict=leaf.op in ("<", ">"),
    )


def _age(tables: Tables, leaf: Compare, value: Value) -> int:
    """Compare ages: the older a project, the longer ago the last word on it."""
    low, high = (
        end.since.toordinal() if isinstance(end, Age) else None
        for end in _ends(leaf.op, value)
    )
    latest = (days[1] if days else None for days in tables.latest())
    return _between(latest, high, low, strict=leaf.op in ("<", ">"))


def _date(tables: Tables, leaf: Compare, value: Value) -> int:
    """Compare dates; a month lies in a range when all of its days do."""
    low, high = (
        end if isinstance(end, Span) else None for end in _ends(leaf.op, value)
    )
    # behind March is from 1 April on, from March on is from 1 March on
    least = (low.last if leaf.op == ">" else low.first).toordinal() if low else 0
    most = (high.first if leaf.op == "<" else high.last).toordinal() if high else 10**9
    strict = leaf.op in ("<", ">")

    def lies_between(days: Days) -> bool:
        if strict:
            return least < days[0] and days[1] < most
        return least <= days[0] and days[1] <= most

    return bitmask.from_flags(
        any(map(lies_between, days)) for days in tables.days(leaf.name)
    )


def _stage(tables: Tables, leaf: Compare, value: Value) -> int:
    """Compare stages in the order in which the dataset lists them."""
    vocabulary = tables.vocabulary(leaf.name)
    if leaf.op in (":", "=") and not isinstance(value, Range):
        return vocabulary.mask_of(vocabulary.meant(value))
    order = list(tables.dataset.stages)
    rank_of = {stage: rank for rank, stage in enumerate(order)}
    first, last = 0, len(order) - 1
    low, high = _ends(leaf.op, value)
    if low is not None:
        ranks = [rank_of[each] for each in vocabulary.meant(low) if each in rank_of]
        first = (
            (max(ranks) + 1 if leaf.op == ">" else min(ranks)) if ranks else last + 1
        )
    if high is not None:
        ranks = [rank_of[each] for each in vocabulary.meant(high) if each in rank_of]
        last = (min(ranks) - 1 if leaf.op == "<" else max(ranks)) if ranks else -1
    return vocabulary.mask_of(order[first : last + 1])


def _listed(tables: Tables, leaf: Compare, value: Value) -> int:
    vocabulary = tables.vocabulary(leaf.name)
    return vocabulary.mask_of(vocabulary.meant(value, exact=leaf.op == "="))


def compare_texts(tables: Tables, leaf: Compare) -> Steps:
    """Find out what `compare` does for a field of text, bit by bit."""
    yield from tables.readying(leaf.name)
    column, flags = tables.texts(leaf.name), bytearray(tables.count)
    for value in leaf.values:
        fits = _fits(leaf, value)
        for start in range(0, tables.count, _STEP):
            for place, text in enumerate(column[start : start + _STEP], start):
                if fits(text):
                    flags[place] = 1
            yield
        if isinstance(value, Text) and leaf.op == ":":
            yield from _add_said(tables, leaf.name, fold(value.text), flags)
    return bitmask.from_flags(flags)


def _fits(leaf: Compare, value: Value) -> Callable[[str], object]:
    """Return what tells whether the texts of a project, each a line, fit a value."""
    if isinstance(value, Pattern):
        return value.automaton.search
    if isinstance(value, Glob):
        fits = compile_glob(value.text, whole=leaf.op == "=")
        return lambda text: any(map(fits, text.strip("\n").split("\n")))
    wanted = fold(value.text) if isinstance(value, Text) else ""
    if leaf.op == "=":
        wanted = f"\n{wanted}\n"
    return lambda text: wanted in text


def _add_said(
    tables: Tables, field: str, word: str, flags: bytearray
) -> Iterator[None]:
    """Add the projects in which a word is said in a field."""
    sound = compile_pinyin(word) if field in SAID_IN_PINYIN else None
    everywhere = tables.said() if sound is not None else None
    if sound is None or everywhere is None:
        return
    haystacks, begin = tables.haystacks(), f"'{word[:1]}"
    for start in range(0, tables.count, _STEP):
        for place, said in enumerate(everywhere[start : start + _STEP], start):
            if (
                begin in said
                and not flags[place]
                and sound.search(said)  # anywhere: it takes long to ask for one field
                and sound.search(texts.said(field, haystacks[place]))
            ):
                flags[place] = 1
        yield


_BY_KIND: dict[Kind, Callable[[Tables, Compare, Value], int]] = {
    Kind.AMOUNT: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.AGE: _age,
    Kind.STAGE: _stage,
    Kind.CHOICE: _listed,
    Kind.TAG: _listed,
}
