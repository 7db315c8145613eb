"""Paths are completed as shells do, from what is in the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.path_completion import MAX_OFFERS, list_paths


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Data" / "deep").mkdir(parents=True)
    (tmp_path / "沈阳 浑南").mkdir()
    for name in ("data.toml", "Data/old.TOML", "x.csv", ".hidden.toml", "a[1].toml"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("", ["Data/", "沈阳 浑南/", "a[1].toml", "data.toml", "x.csv"]),
        ("da", ["Data/", "data.toml"]),
        ("Data/", ["Data/deep/", "Data/old.TOML"]),
        ("Data/../d", ["Data/../Data/", "Data/../data.toml"]),
        (".h", [".hidden.toml"]),
        ("沈", ["沈阳 浑南/"]),
        ("a[", ["a[1].toml"]),
        ("nowhere/x", []),
        ("data.toml/", []),
        ("~nobody-of-this-name/", []),
        ("\0", []),
        ("/" * 5_000, None),
    ],
)
def test_what_is_typed_goes_on_with_what_is_there(
    folder: Path, typed: str, offers: list[str] | None
) -> None:
    found = [offer.text for offer in list_paths(typed, folder)]
    assert offers is None or found == offers


def test_files_of_other_kinds_are_not_offered_and_of_many_the_first(
    folder: Path,
) -> None:
    names = [offer.name for offer in list_paths("", folder, (".toml",))]
    assert names == ["Data/", "沈阳 浑南/", "a[1].toml", "data.toml"]
    for number in range(MAX_OFFERS + 9):
        (folder / f"y{number}").touch()
    assert len(list_paths("y", folder)) == MAX_OFFERS
    full = f"{folder}/Data/o"
    assert [o.text for o in list_paths(full, Path())] == [f"{folder}/Data/old.TOML"]
