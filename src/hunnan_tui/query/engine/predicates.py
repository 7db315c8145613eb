"""Predicates on fields, evaluated to masks of the matching projects."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from hunnan_tui.core.date_parser import DateSpan
from hunnan_tui.core.dates import STALE_DAYS
from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.model import WATCH
from hunnan_tui.core.money import Amount
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask, texts
from hunnan_tui.query.engine.dated import Days
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.texts import PINYIN_FIELDS
from hunnan_tui.query.language.ast import (
    Age,
    Compare,
    Glob,
    Is,
    Number,
    Pattern,
    Range,
    Single,
    Text,
    Value,
)
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.query.text.globs import compile_glob
from hunnan_tui.query.text.pinyin import compile_pinyin, to_pinyin

if TYPE_CHECKING:
    from decimal import Decimal

LARGEST = 10
"""How many of the largest investments `is:largest` matches."""

_MOST_OWN_TEXTS = 5_000
"""Texts of a field of the user's own that are compared by their pinyin."""
_STEP = 1_000
"""Texts that are compared in one step of a millisecond or two."""

Steps = Generator[None, None, int]
"""A computation in steps of some milliseconds that returns a mask."""


def compare(derived: DerivedColumns, leaf: Compare) -> int:
    """Return the projects that match a comparison with a field other than text."""
    compare_value = _COMPARISONS[derived.get_kind(leaf.name)]
    mask = 0
    for value in leaf.values:
        mask |= compare_value(derived, leaf, value)
    return mask


def is_text(derived: DerivedColumns, leaf: Compare) -> bool:
    """Return whether a comparison is one of texts.

    A field of the user's own may have become one of numbers, or one of text, since a
    query was parsed: then it is compared as text, or not at all.
    """
    kind = derived.get_kind(leaf.name)
    if is_of_schema(leaf.name) or kind not in (*NUMERIC, Kind.DATE):
        return kind is Kind.TEXT
    return any(isinstance(value, Text | Glob | Pattern) for value in leaf.values)


def has_value(derived: DerivedColumns, field: str) -> int:
    """Return the projects in which a field is not empty."""
    kind = derived.get_kind(field)
    values: Iterable[object]
    if field in FACET_GETTERS or not is_of_schema(field):
        values = derived.get_vocabulary(field).column
    elif kind in NUMERIC:
        values = (number is not None for number in derived.get_numbers(field))
    elif kind is Kind.AGE:
        values = derived.get_latest_updates()
    elif kind is Kind.DATE:
        values = derived.get_days(field)
    else:
        values = derived.get_texts(field)
    return bitmask.from_flags(map(bool, values))


def run_test(derived: DerivedColumns, leaf: Is) -> int:
    """Return the projects that pass a named test."""
    match leaf.name:
        case "watched":
            return derived.get_vocabulary("tag").get_mask(fold(WATCH))
        case "tagged":
            return has_value(derived, "tag")
        case "noted":
            return has_value(derived, "note")
        case "stale":
            since = leaf.today - timedelta(days=STALE_DAYS)
            age = Age(STALE_DAYS, "d", since)
            return compare(derived, Compare("age", ">", (age,)))
        case "due":
            today = DateSpan("today", leaf.today, leaf.today)
            return compare(derived, Compare("due", "<=", (today,)))
        case "new" | "changed":
            news = derived.find_news()
            keys = news.new if leaf.name == "new" else news.changed
            return bitmask.from_flags(key in keys for key in derived.columns.keys)
        case "needy":
            return bitmask.from_flags(derived.get_open_need_flags())
        case _:
            return _select_largest(derived)


def _select_largest(derived: DerivedColumns) -> int:
    amounts = derived.get_amounts()
    values = sorted((item for item in amounts if item is not None), reverse=True)
    least = min(values[:LARGEST], default=0)
    return bitmask.from_flags(item is not None and item >= least for item in amounts)


def _get_bounds(op: str, value: Value) -> tuple[Single | None, Single | None]:
    """Return the lower and upper bound that a comparison implies."""
    if isinstance(value, Range):
        return value.low, value.high
    return (
        value if op in (":", "=", ">", ">=") else None,
        value if op in (":", "=", "<", "<=") else None,
    )


def _make_range_mask(
    numbers: Iterable[int | Decimal | None],
    low: int | Decimal | None,
    high: int | Decimal | None,
    *,
    strict: bool,
) -> int:
    """Return where a number lies within bounds; a missing one never does."""
    least = float("-inf") if low is None else low
    most = float("inf") if high is None else high
    if strict:
        return bitmask.from_flags(
            [number is not None and least < number < most for number in numbers]
        )
    return bitmask.from_flags(
        [number is not None and least <= number <= most for number in numbers]
    )


def _compare_number(derived: DerivedColumns, leaf: Compare, value: Value) -> int:
    low, high = (
        end if isinstance(end, Amount | Number) else None
        for end in _get_bounds(leaf.op, value)
    )
    dollars = any(isinstance(end, Amount) and end.dollars for end in (low, high))
    return _make_range_mask(
        derived.get_amounts(dollars=True)
        if dollars
        else derived.get_numbers(leaf.name),
        low.value if low else None,
        high.value if high else None,
        strict=leaf.op in ("<", ">"),
    )


def _compare_age(derived: DerivedColumns, leaf: Compare, value: Value) -> int:
    """Compare ages: the time since the latest update of a project."""
    low, high = (
        end.since.toordinal() if isinstance(end, Age) else None
        for end in _get_bounds(leaf.op, value)
    )
    latest = (days[1] if days else None for days in derived.get_latest_updates())
    return _make_range_mask(latest, high, low, strict=leaf.op in ("<", ">"))


def _compare_date(derived: DerivedColumns, leaf: Compare, value: Value) -> int:
    """Compare dates; a month is within a range if all of its days are."""
    low, high = (
        end if isinstance(end, DateSpan) else None
        for end in _get_bounds(leaf.op, value)
    )
    # after March begins on 1 April, from March on 1 March
    least = (low.last if leaf.op == ">" else low.first).toordinal() if low else 0
    most = (high.first if leaf.op == "<" else high.last).toordinal() if high else 10**9
    strict = leaf.op in ("<", ">")

    def lies_between(days: Days) -> bool:
        if strict:
            return least < days[0] and days[1] < most
        return least <= days[0] and days[1] <= most

    return bitmask.from_flags(
        any(map(lies_between, days)) for days in derived.get_days(leaf.name)
    )


def _compare_stage(derived: DerivedColumns, leaf: Compare, value: Value) -> int:
    """Compare stages, or choices of the user's own, by their order in the dataset."""
    vocabulary = derived.get_vocabulary(leaf.name)
    if leaf.op in (":", "=") and not isinstance(value, Range):
        return vocabulary.get_mask_of_any(vocabulary.resolve(value))
    order = derived.list_ordered_values(leaf.name)
    rank_of = {stage: rank for rank, stage in enumerate(order)}
    first, last = 0, len(order) - 1
    low, high = _get_bounds(leaf.op, value)
    if low is not None:
        ranks = [rank_of[item] for item in vocabulary.resolve(low) if item in rank_of]
        first = (
            (max(ranks) + 1 if leaf.op == ">" else min(ranks)) if ranks else last + 1
        )
    if high is not None:
        ranks = [rank_of[item] for item in vocabulary.resolve(high) if item in rank_of]
        last = (min(ranks) - 1 if leaf.op == "<" else max(ranks)) if ranks else -1
    return vocabulary.get_mask_of_any(order[first : last + 1])


def _compare_choice(derived: DerivedColumns, leaf: Compare, value: Value) -> int:
    vocabulary = derived.get_vocabulary(leaf.name)
    return vocabulary.get_mask_of_any(vocabulary.resolve(value, exact=leaf.op == "="))


def compare_texts(derived: DerivedColumns, leaf: Compare) -> Steps:
    """Compute the mask of a comparison with a text field, in steps."""
    yield from derived.prepare_field(leaf.name)
    column, flags = derived.get_texts(leaf.name), bytearray(derived.count)
    for value in leaf.values:
        matches = _make_text_predicate(leaf, value)
        for start in range(0, derived.count, _STEP):
            for position, text in enumerate(column[start : start + _STEP], start):
                if matches(text):
                    flags[position] = 1
            yield
        if isinstance(value, Text) and leaf.op == ":":
            word = fold(value.text)
            if is_of_schema(leaf.name):
                yield from _add_pinyin_matches(derived, leaf.name, word, flags)
            else:
                yield from _add_own_pinyin_matches(derived, column, word, flags)
    return bitmask.from_flags(flags)


def _make_text_predicate(leaf: Compare, value: Value) -> Callable[[str], object]:
    """Return a predicate on the texts of a project, one a line."""
    if isinstance(value, Pattern):
        return value.automaton.search
    if isinstance(value, Glob):
        matches = compile_glob(value.text, whole=leaf.op == "=")
        return lambda text: any(map(matches, text.strip("\n").split("\n")))
    needle = fold(value.text) if isinstance(value, Text) else ""
    if leaf.op == "=":
        needle = f"\n{needle}\n"
    return lambda text: needle in text


def _add_pinyin_matches(
    derived: DerivedColumns, field: str, word: str, flags: bytearray
) -> Iterator[None]:
    """Set the flags of the projects in which the pinyin of a field matches."""
    pattern = compile_pinyin(word) if field in PINYIN_FIELDS else None
    pinyin_column = derived.get_pinyin() if pattern is not None else None
    if pattern is None or pinyin_column is None:
        return
    haystacks, prefix = derived.get_haystacks(), f"'{word[:1]}"
    for start in range(0, derived.count, _STEP):
        for position, pinyin in enumerate(pinyin_column[start : start + _STEP], start):
            if (
                prefix in pinyin
                and not flags[position]
                and pattern.search(
                    pinyin
                )  # in any field: a single one is slow to extract
                and pattern.search(texts.extract_pinyin(field, haystacks[position]))
            ):
                flags[position] = 1
        yield


def _add_own_pinyin_matches(
    derived: DerivedColumns, column: Sequence[str], word: str, flags: bytearray
) -> Iterator[None]:
    """Set the flags of the projects in which the pinyin of a text matches.

    A field of the user's own has its texts turned into pinyin as they are asked for,
    and the more there are the fewer are names.
    """
    pattern = compile_pinyin(word)
    if pattern is None or all(map(str.isascii, column)):
        return
    if derived.is_hurried and not derived.has_pinyin:
        derived.is_incomplete = True
        return
    known: dict[str, bool] = {}
    for start in range(0, derived.count, _STEP):
        for position, text in enumerate(column[start : start + _STEP], start):
            if flags[position] or text.isascii():
                continue
            if text not in known and len(known) < _MOST_OWN_TEXTS:
                said = to_pinyin(text.split("\n"))
                known[text] = pattern.search(said) is not None
            if known.get(text):
                flags[position] = 1
        yield


_COMPARISONS: dict[Kind, Callable[[DerivedColumns, Compare, Value], int]] = {
    Kind.AMOUNT: _compare_number,
    Kind.NUMBER: _compare_number,
    Kind.DATE: _compare_date,
    Kind.AGE: _compare_age,
    Kind.STAGE: _compare_stage,
    Kind.CHOICE: _compare_choice,
    Kind.TAG: _compare_choice,
}
