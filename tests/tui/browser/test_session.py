"""What is there again at the next start, and the screen in ASCII."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from hunnan_tui.config.session import Session
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.terminal.ascii import SIGNS, to_ascii
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    press,
    settle,
    type_filter,
)


def reopened(app: HunnanApp, session: Session) -> HunnanApp:
    return HunnanApp(app.workspace, session=session, settings=app._settings)


async def test_filter_order_choice_and_cursor_are_there_again(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await type_filter(app, pilot, "stage>=signed")
        await press(app, pilot, "1", "j", "enter", "2", "S", "j", "j")
        shown = list(app.screen.query_one(ProjectList).keys)
        current = app.screen.query_one(ProjectList).current
    again = reopened(app, app.session)
    async with again.run_test(size=WIDE) as pilot:
        await settle(again, pilot)
        projects = again.screen.query_one(ProjectList)
        assert (list(projects.keys), projects.current) == (shown, current)
        assert 0 < len(shown) < len(app.workspace.dataset.projects)


async def test_what_is_no_longer_known_is_left_out(
    shipped: Path, open_app: OpenApp
) -> None:
    session = Session(
        "no-such-word", (("moon", True),), (("planet", "mars"),), ("", ""), "gone"
    )
    app = reopened(open_app(shipped), session)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert app.session == session._replace(sort=(), choice=(), current="")
        await press(app, pilot, "0")
        assert len(app.screen.query_one(ProjectList).keys) > 70


@example("⁰\ufe0f\ufe0f\ufe0f")
@given(st.text([*map(chr, SIGNS), "\ufe0f", "a", "中"]))
def test_the_ascii_form_is_as_wide_as_the_text(text: str) -> None:
    assert cell_len(to_ascii(text)) == cell_len(text)


async def test_the_ascii_form_has_no_sign_of_two_widths(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    app._settings = app._settings._replace(ascii=True)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await type_filter(app, pilot, "航发")
        lines = app.screen._compositor.render_strips()
        filtered = [
            line.apply_filter(each, app.screen.background_colors[1])
            for line in lines
            for each in app.get_line_filters()[-1:]
        ]
        text = "\n".join(line.text for line in filtered)
        assert not set(text) & {chr(code) for code in SIGNS}
        assert "航发" in text
        assert "+-" in text


def test_every_sign_keeps_its_width() -> None:
    for sign, form in SIGNS.items():
        assert cell_len(chr(sign)) == 1
        assert len(form) == 1
        assert form.isascii()
