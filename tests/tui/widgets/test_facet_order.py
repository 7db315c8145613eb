from __future__ import annotations

import pytest

from hunnan_tui.core.model import Dataset, Industry, Project
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.presenters import facets


def list_industries(count: int) -> list[str | None]:
    """Return the industries of a pane; number 2 has two projects, all others have one."""
    names = [f"i{number}" for number in range(count)]
    industries = {name: Industry(name, name.upper()) for name in (*names, "other")}
    owners = [*names, names[2], "other", "other", "other"]
    projects = {
        f"p{number}": Project(f"p{number}", f"p{number}", "P", industries=(name,))
        for number, name in enumerate(owners)
    }
    index = Index(Dataset(industries=industries, projects=projects))
    labels = facets.FacetLabels(index)
    sections = facets.build_sections(index, index.everything, frozenset(), labels)
    return [line.value for line in sections[0].lines]


@pytest.mark.parametrize(
    ("count", "first"), [(5, ["i0", "i1", "i2"]), (40, ["i2", "i0", "i1"])]
)
def test_many_industries_are_listed_by_count_and_few_as_the_dataset_has_them(
    count: int, first: list[str]
) -> None:
    listed = list_industries(count)
    assert listed[:4] == [None, *first]
    assert listed[-1] == "other"
