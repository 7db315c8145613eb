"""A dataset that means harm, and selections of any dataset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from hunnan_tui.core.model import (
    Annotations,
    Announcement,
    Breakdown,
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
from hunnan_tui.export.selection import Selection

DAY = date(2026, 11, 24)

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><!-- --> &lt;&#60; -->",
    "</style></title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "a|b\\|c `code` ``` *b* _i_ [l](javascript:x) ![i](y) <u> ~~s~~ $m$ [^1]",
    "# no heading",
    "1. no list",
    "- no list",
    "===\n---\n```",
    "\x00\x1b[31m\x07\x7f\x85\x9b\u202e\u200b",
    "\ud800 lone \udfff",
    "\ufdd0\ufffe\uffff\U0001ffff",
    "_x0041_ _x000A_",
    "http://example.org/?a=1&b=<2>",
    "中航发燃气轮机产业基地",
    "👨‍👩‍👧‍👦",
    "one\r\ntwo\nthree",
    "x" * 40_000,
)


def hostile_project(number: int, text: str) -> Project:
    """Return a project that says the text everywhere."""
    note = Note(text, datetime(2026, 1, 1, tzinfo=UTC), by=text)
    return Project(
        key=f"p-{number}",
        id=f"p-{number}",
        name=text,
        name_zh=text,
        district=text,
        place=text,
        industries=("energy", text),
        stage=text,
        stage_date=text,
        investment=number,
        investment_qualifier=text,
        investment_text=text,
        parties=(Party(text, text),),
        summary=text,
        sources=("paper", text),
        caveat=text,
        facts=(Fact(text, text, text),),
        events=(Event(text, text, text, text),),
        annotations=Annotations(
            tags=(text,), needs=(Need(text, text, text, text),), notes=(note,)
        ),
        other=((text, text),),
        faulty=((text, text),),
    )


def hostile_dataset() -> Dataset:
    """Return a dataset in which every text means harm."""
    projects = [hostile_project(*each) for each in enumerate(HOSTILE)]
    everything = " ".join(HOSTILE)
    return Dataset(
        title=everything,
        title_zh=everything,
        currency="<b>=CNY|",
        updated=everything,
        industries={"energy": Industry("energy", everything, everything)},
        stages={"signed": Stage("signed", everything)},
        sources={
            name: Source(name, each, each, each, each, each, each)
            for name, each in [("paper", everything), *((t, t) for t in HOSTILE)]
        },
        announcements={
            "a": Announcement(
                "a",
                everything,
                everything,
                everything,
                49,
                10**10,
                10**9,
                ("paper",),
                ("p-0",),
                (Breakdown(everything, 1, 2),),
                everything,
            )
        },
        projects={project.key: project for project in projects},
    )


def whole(
    dataset: Dataset, *, own: bool = True, columns: Sequence[str] = ()
) -> Selection:
    """Return a selection of all projects."""
    return Selection(dataset, list(dataset.projects), DAY, tuple(columns), own, "all")
