"""Work says how far it is to whoever watches, and costs nothing where nobody does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hunnan_tui.core.progress import (
    IDLE,
    Work,
    Working,
    count_done,
    tell_done,
    watch_work,
)


@pytest.fixture
def told() -> Iterator[list[Work]]:
    told: list[Work] = []
    unwatch = watch_work(told.append)
    yield told
    unwatch()


def test_work_begins_goes_on_and_ends(told: list[Work]) -> None:
    with Working("Reading"):
        tell_done(1, 2)
    assert told == [Work("Reading"), Work("Reading", 1, 2), IDLE]


def test_work_within_work_gives_it_back(told: list[Work]) -> None:
    with Working("Reading"), pytest.raises(OSError, match="x"), Working("Indexing"):
        raise OSError("x")
    assert [work.what for work in told] == ["Reading", "Indexing", "Reading", ""]


def test_things_are_counted_only_as_work(told: list[Work]) -> None:
    assert list(count_done(range(1000))) == list(range(1000))
    assert told == []
    with Working("Writing"):
        assert len(list(count_done(range(1000)))) == 1000
    assert told[1] == Work("Writing", 0, 1000)
    assert 3 < len(told) < 10
