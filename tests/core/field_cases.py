"""Two projects that state something else in every field, and one that states nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hunnan_tui.core.fields import GENERIC, Field, Kind
from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Event,
    Fact,
    Industry,
    Need,
    Note,
    Origin,
    Party,
    Project,
    Source,
    Stage,
)

TODAY = date(2026, 11, 28)

_LOW_AND_HIGH: dict[Kind, tuple[Any, Any]] = {
    Kind.TEXT: ("aardvark", "zebra"),
    Kind.CHOICE: ("aardvark", "zebra"),
    Kind.NUMBER: (9, 10),
    Kind.AMOUNT: (9_000, 10_000),
    Kind.DATE: ("2021-03-03", "2022-03-03"),
}


def generic_value(field: Field, index: int) -> Any:
    """Return a value for a field that no code names, the higher one for index 1."""
    choices = field.choices and (field.choices[0], field.choices[-1])
    value = (choices or _LOW_AND_HIGH[field.kind])[index]
    return (value,) if field.is_list else value


def _generic_values(index: int) -> dict[str, Any]:
    return {field.key: generic_value(field, index) for field in GENERIC}


LOW = Project(
    "a-works",
    "a-works",
    "Alpha Works",
    "安厂",
    district="Airport",
    place="1 Aspen Road",
    industries=("metals",),
    industries_basis="inferred",
    stage="planned",
    stage_date="2021-01-01",
    investment=1_100,
    investment_qualifier="about",
    investment_usd=2_200,
    investment_text="some eleven hundred",
    parties=(Party("Abel"),),
    summary="Able words",
    sources=("archive",),
    caveat="Ask again",
    facts=(Fact("Area", "ample"),),
    events=(Event("Agreed", "2021-02-02"),),
    user_facts=("district",),
    annotations=Annotations(
        tags=("amber",),
        follow_up=date(2027, 1, 1),
        needs=(Need("air", owner="Ada"),),
        notes=(Note("Another call", datetime(2021, 5, 5, 12, tzinfo=UTC), "Abe"),),
    ),
    values=_generic_values(0),
    origin=Origin("a-list"),
)
HIGH = Project(
    "b-works",
    "b-works",
    "Beta Works",
    "北厂",
    district="Bridge",
    place="2 Birch Road",
    industries=("software",),
    industries_basis="stated",
    stage="signed",
    stage_date="2022-01-01",
    investment=3_300,
    investment_qualifier="over",
    investment_usd=4_400,
    investment_text="more than three thousand",
    parties=(Party("Bertha"),),
    summary="Better words",
    sources=("bulletin",),
    caveat="Believe nothing",
    facts=(Fact("Beds", "both"),),
    events=(Event("Built", "2022-02-02"),),
    user_facts=("stage",),
    annotations=Annotations(
        tags=("blue",),
        follow_up=date(2028, 1, 1),
        needs=(Need("beds", owner="Ben"),),
        notes=(Note("Back office", datetime(2022, 5, 5, 12, tzinfo=UTC), "Bea"),),
    ),
    values=_generic_values(1),
    origin=Origin("b-list"),
)
BARE = Project("", "", "")
DATASET = Dataset(
    currency="CNY",
    industries={each: Industry(each, each) for each in ("metals", "software")},
    stages={each: Stage(each, each) for each in ("planned", "signed")},
    sources={
        "archive": Source("archive", "Old paper", date="2021-01-15", kind="copy"),
        "bulletin": Source("bulletin", "New paper", date="2022-01-15", kind="media"),
    },
    projects={project.key: project for project in (HIGH, BARE, LOW)},
)


def query_value(field: Field, project: Project) -> str:
    """Return what a query compares a field with to find what a project states in it."""
    value = field.get_value(project, DATASET)
    value = value[0] if isinstance(value, tuple) else value
    match value:
        case Fact():
            return f"{value.label}: {value.value}"
        case Party(name):
            return name
        case Event(text) | Note(text) | Need(text):
            return text
    if field.kind is Kind.AGE:
        return f"{(TODAY - date.fromisoformat(value)).days}d"
    return str(value)
