"""The first look at a file: the same projects as the list, or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.money import is_amount
from hunnan_tui.dataset.parser import parse
from hunnan_tui.dataset.preview import Preview, load_preview
from hunnan_tui.query.engine.index import Index

DATA = Path(__file__).parents[2] / "data"

HEAD = """\
[dataset]
title = "A place"
currency = "CNY"

[[stages]]
id = "signed"
name = "Signed"
"""


def project(key: str, more: str = "") -> str:
    return f'\n[[projects]]\nid = "{key}"\nname = "{key.upper()}"\n{more}'


def looked_at(path: Path, text: str | bytes) -> Preview:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    seen = load_preview(path)
    assert seen is not None
    return seen


def ids(seen: Preview) -> list[str]:
    return [seen.get_project(row)["id"] for row in range(len(seen))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.toml"


@pytest.mark.parametrize("name", ["projects.toml", "shenyang.toml"])
def test_it_has_the_projects_of_the_list_in_its_order(name: str) -> None:
    path = DATA / name
    seen = load_preview(path)
    assert seen is not None
    dataset = parse(path.read_bytes()).dataset
    index = Index(dataset)
    assert ids(seen) == list(index.list_keys(index.everything))
    assert seen.title == dataset.title
    assert seen.stages == [stage.name for stage in dataset.stages.values()]
    for row in range(len(seen)):
        found, known = (
            seen.get_project(row),
            dataset.projects[seen.get_project(row)["id"]],
        )
        assert found["name"] == known.name
        assert found.get("investment") == known.investment


def test_the_largest_come_first_and_what_states_nothing_last(path: Path) -> None:
    amounts = {"a": "", "b": "investment = 5", "c": "investment = 1_000", "d": ""}
    seen = looked_at(path, HEAD + "".join(map(project, amounts, amounts.values())))
    assert ids(seen) == ["c", "b", "a", "d"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "p0", "p1", "p2", "p4", "gone"]),
            st.sampled_from(["", "7", "8", "9_000", '"3.2万"', "'约8'", '"€9"']),
        ),
        max_size=6,
    )
)
def test_parts_stand_under_their_wholes_as_in_the_list(
    tmp_path_factory: pytest.TempPathFactory, made: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "parts.toml"
    blocks = [
        project(
            f"p{number}",
            (f'part_of = "{whole}"\n' if whole else "")
            + (f"investment = {amount}\n" if amount else ""),
        )
        for number, (whole, amount) in enumerate(made)
    ]
    path.write_text(HEAD + "".join(blocks))
    seen = load_preview(path)
    index = Index(parse(path.read_bytes()).dataset)
    assert (seen is None) == (not made)
    if seen is not None:
        assert ids(seen) == list(index.list_keys(index.everything))
        shown = [seen.get_project(row).get("investment") for row in range(len(seen))]
        known = [index.dataset.projects[key].investment for key in ids(seen)]
        assert [each if is_amount(each) else None for each in shown] == known
        places = index.place_parts(index.everything)
        depths = [places.get(key, ("", 0))[1] for key in ids(seen)]
        assert [seen.get_depth(row) for row in range(len(seen))] == depths


def test_a_project_is_found_by_its_id_and_none_is_the_first(path: Path) -> None:
    seen = looked_at(path, HEAD + project("a") + project("b"))
    assert [seen.find_row(key) for key in ("a", "b", "", "no.e")] == [0, 1, 0, 0]


def test_a_byte_order_mark_is_no_hindrance(path: Path) -> None:
    seen = looked_at(path, (HEAD + project("a")).encode("utf-8-sig"))
    assert seen.title == "A place"


def test_a_row_that_it_cannot_read_is_empty(path: Path) -> None:
    seen = looked_at(path, HEAD + project("a") + project("b", "stage = ="))
    assert seen.get_project(1) == {}


def test_of_a_large_file_it_has_the_beginning(path: Path) -> None:
    filling = "summary = '''\n" + "filling\n" * 2000 + "'''\n"
    text = HEAD + "".join(project(f"p{each}", filling) for each in range(200))
    assert len(text) > 2_000_000
    seen = looked_at(path, text)
    assert ids(seen) == [f"p{each}" for each in range(len(seen))]
    assert 1 <= len(seen) <= 50


def test_without_a_file_there_is_no_look(path: Path) -> None:
    assert load_preview(path) is None
    path.mkdir()
    assert load_preview(path) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[dataset]\n",
        "projects = [{id = 'a', name = 'A'}]\n",
        "broken =\n[[projects]]\nid = 'a'\n",
        "stages = [1]\n[[projects]]\nid = 'a'\n",
        "stages = 1\n[[projects]]\nid = 'a'\n",
        b"title = '\xff'\n[[projects]]\nid = 'a'\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_reading_proper(
    path: Path, text: str | bytes
) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert load_preview(path) is None


ODD = st.sampled_from(
    [
        b"[[projects]]\n",
        b'id = "a"\n',
        b"id = 3\n",
        b"[dataset]\n",
        b"[[stages]]\n",
        b"[[projects.sources]]\n",
        b"name = '''\n",
        b"investment = 9\n",
        b"investment = 'x'\n",
        b"projects = 1\n",
        b"\xff\n",
        b"[" * 400,
        b"a = " + b"[" * 2000 + b"\n",
    ]
)


@given(st.lists(ODD, max_size=8))
def test_nothing_in_a_file_makes_it_fail(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("odd") / "a.toml"
    path.write_bytes(b"".join(pieces))
    seen = load_preview(path)
    if seen is not None:
        assert isinstance(seen.title, str)
        assert all(isinstance(stage, str) for stage in seen.stages)
        assert all(isinstance(seen.get_project(row), dict) for row in range(len(seen)))
        assert seen.find_row("a") < max(1, len(seen))
