from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.cell_width import cut, cut_middle, find_twins, measure_width

TEXTS = st.text(st.sampled_from("ab 深圳市宝安区…"), max_size=30)


@given(TEXTS, st.integers(0, 30))
def test_a_text_cut_in_its_middle_fits_and_keeps_both_ends(
    text: str, width: int
) -> None:
    short = cut_middle(text, width)
    assert measure_width(short) <= width
    if measure_width(text) <= width:
        assert short == text
    elif width >= 6:
        head, _, tail = short.rpartition("…")
        assert text.startswith(head.partition("…")[0])
        assert text.endswith(tail)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_text_that_differs_in_its_middle_fits_and_keeps_what_differs(
    text: str, width: int, shared: int
) -> None:
    shared = min(shared, len(text))
    short = cut_middle(text, width, shared)
    assert measure_width(short) <= width
    if measure_width(text) > width >= 8:
        assert text[shared : shared + 1].strip() in short


def test_what_differs_is_left_whole() -> None:
    names = [f"Project number {number} of the district" for number in (80, 81, 95)]
    shared = find_twins(names, 16)
    assert [cut_middle(name, 16, shared[name]) for name in names] == [
        "Proje…80 of the…",
        "Proje…81 of the…",
        "Proje…95 of the…",
    ]


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("深圳市宝安区西乡街道", 14, "深圳…西乡街道"),
        ("Shenyang equipment park, phase two", 16, "Sheny…phase two"),
        ("short", 16, "short"),
    ],
)
def test_what_stays_of_a_text(text: str, width: int, short: str) -> None:
    assert cut_middle(text, width) == short


def test_texts_that_begin_alike_are_twins() -> None:
    texts = ["深圳市宝安区西乡", "深圳市宝安区沙井", "沈阳市", "深圳市宝安区西乡"]
    assert find_twins(texts, 8) == {texts[0]: 6, texts[1]: 6}
    assert find_twins(texts, 20) == {}


@given(st.lists(TEXTS, max_size=6), st.integers(1, 20))
def test_who_has_no_twin_looks_like_nothing_else(texts: list[str], width: int) -> None:
    single = {*texts} - find_twins(texts, width).keys()
    looks = [cut(text, width) for text in single]
    assert len({*looks}) == len(looks)
