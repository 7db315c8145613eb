"""Which of two names is shown, and how names are sorted and found then."""

from __future__ import annotations

from datetime import date

import pytest

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.labels import name_industries, name_stage
from hunnan_tui.core.model import Stage
from hunnan_tui.core.names import (
    Names,
    get_names,
    name_project,
    name_term,
    next_names,
    set_names,
)
from hunnan_tui.dataset.parser import parse
from hunnan_tui.export.list_formats import format_names
from hunnan_tui.query.engine.index import Index

TODAY = date(2026, 11, 28)
DATA = """\
[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"

[[industries]]
id = "it"
name = "IT"
name_zh = "信息技术"

[[projects]]
id = "airport"
name = "Airport hub"
name_zh = "桃仙枢纽"
stage = "signed"
industries = ["it", "other"]

[[projects]]
id = "cloud"
name = "Cloud"

[[projects]]
id = "turbine"
name = "Turbine"
name_zh = "航发"
"""


@pytest.fixture
def index() -> Index:
    return Index(parse(DATA.encode()).dataset)


@pytest.mark.parametrize(
    ("names", "shown", "order"),
    [
        (Names.EN, ["Airport hub", "Cloud", "Turbine"], "airport cloud turbine"),
        (Names.ZH, ["桃仙枢纽", "Cloud", "航发"], "cloud turbine airport"),
        (
            Names.BOTH,
            ["Airport hub 桃仙枢纽", "Cloud", "Turbine 航发"],
            "airport cloud turbine",
        ),
    ],
)
def test_names_are_shown_sorted_and_found(
    names: Names, shown: list[str], order: str, index: Index
) -> None:
    set_names(names)
    projects = index.dataset.projects
    assert [format_names(projects[key]) for key in projects] == shown
    by_name = index.parse("sort:name", today=TODAY)
    assert list(index.find_keys(by_name)) == order.split()
    backwards = index.parse("sort:name-", today=TODAY)
    assert list(index.find_keys(backwards)) == order.split()[::-1]
    for text in ("航发", "hangfa", "turbine", "name:航发", "name:turbine"):
        query = index.parse(text, today=TODAY)
        assert list(index.find_keys(query)) == ["turbine"]


def test_the_order_follows_when_other_names_are_shown(index: Index) -> None:
    query = index.parse("sort:name", today=TODAY)
    first = list(index.find_keys(query))
    set_names(Names.ZH)
    assert index.can_sort(query.sort) is False
    assert list(index.find_keys(query)) != first
    assert index.can_sort(query.sort)
    set_names(Names.EN)
    assert list(index.find_keys(query)) == first


def test_terms_have_names_too(index: Index) -> None:
    dataset = index.dataset
    project = dataset.projects["airport"]
    assert name_stage("signed", dataset) == "Signed"
    set_names(Names.BOTH)
    assert name_stage("signed", dataset) == "Signed 签约"
    set_names(Names.ZH)
    assert name_stage("signed", dataset) == "签约"
    assert name_stage("unknown", dataset) == "unknown"
    assert name_industries(project, dataset) == ("信息技术", "other")


def test_without_a_setting_they_go_with_the_language(index: Index) -> None:
    project = index.dataset.projects["airport"]
    assert name_project(project) == "Airport hub 桃仙枢纽"
    choose_language(["--lang", "zh"], {})
    assert name_project(project) == "桃仙枢纽"
    assert name_term(Stage("x", "Signed", "签约")) == "签约"
    assert name_term(Stage("x", "Signed")) == "Signed"
    assert name_term(Stage("x", "", "签约")) == "签约"
    set_names(Names.BOTH)
    assert name_project(project) == "桃仙枢纽 Airport hub"


def test_the_next_ones_come_in_a_circle() -> None:
    seen = []
    for _ in range(3):
        set_names(next_names())
        seen.append(get_names())
    assert sorted(seen) == sorted(Names)
    assert next_names() is seen[0]
