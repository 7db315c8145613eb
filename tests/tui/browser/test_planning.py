"""Follow-ups and needs: each dialog saved, cancelled, empty, hostile; and in the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Static

from hunnan_tui.core.changes import (
    AddNeed,
    Change,
    ChangeNeed,
    RemoveNeed,
)
from hunnan_tui.core.model import Annotations, Need
from hunnan_tui.tui.dialogs.follow_up import FollowUpDay, FollowUpDialog, describe_day
from hunnan_tui.tui.dialogs.needs import NeedsDialog, parse_need
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
    type_filter,
)
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

TODAY = date(2026, 11, 23)
OPEN = Need("energy", "110 kV", "open", "2026-02")
MET = Need("labour", "", "met")


class Needs:
    """The needs of one project, and what was done to them."""

    def __init__(self, *needs: Need) -> None:
        self.annotations = Annotations(needs=needs)
        self.labels: list[str] = []

    def act(self, label: str, change: Change) -> Sequence[Need]:
        assert isinstance(change, AddNeed | ChangeNeed | RemoveNeed)
        self.labels.append(label)
        self.annotations = change.apply(self.annotations).annotations
        return self.annotations.needs

    def dialog(self, title: str = "P", readonly: Sequence[Need] = ()) -> NeedsDialog:
        return NeedsDialog(title, self.annotations.needs, self.act, TODAY, readonly)


class TestFollowUp:
    @pytest.mark.parametrize(
        ("typed", "result"),
        [
            ("下周五", FollowUpDay(date(2026, 12, 4))),
            ("none", FollowUpDay(None)),
            ("", None),
            ("   ", None),
        ],
    )
    async def test_enter_takes_the_day(
        self, typed: str, result: FollowUpDay | None
    ) -> None:
        app = ModalHost(FollowUpDialog("航发", {date(2026, 12, 1)}, TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            app.send([*typed, "enter"])
            await pilot.pause()
            assert app.results == [result]

    async def test_the_line_says_how_the_day_is_understood(self) -> None:
        app = ModalHost(FollowUpDialog("航发", {date(2026, 12, 1)}, TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            hint = app.screen.query_one("#understood", Static)
            assert "now: Tue 1 Dec 2026, in 8 days" in str(hint.content)
            await pilot.press(*"+2w")
            assert str(hint.content) == "Mon 7 Dec 2026, in 14 days"
            await pilot.press("x", "enter")
            assert "is no day" in str(hint.content)
            assert app.results == []
            await pilot.press("escape")
            assert app.results == [None]

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_text_is_only_text(self, text: str) -> None:
        app = ModalHost(FollowUpDialog(text, {None, TODAY}, TODAY))
        async with app.run_test(size=(80, 24)) as pilot:
            app.copy_to_clipboard(text)
            await pilot.press("ctrl+v")
            assert app.is_clean()

    def test_a_day_is_said_as_people_do(self) -> None:
        assert describe_day(TODAY, TODAY).endswith(", today")
        assert describe_day(date(2026, 11, 20), TODAY).endswith(", 3 days overdue")

    async def test_it_is_saved_undone_and_set_on_all_marked(
        self, shipped: Path, open_app: OpenApp
    ) -> None:
        app = open_app(shipped)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            first, second = listed(app).keys[:2]
            await press(app, pilot, "space", "space", "a", *"fri", "enter")
            assert project(shipped, first)["follow_up"] == date(2026, 11, 27)
            assert project(shipped, second)["follow_up"] == date(2026, 11, 27)
            await press(app, pilot, "u")
            assert "follow_up" not in project(shipped, first)
            await press(app, pilot, "U", "ａ", *"none", "enter")
            assert "follow_up" not in project(shipped, second)


class TestNeeds:
    @pytest.mark.parametrize(
        ("typed", "kind", "what"),
        [
            ("energy 110 kV", "energy", "110 kV"),
            ("用电：缺临时用电，周五答复", "energy", "缺临时用电，周五答复"),
            ("ENERGY", "energy", ""),
            ("用工 200", "labour", "200"),
            ("water: a pipe", "water", "a pipe"),
        ],
    )
    def test_typed_needs_have_a_kind(self, typed: str, kind: str, what: str) -> None:
        assert parse_need(typed, TODAY) == Need(kind, what, "open", "2026-11-23")

    def test_nothing_typed_is_no_need(self) -> None:
        assert parse_need("  ", TODAY) is None

    async def test_a_need_is_added_met_reopened_and_removed(self) -> None:
        needs = Needs(OPEN)
        app = ModalHost(needs.dialog())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*"labour", "enter")
            labour = Need("labour", "", "open", "2026-11-23")
            assert [*needs.annotations.needs] == [OPEN, labour]
            await pilot.press("up", "enter")
            assert [need.state for need in needs.annotations.needs] == ["met", "open"]
            await pilot.press("enter")
            assert [*needs.annotations.needs] == [OPEN, labour]
            await pilot.press("ctrl+x")
            assert [*needs.annotations.needs] == [labour]
            await pilot.press("escape")
            assert app.results == [None]
        assert needs.labels == [
            "need labour",
            "need energy met",
            "need energy open",
            "remove need energy",
        ]

    async def test_enter_leaves_what_was_just_added_as_it_is(self) -> None:
        needs = Needs(OPEN)
        dialog = needs.dialog()
        app = ModalHost(dialog)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(*"labour", "enter")
            assert dialog.list.highlighted == 1
            await pilot.press("enter")
            assert app.results == [None]
        assert [need.state for need in needs.annotations.needs] == ["open", "open"]

    async def test_without_a_need_nothing_is_done(self) -> None:
        needs = Needs()
        app = ModalHost(needs.dialog())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter", "ctrl+x", *"x", "escape", "escape")
            assert app.results == [None]
        assert needs.labels == []

    async def test_a_need_of_the_dataset_is_only_shown(self) -> None:
        needs = Needs()
        app = ModalHost(needs.dialog(readonly=[MET]))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter", "ctrl+x")
            assert "not written to" in app.shown
            assert "(read-only)" in app.shown
        assert needs.labels == []

    async def test_all_open_needs_are_one_key_away(self) -> None:
        app = ModalHost(Needs(OPEN).dialog())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("ctrl+l")
            assert app.results == ["need:open"]

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_needs_are_only_text(self, text: str) -> None:
        needs = Needs(Need(text, text, "open", text))
        app = ModalHost(needs.dialog(text))
        async with app.run_test(size=(80, 24)) as pilot:
            assert app.is_clean()
            await pilot.press("enter")
            assert app.is_clean()
            assert needs.annotations.needs[0].state == "met"

    async def test_each_act_is_in_the_file_and_can_be_undone(
        self, shipped: Path, open_app: OpenApp
    ) -> None:
        app = open_app(shipped)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            key = listed(app).current
            assert key is not None
            await press(app, pilot, "Ｎ")
            await press(app, pilot, *"energy kV", "enter")
            assert project(shipped, key)["needs"][0]["what"] == "kV"
            await press(app, pilot, "down", "enter", "escape")
            assert project(shipped, key)["needs"][0]["state"] == "met"
            await press(app, pilot, "u")
            assert project(shipped, key)["needs"][0]["state"] == "open"
            await type_filter(app, pilot, "need:energy need:open")
            assert listed(app).keys == [key]

    async def test_a_need_is_added_to_all_marked(
        self, shipped: Path, open_app: OpenApp
    ) -> None:
        app = open_app(shipped)
        async with app.run_test(size=WIDE) as pilot:
            await settle(app, pilot)
            marked = listed(app).keys[:2]
            await press(app, pilot, "space", "space", "N", *"transport road")
            await press(app, pilot, "enter", "escape")
            for key in marked:
                (need,) = project(shipped, key)["needs"]
                assert (need["kind"], need["what"]) == ("transport", "road")
            await press(app, pilot, "u")
            assert "needs" not in project(shipped, marked[0])
