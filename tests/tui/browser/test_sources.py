from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from hunnan_tui.analysis.provenance import collect_evidence
from hunnan_tui.core.model import Dataset, Project, Source
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import related
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.dialogs.provenance import SourceDialog
from hunnan_tui.tui.widgets.detail import ProjectDetail
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

DATA = """
[dataset]
currency = "CNY"

[[sources]]
id = "one"
title = "First page"
publisher = "China Daily"
date = 2023-03-08
url = "https://example.org/1"
archive = "https://archive.example/1"

[[sources]]
id = "two"
title = "Second page"
url = "javascript:alert(1)"

[[projects]]
id = "both"
name = "Both"
name_zh = "两个"
investment = 3_000_000_000
investment_text = "3 billion"
sources = ["one", "two"]
caveat = "Do not add."

[[projects]]
id = "second"
name = "Second"
investment = 2
sources = ["two"]

[[projects]]
id = "none"
name = "None"
stage = "signed"
industries = ["energy"]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


@pytest.fixture(autouse=True)
def _no_clipboard_of_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []
    monkeypatch.setattr(HunnanApp, "open_url", lambda _, url: urls.append(url))
    return urls


def said(app: HunnanApp) -> str:
    return " ".join(notification.message for notification in app._notifications)


def text(app: HunnanApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def choose(app: HunnanApp, pilot: Pilot[None], typed: str) -> None:
    """Take the only option that a typed text leaves."""
    assert isinstance(app.screen, ChooseDialog)
    app.screen.query_one(Input).value = typed
    await pilot.pause()
    assert app.screen.query_one(OptionList).option_count == 1
    await press(app, pilot, "enter")


class TestSource:
    async def test_i_in_the_list_tells_where_the_amount_is_from(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "i")
            shown = text(app)
        assert "Investment of Both" in shown
        for line in (
            "3 bn yuan",
            "Words    “3 billion”",
            "Basis    stated",
            "one or more of these 2; the file does not say which",
            "By       China Daily",
            "Date     2023-03-08",
            "Address  https://example.org/1",
            "Archive  https://archive.example/1",
            "Caveat   Do not add.",
        ):
            assert line in shown

    async def test_i_in_the_detail_tells_of_the_fact_under_the_cursor(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "enter", "i")
            assert "Stage of Both" in text(app)
            assert "no source of this file states it" in text(app)
            await press(app, pilot, "escape", "j", "j", "enter")
            assert "Industry of Both" in text(app)

    async def test_i_on_a_source_tells_of_it(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "right_square_bracket", "enter", "j", "i")
            assert "Source 2 of Both" in text(app)
            assert "Second page" in text(app)

    async def test_one_address_is_shown_and_opened_when_agreed_to(
        self, shipped: Path, open_app: OpenApp, opened_urls: list[str]
    ) -> None:
        app = open_app(shipped)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "j", "o")
            assert isinstance(app.screen, ConfirmDialog)
            assert "http" in text(app)
            await press(app, pilot, "n")
            assert opened_urls == []
            await press(app, pilot, "o", "y")
            await press(app, pilot, "o", "enter")  # it was asked for
        assert len(opened_urls) == 2

    async def test_of_several_addresses_one_is_chosen(
        self, path: Path, open_app: OpenApp, opened_urls: list[str]
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "o")
            await choose(app, pilot, "archived")
            await press(app, pilot, "y")
        assert opened_urls == ["https://archive.example/1"]

    async def test_no_other_address_than_that_of_a_page_is_opened(
        self, path: Path, open_app: OpenApp, opened_urls: list[str]
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "j", "o")
            assert "Not opened: only http and https" in said(app)
            await press(app, pilot, "j", "o")
            assert "No address is named" in said(app)
        assert opened_urls == []

    async def test_the_dialog_opens_and_copies(
        self, path: Path, open_app: OpenApp, opened_urls: list[str]
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "i", "y")
            assert app.clipboard.startswith("Both (两个): Investment 3 bn yuan")
            await press(app, pilot, "i", "o")
            await choose(app, pilot, "example.org/1")
            await press(app, pilot, "y")
        assert opened_urls == ["https://example.org/1"]

    @pytest.mark.parametrize("hostile", HOSTILE)
    @pytest.mark.parametrize("size", [(40, 12), (120, 36)])
    async def test_hostile_text_stays_text(
        self, hostile: str, size: tuple[int, int]
    ) -> None:
        source = Source(hostile, hostile, hostile, hostile, hostile, hostile, hostile)
        dataset = Dataset(sources={hostile: source})
        project = Project(
            "p",
            "p",
            hostile,
            investment=5,
            investment_text=hostile,
            sources=(hostile,),
            caveat=hostile,
        )
        fact = collect_evidence(project, dataset)[1]
        app = ModalHost(SourceDialog(project, dataset, fact))
        async with app.run_test(size=size) as pilot:
            await pilot.press("j", "k")
            assert app.is_clean()
            await pilot.press("escape")
        assert app.results == [None]


class TestCopy:
    @pytest.mark.parametrize(
        ("typed", "copied"),
        [
            ("name  ", "Both"),
            ("both names", "Both (两个)"),
            ("link", "https://example.org/1"),
        ],
    )
    async def test_the_menu_copies_what_is_chosen(
        self, path: Path, open_app: OpenApp, typed: str, copied: str
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y")
            app.screen.query_one(Input).value = typed
            await pilot.pause()
            await press(app, pilot, "enter")
            assert app.clipboard == copied
            assert "through the terminal (OSC 52)" in said(app)

    async def test_a_row_has_a_tab_between_its_cells(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y")
            await choose(app, pilot, "row")
            cells = app.clipboard.split("\t")
            assert cells[:3] == ["both", "Both", "两个"]
            assert "3000000000" in cells
            assert "\n" not in app.clipboard

    async def test_the_whole_card_is_copied_as_text_and_as_markdown(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y")
            await choose(app, pilot, "whole card as text")
            assert app.clipboard.startswith("Both\n两个\n")
            await press(app, pilot, "y")
            await choose(app, pilot, "whole card as markdown")
            assert app.clipboard.startswith("# Both")
            assert "[^1]: First page, China Daily" in app.clipboard

    async def test_a_capital_copies_the_citation_straight(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "Y")
            assert "Source: China Daily, “First page”" in app.clipboard
            assert "Copied the citation" in said(app)

    async def test_cancelling_copies_nothing(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y", "escape")
            assert app.clipboard == ""

    async def test_a_card_is_written_to_a_file_and_replaces_none_unasked(
        self,
        path: Path,
        open_app: OpenApp,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y")
            await choose(app, pilot, "file: the citation")
            assert isinstance(app.screen, PromptDialog)
            await press(app, pilot, "enter")
            written = (tmp_path / "both.txt").read_text("utf-8")
            assert "Both (两个)" in written
            (tmp_path / "both.txt").write_text("mine")
            await press(app, pilot, "y")
            await choose(app, pilot, "file: the citation")
            await press(app, pilot, "enter")
            assert isinstance(app.screen, ConfirmDialog)
            await press(app, pilot, "n")
            assert (tmp_path / "both.txt").read_text() == "mine"
            assert app.clipboard == ""

    async def test_the_open_dataset_is_never_written_over(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "y")
            await choose(app, pilot, "file: the citation")
            app.screen.query_one(Input).value = str(path)
            await press(app, pilot, "enter")
            assert "it is the open file" in said(app)
        assert path.read_text() == DATA

    async def test_what_the_mouse_has_selected_is_copied(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            pane = app.screen.query_one("DocumentView")
            await pilot.mouse_down(pane, offset=(1, 1))
            await pilot.hover(pane, offset=(3, 3))
            await pilot.mouse_up(pane, offset=(3, 3))
            await press(app, pilot, "ctrl+c")
            assert app.clipboard.startswith("两个")
            assert "Copied the selection" in said(app)

    async def test_what_is_copied_is_clean(
        self, tmp_path: Path, open_app: OpenApp
    ) -> None:
        path = tmp_path / "hostile.toml"
        path.write_text('[[projects]]\nid = "a"\nname = "x\\u001b[31m\\u202e"\n')
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            for typed in ("name  ", "row", "text", "citation"):
                await press(app, pilot, "y")
                app.screen.query_one(Input).value = typed
                await pilot.pause()
                await press(app, pilot, "enter")
                assert app.clipboard
                assert not UNSAFE.search(app.clipboard)


class TestRelated:
    async def test_enter_goes_to_a_related_project_even_if_the_filter_hides_it(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await type_filter(app, pilot, "both")
            await press(app, pilot, "R", "enter")
            assert listed(app).current == "second"
            assert len(listed(app).keys) == 3

    async def test_the_detail_names_them_with_the_reason(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            shown = app.screen.query_one(ProjectDetail).text
            assert "Related (1)" in shown
            assert "source: Second page" in shown
            await press(app, pilot, "enter", "G", "enter")
            assert listed(app).current == "second"

    async def test_a_project_without_any_says_so(
        self, path: Path, open_app: OpenApp
    ) -> None:
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await press(app, pilot, "G", "R")
            assert "No other project has its" in said(app)

    async def test_those_of_a_large_file_are_found_beside_the_screen(
        self, path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(related, "_LARGE", 1)
        app = open_app(path)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            assert "Related (1)" in app.screen.query_one(ProjectDetail).text
            await press(app, pilot, "w", "R", "enter")
            assert listed(app).current == "second"
