from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.cli import main
from hunnan_tui.merging.merge import merge_texts
from hunnan_tui.merging.resolve import (
    UnclearMarkersError,
    find_hunks,
    merge_again,
    take_side,
)
from tests.merging.versions import Version, draw_versions

BASE = '[[projects]]\nid = "a"\nname = "A"\nstage = "signed"\ndistrict = "D"\n'
OURS = BASE.replace('"signed"', '"construction"').replace(
    '"A"\n', '"A"\ntags = ["one"]\n'
)
THEIRS = BASE.replace('"signed"', '"operating"').replace(
    '"A"\n', '"A"\ntags = ["two"]\n'
)


def merge_by_lines(folder: Path, style: str) -> bytes:
    """Return what git makes of it by itself."""
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, text in zip(paths, (OURS, BASE, THEIRS), strict=True):
        path.write_text(text, "utf-8")
    command = ["git", "merge-file", "-p", *style.split(), *map(str, paths)]
    return subprocess.run(command, capture_output=True, check=False).stdout


@pytest.mark.parametrize("style", ["", "--diff3", "--zdiff3"])
def test_only_true_conflicts_are_left_of_those_of_lines(
    tmp_path: Path, style: str
) -> None:
    text = merge_by_lines(tmp_path, style)
    assert b"<<<<<<<" in text
    merged = merge_again(text)
    assert [conflict.key for conflict in merged.conflicts] == ["stage"]
    assert b'tags = ["one", "two"]' in merged.text


@pytest.mark.parametrize(
    ("option", "stage"), [("--ours", "construction"), ("--theirs", "operating")]
)
def test_a_side_is_taken_by_an_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, stage: str
) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(merge_by_lines(tmp_path, "--diff3"))
    assert main(["resolve", str(path)]) == 1
    printed = capsys.readouterr()
    assert "stage of projects a" in printed.out
    assert 'stage = "operating"' in printed.out
    assert "1 conflict left" in printed.err
    assert main(["resolve", str(path), option]) == 0
    project = tomli.loads(path.read_text("utf-8"))["projects"][0]
    assert project == {
        "id": "a",
        "name": "A",
        "tags": ["one", "two"],
        "stage": stage,
        "district": "D",
    }


def test_a_file_without_conflicts_stays(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(BASE, "utf-8")
    assert main(["resolve", str(path)]) == 0
    assert path.read_text("utf-8") == BASE


@pytest.mark.parametrize("gone", ["<<<<<<<", "=======", ">>>>>>>"])
def test_markers_that_do_not_belong_together_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    text = merge_by_lines(tmp_path, "").decode()
    lines = [line for line in text.splitlines(True) if not line.startswith(gone)]
    with pytest.raises(UnclearMarkersError, match=r"line [0-9]+"):
        find_hunks("".join(lines).encode())
    path = tmp_path / "projects.toml"
    path.write_text("".join(lines), "utf-8")
    assert main(["resolve", str(path)]) == 2
    assert "mend it in an editor" in capsys.readouterr().err


@given(draw_versions(), st.data())
def test_what_is_decided_is_what_the_sides_say(
    versions: tuple[Version, Version, Version], data: st.DataObject
) -> None:
    base, ours, theirs = (version.write() for version in versions)
    merged = merge_texts(base, ours, theirs)
    hunks = find_hunks(merged.text)
    assert len(hunks) == len(merged.conflicts)
    sides = {
        n: data.draw(st.sampled_from(["ours", "theirs"])) for n in range(len(hunks))
    }
    text = take_side(merged.text, hunks, sides)  # type: ignore[arg-type]
    projects = {p["id"]: p for p in tomli.loads(text.decode())["projects"]}
    for number, conflict in enumerate(merged.conflicts):
        side = versions[1 if sides[number] == "ours" else 2]
        entry = next(e for e in side.entries if e.id == conflict.id)
        assert projects[conflict.id].get(conflict.key) == entry.values.get(conflict.key)
