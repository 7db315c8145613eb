"""Who does what: own tasks, authors of events, and how they are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hunnan_tui.analysis.agenda import build_agenda
from hunnan_tui.core.changes import AddNeed, Edit
from hunnan_tui.core.fact_changes import AddItems, ChangeFacts
from hunnan_tui.core.fact_origin import sign_events
from hunnan_tui.core.model import Need
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.edit_json import dump_edit, parse_edit
from hunnan_tui.tui.dialogs.needs import parse_need
from tests.cli.conftest import Run, home, run  # noqa: F401 - fixtures

TODAY = date(2026, 11, 28)
DATASET, _ = parse(b"""
[[projects]]
id = "mine"
name = "Mine"
follow_up_owner = "\xe6\x9d\x8e"
follow_up = 2026-11-28
needs = [{ kind = "energy", state = "open" }]
[[projects]]
id = "others"
name = "Of Ann"
follow_up_owner = "Ann"
follow_up = 2026-11-28
needs = [{ kind = "energy", state = "open" }, { kind = "labour", owner = "Bo" }]
events = [{ what = "Called", date = 2026-11-01, basis = "user", by = "Ann" }]
[[projects]]
id = "nobody"
name = "Of nobody"
follow_up = 2026-11-28
[[projects]]
id = "lent"
name = "Lent"
follow_up_owner = "Ann"
needs = [{ kind = "energy", state = "open", owner = "\xe6\x9d\x8e" }]
[[projects.notes]]
text = "Hello"
by = "\xe6\x9d\x8e\xe9\x9b\xb7"
""")


@pytest.mark.parametrize(
    ("owner", "due", "needs"),
    [
        ("", {"mine", "others", "nobody"}, {"mine", "others", "lent"}),
        ("李", {"mine", "nobody"}, {"mine", "lent"}),
        ("Bo", {"nobody"}, {"others"}),
        ('"x" OR', {"nobody"}, set()),
    ],
)
def test_ones_own_work_is_what_is_nobody_elses(
    owner: str, due: set[str], needs: set[str]
) -> None:
    sections = build_agenda(Index(DATASET), TODAY, 90, owner=owner)
    listed = {part.title: {task.key for task in part.tasks} for part in sections}
    assert listed.get("Due today", set()) == due
    assert listed.get("Open needs", set()) == needs


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("by:李", {"lent"}),
        ("by:ann", {"others"}),
        ("记录人:李", {"lent"}),
        ("follow_up_owner=李", {"mine"}),
        ("need_owner:李", {"mine", "lent"}),
        ("no:by", {"mine", "nobody"}),
    ],
)
def test_a_query_asks_who(query: str, found: set[str]) -> None:
    index = Index(DATASET)
    parsed = index.parse(query, today=TODAY)
    assert not parsed.has_error
    assert set(index.find_keys(parsed)) == found


def test_the_list_counts_for_each_person() -> None:
    index = Index(DATASET)
    groups = index.make_groups(
        index.compute_mask(index.parse("", today=TODAY)), "by", ()
    )
    assert [(group.value, group.count.projects) for group in groups] == [
        ("Ann", 1),
        ("李雷", 1),
        ("", 2),
    ]


def test_a_new_event_without_a_source_says_who_knows_it() -> None:
    known, sourced = {"what": "Called", "basis": "user"}, {"what": "X", "source": "s"}
    change = ChangeFacts(
        (AddItems("events", (known, sourced)), AddItems("tags", ("a",)))
    )
    signed = sign_events(change, "李")
    assert signed.steps[0] == AddItems("events", ({**known, "by": "李"}, sourced))
    assert signed.steps[1] == change.steps[1]
    assert sign_events(change, "") == change


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("energy 110 kV @李", ("energy", "110 kV", "李")),
        ("用电：临时用电 @Ann ", ("energy", "临时用电", "Ann")),
        ("energy @李", ("energy", "", "李")),
        ("energy ask a@b.example", ("energy", "ask a@b.example", "")),
        ("energy @", ("energy", "@", "")),
        ("energy @two words", ("energy", "@two words", "")),
    ],
)
def test_an_owner_stands_behind_a_need(typed: str, need: tuple[str, str, str]) -> None:
    parsed = parse_need(typed, TODAY)
    assert parsed is not None
    assert (parsed.kind, parsed.what, parsed.owner) == need


@pytest.mark.parametrize("owner", ["", "李"])
def test_a_journal_keeps_the_owner_of_a_need(owner: str) -> None:
    edit = Edit("a", AddNeed(Need("energy", owner=owner)))
    plain = dump_edit(edit)
    assert ("owner" in plain["need"]) == bool(owner)  # earlier versions read it too
    assert parse_edit(plain) == edit


def test_the_agenda_is_printed_for_one_person(home: Path, run: Run) -> None:  # noqa: F811
    text = '[[projects]]\nid = "{0}"\nname = "{0}"\nfollow_up_owner = "{0}"\n'
    text += 'needs = [{{ kind = "energy" }}]\n'
    (home / "projects.toml").write_text(text.format("李") + text.format("Ann"))
    assert "energy" in run("agenda").out
    own = run("agenda", "--owner", "李").out
    assert "李" in own
    assert "Ann" not in own
