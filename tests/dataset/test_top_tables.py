"""Many tables before the first project: parsed in batches, and few for the first screen."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset import incremental, preview, top_tables
from hunnan_tui.dataset.incremental import read_head
from hunnan_tui.dataset.parser import parse
from hunnan_tui.dataset.preview import load_preview
from hunnan_tui.dataset.top_tables import parse_top, read_beginning

PIECES = (
    "# a comment\nformat = 1\n",
    "sources = [{ id = 'inline' }]\n",
    '[dataset]\ntitle = "Test"\n',
    '[[stages]]\nid = "planned"\n',
    '[[sources]]\nid = "s1"\ntitle = "Page"\n',
    "[[sources]] # odd\r\nid = 's2'\r\n\r\n",
    "[[sources]]\nnote = '''\n[[sources]]\nid = 1\n'''\n",
    "[[sources]]\nlist = [\n# [[sources]]\n1,\n]\n",
    "[sources.more]\nx = 1\n",
    "[[sources.parts]]\nx = 1\n",
    '[["sources"]]\nid = "quoted"\n',
    '[[announcements]]\nid = "a"\nstatement = "Two"\n',
    "[sources]\n",
    "[[dataset]]\n",
    "[x]\ny = '\n",
)


@given(st.lists(st.sampled_from(PIECES), max_size=10), st.integers(1, 60))
def test_tables_in_batches_are_those_of_the_whole(pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    pauses: list[None] = []
    try:
        expected = tomli.loads(text)
    except ValueError:
        expected = None
    with patch.object(top_tables, "_BATCH", size):
        if expected is None:
            with pytest.raises(tomli.TOMLDecodeError):
                parse_top(text.encode(), lambda: None)
        else:
            assert parse_top(text.encode(), lambda: pauses.append(None)) == expected


def test_there_is_a_pause_between_batches() -> None:
    text = "".join(f'\n[[sources]]\nid = "s{n}"\n' for n in range(10_000)).encode()
    pauses: list[None] = []
    assert len(parse_top(text, lambda: pauses.append(None))["sources"]) == 10_000
    assert len(pauses) == len(text) // top_tables._BATCH


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose first project is behind what is looked at first."""
    monkeypatch.setattr(incremental, "LARGE", 1_000)
    monkeypatch.setattr(preview, "_LARGE", 1_000)
    monkeypatch.setattr(top_tables, "_HEAD", 400)
    file = tmp_path / "many.toml"
    sources = "".join(
        f'\n[[sources]]\nid = "s{n}"\ntitle = "Page {n}"\n' for n in range(100)
    )
    stages = '\n[[stages]]\nid = "signed"\nname = "Signed"\n'
    projects = "".join(
        f'\n[[projects]]\nid = "p{n}"\nname = "P {n}"\nsources = ["s{n}"]\n'
        for n in range(9)
    )
    file.write_text(
        '[dataset]\ntitle = "Many"\ncurrency = "CNY"\n' + sources + stages + projects
    )
    return file


def test_the_first_screen_has_the_tables_that_are_few(path: Path) -> None:
    head, whole = read_head(path), parse(path.read_bytes()).dataset
    assert head is not None
    assert (head.title, head.currency, head.stages) == ("Many", "CNY", whole.stages)
    assert 0 < len(head.sources) < len(whole.sources)
    first = list(head.projects.values())
    assert first == list(whole.projects.values())[: len(first)]
    assert len(first) > 2

    seen = load_preview(path)
    assert seen is not None
    assert (seen.title, seen.stages) == ("Many", ["Signed"])
    assert [seen.get_project(row)["id"] for row in range(len(seen))] == [
        project.id for project in first
    ]


def test_no_project_no_beginning(path: Path) -> None:
    path.write_text(path.read_text().replace("[[projects]]", "[[others]]"))
    assert read_beginning(path, 5) is None
    assert read_head(path) is None
    assert load_preview(path) is None
