from __future__ import annotations

from textual.app import App, ComposeResult

from hunnan_tui.tui.presenters.facet_lines import FacetLine, FacetSection
from hunnan_tui.tui.widgets.facet_list import FacetList

NAMES = ("Advanced materials", "Intelligent manufacturing")
STREETS = [f"深圳市宝安区{name}街道" for name in ("西乡", "沙井")]


def make_section(facet: str, names: list[str]) -> FacetSection:
    lines = [FacetLine(name, name, 7, "31 bn") for name in names]
    return FacetSection(facet, facet.capitalize() + "s", lines)


class Host(App[None]):
    """One pane of facets."""

    def compose(self) -> ComposeResult:
        yield FacetList()

    def on_mount(self) -> None:
        facets = self.query_one(FacetList)
        facets.show(
            [
                make_section("industry", [*NAMES]),
                make_section("district", STREETS),
                make_section("tag", [f"tag {number:02}" for number in range(30)]),
                make_section("source", [f"Page {number}" for number in range(30)]),
            ],
            frozenset(),
        )
        facets.focus()


def read_lines(facets: FacetList) -> list[str]:
    return [str(option.prompt) for option in facets.options]


async def test_names_come_before_amounts() -> None:
    app = Host()
    async with app.run_test(size=(35, 60)) as pilot:
        facets = app.query_one(FacetList)
        assert " Intelligent manufacturing" in read_lines(facets)[1]
        assert "bn" not in read_lines(facets)[1]
        assert str(facets.border_subtitle) == "31 bn"
        await pilot.resize_terminal(60, 60)
        assert "31 bn" in read_lines(facets)[1]
        many = make_section("industry", ["Equipment " * 5 + f"{n}" for n in range(40)])
        await pilot.resize_terminal(44, 60)
        facets.show([many], frozenset())
        assert "bn" not in read_lines(facets)[1]
        facets.show([make_section("industry", [*NAMES])], frozenset())
        assert "31 bn" in read_lines(facets)[1]
        await pilot.resize_terminal(60, 60)
        assert str(facets.border_subtitle) == ""


async def test_names_that_begin_alike_are_told_apart() -> None:
    app = Host()
    async with app.run_test(size=(20, 60)):
        lines = read_lines(app.query_one(FacetList))
        shown = [line for line in lines if "街道" in line]
        assert len(shown) == 2
        assert "西乡街道" in shown[0]
        assert "沙井街道" in shown[1]


async def test_a_facet_says_that_nothing_is_chosen_in_it() -> None:
    app = Host()
    async with app.run_test(size=(40, 80)):
        facets = app.query_one(FacetList)
        whole = FacetLine(None, "All", 14)
        section = make_section("industry", [*NAMES])
        sections = [
            FacetSection("industry", "Industries", [whole, *section.lines]),
            make_section("district", STREETS),
        ]
        facets.show(sections, frozenset())
        lines = read_lines(facets)
        assert lines[0].startswith("✓All")
        assert " Districts · all" in lines
        assert str(facets.border_title) == "1 Industries"
        facets.show(sections[1:], {("industry", "x")})
        assert " · all" in str(facets.border_title)
        facets.show(sections, {("industry", NAMES[0]), ("district", STREETS[1])})
        lines = read_lines(facets)
        assert lines[0].startswith(" All")
        assert " Districts" in lines
        assert [line[:3] for line in lines if line.startswith("✓")] == ["✓Ad", "✓深圳"]


async def test_sources_are_one_line_until_opened_and_the_cursor_stays_there() -> None:
    app = Host()
    async with app.run_test(size=(40, 80)) as pilot:
        facets = app.query_one(FacetList)
        assert read_lines(facets)[-1] == " … 30 sources"
        more = read_lines(facets).index(" … 18 more")
        facets.highlighted = more
        await pilot.press("enter")
        assert facets.highlighted == more
        assert "tag 12" in read_lines(facets)[more]
        await pilot.press("end", "enter")
        assert "Page 29" in read_lines(facets)[-1]
        assert "Page 0" in read_lines(facets)[facets.highlighted or 0]
