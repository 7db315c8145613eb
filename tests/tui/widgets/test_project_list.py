from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, overload

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import (
    MouseScrollDown,
    MouseScrollLeft,
    MouseScrollRight,
    MouseScrollUp,
)
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import (
    EXTRA_FIELDS,
    USUAL_FIELDS,
    ListColumn,
    ListRow,
    ListStyles,
    fit,
    format_due_day,
    format_legend,
    render_row,
)
from hunnan_tui.tui.presenters.list_lines import GroupHeading
from hunnan_tui.tui.presenters.name_twins import cut_twin
from hunnan_tui.tui.widgets.project_list import ProjectList

SIZES = ((80, 24), (120, 36))
PLAIN = ListStyles(Style(), Style(), Style(), Style(underline=True))
ODD = "a中 ｗ👩\u200d👧❤\ufe0f\u0301क्षि🇨🇳👍🏽ﷺ\u1100\u1161\x1b\u202e\n["
TEXTS = st.one_of(st.text(max_size=30), st.text(alphabet=ODD, max_size=30))

NAMES = {
    "chinese": ("AECC Gas Turbine Industrial Base", "中航发燃气轮机产业基地"),
    "only-chinese": ("沈阳浑南智能制造产业园第二期工程建设项目" * 4, ""),
    "emoji": ("👩\u200d👩\u200d👧 park 👍🏽 🇨🇳 ❤\ufe0f", "表情"),
    "markup": ("[/x] [bold [@click=app.quit]x[/] C:\\[tmp] :warning: \\", "[红色]"),
    "controls": ("a \x1b[31mred\x1b]0;PWN\x07 \x00 \u202ebidi \u200b\x9b31m", "控\r制"),
    "combining": ("\u0301" * 5_000, "e" + "\u0301" * 60),
    "long": ("x" * 10_000, "字" * 10_000),
    "lines": ("one\ntwo\tthree", "一\n二"),
    "blank": ("", ""),
}
KEYS = [*NAMES, *(f"p{n}" for n in range(60))]


def make_row(key: str) -> ListRow:
    name, name_zh = NAMES.get(key, (f"Project {key}", f"项目{key}"))
    return ListRow(
        name=display_line(name),
        name_zh=display_line(name_zh),
        stage="Under construction",
        stage_short="Construct.",
        stage_date="2023-08-21",
        amount="" if key == "blank" else "15.5 bn",
    )


class Host(App[None]):
    """A list of projects and nothing else."""

    def __init__(self, keys: Sequence[str] = KEYS) -> None:
        super().__init__()
        self.shown = keys
        self.drawn_keys: list[str] = []
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield ProjectList()

    def on_mount(self) -> None:
        self.projects.make_row = self.make_row
        self.projects.get_name = lambda key: make_row(key).name
        self.arrange(stage_width=18)
        self.projects.empty_message = Content("No project is [signed]")
        self.projects.focus()
        self.projects.show(self.shown)

    def make_row(self, key: str) -> ListRow:
        self.drawn_keys.append(key)
        return make_row(key)

    def arrange(self, **more: object) -> None:
        self.projects.arrangement = self.projects.arrangement._replace(**more)  # type: ignore[arg-type]  # its fields

    @property
    def projects(self) -> ProjectList:
        return self.query_one(ProjectList)

    def on_project_list_highlighted(self, message: ProjectList.Highlighted) -> None:
        self.told.append(message)

    def on_project_list_selected(self, message: ProjectList.Selected) -> None:
        self.told.append(message)

    def on_project_list_marked(self, message: ProjectList.Marked) -> None:
        self.told.append(message)

    def on_project_list_sort_requested(
        self, message: ProjectList.SortRequested
    ) -> None:
        self.told.append(message)

    def messages(self, kind: type[Message]) -> list[Any]:
        return [message for message in self.told if isinstance(message, kind)]


def lines(app: Host) -> list[str]:
    """The text of the list as it stands on the screen, without the titles."""
    height = app.projects.size.height
    return [app.projects.render_line(y).text for y in range(1, height)]


def titles(app: Host) -> str:
    return app.projects.render_line(0).text


class ManyKeys(Sequence[str]):
    """A million keys that are not there before they are asked for."""

    def __len__(self) -> int:
        return 1_000_000

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        assert isinstance(place, int)
        if not 0 <= place < 1_000_000:
            raise IndexError(place)
        return f"k{place}"

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("nobody may walk through all keys")


# What is drawn


async def test_only_rows_in_sight_are_made() -> None:
    app = Host([f"k{n}" for n in range(100_000)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert set(app.drawn_keys) == {f"k{n}" for n in range(23)}
        app.drawn_keys.clear()
        await pilot.press("G")
        assert set(app.drawn_keys) == {f"k{n}" for n in range(100_000 - 23, 100_000)}
        app.drawn_keys.clear()
        await pilot.press("k")
        assert set(app.drawn_keys) == {"k99998", "k99999"}


async def test_a_million_keys_are_never_walked_through() -> None:
    app = Host(ManyKeys())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G", "k", "pageup", "g", "j", "space", "enter")
        assert app.projects.current == "k2"
        assert len(set(app.drawn_keys)) < 24 * 4


@pytest.mark.parametrize("size", SIZES)
async def test_columns_stand_in_line_whatever_the_names(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        drawn = lines(app)
        places = set()
        for text in drawn[: len(NAMES) - 1]:
            before, amount, after = text.partition("15.5 bn")
            assert amount, text
            assert after.strip() == ""
            places.add(cell_len(before))
        assert len(places) == 1
        assert drawn[len(NAMES) - 1].rstrip().endswith(" –")
        assert not any("\x1b" in text or "\u202e" in text for text in drawn)
        assert all(app.projects.render_line(y).cell_length <= size[0] for y in range(9))


async def test_markup_in_a_name_is_text() -> None:
    app = Host(["markup"])
    async with app.run_test(size=(120, 36)):
        assert (
            "[/x] [bold [@click=app.quit]x[/] C:\\[tmp] :warning: \\" in lines(app)[0]
        )


async def test_a_stage_is_long_where_there_is_room_and_short_elsewhere() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Under construction" in lines(app)[0]
        await pilot.resize_terminal(46, 24)
        assert "Construct." in lines(app)[0]
        await pilot.resize_terminal(25, 24)
        assert "Constr" not in lines(app)[0]
        assert "15.5 bn" in lines(app)[0]


async def test_a_stage_has_the_day_it_was_seen_as_far_as_there_is_room() -> None:
    app = Host()
    async with app.run_test(size=(86, 24)) as pilot:
        assert titles(app).split() == ["Project", "Stage", "As", "of", "Amount"]
        assert "Under construction  2023-08   15.5 bn" in lines(app)[0]
        await pilot.resize_terminal(49, 24)
        await pilot.pause()
        assert titles(app).split() == ["Project", "Stage", "Seen", "Amount"]
        assert "Construc… 2023  15.5 bn" in lines(app)[0]
        assert lines(app)[0].startswith("    AECC Gas Turbine I")
        await pilot.resize_terminal(46, 24)
        await pilot.pause()
        assert titles(app).split() == ["Project", "Stage", "Amount"]


async def test_what_the_dataset_does_not_fill_has_no_column() -> None:
    app = Host(["blank"])
    async with app.run_test(size=(60, 24)) as pilot:
        for fields, shown in (
            (("stage", "invest"), ["Project", "Stage", "Amount"]),
            (("stage", "stage_date"), ["Project", "Stage", "As", "of"]),
            (("stage_date", "invest"), ["Project", "Amount"]),
            (("invest",), ["Project", "Amount"]),
            (("stage",), ["Project", "Stage"]),
            ((), ["Project"]),
        ):
            app.arrange(default_fields=fields)
            app.projects.show(["blank"])
            await pilot.pause()
            assert titles(app).split() == shown, fields
            assert ("–" in lines(app)[0]) == ("invest" in fields)
            await pilot.press("shift+right", "shift+left")


async def test_a_stage_that_was_seen_long_ago_is_muted() -> None:
    app = Host(["a", "b"])
    async with app.run_test(size=(86, 24)):
        app.projects.make_row = lambda key: ListRow(
            key, stage="Signed", stage_date="2023-08", is_stale=key == "b"
        )
        app.projects.show(["a", "b", "c"], current="c")
        fresh, old = (app.projects.render_line(y) for y in (1, 2))

        def style(strip: Strip, text: str) -> Style | None:
            return next(each.style for each in strip if each.text.strip() == text)

        assert style(fresh, "Signed") == style(fresh, "a")
        for text in ("Signed", "2023-08"):
            assert style(old, text) != style(old, "b")


async def test_the_chinese_name_stands_behind_the_english_one() -> None:
    app = Host(["chinese"])
    async with app.run_test(size=(100, 24)) as pilot:
        assert "Industrial Base  中航发燃气轮机产业基地" in lines(app)[0]
        await pilot.resize_terminal(60, 24)
        assert "中" not in lines(app)[0]


@given(TEXTS, st.integers(0, 20), st.booleans())
@example("\u200d", 2, False)
@example("中文", 4, False)
def test_a_text_fits_exactly(text: str, width: int, right: bool) -> None:
    fitted = fit(display_line(text), width, right=right)
    assert cell_len(fitted) == width


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
@example("e\u0301", 1, 2)
def test_a_match_never_moves_the_columns(name: str, start: int, stop: int) -> None:
    row = ListRow(display_line(name), found=((start, stop),))
    strip = render_row(
        row, "", [ListColumn("", 7, is_number=True)], ["3 bn"], 60, PLAIN
    )
    assert strip.cell_length == 60
    assert strip.text.endswith("    3 bn ")


def test_a_match_is_underlined() -> None:
    row = ListRow("Gas turbine base", found=((4, 11),))
    strip = render_row(row, "", (), (), 40, PLAIN)
    found = [each.text for each in strip if each.style and each.style.underline]
    assert found == ["turbine"]


def test_a_number_is_never_cut() -> None:
    columns = [ListColumn("", 10), ListColumn("", 7, is_number=True)]
    cells = ["Signed", "123,456,789 tn"]
    strip = render_row(ListRow("字" * 40), "", columns, cells, 60, PLAIN)
    assert strip.text.endswith(" 123,456,789 tn ")
    assert strip.cell_length == 60


async def test_signs_stand_before_the_name() -> None:
    app = Host(["a", "b", "c"])
    async with app.run_test(size=(80, 24)) as pilot:
        rows = {
            "a": ListRow("A", tagged=True, noted=True),
            "b": ListRow("B", draft=True, noted=True),
            "c": ListRow("C"),
        }
        app.projects.make_row = rows.__getitem__
        app.projects.show(["a", "b", "c"])
        assert app.projects.border_subtitle == "# tagged  ✎ noted  ! draft"
        await pilot.press("G", "space")
        app.projects._redraw_all()
        starts = [text[:6] for text in lines(app)[:3]]
        assert starts == [" #✎ A ", "  ! B ", "✓   C "]
        legend = "✓ marked  # tagged  ✎ noted  ! draft"
        assert app.projects.border_subtitle == legend
        app.projects.show(["c"] * 40 + ["b"])  # only what is in sight
        assert app.projects.border_subtitle == "✓ marked"
        await pilot.press("G", "space")
        await pilot.pause()
        assert "! draft" in str(app.projects.border_subtitle)


def test_a_sign_whose_words_have_no_room_is_left_out_of_the_legend() -> None:
    rows = [ListRow("A", tagged=True, noted=True), ListRow("B", depth=1)]
    whole = "# tagged  ✎ noted  └ part of the one above"
    assert format_legend(rows, len(whole), is_marking=False) == whole
    for width in (len(whole) - 1, 17):
        assert format_legend(rows, width, is_marking=False) == "# tagged  ✎ noted"
    assert format_legend(rows, 16, is_marking=False) == "# tagged"
    assert not format_legend(rows, 0, is_marking=False)


# Moving


async def test_keys_move_the_cursor_and_it_stays_in_sight() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, place in (
            ("j", 1),
            ("down down", 2),
            ("j k", 0),
            ("up", 0),
            ("pagedown", 23),
            ("pagedown pageup", 0),
            ("ctrl+d", 11),
            ("ctrl+d ctrl+d ctrl+u", 11),
            ("G", len(KEYS) - 1),
            ("end j", len(KEYS) - 1),
            ("G g", 0),
            ("end home", 0),
        ):
            app.projects.index = 0
            await pilot.press(*keys.split())
            assert app.projects.index == place, keys
            top = app.projects.scroll_offset.y
            assert top <= place < top + 23


async def test_a_cursor_that_comes_from_afar_stands_in_the_middle() -> None:
    app = Host([])
    async with app.run_test(size=(80, 24)):
        shown = app.projects
        keys = [f"p{n}" for n in range(200)]
        shown.show(keys, current="p30")  # at the start from the next page too
        assert (shown.current, shown.cursor_line) == ("p30", 11)
        shown.index = 100
        assert (shown.current, shown.cursor_line) == ("p100", 11)
        shown.index = 100 - 11 + 2 * 23 - 1  # the last of the next page
        assert shown.cursor_line == 22
        shown.index += 24
        assert shown.cursor_line == 11
        shown.index = 10
        assert shown.cursor_line == 10  # as far down as the top allows


async def test_each_highlight_is_told_once() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "k", "k")
        app.projects.show(list(KEYS))
        await pilot.pause()
        highlighted = [message.key for message in app.messages(ProjectList.Highlighted)]
        assert highlighted == [KEYS[0], KEYS[1], KEYS[0]]


async def test_enter_selects() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter")
        assert app.messages(ProjectList.Selected) == [ProjectList.Selected(KEYS[1])]


async def test_the_cursor_stays_on_its_project() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "j")
        app.projects.show(KEYS[::-1])
        assert app.projects.current == KEYS[3]


async def test_the_cursor_keeps_its_line_where_the_list_is_scrolled() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = app.projects
        shown.show(KEYS, current="p40")
        await pilot.press("j", "j", "j")
        line = shown.cursor_line
        assert shown.current == "p43"
        assert line
        shown.show([*KEYS[:10], *KEYS[20:]])  # ten fewer above it
        assert (shown.current, shown.cursor_line) == ("p43", line)
        shown.show(KEYS[::-1])
        assert (shown.current, shown.cursor_line) == ("p43", line)
        shown.show(KEYS[50:])  # two above it: it cannot be further down
        assert (shown.current, shown.cursor_line) == ("p43", KEYS.index("p43") - 50)


async def test_a_list_that_begins_at_the_top_goes_on_so() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = app.projects
        shown.show(KEYS[5:])
        await pilot.press("j", "j")
        current = shown.current
        shown.show(KEYS)
        assert (shown.current, shown.cursor_line) == (current, 7)
        assert shown.scroll_offset.y == 0


async def test_the_nearest_below_takes_the_place_of_a_project_that_left() -> None:
    app = Host(["a", "b", "c", "d", "e"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        app.projects.show(["a", "b", "e", "d"])
        assert app.projects.current == "d"
        app.projects.show(["a", "b"])
        assert app.projects.current == "b"


async def test_a_project_that_is_wanted_back_never_sends_the_cursor_to_the_top() -> (
    None
):
    app = Host(["a", "b", "c", "d", "e"])
    async with app.run_test(size=(80, 24)):
        app.projects.show(["a", "b", "c", "d", "e"], current="c")
        app.projects.show(["a", "b", "d", "e"], current="c")
        assert app.projects.current == "d"
        app.projects.show(["a", "d", "e"], current="c")
        assert app.projects.current == "d"
        app.projects.show(["a", "b", "c", "d", "e"], current="c")
        assert app.projects.current == "c"


async def test_an_empty_list_says_why_and_takes_every_key() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.projects.show([])
        await pilot.press(*"jkgGvV", "space", "enter", "pagedown", "ctrl+u")
        await pilot.press("shift+right", "shift+left")
        await pilot.click(ProjectList, offset=(3, 3))
        assert app.projects.current is None
        assert "No project is [signed]" in lines(app)[1]
        assert app.messages(ProjectList.Highlighted)[-1].key is None
        app.projects.show(KEYS)
        assert app.projects.current == KEYS[0]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 3), (1, 40), (200, 1)])
async def test_any_size_will_do(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "pagedown", "ctrl+d", "ctrl+u", "space", "shift+right")
        app.arrange(columns=(ListColumn("Place", 12), ListColumn("Date", 10)))
        app.projects.make_row = lambda key: ListRow(key, more=("Hunnan", "2023"))
        app.projects.show(KEYS)
        await pilot.press("G", "g")
        await pilot.resize_terminal(80, 24)
        assert app.projects.current == KEYS[0]
        app.projects.show([])
        await pilot.resize_terminal(*size)


# Marks


async def test_space_marks_and_goes_down() -> None:
    app = Host(["a", "b", "c"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space")
        assert app.projects.marked == {"a", "b"}
        assert app.projects.current == "c"
        await pilot.press("g", "space")
        assert [message.keys for message in app.messages(ProjectList.Marked)] == [
            {"a"},
            {"a", "b"},
            {"b"},
        ]


async def test_a_range_is_marked_from_either_end() -> None:
    app = Host(["a", "b", "c", "d"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j", "v")
        assert lines(app)[2].startswith("▸")
        await pilot.press("k", "v")
        assert app.projects.marked == {"b", "c"}
        await pilot.press("G", "v", "v")
        assert app.projects.marked == {"b", "c", "d"}


async def test_all_in_the_list_are_marked_or_none_and_others_keep_theirs() -> None:
    app = Host(["a", "b", "c"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        app.projects.show(["b", "c"])
        await pilot.press("V")
        assert app.projects.marked == {"a", "b", "c"}
        await pilot.press("V")
        assert app.projects.marked == {"a"}


# Columns and the mouse


async def test_columns_scroll_and_the_name_stays() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("shift+right")
        assert "Under" not in lines(app)[0]
        assert "AECC Gas Turbine Industrial Base" in lines(app)[0]
        await pilot.press("shift+right", "shift+right")
        assert "15.5 bn" in lines(app)[0]
        app.projects.show(KEYS[1:])
        assert "Under" not in lines(app)[0]
        await pilot.press("shift+left", "shift+left")
        assert "Under construction" in lines(app)[0]


def chosen(app: Host) -> None:
    columns = (
        ListColumn("Place", 30, field="place"),
        ListColumn("Updated", 10),
        ListColumn("Investment", 12, is_number=True),
    )
    app.arrange(columns=columns)
    app.projects.make_row = lambda key: ListRow(
        key, more=("浑南新区" * 9, "", "85.5 bn")
    )
    app.projects.show(KEYS)


async def test_chosen_columns_have_titles_and_are_shown_whole_or_not() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        chosen(app)
        await pilot.pause()
        first = lines(app)[0]
        assert titles(app).split() == ["Project", "Place", "Updated", "→"]
        assert "浑南新区浑南新区浑南新区浑南…   –" in first
        await pilot.press("shift+right")
        first = lines(app)[0]
        assert titles(app).split() == ["←", "Project", "Updated", "Investment"]
        assert first.endswith("85.5 bn ")


async def test_the_titles_hide_no_project() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        chosen(app)
        await pilot.press("G")
        assert KEYS[-1] in lines(app)[-1]
        app.projects.index -= 30
        await pilot.pause()
        assert KEYS[-31] in lines(app)[0]
        await pilot.press("g")
        assert KEYS[0] in lines(app)[0]
        await pilot.click(ProjectList, offset=(8, 0))
        assert app.projects.index == 0
        await pilot.click(ProjectList, offset=(8, 2))
        assert app.projects.index == 1


async def test_a_click_highlights_and_a_double_click_selects() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(ProjectList, offset=(8, 5))
        assert app.projects.current == KEYS[4]
        assert not app.messages(ProjectList.Selected)
        await pilot.double_click(ProjectList, offset=(8, 7))
        assert app.messages(ProjectList.Selected) == [ProjectList.Selected(KEYS[6])]


async def test_the_mouse_marks_scrolls_sideways_and_asks_for_an_order() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        chosen(app)
        await pilot.click(ProjectList, offset=(1, 2))
        assert app.projects.marked == {KEYS[1]}
        await pilot.click(ProjectList, offset=(8, 4), shift=True)
        assert app.projects.marked == set(KEYS[1:4])
        await pilot.click(ProjectList, offset=(8, 4), control=True)
        assert app.projects.marked == set(KEYS[1:3])
        await pilot.click(ProjectList, offset=(79 - 1, 0))  # the arrow, by the bar
        assert app.projects.first_column == 1
        await pilot.click(ProjectList, offset=(0, 0))
        assert app.projects.first_column == 0
        await pilot.click(ProjectList, offset=(8, 0))
        await pilot.click(ProjectList, offset=(60, 0))
        asked = [message.field for message in app.messages(ProjectList.SortRequested)]
        assert asked == ["name", "place"]


async def test_a_wheel_that_turns_sideways_scrolls_the_columns() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        chosen(app)
        await pilot.pause()
        places = []
        for kind, shift in (
            (MouseScrollDown, True),
            (MouseScrollRight, False),
            (MouseScrollUp, True),
            (MouseScrollLeft, False),
            (MouseScrollDown, False),
        ):
            app.projects.post_message(
                kind(app.projects, 9, 9, 0, 0, 0, shift, False, False)
            )
            await pilot.pause()
            places.append((app.projects.first_column, app.projects.scroll_offset.y))
        assert [first for first, _ in places] == [1, 2, 1, 0, 0]
        assert [line > 0 for _, line in places] == [False] * 4 + [True]


async def test_headings_are_lines_without_a_row() -> None:
    app = Host(["a", "b", "c", "d"])
    async with app.run_test(size=(80, 5)) as pilot:
        headings = [GroupHeading("[x] 甲", "2 · –", 0), GroupHeading("乙" * 50, "2", 2)]
        app.projects.show(["a", "b", "c", "d"], headings=headings)
        await pilot.pause()
        first, *_, second = lines(app)
        assert first.startswith("─── [x] 甲  2 · – ───")
        assert cell_len(second) == 79
        assert "…" in second
        await pilot.press("j", "j")
        assert app.projects.current == "c"
        assert "Project c" in lines(app)[3]
        await pilot.press("k", "k")
        assert lines(app)[0] == first  # the heading comes into sight with its first
        await pilot.click(ProjectList, offset=(8, 4))
        assert app.projects.current == "a"
        await pilot.press("G")
        assert "Project d" in lines(app)[3]
        assert titles(app).strip().startswith("Project · [x] 甲 ")


async def test_a_click_in_a_scrolled_list_takes_the_row_under_it() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        await pilot.click(ProjectList, offset=(8, 1))
        assert app.projects.current == KEYS[-23]


async def test_the_bar_of_the_cursor_is_as_wide_as_the_list() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await cursor_colours(app, pilot)


async def cursor_colours(app: Host, pilot: Pilot[None]) -> None:
    """Look at the cursor's line with and without the focus, and at another one."""
    await pilot.press("j")
    backgrounds = []
    for y, focused in ((2, True), (2, False), (1, False)):
        app.screen.set_focus(app.projects if focused else None)
        await pilot.pause()
        strip = app.projects.render_line(y)
        backgrounds.append({each.style and each.style.bgcolor for each in strip})
    assert [len(background) for background in backgrounds] == [1, 1, 1]
    assert len(set.union(*backgrounds)) == 3


async def test_what_the_list_is_sorted_by_is_in_sight_at_every_width() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        for width in range(34, 80, 3):
            await pilot.resize_terminal(width, 24)
            for field in ("invest", "name"):  # the amount is always in sight
                app.arrange(sort=(field, True))
                app.projects.show(KEYS)
                assert "Amount" in titles(app), width
                assert "15.5 bn" in lines(app)[0]
            app.arrange(sort=("stage", True))
            assert "Stage" in titles(app)


async def test_what_the_reader_sorts_by_has_a_column_wherever_it_was_hidden() -> None:
    app = Host()
    async with app.run_test(size=(46, 24)) as pilot:
        app.projects.make_row = lambda key: make_row(key)._replace(
            sort_text="浑南", more=("Port", "2023")
        )
        district = ListColumn("District", 8, field="district")
        app.arrange(sort=("district", False), sort_column=district)
        for columns in ((), (ListColumn("Place", 12), ListColumn("Date", 10))):
            app.arrange(columns=columns)
            for width in (30, 46, 86, 140):
                await pilot.resize_terminal(width, 24)
                await pilot.pause()
                assert "Distric" in titles(app), width
                assert "↑" in titles(app), width
                assert "浑南" in lines(app)[0], width
        await pilot.resize_terminal(140, 24)
        app.arrange(columns=(ListColumn("Place", 12), district))  # it has one already
        await pilot.pause()
        assert titles(app).count("Distric") == 1
        assert "2023" in lines(app)[0]


async def test_names_that_begin_alike_are_told_apart_where_they_stand() -> None:
    names = [f"中国航空发动机集团燃气轮机产业基地第{n}期项目" for n in range(40)]
    app = Host(names)
    async with app.run_test(size=(60, 24)) as pilot:
        app.projects.make_row = lambda name: ListRow(name, found=((17, 19),))
        app.projects.get_name = lambda name: name
        app.projects.show(names)
        await pilot.pause()
        assert "第3期项目" in lines(app)[3]
        assert lines(app)[3].startswith("    中国航空…")
        app.projects.show(["One", names[7], "Two"])  # nothing is like it
        await pilot.pause()
        assert lines(app)[1].startswith("    中国航空发动机")


@given(*[st.text("ab 中文…", max_size=30), *[st.integers(0, 40)] * 4])
def test_spans_stay_on_their_letters(
    name: str, width: int, shared: int, one: int, two: int
) -> None:
    start, stop = min(one, two, len(name)), min(max(one, two), len(name))
    shown, moved = cut_twin(name, width, shared, [(start, stop)])
    kept = [shown[first:last] for first, last in moved]
    assert all(part.strip("…") in name[start:stop] for part in kept)


async def test_what_is_due_has_a_sign_and_where_there_is_room_its_day() -> None:
    app = Host(["late", "later", "never"])
    days = {"late": date(2026, 11, 20), "later": date(2027, 9, 1)}
    async with app.run_test(size=(110, 24)) as pilot:
        app.projects.make_row = lambda key: ListRow(
            key,
            due=format_due_day(days[key], date(2026, 11, 23)) if key in days else "",
            is_due=key == "late",
            file="ledger",
            age="97 d",
        )
        app.arrange(default_fields=(*USUAL_FIELDS, *EXTRA_FIELDS))
        app.projects.show(["late", "later", "never"], current="never")
        await pilot.pause()
        head = ["Project", "Stage", "As", "of", "Due", "File", "Silent", "Amount"]
        assert titles(app).split() == head
        late, later, never = lines(app)[:3]
        assert late.startswith("◷   late")
        assert " 11-20 " in late
        assert later.startswith("    later")
        assert " 2027-09 " in later
        assert " ledger " in never
        assert " 97 d " in never
        day = next(part for part in app.projects.render_line(1) if "11-20" in part.text)
        assert day.style != next(iter(app.projects.render_line(3))).style
        await pilot.resize_terminal(80, 24)  # names come first
        await pilot.pause()
        assert titles(app).split() == ["Project", "Stage", "As", "of", "Amount"]
        assert lines(app)[0].startswith("◷   late")
        await pilot.press("home", "space")
        assert lines(app)[0].startswith("✓   late")
