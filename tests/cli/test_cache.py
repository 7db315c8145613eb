"""A command says the same of a large file with a cache, whatever its state, and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hunnan_tui.cli import open_dataset
from hunnan_tui.dataset import incremental
from tests.cli.conftest import Ran, Run

COMMANDS = (
    *(("list", "--format", name) for name in ("table", "jsonl", "csv", "ids", "md")),
    ("list", "-q", "has:note"),
    ("list", "-q", "group:stage", "--format", "table"),
    ("list", "-q", "show:invest,district", "--format", "table"),
    ("list", "-q", "-has:invest", "--format", "table"),
    ("list", "-q", "no-such-word"),
    ("stats",),
    ("stats", "--format", "json"),
    ("coverage",),
    ("board",),
    ("timeline",),
    ("health",),
    ("tag", "list"),
    ("note", "list"),
    ("need", "list"),
    ("check",),
    ("report",),
    ("export", "-", "--format", "csv"),
    ("show", "no-such-project"),
)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-9])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def make_older(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b'"form":', b'"from":'))


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


STATES: dict[str, Callable[[Path], object]] = {
    "fresh": lambda _: None,
    "cut off": cut_off,
    "emptied": lambda file: file.write_bytes(b""),
    "of other bytes": flip,
    "of another version": make_older,
    "a folder": make_folder,
    "gone": Path.unlink,
}


@pytest.fixture
def large(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The golden dataset, taken for a large one."""
    monkeypatch.setattr(open_dataset, "LARGE", 1)
    monkeypatch.setattr(incremental, "LARGE", 1)
    return path


def say_everything(run: Run, path: Path, *options: str) -> list[Ran]:
    ids = run("list", "--format", "ids", "--no-cache").out.split()
    shown = [("show", each) for each in ids]
    related = [("related", each) for each in ids[:3]]
    compared = ("compare", *ids[:3])
    commands = (*COMMANDS, *shown, *related, compared)
    return [run(*command, "-f", str(path), *options) for command in commands]


def find_cache(path: Path) -> Path:
    (cache,) = (path.parents[1] / "home/cache/hunnan-tui").glob("*.survey")
    return cache


@pytest.mark.parametrize("state", STATES)
def test_a_cache_changes_no_answer(
    state: str, large: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(open_dataset, "LARGE", 1 << 30)
        expected = say_everything(run, large)
    run("list", "--format", "table", "-f", str(large))
    STATES[state](find_cache(large))
    first = run(
        "list", "--format", "table", "-f", str(large)
    )  # may say that the cache is set aside
    assert (first.code, first.out) == (expected[0].code, expected[0].out)
    assert say_everything(run, large) == expected


def test_a_cache_of_an_older_text_changes_no_answer(large: Path, run: Run) -> None:
    run("list", "-f", str(large))
    ids = run("list", "--format", "ids").out.split()
    assert run("tag", "add", ids[1], "late").code == 0
    assert run("note", "add", ids[0], "called").code == 0
    text = large.read_text("utf-8")
    name = 'name = "'
    large.write_text(text.replace(name, f"{name}The ", 1), "utf-8")
    answers = say_everything(run, large)
    assert answers == say_everything(run, large, "--no-cache")
    assert "late" in run("tag", "list").out
    assert say_everything(run, large) == answers


def test_no_cache_is_kept_where_none_is_wanted(large: Path, run: Run) -> None:
    assert run("list", "-f", str(large), "--no-cache").code == 0
    assert not list((large.parents[1] / "home/cache").rglob("*.survey"))


def test_edits_by_a_cache_are_those_without(large: Path, run: Run) -> None:
    before = large.read_bytes()
    ids = run("list", "--format", "ids").out.split()
    acts = (
        ("tag", "add", ids[0], "one", "two"),
        ("tag", "add", "-q", "has:invest", "three"),
        ("stage", ids[1], "construction"),
        ("set", ids[2], "district=Elsewhere"),
        ("follow", ids[0], "2026-12-01"),
        ("need", "add", ids[1], "energy", "10 MW"),
        ("tag", "rename", "three", "four"),
    )
    texts = []
    for options in ((), ("--no-cache",)):
        large.write_bytes(before)
        codes = [run(*act, "-f", str(large), *options).code for act in acts]
        assert codes == [0] * len(acts)
        texts.append(large.read_bytes())
    assert texts[0] == texts[1] != before
