"""Hypothesis strategies for the values of the model, and for queries over them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import permutations

from hypothesis import settings
from hypothesis import strategies as st

from hunnan_tui.core.fields import GENERIC, Kind
from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Event,
    Fact,
    Industry,
    Need,
    Note,
    Party,
    Project,
    Source,
    Stage,
)

NIGHTLY = 10 if os.environ.get("HUNNAN_TUI_NIGHTLY") else 1
"""How many times as much a run at night tries."""
EXAMPLES = 50
"""On how many examples a law is tried that does not say how many."""


def examples(count: int) -> settings:
    """Try a law on so many examples, and on more at night."""
    return settings(max_examples=count * NIGHTLY)


TODAY = date(2026, 11, 23)

WORDS = ["gas", "turbine", "park", "life", "航发", "hangfa", "zghf", "数字经济", "瀋陽"]
WORDS += [
    "ＧＡＳ",
    "café",
    "[/x]",
    "a-b",
    "重庆",
    "watch",
    "region/north",
    "15亿",
    "Łódź",
    "lodz",
    "战略铝业",
    "zhanlyue",
    "lvye",
    "ly",
]

_LONGEST = 4


def _phrase(number: int) -> str:
    """Return a phrase of up to four words: one number is cheaper to draw than a list."""
    number, count = divmod(number, _LONGEST + 1)
    words = []
    for _ in range(count):
        number, index = divmod(number, len(WORDS))
        words.append(WORDS[index])
    return " ".join(words)


phrases = st.integers(0, (_LONGEST + 1) * len(WORDS) ** _LONGEST - 1).map(_phrase)
texts = st.one_of(phrases, st.text(max_size=12))
"""What a field may hold: mostly words that occur in queries too."""


def days(first: date, last: date) -> st.SearchStrategy[date]:
    """Return a strategy for days: one draw, where `dates` takes three."""
    return st.integers(first.toordinal(), last.toordinal()).map(date.fromordinal)


def up_to_two(values: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for at most two of some values, in any order: one draw."""
    values = tuple(values)
    return st.sampled_from([(), *((v,) for v in values), *permutations(values, 2)])


partial_dates = st.one_of(
    st.sampled_from(["", "2022", "2023", "2023-03", "2023-04", "2024-12", "2026-11"]),
    days(date(2020, 1, 1), date(2027, 12, 31)).map(str),
)
amounts = st.none() | st.sampled_from([0, 10**9, 15 * 10**8, 3 * 10**9, 2 * 10**10])

STAGES = {
    each: Stage(each, name, zh)
    for each, name, zh in (
        ("planned", "Planned", "谋划储备"),
        ("signed", "Signed", "签约"),
        ("construction", "Under construction", "开工"),
    )
}
INDUSTRIES = {
    each: Industry(each, name, zh)
    for each, name, zh in (
        ("intelligent-manufacturing", "Intelligent manufacturing", "智能制造"),
        ("information-technology", "Information technology", "信息技术"),
        ("life-and-health", "Life and health", "生命健康"),
    )
}
SOURCES = {
    each.id: each
    for each in (
        Source("cd", "Five leading industries", "China Daily", "2023-03-08"),
        Source("cri", "航发 base", "国际在线", "2023-08"),
        Source("bare", "", date="2022"),
    )
}
ZONES = (None, UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)))
TAGS = ("watch", "Watch", "region", "region/north", "big one", "关注")

# partial: what is not given shall be as usual, not anything of its type
events = st.builds(
    partial(Event),
    texts,
    date=partial_dates,
    stage=st.sampled_from(["", *STAGES]),
    basis=st.sampled_from(["", "user"]),
)
notes = st.builds(
    partial(Note),
    texts,
    at=st.none()
    | st.builds(
        lambda day, zone: datetime(day.year, day.month, day.day, 20, tzinfo=zone),
        days(date(2020, 1, 1), date(2027, 1, 1)),
        st.sampled_from(ZONES),
    ),
    extra=st.sampled_from([{}, {"mood": "park life"}]),
)
needs = st.builds(
    partial(Need),
    st.sampled_from(["energy", "labour"]),
    texts,
    state=st.sampled_from(["open", "met"]),
)
owned = st.builds(
    partial(Annotations),
    tags=up_to_two(TAGS),
    follow_up=st.none() | days(date(2026, 11, 1), date(2026, 12, 31)),
    needs=st.lists(needs, max_size=1).map(tuple),
    notes=st.lists(notes, max_size=2).map(tuple),
)


_BY_KIND: Mapping[Kind, st.SearchStrategy[object]] = {
    Kind.NUMBER: st.integers(0, 5_000),
    Kind.AMOUNT: amounts.filter(lambda amount: amount is not None),
    Kind.DATE: partial_dates,
}
generic_values = st.fixed_dictionaries(
    {},
    optional={
        field.key: texts.map(lambda text: (text,))
        if field.is_list
        else _BY_KIND.get(field.kind, texts.filter(bool))
        for field in GENERIC
        if field.key != "part_of"
    }
    # projects of `datasets`, and one that there is not
    | {"part_of": st.sampled_from(["p-0", "p-1", "p-2", "p-3", "gone"])},
)
"""What a project states in the fields that no code names."""

_projects = st.builds(
    partial(Project, "", ""),
    name=texts,
    name_zh=st.sampled_from(
        ["", "中航发燃气轮机产业基地", "数字经济产业园", "战略铝业"]
    ),
    district=st.sampled_from(["", "Hunnan", "Tiexi"]),
    place=texts,
    industries=up_to_two([*INDUSTRIES, "stray"]),
    industries_basis=st.sampled_from(["", "stated", "inferred", "user"]),
    user_facts=st.sampled_from([(), ("stage",)]),
    stage=st.sampled_from(["", *STAGES, "stray"]),
    stage_date=partial_dates,
    investment=amounts,
    investment_usd=amounts,
    parties=st.lists(st.builds(partial(Party), texts), max_size=2).map(tuple),
    summary=texts,
    sources=up_to_two([*SOURCES, "gone"]),
    caveat=texts,
    facts=st.lists(st.builds(partial(Fact), texts, texts), max_size=1).map(tuple),
    events=st.lists(events, max_size=2).map(tuple),
    annotations=owned,
    values=generic_values,
    other=st.sampled_from([(), (("grid", "park 110 kV"),)]),
)


def projects(key: str) -> st.SearchStrategy[Project]:
    """Return a strategy for a project with a key, which is its id too."""
    return _projects.map(lambda project: project._replace(key=key, id=key))


@st.composite
def datasets(draw: st.DrawFn, most: int = 6) -> Dataset:
    """Draw a dataset with at most so many projects."""
    count = draw(st.integers(0, most))
    keys = [f"p-{number}" for number in range(count)]
    drawn: Mapping[str, Project] = {
        key: draw(_projects)._replace(key=key, id=key) for key in keys
    }
    return Dataset(
        industries=INDUSTRIES, stages=STAGES, sources=SOURCES, projects=drawn
    )


_VALUED = {
    "name": ["gas", "航发", '"gas turbine"', "hangfa", "g*e", "/g.s/"],
    "party": ["gas", "park"],
    "note": ["gas", '"航发"', "life"],
    "place": ["park"],
    "source": ["cd", "daily"],
    "industry": ["in", "it", "life", "生命", "smjk", "stray"],
    "stage": ["signed", "签约", "construction", "planned..signed", "stray"],
    "district": ["hun", "Tiexi"],
    "basis": ["stated", "inferred", "user"],
    "tag": ["watch", "region", "reg*", '"big one"', "关注"],
    "need": ["energy", "open"],
    "invest": ["1bn", "15亿", "10亿..200亿", "..3bn", "$1bn", "0"],
    "reported": ["2023-03", "2023", "2022..2023-04"],
    "signed": ["2023", "2023-03", "..2023"],
    "updated": ["-90d..", "2023"],
    "due": ["..+7d", "2026-12"],
    "noted": ["2023", "-1y.."],
    "age": ["180d", "6m", "30d..2y"],
}
_ORDERED = ("stage", "invest", "reported", "signed", "updated", "due", "noted", "age")


@st.composite
def terms(draw: st.DrawFn) -> str:
    """Draw a term that a query may consist of."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return draw(st.sampled_from(WORDS))
    if kind == 1:
        field = draw(st.sampled_from(sorted({*_VALUED} - {"signed"})))
        return f"{draw(st.sampled_from(['has', 'no']))}:{field}"
    if kind == 2:
        name = draw(st.sampled_from(["watched", "stale", "largest", "due", "needy"]))
        return f"is:{name}"
    field = draw(st.sampled_from(sorted(_VALUED)))
    value = draw(st.sampled_from(_VALUED[field]))
    ops = [":", "=", "!="]
    if field in _ORDERED and ".." not in value:
        ops += [">", ">=", "<", "<="]
    return f"{field}{draw(st.sampled_from(ops))}{value}"


def queries() -> st.SearchStrategy[str]:
    """Return a strategy for queries that make sense."""
    return st.recursive(
        terms(),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(" ".join),
            st.tuples(inner, inner).map(" OR ".join),
            inner.map(lambda text: f"-({text})"),
            inner.map(lambda text: f"({text})"),
        ),
        max_leaves=5,
    )
