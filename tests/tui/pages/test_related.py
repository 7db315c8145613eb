"""What related projects have in common, in words."""

from __future__ import annotations

from hunnan_tui.analysis.related import Reason
from hunnan_tui.tui.pages.related import format_reasons


def test_a_reason_that_is_too_long_is_seen_to_be_cut() -> None:
    long = Reason("announcement", "A statement in words. " * 20)
    short = Reason("announcement", "Hunnan signed 66 projects.")
    text = format_reasons([long, short])
    first, second = text.split("; ")
    assert first.endswith("…")
    assert second == "announcement: Hunnan signed 66 projects"
    assert format_reasons([long] * 5).endswith("…")
    assert format_reasons([Reason("source", "x\x1b[2J\ny")]).isprintable()
