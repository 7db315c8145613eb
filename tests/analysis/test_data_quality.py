from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from hunnan_tui.analysis.data_quality import Health, measure_health
from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.model import (
    Dataset,
    Event,
    Fact,
    Party,
    Project,
    Source,
)
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.index import Index
from tests.strategies import TODAY, datasets


def of(dataset: Dataset) -> Health:
    index = Index(dataset)
    return measure_health(index, index.everything, TODAY)


def holding(*projects: Project, **more: object) -> Dataset:
    return Dataset(projects={project.key: project for project in projects}, **more)  # type: ignore[arg-type]  # any field


def lacks(project: Project) -> set[str]:
    """Return what a project does not state, said once more in another way."""
    bases = {project.industries_basis, *(fact.basis for fact in project.facts)}
    stated = {
        "investment": project.investment is not None,
        "date of the stage": is_partial(project.stage_date),
        "parties": any(fold(party.name) for party in project.parties),
        "place": fold(project.place),
        "stated industry": project.industries and "inferred" not in bases,
        "Chinese name": project.name_zh,
        "stage": project.stage,
        "district": project.district,
        "summary": fold(project.summary),
        "source": project.sources,
    }
    return {label for label, is_stated in stated.items() if not is_stated}


LABELS = lacks(Project("", "", ""))


def list_filled(dataset: Dataset) -> set[str]:
    """Return the labels of the fields that some project has, said in another way."""
    keys = {
        "investment": "investment",
        "date of the stage": "stage_date",
        "stated industry": "industries",
        "Chinese name": "name_zh",
        "source": "sources",
    }
    return {
        label
        for label in LABELS
        if any(
            getattr(project, keys.get(label, label)) not in (None, "", ())
            for project in dataset.projects.values()
        )
    }


def list_missing(dataset: Dataset) -> list[set[str]]:
    filled = list_filled(dataset)
    return [lacks(project) & filled for project in dataset.projects.values()]


@given(datasets())
def test_what_is_missing_is_counted_as_if_by_hand(dataset: Dataset) -> None:
    found = of(dataset)
    by_hand = list_missing(dataset)
    assert {*found.fields, *found.unfilled} == LABELS
    assert set(found.fields) == list_filled(dataset)
    for tally in found.missing:
        assert tally.projects == sum(tally.label in each for each in by_hand)
    assert found.projects == sum(found.complete) == len(by_hand)
    for number, count in enumerate(found.complete):
        most = len(found.fields)
        assert count == sum(most - len(each) == number for each in by_hand)
    stated = sum(len(found.fields) - len(each) for each in by_hand)
    most = len(found.fields) * len(by_hand)
    assert found.share == pytest.approx(stated / most if most else 0)


@given(datasets())
def test_those_that_state_least_come_first_with_what_they_lack(
    dataset: Dataset,
) -> None:
    found = of(dataset)
    filled = list_filled(dataset)
    for key, missing in found.poorest:
        assert set(missing) == lacks(dataset.projects[key]) & filled
    sizes = [len(missing) for _, missing in found.poorest]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == sum(found.complete[:-1])


@given(datasets())
def test_every_project_has_been_silent_for_one_length_of_time(
    dataset: Dataset,
) -> None:
    index = Index(dataset)
    masks = [
        index.compute_mask(index.parse(t.query, today=TODAY))
        for t in of(dataset).silent
    ]
    assert sum(mask.bit_count() for mask in masks) == len(dataset.projects)
    together = 0
    for mask in masks:
        together |= mask
    assert together == index.everything


@given(datasets())
def test_each_query_finds_what_was_counted_and_has_no_error(dataset: Dataset) -> None:
    found = of(dataset)
    index = Index(dataset)
    for tally in (
        *found.missing,
        *found.silent,
        *found.sourcing,
        *found.unknown_sources,
    ):
        query = index.parse(tally.query, today=TODAY)
        assert not query.has_error
        assert len(index.find_keys(query)) == tally.projects


def test_only_the_projects_of_the_mask_are_counted() -> None:
    first = Project("a", "a", "a", district="North")
    index = Index(holding(first, Project("b", "b", "b")))
    found = measure_health(index, 0b10, TODAY)
    assert found.projects == 1
    assert [key for key, _ in found.poorest] == ["b"]
    assert measure_health(index, 0, TODAY).share == 0


def test_a_complete_project_lacks_nothing() -> None:
    project = Project(
        "a",
        "a",
        "A",
        name_zh="甲",
        district="Hunnan",
        place="North",
        industries=("energy",),
        industries_basis="stated",
        stage="signed",
        stage_date="2023",
        investment=0,
        parties=(Party("Firm"),),
        summary="Text",
        sources=("s",),
    )
    found = of(holding(project))
    assert found.share == 1
    assert found.poorest == ()
    guessed = of(
        holding(
            project, Project("b", "b", "b", facts=(Fact("l", "v", "", "inferred"),))
        )
    )
    assert guessed.complete[-1] == 1


@pytest.mark.parametrize(
    ("days", "label"),
    [
        (0, "up to 90 days"),
        (90, "up to 90 days"),
        (91, "91 to 180 days"),
        (180, "91 to 180 days"),
        (181, "181 to 365 days"),
        (365, "181 to 365 days"),
        (366, "more than a year"),
    ],
)
def test_silence_is_counted_in_days(days: int, label: str) -> None:
    event = Event("news", (TODAY - timedelta(days=days)).isoformat())
    found = of(holding(Project("a", "a", "a", events=(event,))))
    assert [tally.label for tally in found.silent if tally.projects] == [label]


def test_copies_and_reference_works_are_no_first_hand_source() -> None:
    sources = {
        "o": Source("o", "", kind="official"),
        "m": Source("m", "", kind="media"),
        "c": Source("c", "", kind="copy"),
        "u": Source("u", ""),
    }
    dataset = holding(
        *(
            Project(key, key, key, sources=tuple(key))
            for key in ("oc", "mu", "cu", "c")
        ),
        Project("none", "none", "none"),
        sources=sources,
    )
    none, weak = of(dataset).sourcing
    assert none.projects == 1
    assert weak.projects == 2


def test_sources_that_the_file_does_not_describe_are_named() -> None:
    dataset = holding(
        Project("a", "a", "a", sources=("gone", 'odd id, "x" [/y]')),
        Project("b", "b", "b", sources=("gone", "s")),
        sources={"s": Source("s", "S")},
    )
    found = of(dataset).unknown_sources
    assert [(each.label, each.projects) for each in found] == [
        ("gone", 2),
        ('odd id, "x" [/y]', 1),
    ]
