"""A paste is one paste, whatever it holds and however it arrives."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from hunnan_tui.tui.terminal.paste import PastingParser

START, END = "\x1b[200~", "\x1b[201~"
NASTY = [
    "\x1b",
    "\x1b[",
    "\x1b[20",
    "\x1b[201",
    "\x1b[200~",
    "\x1b[I",
    "\x1b[A",
    "\x1b[48;24;80;0;0t",
    "\x1b[<0;1;1M",
    "\x00",
    "\r",
    "\n",
    "q",
    "w",
    "中",
    "x" * 40,
]
texts = st.lists(st.sampled_from(NASTY), max_size=12).map("".join)


def read(text: str, cuts: list[int]) -> list[Message]:
    """Return what a text is read as, in parts that end at these places."""
    parser, found = PastingParser(), []
    places = sorted({each % (len(text) + 1) for each in cuts} | {0, len(text)})
    for start, end in pairwise(places):
        found += list(parser.feed(text[start:end]))
    return found


@given(text=texts, cuts=st.lists(st.integers(0, 500), max_size=6))
@example(text="\x1bwwwqqq" + "w" * 100, cuts=[])
@example(text="a", cuts=[2])
@example(text="a", cuts=[4, 12])
def test_a_paste_is_one_message_and_what_is_around_it_stays_keys(
    text: str, cuts: list[int]
) -> None:
    found = read(f"a{START}{text}{END}b", cuts)
    before, paste, after = found
    assert isinstance(before, events.Key)
    assert isinstance(paste, events.Paste)
    assert isinstance(after, events.Key)
    assert (before.key, after.key) == ("a", "b")
    assert paste.text == text.replace("\x00", "")


def test_an_end_within_a_paste_does_not_end_it() -> None:
    (paste,) = read(f"{START}one{END}wwq{END}", [])
    assert isinstance(paste, events.Paste)
    assert paste.text == f"one{END}wwq"


def test_two_pastes_in_one_write_are_two() -> None:
    found = read(f"{START}one{END}{START}two{END}", [])
    assert [each.text for each in found if isinstance(each, events.Paste)] == [
        "one",
        "two",
    ]


def test_escape_before_a_paste_is_a_key_of_its_own() -> None:
    escape, paste = read(f"\x1b{START}one{END}", [])
    assert isinstance(escape, events.Key)
    assert escape.key == "escape"
    assert isinstance(paste, events.Paste)


def test_a_beginning_that_is_late_is_no_key() -> None:
    parser = PastingParser()
    assert list(parser.feed(START[:4])) == []
    parser._timeout_time = 0
    assert list(parser.tick()) == []
    (paste,) = parser.feed(f"{START[4:]}wq{END}")
    assert isinstance(paste, events.Paste)
    assert paste.text == "wq"


def test_what_is_taken_for_escape_is_not_typed_again_by_the_rest_of_a_beginning() -> (
    None
):
    parser = PastingParser()
    assert list(parser.feed("\x1b")) == []
    parser._timeout_time = 0
    (escape,) = parser.tick()
    (paste,) = parser.feed(f"{START[1:]}wq{END}")
    assert isinstance(escape, events.Key)
    assert isinstance(paste, events.Paste)


def test_a_large_paste_in_many_parts_is_one_message() -> None:
    parser = PastingParser()
    part = "中\x1b[A" * 1_000
    assert list(parser.feed(START)) == []
    for _ in range(600):
        assert list(parser.feed(part)) == []
    (paste,) = parser.feed(END)
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == 600 * len(part)
