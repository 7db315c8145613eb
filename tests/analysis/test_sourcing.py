from __future__ import annotations

import pytest

from hunnan_tui.analysis.sourcing import (
    count_originals,
    describe_sourcing,
    is_second_hand,
)
from hunnan_tui.core.model import Dataset, Source
from hunnan_tui.dataset.parser import parse

DATASET = Dataset(
    sources={
        source.id: source
        for source in (
            Source("paper", "P", kind="media"),
            Source("one", "P", kind="copy", copy_of="paper"),
            Source("two", "P", kind="copy", copy_of="one"),
            Source("alone", "Q", kind="copy"),
            Source("book", "B", kind="reference"),
            Source("left", "L", kind="copy", copy_of="right"),
            Source("right", "R", kind="copy", copy_of="left"),
            Source("lost", "L", kind="copy", copy_of="gone"),
            Source("plain", "N"),
        )
    }
)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ("", 0),
        ("paper one two", 1),
        ("one two", 1),
        ("two alone", 2),
        ("left right", 1),
        ("lost gone", 1),
        ("lost paper", 2),
        ("nowhere", 1),
    ],
)
def test_copies_of_one_original_count_once(names: str, count: int) -> None:
    assert count_originals(names.split(), DATASET) == count


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", ""),
        ("plain nowhere", ""),
        ("alone book", "1 copy, 1 reference page"),
        ("one paper two", "1 media report, 2 copies, 1 original in all"),
    ],
)
def test_kinds_of_sources_are_told(names: str, words: str) -> None:
    assert describe_sourcing(names.split(), DATASET) == words


@pytest.mark.parametrize(
    ("names", "is_so"),
    [("", False), ("alone book", True), ("alone paper", False), ("alone plain", False)],
)
def test_what_only_copies_tell_is_second_hand(names: str, is_so: bool) -> None:
    assert is_second_hand(names.split(), DATASET) == is_so


@pytest.mark.parametrize(
    ("copy_of", "problem"),
    [("a", "a copy of itself"), ("c", "unknown copy_of: 'c'"), ("b", "")],
)
def test_what_a_source_copies_is_checked(copy_of: str, problem: str) -> None:
    text = (
        f'[[sources]]\nid = "a"\ntitle = "A"\ncopy_of = "{copy_of}"\n'
        '[[sources]]\nid = "b"\ntitle = "B"\n'
        '[[projects]]\nid = "p"\nname = "P"\nsources = ["a"]\n'
    )
    messages = [problem.message for problem in parse(text.encode()).problems]
    unused = [] if copy_of == "b" else ["nothing uses the source 'b'"]
    assert messages == [*filter(None, [problem]), *unused]
