"""What lies over other widgets keeps its characters of two cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from hunnan_tui.tui.terminal.whole_characters import (
    _find_cuts,
    keep_characters_whole,
)

WIDTH = 30
TEXT = "参与的企业或单位"
_SPANS = st.lists(
    st.tuples(st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).map(
        lambda span: (span[0], min(WIDTH, span[0] + span[1]))
    ),
    max_size=8,
)


@given(_SPANS)
def test_a_line_is_cut_exactly_where_another_widget_is_to_be_seen(
    spans: list[tuple[int, int]],
) -> None:
    def find_top(cell: int) -> int | None:
        holding = (n for n, (start, end) in enumerate(spans) if start <= cell < end)
        return next(holding, None)

    changes = [x for x in range(1, WIDTH) if find_top(x - 1) != find_top(x)]
    cuts = _find_cuts(tuple(spans), WIDTH)
    assert cuts == [0, *changes, WIDTH]


class Panes(Screen[None]):
    """Panes of odd widths, with a text over all of them."""

    CSS = """
    Panes { layers: below above; }
    Horizontal { layer: below; height: 2; }
    .pane { width: 5; }
    #above { layer: above; width: 20; height: 1; offset: 2 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        keep_characters_whole(self)

    def compose(self) -> ComposeResult:
        with Horizontal():
            for _ in range(4):
                yield Static("底下的字", classes="pane")
        yield Static(TEXT, id="above")


def draw(screen: Screen[None]) -> str:
    return screen._compositor.render_strips()[0].text


async def test_a_text_over_panes_is_whole_when_they_are_drawn_again_too() -> None:
    app: App[None] = App()
    async with app.run_test(size=(WIDTH, 5)) as pilot:
        screen = Panes()
        await app.push_screen(screen)
        await pilot.pause()
        assert draw(screen).startswith(f"底{TEXT}")
        pane = screen.query(".pane").first()
        screen._compositor._dirty_regions = {pane.region}
        update = screen._compositor.render_partial_update()
        assert update is not None
        drawn = update.render_segments(app.console)
        assert TEXT in drawn.split("\n", maxsplit=1)[0]
