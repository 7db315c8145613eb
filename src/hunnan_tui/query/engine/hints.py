"""What only the data can say about a query: unknown values, gaps, second meanings."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.money import Amount
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.evaluator import Evaluator
from hunnan_tui.query.language.ast import (
    And,
    Compare,
    Has,
    Leaf,
    Node,
    Not,
    Or,
    Pattern,
    Range,
    Text,
    Value,
    negate,
)
from hunnan_tui.query.language.fields import DATE_OF, FIELDS, find_close_match, kind_of
from hunnan_tui.query.language.query import Query, QueryProblem

_NAMED = 4
"""How many values a hint names."""


def hints(query: Query, tables: Tables, evaluator: Evaluator) -> list[QueryProblem]:
    """Return what there is to say about a query and this data, from left to right."""
    told: list[QueryProblem] = []
    for leaf, is_negated in _terms(query.node):
        told.extend(_too_much_work(leaf))
        if not isinstance(leaf, Compare):
            continue
        if leaf.name.startswith(DATE_OF):
            told.extend(_unknown_stage(query, leaf, tables))
        if kind_of(leaf.name) in (Kind.CHOICE, Kind.STAGE, Kind.TAG):
            told.extend(_meanings(query, leaf, tables))
        told.extend(_gaps(query.node, leaf, evaluator, is_negated=is_negated))
    return sorted(told, key=lambda problem: problem.column)


def _terms(node: Node, *, is_negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Not):
        yield from _terms(node.node, is_negated=not is_negated)
    elif isinstance(node, And | Or):
        for each in node.nodes:
            yield from _terms(each, is_negated=is_negated)
    else:
        yield node, is_negated


def _too_much_work(leaf: Leaf) -> Iterator[QueryProblem]:
    values = leaf.values if isinstance(leaf, Compare) else (leaf,)
    for value in values:
        if isinstance(value, Pattern) and value.automaton.gave_up:
            message = "The pattern takes too much work: it does not find everything"
            length = leaf.end - leaf.start
            yield QueryProblem(leaf.start + 1, message, "", "error", length)


def _meanings(query: Query, leaf: Compare, tables: Tables) -> Iterator[QueryProblem]:
    """Tell which typed values mean nothing, and which mean several."""
    vocabulary = tables.vocabulary(leaf.name)
    for value in _singles(leaf):
        if not isinstance(value, Text):
            continue
        meant = vocabulary.meant(value, exact=leaf.op == "=")
        labels = [(vocabulary.labels[each] or (each,))[0] for each in meant]
        typed = f"{leaf.name}:{value.text}"
        if not meant:
            yield _unknown_value(query, leaf, value.text, tables)
        elif len(meant) > 1 and leaf.name != "tag":
            yield _told(leaf, f"{typed} matches {_listed(labels, 'and')}")


def _unknown_value(
    query: Query, leaf: Compare, typed: str, tables: Tables
) -> QueryProblem:
    labels = tables.vocabulary(leaf.name).labels
    spellings = {
        name.casefold(): key
        for key, names in labels.items()
        for label in (key, *names)
        for name in (label, *label.replace("-", " ").split())
        if name
    }
    meant = spellings.get(find_close_match(typed, spellings), "")
    if leaf.name == "tag":
        # a tag comes into being by being given: no error
        hint = f"did you mean {meant}?" if meant else ""
        return _told(leaf, f"No project has the tag {typed}", hint)
    fix = _mended(query, leaf, typed, meant) if meant else None
    some = _listed([(names or (key,))[0] for key, names in labels.items()], "or")
    hint = f"did you mean {meant}?" if meant else f"there is {some}"
    message = f"No {leaf.name} is called {typed}"
    return QueryProblem(
        leaf.start + 1, message, hint, "error", leaf.end - leaf.start, fix
    )


def _unknown_stage(
    query: Query, leaf: Compare, tables: Tables
) -> Iterator[QueryProblem]:
    stages = tables.dataset.stages
    typed = leaf.name.removeprefix(DATE_OF)
    if typed in stages:
        return
    meant = find_close_match(typed, [*stages, *FIELDS])
    fix = _mended(query, leaf, typed, meant) if meant else None
    hint = f"did you mean {meant}?" if meant else ""
    message = f"There is no field or stage {typed}"
    yield QueryProblem(leaf.start + 1, message, hint, "error", len(typed), fix)


def _gaps(
    node: Node, leaf: Compare, evaluator: Evaluator, *, is_negated: bool
) -> Iterator[QueryProblem]:
    """Tell how many projects are in or out because they state nothing in a field."""
    kind = kind_of(leaf.name)
    if kind in (Kind.TEXT, Kind.TAG):
        return
    found = evaluator.mask(node)
    if any(isinstance(end, Amount) and end.dollars for end in _singles(leaf)):
        stated = sum(
            each is not None for each in evaluator.tables.amounts(dollars=True)
        )
        states = "1 project states" if stated == 1 else f"{stated} projects state"
        yield _told(leaf, f"{states} an amount in dollars")
        return
    if leaf.name.startswith(DATE_OF):
        return
    what = FIELDS[leaf.name].noun or leaf.name
    states_none = negate(Has(leaf.name))
    if is_negated:
        inside = (found & evaluator.mask(states_none)).bit_count()
        if inside:
            hint = f"has:{leaf.name} leaves them out"
            yield _told(leaf, f"Includes {inside} with no {what}", hint)
    elif kind in (*NUMERIC, Kind.DATE, Kind.AGE):
        wider = evaluator.mask(_replaced(node, leaf, states_none))
        outside = (wider & ~found).bit_count()
        if outside:
            yield _told(leaf, f"Leaves out {outside} with no {what}")


def _replaced(node: Node, leaf: Leaf, other: Node) -> Node:
    if isinstance(node, Not):
        return negate(_replaced(node.node, leaf, other))
    if isinstance(node, And | Or):
        return type(node)(tuple(_replaced(each, leaf, other) for each in node.nodes))
    return other if node is leaf else node


def _singles(leaf: Compare) -> Iterator[Value]:
    for value in leaf.values:
        if isinstance(value, Range):
            yield from (end for end in (value.low, value.high) if end is not None)
        else:
            yield value


def _mended(query: Query, leaf: Compare, typed: str, meant: str) -> str | None:
    """Return the query with one typed text of a term replaced."""
    term = query.text[leaf.start : leaf.end]
    if typed not in term:
        return None
    head, _, tail = term.rpartition(typed)
    return f"{query.text[: leaf.start]}{head}{meant}{tail}{query.text[leaf.end :]}"


def _listed(names: list[str], word: str) -> str:
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} {word} {len(names) - _NAMED} more"
    if len(names) < 2:
        return "".join(names) or "none"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def _told(leaf: Leaf, message: str, hint: str = "") -> QueryProblem:
    return QueryProblem(leaf.start + 1, message, hint, "hint", leaf.end - leaf.start)
