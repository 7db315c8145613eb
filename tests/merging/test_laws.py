"""What holds of every merge of two versions of one dataset."""

from __future__ import annotations

from typing import Any

import tomli
from hypothesis import given, settings

from hunnan_tui.core.changes import CONFLICT_NOTICE
from hunnan_tui.merging.merge import MergedText, merge_texts
from tests.merging.versions import Entry, Version, draw_base, draw_side, draw_versions
from tests.strategies import EXAMPLES, NIGHTLY

MANY = settings(max_examples=max(EXAMPLES, 200) * (NIGHTLY if NIGHTLY == 1 else 25))


def merge(base: Version, ours: Version, theirs: Version) -> MergedText:
    return merge_texts(base.write(), ours.write(), theirs.write())


def read(text: bytes) -> dict[str, Any]:
    return {
        project["id"]: project for project in tomli.loads(text.decode())["projects"]
    }


def find(version: Version, id: str) -> Entry | None:
    return next((entry for entry in version.entries if entry.id == id), None)


def expect_conflicts(
    base: Version, ours: Version, theirs: Version
) -> set[tuple[str, str]]:
    """Return the facts for which both sides state another value."""
    expected = set()
    for one in ours.entries:
        other, before = find(theirs, one.id), find(base, one.id)
        if other is None or before is None:
            continue
        for key in one.values.keys() | other.values.keys():
            values = [each.values.get(key) for each in (before, one, other)]
            if key != "tags" and len(set(map(str, values))) == 3:
                expected.add((one.id, key))
    return expected


@MANY
@given(draw_versions())
def test_a_merge_says_what_both_sides_say(
    versions: tuple[Version, Version, Version],
) -> None:
    base, ours, theirs = versions
    merged = merge(base, ours, theirs)
    expected = expect_conflicts(base, ours, theirs)
    assert {(conflict.id, conflict.key) for conflict in merged.conflicts} == expected
    for side in (ours, theirs):
        for entry in side.entries:
            for lines in entry.comments.values():
                for line in lines:
                    assert f"# {line}".encode() in merged.text
    if merged.conflicts:
        rows = merged.text.split(b"\n")
        assert all(
            rows[conflict.line - 1] == b"<<<<<<< ours" for conflict in merged.conflicts
        )
        return
    projects = read(merged.text)
    assert projects.keys() == {e.id for side in (ours, theirs) for e in side.entries}
    for key, project in projects.items():
        before, one, other = (find(version, key) for version in versions)
        check_project(project, before or Entry(key), one, other)


def check_project(
    project: dict[str, Any], base: Entry, ours: Entry | None, theirs: Entry | None
) -> None:
    texts = {
        note["text"].removeprefix(f"{CONFLICT_NOTICE}\n\n")
        for note in project.get("notes", [])
    }
    for side in filter(None, (ours, theirs)):
        assert {*side.values.get("tags", [])} <= {*project.get("tags", [])}
        for note in side.notes:
            if note not in base.notes:
                assert note["text"] in texts
        for key, value in side.values.items():
            if key != "tags" and value != base.values.get(key):
                assert project[key] == value


@MANY
@given(draw_versions())
def test_the_order_of_the_sides_decides_no_fact(
    versions: tuple[Version, Version, Version],
) -> None:
    base, ours, theirs = versions
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {c[:3] for c in one.conflicts} == {c[:3] for c in other.conflicts}
    if not one.conflicts:
        assert normalize(read(one.text)) == normalize(read(other.text))


def normalize(projects: dict[str, Any]) -> dict[str, Any]:
    """Leave out which of two texts of a note stands first."""
    return {
        name: {
            key: sorted(
                str(item).replace(f"{CONFLICT_NOTICE}\\n\\n", "").partition("'text'")[2]
                if key == "notes"
                else str(item)
                for item in value
            )
            if isinstance(value, list)
            else value
            for key, value in project.items()
        }
        for name, project in projects.items()
    }


@given(
    draw_base().flatmap(lambda base: draw_side(base, "ours").map(lambda a: (base, a)))
)
def test_what_one_side_alone_has_changed_is_the_merge(
    versions: tuple[Version, Version],
) -> None:
    base, side = (version.write() for version in versions)
    for merged in (
        merge_texts(base, side, base),
        merge_texts(base, base, side),
        merge_texts(base, side, side),
    ):
        assert merged == MergedText(side)


@MANY
@given(draw_versions())
def test_what_neither_side_has_changed_stays_byte_for_byte(
    versions: tuple[Version, Version, Version],
) -> None:
    base, ours, theirs = versions
    text = merge(base, ours, theirs).text
    for entry in base.entries:
        written = entry.write()
        if all(
            e and e.write() == written for e in (find(s, entry.id) for s in versions)
        ):
            assert written.encode().strip() in text


def test_two_notes_of_one_second_are_two_notes() -> None:
    base = b'[[projects]]\nid = "a"\nname = "A"\n'
    note = '\n[[projects.notes]]\nat = 2026-11-28T09:12:00Z\nby = "{0}"\ntext = "{0} says"\n'
    ours, theirs = (base + note.format(name).encode() for name in ("Ann", "Bo"))
    merged = merge_texts(base, ours, theirs)
    notes = read(merged.text)["a"]["notes"]
    assert [(n["by"], n["text"]) for n in notes] == [
        ("Ann", "Ann says"),
        ("Bo", "Bo says"),
    ]
    assert notes[0]["at"] != notes[1]["at"]  # which tells one from the other
    assert (merged.conflicts, merged.notices) == ((), ())
