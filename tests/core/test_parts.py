"""Parts of projects: trees, cycles, and what grows with what."""

from __future__ import annotations

import pytest

from hunnan_tui.core.parts import (
    arrange_parts,
    find_cycles,
    find_repeats,
    format_not_added,
    place_parts,
    put_under_wholes,
)


@pytest.mark.parametrize(
    ("wholes", "cycles", "tree"),
    [
        ({}, "", []),
        ({"a": "b"}, "", [("b", 0), ("a", 1)]),
        ({"a": "a"}, "a", []),
        ({"a": "b", "b": "a"}, "ab", []),
        ({"c": "a", "a": "b", "b": "a"}, "ab", [("a", 0), ("c", 1)]),
        ({"d": "c", "c": "a", "b": "a"}, "", [*zip("acdb", (0, 1, 2, 1), strict=True)]),
    ],
)
def test_what_is_part_of_itself_is_part_of_nothing(
    wholes: dict[str, str], cycles: str, tree: list[tuple[str, int]]
) -> None:
    assert find_cycles(wholes) == set(cycles)
    assert arrange_parts(wholes) == tree


def test_a_chain_of_any_length_is_arranged_and_added_once() -> None:
    length = 20_000  # deeper than calls can be
    tree = arrange_parts({part: part - 1 for part in range(1, length)})
    assert tree == [(number, number) for number in range(length)]
    assert len(list(find_repeats(tree, lambda _: "x"))) == length - 1
    places = place_parts(tree, lambda number: number % 2)
    assert places[length - 1] == (length - 3, length // 2 - 1)
    order = put_under_wholes(range(length), places)
    assert order == [*range(0, length, 2), *range(1, length, 2)]


def test_it_says_how_many_are_left_out() -> None:
    texts = [format_not_added(count) for count in (0, 1, 1_200)]
    assert texts == ["", "1 part not added again", "1,200 parts not added again"]
