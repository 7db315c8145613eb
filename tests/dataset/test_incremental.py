from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.core.errors import DataError
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset import incremental
from hunnan_tui.dataset.incremental import (
    LoadProgress,
    NotInBlocksError,
    read_blocks,
    read_head,
)
from hunnan_tui.dataset.parser import parse
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction import PendingTransaction
from tests.dataset.toml.strategies import any_values
from tests.strategies import examples

HEAD = """\
# first
format = 1
[dataset]
title = "Test"
[[stages]]
id = "planned"
name = "Planned"
[[sources]]
id = "s1"
title = "Page"
[[announcements]]
id = "a"
statement = "Two of them"
names = ["a", "z"]
"""
PROJECTS = (
    '[[projects]]\nid = "a"\nname = "A"\nstage = "planed"\n',
    '[[projects]] # comment\nid = "b"\nname_zh = "乙"\nsources = ["s1", "s2"]\n\n# x\n',
    '  [[ projects ]]\nid = "a"\nname = 7\ntags = ["x"]\n',
    "[[projects]]\nname = 'no id'\n[[projects.notes]]\ntext = '''\n[[projects]]\nid\n'''\n",
    '[[projects]]\nid = "d"\nname = "D"\ninvestment = -1\ntgas = 1\n[projects.x]\ny = 1\n',
    '[[projects]]\nid = "t"\nname = "T"\ninvestment = "约3.2亿元"\n',
    '[[projects]]\nid = "u"\nname = "U"\ninvestment = "$5m"\ninvestment_usd = "$5m"\n',
    '[[projects]]\r\nid = "e"\r\nname = "E"\r\nevents = [\r\n{ what = "x" },\r\n]\r\n',
    "[[projects]]\nnotes = 1\nneeds = [{ kind = 'x', state = 'y' }]\n",
    "[[projects]]\nid = 'f'\nname = 'F'\nfollow_up = 1823-05-01\nmine = 0xFFFFFFFFFFFFFFFFF\n",
    "[[projects]]\nid = 'g'\nname = 'G'\nnotes = [{ text = 'x', at = 2024-05-01, by = 5 }]\n",
    "[[projects]]\nid = 'h'\nname = 'H'\nneeds = [{ kind = 'x', since = 5 }]\ntags = [5]\n",
    "[[projects]]\nid = 'j'\nname = 'J'\nsummary = '''\n<<<<<<< a\n=======\n>>>>>>> b\n'''\n",
    "[[projects]]\nid = 'i'\nname = 'I'\n[[projects.notes]]\ntext = 5\nat = '2024'\n",
)
ODD = (
    '[[sources]]\nid = "late"\ntitle = "Late"\n',
    '[["projects"]]\nid = "q"\nname = "Q"\n',
    "projects = []\n",
    "[dataset]\n",
    '[[projects]]\nid = "open\n',
    "<<<<<<< ours\n",
    "[projects]\n",
)


@given(st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=8))
def test_reading_in_blocks_gives_what_reading_the_whole_gives(texts: list[str]) -> None:
    data = (HEAD + "".join(texts)).encode()
    parsed, starts = read_blocks(data, "f.toml")
    whole = parse(data, "f.toml")
    assert parsed == whole
    assert list(parsed.dataset.projects) == list(whole.dataset.projects)
    assert len(starts) == len(texts)


@given(st.lists(st.sampled_from(PROJECTS + ODD), min_size=1, max_size=6))
@examples(100)
def test_a_text_in_an_odd_form_is_left_to_the_whole_parse(texts: list[str]) -> None:
    data = (HEAD + "".join(texts)).encode()
    try:
        parsed, _ = read_blocks(data, "f.toml")
    except NotInBlocksError:
        return
    assert parsed == parse(data, "f.toml")


@pytest.mark.parametrize("text", ["", "x = 1", "\0\0", "[[projects]]\nid = 1\xff"])
def test_what_is_no_large_dataset_is_left_to_the_whole_parse(text: str) -> None:
    with pytest.raises(NotInBlocksError):
        read_blocks(text.encode("latin-1"), "f.toml")


def large(path: Path, count: int = 1_200) -> Path:
    """Write a file whose first projects are known before the rest is read."""
    projects = "".join(
        f'\n[[projects]]\nid = "p{n}"\nname = "Project {n}"\nstage = "planned"\n'
        for n in range(count)
    )
    path.write_text(HEAD.replace('"z"', '"p1"').replace('"a",', "") + projects)
    return path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(incremental, "LARGE", 1_000)
    return large(tmp_path / "large.toml")


def test_the_head_of_a_large_file_is_the_beginning_of_the_whole(path: Path) -> None:
    head = read_head(path)
    whole = parse(path.read_bytes()).dataset
    assert head is not None
    first = dict(list(whole.projects.items())[: incremental.FIRST])
    assert head == whole._replace(projects=first)


def test_a_small_file_has_no_head_of_its_own(tmp_path: Path) -> None:
    assert read_head(large(tmp_path / "small.toml", 3)) is None


def test_a_head_that_is_out_of_order_is_none(path: Path) -> None:
    path.write_text(path.read_text().replace('"p3"', '"p3'))
    assert read_head(path) is None
    with pytest.raises(DataError):
        Store(path, lazily=True).load()


def test_what_is_told_while_reading_is_a_part_of_the_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental, "BATCH", 500)
    parts: list[LoadProgress] = []
    loaded = Store(path, lazily=True).load(parts.append)
    assert [len(part.dataset.projects) for part in parts] == [500, 1_000, 1_200]
    assert [each for part in parts for each in part.added] == [
        *loaded.dataset.projects.values()
    ]
    for part in parts:
        known = list(part.dataset.projects.items())
        assert known == list(loaded.dataset.projects.items())[: len(known)]
    assert "p1100" not in parts[1].dataset.projects
    assert 0 < parts[0].share < parts[1].share < parts[2].share == 1


def test_projects_that_are_not_in_memory_are_edited_like_others(path: Path) -> None:
    store = Store(path, lazily=True)
    before = store.load().dataset
    for number, key in enumerate(("p3", "p1100", "p3")):
        change = AddTags((f"tag {number}",))
        saved = store.save([PendingTransaction(number, (Edit(key, change),))])
        assert not saved.outside
        assert list(saved.annotations) == [key]
    after = store.load().dataset
    assert after.projects["p3"].tags == ("tag 0", "tag 2")
    assert after.projects["p1100"].tags == ("tag 1",)
    untouched = {k: v for k, v in after.projects.items() if not v.tags}
    assert untouched.items() <= dict(before.projects).items()
    assert set(after.list_annotated_keys()) == {"p3", "p1100"}


@given(any_values())
@examples(20)
def test_values_of_all_kinds_are_read_in_blocks_as_in_the_whole(text: str) -> None:
    parsed, _ = read_blocks(text.encode(), "f.toml")
    whole = parse(text.encode(), "f.toml")
    assert parsed.problems == whole.problems
    # a NaN is not equal to itself
    assert is_identical(dict(parsed.dataset.projects), whole.dataset.projects)
