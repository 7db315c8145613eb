"""What the screens of the app show, as plain text, compared with golden files.

GOLDEN=write writes the files anew: look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from hunnan_tui.cli.commands import agenda, health
from hunnan_tui.config.paths import find_paths
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.storage.drafts import Draft, Drafts
from tests.cli.conftest import GOLDEN, Run

ANNOUNCED = "announced.toml"
COMMANDS = {
    "agenda.txt": ("agenda",),
    "agenda.json": ("agenda", "-q", "turbine", "--format", "json"),
    "agenda-none.txt": ("agenda", "-q", "nothingatall"),
    "board.txt": ("board",),
    "board.md": ("board", "-q", "stage:construction", "--format", "md"),
    "board.json": ("board", "--format", "json"),
    "timeline.txt": ("timeline",),
    "timeline.json": ("timeline", "--format", "json"),
    "timeline-none.txt": ("timeline", "-q", "bare"),
    "compare.txt": ("compare", "turbine-base", "hostile", "bare"),
    "compare-differing.md": (
        "compare",
        "turbine-base",
        "bare",
        "--differing",
        "--format",
        "md",
    ),
    "compare.json": ("compare", "-q", "has:stage", "--format", "json"),
    "related.txt": ("related", "turbine", ANNOUNCED),
    "related.json": ("related", "turbine", ANNOUNCED, "--format", "json"),
    "related-none.txt": ("related", "bare"),
    "health.txt": ("health",),
    "health.json": ("health", "--format", "json"),
    "health-none.txt": ("health", "-q", "nothingatall"),
}


class Today(date):
    @classmethod
    def today(cls) -> Today:
        return cls(2026, 11, 28)


@pytest.fixture(autouse=True)
def files(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two golden datasets, and a day that does not go on."""
    (path.parent / ANNOUNCED).write_bytes((GOLDEN / ANNOUNCED).read_bytes())
    for module in (agenda, health):
        monkeypatch.setattr(module, "date", Today)


@pytest.mark.parametrize("name", COMMANDS)
def test_prints_as_in_the_golden_file(name: str, run: Run) -> None:
    ran = run(*COMMANDS[name])
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(ran.out.encode())
    assert ran.out.encode() == golden.read_bytes()
    assert ran.code == 0
    assert not UNSAFE.search(ran.out)
    assert not UNSAFE.search(ran.err)


def test_the_agenda_has_drafts_what_was_lost_and_what_others_changed(
    path: Path, run: Run
) -> None:
    text = path.read_text("utf-8")
    assert run("tag", "add", "bare", "mine").code == 0
    paths = find_paths(os.environ)
    Drafts(paths.drafts, path.resolve()).save(Draft("bare", None, "", "half\nwritten"))
    assert paths.last_seen is not None
    paths.last_seen.mkdir(parents=True)
    from hunnan_tui.storage.last_seen import save_last_seen
    from hunnan_tui.storage.store import Store

    store = Store(path)
    store.load()
    save_last_seen(paths.last_seen, store)
    changed = text.replace('name = "Bare"', 'name = "Bare"\nplace = "East"')
    path.write_text(changed, "utf-8")
    before = sorted(path.parent.rglob("*"))
    printed = run("agenda").out
    assert "Half-written notes (1)" in printed
    assert "bare  Bare     half written" in printed
    assert "Changed since your last visit (1)" in printed
    assert ": Bare: place: – → East\n" in printed
    assert sorted(path.parent.rglob("*")) == before
    assert json.loads(run("agenda", "--format", "json").out)["drafts"] == [
        {"id": "bare", "at": None, "text": "half\nwritten"}
    ]
    assert run("list", "--format", "ids", "-q", "is:changed").out == "bare\n"
    assert run("list", "--format", "ids", "-q", "is:new").out == ""


def test_several_files_have_one_agenda(path: Path, run: Run) -> None:
    other = path.with_name("other.toml")
    other.write_bytes(path.read_bytes())
    folder = find_paths(os.environ).drafts
    Drafts(folder, other.resolve()).save(Draft("bare", None, "", "of the other"))
    printed = run("agenda", "-f", str(path), "-f", str(other)).out
    assert "other:bare  Bare     of the other" in printed
    assert "projects:turbine-base" in printed


@pytest.mark.parametrize("words", [(), ("bare",), ("bare", "bare"), ("-q", "id:bare")])
def test_less_than_two_projects_are_not_compared(
    words: tuple[str, ...], run: Run
) -> None:
    ran = run("compare", *words)
    assert (ran.code, ran.out) == (2, "")
    assert "Two projects at least" in ran.err


def test_ids_to_compare_come_from_standard_input(run: Run) -> None:
    printed = run("compare", "-", stdin=b"bare\nturbine-base\n").out
    assert printed.startswith("2 projects compared")


def test_an_arrangement_that_a_command_cannot_follow_is_refused(run: Run) -> None:
    for command in ("agenda", "board", "timeline", "health"):
        ran = run(command, "-q", "sort:name")
        assert (ran.code, ran.out) == (2, ""), command
        assert "cannot be used here" in ran.err


def test_a_dataset_without_stages_events_or_amounts_says_so(
    home: Path, run: Run
) -> None:
    (home / "few.toml").write_text('[[projects]]\nid = "a"\nname = "丙"\n')
    assert "No project of this dataset has a stage." in run("board", "few.toml").out
    assert "No project has an event." in run("timeline", "few.toml").out
    assert run("health", "few.toml").code == 0
    assert "Investment" not in run("board", "few.toml").out
