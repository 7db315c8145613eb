"""What there is to do is what the dataset says, the most urgent first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.agenda import (
    MOST,
    SOON_DAYS,
    AgendaSection,
    build_agenda,
)
from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Need,
    Note,
    Project,
)
from hunnan_tui.query.engine.index import Index
from tests.strategies import examples

TODAY = date(2026, 11, 23)


def project(
    key: str, annotations: Annotations | None = None, stage_date: str = ""
) -> Project:
    return Project(
        key,
        key,
        f"Name of {key}",
        stage_date=stage_date,
        annotations=annotations or Annotations(),
    )


def parts(*projects: Project) -> dict[str, AgendaSection]:
    dataset = Dataset(projects={each.key: each for each in projects})
    return {each.title: each for each in build_agenda(Index(dataset), TODAY, 90)}


def test_an_untouched_dataset_has_nothing_to_do() -> None:
    assert parts(project("a", stage_date="2020")) == {}


def test_follow_ups_stand_by_their_days_the_oldest_first() -> None:
    days = {"a": -1, "b": -30, "c": 0, "d": 7, "e": 8}
    found = parts(
        *(
            project(key, Annotations(follow_up=TODAY + timedelta(by)))
            for key, by in days.items()
        )
    )
    keys = {title: [task.key for task in each.tasks] for title, each in found.items()}
    assert keys == {
        "Overdue": ["b", "a"],
        "Due today": ["c"],
        f"Due in the next {SOON_DAYS} days": ["d"],
    }
    assert found["Overdue"].tasks[0].when == "2026-10-24 30 d ago"


def test_open_needs_are_told_and_met_ones_are_not() -> None:
    needs = (
        Need("energy", "110 kV", "open", "2026-02"),
        Need("labour", "", "open", "2025-02"),
        Need("transport", "road", "met"),
    )
    found = parts(
        project("a", Annotations(needs=needs)),
        project("b", Annotations(needs=needs[2:])),
    )
    (task,) = found["Open needs"].tasks
    assert (task.when, task.what) == ("since 2025-02", "energy: 110 kV; labour")


def test_silence_counts_for_watched_projects_only() -> None:
    note = Note("\nCalled.\nAgain.", datetime(2026, 11, 1, tzinfo=UTC), "")
    watched = Annotations(tags=("watch",), notes=(note,))
    found = parts(
        project("a", watched, "2026-01-01"),
        project("b", watched, "2026-11-01"),
        project("c", stage_date="2020"),
    )
    (task,) = found["Watched, and nothing new for 90 days"].tasks
    assert (task.key, task.when, task.what) == ("a", "for 326 d", "Called.")


@given(st.lists(st.integers(-400, 400), max_size=80))
@examples(30)
def test_every_day_to_come_back_is_in_one_part_or_further_away(days: list[int]) -> None:
    found = parts(
        *(
            project(f"p{n}", Annotations(follow_up=TODAY + timedelta(by)))
            for n, by in enumerate(days)
        )
    )
    assert sum(each.projects for each in found.values()) == sum(
        by <= SOON_DAYS for by in days
    )
    for each in found.values():
        assert len(each.tasks) == min(each.projects, MOST)


def test_what_a_query_of_a_part_finds_is_that_part() -> None:
    annotations = Annotations(follow_up=TODAY, needs=(Need("energy", "", "open"),))
    dataset = Dataset(
        projects={
            each.key: each
            for each in (
                project("a", annotations),
                project("b"),
                project("c", annotations._replace()),
            )
        }
    )
    index = Index(dataset)
    for part in build_agenda(index, TODAY, 90):
        found = index.find_keys(index.parse(part.query, today=TODAY))
        assert found == [task.key for task in part.tasks] == ["a", "c"]
