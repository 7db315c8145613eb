"""Tags of all projects: one step each, and the way back; the last tag action again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import tomli

from hunnan_tui.tui.dialogs.tag_manager import TagManager
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
)
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

TAGS = {"a": ["AI", "watch"], "b": ["ａｉ"], "c": ["region/north"], "d": []}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(
        "".join(
            f'[[projects]]\nid = "{key}"\nname = "{key}"\ntags = {tags}\n'
            for key, tags in TAGS.items()
        )
    )
    return path


def tags(path: Path) -> dict[str, list[str]]:
    projects = tomli.loads(path.read_text())["projects"]
    return {project["id"]: project.get("tags", []) for project in projects}


class Tags:
    """Tags and their counts, and what is asked for."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self.asked: list[tuple[str, str]] = []

    def read(self) -> Mapping[str, int]:
        return self.counts

    def rename(self, old: str, new: str) -> str:
        self.asked.append((old, new))
        count = self.counts.pop(old)
        if new:
            self.counts[new] = self.counts.get(new, 0) + count
        return f"done: {count}"


class TestManager:
    async def test_a_tag_is_renamed_merged_and_deleted(self) -> None:
        known = Tags({"one": 3, "two": 2, "three": 1})
        app = ModalHost(TagManager(known.read, known.rename))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f2")
            await pilot.press("end", "s", "enter")
            await pilot.pause()
            assert known.asked.pop() == ("one", "ones")
            assert "done: 3" in app.shown
            await pilot.press("down", "ctrl+g", *"three", "enter")
            await pilot.pause()
            assert known.asked.pop() == ("two", "three")
            await pilot.press("ctrl+x")
            assert known.asked.pop() == ("three", "")
            assert known.counts == {"ones": 3}

    async def test_to_rename_to_a_tag_that_is_there_takes_its_spelling(self) -> None:
        known = Tags({"Alpha": 3, "beta": 2})
        app = ModalHost(TagManager(known.read, known.rename))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("down", "f2", "ctrl+u", *"ALPHA", "enter")
            await pilot.pause()
            assert known.asked == [("beta", "Alpha")]

    async def test_cancelled_or_empty_it_changes_nothing(self) -> None:
        known = Tags({"one": 3})
        app = ModalHost(TagManager(known.read, known.rename))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f2", "escape")
            await pilot.press("f2", "ctrl+u", "enter")
            await pilot.press("f2", "enter")
            await pilot.press("ctrl+g")
            await pilot.press("x", "escape", "escape")
            assert app.results == [None]
        assert known.asked == []

    async def test_without_a_tag_it_says_how_to_put_one(self) -> None:
        known = Tags({})
        app = ModalHost(TagManager(known.read, known.rename))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("enter", "f2", "ctrl+x")
            assert "t puts one on a project" in app.shown
        assert known.asked == []

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_tags_are_only_text_and_can_be_deleted(
        self, text: str
    ) -> None:
        known = Tags({text: 1})
        app = ModalHost(TagManager(known.read, known.rename))
        async with app.run_test(size=(80, 24)) as pilot:
            assert app.is_clean()
            await pilot.press("ctrl+x")
            assert known.asked == [(text, "")]


async def test_each_change_is_one_step_in_the_file(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "T", *"ai", "f2", "ctrl+u", *"ml", "enter")
        await press(app, pilot, "escape", "escape")
        assert tags(path) == {**TAGS, "a": ["watch", "ml"], "b": ["ml"]}
        await press(app, pilot, "u")
        assert {k: set(v) for k, v in tags(path).items()} == {
            k: set(v) for k, v in TAGS.items()
        }
        await press(app, pilot, "T", *"north", "ctrl+g", *"watch", "enter")
        await press(app, pilot, "ctrl+u", *"watch", "enter")
        assert listed(app).keys == ["a", "c"]
        assert tags(path)["c"] == ["watch"]


async def test_a_dot_does_again_what_was_done_to_tags_last(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "full_stop")
        assert tags(path) == TAGS
        await press(app, pilot, "t", *"new", "enter", "enter")
        await press(app, pilot, "j", "。")
        await press(app, pilot, "j", "space", "space", "full_stop")
        assert [key for key, found in tags(path).items() if "new" in found] == [*TAGS]
        await press(app, pilot, "u")
        assert [key for key, found in tags(path).items() if "new" in found] == [*"ab"]


async def test_thousands_of_marks_are_one_step_one_write_and_one_way_back(
    path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 2_000
    path.write_text(
        "".join(f'[[projects]]\nid = "p{n}"\nname = "{n}"\n' for n in range(count))
    )
    before = path.read_bytes()
    app = open_app(path)
    saves: list[int] = []
    save = app.workspace.store.save

    def counted(steps: object) -> object:
        saves.append(1)
        return save(steps)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(app.workspace.store, "save", counted)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "V", "w")
        assert all(found == ["watch"] for found in tags(path).values())
        assert len(saves) == 1
        await press(app, pilot, "u")
        assert len(saves) == 2
    assert path.read_bytes() == before
