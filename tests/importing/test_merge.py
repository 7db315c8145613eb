"""What a table changes in a dataset: laws of the merge, and its cases one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunnan_tui.importing.merge import plan_merge
from hunnan_tui.importing.merge_values import (
    UNTOUCHED,
    Change,
    Conflict,
    merge_records,
)

SOME = settings(max_examples=150, deadline=None)
Record = dict[str, Any]

_TEXTS = st.sampled_from(("a", "b", "c"))
_EVENTS = st.lists(
    st.fixed_dictionaries(
        {"date": st.sampled_from(("2023", "2024-01")), "what": _TEXTS},
        optional={"source": _TEXTS},
    ),
    min_size=1,
    max_size=3,
)
_PARTIES = st.lists(
    st.fixed_dictionaries({"name": _TEXTS, "role": _TEXTS}), min_size=1, max_size=3
)
RECORDS: st.SearchStrategy[Record] = st.fixed_dictionaries(
    {"name": _TEXTS},
    optional={
        "investment": st.integers(1, 3),
        "investment_qualifier": st.just("about"),
        "stage": _TEXTS,
        "industries": st.lists(_TEXTS, min_size=1, max_size=2),
        "annual_plan": st.integers(1, 3),
        "events": _EVENTS,
        "parties": _PARTIES,
        "tags": st.lists(_TEXTS, min_size=1, max_size=2),
        "sources": st.lists(_TEXTS, min_size=1, max_size=2),
        "caveat": _TEXTS,
    },
)


def applied(file: Mapping[str, Any], changes: tuple[Change, ...]) -> Record:
    made = dict(file)
    for key, old, new in changes:
        assert made.get(key) == old
        if new is None:
            del made[key]
        else:
            made[key] = new
    return made


def facts(record: Mapping[str, Any]) -> dict[str, Any]:
    """What an import may change; the order of events and parties says nothing."""
    return {
        key: Counter(map(str, (sorted(each.items()) for each in value)))
        if key in ("events", "parties")
        else value
        for key, value in record.items()
        if key not in UNTOUCHED
    }


class TestLaws:
    @SOME
    @given(RECORDS, RECORDS)
    def test_an_untouched_file_follows_the_table(
        self, base: Record, table: Record
    ) -> None:
        merge = merge_records(base, table, base)
        assert not merge.conflicts
        assert facts(applied(base, merge.changes)) == facts(table)

    @SOME
    @given(RECORDS, RECORDS)
    def test_without_news_the_file_stays(self, base: Record, file: Record) -> None:
        assert merge_records(base, base, file) == ((), ())

    @SOME
    @given(RECORDS, RECORDS)
    def test_what_both_say_is_no_change(self, base: Record, file: Record) -> None:
        assert merge_records(base, file, file) == ((), ())

    @SOME
    @given(RECORDS, RECORDS, RECORDS)
    def test_the_readers_own_is_never_touched(
        self, base: Record, table: Record, file: Record
    ) -> None:
        merge = merge_records(base, table, file)
        assert UNTOUCHED.isdisjoint(change.key for change in merge.changes)
        assert UNTOUCHED.isdisjoint(conflict.key for conflict in merge.conflicts)
        made = applied(file, merge.changes)
        for key in ("name", "annual_plan"):
            if base.get(key) != file.get(key):
                assert made.get(key) == file.get(key)

    @SOME
    @given(st.none() | RECORDS, RECORDS, RECORDS)
    def test_the_same_table_again_changes_nothing(
        self, base: Record | None, table: Record, file: Record
    ) -> None:
        made = applied(file, merge_records(base, table, file).changes)
        assert merge_records(table, table, made) == ((), ())

    @SOME
    @given(RECORDS, RECORDS)
    def test_without_a_base_only_gaps_are_filled(
        self, table: Record, file: Record
    ) -> None:
        for key, old, new in merge_records(None, table, file).changes:
            if key in ("events", "parties"):
                assert (new or [])[: len(old or [])] == (old or [])
            else:
                assert old is None


class TestFields:
    def test_an_amount_and_its_qualifier_are_one_field(self) -> None:
        base = {"name": "a", "investment": 3, "investment_qualifier": "about"}
        table = {"name": "a", "investment": 5}
        mine = {**base, "investment": 4}
        merge = merge_records(base, table, mine)
        assert merge.changes == ()
        assert merge.conflicts == (
            Conflict("investment", 3, 5, 4),
            Conflict("investment_qualifier", "about", None, "about"),
        )

    def test_a_day_of_the_file_is_that_of_the_table(self) -> None:
        from datetime import date

        base = {"name": "a", "events": [{"date": "2023-03-08", "what": "x"}]}
        file = {"name": "a", "events": [{"date": date(2023, 3, 8), "what": "x"}]}
        table = {"name": "a", "events": [{"date": "2023-04-01", "what": "x"}]}
        assert merge_records(base, base, file) == ((), ())
        (change,) = merge_records(base, table, file).changes
        assert change.new == table["events"]

    def test_what_was_added_to_an_event_stays_in_it(self) -> None:
        base = {"name": "a", "events": [{"date": "2023", "what": "x"}]}
        table = {"name": "a", "events": [{"date": "2024", "what": "x"}]}
        file = {
            "name": "a",
            "events": [
                {"date": "2022", "what": "mine"},
                {"date": "2023", "what": "x", "source": "gazette"},
            ],
        }
        (change,) = merge_records(base, table, file).changes
        assert change.new == [
            {"date": "2022", "what": "mine"},
            {"date": "2024", "what": "x", "source": "gazette"},
        ]

    def test_an_event_that_both_moved_is_a_conflict(self) -> None:
        base = {"name": "a", "events": [{"date": "2023", "what": "x"}]}
        table = {"name": "a", "events": [{"date": "2024", "what": "x"}]}
        file = {"name": "a", "events": [{"date": "2025", "what": "x"}]}
        merge = merge_records(base, table, file)
        assert merge.changes == ()
        assert merge.conflicts == (
            Conflict(
                "events", base["events"][0], table["events"][0], file["events"][0]
            ),
        )

    def test_a_party_that_is_gone_from_the_table_goes(self) -> None:
        both = [{"name": "x", "role": "r"}, {"name": "y", "role": "r"}]
        mine = {"name": "z", "role": "investor"}
        merge = merge_records(
            {"name": "a", "parties": both},
            {"name": "a", "parties": both[1:]},
            {"name": "a", "parties": [*both, mine]},
        )
        assert merge.changes[0].new == [both[1], mine]

    def test_what_is_no_list_of_tables_any_more_is_kept(self) -> None:
        table = {"name": "a", "events": [{"date": "2024", "what": "x"}]}
        merge = merge_records({"name": "a"}, table, {"name": "a", "events": "later"})
        assert merge.changes == ()
        assert [conflict.file for conflict in merge.conflicts] == ["later"]


def project(id: str, name: str, key: str = "", **values: Any) -> Record:
    return {"id": id, "name": name, "import_key": key or id, **values}


class TestPlan:
    def test_projects_are_changed_new_gone_and_unchanged(self) -> None:
        base = [project(f"p{n}", f"n{n}", stage="a") for n in range(6)]
        table = [each for each in base if each["id"] != "p5"]
        table[0] = {**table[0], "stage": "b"}
        table.append(project("p9", "n9"))
        by_key = {each["import_key"]: each for each in base}
        plan = plan_merge(by_key, table, base)
        assert [each.id for each in plan.changed] == ["p0"]
        assert plan.changed[0].changes == (Change("stage", "a", "b"),)
        assert [each["id"] for each in plan.new] == ["p9"]
        assert [each["id"] for each in plan.gone] == ["p5"]
        assert (plan.matched, plan.unchanged) == (5, 4)
        assert plan.why_many == ""
        assert plan.has_news

    def test_the_same_table_has_no_news(self) -> None:
        base = [project("p1", "a", stage="x")]
        mine = [{**base[0], "stage": "y", "tags": ["t"]}, project("own", "b")]
        plan = plan_merge({"p1": base[0]}, base, mine)
        assert not plan.has_news
        assert plan.changed == ()

    def test_an_id_stays_when_the_key_is_the_same(self) -> None:
        base = project("p1", "a", "k1")
        mine = {**base, "id": "renamed"}
        plan = plan_merge({"k1": base}, [{**base, "name": "b"}], [mine])
        assert [(each.id, each.changes) for each in plan.changed] == [
            ("renamed", (Change("name", "a", "b"),))
        ]

    def test_what_the_user_has_removed_stays_out(self) -> None:
        base = project("p1", "a", "k1")
        plan = plan_merge({"k1": base}, [base], [])
        assert plan.new == ()
        assert plan.removed == ("a",)

    def test_a_project_of_ones_own_is_known_by_its_id(self) -> None:
        own = {"id": "p1", "name": "a", "tags": ["t"]}
        table = project("p1", "a", "k1", stage="x")
        plan = plan_merge(None, [table], [own])
        assert plan.new == ()
        assert plan.changed[0].changes == (
            Change("stage", None, "x"),
            Change("import_key", None, "k1"),
        )

    def test_an_id_of_another_project_is_not_taken(self) -> None:
        plan = plan_merge({}, [project("p1", "b", "k2")], [project("p1", "a", "k1")])
        assert plan.new == ()
        assert [(each.id, each.other) for each in plan.taken] == [("p1", "k1")]

    def test_another_code_with_the_same_name_and_party_is_told(self) -> None:
        party = {"parties": [{"name": "Ｘ 公司", "role": "r"}]}
        same = {"parties": [{"name": "x 公司", "role": "other"}]}
        base = project("p1", "示例", "k1", **party)
        plan = plan_merge(
            {"k1": base},
            [project("p2", "示例", "k2", **same), project("p3", "示例", "k3")],
            [base],
        )
        assert [(each.new_id, each.id) for each in plan.alike] == [("p2", "p1")]
        assert len(plan.new) == 2  # told, never merged by itself
        plan = plan_merge(
            {"k1": base}, [project("p2", "示例", "k2", **same)], [base], {"k2": "p1"}
        )
        assert (plan.new, plan.gone) == ((), ())
        assert Change("import_key", "k1", "k2") in plan.changed[0].changes

    @pytest.mark.parametrize(
        ("gone", "new", "many"),
        [(1, 0, False), (2, 0, True), (0, 5, False), (0, 6, True)],
    )
    def test_another_table_is_noticed(self, gone: int, new: int, many: bool) -> None:
        base = [project(f"p{n}", f"n{n}") for n in range(5)]
        table = base[gone:] + [project(f"q{n}", f"m{n}") for n in range(new)]
        plan = plan_merge({each["id"]: each for each in base}, table, base)
        assert bool(plan.why_many) == many

    def test_an_empty_dataset_takes_any_table(self) -> None:
        assert plan_merge(None, [project("p1", "a")], []).why_many == ""

    def test_without_a_base_those_of_the_same_source_are_gone(self) -> None:
        there = [project(f"p{n}", f"n{n}", sources=["t"]) for n in range(5)]
        other = project("x", "other", sources=["u"])
        plan = plan_merge(None, there[1:], [*there, other])
        assert [each["id"] for each in plan.gone] == ["p0"]
