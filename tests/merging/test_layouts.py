"""Versions in layouts that no program writes."""

from __future__ import annotations

import pytest
import tomli

from hunnan_tui.merging.merge import MergedText, merge_texts
from hunnan_tui.merging.pieces import split_keys, split_tables

BASE = b"""\
format = 1

[[projects]]
id = "a"
name = "A"
events = [
  { date = 2026-01-01, what = "one" },  # the first
]

[[projects.notes]]
at = 2026-01-01T08:00:00+08:00
text = \"\"\"
[[projects]]
not a table
\"\"\"

# about b
[[projects]]
id = "b"
name = "B"
"""


def merge(ours: bytes, theirs: bytes) -> MergedText:
    return merge_texts(BASE, ours, theirs)


def test_pieces_are_the_text() -> None:
    pieces = split_tables(BASE)
    assert b"".join(piece.content for piece in pieces) == BASE
    assert [(piece.name, piece.id) for piece in pieces] == [
        ("", ""),
        ("projects", "a"),
        ("projects", "b"),
    ]
    for piece in pieces:
        assert b"".join(part.content for part in split_keys(piece.text)) == piece.text


def test_both_add_to_a_list_over_several_lines() -> None:
    row = b"  { date = 2026-01-01"
    ours = BASE.replace(row, b'  { date = 2025-01-01, what = "zero" },\n' + row)
    theirs = BASE.replace(
        b"# the first\n", b'# the first\n  { date = 2026-03-03, what = "two" },\n'
    )
    merged = merge(ours, theirs)
    events = tomli.loads(merged.text.decode())["projects"][0]["events"]
    assert [event["what"] for event in events] == ["zero", "one", "two"]
    assert b"# the first" in merged.text
    assert merged.conflicts == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_a_project_removed_here_and_changed_there_is_kept_and_told(
    swapped: bool,
) -> None:
    ours = BASE[: BASE.index(b"# about b")]
    theirs = BASE.replace(b'"B"', b'"Beta"')
    merged = merge(theirs, ours) if swapped else merge(ours, theirs)
    assert b'"Beta"' in merged.text
    assert len(merged.notices) == 1
    assert "projects b: removed" in merged.notices[0]


def test_a_project_that_one_side_removed_is_gone() -> None:
    ours = BASE[: BASE.index(b"# about b")]
    theirs = BASE.replace(b'"A"', b'"Alpha"')
    assert merge(ours, theirs).text == ours.replace(b'"A"', b'"Alpha"')


def test_windows_line_breaks_stay() -> None:
    base = BASE.replace(b"\n", b"\r\n")
    ours = base.replace(b'"A"\r\n', b'"A"\r\ntags = ["one"]\r\n')
    theirs = base.replace(b'"A"\r\n', b'"A"\r\ntags = ["two"]\r\n')
    text = merge_texts(base, ours, theirs).text
    assert b'tags = ["one", "two"]\r\n' in text
    assert text.count(b"\n") == text.count(b"\r\n")


def test_one_list_inline_and_in_tables_is_one_list() -> None:
    inline = b'notes = [{ at = 2026-01-02T08:00:00+08:00, text = "inline" }]\n'
    base = b'[[projects]]\nid = "a"\nname = "A"\n'
    ours = base + inline
    theirs = base + (
        b'\n[[projects.notes]]\nat = 2026-01-03T08:00:00+08:00\ntext = "in a table"\n'
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge_texts(base, one, other)
        text = merged.text.decode()
        if merged.conflicts:  # both are there, and the reader decides
            assert '"inline"' in text
            assert '"in a table"' in text
        else:
            notes = tomli.loads(text)["projects"][0]["notes"]
            assert {note["text"] for note in notes} == {"inline", "in a table"}


def test_the_same_change_on_both_sides_is_one() -> None:
    ours = BASE.replace(b'"B"\n', b'"B"\ntags = ["x"]\n')
    theirs = BASE.replace(b'"B"\n', b'"B"\ntags = ["x"]  # theirs\n')
    merged = merge(ours, theirs)
    assert tomli.loads(merged.text.decode())["projects"][1]["tags"] == ["x"]
    assert b"# theirs" in merged.text
    assert merged.conflicts == ()


def test_values_of_the_dataset_conflict_as_those_of_projects_do() -> None:
    base = b'[dataset]\ntitle = "T"\ncurrency = "CNY"\n'
    theirs = base.replace(b'"T"', b'"X"')
    merged = merge_texts(base, base.replace(b'"T"', b'"O"'), theirs)
    assert [conflict[:3] for conflict in merged.conflicts] == [("dataset", "", "title")]
    assert merged.text.endswith(b'currency = "CNY"\n')
