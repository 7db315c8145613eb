"""Several datasets as one: laws against each alone, and where they disagree."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.errors import Level
from hunnan_tui.core.joined_datasets import (
    JoinedDatasets,
    NamedDataset,
    merge_orders,
    name_files,
)
from hunnan_tui.core.model import (
    Announcement,
    Dataset,
    DeclaredField,
    Event,
    Fact,
    Industry,
    Origin,
    Project,
    Source,
    Stage,
)
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.parser import parse
from tests.strategies import TODAY, datasets, queries


def join(*members: Dataset) -> JoinedDatasets:
    return JoinedDatasets(
        [
            NamedDataset(name, f"{name}.toml", dataset)
            for name, dataset in zip("abc", members, strict=False)
        ]
    )


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.toml", "x/b.toml"], ["a", "b"]),
        (["x/a.toml", "y/a.toml", "b.toml"], ["x/a", "y/a", "b"]),
        (["p/x/a.toml", "q/x/a.toml"], ["p/x/a", "q/x/a"]),
        (["a.toml", "x/a.toml"], ["a", "x/a"]),
        (["a.toml", "a.csv"], ["a", "a#2"]),
        ([".toml"], [".toml"]),
    ],
)
def test_files_get_short_names_that_differ(paths: list[str], names: list[str]) -> None:
    assert name_files([PurePath(path) for path in paths]) == names


@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(st.sampled_from("abcdef"), unique=True),
)
def test_orders_are_merged_without_losing_one(
    first: list[str], second: list[str]
) -> None:
    merged = merge_orders(first, second)
    assert sorted(merged) == sorted({*first, *second})
    assert [item for item in merged if item in first] == first
    if [i for i in first if i in second] == [i for i in second if i in first]:
        assert [item for item in merged if item in second] == second


@given(datasets(), datasets(), queries())
def test_a_joined_list_has_what_each_file_has(
    one: Dataset, other: Dataset, text: str
) -> None:
    joined = join(one, other)
    index = Index(joined.dataset)
    query = parse(text, today=TODAY)
    if "largest" in text:  # that is of all together
        return
    found = set(index.find_keys(query))
    expected: set[str] = set()
    for number, dataset in enumerate((one, other)):
        own = Index(dataset).find_keys(query)
        expected |= {joined.keys[number][key] for key in own}
    # a value that only one of them has is unknown to the other, and part of a word here
    if not any(sign in text for sign in ("stray", "stage", "industry", "district")):
        assert found == expected
    assert len(joined.dataset.projects) == len(one.projects) + len(other.projects)
    for number, dataset in enumerate((one, other)):
        for key, project in dataset.projects.items():
            there = joined.dataset.projects[joined.keys[number][key]]
            assert there.key == joined.keys[number][key]
            assert there.origin == Origin("ab"[number])
            assert there.id == project.id
            assert there.annotations == project.annotations


@given(datasets(), datasets())
def test_sums_of_files_without_links_add_up(one: Dataset, other: Dataset) -> None:
    alone = [_without_parts(each) for each in (one, other)]
    index = Index(join(*alone).dataset)
    counts = index.count_mask(index.everything, ("file", "stage"))
    totals = [Index(each) for each in alone]
    expected = [total.count_mask(total.everything, ()).all for total in totals]
    assert counts.all.investment == sum(each.investment for each in expected)
    assert counts.all.not_stated == sum(each.not_stated for each in expected)
    for name, count in zip("ab", expected, strict=True):
        assert counts.get_count("file", name) == count


def _without_parts(dataset: Dataset) -> Dataset:
    projects = {key: each._replace(values={}) for key, each in dataset.projects.items()}
    return dataset._replace(projects=projects)


def make(key: str, **values: Any) -> Project:
    return Project(key, key, key.upper())._replace(**values)


def test_what_both_have_is_told_apart_and_references_follow() -> None:
    one = Dataset(
        sources={"s": Source("s", "First")},
        projects={"x": make("x"), "b:x": make("b:x")},
    )
    other = Dataset(
        sources={"s": Source("s", "Second"), "t": Source("t", "Third")},
        announcements={"n": Announcement("n", "N", names=("x",), sources=("s",))},
        projects={
            "x": make(
                "x",
                sources=("s", "t"),
                events=(Event("e", source="s"),),
                facts=(Fact("f", source="t"),),
            ),
            "y": make("y", values={"part_of": "x"}),
        },
    )
    dataset = join(one, other).dataset
    assert list(dataset.projects) == ["a:x", "b:x", "b:x#2", "y"]
    twin = dataset.projects["b:x#2"]
    assert (twin.id, twin.sources) == ("x", ("b:s", "t"))
    assert (twin.events[0].source, twin.facts[0].source) == ("b:s", "t")
    assert dataset.sources["b:s"].title == "Second"
    assert dataset.projects["y"].values["part_of"] == "b:x#2"
    assert dataset.announcements["n"].names == ("b:x#2",)
    assert dataset.announcements["n"].sources == ("b:s",)
    assert list(Index(dataset).find_keys(parse("id=x", today=TODAY))) == [
        "a:x",
        "b:x#2",
    ]


def test_a_part_may_be_of_a_whole_in_another_file() -> None:
    one = Dataset(projects={"hub": make("hub", investment=9)})
    other = Dataset(
        projects={"lab": make("lab", investment=2, values={"part_of": "hub"})}
    )
    index = Index(join(one, other).dataset)
    assert index.count_mask(index.everything, ()).all.investment == 9


def test_currencies_that_differ_are_never_added() -> None:
    members = [
        Dataset(currency=currency, projects={key: make(key, investment=amount)})
        for key, currency, amount in (("x", "CNY", 7), ("y", "EUR", 50), ("z", "", 600))
    ]
    joined = join(*members)
    index = Index(joined.dataset)
    counts = index.count_mask(index.everything, ("file",))
    assert (counts.all.investment, counts.all.not_stated) == (7, 2)
    assert counts.get_count("file", "b").stated is None
    assert list(index.find_keys(parse("invest>8", today=TODAY))) == []
    assert list(index.list_keys(index.everything)) == ["x", "y", "z"]
    projects = joined.dataset.projects
    assert [project.investment for project in projects.values()] == [7, 50, 600]
    assert joined.dataset.other_currencies == ("EUR", "¤")
    levels = [(problem.file, problem.level) for problem in joined.problems]
    assert levels == [("b.toml", Level.WARNING), ("c.toml", Level.WARNING)]


def test_a_file_without_amounts_has_no_other_currency() -> None:
    one = Dataset(currency="CNY", projects={"x": make("x", investment=7)})
    joined = join(one, Dataset(projects={"y": make("y")}))
    assert (joined.problems, joined.dataset.other_currencies) == ((), ())


def test_what_has_another_definition_is_told_and_the_first_one_shown() -> None:
    one = Dataset(
        industries={"it": Industry("it", "IT", "信息")},
        stages={key: Stage(key, key) for key in ("signed", "built")},
    )
    other = Dataset(
        industries={"it": Industry("it", "Computers"), "bio": Industry("bio", "Bio")},
        stages={key: Stage(key, key) for key in ("idea", "built", "run", "signed")},
    )
    joined = join(one, other)
    assert joined.dataset.industries["it"].name == "IT"
    assert list(joined.dataset.stages) == ["signed", "idea", "built", "run"]
    messages = [problem.message for problem in joined.problems]
    assert messages == [
        "the industry 'it' is another one than in a.toml",
        "the stages are in another order than in a.toml",
    ]
    same = join(one, one._replace(industries={"it": Industry("it", "IT")}))
    assert same.problems == ()


def test_amounts_of_the_users_own_are_added_in_one_currency() -> None:
    def own(key: str, text: str) -> Project:
        return make(key, other=(("annual_plan", text), ("floors", "7")))

    members = [
        Dataset(
            currency=currency,
            projects={key: own(key, text)},
            fields={"annual_plan": DeclaredField("annual_plan", type="amount")},
        )
        for key, currency, text in (("x", "CNY", "120"), ("y", "EUR", "30"))
    ]
    index = Index(join(*members).dataset)
    for query, keys in (
        ("annual_plan>1", ["x"]),
        ("floors=7", ["x", "y"]),
        ("has:annual_plan", ["x"]),
    ):
        found = index.find_keys(index.parse(query, today=TODAY))
        assert list(found) == keys, query
