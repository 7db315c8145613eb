"""Pipes: read whole, once, up to a limit."""

from __future__ import annotations

import fcntl
import os
import sys
import termios
import threading
import time
from pathlib import Path

import pytest

from hunnan_tui.core.errors import DataError
from hunnan_tui.files import pipes
from hunnan_tui.files.reading import read_file, read_pipe


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def write(path: Path, text: bytes) -> threading.Thread:
    writer = threading.Thread(target=path.write_bytes, args=(text,))
    writer.start()
    return writer


def waiting(descriptor: int) -> int:
    """How many bytes nobody has read yet."""
    answer = fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4))
    return int.from_bytes(answer, sys.byteorder)


def test_a_pipe_is_read_whole_and_known_from_then_on(pipe: Path) -> None:
    text = b"x" * 300_000
    writer = write(pipe, text)
    read_pipe(pipe)
    writer.join()
    assert read_file(pipe) == text
    read_pipe(pipe)  # does not wait for another writer


def test_no_more_is_taken_than_may_be(pipe: Path) -> None:
    descriptor = os.open(pipe, os.O_RDWR)  # so that writing does not wait
    os.write(descriptor, b"x" * 5000)
    with pytest.raises(DataError, match="too large"):
        read_pipe(pipe, 4096)
    os.close(descriptor)


def test_a_writer_that_takes_its_time_is_waited_for(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.0)
    descriptor = os.open(pipe, os.O_RDWR)
    reader = threading.Thread(target=read_pipe, args=(pipe,))
    reader.start()
    os.write(descriptor, b"late")
    while waiting(descriptor):
        time.sleep(0.001)
    os.close(descriptor)
    reader.join()
    assert read_file(pipe) == b"late"


def test_a_pipe_without_a_writer_is_an_error(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.0)
    with pytest.raises(DataError, match="nobody writes"):
        read_pipe(pipe)


def test_a_pipe_in_place_of_any_other_file_is_refused(pipe: Path) -> None:
    with pytest.raises(DataError, match="pipe"):
        read_file(pipe)
