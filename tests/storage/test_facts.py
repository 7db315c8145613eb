from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import AddTags, AnyChange, Edit, Transaction
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.fact_changes import (
    DATASET,
    AddItems,
    AddProject,
    AddSource,
    ChangeFacts,
    ChangeItem,
    FactStep,
    RemoveItems,
    SetEntry,
    SetFact,
)
from hunnan_tui.core.fact_values import dump_fact
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.dataset import incremental
from hunnan_tui.storage import open_workspace, store
from hunnan_tui.storage.edit_json import dump_edit, parse_edit
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction import PendingTransaction
from hunnan_tui.storage.workspace import Workspace
from tests.strategies import examples

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
EVENT = {"date": date(2026, 3, 8), "what": "Signed 浑南", "stage": "signed"}

HEAD = """\
format = 1  # ours

[[stages]]
id = "signed"
name = "Signed"

[[sources]]
id = "cd"
title = "China Daily"
# the last source

# projects by hand
"""
PLAIN = """\
[[projects]]
id = "a"   # the first
name = "A"
stage = "planned"  # as of May
investment = 85_500_000_000
sources = ["cd"]
leader = "张三"
plan = 1_000

# leads b
[[projects]]
id = "b"
name = "乙"
parties = [{ name = "X", role = "developer", tel = "1" }]
tags = ["watch"]
"""
BY_TABLES = """\
[[projects]]
id = "a"
"name" = 'A'
stage = 'planned'
industries = [
  "it",  # why
]
# nothing stated
#investment =

[[projects.events]]
date = 2022-01-01
what = "Planned"
mood = "good"

[[projects]]
id = "b"
name = "B"
facts = [
  { label = "Area", value = "1 ha" },
]
[projects.more]
x = 1

[other]
y = 2
"""
TEXTS = [
    HEAD + PLAIN,
    HEAD + BY_TABLES,
    (HEAD + PLAIN).replace("\n", "\r\n"),
    (HEAD + PLAIN).removesuffix("\n"),
    BY_TABLES,
    PLAIN.removesuffix("\n"),
    "\ufeff" + PLAIN,
    HEAD + PLAIN + "\n# the end\n",
]

scalars = st.one_of(
    st.tuples(
        st.just("stage"), st.sampled_from([None, "signed", "planned", "a\nb", '"q"'])
    ),
    st.tuples(st.just("investment"), st.sampled_from([None, 0, 5, 85_500_000_000])),
    st.tuples(
        st.just("stage_date"), st.sampled_from([None, date(2026, 3, 8), "2026-03"])
    ),
    st.tuples(st.just("jobs"), st.sampled_from([None, 5])),
    st.tuples(st.just("name"), st.sampled_from(["B", "甲"])),
    st.tuples(
        st.sampled_from(["leader", "plan", "年度 计划"]),
        st.sampled_from([None, "李四", 1.5, True, AT, ["x"]]),
    ),
    st.tuples(st.just("industries"), st.sampled_from([None, ["it"], ["a", "b"]])),
)
items = st.one_of(
    st.tuples(st.just("events"), st.sampled_from([EVENT, {"what": "Later"}])),
    st.tuples(
        st.just("parties"),
        st.sampled_from([{"name": "X", "role": "developer"}, {"name": "丙"}]),
    ),
    st.tuples(st.just("facts"), st.sampled_from([{"label": "Area", "value": "1 ha"}])),
    st.tuples(st.sampled_from(["sources", "industries"]), st.sampled_from(["it", "x"])),
)
Made = tuple[str, Any]


@st.composite
def transactions(draw: st.DrawFn) -> list[list[Made]]:
    """What is done in each of a few transactions; see `edits_of`."""
    one = st.one_of(
        st.tuples(st.just("set"), st.lists(scalars, min_size=1, max_size=3)),
        st.tuples(st.just("add"), items),
        st.tuples(st.just("remove"), items),
        st.tuples(st.just("tag"), st.sampled_from(["t", "watch"])),
        st.tuples(st.just("project"), st.sampled_from(["new", "另", "new-2"])),
        st.tuples(st.just("source"), st.sampled_from(["s1", "s2"])),
        st.tuples(st.just("entry"), st.sampled_from(["stages", "industries"])),
        st.tuples(st.just("title"), st.sampled_from(["T", "另"])),
    )
    return draw(st.lists(st.lists(one, min_size=1, max_size=3), max_size=3))


def opened(path: Path) -> Workspace:
    files = open_workspace.find_files(str(path), None, {"HOME": str(path.parent)}, path)
    workspace, _ = open_workspace.open_workspace(files)
    return workspace


def facts_of(dataset: Dataset) -> list[tuple[str, Project, dict[str, str]]]:
    """Everything that a dataset says of its projects, in their order."""
    return [
        (key, project._replace(other=()), dict(project.other))
        for key, project in dataset.projects.items()
    ]


def edits_of(workspace: Workspace, made: Made, key: str) -> list[Edit]:
    kind, what = made
    project = workspace.dataset.projects[key]
    change: AnyChange
    match kind:
        case "set":
            steps = [
                SetFact(name, dump_fact(project, name), plain)
                for name, plain in dict(what).items()
            ]
            change = ChangeFacts(tuple(steps))
        case "add":
            change = ChangeFacts((AddItems(what[0], (what[1],)),))
        case "remove":
            change = ChangeFacts((RemoveItems(what[0], (what[1],)),))
        case "project":
            record = {"id": what, "name": '新 "X"', "investment": 5, "events": [EVENT]}
            return [Edit(what, AddProject(record))]
        case "source":
            record = {"id": what, "title": "T", "date": date(2026, 1, 2)}
            return [Edit(DATASET, AddSource(record))]
        case "entry":
            if "late" in getattr(workspace.dataset, what):
                return []
            entry = {"id": "late", "name": "Late", "name_zh": "晚"}
            return [Edit(DATASET, SetEntry(what, "late", None, entry))]
        case "title":
            known = workspace.dataset.sources.get("cd")
            if known is None:
                return []
            old = {"id": "cd", "title": known.title}
            return [
                Edit(DATASET, SetEntry("sources", "cd", old, {**old, "title": what}))
            ]
        case _:
            change = AddTags((what,))
    return [Edit(key, change)]


@pytest.mark.parametrize("size", [incremental.LARGE, 1])
@examples(40)
@given(st.sampled_from(TEXTS), transactions(), st.sampled_from("ab"), st.booleans())
def test_what_is_made_and_undone_leaves_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    size: int,
    text: str,
    made: list[list[Made]],
    key: str,
    saved_each: bool,
) -> None:
    with (  # whether the projects of the file are read on demand
        patch.object(incremental, "LARGE", size),
        patch.object(store, "LARGE", size),
    ):
        make_and_undo(tmp_path_factory, text, made, key, saved_each=saved_each)


def make_and_undo(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    made: list[list[Made]],
    key: str,
    *,
    saved_each: bool,
) -> None:
    path = tmp_path_factory.mktemp("facts") / "projects.toml"
    path.write_bytes(text.encode())
    workspace = opened(path)
    for group in made:
        known: dict[tuple[str, Any], Edit] = {}
        for each in group:
            if each[0] == "set":  # its base is what is shown
                workspace.apply(
                    Transaction("set", tuple(edits_of(workspace, each, key)))
                )
                continue
            for edit in edits_of(workspace, each, key):
                name = each[0] if each[0] == "title" else str(each)
                known[edit.key, name] = edit
        workspace.apply(Transaction("step", tuple(known.values())))
        if saved_each:
            workspace.save_now()
            assert not workspace.last_refused
    shown = workspace.dataset
    workspace.save_now()
    # what is shown is what the file says
    for seen in (workspace.dataset, opened(path).dataset):
        assert facts_of(seen) == facts_of(shown)
        for name in ("sources", "stages", "industries"):
            assert dict(getattr(seen, name)) == dict(getattr(shown, name))
    while workspace.undo():
        if saved_each:
            workspace.save_now()
    workspace.save_now()
    assert path.read_bytes() == text.encode()
    workspace.close()


def change(*steps: FactStep) -> ChangeFacts:
    return ChangeFacts(steps)


MOVE = change(
    AddItems("events", (EVENT,)),
    SetFact("stage", "planned", "signed"),
    SetFact("stage_date", None, date(2026, 3, 8)),
    AddItems("sources", ("s1",)),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "projects.toml"
    file.write_text(HEAD + PLAIN)
    return file


def project(path: Path, key: str) -> dict[str, Any]:
    projects = tomli.loads(path.read_text())["projects"]
    found: dict[str, Any] = next(each for each in projects if each["id"] == key)
    return found


def test_moving_to_a_stage_is_one_step_that_changes_only_its_lines(path: Path) -> None:
    workspace = opened(path)
    source = AddSource({"id": "s1", "title": "Daily"})
    workspace.apply(Transaction("move", (Edit(DATASET, source), Edit("a", MOVE))))
    workspace.save_now()
    old, new = (HEAD + PLAIN).splitlines(), path.read_text().splitlines()
    assert [line for line in new if line not in old] == [
        'id = "s1"',
        'title = "Daily"',
        'stage = "signed"  # as of May',
        "stage_date = 2026-03-08",
        'sources = ["cd", "s1"]',
        'events = [{ date = 2026-03-08, what = "Signed 浑南", stage = "signed" }]',
    ]
    assert workspace.undo() == "move"
    workspace.save_now()
    assert path.read_text() == HEAD + PLAIN
    assert workspace.redo() == "move"
    workspace.save_now()
    assert project(path, "a")["stage"] == "signed"
    workspace.close()
    later = opened(path)  # the next start knows what to take back
    assert later.undo() == "move"
    later.save_now()
    assert tomli.loads(path.read_text()) == tomli.loads(HEAD + PLAIN)


@pytest.mark.parametrize("kept", ["stage", "events"])
def test_a_fact_that_others_have_changed_is_not_overwritten(
    path: Path, kept: str
) -> None:
    workspace = opened(path)
    workspace.apply(Transaction("move", (Edit("a", MOVE), Edit("b", AddTags(("x",))))))
    path.write_text(path.read_text().replace('"planned"', '"built"'))
    report = workspace.save_now()
    assert project(path, "a")["stage"] == "built"
    assert kept == "stage" or kept not in project(path, "a")  # all of it, or nothing
    assert project(path, "b")["tags"] == ["watch", "x"]
    (message,) = report.messages
    assert "a: Stage was changed elsewhere in the meantime" in message
    draft = workspace.drafts.get("a")
    assert draft is not None
    assert "Stage: signed" in draft.text
    assert workspace.dataset.projects["a"].stage == "built"


def test_different_facts_of_two_writers_both_survive(path: Path) -> None:
    one, two = opened(path), opened(path)
    event = {"what": "Other", "stage": "signed"}
    edits = (Edit("a", change(AddItems("events", (event,)), SetFact("jobs", None, 3))),)
    one.apply(Transaction("one", (Edit("a", MOVE),)))
    two.apply(Transaction("two", edits))
    one.save_now()
    two.save_now()
    now = project(path, "a")
    assert (now["stage"], now["jobs"]) == ("signed", 3)
    assert now["events"] == [EVENT, event]


def test_undo_leaves_what_others_have_changed_since(path: Path) -> None:
    workspace = opened(path)
    workspace.apply(Transaction("move", (Edit("a", MOVE),)))
    workspace.save_now()
    theirs = path.read_text().replace('stage = "signed"  #', 'stage = "built"  #')
    path.write_text(theirs)
    loaded = workspace.store.poll()
    assert loaded is not None
    workspace.load(loaded)
    assert not workspace.undo()
    assert "Left as it is on a" in workspace.last_refused[0]
    workspace.save_now()
    assert path.read_text() == theirs


def test_what_the_schema_does_not_know_stays_in_a_changed_element(path: Path) -> None:
    workspace = opened(path)
    old = {"name": "X", "role": "developer"}
    new = {"name": "X", "role": "investor"}
    edit = Edit("b", change(ChangeItem("parties", old, new)))
    workspace.apply(Transaction("party", (edit,)))
    workspace.save_now()
    parties = '[{ name = "X", role = "investor", tel = "1" }]'
    assert f"parties = {parties}" in path.read_text()


def test_a_project_that_was_edited_since_is_not_removed_by_undo(path: Path) -> None:
    workspace = opened(path)
    added = Edit("n", AddProject({"id": "n", "name": "N"}))
    workspace.apply(Transaction("add N", (added,)))
    workspace.save_now()
    path.write_text(path.read_text() + 'place = "here"\n')
    loaded = workspace.store.poll()
    assert loaded is not None
    workspace.load(loaded)
    assert not workspace.undo()
    assert project(path, "n")["place"] == "here"


def test_an_id_that_others_have_taken_is_told_and_the_project_kept(path: Path) -> None:
    one, two = opened(path), opened(path)
    for workspace, name in ((one, "One"), (two, "Two")):
        added = Edit("n", AddProject({"id": "n", "name": name}))
        workspace.apply(Transaction("add", (added,)))
    one.save_now()
    report = two.save_now()
    assert project(path, "n")["name"] == "One"
    assert "Another project has this id now" in report.messages[0]
    draft = two.drafts.get("n")
    assert draft is not None
    assert "Name: Two" in draft.text


class TestEntries:
    """Lists that projects refer to: stages, industries, sources, fields."""

    def test_fields_are_added_and_taken_back(self, path: Path) -> None:
        before = path.read_bytes()
        workspace = opened(path)
        entry = {"id": "plan", "name": "Plan", "type": "amount"}
        edit = Edit(DATASET, SetEntry("fields", "plan", None, entry))
        workspace.apply(Transaction("import", (edit,)))
        workspace.save_now()
        assert tomli.loads(path.read_text())["fields"] == [entry]
        workspace.undo()
        workspace.save_now()
        assert path.read_bytes() == before

    def test_one_that_others_have_changed_is_told_and_left(self, path: Path) -> None:
        workspace = opened(path)
        path.write_text(path.read_text().replace("China Daily", "Theirs"))
        old = {"id": "cd", "title": "China Daily"}
        edit = Edit(DATASET, SetEntry("sources", "cd", old, {**old, "title": "Ours"}))
        workspace.apply(Transaction("import", (edit,)))
        workspace.save_now()
        assert 'title = "Theirs"' in path.read_text()

    def test_one_in_use_is_not_taken_back(self, path: Path) -> None:
        workspace = opened(path)
        entry = {"id": "late", "name": "Late"}
        edit = Edit(DATASET, SetEntry("stages", "late", None, entry))
        workspace.apply(Transaction("import", (edit,)))
        workspace.save_now()
        used = path.read_text().replace('stage = "planned"', 'stage = "late"')
        path.write_text(used)
        workspace.undo()
        workspace.save_now()
        assert path.read_text() == used


class TestRefused:
    def test_where_a_notes_file_takes_the_edits(self, path: Path) -> None:
        opened = Store(path, path.with_name("notes.toml"))
        opened.load()
        assert "copy" in opened.explain_no_facts()
        edits = (Edit("a", MOVE), Edit("a", AddTags(("x",))))
        saved = opened.save([PendingTransaction(1, edits)])
        assert [each.edit.change for each in saved.results[1].refused] == [MOVE]
        assert project(path, "a")["stage"] == "planned"

    def test_where_projects_are_no_tables(self, path: Path) -> None:
        path.write_text('projects = [{ id = "a", name = "A" }]\n')
        workspace = opened(path)
        with pytest.raises(SaveError):
            workspace.apply(Transaction("move", (Edit("a", MOVE),)))
        assert not workspace.status.unsaved

    def test_where_the_key_is_written_in_parts(self, path: Path) -> None:
        path.write_text(HEAD + '[[projects]]\nid = "a"\nname = "A"\nx.y = 1\n')
        workspace = opened(path)
        before = path.read_bytes()
        shown = dump_fact(workspace.dataset.projects["a"], "x")
        edit = Edit("a", change(SetFact("x", shown, "new")))
        workspace.apply(Transaction("x", (edit,)))
        report = workspace.save_now()
        assert "written in parts" in report.messages[0]
        assert path.read_bytes() == before


edits = st.one_of(
    scalars.map(lambda each: change(SetFact(each[0], None, each[1]))),
    items.map(lambda each: change(AddItems(each[0], (each[1],)))),
    items.map(lambda each: change(RemoveItems(each[0], (each[1], each[1])))),
    items.map(lambda each: change(ChangeItem(each[0], each[1], EVENT))),
    st.just(AddProject({"id": "n", "name": "N", "events": [EVENT], "at": AT})),
    st.just(AddSource({"id": "s", "title": "浑\n南"})),
    st.just(SetEntry("stages", "s", None, {"id": "s", "name": "浑\n南"})),
    st.just(SetEntry("sources", "s", {"id": "s", "date": date(2026, 1, 2)}, None)),
)


@given(edits)
def test_an_edit_of_facts_survives_json(change: AnyChange) -> None:
    edit = Edit("p", change)
    assert parse_edit(dump_edit(edit)) == edit


def test_what_a_crash_left_is_recovered_in_order(path: Path) -> None:
    workspace = opened(path)
    made = [
        Edit(DATASET, AddSource({"id": "s1", "title": "Daily"})),
        Edit("n", AddProject({"id": "n", "name": "N"})),
        Edit("n", change(AddItems("sources", ("s1",)))),
        Edit("n", AddTags(("x",))),
        Edit("a", MOVE),
    ]
    for edit in made:
        workspace.apply(Transaction("step", (edit,)))
    workspace.close()  # as a process that ends before the save leaves it
    later = opened(path)
    later.save_now()
    assert project(path, "n") == {
        "id": "n",
        "name": "N",
        "sources": ["s1"],
        "tags": ["x"],
    }
    assert project(path, "a")["stage"] == "signed"
    assert {source["id"] for source in tomli.loads(path.read_text())["sources"]} == {
        "cd",
        "s1",
    }
