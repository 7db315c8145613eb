from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given

from hunnan_tui.core.filled_fields import ALL, EXPECTED, GETTERS, find_filled_fields
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.engine.index import Index
from tests.strategies import datasets

FULL = Project(
    *("a", "a", "A", "甲", "North", "Port", ("energy",), "stated", "signed", "2023", 0),
    parties=("Firm",),  # type: ignore[arg-type]  # only whether there is one counts
    summary="A firm.",
    sources=("paper",),
)


@given(datasets())
def test_a_field_is_filled_by_any_value_of_any_project(dataset: Dataset) -> None:
    filled = find_filled_fields(dataset.projects.values())
    everything = find_filled_fields(dataset.projects.values(), ALL)
    for name, get in GETTERS.items():
        values = map(get, dataset.projects.values())
        is_filled = any(value not in (None, "", ()) for value in values)
        assert (name in everything) == is_filled, name
    assert filled == everything & EXPECTED
    assert Index(dataset).filled_fields == everything


def test_it_looks_at_no_more_projects_than_it_needs() -> None:
    def iterate() -> Iterator[Project]:
        yield Project("b", "b", "B")
        yield FULL
        raise AssertionError("all is known")

    assert find_filled_fields(iterate()) == EXPECTED


def test_an_edit_looks_at_what_it_changed() -> None:
    bare = {key: Project(key, key, key) for key in ("a", "b")}
    index = Index(Dataset(projects=bare))
    assert index.filled_fields == frozenset()
    index = index.update(Dataset(projects={**bare, "a": FULL}), ["a"])
    assert index.filled_fields >= EXPECTED
