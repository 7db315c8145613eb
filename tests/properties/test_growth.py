"""The work that a file makes grows with its size, whichever part of it is large."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import tomli

from hunnan_tui.core.own_fields import derive_own_fields
from hunnan_tui.dataset import references
from hunnan_tui.dataset.decode_errors import explain_not_toml
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.parser import assign_project_keys, parse
from hunnan_tui.dataset.toml.locations import find_line_columns, locate
from hunnan_tui.dataset.toml.scanner import scan_blocks
from hunnan_tui.importing import json_rows
from hunnan_tui.query.engine.counts import FACETS
from hunnan_tui.query.engine.index import Index
from tests.properties.growth import LARGEST_RATIO, growth

Make = Callable[[int], str]

PROJECT = '[[projects]]\nid = "p"\nname = "P"\n'


def repeated(line: str) -> Make:
    """Repeat a line, its `#` as the number."""
    return lambda size: "".join(line.replace("#", str(n)) for n in range(size))


def in_project(line: str) -> Make:
    return lambda size: PROJECT + repeated(line)(size)


FILES: dict[str, Make] = {
    "unknown keys": in_project("key# = 1\n"),
    "dotted keys": in_project("extra.key# = 1\n"),
    "unknown tables": in_project("[projects.sub#]\nx = 1\n"),
    "unknown tables of the file": lambda size: (
        repeated("[t#]\nx = 1\n")(size) + PROJECT
    ),
    "unknown arrays of tables": in_project("[[projects.sub#]]\nx = 1\n"),
    "wrong events": in_project("[[projects.events]]\nwhat = 1\n"),
    "wrong events on a line": lambda size: (
        f"{PROJECT}events = [{'{ what = 1 }, ' * size}]\n"
    ),
    "wrong sources": lambda size: (
        repeated('[[sources]]\nid = "s#"\ntitle = 1\n')(size) + PROJECT
    ),
    "wrong announcements": lambda size: (
        repeated('[[announcements]]\nid = "a#"\nstatement = 1\n')(size) + PROJECT
    ),
    "projects in a list": lambda size: (
        f"projects = [{'{ id = 1, name = 2 }, ' * size}]\n"
    ),
}


def make_parts(whole: str) -> Make:
    """Return projects that are part of another; `#` is the number of the one before."""
    project = f'[[projects]]\nid = "p@"\nname = "P"\ninvestment = 9\n{whole}\n'
    return lambda size: "".join(
        project.replace("@", str(n)).replace("#", str(n - 1)) for n in range(size)
    )


FILES |= {
    "parts of one whole": make_parts('part_of = "p0"'),
    "parts of parts": make_parts('part_of = "p#"'),
    "parts of nothing": make_parts('part_of = "gone#"'),
}


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("parts")])
def test_lists_and_sums_of_parts_grow_with_their_number(name: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        dataset = parse(FILES[name](size).encode()).dataset

        def act() -> None:
            index = Index(dataset)
            index.list_keys(index.everything, (), "stage")
            index.count_mask(index.everything, FACETS)
            index.find_parts("p0")

        return act

    assert growth(prepare, 100) < LARGEST_RATIO


@pytest.mark.parametrize("name", FILES)
def test_reading_a_file_grows_with_its_size(name: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        data = FILES[name](size).encode()
        return lambda: parse(data, "FILE")

    assert growth(prepare, 100) < LARGEST_RATIO


@pytest.mark.parametrize("name", ["key# = #\n", "plan = #\n"])
def test_finding_fields_of_the_users_own_grows_with_their_number(name: str) -> None:
    """Of many names, and of one name in many projects."""

    def prepare(size: int) -> Callable[[], object]:
        line = PROJECT.replace('"p"', '"p#"') + name
        dataset = parse(repeated(line)(size).encode()).dataset
        return lambda: derive_own_fields(dataset)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_the_first_unknown_references_get_a_suggestion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(references, "_COMPARED", 1000)
    sources = repeated('[[sources]]\nid = "source-#"\n')(100)
    used = repeated('"sources-#", ')(50)
    problems = parse(f"{sources}{PROJECT}sources = [{used}]\n".encode()).problems
    hints = [
        problem.hint for problem in problems if "unknown sources" in problem.message
    ]
    assert len(hints) == 50
    assert hints[0] == "did you mean 'source-0'?"
    assert hints[-1] == "nothing in the file has that id"


def test_unknown_sources_beside_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_COMPARED", 1000)

    def prepare(size: int) -> Callable[[], object]:
        sources = repeated('[[sources]]\nid = "s#"\n')(size)
        used = repeated('"v#", ')(size)
        data = f"{sources}{PROJECT}sources = [{used}]\n".encode()
        return lambda: parse(data)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_keys_of_projects_of_one_id_are_counted_on() -> None:
    assert assign_project_keys(["p", "p", "p#2", "p", ""]) == [
        "p",
        "p#2",
        "p#2#2",
        "p#3",
        "#5",
    ]

    def prepare(size: int) -> Callable[[], object]:
        return lambda: assign_project_keys(["p"] * size)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_blocks_behind_texts_that_look_like_headers_are_found_in_one_pass() -> None:
    fact = '[[projects.facts]]\nlabel = """\n[[projects]]\n"""\n'

    def prepare(size: int) -> Callable[[], object]:
        text = (PROJECT + fact * size).encode()
        return lambda: scan_blocks(text)

    assert growth(prepare, 100) < LARGEST_RATIO


class _Counted(bytes):
    """A text that counts the bytes in which something is looked for, or counted."""

    seen = 0

    def removeprefix(self, prefix: Any, /) -> _Counted:
        return self

    def count(self, sub: Any, start: Any = 0, end: Any = None) -> int:
        self.seen += (len(self) if end is None else end) - start
        return super().count(sub, start, end)

    def rfind(self, sub: Any, start: Any = 0, end: Any = None) -> int:
        found = super().rfind(sub, start, end)
        self.seen += (len(self) if end is None else end) - max(found, start)
        return found


def test_headers_in_one_long_line_are_looked_at_once() -> None:
    text = _Counted(b"# " + b"[[projects]] " * 1000 + b"\n[[projects]]\n")
    assert list(find_headers(text)) == [text.rindex(b"[") - 1]
    assert text.seen <= len(text)


def test_lines_of_many_conflicts_are_counted_on() -> None:
    text = _Counted(b"<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n" * 100)
    with pytest.raises(tomli.TOMLDecodeError) as raised:
        tomli.loads(text.decode())
    problems = explain_not_toml(raised.value, text, "FILE")
    assert [problem.line for problem in problems] == list(range(1, 500, 5))
    assert text.seen <= 3 * len(text)


class TestPlaces:
    def test_places_of_many_paths_are_those_of_each_alone(self) -> None:
        text = (
            b'a = [1, { b = 2, c.d = "x" }]\n[t]\nu.v = 1\n[[p]]\nx = 1\n[p.q]\ny = 1\n'
            b"[[p]]\nx = 2\n[[p.r]]\nz = 3\n[[p.r]]\nz = [4, [5]]\n"
        )
        written: dict[tuple[str | int, ...], bytes] = {
            ("a",): b"a = [1",
            ("a", 1): b"{ b",
            ("a", 1, "c", "d"): b'c.d = "x"',
            ("a", 1, "absent"): b"{ b",
            ("t", "u", "v"): b"u.v",
            ("t", "w"): b"[t]",
            ("p", 0, "q", "y"): b"y = 1",
            ("p", 1, "x"): b"x = 2",
            ("p", 1, "r", 0): b"[[p.r]]\nz = 3",
            ("p", 1, "r", 1, "z", 1, 0): b"5]",
        }
        expected = [text.index(each) for each in written.values()]
        assert locate(text, written) == expected
        assert [locate(text, [path])[0] for path in written] == expected
        assert locate(text, [("absent",)]) == [None]

    def test_a_path_behind_what_is_malformed_has_the_place_of_what_is_read(
        self,
    ) -> None:
        text = b"[t]\na = 1\nb c\nd = 2\n"
        assert locate(text, [("t", "a"), ("t", "d")]) == [4, 0]

    def test_lines_and_columns_count_characters_behind_a_bom(self) -> None:
        text = "\ufeffä = 1\nöö = 2, x\n\nz".encode()
        offsets = [3, text.index(b" = 1"), text.index(b" = 2"), text.index(b"x")]
        offsets += [text.index(b"x"), len(text) - 1]
        places = [(1, 1), (1, 2), (2, 3), (2, 9), (2, 9), (4, 1)]
        assert find_line_columns(text, offsets) == places


def test_a_key_that_stands_twice_among_many() -> None:
    def prepare(size: int) -> Callable[[], object]:
        pairs = [(f"k{n}", n) for n in range(size)] + [(f"k{size - 1}", 0)]

        def act() -> None:
            with pytest.raises(ValueError, match="stands twice"):
                json_rows._refuse_duplicates(pairs)

        return act

    assert growth(prepare, 200) < LARGEST_RATIO
