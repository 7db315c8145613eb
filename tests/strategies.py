"""Hypothesis strategies for the values of the model, and for queries over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

from hypothesis import strategies as st

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

texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    st.text(max_size=12),
)
"""What a field may hold: mostly words that occur in queries too."""

partial_dates = st.one_of(
    st.sampled_from(["", "2022", "2023", "2023-03", "2023-04", "2024-12", "2026-11"]),
    st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(str),
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
    partial(Event), texts, date=partial_dates, stage=st.sampled_from(["", *STAGES])
)
notes = st.builds(
    partial(Note),
    texts,
    at=st.none()
    | st.builds(
        lambda day, zone: datetime(day.year, day.month, day.day, 20, tzinfo=zone),
        st.dates(date(2020, 1, 1), date(2027, 1, 1)),
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
    tags=st.lists(st.sampled_from(TAGS), max_size=2, unique=True).map(tuple),
    follow_up=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31)),
    needs=st.lists(needs, max_size=1).map(tuple),
    notes=st.lists(notes, max_size=2).map(tuple),
)


def projects(key: str) -> st.SearchStrategy[Project]:
    """Return a strategy for a project with a key."""
    return st.builds(
        partial(Project),
        key=st.just(key),
        id=st.just(key),
        name=texts,
        name_zh=st.sampled_from(
            ["", "中航发燃气轮机产业基地", "数字经济产业园", "战略铝业"]
        ),
        district=st.sampled_from(["", "Hunnan", "Tiexi"]),
        place=texts,
        industries=st.lists(
            st.sampled_from([*INDUSTRIES, "stray"]), max_size=2, unique=True
        ).map(tuple),
        industries_basis=st.sampled_from(["", "stated", "inferred"]),
        stage=st.sampled_from(["", *STAGES, "stray"]),
        stage_date=partial_dates,
        investment=amounts,
        investment_usd=amounts,
        parties=st.lists(st.builds(partial(Party), texts), max_size=2).map(tuple),
        summary=texts,
        sources=st.lists(
            st.sampled_from([*SOURCES, "gone"]), max_size=2, unique=True
        ).map(tuple),
        caveat=texts,
        facts=st.lists(st.builds(partial(Fact), texts, texts), max_size=1).map(tuple),
        events=st.lists(events, max_size=2).map(tuple),
        annotations=owned,
        other=st.sampled_from([(), (("grid", "park 110 kV"),)]),
    )


@st.composite
def datasets(draw: st.DrawFn, most: int = 6) -> Dataset:
    """Draw a dataset with at most so many projects."""
    count = draw(st.integers(0, most))
    keys = [f"p-{number}" for number in range(count)]
    drawn: Mapping[str, Project] = {key: draw(projects(key)) for key in keys}
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
    "basis": ["stated", "inferred"],
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
