"""The words that a query finds are marked in the detail as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hunnan_tui.query.engine.matches import Match
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.presenters.found_words import collect_words, mark_line
from hunnan_tui.tui.widgets.document_view import DocumentView
from tests.strategies import examples
from tests.tui.app_host import WIDE, OpenApp, press, settle, type_filter

MARK = Style(underline=True)


def marked(app: HunnanApp) -> set[str]:
    view = app.screen_stack[1].query_one("#detail DocumentView", DocumentView)
    return {
        segment.text
        for line in view._lines
        for segment in line
        if segment.style is not None and segment.style.underline
    }


def test_words_are_those_of_the_text_each_once() -> None:
    matches = [
        Match("name", "Gas and gas", ((0, 3), (8, 11))),
        Match("name_zh", "中航发燃气轮机", ((0, 3),)),
        Match("fact", " ", ((0, 1),)),
    ]
    assert collect_words(matches) == ("gas", "中航发")


@pytest.mark.parametrize("width", [1, 3])
@given(text=st.text("ab [x]中航é", max_size=30))
@examples(60)
def test_a_line_keeps_its_text_and_what_is_found_in_it_is_marked(
    width: int, text: str
) -> None:
    pattern = re.compile("a|中航|\\[x")
    pieces = [text[at : at + width] for at in range(0, len(text), width)]
    line = mark_line(Strip(map(Segment, pieces)), pattern, MARK)
    assert line.text == text
    found = "".join(s.text for s in line if s.style and s.style.underline)
    assert found == "".join(pattern.findall(text))


async def test_facts_and_notes_show_what_was_found(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert marked(app) == set()
        await type_filter(app, pilot, "turbine aecc")
        await press(app, pilot, "n", *"the [/x] turbine is late", "ctrl+s")
        await press(app, pilot, "3")  # it is drawn by then
        assert {"Turbine", "AECC"} <= marked(app)
        await press(app, pilot, "right_square_bracket", "right_square_bracket")
        await settle(app, pilot)
        assert "turbine" in marked(app)
        await press(app, pilot, "0", "3")
        assert marked(app) == set()
