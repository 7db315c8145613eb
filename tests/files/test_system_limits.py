from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hunnan_tui.config.paths import expand_path, find_paths, get_current_folder
from hunnan_tui.files import system_limits
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.private import read_private
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.files.system_limits import (
    MEMORY,
    drop_invalid_sizes,
    explain_limit,
    explain_missing_local_time,
    iterate_causes,
)


class FailedError(Exception):
    """As a worker of the app fails."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "memory"),
        (OSError(errno.ENOMEM, ""), "memory"),
        (OSError(errno.EMFILE, ""), "too many files"),
        (RuntimeError("can't start new thread"), "no more threads"),
        (ImportError("failed to map segment from shared object"), "memory"),
        (FailedError(MemoryError()), "memory"),
        (FailedError(FailedError(RuntimeError("can't start new thread"))), "threads"),
    ],
)
def test_a_limit_is_named(error: BaseException, said: str) -> None:
    assert said in explain_limit(error)


@pytest.mark.parametrize(
    "error", [ValueError(), ImportError("no such name"), OSError(errno.ENOENT, "")]
)
def test_an_error_of_the_program_is_no_limit(error: BaseException) -> None:
    assert explain_limit(error) == ""


@pytest.mark.parametrize("error", [SystemError("NULL result"), SyntaxError()])
def test_what_the_interpreter_raises_without_memory(
    error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    for is_limited, message in ((True, MEMORY), (False, "")):
        monkeypatch.setattr(system_limits, "_is_limited", lambda it=is_limited: it)
        assert explain_limit(FailedError(error)) == message


def test_a_chain_that_leads_in_a_circle_ends() -> None:
    one, two = FailedError(ValueError()), FailedError(ValueError())
    one.error, two.error = two, one
    assert list(iterate_causes(one)) == [one, two]


@pytest.mark.parametrize(
    "value", ["999999999", "9" * 5_000, "0", "-5", "²", "abc", "1e3", "2001"]
)
def test_a_size_that_no_terminal_has_is_dropped(value: str) -> None:
    environ = {"COLUMNS": value, "LINES": "24"}
    message = drop_invalid_sizes(environ)
    assert environ == {"LINES": "24"}
    assert bool(message) == (value.isascii() and value.isdecimal() and value != "0")
    assert drop_invalid_sizes({"COLUMNS": "80"}) == []


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    def choose(name: str) -> str:
        monkeypatch.setenv("TZ", name)
        time.tzset()
        return explain_missing_local_time(os.environ)

    yield choose
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ["AAA+99999", "XXX25:61:61", "AAA-1:02:03"])
@pytest.mark.posix
def test_a_zone_that_is_none_is_told(zone: Callable[[str], str], name: str) -> None:
    assert "set it to one" in zone(name)


@pytest.mark.parametrize("name", ["", "Asia/Shanghai", "UTC", "EST5EDT", "XXX-5:45"])
@pytest.mark.posix
def test_a_zone_is_no_fault(zone: Callable[[str], str], name: str) -> None:
    assert zone(name) == ""


def test_what_cannot_be_read_for_a_while_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept"
    path.write_text("kept")

    really_open = os.open

    def refuse(name: str, *options: Any, **named: Any) -> int:
        if os.fspath(name) == str(path):
            raise OSError(errno.EMFILE, "")
        return really_open(name, *options, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        assert read_private(path, 100) is None
    assert [m for m in take_messages() if str(path) in m] == []
    assert read_private(path, 100) == b"kept"


def test_a_save_needs_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hunnan_tui.files import snapshot

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    snapshot._start_worker.cache_clear()
    monkeypatch.setattr(threading.Thread, "start", refuse)
    path = tmp_path / "file"
    path.write_bytes(b"old")
    replace_file(path, lambda _: b"new")
    assert path.read_bytes() == b"new"
    snapshot._start_worker.cache_clear()


def test_a_folder_that_has_no_name_is_still_the_current_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", refuse)
    assert get_current_folder() == Path()


@pytest.mark.posix
def test_a_home_that_is_unknown_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert expand_path("~nobody-of-that-name/x", Path("/a")) == Path(
        "/a/~nobody-of-that-name/x"
    )
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setitem(sys.modules, "pwd", None)
    find_paths({})
