"""A survey that was mended says what reading the new text gives, or it is not used."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.query.cache import protocol, updater
from hunnan_tui.query.cache.checksums import InvalidIndexError
from hunnan_tui.query.cache.chunks import read_chunks
from hunnan_tui.query.cache.packing import FileIndex
from hunnan_tui.query.cache.reader import CachedFile
from hunnan_tui.query.cache.updater import update_index
from tests.query.cache.test_worker import (
    HEAD,
    STAMP,
    assert_matches,
    build_file_index,
    write_bytes,
)
from tests.strategies import examples

TOP = HEAD.replace("[[stages]]", '[[stages]]\nid = "planned"\n[[stages]]')
TOP = TOP.replace("[dataset]", '[dataset]\ncurrency = "CNY"')
TOP += '[[announcements]]\nid = "total"\nsources = ["s"]\n'
BODIES = (
    'name = "Gas 航发"\nstage = "signed"\nsources = ["s"]\n',
    'name = "B"\ninvestment = 15_000\ntags = ["x", "ｘ"]\n',
    'name = "Own"\nleader = "李"\nplan = 12.5\nrisks = ["low", "high"]\n',
    'name = "N"\nfollow_up = 2026-12-01\n'
    'needs = [{ kind = "energy", what = "kV", state = "open" }]\n'
    '[[projects.notes]]\nat = 2026-11-23T09:12:00+08:00\ntext = "note"\n',
    'name = "Q"\nsummary = """\ntwo\nlines\n"""\n# a comment\n',
)
FAULTY = (
    'name = "Q"\nsummary = """\n[[projects]]\nin a text\n"""\n',
    'name = "F"\nstage = "nowhere"\n',
    "name = 1\n",
    "x = \n",
    "[[views]]\n",
)
ids = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True)


def text_of(projects: list[tuple[str, str]], top: str = TOP) -> bytes:
    blocks = []
    for name, body in projects:
        named = body.replace('name = "', f'name = "{name} ')  # no two have one name
        blocks.append(f'[[projects]]\nid = "{name}"\n{named}')
    return (top + "".join(blocks)).encode()


def update(old: bytes, new: bytes, folder: Path) -> FileIndex:
    path = folder / "old.toml"
    path.write_bytes(old)
    contents, chunks = read_chunks(BytesIO(write_bytes(build_file_index(path), old)))
    return update_index(CachedFile(new, STAMP, None), contents, chunks)


@given(ids, ids, st.data())
@examples(100)
def test_it_says_what_the_new_text_says(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[str],
    after: list[str],
    data: st.DataObject,
) -> None:
    bodies = st.sampled_from(BODIES)
    old = {name: data.draw(bodies) for name in before}
    stays = data.draw(st.sets(st.sampled_from(after)))
    new = [
        (name, old[name] if name in stays and name in old else data.draw(bodies))
        for name in after
    ]
    text = text_of(new)
    updated = update(text_of([*old.items()]), text, tmp_path_factory.getbasetemp())
    assert_matches(updated, text, "new.toml")


@given(ids, st.sampled_from(FAULTY), st.data())
def test_what_is_wrong_or_not_plain_is_left_to_the_reading(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    faulty: str,
    data: st.DataObject,
) -> None:
    projects = [(name, data.draw(st.sampled_from(BODIES))) for name in names]
    place = data.draw(st.integers(0, len(names) - 1))
    wrong = [*projects]
    wrong[place] = (names[place], faulty)
    folder = tmp_path_factory.getbasetemp()
    for new in (wrong, [*projects, projects[0]], []):
        with pytest.raises(InvalidIndexError):
            update(text_of(projects), text_of(new), folder)


def test_what_stands_before_the_projects_must_be_the_same(tmp_path: Path) -> None:
    projects = [("a", BODIES[0])]
    old, new = text_of(projects), text_of(projects, TOP.replace('"s"', '"t"'))
    with pytest.raises(InvalidIndexError):
        update(old, new, tmp_path)


def test_projects_that_others_name_must_be_there(tmp_path: Path) -> None:
    top = TOP + '[[announcements]]\nid = "m"\nnames = ["a"]\n'
    projects = [("a", BODIES[0]), ("b", BODIES[1])]
    with pytest.raises(InvalidIndexError):
        update(text_of(projects, top), text_of(projects[1:], top), tmp_path)


def test_a_text_with_faults_is_read_anew(tmp_path: Path) -> None:
    projects = [("a", FAULTY[1]), ("b", BODIES[1])]
    with pytest.raises(InvalidIndexError):
        update(text_of(projects), text_of([*projects, ("c", BODIES[0])]), tmp_path)


def test_what_is_wrong_in_front_of_the_projects_is_told_again(tmp_path: Path) -> None:
    top = TOP.replace('currency = "CNY"\n', 'titel = "x"\n')
    old = [("a", BODIES[0]), ("b", BODIES[1])]
    new = text_of([*old, ("c", BODIES[1])], top)
    updated = update(text_of(old, top), new, tmp_path)
    assert len(updated.parsed.problems) == 2
    assert_matches(updated, new, str(tmp_path / "old.toml"))


def test_what_only_the_whole_shows_is_left_to_the_reading(tmp_path: Path) -> None:
    old = [("a", BODIES[0]), ("b", BODIES[1])]
    for body in (
        BODIES[1].replace('"B"', '"a Gas 航发"'),
        BODIES[3] + 'caveat = """\n<<<<<<< a\n=======\n>>>>>>> b\n"""\n',
        'name = "C"\nstage = "planned"\nstage_date = "2024"\n'
        'events = [{ what = "x", stage = "signed", date = "2020" }]\n',
    ):
        text = text_of(old) + f'[[projects]]\nid = "c"\n{body}'.encode()
        with pytest.raises(InvalidIndexError):
            update(text_of(old), text, tmp_path)


def test_very_many_changes_are_left_to_the_other_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updater, "MAX_CHANGES", 1)
    old = [("a", BODIES[0])]
    new = [("a", BODIES[1]), ("b", BODIES[0])]
    with pytest.raises(InvalidIndexError):
        update(text_of(old), text_of(new), tmp_path)
    assert_matches(
        update(text_of(old), text_of(new[:1]), tmp_path), text_of(new[:1]), ""
    )


def test_one_of_another_version_is_not_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of([("a", BODIES[0])])
    path = tmp_path / "old.toml"
    path.write_bytes(text)
    contents, chunks = read_chunks(BytesIO(write_bytes(build_file_index(path), text)))
    monkeypatch.setattr(protocol, "FORMAT_VERSION", protocol.FORMAT_VERSION + 1)
    with pytest.raises(InvalidIndexError):
        update_index(CachedFile(text, STAMP, None), contents, chunks)
