"""The screen in ASCII: no sign becomes a letter, and cut text ends in dots."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from hunnan_tui.tui.presenters.commands import SIGNS as LEGEND
from hunnan_tui.tui.terminal.ascii import AsciiLines, to_ascii, write_dots

PIECES = st.lists(st.text("a 深…│é·🏭\u0301\u200d\ufe0f👩", max_size=6), max_size=4)


def draw(*texts: str) -> str:
    segments = [Segment(text, Style(bold=True)) for text in texts]
    drawn = AsciiLines().apply(segments, Color(0, 0, 0))
    assert [segment.style for segment in drawn] == [s.style for s in segments]
    return "".join(segment.text for segment in drawn)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        (["Intelligent m… 16"], "Intelligent... 16"),
        (["Intelligent m…  16"], "Intelligent...  16"),
        (["Digital cul", "…", "│"], "Digital c...|"),
        (["深圳市宝安…│"], "深圳市宝...|"),
        (["深a…│"], " ...|"),
        (["Export to a file…"], "Export to a fi..."),
        (["Import a table…    "], "Import a table...  "),
        (["searching…  "], "searching..."),
        (["finished core-are…", " ", " "], "finished core-a...  "),  # a scroll bar
        (["  … 79 more"], "... 79 more"),
        (["│… 79"], "|. 79"),
        (["…"], "."),
        (["aa…bb…"], "......"),
    ],
)
def test_cut_text_ends_in_dots(written: list[str], drawn: str) -> None:
    assert draw(*written) == drawn


@given(PIECES)
@example(["深", "\u200d…"])
@example(["👩\u200d", "👩…  "])
def test_dots_change_neither_the_width_nor_the_pieces(pieces: list[str]) -> None:
    written = write_dots(pieces)
    assert len(written) == len(pieces)
    assert cell_len("".join(written)) == cell_len("".join(pieces))


def test_no_sign_of_the_program_becomes_a_letter_or_a_digit() -> None:
    for sign in "".join(sign for sign, _ in LEGEND) + "✕●▸▾▴↓↑→←█▌▏▎○⏎╭│":
        assert not to_ascii(sign).isalnum(), sign


def test_signs_that_stand_beside_each_other_differ() -> None:
    forms = [to_ascii(sign) for sign in "✓▸#✎!└"]
    assert len(set(forms)) == len(forms)
