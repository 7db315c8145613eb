"""Let each file operation of the real command line fail: the old text, and a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.scene import Do, Scene, commands

REASONS = {
    "ENOSPC": "the disk is full",
    "EIO": "the disk reports an error",
    "EACCES": "permission",
    "EROFS": "the file system is read-only",
}


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    with commands() as do:
        yield do


CASES = [
    *[("plain", error) for error in REASONS],
    *[("hard-linked", error) for error in ("ENOSPC", "EIO")],
]


@pytest.mark.parametrize(("kind", "error"), CASES)
def test_an_error_at_any_file_operation_is_told_and_loses_nothing(
    path: Path, environ: dict[str, str], do: Do, error: str, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    scene.tag("zero")
    refused = 0
    for at in range(1, scene.tag("one").operations + 1):
        before, tag = scene.text, f"t{at}"
        ended = scene.tag(tag, fault=error, at=at)
        if ended.code == 0:
            assert tag in scene.tags()
        else:
            refused += 1
            assert ended.code == (3 if "Not saved" in ended.told else 2)
            assert REASONS[error] in ended.told
            assert scene.text == before
            assert scene.in_journal(tag) == ("the change is kept" in ended.told)
        was_kept = scene.in_journal(tag)
        assert scene.tag(f"after{at}").code == 0
        assert f"after{at}" in scene.tags()
        assert tag in scene.tags() or not was_kept
        assert scene.litter() == []
    assert refused > 1


@pytest.mark.parametrize(("kind", "error"), CASES[::2])
def test_a_disk_that_is_bad_for_good_keeps_the_old_text(
    path: Path, environ: dict[str, str], do: Do, error: str, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    scene.tag("zero")
    for at in range(1, scene.tag("one").operations + 1):
        before, tag = scene.text, f"t{at}"
        ended = scene.tag(tag, fault=error, at=at, for_good=True)
        if ended.code == 0:
            assert tag in scene.tags()
        elif "damaged" not in ended.told:
            assert scene.text == before
        assert re.search(r"\w", ended.told)
        was_kept = scene.in_journal(tag)
        assert scene.tag(f"after{at}").code == 0
        assert tag in scene.tags() or not was_kept
        assert scene.litter() == []
