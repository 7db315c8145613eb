"""The app and the commands use each other's caches."""

from __future__ import annotations

from hunnan_tui.query.engine.counts import FACETS
from hunnan_tui.tui.presenters.facets import NAMES


def test_a_cache_that_a_command_writes_has_the_counts_of_the_first_screen() -> None:
    assert NAMES == FACETS  # the order too: counts are kept by it
