"""What had reached a stage by a day is what the dated projects add up to."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.amounts_over_time import build_growths
from hunnan_tui.core.model import Dataset, Event, Project, Stage

STAGES = ("signed", "works", "open")
DATASET = Dataset(stages={key: Stage(key, key.title()) for key in STAGES})
DATES = st.sampled_from(["", "2020", "2020-03", "2021-05-06", "2022-13", "soon"])
EVENTS = st.builds(
    Event, date=DATES, what=st.just("x"), stage=st.sampled_from([*STAGES, "", "?"])
)
PROJECTS = st.lists(
    st.builds(
        Project,
        id=st.just("a"),
        key=st.uuids().map(str),
        name=st.just("A"),
        stage=st.sampled_from([*STAGES, "", "?"]),
        stage_date=DATES,
        investment=st.sampled_from([None, 0, 5, 70]),
        events=st.lists(EVENTS, max_size=3).map(tuple),
    ),
    max_size=6,
)


@given(PROJECTS)
def test_sums_grow_and_those_of_later_stages_are_no_larger(
    projects: list[Project],
) -> None:
    growths = build_growths(projects, DATASET)
    last = None
    for growth in growths:
        days = [day for day, _ in growth.steps]
        sums = [total for _, total in growth.steps]
        assert days == sorted(set(days))
        assert sums == sorted(sums)
        reached = STAGES[STAGES.index(growth.stage) :]
        amounts = [
            p.amount for p in projects if p.amount is not None and p.stage in reached
        ]
        assert growth.total <= sum(amounts)
        assert growth.undated < len(amounts)
        assert last is None or growth.total <= last
        last = growth.total


def test_a_project_has_been_at_the_stages_before_its_own() -> None:
    one = Project("one", "one", "One", stage="open", stage_date="2022", investment=5)
    two = Project(
        "two",
        "two",
        "Two",
        stage="works",
        investment=70,
        events=(
            Event("begun", "2021-05", "works"),
            Event("opens", "2023", "open"),
        ),
    )
    part = Project("part", "part", "Part", stage="open", investment=9)
    signed, opened = build_growths([one, two, part], DATASET, {"part"})
    assert (signed.stage, opened.stage) == ("signed", "open")  # works repeats signed
    assert signed.steps == ((date(2021, 5, 1), 70), (date(2022, 1, 1), 75))
    assert opened.steps == ((date(2022, 1, 1), 5),)
    (growth,) = build_growths([one, part], DATASET)
    assert growth.undated == 1


def test_nothing_stated_grows_nothing() -> None:
    project = Project("a", "a", "A", stage="open", stage_date="2022")
    assert build_growths([project], DATASET) == ()
    assert build_growths([], Dataset()) == ()
