"""Queries by fields of the user's own: as a plain loop over the file would answer."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.model import Dataset, DeclaredField, Fact, Project
from hunnan_tui.core.text import fold
from hunnan_tui.dataset.parser import parse as parse_file
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.completion import complete
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.formatter import format_query
from tests.query.cases import TODAY
from tests.strategies import examples

TEXT = """\
[dataset]
currency = "CNY"
[[stages]]
id = "signed"
[[fields]]
id = "annual_plan"
name = "Plan of the year"
name_zh = "年度计划投资"
type = "amount"
[[fields]]
id = "risk"
type = "choice"
choices = ["low", "mid", "high"]
[[fields]]
id = "inspector"
type = "person"
[[projects]]
id = "a"
name = "A"
annual_plan = 120_000_000
risk = "mid"
leader = "李明"
area = 12.5
facts = [{ label = "验收（月）", value = "2023年3月" }, { label = "Land", value = "500 mu" }]
[[projects]]
id = "b"
name = "B"
risk = "high"
leader = "王芳"
area = -3
signed = "x"
facts = [
  { label = "年度计划投资（万元）", value = "5000.5" },
  { label = "验收（月）", value = "2024" },
  { label = "Land", value = "90 mu" },
]
[[projects]]
id = "c"
name = "C"
risk = "odd"
leader = "Li Bo"
"""
INDEX = Index(parse_file(TEXT.encode()).dataset)


def ask(text: str, index: Index = INDEX) -> str:
    """Return the ids that a query finds, in one word."""
    query = index.parse(text, today=TODAY)
    assert not query.has_error, query.problems
    return "".join(index.list_keys(index.compute_mask(query), query.sort, query.group))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("leader:李", "a"),
        ("LEADER:li", "ac"),
        ("leader=李明", "a"),
        ("leader:liming", "a"),
        ("leader:wf", "b"),
        ("leader:/李|王/", "ab"),
        ("leader:王*", "b"),
        ("-leader:李", "bc"),
        ("annual_plan>1亿", "a"),
        ("年度计划投资>1千万", "ab"),
        ("年度计划投资（万元）:50005000", "b"),
        ("annual-plan:50005000", "b"),
        ("annual_plan:40m..60m", "b"),
        ("plan-of-the-year<1亿", "b"),
        ("has:leader", "abc"),
        ("no:annual_plan", "c"),
        ("area<0", "b"),
        ("area:12.5", "a"),
        ("area>12", "a"),
        ("area:-5..12.4", "b"),
        ("land>100mu", "a"),
        ("land:500", "a"),
        ("验收:2023", "a"),
        ("验收>=2023-02", "ab"),
        ("risk>=mid", "ab"),
        ("risk:low..mid", "a"),
        ("risk:h", "b"),
        ("sort:annual_plan", "bac"),
        ("sort:annual_plan-", "abc"),
        ("sort:risk-", "cba"),
        ("sort:leader", "cab"),
        ("sort:area", "bac"),
        ("sort:验收-", "bac"),
        ("group:risk", "abc"),
        ("group:leader", "cab"),
        ("signed:2023", ""),
        ("inspector:x", ""),
        ("no:inspector", "abc"),
    ],
)
def test_a_field_of_the_users_own_is_asked_for_as_one_of_the_schema(
    query: str, found: str
) -> None:
    assert ask(query) == found
    # what is written for it finds the same
    parsed = INDEX.parse(query, today=TODAY)
    assert ask(format_query(parsed)) == found


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("leadr:x", "did you mean leader?"),
        ("sort:lead", "waiting for a whole name"),
        ("annual_plan:$5m", "annual_plan is in CNY, not in $"),
        ("annual_plan:x", "'x' is no amount"),
        ("area:x", "'x' is no number"),
        ("leader>x", "leader has no order"),
        ("risk:zz", "No risk is called zz (there is low, mid, high or odd)"),
        ("annual_plan>1", "Leaves out 1 with no Plan of the year"),
        ("group:area", "Groups are of"),
    ],
)
def test_what_is_wrong_is_told(query: str, message: str) -> None:
    problems = INDEX.parse(query, today=TODAY).problems
    assert any(message in str(problem) for problem in problems)


def test_completions_offer_its_name_and_its_values() -> None:
    def offer(text: str) -> list[str]:
        within = INDEX.everything
        return [each.insert for each in complete(text, len(text), INDEX, within)]

    INDEX.find_own_fields()
    assert "leader:" in offer("lea")
    assert "annual_plan:" in offer("年度")
    assert offer("leader:") == ['"Li Bo"', "李明", "王芳"]
    assert offer("risk:") == ["mid", "high", "odd", "low"]  # as declared
    assert "leader" in offer("sort:le")
    assert "annual_plan" not in offer("group:annual")
    assert "inspector:" not in offer("insp")  # no project has one


def test_groups_have_the_order_of_the_choices() -> None:
    groups = INDEX.make_groups(INDEX.everything, "risk")
    assert [group.value for group in groups] == ["mid", "high", "odd"]


def test_a_query_outlives_the_field_that_it_names() -> None:
    query = INDEX.parse("area>1 sort:leader has:land show:area", today=TODAY)
    bare = {
        key: project._replace(other=(("area", "big"),), facts=())
        for key, project in INDEX.dataset.projects.items()
    }
    changed = INDEX.update(INDEX.dataset.with_projects(bare), bare.keys())
    assert list(changed.find_keys(query)) == []
    assert changed.find_field("leader") is None
    assert INDEX.find_field("leader") is not None


NAMES = ("leader", "plan", "责任人（岗）", "Land area", "x-y")
values = st.one_of(
    st.text("ab李王 ;", max_size=3),
    st.integers(-50, 50),
    st.decimals(-9, 9, places=2).map(float),
    st.booleans(),
    st.lists(st.sampled_from(["ab", "b", "李"]), max_size=2),
)
projects = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(NAMES[:2]), values),
        st.dictionaries(st.sampled_from(NAMES[2:]), values.map(str)),
    ),
    min_size=1,
    max_size=6,
)


def write(drawn: list[tuple[dict[str, Any], dict[str, str]]]) -> bytes:
    import tomli_w

    tables = [
        {"id": f"p{n}", "name": f"P {n}", **keys}
        | {"facts": [{"label": k, "value": v} for k, v in facts.items()]}
        for n, (keys, facts) in enumerate(drawn)
    ]
    return tomli_w.dumps({"projects": tables}).encode()


def list_texts(table: dict[str, Any], name: str) -> list[str]:
    """Return what a table of the file states under a key or a label, read plainly."""
    facts = {fact["label"]: fact["value"] for fact in table.get("facts", ())}
    value = table.get(name, facts.get(name, ""))
    items = value if isinstance(value, list) else [value]
    texts = [str(i).lower() if isinstance(i, bool) else str(i) for i in items]
    return [text for text in texts if text.strip()]


@given(projects, st.sampled_from(NAMES), st.sampled_from(["a", "b", "李", "1"]))
@examples(100)
def test_a_plain_loop_over_the_file_finds_the_same(
    drawn: list[tuple[dict[str, Any], dict[str, str]]], name: str, word: str
) -> None:
    data = write(drawn)
    tables = tomli.loads(data.decode())["projects"]
    index = Index(parse_file(data).dataset)
    stated = {table["id"]: list_texts(table, name) for table in tables}
    own = index.find_own_fields().find(name)
    if not any(stated.values()):
        assert own is None
        return
    assert own is not None
    has = index.find_keys(index.parse(f"has:{own.id}", today=TODAY))
    assert set(has) == {key for key, texts in stated.items() if texts}
    if own.type == "text":
        found = index.find_keys(index.parse(f"{own.id}:{word}", today=TODAY))
        assert set(found) == {
            key for key, texts in stated.items() if any(word in fold(t) for t in texts)
        }
        groups = index.make_groups(index.everything, own.id)
        firsts = {texts[0] for texts in stated.values() if texts}
        assert {group.value for group in groups} - {""} == firsts
    elif own.type == "number":
        numbers = {key: Decimal(texts[0]) for key, texts in stated.items() if texts}
        tests: dict[str, Callable[[Any, Any], bool]] = {
            ">": operator.gt,
            "<=": operator.le,
        }
        for op, test in tests.items():
            found = index.find_keys(index.parse(f"{own.id}{op}1.5", today=TODAY))
            assert set(found) == {
                key for key, number in numbers.items() if test(number, Decimal("1.5"))
            }
        query = index.parse(f"sort:{own.id}", today=TODAY)
        ordered = list(index.find_keys(query))
        assert ordered[: len(numbers)] == sorted(numbers, key=numbers.__getitem__)


@given(projects, projects)
def test_an_index_follows_an_edit(
    drawn: list[tuple[dict[str, Any], dict[str, str]]],
    others: list[tuple[dict[str, Any], dict[str, str]]],
) -> None:
    dataset = parse_file(write(drawn)).dataset
    index = Index(dataset)
    names = [own.id for own in index.find_own_fields()]
    for name in names:
        index.find_keys(index.parse(f"has:{name} sort:{name}", today=TODAY))
    _, facts = others[0]
    new = dataset.projects["p0"]._replace(
        facts=tuple(Fact(label, value) for label, value in facts.items())
    )
    changed = dataset.with_projects({"p0": new})
    updated, fresh = index.update(changed, ["p0"]), Index(changed)
    assert [own.id for own in updated.find_own_fields()] == [
        own.id for own in fresh.find_own_fields()
    ]
    for own in fresh.find_own_fields():
        text = f"has:{own.id} sort:{own.id} {own.id}:1 OR {own.id}:b"
        query = fresh.parse(text, today=TODAY)
        assert updated.find_keys(query) == fresh.find_keys(query)


def write_number(number: int | Decimal) -> str:
    return str(number) if isinstance(number, int) else f"{number:f}"


numbers = st.one_of(
    st.none(), st.integers(-(10**17), 10**17), st.decimals(-999, 999, places=9)
)


@given(st.lists(st.tuples(numbers, st.sampled_from("ab"), st.booleans()), max_size=8))
def test_sums_of_groups_are_exact_and_add_up(
    drawn: list[tuple[int | Decimal | None, str, bool]],
) -> None:
    projects = {
        f"p{n}": Project(
            f"p{n}",
            f"p{n}",
            "P",
            other=(("team", team),)
            + ((("size", write_number(number)),) if number is not None else ()),
        )
        for n, (number, team, _) in enumerate(drawn)
    }
    declared = {"size": DeclaredField("size", type="number")}
    index = Index(Dataset(projects=projects, fields=declared))
    mask = bitmask.from_flags(listed for _, _, listed in drawn)
    expected: dict[str, Fraction] = {}
    for number, team, listed in drawn:
        if listed and number is not None:
            expected[team] = expected.get(team, Fraction(0)) + Fraction(number)
    sums = index.sum_fields(mask, ("size", "team", "invest", "gone"), "team")
    assert {team: Fraction(each.total) for team, (each,) in sums.items()} == expected
    whole = index.sum_fields(mask, ("size",)).get("", [])
    assert sum(Fraction(each.total) for each in whole) == sum(expected.values())
