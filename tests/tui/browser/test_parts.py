"""A whole and its parts in the app: list, header, detail, and the way between them."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.tui.widgets.detail import ProjectDetail
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    status,
    type_filter,
)

DATA = """\
[dataset]
currency = "CNY"

[[stages]]
id = "built"
name = "Built"

[[projects]]
id = "runway"
name = "Second [runway]"
part_of = "hub"
investment = 4_000_000_000

[[projects]]
id = "hub"
name = "Airport hub"
stage = "built"
investment = 9_000_000_000

[[projects]]
id = "metro"
name = "Metro"
investment = 6_000_000_000
"""


async def test_a_part_stands_under_its_whole_and_is_added_once(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "f.toml"
    path.write_text(DATA)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        projects = listed(app)
        assert list(projects.keys) == ["hub", "runway", "metro"]
        assert "3 of 3 projects · 15 bn yuan, 1 part not added again" in status(app)
        lines = [projects.render_line(y).text for y in range(1, 4)]
        assert [line.find("└ Second [runway]") >= 0 for line in lines] == [
            *(False, True, False)
        ]
        # from the whole to its part and back, by keys
        detail = app.screen.query_one(ProjectDetail)
        await press(app, pilot, "enter")
        assert "Parts (1)" in detail.text
        while detail.current_fact != "part runway":
            await press(app, pilot, "j")
        await press(app, pilot, "enter")
        assert projects.current == "runway"
        await press(app, pilot, "enter")
        assert "Airport hub (hub)" in " ".join(detail.text.split())
        while detail.current_fact != "part_of":
            await press(app, pilot, "j")
        await press(app, pilot, "enter")
        assert projects.current == "hub"
        # without its whole, and in another order, it stands where the order has it
        await type_filter(app, pilot, "-hub")
        assert list(projects.keys) == ["metro", "runway"]
        assert "2 of 3 projects · 10 bn yuan" in status(app)
        assert "└" not in projects.render_line(2).text
        await type_filter(app, pilot, "sort:invest-")
        assert list(projects.keys) == ["hub", "metro", "runway"]
        await type_filter(app, pilot, "group:stage")
        assert list(projects.keys) == ["hub", "metro", "runway"]
