"""What an edit of a fact changes, with who says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hunnan_tui.analysis.fact_edits import (
    list_key_texts,
    make_record,
    make_steps,
)
from hunnan_tui.core.apply_changes import apply_edits
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.fact_changes import ChangeFacts
from hunnan_tui.core.fact_values import dump_fact
from hunnan_tui.core.model import Project
from hunnan_tui.dataset.parser import parse

TODAY = date(2026, 11, 23)
DATASET = parse(
    """
[dataset]
currency = "CNY"
[[industries]]
id = "it"
name = "Information"
[[stages]]
id = "planned"
name = "Planned"
[[stages]]
id = "signed"
name = "Signed"
name_zh = "签约"
[[projects]]
id = "a"
name = "A"
stage = "planned"
investment = 3_000_000_000
investment_usd = 400_000_000
investment_text = "three billion yuan"
industries = ["it"]
industries_basis = "inferred"
parties = [{ name = "AECC", role = "developer" }, { name = "Town" }]
events = [
  { date = "2025-03", what = "Planned", stage = "planned" },
  { date = 2024-01-02, what = "Seen", source = "s" },
]
facts = [{ label = "Area", value = "12 ha", basis = "inferred" }]
sources = ["s"]
leader = "李工"
floors = 3
[[projects]]
id = "b"
name = "B"
""".encode(),
    "x.toml",
).dataset
A, B = DATASET.projects["a"], DATASET.projects["b"]


def sort_items(project: Project) -> Project:
    return project._replace(
        parties=tuple(sorted(project.parties)),
        events=tuple(sorted(project.events)),
        facts=tuple(sorted(project.facts)),
    )


def edit(
    name: str, typed: dict[str, str], source: str = "", project: Project = A
) -> dict[str, Any]:
    """Return the plain values that an edit changes; the undo gives the old ones back."""
    steps = make_steps(name, typed, project, DATASET, TODAY, source)
    result = apply_edits(DATASET, [Edit(project.key, ChangeFacts(steps))])
    assert not result.refused
    new = result.dataset.projects[project.key]
    back = apply_edits(result.dataset, result.undo).dataset.projects[project.key]
    # what was taken out of a list comes back behind the others
    assert sort_items(back) == sort_items(project)
    keys = {step.key for step in steps}
    return {key: dump_fact(new, key) for key in keys}


def test_an_amount_loses_the_words_for_another_one() -> None:
    assert edit("investment", {"investment": "约5bn"}, "s") == {
        "investment": 5_000_000_000,
        "investment_qualifier": "about",
        "investment_usd": None,
        "investment_text": None,
        "sources": ["s"],
    }
    assert edit("investment", {"investment": "over 3bn"}, "t") == {
        "investment_qualifier": "over",
        "sources": ["s", "t"],
    }


def test_what_nobody_changed_is_no_step() -> None:
    names = ("investment", "stage", "industry", "party 0", "name", "leader", "event 0")
    for name in names:
        typed = list_key_texts(name, A)
        source = typed.pop("source", "")
        steps = make_steps(name, typed, A, DATASET, TODAY, source)
        assert not steps or name == "event 0", name


def test_own_knowledge_is_noted_by_key() -> None:
    assert edit("district", {"district": "Hunnan"}) == {
        "district": "Hunnan",
        "user_facts": ["district"],
    }
    assert edit("district", {"district": ""}, "s") == {}
    assert edit("industry", {"industries": ""}) == {
        "industries": None,
        "industries_basis": None,
    }
    assert edit("industry", {"industries": "it"}, "s", B) == {
        "industries": ["it"],
        "industries_basis": "stated",
        "sources": ["s"],
    }
    assert edit("name", {"name": "A2"}) == {"name": "A2"}


def test_parties_events_and_facts_are_changed_where_they_stand() -> None:
    assert edit("party 1", {"name": "Town", "role": "owner"}, "s")["parties"] == [
        {"name": "AECC", "role": "developer"},
        {"name": "Town", "role": "owner"},
    ]
    assert edit("party 0", {"name": "", "role": ""})["parties"] == [{"name": "Town"}]
    events = edit(
        "event 0", {"date": "2025-04", "what": "Planned", "stage": "签约", "source": ""}
    )["events"]
    assert {
        "date": "2025-04",
        "what": "Planned",
        "stage": "signed",
        "basis": "user",
    } in events
    assert len(events) == 2
    assert edit("fact new", {"label": "Floors", "value": "3"}, "s")["facts"][1] == {
        "label": "Floors",
        "value": "3",
        "source": "s",
    }


def test_fields_of_ones_own_keep_their_type() -> None:
    assert edit("floors", {"floors": "4"})["floors"] == "4"  # as it is shown
    steps = make_steps("floors", {"floors": "4"}, A, DATASET, TODAY, "")
    assert steps[0].new == 4  # type: ignore[union-attr]
    steps = make_steps("floors", {"floors": "four"}, A, DATASET, TODAY, "")
    assert steps[0].new == "four"  # type: ignore[union-attr]
    steps = make_steps("leader", {"leader": "12"}, A, DATASET, TODAY, "")
    assert steps[0].new == "12"  # type: ignore[union-attr]


def test_a_new_project_has_its_keys_in_the_order_of_the_schema() -> None:
    typed = {
        "name": "浑南",
        "id": "hunnan",
        "party": "developer：鞍钢",
        "stage": "签约",
        "stage_date": "2026年3月8日",
        "investment": "",
        "industries": "it",
    }
    record = make_record(typed, DATASET, TODAY, "")
    assert list(record.items()) == [
        ("id", "hunnan"),
        ("name", "浑南"),
        ("industries", ["it"]),
        ("industries_basis", "user"),
        ("stage", "signed"),
        ("stage_date", date(2026, 3, 8)),
        ("parties", [{"name": "鞍钢", "role": "developer"}]),
        ("user_facts", ["parties", "stage"]),
    ]
    assert make_record(typed, DATASET, TODAY, "s")["sources"] == ["s"]


def test_a_source_can_be_named_for_what_is_known_already() -> None:
    assert edit("stage", {"stage": "planned", "stage_date": ""}, "t") == {
        "sources": ["s", "t"]
    }
    assert edit("stage", {"stage": "planned", "stage_date": ""}, "s") == {}
    own = A._replace(user_facts=("stage",))
    steps = make_steps("stage", {"stage": "planned"}, own, DATASET, TODAY, "s")
    assert [step.key for step in steps] == ["user_facts", "sources"]
