"""Problems of a query that depend on the data: unknown or ambiguous values, gaps."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.language import _, is_chinese, ngettext
from hunnan_tui.core.money import Amount
from hunnan_tui.query.engine.choices import choose_label
from hunnan_tui.query.engine.derived_columns import DerivedColumns
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
from hunnan_tui.query.language.facets import FACET_KINDS
from hunnan_tui.query.language.fields import (
    DATE_OF,
    FIELDS,
    find_close_match,
    get_word,
)
from hunnan_tui.query.language.query import Query, QueryProblem

_MAX_NAMES = 4
"""Most values that a hint names."""


def find_hints(
    query: Query, derived: DerivedColumns, evaluator: Evaluator
) -> list[QueryProblem]:
    """Return the problems of a query with this data, from left to right."""
    problems: list[QueryProblem] = []
    for leaf, is_negated in _iterate_terms(query.node):
        problems.extend(_check_patterns(leaf))
        if not isinstance(leaf, Compare):
            continue
        if leaf.name.startswith(DATE_OF):
            problems.extend(_check_stage(query, leaf, derived))
        if derived.get_kind(leaf.name) in FACET_KINDS:
            problems.extend(_check_values(query, leaf, derived))
        problems.extend(_count_gaps(query.node, leaf, evaluator, is_negated=is_negated))
    return sorted(problems, key=lambda problem: problem.column)


def _iterate_terms(
    node: Node, *, is_negated: bool = False
) -> Iterator[tuple[Leaf, bool]]:
    if isinstance(node, Not):
        yield from _iterate_terms(node.node, is_negated=not is_negated)
    elif isinstance(node, And | Or):
        for child in node.nodes:
            yield from _iterate_terms(child, is_negated=is_negated)
    else:
        yield node, is_negated


def _check_patterns(leaf: Leaf) -> Iterator[QueryProblem]:
    values = leaf.values if isinstance(leaf, Compare) else (leaf,)
    for value in values:
        if isinstance(value, Pattern) and value.automaton.gave_up:
            message = _("The pattern takes too much work: it does not find everything")
            length = leaf.end - leaf.start
            yield QueryProblem(leaf.start + 1, message, "", "error", length)


def _check_values(
    query: Query, leaf: Compare, derived: DerivedColumns
) -> Iterator[QueryProblem]:
    """Report values that are unknown or ambiguous."""
    vocabulary = derived.get_vocabulary(leaf.name)
    for value in _iterate_values(leaf):
        if not isinstance(value, Text):
            continue
        values = vocabulary.resolve(value, exact=leaf.op == "=")
        labels = [choose_label(key, vocabulary.labels[key]) for key in values]
        typed = f"{get_word(leaf.name)}:{value.text}"
        if not values:
            yield _report_unknown_value(query, leaf, value.text, derived)
        elif len(values) > 1 and leaf.name != "tag":
            yield _make_hint(
                leaf,
                _("{typed} matches {values}").format(
                    typed=typed, values=_enumerate(labels, _("and"))
                ),
            )


def _report_unknown_value(
    query: Query, leaf: Compare, typed: str, derived: DerivedColumns
) -> QueryProblem:
    labels = derived.get_vocabulary(leaf.name).labels
    spellings = {
        name.casefold(): key
        for key, names in labels.items()
        for label in (key, *names)
        for name in (label, *label.replace("-", " ").split())
        if name
    }
    suggestion = spellings.get(find_close_match(typed, spellings), "")
    if leaf.name == "tag":
        # tags need not exist: this is no error
        hint = (
            _("did you mean {suggestion}?").format(suggestion=suggestion)
            if suggestion
            else ""
        )
        return _make_hint(
            leaf, _("No project has the tag {typed}").format(typed=typed), hint
        )
    fix = _replace_in_term(query, leaf, typed, suggestion) if suggestion else None
    some = _enumerate(
        [choose_label(key, names) for key, names in labels.items()], _("or")
    )
    hint = (
        _("did you mean {suggestion}?").format(suggestion=suggestion)
        if suggestion
        else _("there is {some}").format(some=some)
    )
    message = _("No {field} is called {typed}").format(
        field=_name_field(leaf.name), typed=typed
    )
    return QueryProblem(
        leaf.start + 1, message, hint, "error", leaf.end - leaf.start, fix
    )


def _check_stage(
    query: Query, leaf: Compare, derived: DerivedColumns
) -> Iterator[QueryProblem]:
    stages = derived.dataset.stages
    typed = leaf.name.removeprefix(DATE_OF)
    if typed in stages:
        return
    suggestion = find_close_match(typed, [*stages, *FIELDS])
    fix = _replace_in_term(query, leaf, typed, suggestion) if suggestion else None
    hint = (
        _("did you mean {suggestion}?").format(suggestion=suggestion)
        if suggestion
        else ""
    )
    message = _("There is no field or stage {typed}").format(typed=typed)
    yield QueryProblem(leaf.start + 1, message, hint, "error", len(typed), fix)


def _count_gaps(
    node: Node, leaf: Compare, evaluator: Evaluator, *, is_negated: bool
) -> Iterator[QueryProblem]:
    """Report how many projects match or not because a field is empty."""
    derived = evaluator.derived
    kind = derived.get_kind(leaf.name)
    if kind in (Kind.TEXT, Kind.TAG):
        return
    hits = evaluator.compute_mask(node)
    if any(isinstance(end, Amount) and end.dollars for end in _iterate_values(leaf)):
        stated = sum(child is not None for child in derived.get_amounts(dollars=True))
        yield _make_hint(
            leaf,
            ngettext(
                "{count} project states an amount in dollars",
                "{count} projects state an amount in dollars",
                stated,
            ).format(count=f"{stated:,}"),
        )
        return
    if leaf.name.startswith(DATE_OF):
        return
    what = _(derived.get_noun(leaf.name))
    is_empty = negate(Has(leaf.name))
    if is_negated:
        inside = (hits & evaluator.compute_mask(is_empty)).bit_count()
        if inside:
            hint = _("{query} leaves them out").format(
                query=f"{get_word('has')}:{get_word(leaf.name)}"
            )
            yield _make_hint(
                leaf,
                _("Includes {inside} with no {what}").format(inside=inside, what=what),
                hint,
            )
    elif kind in (*NUMERIC, Kind.DATE, Kind.AGE):
        wider = evaluator.compute_mask(_replace_leaf(node, leaf, is_empty))
        outside = (wider & ~hits).bit_count()
        if outside:
            yield _make_hint(
                leaf,
                _("Leaves out {outside} with no {what}").format(
                    outside=outside, what=what
                ),
            )


def _replace_leaf(node: Node, leaf: Leaf, other: Node) -> Node:
    if isinstance(node, Not):
        return negate(_replace_leaf(node.node, leaf, other))
    if isinstance(node, And | Or):
        return type(node)(
            tuple(_replace_leaf(child, leaf, other) for child in node.nodes)
        )
    return other if node is leaf else node


def _iterate_values(leaf: Compare) -> Iterator[Value]:
    for value in leaf.values:
        if isinstance(value, Range):
            yield from (end for end in (value.low, value.high) if end is not None)
        else:
            yield value


def _replace_in_term(
    query: Query, leaf: Compare, typed: str, suggestion: str
) -> str | None:
    """Return the query with one typed value of a term replaced."""
    term = query.text[leaf.start : leaf.end]
    if typed not in term:
        return None
    head, _typed, tail = term.rpartition(typed)
    return f"{query.text[: leaf.start]}{head}{suggestion}{tail}{query.text[leaf.end :]}"


def _enumerate(names: list[str], word: str) -> str:
    if len(names) > _MAX_NAMES:
        return _("{names} {word} {count} more").format(
            names=join_names(names[:_MAX_NAMES]),
            word=word,
            count=len(names) - _MAX_NAMES,
        )
    if len(names) < 2:
        return "".join(names) or _("none")
    return _("{names} {word} {last}").format(
        names=join_names(names[:-1]), word=word, last=names[-1]
    )


def _name_field(field: str) -> str:
    """Return what a message calls a field: in English its id, as in the query."""
    return FIELDS[field].label if is_chinese() and field in FIELDS else field


def _make_hint(leaf: Leaf, message: str, hint: str = "") -> QueryProblem:
    return QueryProblem(leaf.start + 1, message, hint, "hint", leaf.end - leaf.start)
