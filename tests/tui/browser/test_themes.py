"""The theme is chosen by looking at it, and kept in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color
from textual.scroll_view import ScrollView

from hunnan_tui.config.settings import FILE
from hunnan_tui.tui.dialogs.base import DialogList
from hunnan_tui.tui.dialogs.theme_picker import ThemePicker
from hunnan_tui.tui.widgets.cursor_list import HEADER_HEIGHT
from hunnan_tui.tui.widgets.document_view import CURSOR_MARK, DocumentView
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.tui.app_host import WIDE, OpenApp, press, settle


async def test_a_theme_is_shown_under_the_cursor_and_kept_when_chosen(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    app = open_app(shipped)
    config = tmp_path / "config" / FILE
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        before = app.theme
        await press(app, pilot, "f8")
        assert isinstance(app.screen, ThemePicker)
        assert app.theme == before
        await press(app, pilot, "down")
        assert app.theme != before
        await press(app, pilot, "escape")
        assert app.theme == before
        assert not config.exists()
        await press(app, pilot, "f8", *"nord")
        assert app.theme == "nord"
        await press(app, pilot, "enter")
        assert app.theme == "nord"
        assert config.read_text() == 'theme = "nord"\n'
        await press(app, pilot, "colon", *"gruvbox", "enter")
        assert app.theme == "gruvbox"
        assert config.read_text() == 'theme = "gruvbox"\n'
        config.write_text("broken = \n")
        await press(app, pilot, "colon", *"dracula", "enter")
        assert app.theme == "dracula"
        assert config.read_text() == "broken = \n"
        assert any("is for now" in each.message for each in app._notifications)


async def test_a_theme_reaches_the_detail_at_once(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        view = app.screen.query_one(DocumentView)
        for theme in ("high-contrast", "ansi-dark", "high-contrast-light"):
            app.theme = theme
            await settle(app, pilot)
            title = view.get_component_rich_style("document--label").color
            drawn = {
                segment.style.color
                for line in view._lines
                for segment in line
                if segment.text.startswith("Stage") and segment.style
            }
            assert drawn == {title}, theme


async def test_what_is_under_the_cursor_is_in_one_colour_in_a_terminal_theme(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = "ansi-dark"
        await settle(app, pilot)
        view = app.screen.query_one(DocumentView)
        await press(app, pilot, "3", "j")
        (line,) = (y for y in range(view.size.height) if CURSOR_MARK in read(view, y))
        # that of the theme: the terminal's own may be that of the band
        assert find_colours(view, line) == {Color.from_ansi(7)}
        listed = app.screen.query_one(ProjectList)
        assert listed.cursor_line is not None
        assert len(find_colours(listed, listed.cursor_line + HEADER_HEIGHT)) == 1
        await press(app, pilot, "colon", *"tag")
        rows = app.screen.query_one(DialogList)
        assert "  " in read(rows, rows.highlighted or 0).strip()
        assert len(find_colours(rows, rows.highlighted or 0)) == 1


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_a_terminal_theme_can_be_read_without_colours(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = theme
        await settle(app, pilot)
        listed = app.screen.query_one(ProjectList)
        row = listed.content_region.y + HEADER_HEIGHT
        backgrounds = []
        for strip in app.screen._compositor.render_strips()[row : row + 2]:
            for segment in strip:
                if segment.text.strip() and segment.style:
                    assert segment.style.color != segment.style.bgcolor
            backgrounds.append({s.style.bgcolor for s in strip if s.style})
        assert backgrounds[0] != backgrounds[1]  # the row under the cursor


def read(widget: ScrollView, y: int) -> str:
    return widget.render_line(y).text


def find_colours(widget: ScrollView, y: int) -> set[object]:
    """Return the colours of the text in a line."""
    return {
        segment.style and segment.style.color
        for segment in widget.render_line(y)
        if segment.text.strip()
    }
