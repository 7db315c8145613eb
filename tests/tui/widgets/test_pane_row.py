from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from hunnan_tui.config.session import Session, load_session, save_session
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.presenters.pane_widths import PaneWidths, measure_facets
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from tests.strategies import examples
from tests.tui.app_host import OpenApp, listed, press, settle

cells = st.integers(-50, 700)


def measure_panes(app: HunnanApp) -> tuple[int, int, int]:
    screen = app.screen_stack[1]
    panes = (screen.query_one(FacetList), listed(app), screen.query_one(ProjectDetail))
    facets, projects, detail = (pane.outer_size.width for pane in panes)
    return facets, projects, detail


async def drag(app: HunnanApp, pilot: Pilot[None], start: int, end: int) -> None:
    await pilot.mouse_down(offset=(start, 10))
    await pilot.hover(offset=(end, 12))
    await pilot.mouse_up(offset=(end, 12))
    await settle(app, pilot)
    await pilot.hover(offset=(end - 20, 12))  # it has been let go
    await settle(app, pilot)


@examples(200)
@given(cells, cells, st.integers(60, 400), st.booleans())
def test_each_pane_keeps_room_whatever_is_asked_for(
    facets: int, detail: int, total: int, is_above: bool
) -> None:
    widths = PaneWidths().with_facets(facets, total, is_above=is_above)
    given = widths.fit_facets(total, is_above=is_above)
    assert 16 <= given <= total
    room = total if is_above else total - given
    widths = widths.with_detail(detail, room)
    assert room - widths.fit_detail(room) >= 24
    assert widths.fit_detail(room) >= 20
    # what is shown is what is kept
    assert widths.with_detail(widths.fit_detail(room), room) == widths
    for other in (20, 60, 80, 500):  # a session goes on in another terminal
        assert 0 < widths.fit_detail(other) < other


async def test_keys_share_the_width_and_the_next_start_has_it(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        usual = measure_panes(app)
        await press(app, pilot, "1", "+", "+", "-")
        facets, projects, detail = measure_panes(app)
        assert facets == usual[0] + 4
        await press(app, pilot, "2", "+")
        assert measure_panes(app) == (facets, projects + 4, detail - 4)
        await press(app, pilot, "3", "+", "+")
        chosen = measure_panes(app)
        assert chosen == (facets, projects - 4, detail + 4)
        await press(app, pilot, "z")  # alone it has all, and nothing to share it with
        assert measure_panes(app)[2] == 120
        await press(app, pilot, "+", "z")
        assert measure_panes(app) == chosen
    again = HunnanApp(app.workspace, session=app.session)
    async with again.run_test(size=(120, 36)) as pilot:
        await settle(again, pilot)
        assert measure_panes(again) == chosen
        await pilot.resize_terminal(80, 24)
        await settle(again, pilot)
        assert sum(measure_panes(again)[1:]) == 80
        await pilot.resize_terminal(120, 36)
        await press(again, pilot, "=")
        assert measure_panes(again) == usual
    assert again.session.widths == (0, 0)


async def test_a_border_is_dragged_and_two_clicks_put_it_back(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        usual = measure_panes(app)
        await drag(app, pilot, usual[0] - 1, 39)
        assert measure_panes(app)[0] == 40
        await drag(app, pilot, 39 + measure_panes(app)[1], 99)
        assert measure_panes(app) == (40, 60, 20)
        await pilot.click(offset=(39, 10), times=2)
        await settle(app, pilot)
        assert measure_panes(app)[0] == usual[0]
        assert app.session.widths[1]  # the other border stays
        assert not app.screen.selections
        await pilot.resize_terminal(80, 24)
        await press(app, pilot, "1")
        await drag(app, pilot, measure_panes(app)[0] - 1, 69)  # over the other panes
        assert measure_panes(app)[0] == 70


@pytest.mark.parametrize(
    "wrong", [None, [], [1], [1, 2, 3], ["a", 1], [-1, 0], [1, 1_000], 7, {"a": 1}]
)
def test_widths_that_make_no_sense_lose_nothing_else(
    tmp_path: Path, wrong: object
) -> None:
    dataset = tmp_path / "projects.toml"
    save_session(tmp_path, dataset, Session("gas", widths=(40, 300)))
    assert load_session(tmp_path, dataset).widths == (40, 300)
    (path,) = tmp_path.glob("*.json")
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "widths": wrong}))
    assert load_session(tmp_path, dataset) == Session("gas")
    del record["widths"]  # as older versions wrote it
    path.write_text(json.dumps(record))
    assert load_session(tmp_path, dataset) == Session("gas")


def test_longer_counts_take_nothing_from_the_names() -> None:
    assert [measure_facets(count) for count in (0, 74, 99)] == [33] * 3
    assert [measure_facets(count) for count in (100, 2_000, 30_000)] == [34, 36, 37]
