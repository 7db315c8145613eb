"""Pictures of the pages in Chinese, and what their rows say."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.tui.pages.agenda import AgendaPage
from hunnan_tui.tui.pages.list_page import PageList
from tests.tui.app_host import WIDE, OpenApp, press, settle
from tests.tui.test_snapshots import Script, compare

LEDGER = """
[dataset]
title = "浑南项目库"
currency = "CNY"
[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"
[[projects]]
id = "jetty"
name = "Jetty"
name_zh = "码头"
stage = "signed"
follow_up = 2026-11-20
[[projects]]
id = "mill"
name = "Mill"
name_zh = "面粉厂"
stage = "signed"
needs = [{ kind = "energy", what = "缺临时用电", state = "open", since = "2026-11-01" }]
[[projects]]
id = "works"
name = "Works"
stage = "signed"
follow_up = 2026-11-27
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A dataset in which there is something to do."""
    path = tmp_path / "ledger.toml"
    path.write_text(LEDGER, "utf-8")
    return path


@pytest.mark.parametrize("key", ["M", "A"])
def test_work_and_forms_in_chinese(
    ledger: Path, open_app: OpenApp, in_chinese: None, snap_compare: object, key: str
) -> None:
    assert compare(snap_compare, open_app(ledger), (80, 24), Script(key))


@pytest.mark.parametrize(
    ("key", "size"),
    [("m", (120, 36)), ("b", (80, 24)), ("W", (80, 24)), ("p", (120, 36))],
)
def test_pages_in_chinese(
    shipped: Path,
    open_app: OpenApp,
    in_chinese: None,
    snap_compare: object,
    key: str,
    size: tuple[int, int],
) -> None:
    assert compare(snap_compare, open_app(shipped), size, Script(key))


async def test_what_is_offered_in_chinese_is_read_and_stored_in_words_of_the_file(
    ledger: Path, open_app: OpenApp, in_chinese: None
) -> None:
    app = open_app(ledger)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "N", *"用工 缺焊工", "enter", "escape", "M")
        page = app.screen
        assert isinstance(page, AgendaPage)
        rows = [str(each.prompt) for each in page.query_one(PageList).options]
        assert "已逾期（1）" in rows
        assert any("码头" in row and "2026-11-20 已过 3 天" in row for row in rows)
        assert any("能源：缺临时用电" in row for row in rows)
        assert any("用工：缺焊工" in row for row in rows)
        await press(app, pilot, "escape", "ctrl+s")
        assert 'kind = "labour"' in ledger.read_text("utf-8")
