"""A small made-up dataset that tests of queries share, and short ways to ask it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Event,
    Fact,
    Industry,
    Need,
    Note,
    Party,
    Project,
    Source,
    Stage,
)
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.query import Query

TODAY = date(2026, 11, 23)

PROJECTS = (
    Project(
        key="gas-base",
        id="gas-base",
        name="Gas Turbine Base",
        name_zh="中航发燃气轮机产业基地",
        district="Hunnan",
        place="Free-trade zone",
        industries=("manufacturing",),
        industries_basis="inferred",
        stage="construction",
        stage_date="2023-08-21",
        investment=3 * 10**9,
        parties=(Party("China Railway"), Party("Aero Engine Corporation of China")),
        summary="Assembly and testing (phase 1)",
        sources=("cri",),
        events=(Event("Signed with others", "2022-02-10", "signed"),),
        annotations=Annotations(
            tags=("watch", "region/north"),
            follow_up=date(2026, 11, 27),
            needs=(Need("energy", "110 kV feed"),),
        ),
    ),
    Project(
        key="software-park",
        id="software-park",
        name="Digital Economy Park [A]",
        name_zh="沈阳数字经济产业园",
        district="Hunnan",
        industries=("it",),
        industries_basis="stated",
        stage="signed",
        stage_date="2023-03",
        investment=15 * 10**9,
        investment_usd=2_160_000_000,
        sources=("cd",),
        caveat="see https://example.org/a?b=1",
        facts=(Fact("Kind", "e-commerce"),),
        annotations=Annotations(
            tags=("big one", "关注"),
            notes=(
                Note("asked for the design lot", datetime(2026, 11, 20, tzinfo=UTC)),
            ),
        ),
    ),
    Project(
        key="hospital",
        id="hospital",
        name="Café Hospital",
        name_zh="瀋陽生命醫院",
        district="Tiexi",
        industries=("life",),
        stage="planned",
        investment=10**9,
        parties=(Party("China"),),
        sources=("cd", "old"),
        events=(Event("Signed", "2023", "signed"),),
    ),
    Project(key="blank", id="blank", name="Nothing known"),
)

DATASET = Dataset(
    industries={
        each.id: each
        for each in (
            Industry("manufacturing", "Intelligent manufacturing", "智能制造"),
            Industry("it", "Information technology", "信息技术"),
            Industry("life", "Life and health", "生命健康"),
        )
    },
    stages={
        each.id: each
        for each in (
            Stage("planned", "Planned", "谋划储备"),
            Stage("signed", "Signed", "签约"),
            Stage("construction", "Under construction", "开工"),
        )
    },
    sources={
        each.id: each
        for each in (
            Source("cd", "Five industries", "China Daily", "2023-03-08"),
            Source("cri", "Base", "CRI Online", "2023-08-21"),
            Source("old", "Plan", "Gazette", "2020"),
        )
    },
    projects={project.key: project for project in PROJECTS},
)

GAS, PARK, HOSPITAL, BLANK = (project.key for project in PROJECTS)
ALL = [PARK, GAS, HOSPITAL, BLANK]
"""In the order in which they are listed: the largest first."""


def asked(text: str, dataset: Dataset = DATASET) -> Query:
    """Return a query with everything there is to say about it."""
    return Index(dataset).parse(text, today=TODAY)


def keys(text: str, dataset: Dataset = DATASET) -> list[str]:
    """Return what a query lists."""
    return list(Index(dataset).find_keys(asked(text, dataset)))


def told(text: str) -> str:
    """Return what is said about a query, on one line."""
    return "; ".join(map(str, asked(text).problems))
