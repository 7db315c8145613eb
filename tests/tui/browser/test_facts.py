"""Facts edited, projects moved and added: keys in, bytes of the file out."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from hunnan_tui.config.dialog_state import DialogState, DialogStates
from hunnan_tui.config.paths import Paths
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.base import KeyHints
from hunnan_tui.tui.dialogs.form import FormDialog
from hunnan_tui.tui.widgets.detail import ProjectDetail
from tests.tui.app_host import OpenApp, listed, press, settle

SMALL = (80, 24)
TEXT = """\
# Kept as it is.
format = 1

[dataset]
currency = "CNY"  # yuan

[[industries]]
id = "steel"
name = "Steel"
name_zh = "钢铁"

[[stages]]
id = "planned"
name = "Planned"

[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"

[[stages]]
id = "construction"
name = "Under construction"

[[sources]]
id = "news"
title = "The news"

[[projects]]
id = "mill"
name = "Mill"
stage   =   "planned"  # odd blanks
stage_date = "2025-03"
investment = 3_000_000_000
sources = ["news"]

[[projects]]
id = "works"
name = "Works"  # the second
stage = "planned"
investment = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(TEXT, "utf-8")
    return path


def read(path: Path) -> str:
    return path.read_text("utf-8")


def told(app: HunnanApp) -> str:
    return "\n".join(notification.message for notification in app._notifications)


def form(app: HunnanApp) -> FormDialog:
    assert isinstance(app.screen, FormDialog)
    return app.screen


def hint(app: HunnanApp) -> str:
    return str(app.screen.query_one(KeyHints).content)


async def change_outside(
    app: HunnanApp, pilot: Pilot[None], path: Path, text: str
) -> None:
    path.write_text(text, "utf-8")
    browser = app.screen_stack[1]
    assert isinstance(browser, BrowserScreen)
    await browser.files.reload(quiet=True)
    await pilot.pause()


async def test_a_fact_of_the_detail_is_edited_and_undone(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "3", "j", "e")
        assert form(app).typed == {"investment": "3bn", "source": ""}
        await pilot.press(*"约3.2亿")
        shown = str(app.screen.query(".reading").first(Static).content)
        assert shown == "about 320,000,000 yuan"
        await press(app, pilot, "tab", *"news", "enter")
        old, new = "investment = 3_000_000_000\n", "investment = 320_000_000\n"
        assert read(path) == TEXT.replace(
            f'{old}sources = ["news"]\n',
            f'{new}investment_qualifier = "about"\nsources = ["news"]\n',
        )
        assert "Done: change investment" in told(app)
        await press(app, pilot, "u")
        assert read(path) == TEXT
        await press(app, pilot, "U")
        assert new in read(path)
        detail = app.screen.query_one(ProjectDetail)
        await press(app, pilot, "left_square_bracket")
        assert "change investment" in detail.text


async def test_what_cannot_be_read_is_not_saved(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "3", "j", "e", *"eur5m", "enter")
        assert "is in EUR, but amounts here are in CNY" in hint(app)
        await press(app, pilot, "escape", "e")
        assert form(app).typed["investment"] == "eur5m"
        await press(app, pilot, "escape")
    assert read(path) == TEXT


async def test_marked_projects_move_to_a_stage_in_one_step(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "V", "P")
        assert form(app).typed["stage"] == "Signed"
        await pilot.press("tab", *"2026年11月2日", "tab", *"签约仪式", "tab", *"news")
        await press(app, pilot, "enter")
        event = '{ date = 2026-11-02, what = "签约仪式", stage = "signed", source = "news" }'
        text = read(path)
        assert text.count(event) == 2
        assert 'stage   =   "signed"  # odd blanks\nstage_date = 2026-11-02\n' in text
        assert "Done: move to Signed on 2 projects" in told(app)
        await press(app, pilot, "u")
        assert read(path) == TEXT
        await press(app, pilot, "P", "escape")
    assert read(path) == TEXT


async def test_an_odd_move_is_made_only_when_it_was_seen(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "P", "tab", *"2024-05", "tab", "tab", *"news", "enter")
        remarks = str(app.screen.query_one("#remarks", Static).content)
        assert "before the last one, at Planned since 2025-03: Mill" in remarks
        assert read(path) == TEXT
        await press(app, pilot, "enter")
        assert 'stage_date = "2024-05"' in read(path)


async def test_a_project_is_added_with_a_new_source(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "A", *"浑南钢厂")
        await press(
            app, pilot, "tab", "tab", *"steel", "tab", *"签约", "tab", *"2026.3"
        )
        await press(app, pilot, "tab", *"Hunnan", "tab", *"1.2bn", "tab")
        await press(app, pilot, *"developer：鞍钢", "tab", *"example.org/steel", "tab")
        await press(app, pilot, *"Steel news", "enter")  # opens the form of a source
        assert form(app).typed["title"] == "Steel news"
        await press(app, pilot, "tab", *"Town", "tab", *"2026-03-08", "enter")
        assert form(app).typed["source"] == "town-2026-03-08"
        await press(app, pilot, "enter")
        assert listed(app).current == "hun-nan-gang-chang"
        assert "Added: 浑南钢厂" in told(app)
        source = (
            '\n[[sources]]\nid = "town-2026-03-08"\ntitle = "Steel news"\n'
            'publisher = "Town"\ndate = 2026-03-08\n'
        )
        project = """
[[projects]]
id = "hun-nan-gang-chang"
name = "浑南钢厂"
district = "Hunnan"
industries = ["steel"]
industries_basis = "stated"
stage = "signed"
stage_date = "2026-03"
investment = 1200000000
url = "https://example.org/steel"
parties = [{ name = "鞍钢", role = "developer" }]
sources = ["town-2026-03-08"]
"""
        before = 'title = "The news"\n'
        assert read(path) == TEXT.replace(before, before + source) + project
        await press(app, pilot, "t", *"watch", "enter", "enter")
        assert 'tags = [\n  "watch",' in read(path) or 'tags = ["watch"]' in read(path)
        await press(app, pilot, "u", "u")
        assert read(path) == TEXT
        assert len(listed(app).keys) == 2


async def test_a_possible_double_is_seen_before_it_is_added(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "A", *"mill", "shift+tab", *"news", "enter")
        assert "Is it this one? The same name: Mill" in str(
            app.screen.query_one("#remarks", Static).content
        )
        assert read(path) == TEXT
        await press(app, pilot, "enter")
        assert 'id = "mill-2"\nname = "mill"\n' in read(path)


async def test_nothing_typed_ahead_acts_on_another_project(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, *"jP", "tab", "tab", "tab", *"news", "enter", *"kw")
        text = read(path)
        mill, works = text.split("[[projects]]")[1:]
        assert "watch" in mill
        assert "signed" in works
        assert "signed" not in mill


async def test_a_fact_that_others_change_meanwhile_is_refused_and_kept(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "3", "j", "e", *"5bn", "tab", *"news")
        theirs = TEXT.replace("3_000_000_000", "4_000_000_000")
        await change_outside(app, pilot, path, theirs)
        await press(app, pilot, "enter")
        assert read(path) == theirs
        assert "changed elsewhere in the meantime" in told(app)
        await press(app, pilot, "e")
        assert form(app).typed["investment"] == "5bn"
        await press(app, pilot, "enter")
        assert "investment = 5_000_000_000" in read(path)


async def test_facts_of_a_file_that_is_not_written_say_why(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(path, notes=tmp_path / "notes.toml")
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        for key in ("f2", "P", "A"):
            await press(app, pilot, key)
            assert isinstance(app.screen, BrowserScreen)
            assert "Not edited:" in told(app)
            assert "copy" in told(app)
            app.clear_notifications()


async def test_any_fact_can_be_chosen_from_the_list(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "f2", *"summary", "enter")
        await press(app, pilot, *"One", "enter", *"two", "tab", *"news", "enter")
        assert 'summary = """\nOne\ntwo"""' in read(path)
        await press(app, pilot, "f2", *"another party", "enter")
        await press(
            app, pilot, *"鞍钢", "tab", *"dev", "down", "enter", "tab", *"news", "enter"
        )
        assert 'parties = [{ name = "鞍钢", role = "developer" }]' in read(path)
        await press(
            app,
            pilot,
            "f2",
            *"developer",
            "enter",
            "ctrl+u",
            "tab",
            "tab",
            *"news",
            "enter",
        )
        assert "parties" not in read(path)
        await press(app, pilot, "u", "u", "u")
    assert read(path) == TEXT


async def test_every_line_of_the_detail_that_states_a_fact_is_edited(
    path: Path, open_app: OpenApp
) -> None:
    path.write_text(
        TEXT + 'summary = "Short."\nleader = "李工"\ncaveat = "Doubtful."\n', "utf-8"
    )
    app = open_app(path, query="works")
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        detail = app.screen.query_one(ProjectDetail)
        for name, text in (
            ("key summary", "summary"),
            ("key caveat", "caveat"),
            ("key leader", "leader"),
        ):
            await press(app, pilot, "3", "g")
            while detail.current_fact != name:
                await press(app, pilot, "j")
            await press(app, pilot, "i")
            assert not isinstance(app.screen, (BrowserScreen, FormDialog))
            await press(app, pilot, "escape", "e")
            assert text in form(app).typed
            await press(app, pilot, *"More ", "ctrl+s")
    text = read(path)
    assert 'summary = "More Short."' in text
    assert 'caveat = "More Doubtful."' in text
    assert "More" in text.split("leader = ")[1]
    assert 'user_facts = ["investment"' not in text


async def test_an_event_is_added_changed_and_taken_out(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(
            app, pilot, "f2", *"another event", "enter", *"Seen", "tab", *"3-8", "tab"
        )
        await press(app, pilot, "tab", *"news", "enter")
        assert (
            'events = [{ date = 2026-03-08, what = "Seen", source = "news" }]'
            in read(path)
        )
        await press(app, pilot, "f2", *"2026-03-08", "enter", *" again", "enter")
        assert 'what = "Seen again", source = "news"' in read(path)
        await press(app, pilot, "f2", *"2026-03-08", "enter", "ctrl+u", "enter")
        assert "events" not in read(path)


async def test_e_edits_a_note_where_there_is_no_fact(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "e")
        assert "no note" in told(app).lower()


def leave_unfinished(
    path: Path, monkeypatch: pytest.MonkeyPatch, state: DialogState
) -> None:
    """Leave the state of a dialog as a process does that was killed."""
    folder = path.parent / "unfinished"
    with monkeypatch.context() as patch:
        patch.setattr("hunnan_tui.config.dialog_state.os.getpid", lambda: 2**30)
        DialogStates(folder, path).save(state)
    monkeypatch.setattr(Paths, "dialogs", folder)


async def test_a_form_that_a_crash_closed_is_open_again(
    path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = '{"name": "Forge", "source": "news"}'
    leave_unfinished(path, monkeypatch, DialogState("projects.add", (), typed))
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        assert form(app).query(Input).first().value == "Forge"
        await press(app, pilot, "enter")
    assert 'id = "forge"\nname = "Forge"\n' in read(path)


@pytest.mark.parametrize(
    "state",
    [
        DialogState("stage.move", (), "{}"),
        DialogState("fact gone", ("mill",), '{"gone": "x"}'),
        DialogState("of-later", ("mill",), "no JSON"),
    ],
)
async def test_what_another_version_left_opens_nothing(
    path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, state: DialogState
) -> None:
    leave_unfinished(path, monkeypatch, state)
    app = open_app(path)
    async with app.run_test(size=SMALL) as pilot:
        await settle(app, pilot)
        assert isinstance(app.screen, BrowserScreen)
    assert read(path) == TEXT
