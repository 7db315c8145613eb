"""Laws of changes of facts: made twice they are made once, and undo takes them back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeFacts,
    ChangeItem,
    FactConflictError,
    FactsEditor,
    FactStep,
    RemoveItems,
    SetFact,
    describe_change,
)
from hunnan_tui.core.fact_origin import make_origin_steps, make_set_steps, move_to_stage
from hunnan_tui.core.fact_values import dump_fact
from hunnan_tui.core.model import Event, Fact, Party, Project, Stage

VALUES: dict[str, list[Any]] = {
    "stage": [None, "signed", "built"],
    "investment": [None, 5, 7],
    "stage_date": [None, date(2026, 3, 8), "2026-03"],
    "industries": [None, ["it"], ["it", "gas"]],
    "leader": [None, "张三", 5],
    "jobs": [None, 3],
}
ITEMS: dict[str, list[Any]] = {
    "parties": [{"name": "A"}, {"name": "A", "role": "developer"}, {"name": "B"}],
    "events": [{"what": "x"}, {"what": "x", "date": date(2026, 1, 1)}],
    "facts": [{"label": "L", "value": "1"}, {"label": "L", "value": "2"}],
    "sources": ["s", "t"],
}
projects = st.builds(
    lambda stage, amount, parties, events, facts, sources: Project(
        "p",
        "p",
        "P",
        stage=stage,
        investment=amount,
        parties=parties,
        events=events,
        facts=facts,
        sources=sources,
        other=(("leader", "张三"),),
    ),
    st.sampled_from(["", "signed"]),
    st.sampled_from([None, 5]),
    st.sampled_from([(), (Party("A"),), (Party("B"), Party("A", "developer"))]),
    st.sampled_from([(), (Event("x"),)]),
    st.sampled_from([(), (Fact("L", "1"),)]),
    st.sampled_from([(), ("s",), ("t", "s")]),
)
keyed = st.sampled_from([*VALUES.items()]).flatmap(
    lambda item: st.tuples(st.just(item[0]), *[st.sampled_from(item[1])] * 2)
)
listed = st.sampled_from([*ITEMS.items()]).flatmap(
    lambda item: st.tuples(st.just(item[0]), *[st.sampled_from(item[1])] * 2)
)
steps: st.SearchStrategy[FactStep] = st.one_of(
    keyed.map(lambda made: SetFact(*made)),
    listed.map(lambda made: AddItems(made[0], made[1:])),
    listed.map(lambda made: RemoveItems(made[0], made[1:2])),
    listed.map(lambda made: ChangeItem(*made)),
)
changes = st.lists(steps, min_size=1, max_size=3).map(
    lambda made: ChangeFacts(tuple(made))
)


def apply(change: ChangeFacts, project: Project) -> tuple[Project, list[ChangeFacts]]:
    """What a change makes of a project, and what undoes it."""
    editor = FactsEditor(project)
    undo = change.apply_to(editor)
    return editor.project, list(undo)


def sort_items(project: Project) -> Project:
    """The project without the order of its lists, which undo does not promise here."""
    lists: dict[str, Any] = {n: tuple(sorted(getattr(project, n))) for n in ITEMS}
    return project._replace(**lists, other=tuple(sorted(project.other)))


@given(projects, steps)
def test_a_step_made_twice_is_made_once(project: Project, step: FactStep) -> None:
    try:
        once, _ = apply(ChangeFacts((step,)), project)
    except FactConflictError:
        return
    assert apply(ChangeFacts((step,)), once) == (once, [])


@example(
    Project("p", "p", "P"),
    ChangeFacts((AddItems("sources", ("t", "t")), ChangeItem("sources", "t", "s"))),
)
@given(projects, changes)
def test_undo_takes_back_what_a_change_did(
    project: Project, change: ChangeFacts
) -> None:
    try:
        changed, undo = apply(change, project)
    except FactConflictError:
        return
    assert len(undo) <= 1
    back = changed
    for each in undo:
        back, _ = apply(each, back)
    assert sort_items(back) == sort_items(project)


@given(projects, changes)
def test_a_change_that_meets_a_conflict_changes_nothing(
    project: Project, change: ChangeFacts
) -> None:
    editor = FactsEditor(project)
    last = ChangeFacts((*change.steps, SetFact("place", "not this", "new")))
    with pytest.raises(FactConflictError):
        last.apply_to(editor)
    assert (editor.project, editor.changed) == (project, {})
    assert "Place: new" in describe_change(last)


def test_own_knowledge_gives_way_to_a_source_and_back() -> None:
    project = Project("p", "p", "P")
    values = {"investment": 5, "industries": ["it"], "url": "https://example.org"}

    def set_by(source: str, project: Project) -> Project:
        keys = dict.fromkeys(values, True)
        origin = make_origin_steps(project, keys, source)
        change = ChangeFacts((*make_set_steps(project, values), *origin))
        return apply(change, project)[0]

    own = set_by("", project)
    assert (own.user_facts, own.industries_basis) == (("investment",), "user")
    sourced = set_by("s", own)
    assert (sourced.user_facts, sourced.sources) == ((), ("s",))
    assert sourced.industries_basis == "stated"
    gone = make_origin_steps(own, {"investment": False}, "")
    assert apply(ChangeFacts(gone), own)[0].user_facts == ()


def test_what_a_source_said_of_an_amount_goes_with_it() -> None:
    project = Project(
        "p", "p", "P", investment=5, investment_usd=7, investment_text="5 yuan"
    )
    values = {"investment": 6, "investment_usd": None, "investment_qualifier": None}
    changed, _ = apply(ChangeFacts(make_set_steps(project, values)), project)
    assert (changed.investment, changed.investment_usd) == (6, None)
    assert changed.investment_text == ""
    assert make_set_steps(project, {**values, "investment": 5}) == ()
    dollars = {"investment": None, "investment_usd": 9, "investment_qualifier": None}
    changed, _ = apply(ChangeFacts(make_set_steps(project, dollars)), project)
    assert (changed.investment, changed.investment_usd) == (5, 9)


def test_a_move_to_a_stage_says_all_of_it() -> None:
    project = Project("p", "p", "P", stage="planned", user_facts=("stage",))
    change = move_to_stage(project, Stage("signed", "Signed"), "2026-03", "", "s")
    moved, _ = apply(change, project)
    assert (moved.stage, moved.stage_date) == ("signed", "2026-03")
    assert moved.events == (Event("Signed", "2026-03", "signed", "s"),)
    assert (moved.sources, moved.user_facts) == (("s",), ())
    assert apply(change, moved) == (moved, [])
    built = Stage("built", "Built")
    stages = {"signed": Stage("signed", "Signed"), "built": built}
    again, _ = apply(move_to_stage(moved, built, "2027", "", "s", stages), moved)
    assert [event.stage for event in again.events] == ["signed", "built"]
    own, _ = apply(
        move_to_stage(project, Stage("signed", "Signed"), "2026-03-08", "By phone", ""),
        project,
    )
    assert own.events[0].basis == "user"
    assert dump_fact(own, "stage_date") == date(2026, 3, 8)


def test_the_day_of_the_stage_that_is_left_is_not_lost() -> None:
    project = Project(
        *("p", "p", "P"),
        stage="signed",
        stage_date="2026-03",
        user_facts=("stage",),
    )
    stages = {name: Stage(name, name.capitalize()) for name in ("signed", "built")}
    change = move_to_stage(project, stages["built"], "2026-11-28", "", "", stages)
    moved, undo = apply(change, project)
    assert moved.events == (
        Event("Signed", "2026-03", "signed", "", "user"),
        Event("Built", "2026-11-28", "built", "", "user"),
    )
    assert undo
