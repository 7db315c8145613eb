from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    Change,
    DeleteNote,
    RemoveTags,
    SetFollowUp,
)
from hunnan_tui.core.errors import EditRefusedError
from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeFacts,
    FactConflictError,
    FactsEditor,
    FactStep,
    RemoveItems,
    SetFact,
)
from hunnan_tui.core.fact_values import TABLES
from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.model import Need, Note, Project
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.annotations import diff_annotations, parse_annotations
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.scanner import (
    Block,
    detect_newline,
    scan_blocks,
    scan_statements,
)
from tests.dataset.toml.strategies import any_values, datasets
from tests.strategies import examples

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
BOM = b"\xef\xbb\xbf"


def parsed(text: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomli.loads(text.removeprefix(BOM).decode())[
        "projects"
    ]
    return found


texts = st.sampled_from(
    [
        "one",
        "two\nlines",
        "",
        '"""',
        "[[projects]]\n",
        "back\\slash\\",
        "a\r\nb",
        "浑\t南",
    ]
)
EVENT = {"date": date(2026, 3, 8), "what": "Signed\n浑南", "stage": "signed"}
fact_steps: st.SearchStrategy[FactStep] = st.one_of(
    st.builds(
        SetFact,
        st.sampled_from(["name", "stage", "summary", "x", "年度 计划", "foreign"]),
        st.none(),
        st.one_of(st.none(), texts, st.sampled_from([5, AT, ["a"]])),
    ),
    st.builds(
        AddItems, st.just("events"), st.sampled_from([(EVENT,), ({"what": "x"}, EVENT)])
    ),
    st.builds(AddItems, st.just("parties"), st.just(({"name": "甲"},))),
    st.builds(AddItems, st.just("sources"), st.just(("s", "t"))),
    st.builds(RemoveItems, st.just("events"), st.just((EVENT,))),
    st.builds(RemoveItems, st.just("sources"), st.just(("a", "t"))),
)
changes: st.SearchStrategy[Change | ChangeFacts] = st.one_of(
    st.lists(fact_steps, min_size=1, max_size=3).map(lambda s: ChangeFacts(tuple(s))),
    st.builds(AddTags, st.sampled_from([("x",), ("new",), ("a b", "区/北"), ('q"',)])),
    st.builds(RemoveTags, st.sampled_from([("x",), ("y", "z"), ("X",)])),
    st.builds(AddNote, st.builds(partial(Note), texts, st.sampled_from([None, AT]))),
    st.builds(SetFollowUp, st.sampled_from([None, date(2026, 12, 1)])),
    st.builds(AddNeed, st.builds(partial(Need), st.just("energy"), texts)),
    st.sampled_from(
        [
            DeleteNote(None, "one"),
            DeleteNote(None, "two\n"),
            DeleteNote(None, "three"),
            DeleteNote(datetime(2026, 1, 1, tzinfo=UTC), "one"),
        ]
    ),
)


def wanted_by(change: Change | ChangeFacts, record: dict[str, Any]) -> dict[str, Any]:
    """The keys of a table that a change changes, with their new values."""
    if not isinstance(change, ChangeFacts):
        own = parse_annotations(record)
        return diff_annotations(record, own, change.apply(own).annotations)
    facts = FactsEditor(Project("p", "p", "P"), record)
    steps = [  # which start from what is there
        replace(step, old=record.get(step.key)) if isinstance(step, SetFact) else step
        for step in change.steps
    ]
    with suppress(FactConflictError):  # no list, or set twice
        facts.apply(steps)
    return facts.changed


def applied(
    text: bytes, place: int, change: Change | ChangeFacts
) -> tuple[bytes, dict[str, Any]]:
    """The text with a change of one project, and what that project should be."""
    block = scan_blocks(text)[place]
    record = parsed(text)[place]
    wanted = wanted_by(change, record)
    try:
        new = edit_table(
            text[block.start : block.end],
            "projects",
            wanted,
            detect_newline(text),
            order=SCHEMA_KEYS if isinstance(change, ChangeFacts) else (),
            inline=TABLES,
        )
    except EditRefusedError:  # a key that is written in parts
        assert isinstance(change, ChangeFacts)
        return text, record
    expected = {k: v for k, v in record.items() if k not in wanted} | {
        k: v for k, v in wanted.items() if v
    }
    return text[: block.start] + new + text[block.end :], expected


@given(datasets())
def test_the_blocks_are_what_a_parser_sees(text: bytes) -> None:
    found = scan_blocks(text)
    assert len(found) == len(parsed(text))
    for block, project in zip(found, parsed(text), strict=True):
        assert parsed(text[block.start : block.end]) == [project]
    assert found[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(found))


@given(datasets())
def test_between_statements_there_are_only_blanks_and_comments(text: bytes) -> None:
    end = len(BOM) if text.startswith(BOM) else 0
    for statement in scan_statements(text):
        for line in text[end : statement.start].splitlines():
            assert not line.strip() or line.lstrip().startswith(b"#")
        assert end <= statement.start < statement.end
        end = statement.end
    for line in text[end:].splitlines():
        assert not line.strip() or line.lstrip().startswith(b"#")


@examples(200)
@given(datasets(), changes, st.integers(0, 2))
def test_an_edit_is_the_old_data_plus_the_edit(
    text: bytes, change: Change | ChangeFacts, place: int
) -> None:
    place %= len(parsed(text))
    old = parsed(text)
    new, expected = applied(text, place, change)
    seen = parsed(new)
    # an empty list may stay for the comments in it
    assert {k: v for k, v in seen[place].items() if v != []} == {
        k: v for k, v in expected.items() if v != []
    }
    assert [*old[:place], *old[place + 1 :]] == [*seen[:place], *seen[place + 1 :]]
    for key, value in tomli.loads(text.removeprefix(BOM).decode()).items():
        if key != "projects":
            assert tomli.loads(new.removeprefix(BOM).decode())[key] == value


@examples(200)
@given(datasets(), changes, st.integers(0, 2))
def test_an_edit_leaves_every_line_that_it_does_not_concern(
    text: bytes, change: Change | ChangeFacts, place: int
) -> None:
    place %= len(parsed(text))
    new, _ = applied(text, place, change)
    before, after = scan_blocks(text), scan_blocks(new)
    assert new[: after[place].start] == text[: before[place].start]
    assert new[after[place].end :] == text[before[place].end :]
    assert new.startswith(BOM) == text.startswith(BOM)
    if b"\r\n" in text:
        assert new.count(b"\n") == new.count(b"\r\n")
    if isinstance(change, DeleteNote | RemoveTags | ChangeFacts):
        return  # whose lines go
    kept = new.splitlines()
    touched = [line for line in text.splitlines() if line not in kept]
    # at most the line of the value itself is another one, or the last one of the file
    # gets an end
    assert len(touched) <= 1
    if touched and b"#" in touched[0]:
        comment = touched[0][touched[0].rindex(b"#") :]
        assert comment in new


@given(datasets(), st.lists(changes, max_size=6))
def test_edits_in_a_row_hold(text: bytes, many: list[Change | ChangeFacts]) -> None:
    for change in many:
        text, expected = applied(text, 0, change)
        assert {k: v for k, v in parsed(text)[0].items() if v != []} == {
            k: v for k, v in expected.items() if v != []
        }


@given(any_values(), st.lists(fact_steps, min_size=1, max_size=3))
def test_facts_of_every_kind_hold_beside_those_that_are_edited(
    text: str, many: list[FactStep]
) -> None:
    data = text.encode()
    new, expected = applied(data, 0, ChangeFacts(tuple(many)))
    seen = {key: value for key, value in parsed(new)[0].items() if value != []}
    assert is_identical(seen, {k: v for k, v in expected.items() if v != []})


@given(datasets(), st.sampled_from([AddNote(Note("new", AT)), SetFollowUp(date.max)]))
def test_what_is_added_and_taken_away_leaves_the_same_bytes(
    text: bytes, change: Change
) -> None:
    record = parsed(text)[0]
    if change.field in record:
        return
    added, _ = applied(text, 0, change)
    own = parse_annotations(parsed(added)[0])
    (undo,) = change.apply(parse_annotations(record)).undo
    assert undo.apply(own).annotations == parse_annotations(record)
    removed, _ = applied(added, 0, undo)
    assert removed == text


@pytest.mark.parametrize(
    ("block", "key", "value"),
    [
        ("[[projects]]\ntags.a = 1\n", "tags", ["x"]),
        ("[[projects]]\n[projects.tags]\na = 1\n", "tags", ["x"]),
        ("[[projects]]\nid = ", "tags", ["x"]),
        ("[[other]]\nid = 1\n", "tags", ["x"]),
    ],
)
def test_what_cannot_be_done_without_disturbance_is_refused(
    block: str, key: str, value: object
) -> None:
    with pytest.raises(EditRefusedError):
        edit_table(block.encode(), "projects", {key: value})


@pytest.mark.parametrize(
    ("block", "changed", "expected"),
    [
        ('id = "a"\n', {"tags": ["x"]}, 'id = "a"\ntags = ["x"]\n'),
        ('tags = ["x"]\n', {"tags": ["x", "y"]}, 'tags = ["x", "y"]\n'),
        (
            'tags = [\n  "x", # c\n]\n',
            {"tags": ["x", "y"]},
            'tags = [\n  "x", # c\n  "y",\n]\n',
        ),
        ('tags = ["x", "y", "z"]\n', {"tags": ["x", "z"]}, 'tags = ["x", "z"]\n'),
        ('tags = ["x", "y", "z"]\n', {"tags": ["x"]}, 'tags = ["x"]\n'),
        ('tags = [ "x" , "y" , "z" ]\n', {"tags": ["z"]}, 'tags = [ "z" ]\n'),
        ('tags = ["x"]\nid = 1\n', {"tags": None}, "id = 1\n"),
        ('tags = ["x"]  # c\nid = 1\n', {"tags": None}, "tags = []  # c\nid = 1\n"),
        ('# c\ntags = ["x"]\nid = 1\n', {"tags": None}, "# c\ntags = []\nid = 1\n"),
        ('# c = 1\ntags = ["x"]\nid = 1\n', {"tags": None}, "# c = 1\nid = 1\n"),
        ("day = 2026-01-01  # c\n", {"day": None}, "# day =  # c\n"),
        ("a = 1\n# day =  # c\n", {"day": 2}, "a = 1\nday = 2  # c\n"),
        ("a = 1_000 # c\n", {"a": 25_000_000}, "a = 25_000_000 # c\n"),
        ("a = 1_00\n", {"a": 25_000}, "a = 25000\n"),
        ("a = 1_000 # c\n", {"b": 0x10}, "a = 1_000 # c\nb = 16\n"),
        (
            "[projects.x]\ny = 1\n",
            {"tags": ["x"]},
            'tags = ["x"]\n[projects.x]\ny = 1\n',
        ),
        ('id = "a"', {"tags": ["x"]}, 'id = "a"\ntags = ["x"]'),
    ],
)
def test_the_text_of_an_edit(
    block: str, changed: dict[str, Any], expected: str
) -> None:
    header = b"[[projects]]\n"
    new = edit_table(header + block.encode(), "projects", changed)
    assert new.decode() == header.decode() + expected


def test_a_table_of_another_array_is_no_block() -> None:
    text = b'[[projects]]\nid = "a"\n[[projects.notes]]\ntext = "x"\n[[other]]\n'
    assert scan_blocks(text) == [Block(0, len(text))]


def test_only_toml_1_0_is_written() -> None:
    text = edit_table(
        b"[[projects]]\n", "projects", {"notes": [{"text": "\x1b\x7f\n"}]}
    )
    assert b"\\e" not in text
    assert b"\\x" not in text
    assert parsed(text)[0]["notes"][0]["text"] == "\x1b\x7f\n"
