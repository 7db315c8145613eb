"""The keys pages have every key of the table, and why some mean another thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.tui.keys.meanings import REASONS
from hunnan_tui.tui.keys.table import list_keys
from tests.docs.pages import ROOT, read_codes, read_prose, read_rows

PAGE = ROOT / "docs" / "keys.md"


@pytest.mark.parametrize("page", [PAGE, PAGE.with_name("keys.zh-CN.md")])
def test_every_key_is_explained(page: Path) -> None:
    codes = set(read_codes(read_prose(page)))
    entries = [entry for entry in list_keys() if entry.id]
    assert len(entries) > 150
    for entry in entries:
        for key in entry.shown_keys.split():
            assert key in codes, entry


def test_each_other_meaning_is_told_with_its_reason() -> None:
    rows = [
        (set(read_codes(cells[0])), cells[3])
        for cells in read_rows(PAGE, "key")
        if len(cells) > 3
    ]
    assert {reason for _, reason in rows} == set(REASONS.values())
    for entry in list_keys():
        if reason := REASONS.get(entry.id):
            told = {key for keys, text in rows if text == reason for key in keys}
            assert told & set(entry.shown_keys.split()), entry
