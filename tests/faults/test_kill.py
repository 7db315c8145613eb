"""Kill the real program in the middle of saves: nothing acknowledged may be lost.

The suite kills some 200 times; HUNNAN_TUI_KILLS=1000 adds so many at random moments.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from tests.faults.conftest import OpenTerminal
from tests.faults.scene import (
    FACTS,
    KILLED,
    Do,
    Scene,
    commands,
)
from tests.faults.terminal import PROGRAM, Terminal
from tests.strategies import NIGHTLY

KILLS = int(os.environ.get("HUNNAN_TUI_KILLS", 20 * NIGHTLY))
NOTE = re.compile(r"note \d+-\w+\.")
KINDS = ["plain", "link", "hard-linked", "notes"]
FIRST = {"notes": set[str](), "facts": set[str](), "projects": {"a", "b"}}
"""What is there before anything is added, if it is not the first tag."""


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    with commands() as do:
        yield do


@pytest.mark.parametrize("kind", [*KINDS, *FACTS])
def test_a_kill_at_every_file_operation_of_a_save_loses_nothing(
    path: Path, environ: dict[str, str], do: Do, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    saved = FIRST.get(kind, {"first"})
    scene.tag("zero")
    recovered = 0
    for at in range(1, scene.tag("one").operations + 1):
        before = scene.tags()
        text = scene.text
        ended = scene.tag(f"t{at}", fault="kill", at=at)
        assert ended.code == KILLED
        was_kept = scene.in_journal(f"t{at}")
        recovered += was_kept
        if kind != "hard-linked":
            # a file that is written in place is whole again at the next start
            assert scene.text == text or scene.tags() == [*before, f"t{at}"]
        saved |= {*before, f"after{at}"} | ({f"t{at}"} if was_kept else set())
        assert scene.tag(f"after{at}").code == 0
        assert saved <= set(scene.tags())
        assert scene.litter() == []
    assert recovered > 5


def test_a_kill_at_every_file_operation_of_a_recovery_loses_nothing(
    path: Path, environ: dict[str, str], do: Do
) -> None:
    scene = Scene("plain", path, environ, do)
    saved = {"first"}
    kept_at = 1  # the operation at which an edit is in the journal, and not yet saved
    while not scene.in_journal("early"):
        kept_at += 1
        scene.tag("early", fault="kill", at=kept_at)
    for at in range(1, 1000):
        assert scene.tag(f"after{at}").code == 0
        saved.add(f"after{at}")
        assert saved <= set(scene.tags())
        assert scene.litter() == []
        assert scene.tag(f"open{at}", fault="kill", at=kept_at).code == KILLED
        assert scene.in_journal(f"open{at}")
        saved.add(f"open{at}")
        if scene.tag(f"t{at}", fault="kill", at=at).code == 0:
            break
    assert at > 20
    assert saved <= set(scene.tags())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_any_moment_loses_nothing(
    path: Path, environ: dict[str, str], do: Do, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    source = random.Random(kind)
    started = time.monotonic()
    assert scene.tag("one").code == 0
    usual = time.monotonic() - started
    acknowledged = {"one"}
    for number in range(KILLS // 4):
        tag = f"r{number}"
        ended = scene.tag(tag, after=source.uniform(0, usual))
        assert ended.code in (0, KILLED)
        if ended.code == 0:
            acknowledged.add(tag)
        was_kept = scene.in_journal(tag)
        if kind != "hard-linked":
            assert acknowledged <= set(scene.tags())
        if number % 5 == 0:
            assert scene.tag("one").code == 0
            assert acknowledged <= set(scene.tags())
            assert tag in scene.tags() or not was_kept
    assert scene.tag("last").code == 0
    assert acknowledged <= set(scene.tags())
    assert scene.litter() == []


def test_a_kill_of_a_fresh_program_loses_nothing(
    path: Path, environ: dict[str, str]
) -> None:
    source = random.Random(1)
    acknowledged = []
    usual = 0.0
    for number in range(max(6, KILLS // 10)):
        command = [*PROGRAM, "tag", "add", "a", f"r{number}", "-f", str(path)]
        started = time.monotonic()
        process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        try:
            process.wait(source.uniform(usual / 2, usual * 1.1) if usual else None)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        assert code in (0, KILLED)
        if code == 0:
            usual = usual or time.monotonic() - started
            acknowledged.append(f"r{number}")
        tags = tomli.loads(path.read_text())["projects"][0]["tags"]
        assert set(acknowledged) <= set(tags)


def test_a_kill_of_the_app_loses_nothing_that_was_on_its_screen(
    path: Path, terminal: OpenTerminal
) -> None:
    source = random.Random(2)
    shown: set[str] = set()
    for number in range(max(4, KILLS // 10)):
        opened = terminal()
        for each in range(source.randrange(3)):
            _add_note(opened, f"note {number}-{each}.")
            opened.until(_is_closed)
        _add_note(opened, f"note {number}-last.")
        _wait(opened, source.uniform(0, 0.3))
        opened.send(signal.SIGKILL)
        assert opened.ended() == KILLED
        opened.close()
        screen = str(opened.screen)
        if _is_closed(screen) and "Draft: not saved" not in screen:
            found = set(NOTE.findall(screen))
            shown |= found
            if re.search(r"saved \d", screen):
                assert found <= _notes(path)
    last = terminal()
    last.type("q")
    assert last.ended() == 0
    assert shown <= _notes(path)


def _add_note(terminal: Terminal, text: str) -> None:
    terminal.type("n")
    terminal.until(lambda screen: not _is_closed(screen))
    terminal.type(text + "\x13")


def _is_closed(screen: str) -> bool:
    return "keep as draft" not in screen


def _wait(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        terminal.read(left)


def _notes(path: Path) -> set[str]:
    notes = tomli.loads(path.read_text())["projects"][0].get("notes", [])
    # a draft that a kill has left goes on in the next note
    return {each for note in notes for each in NOTE.findall(note["text"])}
