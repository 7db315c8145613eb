"""The page on datasets of one's own is followed to the letter, in a fresh folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter

from tests.docs.pages import ROOT, read_blocks
from tests.docs.walk import follow_page

PAGE = ROOT / "docs" / "your-own.md"


@pytest.mark.posix
def test_a_dataset_is_made_from_nothing_and_from_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (table,) = read_blocks(PAGE, "csv")
    with xlsxwriter.Workbook(folder / "ledger.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(csv.reader(table.text.splitlines())):
            sheet.write_row(number, 0, row)
    said = follow_page(PAGE, tmp_path, work="mine")
    shown = said["hunnan-tui show turbine-blade-plant mine.toml"]
    assert "Under construction" in shown
    assert "China Daily" in shown
    (found,) = [text for line, text in said.items() if "责任人:张 invest" in line]
    assert "一号基地" in found
    assert "二号园区" not in found
    assert (folder / "ledger.xlsx.map.toml").is_file()
    assert (folder / "ledger.xlsx.base").exists()
    ledger = (folder / "ledger.toml").read_text("utf-8")
    assert 'tags = ["watch"]' in ledger
