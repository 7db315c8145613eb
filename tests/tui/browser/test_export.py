from __future__ import annotations

import csv
import errno
import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import tomli
from textual.app import App
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hunnan_tui.core.model import Dataset
from hunnan_tui.export.columns import AS_LISTED
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.base import KeyHints
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.export import ExportDialog
from hunnan_tui.tui.presenters.export_options import (
    KINDS,
    ExportOptions,
    ExportRequest,
    build_preview,
    encode_export,
    suggest_file_name,
)
from hunnan_tui.tui.widgets.inline_select import InlineSelect
from tests.export.cases import hostile_dataset
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.dialogs.modal_host import ModalHost

DAY = date(2026, 11, 23)
NAME = "projects-2026-11-23"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def options(dataset: Dataset, marked: int = 0) -> ExportOptions:
    keys = list(dataset.projects)
    return ExportOptions(dataset, keys, keys[:marked], (), "", "", DAY)


def dialog(app: App[None]) -> ExportDialog:
    assert isinstance(app.screen, ExportDialog)
    return app.screen


async def choose(app: HunnanApp, pilot: Pilot[None], id: str, value: str) -> None:
    choice = dialog(app).query_one(f"#{id}", InlineSelect)
    choice.focus()
    await pilot.pause()
    while choice.value != value:
        await pilot.press("right")


async def export(app: HunnanApp, pilot: Pilot[None], kind: str) -> None:
    await press(app, pilot, "x")
    await choose(app, pilot, "kind", kind)
    await pilot.press("enter")
    await finish(app, pilot)


async def finish(app: HunnanApp, pilot: Pilot[None]) -> None:
    """Wait until the file is written, or a question is asked."""
    await settle(app, pilot)


def problem(app: HunnanApp) -> str:
    return str(dialog(app).query_one(KeyHints).content)


async def try_to_write(app: HunnanApp, pilot: Pilot[None], key: str = "enter") -> None:
    """Press a key and wait for the dialog that comes up then."""
    before = app.screen
    await pilot.press(key)
    for _ in range(500):
        if app.screen is not before and isinstance(app.screen, ModalScreen):
            break
        await pilot.pause(0.01)
    await pilot.pause()


def told(app: HunnanApp) -> str:
    return " ".join(notification.message for notification in app._notifications)


async def test_the_rows_and_columns_of_the_list_are_written_in_its_order(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="gas show:stage,invest sort:name")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(app, pilot)
        await export(app, pilot, "excel-csv")
        text = (folder / f"{NAME}.csv").read_bytes().decode()
        assert text.startswith("\ufeffname,name_zh,stage,investment,investment_qualif")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        projects = app.workspace.dataset.projects
        shown = [projects[key].name for key in listed(app).keys]
        assert [row["name"] for row in rows] == shown == sorted(shown)
        assert "Written" in told(app)
        assert f"{NAME}.csv" in told(app)


async def test_the_marks_that_are_shown_go_before_the_list(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "space", "space")
        await press(app, pilot, "x")
        assert dialog(app).request.marked
        await choose(app, pilot, "kind", "jsonl")
        await pilot.press("enter")
        await finish(app, pilot)
        assert len((folder / f"{NAME}.jsonl").read_text().splitlines()) == 2


async def test_every_kind_is_written(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="gas")
    data = {}
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        for kind in KINDS:
            await export(app, pilot, kind)
            path = folder / f"{NAME}{KINDS[kind].suffix}"
            data[kind] = path.read_bytes()
            path.unlink()
    book = openpyxl.load_workbook(io.BytesIO(data.pop("xlsx")))
    assert book["Projects"].max_row > 1
    texts = {kind: each.decode() for kind, each in data.items()}
    for text in texts.values():
        # the word that was found is marked in a picture, and so apart from this one
        assert "Turbine" in text
        assert "<script" not in text
    assert tomli.loads(texts["toml"])["projects"]
    assert texts["svg"].startswith("<svg")
    assert "Format" not in texts["svg"]
    assert "@font-face" not in texts["svg"]


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="gas")
    path = folder / f"{NAME}.csv"
    path.write_text("old")
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await export(app, pilot, "csv")
        assert isinstance(app.screen, ConfirmDialog)
        await try_to_write(app, pilot, "n")
        assert path.read_text() == "old"
        assert dialog(app).request.path == path.name  # another name can be typed
        await try_to_write(app, pilot)
        await press(app, pilot, "y")
        await finish(app, pilot)
        assert path.read_text().startswith("name,")


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "no room")


async def test_a_full_disk_is_told_and_leaves_nothing(
    shipped: Path, folder: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(shipped, query="gas")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "x")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            await try_to_write(app, pilot)
        assert "the disk is full" in problem(app)
        assert list(folder.iterdir()) == []


async def test_the_dataset_is_not_replaced_and_a_missing_folder_is_told(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="gas")
    before = shipped.read_bytes()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "x")
        for path, why in (
            (str(shipped), "it is the open file"),
            ("gone/x.csv", "there is no such folder"),
        ):
            dialog(app).query_one(Input).value = path
            await try_to_write(app, pilot)
            if isinstance(app.screen, ConfirmDialog):
                await try_to_write(app, pilot, "y")
            assert why in problem(app)
            assert dialog(app).request.path == path  # it is kept
        assert shipped.read_bytes() == before


async def test_what_is_left_out_and_where_it_goes_is_said(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    (folder / "reports").mkdir()
    app = open_app(shipped, query="gas")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w", "a", *"tomorrow", "enter", "x")
        left_out = dialog(app).query_one("#left-out", Static)
        for _ in range(300):
            if left_out.display:
                break
            await pilot.pause(0.01)
        assert str(left_out.content) == "Left out: 1 tag, 1 follow-up of yours"
        left_out.update(
            "Left out: 1 note, 50 tags, 11 needs, 15 follow-ups " * 2 + "end"
        )
        await pilot.pause()
        lines = [left_out.render_line(y).text for y in range(left_out.size.height)]
        assert "end" in " ".join(lines)
        kind = str(dialog(app).query_one("#kind", InlineSelect).render())
        assert f"1 of {len(KINDS)}" in kind
        field = dialog(app).query_one(Input)
        field.focus()
        field.value = "re"
        await press(app, pilot, "tab")
        assert field.value == "reports/"
        await press(app, pilot, "x", "enter")
        await finish(app, pilot)
        assert (folder / "reports" / "x").exists()
        assert "without your 1 tag, 1 follow-up" in told(app)


async def test_cancelling_writes_nothing(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "x")
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, ExportDialog)
        assert list(folder.iterdir()) == []


async def test_what_was_chosen_last_stands_there_again(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, query="gas")
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await export(app, pilot, "briefing-md")
        await press(app, pilot, "x")
        assert dialog(app).request.kind == "briefing-md"
        assert dialog(app).request.path == f"{NAME}.md"


async def test_an_empty_list_is_exported_as_a_header(
    shipped: Path, folder: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await type_filter(app, pilot, "nothingatall")
        await export(app, pilot, "csv")
        assert len((folder / f"{NAME}.csv").read_text().splitlines()) == 1


class TestDialog:
    async def test_the_name_follows_the_format_until_it_is_another(self) -> None:
        host = ModalHost(
            ExportDialog(options(Dataset()), ExportRequest(path="a.csv"), Path("/"))
        )
        async with host.run_test(size=WIDE) as pilot:
            await pilot.press("right")
            assert dialog(host).request.path == "a.xlsx"
            dialog(host).query_one(Input).value = "my.table"
            await pilot.press("right")
            assert dialog(host).request.path == "my.table"

    async def test_a_file_needs_a_name(self) -> None:
        host = ModalHost(ExportDialog(options(Dataset()), ExportRequest(), Path("/")))
        async with host.run_test(size=WIDE) as pilot:
            await pilot.press("enter")
            assert "Type the name of the file" in host.shown
            await pilot.press("a", ".", "c", "enter")
            assert [result.path for result in host.results] == ["a.c"]

    @pytest.mark.parametrize(
        ("kind", "size"),
        [
            *((each, (80, 24)) for each in KINDS),
            *(("briefing-md", size) for size in ((40, 15), (120, 36), (200, 60))),
        ],
    )
    async def test_hostile_text_is_previewed_as_text(
        self, kind: str, size: tuple[int, int]
    ) -> None:
        first = ExportRequest(kind, all_columns=True, own=True, path="[/x].csv")
        modal = ExportDialog(options(hostile_dataset(), 2), first, Path("/"))
        host = ModalHost(modal)
        async with host.run_test(size=size) as pilot:
            await host.workers.wait_for_complete()
            await pilot.pause()
            assert host.is_clean()
            assert str(modal.query_one("#preview", Static).content)
            hints = host.shown.splitlines()
            assert any("esc cancel" in line for line in hints)

    async def test_what_a_format_does_not_have_cannot_be_chosen(self) -> None:
        host = ModalHost(
            ExportDialog(options(Dataset()), ExportRequest(path="a.csv"), Path("/"))
        )
        async with host.run_test(size=WIDE) as pilot:
            kind = dialog(host).query_one("#kind", InlineSelect)
            disabled = {}
            for _ in KINDS:
                disabled[kind.value] = {
                    each.id
                    for each in dialog(host).query(InlineSelect)
                    if each.disabled
                }
                await pilot.press("right")
        assert disabled["csv"] == set()
        assert disabled["toml"] == disabled["briefing-md"] == {"columns"}
        assert disabled["svg"] == {"what", "columns", "own"}


def test_names_are_those_of_dataset_view_and_day() -> None:
    kind = KINDS["csv"]
    assert suggest_file_name("projects", "", DAY, kind) == "projects-2026-11-23.csv"
    name = suggest_file_name("a b", "本周 跟进/..", DAY, kind)
    assert name == "a-b-本周-跟进-2026-11-23.csv"


@pytest.mark.parametrize(
    "kind", [each for each in KINDS if each not in ("svg", "xlsx")]
)
def test_a_preview_is_how_the_file_begins(kind: str) -> None:
    few = options(Dataset(title="A park"))
    request = ExportRequest(kind)
    text = encode_export(few, request).decode().removeprefix("\ufeff")
    lines = build_preview(few, request)
    begin = [line.replace("\t", "  ") for line in text.splitlines()[: len(lines)]]
    assert lines == begin


def test_own_words_follow_the_columns_of_the_list() -> None:
    selection = options(Dataset()).build_selection(ExportRequest(own=True))
    assert selection.columns[:2] == ("name", "name_zh")
    assert selection.columns[-4:] == ("tags", "follow_up", "needs", "notes")
    assert AS_LISTED[0] == "name"
