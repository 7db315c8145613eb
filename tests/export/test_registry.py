"""The list of formats: whatever stands in it can be written and is offered everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.export.formats.registry import (
    ALL_FORMATS,
    BOM,
    BRIEFINGS,
    FORMATS,
    Format,
    guess_format,
)
from hunnan_tui.tui.presenters.export_options import KINDS
from tests.export.cases import hostile_dataset, whole


@pytest.mark.parametrize("format", ALL_FORMATS, ids=lambda each: each.label)
def test_every_format_writes_a_file_of_its_kind(format: Format) -> None:
    selection = whole(hostile_dataset())
    content = format.write(selection)
    assert isinstance(content, bytes) is format.is_binary
    data = format.encode(selection, bom=True)
    assert data.startswith(BOM.encode()) is format.takes_bom


@pytest.mark.parametrize("format", FORMATS.values(), ids=lambda each: each.name)
def test_the_suffixes_of_a_format_name_it_in_any_case(format: Format) -> None:
    for suffix in format.suffixes:
        assert guess_format(Path(f"a{suffix}")) is format
        assert guess_format(Path(f"a.b{suffix.upper()}")) is format


def test_any_other_suffix_names_none() -> None:
    for name in ("a", "a.pdf", "csv", ".csv"):
        assert guess_format(Path(name)) is None


def test_the_dialog_offers_all_formats_in_their_order() -> None:
    offered = [kind.format for kind in KINDS.values() if kind.format and not kind.bom]
    assert offered == list(ALL_FORMATS)
    assert set(BRIEFINGS) <= set(FORMATS)
