"""`L` shows other names everywhere: Chinese, English, both; and keeps them."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.config.settings import FILE
from hunnan_tui.core.names import Names, get_names
from hunnan_tui.tui.pages.board import BoardPage
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle
from tests.tui.pages.page_host import text

DATA = """
[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"
[[projects]]
id = "a"
name = "Alpha"
name_zh = "张江药谷"
stage = "signed"
[[projects]]
id = "b"
name = "Beta"
name_zh = "安达仓储"
[[projects]]
id = "c"
name = "Gamma"
"""


async def test_names_are_switched_in_list_facets_detail_and_pages(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path, config = tmp_path / "projects.toml", tmp_path / "config" / FILE
    path.write_text(DATA, "utf-8")
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)

        def names() -> list[tuple[str, str]]:
            rows = map(listed(app).make_row, listed(app).keys)
            return [(row.name, row.name_zh) for row in rows]

        def facets() -> str:
            pane = app.screen.query_one(FacetList)
            return "\n".join(str(option.prompt) for option in pane.options)

        app.screen.browser.ask("sort:name")  # type: ignore[attr-defined]
        await settle(app, pilot)
        assert names()[0] == ("Alpha", "张江药谷")
        assert "Signed" in facets()
        await press(app, pilot, "L")
        # by pinyin: anda, Gamma, zhangjiang; the other name where it is the only one
        assert names() == [("安达仓储", ""), ("Gamma", ""), ("张江药谷", "")]
        assert "签约" in facets()
        assert config.read_text() == 'names = "zh"\n'
        await press(app, pilot, "b")
        assert isinstance(app.screen, BoardPage)
        assert "张江药谷" in text(app)
        await press(app, pilot, "L")
        assert "Alpha" in text(app)
        assert "张江药谷" not in text(app)
        await press(app, pilot, "escape")
        assert names() == [("Alpha", ""), ("Beta", ""), ("Gamma", "")]
        await press(app, pilot, "L")
        assert names()[0] == ("Alpha", "张江药谷")
        assert "Signed 签约" in facets()
        assert (
            listed(app).make_row("a").stage_short == "Signed"
        )  # there is room for one
        app.screen.query_one(ProjectDetail).draw_now()
        assert "张江药谷" in app.screen.query_one(ProjectDetail).text
        config.write_text("broken = \n")
        await press(app, pilot, "L")
        assert get_names() is Names.ZH
        assert config.read_text() == "broken = \n"
        assert any("for now" in each.message for each in app._notifications)
