"""Whatever projects state, a field is compared and sorted by its own values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.fields import BY_KEY, GENERIC, NUMERIC, Field, Kind
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.engine.index import Index
from tests.core.field_cases import TODAY

NUMBERS = [field for field in BY_KEY.values() if field.kind in NUMERIC]
ORDERED = [
    field
    for field in BY_KEY.values()
    if field.kind in (*NUMERIC, Kind.DATE)
    and field.is_queried
    and not field.is_annotation
]

numbers = st.none() | st.integers(0, 12) | st.integers(0, 2**63 - 1)
dates = st.just("") | st.dates().map(str)


def projects_of(field: Field, values: list[Any]) -> dict[str, Project]:
    """Return a project for each value; those of all other numbers differ from it."""
    projects = {}
    for index, value in enumerate(values):
        project = Project(f"p{index}", f"p{index}", f"P {index}")
        stated = {other.key: index * 7 for other in NUMBERS} | {field.key: value}
        generic = {each.key for each in GENERIC}
        attributes = {key: stated[key] for key in stated if key not in generic}
        others = {key: stated[key] for key in stated if key in generic}
        projects[project.key] = project._replace(**attributes, values=others)
    return projects


@pytest.mark.parametrize("field", ORDERED, ids=lambda field: field.id)
@given(data=st.data())
def test_a_field_is_compared_and_sorted_by_its_own_values(
    field: Field, data: st.DataObject
) -> None:
    kind = dates if field.kind is Kind.DATE else numbers
    values = data.draw(st.lists(kind, min_size=1, max_size=8))
    projects = projects_of(field, values)
    stated = {
        key: field.get_stored_value(project)
        for key, project in projects.items()
        if field.get_stored_value(project) not in (None, "")
    }
    index = Index(Dataset(projects=projects))

    def find(text: str) -> list[str]:
        query = index.parse(text, today=TODAY)
        assert not query.has_error
        return list(index.find_keys(query))

    ordered = sorted(stated, key=stated.__getitem__)
    missing = [key for key in projects if key not in stated]
    assert find(f"sort:{field.id}") == [*ordered, *missing]
    for value in set(stated.values()):
        equal = {key for key in stated if stated[key] == value}
        less = {key for key in stated if stated[key] < value}
        assert set(find(f"{field.id}={value}")) == equal
        assert set(find(f"{field.id}<{value}")) == less
        assert set(find(f"{field.id}<={value}")) == less | equal
        assert set(find(f"{field.id}>{value}")) == set(stated) - less - equal
        assert set(find(f"{field.id}:..{value}")) == less | equal
    assert set(find(f"has:{field.id}")) == set(stated)
