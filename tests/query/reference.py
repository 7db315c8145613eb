"""What a query means, spelt out project by project: slow, and plain to read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hunnan_tui.core.date_parser import DateSpan
from hunnan_tui.core.dates import get_first_day, get_last_day
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import Amount
from hunnan_tui.core.schema_values import IN_CHINESE, KINDS_IN_CHINESE
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.choices import choose
from hunnan_tui.query.language.ast import (
    Age,
    And,
    Compare,
    Glob,
    Has,
    Is,
    Leaf,
    Node,
    Not,
    Or,
    Pattern,
    Range,
    Text,
    Value,
    Word,
)
from hunnan_tui.query.language.query import Query
from hunnan_tui.query.text.pinyin import compile_pinyin, to_pinyin
from hunnan_tui.query.text.regex import compile_pattern
from tests.strategies import TODAY

CHINESE = ("name", "name_zh", "party", "district", "place", "tag")


def found(dataset: Dataset, query: Query) -> set[str]:
    """Return the keys of the projects that a query lets through."""
    return {
        key
        for key, project in dataset.projects.items()
        if lets_through(query.node, dataset, project)
    }


def list_wholes(dataset: Dataset, key: str) -> list[str]:
    """Return what a project is part of, and that is part of, and so on."""
    wholes: list[str] = []
    if key in _follow(dataset, key):
        return wholes
    for whole in _follow(dataset, key):
        wholes.append(whole)
        if whole in _follow(dataset, whole):
            break
    return wholes


def _follow(dataset: Dataset, key: str) -> list[str]:
    passed: list[str] = []
    while True:
        whole = str(dataset.projects[key].values.get("part_of", ""))
        if whole not in dataset.projects or whole in passed:
            return passed
        passed.append(whole)
        key = whole


def find_repeated(dataset: Dataset, keys: Iterable[str]) -> set[str]:
    """Return those whose amount is in that of a whole among them."""
    stated = {key for key in keys if dataset.projects[key].investment is not None}
    return {key for key in stated if stated.intersection(list_wholes(dataset, key))}


def lets_through(node: Node, dataset: Dataset, project: Project) -> bool:
    if isinstance(node, Not):
        return not lets_through(node.node, dataset, project)
    if isinstance(node, And):
        return all(lets_through(each, dataset, project) for each in node.nodes)
    if isinstance(node, Or):
        return any(lets_through(each, dataset, project) for each in node.nodes)
    return passes(node, dataset, project)


def texts(dataset: Dataset, project: Project) -> dict[str, list[str]]:
    sources = [
        dataset.sources[source]
        for source in project.sources
        if source in dataset.sources
    ]
    return {
        "id": [project.id],
        "name": [project.name, project.name_zh],
        "name_zh": [project.name_zh],
        "summary": [project.summary],
        "district": [project.district],
        "place": [project.place],
        "caveat": [project.caveat],
        "url": [str(project.values.get("url", ""))],
        "party": [party.name for party in project.parties],
        "tag": list(project.tags),
        "note": [note.text for note in project.notes],
        "fact": [f"{fact.label}: {fact.value}" for fact in project.facts],
        "event": [event.what for event in project.events],
        "source": [
            *project.sources,
            *(text for source in sources for text in (source.title, source.publisher)),
        ],
        "need": [
            text
            for need in project.needs
            for text in (need.kind, KINDS_IN_CHINESE.get(need.kind, ""), need.what)
        ],
        "state": [
            text
            for need in project.needs
            for text in (need.state, IN_CHINESE.get(need.state, ""))
        ],
        "other": [
            *(f"{key}: {value}" for key, value in project.other),
            *(
                f"{key}: {value}"
                for n in project.notes
                for key, value in n.extra.items()
            ),
        ],
        "basis": [*_bases(project)],
    }


def contains(words: list[str], wanted: str, *, is_chinese: bool) -> bool:
    folded = fold(wanted)
    if any(folded in fold(text) for text in words if text):
        return True
    sound = compile_pinyin(folded) if is_chinese else None
    return sound is not None and any(
        sound.search(to_pinyin([fold(text)])) for text in words
    )


def passes(leaf: Leaf, dataset: Dataset, project: Project) -> bool:
    by_field = texts(dataset, project)
    if isinstance(leaf, Word):
        return not fold(leaf.text) or any(
            contains(words, leaf.text, is_chinese=field in CHINESE)
            for field, words in by_field.items()
            if field not in ("state", "basis")
        )
    if isinstance(leaf, Pattern):
        search = compile_pattern(leaf.text).search
        return any(
            search("\n".join(map(fold, words)))
            for field, words in by_field.items()
            if field not in ("state", "basis")
        )
    if isinstance(leaf, Has):
        return states(leaf.name, dataset, project)
    if isinstance(leaf, Is):
        return is_so(leaf.name, dataset, project)
    return any(equals(leaf, value, dataset, project) for value in leaf.values)


def states(field: str, dataset: Dataset, project: Project) -> bool:
    if field in ("industry", "stage"):
        return bool(project.industries if field == "industry" else project.stage)
    if field == "invest":
        return project.investment is not None
    if field == "due":
        return project.follow_up is not None
    if field in ("reported", "noted", "updated", "age", "stage_date"):
        return bool(spans("updated" if field == "age" else field, dataset, project))
    return any(
        fold(text) or field in ("source", "tag", "district", "basis")
        for text in texts(dataset, project)[field]
        if text
    )


def is_so(name: str, dataset: Dataset, project: Project) -> bool:
    if name == "watched":
        return any(fold(tag) == "watch" for tag in project.tags)
    if name == "stale":
        words = spans("updated", dataset, project)
        return bool(words) and words[0].last < TODAY - timedelta(days=180)
    if name == "due":
        return project.follow_up is not None and project.follow_up <= TODAY
    if name == "needy":
        return any(need.state == "open" for need in project.needs)
    if name in ("new", "changed"):
        return False  # nobody has told what is
    if name == "tagged":
        return bool(project.tags)
    if name == "noted":
        return states("note", dataset, project)
    larger = [
        each
        for each in dataset.projects.values()
        if each.investment is not None
        and project.investment is not None
        and each.investment > project.investment
    ]
    return project.investment is not None and len(larger) < 10


def spans(field: str, dataset: Dataset, project: Project) -> list[DateSpan]:
    sources = [
        dataset.sources[source]
        for source in project.sources
        if source in dataset.sources
    ]
    reported = [source.date for source in sources]
    events = [event.date for event in project.events]
    if field == "reported":
        dates = reported
    elif field == "stage_date":
        dates = [project.stage_date]
    elif field == "due":
        dates = [str(project.follow_up)] if project.follow_up else []
    elif field == "noted":
        dates = [str(note.at.astimezone().date()) for note in project.notes if note.at]
    elif field == "updated":
        dates = [project.stage_date, *events, *reported]
    else:
        stage = field.removeprefix("date-of:")
        dates = [project.stage_date] if project.stage == stage else []
        dates += [event.date for event in project.events if event.stage == stage]
    known = [
        DateSpan(date, get_first_day(date), get_last_day(date))
        for date in dates
        if date
    ]
    if field == "updated":
        known.sort(key=lambda span: (span.last, span.first))
        return known[-1:]
    return known


def equals(leaf: Compare, value: Value, dataset: Dataset, project: Project) -> bool:
    low, high = (value.low, value.high) if isinstance(value, Range) else (value, value)
    op = ":" if leaf.op == "=" else leaf.op
    is_in_dollars = any(isinstance(end, Amount) and end.dollars for end in (low, high))
    lowest, highest = sides(low), sides(high)
    if leaf.name == "invest":
        amount = project.investment_usd if is_in_dollars else project.investment
        return amount is not None and between(amount, amount, lowest, highest, op)
    if leaf.name == "age":
        latest = [span.last for span in spans("updated", dataset, project)]
        ages = [(TODAY - day).days for day in latest]
        return any(between(age, age, lowest, highest, op) for age in ages)
    if isinstance(low or high, DateSpan):
        return any(
            between(span.first, span.last, lowest, highest, op)
            for span in spans(leaf.name, dataset, project)
        )
    if leaf.name == "stage":
        return stage_fits(low, high, op, dataset, project)
    if leaf.name == "industry":
        meant = chosen(value, "industry", dataset)
        return any(industry in meant for industry in project.industries)
    return text_fits(leaf, value, dataset, project)


Ends = tuple[Any, Any] | None


def sides(end: Value | None) -> Ends:
    """Return the first and the last number or day that a typed value means."""
    if isinstance(end, Amount):
        return end.value, end.value
    if isinstance(end, Age):
        return (TODAY - end.since).days, (TODAY - end.since).days
    return (end.first, end.last) if isinstance(end, DateSpan) else None


def between(first: Any, last: Any, low: Ends, high: Ends, op: str) -> bool:
    """Return whether a span lies on the side of another that a sign says."""
    if op in (">", ">="):
        assert low is not None
        return bool(first > low[1] if op == ">" else first >= low[0])
    if op in ("<", "<="):
        assert high is not None
        return bool(last < high[0] if op == "<" else last <= high[1])
    return (low is None or first >= low[0]) and (high is None or last <= high[1])


def labels(field: str, dataset: Dataset) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    if field == "industry":
        known = {key: (it.name, it.name_zh) for key, it in dataset.industries.items()}
    if field == "stage":
        known = {key: (it.name, it.name_zh) for key, it in dataset.stages.items()}
    for project in dataset.projects.values():
        used = {
            "industry": project.industries,
            "stage": (project.stage,),
            "district": (project.district,),
            "basis": _bases(project),
        }
        known |= {each: () for each in used[field] if each and each not in known}
    return known


def chosen(value: Value | None, field: str, dataset: Dataset) -> list[str]:
    assert isinstance(value, Text)
    return choose(value.text, labels(field, dataset))


def stage_fits(
    low: Value | None, high: Value | None, op: str, dataset: Dataset, project: Project
) -> bool:
    if op == ":" and low is high:
        return project.stage in chosen(low, "stage", dataset)
    order = list(dataset.stages)
    if project.stage not in order:
        return False
    rank = order.index(project.stage)
    ends: list[Ends] = []
    for end in (low, high):
        ranks = [
            order.index(each)
            for each in (chosen(end, "stage", dataset) if end else [])
            if each in order
        ]
        if end is not None and not ranks:
            return False
        ends.append((min(ranks), max(ranks)) if ranks else None)
    return between(rank, rank, ends[0], ends[1], op)


def text_fits(leaf: Compare, value: Value, dataset: Dataset, project: Project) -> bool:
    by_field = texts(dataset, project)
    more = by_field["state"] if leaf.name == "need" else []
    words = [text for text in (*by_field[leaf.name], *more) if text]
    if leaf.name in ("district", "basis"):
        return any(each in words for each in chosen(value, leaf.name, dataset))
    folded = [fold(text) for text in words]
    if isinstance(value, Pattern):
        search = compile_pattern(value.text).search
        return any(map(search, folded))
    if isinstance(value, Glob):
        is_whole = leaf.op == "=" or leaf.name == "tag"
        pattern = ".*".join(re.escape(fold(part)) for part in value.text.split("*"))
        compiled = re.compile(pattern, re.DOTALL)
        return any(
            (compiled.fullmatch if is_whole else compiled.search)(each)
            for each in folded
        )
    assert isinstance(value, Text)
    expected = fold(value.text)
    if leaf.op == "=":
        return expected in folded
    if leaf.name == "tag":
        return any(
            each == expected or each.startswith(f"{expected}/") for each in folded
        )
    return contains(words, value.text, is_chinese=leaf.name in CHINESE)


def _bases(project: Project) -> tuple[str, ...]:
    user = ["user"] if project.user_facts else []
    facts = (fact.basis for fact in project.facts)
    events = (event.basis for event in project.events)
    return (project.industries_basis, *facts, *events, *user)
