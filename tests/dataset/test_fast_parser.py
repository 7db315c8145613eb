"""A block read by its lines is the same as one that is parsed, or it is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from hunnan_tui.core.errors import Level
from hunnan_tui.dataset.fast_parser import read_plain
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.parser import parse
from tests.strategies import examples

PLAIN = """\
[[projects]]
id = "gas-base"
name	= "Gas Turbine Base"
name_zh="燃气轮机基地"
industries = ["a", "b"] # a comment

# another, with a [[projects]] in it
industries_basis = "stated"
stage_date = 2023-08-01
investment = 3_000_000_000
parties = [{ name = "AECC", role = "developer" }]
events = [{ date = "2023-08", what = "Begun", stage = "construction" }]
tags = ["watch", "Region/North"]
follow_up = 2026-12-01
summary = ""
"""
ODD = (
    'name = "Twice"',
    'name = "a \\u0041 \\\\"',
    "name = 'raw'",
    'name = """long"""',
    'name = """',
    '"""',
    'name = ""',
    'id = "x\ty"',
    'id = "x\x7fy"',
    'id = "x\x1fy"',
    'id = ""',
    "id = 3",
    "id = ",
    '"id" = "quoted"',
    'dotted.id = "x"',
    '\u3000id = "wide blank"',
    '  id = "indented"',
    "[[projects.notes]]",
    'text = "a note"',
    "[projects.other]",
    "[[projects]]",
    "notes = [{ text = 'x' }]",
    "tags = 'watch'",
    "tags = [",
    "]",
    "follow_up = 1",
    "needs = [{ kind = 'x', state = 'y' }]",
    'industries_basis = "guessed"',
    'stage_date = "2023-08"',
    'stage_date = "lately"',
    "stage_date = 2023-13-01",
    "investment = 0",
    "investment = 1.5",
    "investment = 1__0",
    'investment = "3.2亿"',
    'investment = "约5 bn"',
    'investment = "€5m"',
    'unknown = "key"',
    "# tab \t",
    "# control \x01",
    "1 = 2",
    "\r",
    "summary = 'x'\r",
    "= 1",
    "]]",
    "sources = ['s1'] ]",
)


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Return a plain block with some lines left out and few others put in."""
    lines = draw(st.lists(st.sampled_from(PLAIN.splitlines()[3:]), unique=True))
    for odd in draw(st.lists(st.sampled_from(ODD), max_size=2)):
        lines.insert(draw(st.integers(0, len(lines))), odd)
    if draw(st.integers(0, 9)):
        lines[:0] = PLAIN.splitlines()[1:3]
    return "\n".join(("[[projects]]", *lines, *draw(st.sampled_from(([], [""])))))


@given(blocks())
@example(PLAIN)
@example('[[projects]]\nid = "a"\nname = "A"\n# [[projects]]')
@examples(300)
def test_what_is_read_by_lines_is_what_is_parsed(text: str) -> None:
    block = text.encode()
    project = read_plain(block)
    event("read by lines" if project else "left alone")
    if project is not None:
        parsed = parse(block)
        assert list(parsed.dataset.projects.values()) == [project]
        # what it refers to is not in this text
        faults = [
            problem for problem in parsed.problems if problem.level is not Level.NOTE
        ]
        assert all("unknown" in each.message for each in faults)


def test_a_usual_block_is_read_by_lines() -> None:
    project = read_plain(PLAIN.encode())
    assert project is not None
    assert project.name_zh == "燃气轮机基地"
    assert project.parties[0].role == "developer"
    assert project.tags == ("watch", "Region/North")


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"[dataset]\n",
        b'[[projects]]\nid = "a"\n',
        b'[[projects]]\nid = "a"\nname = " "\n',
        b'[[projects]]\nid = "a"\nname = "\xff"\n',
        b'[[projects]]\nid = "a"\nid = "b"\nname = "A"\n',
        b'[[projects]] # x\nid = "a"\nname = "A"\n',
        b'[[projects]]\nid = "a"\nname = "A"\nx = ' + b"[" * 5_000,
    ],
)
def test_anything_else_is_left_to_the_parser(block: bytes) -> None:
    assert read_plain(block) is None


@given(
    st.lists(
        st.sampled_from(["[[projects]]", "[[", " ", "\t", "\n", "projects ]]", "x"])
    )
)
def test_a_header_is_where_a_line_begins_with_it(parts: list[str]) -> None:
    text = "".join(parts).encode()
    line = re.compile(rb"^[ \t]*\[\[[ \t]*projects[ \t]*\]\]", re.MULTILINE)
    assert list(find_headers(text)) == [each.start() for each in line.finditer(text)]
