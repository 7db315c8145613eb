from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.storage.workspace import Status
from hunnan_tui.tui.presenters import header
from tests.strategies import examples

FULL = "Not saved: the disk is full: make room"
names = st.text("ab 字\x07e\u0301[/]", max_size=80)
COUNT = Count(74, 194_000_000_000, 54, 1)
SAVED = Status(saved_at=datetime(2026, 11, 23, 9, 12, tzinfo=UTC))


def make_dataset(count: int, title: str = "Projects of Hunnan") -> Dataset:
    projects = {f"p{n}": Project(f"p{n}", f"p{n}", "P") for n in range(count)}
    return Dataset(title=title, currency="CNY", projects=projects)


def draw(
    width: int,
    status: Status = SAVED,
    *,
    problems: int = 0,
    unreadable: str = "",
    read_only: str = "",
    dataset: Dataset | None = None,
    marked: int = 0,
) -> str:
    dataset = dataset or make_dataset(74)
    parts = [
        *header.build_alerts(status, problems, unreadable, width),
        header.build_title(dataset),
        *header.build_counts(dataset, COUNT, marked=marked, marked_shown=1),
    ]
    saved = header.build_saved(status, read_only, "")
    return header.arrange_header(parts, saved, width).plain


def test_what_there_is_room_for_is_said_and_the_rest_goes_as_a_whole() -> None:
    counts = "74 of 74 projects · 194 bn yuan, 54 not stated"
    title = "Projects of Hunnan   "
    assert draw(120) == f"{title}{counts}, 1 part not added again".ljust(109) + (
        "saved 09:12"
    )
    assert draw(90) == f"{title}{counts}".ljust(79) + "saved 09:12"
    assert draw(66) == counts.ljust(55) + "saved 09:12"
    assert draw(50) == counts.ljust(50)
    assert draw(20) == "74 of 74 projects".ljust(20)


def test_what_needs_the_reader_comes_first_and_keeps_its_key() -> None:
    failed = Status(failed=FULL)
    assert draw(120, failed, problems=1).startswith(
        "not saved: the disk is full: make room · ctrl+s   ! 1 problem   74 of 74"
    )
    assert draw(60, failed).startswith("not saved: the disk is full:… · ctrl+s")
    assert draw(50, failed).startswith("not saved: the disk… · ctrl+s   74 of")
    assert draw(30, failed).startswith("not saved · ctrl+s")
    assert draw(80, failed).count("ot saved") == 1
    assert draw(80, unreadable="line 3: x", problems=2).startswith(
        "! last good state: line 3: x   "
    )
    assert "! 2 problems" in draw(80, problems=2)
    both = draw(90, failed, unreadable="line 3: the disk is full")
    assert both.startswith(
        "not saved · ctrl+s   ! last good state: line 3: the disk is"
    )


def test_what_is_read_only_is_said_once() -> None:
    nothing = Status()
    assert draw(120, nothing, read_only="--read-only was given").endswith(
        "   --read-only was given"
    )
    assert draw(120, nothing, read_only="ask").endswith("   read-only: ask")
    assert draw(70, nothing, read_only="a very long reason of it").endswith("read-only")


def test_one_project_is_one_project() -> None:
    parts = header.build_counts(make_dataset(1), Count(1, 0, 1, 0), has_amounts=False)
    assert parts[0].text == "1 of 1 project"


@pytest.mark.parametrize("marked", [0, 1, 3])
@examples(60)
@given(st.integers(1, 200), names, names, st.booleans())
def test_no_key_and_no_figure_is_ever_cut(
    marked: int, width: int, title: str, reason: str, is_failed: bool
) -> None:
    status = Status(failed=f"Not saved: {reason}" if is_failed else "")
    line = draw(
        width, status, problems=2, dataset=make_dataset(3, title), marked=marked
    )
    assert "! 2 problems" in line
    assert (" · ctrl+s" in line) == is_failed
    assert "74 of 3 projects" in line
    for word in ("marked", "not stated", "visible"):
        assert line.count(word) in (0, 1)
