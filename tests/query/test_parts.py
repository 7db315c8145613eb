"""Parts of projects in lists and sums: an index does what the plain rule says."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given

from hunnan_tui.analysis.pipeline import build_matrix, measure_largest
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.parts import find_repeated
from hunnan_tui.export.documents.totals import count_projects
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.counts import FACETS
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT
from hunnan_tui.query.language.parser import parse
from tests.query.reference import find_repeated as find_repeated_plainly
from tests.query.reference import list_wholes
from tests.strategies import TODAY, datasets, queries


def make(**projects: tuple[str, int | None, str]) -> Dataset:
    """Return a dataset of projects, each with its whole, its amount and its stage."""
    made = {
        key: Project(
            key,
            key,
            key.upper(),
            investment=amount,
            stage=stage,
            values={"part_of": whole} if whole else {},
        )
        for key, (whole, amount, stage) in projects.items()
    }
    return Dataset(projects=made)


AIRPORT = make(
    runway=("hub", 40, "built"),
    park=("", None, "built"),
    hub=("", 100, "built"),
    lab=("park", 30, "built"),
    lights=("runway", 5, "signed"),
    metro=("", 60, "signed"),
)


def list_depths(dataset: Dataset, text: str, group: str = "") -> list[str]:
    index = Index(dataset)
    mask = index.compute_mask(parse(text, today=TODAY))
    places = index.place_parts(mask, (), group)
    return [
        "-" * places.get(key, ("", 0))[1] + key
        for key in index.list_keys(mask, (), group)
    ]


def test_a_part_stands_under_its_whole_where_the_order_is_the_usual_one() -> None:
    whole = ["hub", "-runway", "--lights", "metro", "park", "-lab"]
    assert list_depths(AIRPORT, "") == whole
    assert list_depths(AIRPORT, "-hub") == [
        *("metro", "runway", "-lights", "park", "-lab")
    ]
    assert list_depths(AIRPORT, "-runway") == [
        "hub",
        "-lights",
        "metro",
        "park",
        "-lab",
    ]
    assert list_depths(AIRPORT, "", "stage") == [
        *("hub", "-runway", "park", "-lab", "metro", "lights")
    ]
    index = Index(AIRPORT)
    by_amount = index.list_keys(index.everything, BY_INVESTMENT)
    assert by_amount == ["hub", "metro", "runway", "lab", "lights", "park"]
    assert index.place_parts(index.everything, BY_INVESTMENT) == {}


def test_an_amount_is_added_once_in_each_sum() -> None:
    index = Index(AIRPORT)
    counts = index.count_mask(index.everything, ("stage",))
    assert astuple(counts.all) == (6, 100 + 60 + 30, 1, 2)
    # in a sum without the whole the part counts
    assert astuple(counts.get_count("stage", "signed")) == (2, 65, 0, 0)
    assert astuple(counts.get_count("stage", "built")) == (4, 130, 1, 1)
    groups = index.make_groups(index.everything, "stage")
    assert [group.count.investment for group in groups] == [130, 65]
    largest = measure_largest(index, index.everything)
    assert [each.investment for each in largest] == [100, 190]
    assert index.find_parts("hub") == ["runway"]


@given(datasets(), queries())
def test_every_sum_leaves_out_what_the_plain_rule_does(
    dataset: Dataset, text: str
) -> None:
    index = Index(dataset)
    keys = list(index.find_keys(parse(text, today=TODAY)))
    projects = [dataset.projects[key] for key in keys]
    repeated = find_repeated(projects, dataset.projects)
    assert repeated == find_repeated_plainly(dataset, keys)
    counts = index.count_keys(keys, FACETS)
    assert counts.all == count_projects(projects, dataset)
    for facet in FACETS:
        vocabulary = {**counts.facets[facet]}
        for value, count in vocabulary.items():
            mask = index.select_values(facet, [value])
            here = [
                project
                for project, flag in zip(
                    dataset.projects.values(),
                    bitmask.to_flags(mask, len(dataset.projects)),
                    strict=True,
                )
                if flag and project.key in keys
            ]
            assert count == count_projects(here, dataset)
    mask = index.compute_mask(parse(text, today=TODAY))
    matrix = build_matrix(index, mask)
    for (industry, stage), count in matrix.cells.items():
        here = [
            project
            for project in projects
            if project.stage == stage
            and (industry in project.industries or not (industry or project.industries))
        ]
        assert count == count_projects(here, dataset)


@given(datasets(), queries())
def test_the_list_has_each_project_once_and_parts_behind_their_whole(
    dataset: Dataset, text: str
) -> None:
    index = Index(dataset)
    for group in ("", "stage"):
        mask = index.compute_mask(parse(text, today=TODAY))
        keys = list(index.list_keys(mask, (), group))
        places = index.place_parts(mask, (), group)
        flat = list(Index(_without_parts(dataset)).list_keys(mask, (), group))
        assert sorted(keys) == sorted(flat)
        roots = [key for key in flat if key not in places]
        assert [key for key in keys if key not in places] == roots
        for key in flat:
            listed = [whole for whole in list_wholes(dataset, key) if whole in flat]
            if group:
                stage = dataset.projects[key].stage
                listed = [w for w in listed if dataset.projects[w].stage == stage]
            assert (key in places) == bool(listed)
            if listed:
                assert places[key] == (listed[0], len(listed))
                between = keys[keys.index(listed[0]) + 1 : keys.index(key)]
                assert all(listed[0] in list_wholes(dataset, each) for each in between)


def _without_parts(dataset: Dataset) -> Dataset:
    projects = {
        key: project._replace(values={}) for key, project in dataset.projects.items()
    }
    return dataset._replace(projects=projects)
