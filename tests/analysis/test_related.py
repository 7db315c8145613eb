from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given

from hunnan_tui.analysis import related
from hunnan_tui.analysis.related import Reason, Relations
from hunnan_tui.core.changes import AddTags
from hunnan_tui.core.model import (
    Announcement,
    Dataset,
    Party,
    Project,
    Source,
)
from hunnan_tui.query.engine.index import Index
from tests.strategies import datasets


def project(
    key: str, party: str = "", place: str = "", sources: Sequence[str] = ()
) -> Project:
    parties = (Party(party),) if party else ()
    return Project(key, key, key, place=place, parties=parties, sources=tuple(sources))


def dataset(*projects: Project) -> Dataset:
    return Dataset(
        sources={"cd": Source("cd", "Five industries", "China Daily")},
        announcements={"first": Announcement("first", "49 signed", names=("a", "d"))},
        projects={each.key: each for each in projects},
    )


DATASET = dataset(
    project("a", "Aero  Engine", "Airport zone", ["cd"]),
    project("b", "ＡＥＲＯ engine"),
    project("c", "Aero Engine Supplies", "Airport zone"),
    project("d", "China Daily", sources=["cd"]),
    project("e"),
)


def of(key: str, data: Dataset = DATASET) -> dict[str, list[Reason]]:
    found = Relations(Index(data)).find_related(data.projects[key], data)
    return {each.key: list(each.reasons) for each in found}


def test_projects_are_related_by_party_place_source_and_announcement() -> None:
    assert of("a") == {
        "d": [Reason("announcement", "49 signed"), Reason("source", "Five industries")],
        "b": [Reason("party", "Aero  Engine")],
        "c": [Reason("place", "Airport zone")],
    }


def test_part_of_a_name_relates_nobody() -> None:
    assert "a" not in [r for r in of("c") if of("c")[r][0].kind == "party"]


def test_a_party_that_is_called_as_a_publisher_relates_nobody() -> None:
    assert [reason.kind for reason in of("d")["a"]] == ["announcement", "source"]


def test_a_project_that_shares_nothing_is_alone() -> None:
    assert of("e") == {}


def test_what_very_many_share_relates_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "COMMON", 2)
    many = dataset(*(project(f"p{n}", place="Hunnan") for n in range(4)))
    few = dataset(*(project(f"p{n}", place="Hunnan") for n in range(3)))
    assert of("p0", many) == {}
    assert set(of("p0", few)) == {"p1", "p2"}


def test_what_few_share_comes_first_and_the_number_is_bounded() -> None:
    data = dataset(
        project("a", "Rare", "Common"),
        *(project(f"p{n}", place="Common") for n in range(20)),
        project("z", "Rare"),
    )
    relations = Relations(Index(data))
    found = relations.find_related(data.projects["a"], data, most=5)
    assert [each.key for each in found] == ["z", "p0", "p1", "p2", "p3"]


def test_an_edit_of_tags_leaves_relations_alone_and_a_new_file_does_not() -> None:
    index = Index(DATASET)
    relations = Relations(index)
    tagged = DATASET.projects["a"]
    own = AddTags(("x",)).apply(tagged.annotations).annotations
    edited = DATASET.with_projects({"a": tagged._replace(annotations=own)})
    assert relations.matches_index(index.update(edited, ["a"]))
    assert not relations.matches_index(Index(edited))


@given(datasets())
def test_relations_go_both_ways_and_never_to_oneself(data: Dataset) -> None:
    relations = Relations(Index(data))
    pairs = {
        (key, other.key)
        for key, each in data.projects.items()
        for other in relations.find_related(each, data)
    }
    assert all(one != other and (other, one) in pairs for one, other in pairs)


def test_what_very_many_share_is_forgotten_on_the_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(related, "COMMON", 3)
    monkeypatch.setattr(related, "_MIN_CAPACITY", 8)
    monkeypatch.setattr(related, "_BUCKET_SIZE", 40)
    many = dataset(
        *(project(f"p{n}", f"Rare {n // 2}", place="Common") for n in range(100))
    )
    relations = Relations(Index(many))
    for key, each in many.projects.items():
        (found,) = relations.find_related(each, many)
        assert int(found.key[1:]) == int(key[1:]) ^ 1
