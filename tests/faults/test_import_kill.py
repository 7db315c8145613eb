"""Kill imports in the middle: the dataset is as before, or as after; never between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.faults.scene import KILLED, Do, Ended, commands

HEAD = "code,name,stage\n"
FIRST = f"{HEAD}A-1,One,Planned\nA-2,Two,Planned\nA-3,Three,Signed\n"
SECOND = f"{HEAD}A-1,One,Signed\nA-2,Zwei,Planned\nA-3,Three,Signed\nA-4,Four,New\n"
FAULTS = (("kill", 1), ("ENOSPC", 4))
"""A fault, and at every how many operations."""


class Folder:
    """A folder with a table, and the program in it."""

    def __init__(self, folder: Path, environ: dict[str, str], do: Do) -> None:
        self.table, self.data = folder / "t.csv", folder / "d.toml"
        self.folder = folder
        self._environ = {k: v for k, v in environ.items() if k.startswith("XDG_")}
        self._do = do
        folder.mkdir()
        self.table.write_text(FIRST)

    def run(self, *argv: str, **fault: Any) -> Ended:
        """Run a command, with a fault."""
        return Ended(**self._do(argv=argv, environ=self._environ, **fault))

    def make_new(self, **fault: Any) -> Ended:
        return self.run("import", str(self.table), "-o", str(self.data), **fault)

    def import_into(self, **fault: Any) -> Ended:
        into = ("--into", str(self.data), "--yes")
        return self.run("import", str(self.table), *into, **fault)

    def litter(self) -> list[str]:
        """What a stopped import has left beside the dataset, hidden."""
        return [p.name for p in self.folder.rglob(".*") if p.suffix == ".tmp"]


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    with commands() as do:
        yield do


@pytest.fixture
def folder(tmp_path: Path, environ: dict[str, str], do: Do) -> Folder:
    return Folder(tmp_path / "ledger", environ, do)


@pytest.mark.parametrize(("fault", "step"), FAULTS)
def test_a_new_dataset_is_there_whole_or_not_at_all(
    folder: Folder, fault: str, step: int
) -> None:
    ended = folder.make_new()
    assert ended.code == 0
    whole = folder.data.read_bytes()
    written = 0
    for at in range(1, ended.operations + 1, step):
        folder.data.unlink(missing_ok=True)
        ended = folder.make_new(fault=fault, at=at)
        assert fault == "kill" or ended.code != KILLED
        is_there = folder.data.exists()
        written += is_there
        assert not is_there or folder.data.read_bytes() == whole
    assert 0 < written < at
    folder.data.unlink(missing_ok=True)
    assert folder.make_new().code == 0
    assert folder.data.read_bytes() == whole
    assert folder.litter() == []


@pytest.mark.parametrize(("fault", "step"), FAULTS)
def test_a_dataset_is_as_before_or_as_after(
    folder: Folder, fault: str, step: int
) -> None:
    assert folder.make_new().code == 0
    before = folder.data.read_bytes()
    folder.table.write_text(SECOND)
    ended = folder.import_into()
    assert ended.code == 0
    after = folder.data.read_bytes()
    names = [project["name"] for project in tomli.loads(after.decode())["projects"]]
    assert names == ["One", "Zwei", "Three", "Four"]
    operations = ended.operations
    was_before = 0
    for at in range(1, operations + 1, step):
        folder.data.write_bytes(before)
        ended = folder.import_into(fault=fault, at=at)
        assert folder.data.read_bytes() in (before, after), at
        was_before += folder.data.read_bytes() == before
        # the next import, or what was left to it, comes to the same end
        assert folder.import_into().code == 0, at
        assert folder.data.read_bytes() == after, at
        assert folder.litter() == []
    assert was_before > 2
