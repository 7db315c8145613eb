"""Comments keep their table and their neighbour, whatever is edited around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    Change,
    ChangeNeed,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveNeed,
    RemoveTags,
    SetFollowUp,
)
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.dataset.toml.comments import find_table_end
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.dataset.toml.patch import Patch
from hunnan_tui.storage.dataset_file import DatasetFile
from hunnan_tui.storage.transaction import PendingTransaction, TransactionBatch
from tests.strategies import examples

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
KEYS = ("a", "b")


@dataclass(frozen=True)
class Comment:
    """A comment of one word, and what it must keep standing beside."""

    word: str
    place: Literal["beside", "above", "within"]
    owner: str
    """A text of the line that it is beside or above, or of a line of its table."""
    may_go: bool = False
    """Whether its owner can be deleted, and the comment with it."""


class Writer:
    """A text under way, with its comments."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.lines: list[str] = []
        self.comments: list[Comment] = []
        self._draw = draw
        self.owner = ""
        self.may_go = False

    def chance(self) -> bool:
        return self._draw(st.booleans())

    def comment(self, place: Literal["beside", "above", "within"], owner: str) -> str:
        word = f"c{len(self.comments)}."
        self.comments.append(Comment(word, place, owner, self.may_go))
        return word

    def line(self, text: str, owner: str, indent: str = "") -> None:
        """Write a line, perhaps with comments above and behind it."""
        if self.chance():
            self.lines.append(f"{indent}# {self.comment('above', owner)}")
        behind = f"  # {self.comment('beside', owner)}" if self.chance() else ""
        self.lines.append(indent + text + behind)

    def tags(self, items: list[str]) -> None:
        if self.chance():
            self.line(f"tags = [{', '.join(items)}]", "tags =")
            return
        self.line("tags = [", "tags =")
        for item in items:
            last = item == items[-1] and self.chance()
            self.line(item + ("" if last else ","), item, "  ")
        self.lines.append("]")

    def inline(self, key: str, name: str) -> None:
        """Write notes or needs as a list of inline tables."""
        self.line(f"{key} = [", f"{key} =")
        for number in range(2):
            owner, self.may_go = f"{self.owner[6]}{len(self.lines)}!", True
            comma = "," if number == 0 or self.chance() else ""
            self.line(f'{{ {name} = "{owner}", x.y = 1 }}{comma}', owner, "  ")
            self.may_go = False
        self.lines.append("]")

    def tail(self, *, is_compact: bool) -> None:
        """Write the end of a table; without blank lines if it is compact."""
        within = partial(self.comment, "within", self.owner)
        if not is_compact and self.chance():
            self.lines.append(f"# {within()}")
        if self.chance():
            self.lines.append(f"# old = '{within()}'  # again")
        if not is_compact:
            self.lines.append("")
            if self.chance():
                self.lines += [f"# {within()}", f"# old = '{within()}'", ""]

    def project(self, key: str) -> None:
        self.owner, self.may_go = f'id = "{key}"', False
        self.line("[[projects]]", self.owner)
        self.lines.append(self.owner)
        is_inline = self.chance()
        parts = ["name", "tags", "follow_up", "inline"]
        for part in self._draw(st.permutations(parts)):
            if part == "name":
                self.line('name = "N"', "name =")
            elif part == "tags" and self.chance():
                self.tags([f'"{key}{each}"' for each in "xyz"])
            elif part == "follow_up" and self.chance():
                self.line("follow_up = 2026-01-01", "follow_up =")
            elif part == "inline" and is_inline:
                self.inline("notes", "text")
                self.inline("needs", "kind")
        is_compact = self.chance()
        self.tail(is_compact=is_compact)
        for name, text in (("notes", "text"), ("notes", "text"), ("needs", "kind")):
            if not is_inline and self.chance():
                self.owner, self.may_go = f"{key}{len(self.lines)}!", True
                self.line(f"[[projects.{name}]]", self.owner)
                self.lines.append(f'{text} = "{self.owner}"')
                self.tail(is_compact=is_compact)


@st.composite
def datasets(draw: st.DrawFn) -> tuple[bytes, list[Comment]]:
    """Two projects with comments in all places."""
    made = Writer(draw)
    for key in KEYS:
        made.project(key)
    text = "\n".join(made.lines).rstrip("\n") + ("\n" if made.chance() else "")
    return text.replace("\n", "\r\n" if made.chance() else "\n").encode(), made.comments


def is_in_place(comment: Comment, lines: list[str]) -> bool:
    place = next((n for n, line in enumerate(lines) if comment.word in line), None)
    if place is None:
        return comment.may_go and not any(comment.owner in line for line in lines)
    if comment.place == "within":
        start = max(n for n in range(place) if lines[n].startswith("[["))
        end = next(
            (n for n in range(place, len(lines)) if lines[n].startswith("[[")),
            len(lines),
        )
        return any(comment.owner in line for line in lines[start:end])
    end = place
    if comment.place == "above":
        end += 1
        while lines[end].lstrip().startswith("#") and comment.owner not in lines[end]:
            end += 1
    # what names a table stands below its header
    end += lines[end].startswith("[[")
    return comment.owner in lines[end]


def acts(annotations: Annotations, key: str) -> list[Change]:
    made: list[Change] = [
        AddTags((f"{key}x", "new")),
        AddTags((f"{key}z", f"{key}y")),
        RemoveTags((f"{key}x",)),
        RemoveTags((f"{key}z", "new")),
        RemoveTags((f"{key}x", f"{key}y", f"{key}z", "new")),
        SetFollowUp(None),
        SetFollowUp(date(2026, 12, 1)),
        AddNote(Note("[x] # no comment", NOW)),
        AddNeed(Need("energy")),
    ]
    for note in annotations.notes:
        made += [DeleteNote(note.at, note.text)]
        made += [ChangeNote(note.at, note.text, f"{note.text} # more")]
    for need in annotations.needs:
        made += [RemoveNeed(need), ChangeNeed(need, need._replace(state="met"))]
    return made


class History:
    """A text that is edited step by step, with undo and redo as the workspace has it."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.refused: list[str] = []
        self._patches: dict[int, dict[str, Patch]] = {}
        self._serial = 0

    def annotations(self, key: str) -> Annotations:
        return self._file().parsed.dataset.projects[key].annotations

    def do(
        self, edits: list[Edit], undoes: int | None = None
    ) -> tuple[int, list[Edit]]:
        self._serial += 1
        queued = PendingTransaction(self._serial, tuple(edits), undoes)
        batch = TransactionBatch([queued], self._patches, creating=False)
        self.text = batch.apply(self._file())
        self._patches |= batch.patches
        result = batch.results[self._serial]
        self.refused += [each.reason for each in result.refused]
        return self._serial, result.undo

    def _file(self) -> DatasetFile:
        file = DatasetFile()
        file.parse_text(self.text, "x.toml")
        return file


@examples(80)
@given(datasets(), st.data())
def test_comments_keep_their_table_and_their_neighbour(
    dataset: tuple[bytes, list[Comment]], data: st.DataObject
) -> None:
    text, comments = dataset
    assert all(is_in_place(comment, text.decode().splitlines()) for comment in comments)
    history = History(text)
    for _ in range(data.draw(st.integers(1, 4))):
        key = data.draw(st.sampled_from(KEYS))
        change = data.draw(st.sampled_from(acts(history.annotations(key), key)))
        before = history.text
        serial, undo = history.do([Edit(key, change)])
        assert not history.refused
        lines = history.text.decode().splitlines()
        assert [
            comment for comment in comments if not is_in_place(comment, lines)
        ] == []
        is_undone, is_redone = data.draw(st.tuples(st.booleans(), st.booleans()))
        if undo and is_undone:
            after = history.text
            undone, redo = history.do(undo, serial)
            assert history.text == before
            if is_redone:
                history.do(redo, undone)
                assert history.text == after
    if b"\r\n" in text:
        assert history.text.count(b"\n") == history.text.count(b"\r\n")


@given(datasets(), st.sampled_from(KEYS))
def test_what_comes_back_finds_its_comments(
    dataset: tuple[bytes, list[Comment]], key: str
) -> None:
    text, comments = dataset
    history = History(text)
    annotations = history.annotations(key)
    for tag in annotations.tags:
        history.do([Edit(key, RemoveTags((tag,)))])
    history.do([Edit(key, SetFollowUp(None))])
    for tag in annotations.tags:
        history.do([Edit(key, AddTags((tag,)))])
    history.do([Edit(key, SetFollowUp(annotations.follow_up))])
    assert not history.refused
    lines = history.text.decode().splitlines()
    for comment in comments:
        assert is_in_place(comment, lines)
        (line,) = [line for line in lines if comment.word in line]
        if comment.place == "beside":
            assert not line.lstrip().startswith("#")


@pytest.mark.parametrize(
    ("comments", "leads"),
    [
        ("# right below\n", "\n[[x]]\n"),
        ("# right below, at the end\n", ""),
        ("", "# above a header\n[[x]]\n"),
        ("", "\n# apart\n\n[[x]]\n"),
        ("# tags = []\n", "# above a header\n[[x]]\n"),
        ("\n# once:\n# tags = [\n#   'a',\n# ]\n", "\n# apart\n[[x]]\n"),
        ("# day = 1\n", "# [[x]]\n# id = 'gone'\n\n[[x]]\n"),
        ("# [1] is a footnote\n", "\n[[x]]\n"),
        ("# day =  # has lost its value\n", "[[x]]\n"),
        ("", "\n# a = b is no key\n\n[[x]]\n"),
        ("", "  [[x]]\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_where_a_table_ends(comments: str, leads: str, newline: str) -> None:
    text = f"key = 1\n{comments}{leads}".replace("\n", newline).encode()
    start = text.index(b"\n") + 1
    end = len(text) - len(leads.replace("\n", newline))
    assert find_table_end(text, start) == end


def test_a_comment_above_the_next_project_stays_there() -> None:
    block = b"[[projects]]\nid = 1\n# leads the next\n"
    note = {"notes": [{"text": "x"}]}
    new = edit_table(block, "projects", note, followed=True)
    assert new.endswith(b'text = "x"\n# leads the next\n')
    assert edit_table(block, "projects", note).endswith(b'text = "x"\n')


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list of tags with blanks, lines, commas and comments wherever they can be."""
    words = iter(range(100))

    def gap() -> str:
        parts = st.sampled_from(["", " ", "\n", "\n  ", " # c{}.\n", "\n  # c{}.\n"])
        made = "".join(draw(st.lists(parts, max_size=3)))
        return "".join(
            f"{part}c{next(words)}." if rest else part
            for part, rest in _marked(made.split("c{}."))
        )

    tags = draw(st.sampled_from([["a"], ["a", "b"], ["a", "b", "c", "d"]]))
    text = "["
    for tag in tags:
        text += gap() + f'"{tag}"' + gap()
        if tag != tags[-1] or draw(st.booleans()):
            text += ","
    return text + gap() + "]"


def _marked(parts: list[str]) -> list[tuple[str, bool]]:
    return [(part, place + 1 < len(parts)) for place, part in enumerate(parts)]


@examples(80)
@given(
    lists(), st.lists(st.sampled_from("abcdn"), min_size=1, max_size=4), st.booleans()
)
@example('[\n  # c0.\n"a",\n"b"]', ["a", "b"], True)
def test_no_comment_of_a_list_of_tags_is_lost(
    tags: str, toggled: list[str], at_once: bool
) -> None:
    text = f'[[projects]]\nid = "a"\ntags = {tags}  # last.\n'
    words = re.findall(r"c\d+\.|last\.", text)
    history = History(text.encode())
    if at_once:
        history.do([Edit("a", RemoveTags(tuple(toggled)))])
    for tag in toggled:
        has = tag in history.annotations("a").tags
        history.do([Edit("a", RemoveTags((tag,)) if has else AddTags((tag,)))])
        assert (tag in history.annotations("a").tags) != has
    assert not history.refused
    assert sorted(re.findall(r"c\d+\.|last\.", history.text.decode())) == sorted(words)
