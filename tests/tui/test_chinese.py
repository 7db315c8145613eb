"""The app in Chinese: what is typed and what is aligned is measured in cells."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content
from textual.widgets import Input, TextArea

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.tui.presenters.list_columns import (
    ListColumn,
    format_title,
    get_default_columns,
)
from hunnan_tui.tui.widgets.detail import TabBar
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.footer import KeyFooter
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle


async def test_the_terminal_cursor_stands_where_one_types_and_columns_are_aligned(
    shipped: Path, open_app: OpenApp, in_chinese: None
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        facets = app.screen.query_one(FacetList)
        lines = [option.prompt for option in facets.options if not option.disabled]
        ends = {each.cell_length for each in lines if isinstance(each, Content)}
        assert len(ends - {measure_width(str(lines[-1]))}) == 1  # "… sources" is short
        await pilot.click(TabBar, offset=(7, 0))  # the second of four cells each
        assert app.screen.query_one(TabBar).current == 1
        footer = app.screen.query_one(KeyFooter).render()
        assert isinstance(footer, Content)
        assert footer.plain.endswith(" ? 帮助  q 退出 ")
        assert footer.cell_length <= WIDE[0]

        await press(app, pilot, "slash", *"浑南a")
        field = app.focused
        assert isinstance(field, Input)
        start = field.content_region.offset
        assert app.cursor_position == (start.x + 5, start.y)
        await press(app, pilot, "escape", "escape", "t", *"浑南a", "left", "left")
        field = app.focused
        assert isinstance(field, Input)
        start = field.content_region.offset
        assert app.cursor_position == (start.x + 2, start.y)
        await press(app, pilot, "escape", "escape", "n", *"浑南a")
        area = app.focused
        assert isinstance(area, TextArea)
        start = area.content_region.offset
        assert app.cursor_position == (start.x + 5, start.y)
        await press(app, pilot, "escape")
        assert listed(app).keys


def test_columns_are_as_narrow_as_the_language_allows(in_chinese: None) -> None:
    stage, amount = get_default_columns(60, 8, ("stage", "invest"))
    assert (stage.label, stage.width, amount.label) == ("阶段", 8, "金额")
    # an arrow takes no half of a character
    narrow = ListColumn("As of", 5, field="stage_date")
    assert measure_width(format_title(narrow, ("stage_date", True))) <= 5
    own = ListColumn("Stage", 9, field="my-stage")
    assert format_title(own, ("", False)) == "Stage"
