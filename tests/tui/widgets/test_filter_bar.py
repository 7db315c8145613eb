"""The filter bar and the pane of facets, in an app of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message

from hunnan_tui.config.paths import Paths
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.presenters.facet_lines import FacetLine, FacetSection
from hunnan_tui.tui.widgets.chips import arrange_beside_text
from hunnan_tui.tui.widgets.completion_list import QueryReplacement
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.filter_bar import FilterBar, FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
)
from tests.tui.dialogs.modal_host import HOSTILE


class Host(App[None]):
    """A bar above a pane of facets, and what they say."""

    def __init__(self, bar: FilterBar) -> None:
        super().__init__()
        self.bar = bar
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.bar
        yield FacetList()

    @on(FilterBar.Changed)
    @on(FilterBar.Submitted)
    @on(FilterBar.Left)
    @on(FilterBar.ChipRemoved)
    @on(FilterInput.ExamplesRequested)
    @on(FacetList.Chosen)
    def _keep(self, message: Message) -> None:
        self.said.append(message)

    def is_clean(self) -> bool:
        strips = self.screen._compositor.render_strips()
        return not any(UNSAFE.search(strip.text) for strip in strips)


def changed(app: Host) -> list[str]:
    return [each.text for each in app.said if isinstance(each, FilterBar.Changed)]


class TestBar:
    @pytest.mark.parametrize("debounce", [0, 0.01])
    async def test_tells_what_is_typed_after_the_pause_and_at_once_on_enter(
        self, debounce: float
    ) -> None:
        app = Host(FilterBar(debounce=debounce))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            await pilot.press(*"gas", "enter")
            assert changed(app)[-1] == "gas"
            assert isinstance(app.said[-1], FilterBar.Submitted)

    async def test_up_and_down_go_through_what_was_typed_before(self) -> None:
        app = Host(FilterBar(history=["old", "newer"], debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            await pilot.press(*"now", "up")
            assert app.bar.text == "newer"
            await pilot.press("up", "up")
            assert app.bar.text == "old"
            await pilot.press("down", "down")
            assert app.bar.text == "now"

    async def test_a_question_mark_asks_for_examples_only_where_nothing_is_typed(
        self,
    ) -> None:
        app = Host(FilterBar(debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            await pilot.press("?")
            await pilot.pause()
            assert isinstance(app.said[-1], FilterInput.ExamplesRequested)
            assert app.bar.text == ""
            await pilot.press("a", "?")
            assert app.bar.text == "a?"

    async def test_tab_takes_what_is_offered_for_this_text(self) -> None:
        app = Host(FilterBar("stage:si", debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            app.bar.show_completions([QueryReplacement("stage:si", "signed", 6, 8)])
            await pilot.press("tab")
            assert app.bar.text == "stage:signed"

    async def test_counts_that_come_later_take_no_offer_away(self) -> None:
        app = Host(FilterBar("stage:si", debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            offer = QueryReplacement("stage:si", "signed", 6, 8)
            app.bar.show_completions([offer])
            app.bar.show_chips((), None)
            await pilot.press("tab")
            assert app.bar.text == "stage:signed"
            app.bar.show_completions([offer])  # of a text that is gone
            await pilot.press("tab")
            assert app.bar.text == "stage:signed"

    async def test_a_click_takes_a_chip_away(self) -> None:
        app = Host(FilterBar(debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.show_chips([(("stage", "signed"), "Signed")], Content("word"))
            await pilot.pause()
            await pilot.click("#chips", offset=(8, 0))
            await pilot.pause()
            (output,) = [x for x in app.said if isinstance(x, FilterBar.ChipRemoved)]
            assert output.id == ("stage", "signed")

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_is_only_text(self, text: str) -> None:
        app = Host(FilterBar(debounce=0))
        async with app.run_test(size=(80, 24)) as pilot:
            app.bar.open()
            app.copy_to_clipboard(text)
            await pilot.press("ctrl+v", "enter")
            assert app.is_clean()


class TestFacets:
    @staticmethod
    def section(count: int) -> FacetSection:
        lines = [FacetLine(f"v{n}", f"Value {n}", count - n) for n in range(count)]
        return FacetSection("tag", "Tags", lines)

    async def test_of_many_values_the_first_are_shown_until_all_are_asked_for(
        self,
    ) -> None:
        app = Host(FilterBar())
        async with app.run_test(size=(80, 24)) as pilot:
            pane = app.query_one(FacetList)
            pane.show([self.section(40)], {("tag", "v30")})
            pane.focus()
            shown = [str(option.prompt) for option in pane.options]
            assert shown[-1] == " … 27 more"
            assert any("Value 30" in each for each in shown)
            await pilot.press("end", "enter")
            assert not any(isinstance(x, FacetList.Chosen) for x in app.said)
            assert pane.option_count == 40
            await pilot.press("end", "enter")
            await pilot.pause()
            output = app.said[-1]
            assert isinstance(output, FacetList.Chosen)
            assert (output.facet, output.value) == ("tag", "v39")

    async def test_few_values_are_all_shown(self) -> None:
        app = Host(FilterBar())
        async with app.run_test(size=(80, 24)):
            pane = app.query_one(FacetList)
            pane.show([self.section(13)], set())
            assert pane.option_count == 13

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_values_are_only_text(self, text: str) -> None:
        from hunnan_tui.core.text import display_line

        app = Host(FilterBar())
        async with app.run_test(size=(80, 24)):
            line = FacetLine(text, display_line(text[:400]), 1)
            app.query_one(FacetList).show([FacetSection("tag", "Tags", [line])], set())
            assert app.is_clean()


async def test_examples_sources_and_history_in_the_app(
    shipped: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    app._paths = Paths(state=tmp_path / "queries")
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "slash", "?")
        assert isinstance(app.screen, ChooseDialog)
        await press(app, pilot, *"turbine", "enter")
        await press(app, pilot, "enter")
        assert len(listed(app).keys) == 3
        await press(app, pilot, "0", "1")
        pane = app.screen.query_one(FacetList)
        first = next(
            n for n, each in enumerate(pane.options) if "Sources" in str(each.prompt)
        )
        pane.highlighted = first + 1
        await press(app, pilot, "enter")  # they are one line until they are opened
        await press(app, pilot, "enter")
        assert len(listed(app).keys) == 9
    again = open_app(shipped)
    again._paths = Paths(state=tmp_path / "queries")
    async with again.run_test(size=WIDE) as pilot:
        await settle(again, pilot)
        await press(again, pilot, "slash", "up")
        assert again.screen.query_one(FilterInput).value == "gas turbine"


def test_chips_that_begin_alike_are_told_apart() -> None:
    labels = [f"Manufacturing of equipment of category {number}" for number in (1, 2)]
    chips = [(("industry", label), label) for label in labels]
    line, is_below = arrange_beside_text(chips, None, 80, 80, is_required=False)
    assert not is_below
    assert "category 1" in line.plain
    assert "category 2" in line.plain
    line, _ = arrange_beside_text(chips, None, 120, 120, is_required=False)
    assert "…" not in line.plain  # a name is whole where there is room


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("length", [0, 30, 54, 74])
async def test_chips_and_hints_never_hide_what_is_typed(
    width: int, length: int
) -> None:
    text = ("invest>lots gas " * 9)[:length].strip()
    labels = [
        "Signed",
        "Life and health",
        "战略新兴产业集群",
        "a label that is very long" * 9,
    ]
    chips = [(("stage", label), label) for label in labels]
    app = Host(FilterBar(text, debounce=0))
    async with app.run_test(size=(width, 24)) as pilot:
        app.bar.open()
        for word in (None, Content("'lots' is no amount: type 1.5bn, 350m or 15亿")):
            for needed in (True, False):
                for shown in (chips[:1], chips, chips[1:2] * 12, ()):
                    app.bar.show_chips(shown, word, is_required=needed)
                    await pilot.pause()
                    strips = [
                        strip.text for strip in app.screen._compositor.render_strips()
                    ]
                    if len(text) <= width - 6:
                        assert f"/ {text}" in strips[0]
                    bar = "\n".join(strips[: app.bar.size.height])
                    assert bar.count("✕") == len(shown)
                    assert all(label[:9] in bar for (_, label) in shown)
                    if word and needed:
                        assert "'lots' is no" in bar
