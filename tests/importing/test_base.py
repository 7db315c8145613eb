"""What an import wrote is kept beside its map, and found again by the dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from hunnan_tui.core.errors import SaveError
from hunnan_tui.importing.base import (
    find_import_ids,
    find_known_map,
    get_base_folder,
    read_base,
)
from hunnan_tui.importing.prepare import prepare
from hunnan_tui.importing.write_new import write_new
from tests.importing.tables import TODAY, make_workbook

ROWS = "项目代码,项目名称,项目阶段\nA-1,甲,在建\nA-2,乙,签约\n"


def import_new(path: Path, target: Path) -> list[str]:
    """Import a table into a new dataset, and return the imports that it names."""
    prepared = prepare(path)
    if prepared.is_new_map:
        prepared.map_path.write_text(prepared.map_text, "utf-8")
    write_new(prepared, prepared.make_converter(), target, TODAY)
    return list(find_import_ids(tomli.loads(target.read_text("utf-8"))["sources"]))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_the_base_is_what_was_written(table: Path, tmp_path: Path) -> None:
    (import_id,) = import_new(table, tmp_path / "new.toml")
    found, base = read_base(Path(f"{table}.map.toml"), [import_id])
    assert found == import_id
    written = tomli.loads((tmp_path / "new.toml").read_text("utf-8"))["projects"]
    assert list(base.values()) == written
    assert list(base) == ["a-1", "a-2"]


def test_each_import_has_a_base_of_its_own(table: Path, tmp_path: Path) -> None:
    (one,) = import_new(table, tmp_path / "one.toml")
    table.write_text(ROWS.replace("乙", "丙"), "utf-8")
    (two,) = import_new(table, tmp_path / "two.toml")
    assert one != two
    made = Path(f"{table}.map.toml")
    assert read_base(made, [one])[1]["a-2"]["name"] == "乙"
    assert read_base(made, [one, two])[1]["a-2"]["name"] == "丙"
    made.write_text(made.read_text("utf-8").replace('"stage"', '"-"'), "utf-8")
    (three,) = import_new(table, tmp_path / "three.toml")
    assert three != two  # the same table by another map


def test_only_the_latest_are_kept(table: Path, tmp_path: Path) -> None:
    for number in range(7):
        table.write_text(ROWS.replace("乙", f"乙{number}"), "utf-8")
        (last,) = import_new(table, tmp_path / f"{number}.toml")
    kept = [file.stem for file in get_base_folder(Path(f"{table}.map.toml")).iterdir()]
    assert len(kept) == 4
    assert last in kept


def test_a_base_that_cannot_be_read_is_none(table: Path, tmp_path: Path) -> None:
    (import_id,) = import_new(table, tmp_path / "new.toml")
    made = Path(f"{table}.map.toml")
    (get_base_folder(made) / f"{import_id}.toml").write_bytes(b"\xff[[projects]]")
    assert read_base(made, [import_id]) == ("", {})
    assert read_base(made, ["0" * 12]) == ("", {})


def test_a_dataset_that_cannot_be_written_leaves_no_base(
    table: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.toml").write_text("mine", "utf-8")
    with pytest.raises(SaveError):
        import_new(table, tmp_path / "new.toml")
    assert not get_base_folder(Path(f"{table}.map.toml")).exists()


def test_a_folder_that_takes_no_base_is_told(table: Path, tmp_path: Path) -> None:
    get_base_folder(Path(f"{table}.map.toml")).write_text("in the way", "utf-8")
    prepared = prepare(table)
    made = write_new(prepared, prepared.make_converter(), tmp_path / "new.toml", TODAY)
    assert "table.csv.base" in made.problem
    assert (tmp_path / "new.toml").exists()


def test_the_map_of_the_last_import_is_found(table: Path, tmp_path: Path) -> None:
    ids = import_new(table, tmp_path / "new.toml")
    made = Path(f"{table}.map.toml")
    assert find_known_map([tmp_path], ids) == made
    assert find_known_map([tmp_path], ["0" * 12]) is None
    assert find_known_map([tmp_path / "none"], ids) is None


def test_a_sheet_is_named_in_the_source(tmp_path: Path) -> None:
    book = make_workbook(tmp_path / "b.xlsx", {"台账": [["项目名称"], ["甲"]]})
    import_new(book, tmp_path / "new.toml")
    (source,) = tomli.loads((tmp_path / "new.toml").read_text("utf-8"))["sources"]
    assert source["title"] == "b.xlsx, 台账"
    assert source["date"] == TODAY
