"""A law: keys typed in any rhythm do what they do when each is waited for."""

from __future__ import annotations

from hypothesis import example, given, settings

from tests.tui.bursts import (
    EXAMPLES,
    bursts,
    spacings,
    typed,
)


@settings(max_examples=EXAMPLES)
@given(keys=bursts, spacing=spacings)
@example(keys=[*"wjw"], spacing=[0])
@example(keys=[*"wjwjw"], spacing=[0])
@example(keys=["1", "j", "space", "2", "j", "w"], spacing=[0])
@example(keys=["n", *"half a thought", "ctrl+s", "j", "w"], spacing=[0, 1])
@example(keys=["b", "j", "enter", "w"], spacing=[0])
@example(keys=[*"Gd3", "enter", *"mjkuWl"], spacing=[0])
async def test_keys_in_a_burst_do_what_they_do_one_by_one(
    keys: list[str], spacing: list[int]
) -> None:
    assert await typed(keys, spacing) == await typed(keys, [])
