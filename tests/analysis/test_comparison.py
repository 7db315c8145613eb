from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.comparison import ComparisonRow, compare_projects
from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    DeclaredField,
    Event,
    Fact,
    Project,
    Source,
)
from tests.strategies import (
    INDUSTRIES,
    SOURCES,
    STAGES,
    projects,
)

DATASET = Dataset(currency="CNY", industries=INDUSTRIES, stages=STAGES, sources=SOURCES)


def row(label: str, *compared: Project) -> ComparisonRow:
    return next(
        row for row in compare_projects(compared, DATASET) if row.label == label
    )


@given(projects("a"), st.integers(2, 4))
def test_a_project_does_not_differ_from_itself(project: Project, count: int) -> None:
    assert not any(row.differs for row in compare_projects([project] * count, DATASET))


@given(st.lists(projects("a"), min_size=2, max_size=4))
def test_every_row_has_a_value_for_each_project(compared: list[Project]) -> None:
    rows = compare_projects(compared, DATASET)
    assert all(len(row.values) == len(compared) for row in rows)
    assert rows[0].values == tuple((p.name,) if p.name else () for p in compared)


@given(projects("a"), projects("b"))
def test_the_order_of_the_projects_is_that_of_the_columns(
    left: Project, right: Project
) -> None:
    turned = {row.label: row for row in compare_projects([right, left], DATASET)}
    for row in compare_projects([left, right], DATASET):
        assert turned[row.label].values == row.values[::-1]
        assert turned[row.label].differs == row.differs


def test_keys_and_labels_of_one_field_share_a_row() -> None:
    left = Project("a", "a", "a", other=(("annual_plan", "120000000"), ("x", "1")))
    right = Project("b", "b", "b", facts=(Fact("年度计划投资（万元）", "5"),))
    declared = DeclaredField("annual_plan", "Plan", "年度计划投资", type="amount")
    dataset = DATASET._replace(fields={declared.id: declared})
    rows = {row.label: row for row in compare_projects((left, right), dataset)}
    assert rows["Plan"].values == (("120 m yuan",), ("50,000 yuan",))
    assert rows["x"].values == (("1",), ())


def test_facts_with_the_same_label_share_a_row() -> None:
    left = Project("a", "a", "a", facts=(Fact("Land", "5 ha"), Fact("Halls", "two")))
    right = Project("b", "b", "b", facts=(Fact("land ", "6 ha", basis="inferred"),))
    assert row("Land", left, right).values == (("5 ha",), ("6 ha (inferred)",))
    assert row("Halls", left, right).values == (("two",), ())


def test_tags_in_another_order_or_case_are_no_difference() -> None:
    left = Project("a", "a", "a", annotations=Annotations(tags=("watch", "关注")))
    right = Project("b", "b", "b", annotations=Annotations(tags=("关注", "Watch")))
    assert not row("Tags", left, right).differs


def test_an_amount_that_one_project_does_not_state_is_a_difference() -> None:
    left = Project("a", "a", "a", investment=0)
    right = Project("b", "b", "b")
    assert row("Investment", left, right).values == (("0 yuan",), ())
    assert row("Investment", left, right).differs


def test_an_inexact_amount_says_so() -> None:
    about = Project("a", "a", "a", investment=10**9, investment_qualifier="about")
    exact = Project("b", "b", "b", investment=10**9)
    values = row("Investment", about, exact).values
    assert values == (("about 1 bn yuan",), ("1 bn yuan",))


def test_a_field_that_nobody_states_has_a_row_only_if_it_is_looked_for() -> None:
    labels = [
        row.label for row in compare_projects([Project("a", "a", "a")] * 2, DATASET)
    ]
    assert "Investment" in labels
    assert "Caveat" not in labels


def test_events_stand_by_day_and_sources_by_title() -> None:
    events = (
        Event("undated"),
        Event("later", "2024"),
        Event("first", "2023", "signed"),
    )
    project = Project("a", "a", "a", events=events, sources=("cd", "gone"))
    assert row("Events", project, project).values[0] == (
        "2023 first [Signed]",
        "2024 later",
        "undated",
    )
    assert row("Sources", project, project).values[0] == (
        "Five leading industries · China Daily · 2023-03-08",
        "gone (not in the file)",
    )
    bare = Dataset(sources={"s": Source("s", "T")})
    rows = compare_projects([Project("a", "a", "a", sources=("s",))] * 2, bare)
    assert rows[-1].values[0] == ("T",)
