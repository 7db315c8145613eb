"""Ids of new projects, and the ones that a new project may repeat."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.new_project import find_doubles, make_id
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.typed_facts import read_id
from hunnan_tui.query.engine.index import Index

INDEX = Index(
    Dataset(
        projects={
            each.key: each
            for each in (
                Project(
                    "base", "base", "AECC Gas Turbine Base", "中航发燃气轮机产业基地"
                ),
                Project("park", "park", "Software Park", "沈阳国际软件园"),
                Project(
                    "plant",
                    "plant",
                    "Plant",
                    values={"url": "https://www.example.org/plant/"},
                ),
            )
        }
    )
)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Gas Turbine Base, phase 2", "gas-turbine-base-phase-2"),
        ("沈阳国际软件园", "shen-yang-guo-ji-ruan-jian-yuan"),
        ("ＡＢＣ 绿色", "abc-lv-se"),
        ("Ünïted [x] & Co", "united-x-co"),
        ("!!!", ""),
        ("base", "base-2"),
    ],
)
def test_an_id_is_made_of_a_name(name: str, made: str) -> None:
    assert make_id(name, {"base"}) == made


@given(st.text(max_size=200), st.sets(st.sampled_from(["a", "a-2", "b"])))
def test_an_id_can_be_used_and_is_free(name: str, taken: set[str]) -> None:
    made = make_id(name, taken)
    assert made not in taken
    assert not made or read_id(made) == made


@pytest.mark.parametrize(
    ("name", "url", "found"),
    [
        ("aecc gas turbine BASE", "", [("base", "the same name")]),
        ("中航發燃氣輪機產業基地", "", [("base", "the same name")]),
        ("Gas Turbine", "", [("base", "one name contains the other")]),
        ("沈阳软件园", "", []),
        ("沈阳国际软件园区", "", [("park", "one name contains the other")]),
        ("AECC Gas Turbines Bases", "", [("base", "a similar name")]),
        ("Base turbine", "", [("base", "it has all these words")]),
        ("Another", "http://example.org/plant", [("plant", "the same page")]),
        ("Par", "", []),
        ("", "", []),
    ],
)
def test_what_a_new_project_may_repeat(
    name: str, url: str, found: list[tuple[str, str]]
) -> None:
    assert find_doubles(INDEX, name, url) == found


@given(st.text(max_size=30))
def test_any_name_can_be_looked_for(name: str) -> None:
    keys = [double.key for double in find_doubles(INDEX, name, name)]
    assert len(keys) == len(set(keys)) <= 3
    assert not re.search("[^a-z]", "".join(keys))
