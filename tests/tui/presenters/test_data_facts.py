"""What the help says of the data: whatever is in a file is only text."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.presenters.data_facts import describe_data


def test_what_is_not_stated_is_said() -> None:
    facts = dict(describe_data(Dataset(), [], notes="", problems=0, settings=None))
    assert facts["Data of"] == "not stated"
    assert facts["Has"] == "0 projects, 0 sources"
    assert facts["Amounts in"] == "no stated currency"
    assert facts["Notes go to"] == "the file itself"
    assert facts["Problems"] == "none"
    assert facts["Settings"] == "nowhere"
    assert "Title" not in facts


def test_several_files_and_hostile_texts() -> None:
    dataset = Dataset(title="a\x1b[2J\nb [/x]", updated="2026-11-01", currency="CNY")
    paths = [Path("/one.toml"), Path("/two\x07.toml")]
    facts = describe_data(
        dataset, paths, notes="mine.toml", problems=1_234, settings=Path("/c.toml")
    )
    assert [label for label, _ in facts].count("File") == 2
    assert ("Problems", "1,234") in facts
    assert not any(UNSAFE.search(text) for _, text in facts)
