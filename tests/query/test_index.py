"""The order, the counts, the reasons and the completions of a query."""

from __future__ import annotations

import gc
import time
import weakref
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Need,
    Note,
    Project,
    Source,
    Stage,
)
from hunnan_tui.query.engine import bitmask, counts
from hunnan_tui.query.engine import sorting as order
from hunnan_tui.query.engine.completion import Completion, complete, find_typed_term
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.matches import Match
from hunnan_tui.query.engine.sums import Sums
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.fields import FIELDS
from hunnan_tui.query.language.parser import parse
from tests.query.cases import (
    ALL,
    BLANK,
    DATASET,
    GAS,
    HOSPITAL,
    PARK,
    TODAY,
    asked,
    keys,
)

INDEX = Index(DATASET)


def noted(**times: str) -> Dataset:
    """Return projects with a note of each time, by the names of the projects."""
    return Dataset(
        projects={
            key: Project(
                key,
                key,
                key,
                annotations=Annotations(notes=(Note("x", datetime.fromisoformat(at)),)),
            )
            for key, at in times.items()
        }
    )


def test_notes_of_different_zones_are_sorted_as_instants() -> None:
    index = Index(
        noted(
            early="2026-11-28T08:30+14:00",
            late="2026-11-27T23:00-05:00",
            middle="2026-11-27T20:00+00:00",
            first="0001-01-01T00:00+14:00",
        )
    )
    in_order = ["first", "early", "middle", "late"]
    assert list(index.find_keys(parse("sort:noted", today=TODAY))) == in_order
    assert list(index.find_keys(parse("sort:noted-", today=TODAY))) == in_order[::-1]
    later = noted(
        early="2026-11-28T23:30-05:00",
        late="2026-11-27T23:00-05:00",
        middle="2026-11-27T20:00+00:00",
        first="0001-01-01T00:00+14:00",
    )
    updated = index.update(later, ["early"])
    in_order = ["first", "middle", "late", "early"]
    assert list(updated.find_keys(parse("sort:noted", today=TODAY))) == in_order


def test_a_later_hour_of_the_same_day_changes_the_order() -> None:
    index = Index(noted(a="2026-11-28T08:30+00:00", b="2026-11-28T09:30+00:00"))
    query = parse("sort:noted", today=TODAY)
    assert list(index.find_keys(query)) == ["a", "b"]
    later = noted(a="2026-11-28T10:30+00:00", b="2026-11-28T09:30+00:00")
    assert list(index.update(later, ["a"]).find_keys(query)) == ["b", "a"]


def test_a_note_is_of_the_day_that_it_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        index = Index(
            noted(
                evening="2026-11-27T17:00+00:00",
                plain="2026-11-27T23:59",
                last="9999-12-31T23:00-14:00",
                morning="2026-11-29T05:00+14:00",
            )
        )

        def found(text: str) -> list[str]:
            return list(index.find_keys(parse(text, today=TODAY)))

        assert found("noted:2026-11-28") == ["evening", "morning"]
        assert found("noted:2026-11-27") == ["plain"]
        assert found("noted>2026-11-28") == ["last"]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_plain_words_find_needs_and_keys_of_the_users_own() -> None:
    annotations = Annotations(
        notes=(Note("x", extra={"mood": "sunny"}),),
        needs=(Need("energy", "110 kV feed", extra={"grid": "Łódź"}),),
    )
    project = Project("a", "a", "A", annotations=annotations, other=(("phase", "two"),))
    index = Index(Dataset(projects={"a": project}))
    for text in (
        "energy",
        '"110 kV"',
        "sunny",
        "mood",
        "lodz",
        "phase",
        '"phase: two"',
    ):
        query = parse(text, today=TODAY)
        assert list(index.find_keys(query)) == ["a"], text
        assert index.find_matches(query, "a"), text
    assert list(index.find_keys(parse("open", today=TODAY))) == []
    assert list(index.find_keys(parse("need:open need:energy", today=TODAY))) == ["a"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("invest-", [PARK, GAS, HOSPITAL, BLANK]),
        ("invest", [HOSPITAL, GAS, PARK, BLANK]),
        ("stage", [HOSPITAL, PARK, GAS, BLANK]),
        ("stage-", [GAS, PARK, HOSPITAL, BLANK]),
        ("name", [HOSPITAL, PARK, GAS, BLANK]),
        ("name_zh", [HOSPITAL, PARK, GAS, BLANK]),
        ("age-", [PARK, GAS, HOSPITAL, BLANK]),
        ("district,invest", [GAS, PARK, HOSPITAL, BLANK]),
        ("district-,invest-", [HOSPITAL, PARK, GAS, BLANK]),
        ("due", [GAS, PARK, HOSPITAL, BLANK]),
        ("industry", [GAS, PARK, HOSPITAL, BLANK]),
    ],
)
def test_sorting_is_by_value_with_missing_ones_last(
    sort: str, order: list[str]
) -> None:
    assert keys(f"sort:{sort}") == keys(f"排序：{sort}") == order


@pytest.mark.parametrize("field", FIELDS)
def test_the_list_can_be_sorted_by_every_field(field: str) -> None:
    assert sorted(keys(f"sort:{field}")) == sorted(ALL)


def test_a_project_is_found_by_the_kinds_of_its_sources() -> None:
    sources = {"a": Source("a", "", kind="media"), "b": Source("b", "", kind="copy")}
    projects = {
        key: Project(key, key, key, sources=tuple(key)) for key in ("a", "b", "ab", "c")
    }
    dataset = Dataset(sources=sources, projects=projects)
    assert keys("source_kind:media", dataset) == ["a", "ab"]
    assert keys("has:source -source_kind:media", dataset) == ["b", "c"]


def test_equal_projects_keep_the_order_of_the_file() -> None:
    projects = {key: Project(key, key, "same") for key in "cab"}
    assert keys("sort:name-", Dataset(projects=projects)) == ["c", "a", "b"]


def test_a_query_carries_its_order_groups_and_columns() -> None:
    query = asked("sort:invest-,name group:阶段 show:name,invest,stage gas")
    assert [key.field for key in query.sort] == ["invest", "name"]
    assert (query.group, query.show) == ("stage", ("name", "invest", "stage"))
    assert keys(query.text) == [GAS]


def test_counts_follow_the_list_and_tell_what_is_not_stated() -> None:
    found = INDEX.count_keys([GAS, HOSPITAL, BLANK])
    assert found.all == Count(3, 4 * 10**9, 1)
    assert found.get_count("industry", "manufacturing") == Count(1, 3 * 10**9, 0)
    assert found.get_count("industry", "it") == Count()
    assert found.get_count("industry", "") == Count(1, 0, 1)
    assert found.get_count("tag", "watch") == Count(1, 3 * 10**9, 0)
    assert found.get_count("source", "cd") == Count(1, 10**9, 0)


@given(st.lists(st.none() | st.integers(-(10**6), 10**20), max_size=20), st.data())
def test_a_sum_over_any_set_is_that_of_its_amounts(
    amounts: list[int | None], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.integers(0, len(amounts) - 1))) if amounts else set()
    mask = bitmask.from_positions(chosen, len(amounts))
    assert Sums(amounts).compute_sum(mask) == sum(
        amounts[place] or 0 for place in chosen
    )
    assert sorted(bitmask.list_positions(mask, len(amounts))) == sorted(chosen)


def test_frequent_and_rare_values_count_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = Index(DATASET).count_keys(ALL)
    monkeypatch.setattr(counts, "RARE", 0)
    assert Index(DATASET).count_keys(ALL) == rare


def test_a_reason_names_the_field_and_what_to_highlight() -> None:
    assert INDEX.find_matches(asked("gas"), GAS) == [
        Match("name", "Gas Turbine Base", ((0, 3),)),
        Match("id", "gas-base", ((0, 3),)),
    ]
    assert INDEX.find_matches(asked("zghf"), GAS) == [
        Match("name_zh", "中航发燃气轮机产业基地", ((0, 3),))
    ]
    assert INDEX.find_matches(asked("沈阳"), HOSPITAL) == [
        Match("name_zh", "瀋陽生命醫院", ((0, 2),))
    ]
    assert INDEX.find_matches(asked("/d.sign/ lot"), PARK) == [
        Match("note", "asked for the design lot", ((14, 20), (21, 24)))
    ]


def test_what_is_left_out_is_no_reason() -> None:
    assert INDEX.find_matches(asked("-gas party:aero"), GAS) == [
        Match("party", "Aero Engine Corporation of China", ((0, 4),))
    ]


def test_a_long_text_is_cut_around_the_place() -> None:
    summary = f"{'a ' * 100}needle{' b' * 100}"
    project = Project("x", "x", "X", summary=summary)
    index = Index(Dataset(projects={"x": project}))
    (match,) = index.find_matches(asked("needle"), "x")
    ((start, end),) = match.spans
    assert match.text[start:end] == "needle"
    assert match.text.startswith("…")
    assert match.text.endswith("…")
    assert len(match.text) < 120


def test_without_waiting_only_pinyin_is_left_out() -> None:
    index = Index(DATASET)
    query = parse("hangfa OR gas", today=TODAY)
    sound = parse("hangfa", today=TODAY)
    assert index.find_keys(sound, wait=False) == []
    assert index.find_keys(query, wait=False) == [GAS]
    index.prepare_pinyin()
    assert index.has_pinyin
    assert index.find_keys(sound, wait=False) == [GAS]


def test_an_edit_is_found_at_once() -> None:
    index = Index(DATASET)
    assert index.find_keys(asked("#call")) == []
    project = DATASET.projects[BLANK]
    edited = project._replace(annotations=project.annotations._replace(tags=("call",)))
    now = DATASET.with_projects({BLANK: edited})
    assert index.update(now, {BLANK}).find_keys(asked("#call")) == [BLANK]
    assert index.find_keys(asked("#call")) == []


def offered(text: str) -> list[Completion]:
    return complete(text, len(text), INDEX, INDEX.everything)


def inserted(text: str) -> list[str]:
    return [f"{text[: each.start]}{each.insert}" for each in offered(text)]


def test_names_are_completed_in_both_languages() -> None:
    assert inserted("indu") == ["industry:"]
    assert inserted("-行业") == ["-industry:"]
    assert inserted("gas (st") == ["gas (stage:", "gas (stage_date:"]
    assert "no:" in inserted("")
    assert inserted("gas O")[0] == "gas OR"


def test_values_are_completed_with_their_count_in_the_list() -> None:
    found = offered("stage:")
    assert [(each.insert, each.count) for each in found] == [
        ("planned", 1),
        ("signed", 1),
        ("construction", 1),
    ]
    found = complete("stage:", 6, INDEX, INDEX.compute_mask(asked(f"id:{PARK}")))
    assert [(each.insert, each.count) for each in found] == [
        ("signed", 1),
        ("planned", 0),
        ("construction", 0),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("industry:生", "industry:life"),
        ("industry:it,sm", "industry:it,life"),
        ("#reg", "#region/north"),
        ("#bi", '#"big one"'),
        ('tag:"big', 'tag:"big one"'),
        ("is:wa", "is:watched"),
        ("has:no", "has:note"),
        ("sort:inv", "sort:invest"),
        ("source:c", "source:cd"),
        ('"a b" stage:qy', '"a b" stage:signed'),
    ],
)
def test_what_is_typed_finds_its_completion(text: str, first: str) -> None:
    assert inserted(text)[0] == first
    assert not asked(inserted(text)[0]).has_error


def test_values_that_are_not_counted_yet_are_offered() -> None:
    offers = complete("stage:", 6, INDEX, None)
    assert [(offer.insert, offer.count) for offer in offers] == [
        ("planned", None),
        ("signed", None),
        ("construction", None),
    ]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("gas stage:si", "gas "),
        ("gas -stage:signed,pl", "gas "),
        ('(gas OR "two wo', "(gas OR "),
        ("gas ", "gas "),
        ("行业：x（y", "行业：x（"),
        ("", ""),
    ],
)
def test_the_term_that_is_being_typed_is_found(text: str, rest: str) -> None:
    assert text[: find_typed_term(text, len(text))] == rest


def test_what_follows_the_cursor_stays() -> None:
    (completion,) = complete("indu gas", 4, INDEX, INDEX.everything)
    assert (completion.start, completion.end) == (0, 4)


def test_a_word_in_an_unknown_field_has_no_completion() -> None:
    assert offered("nowhere:x") == []
    assert offered("invest>1") == []


def test_a_project_stands_in_one_group_and_subtotals_add_up() -> None:
    stages = {key: Stage(key, key.title()) for key in ("planned", "signed", "done")}
    projects = {
        key: Project(key, key, key, stage=stage, investment=amount, industries=several)
        for key, stage, amount, several in (
            ("a", "signed", 3, ("x", "y")),
            ("b", "", 9, ()),
            ("c", "planned", None, ("y", "x")),
            ("d", "signed", 5, ("y",)),
            ("e", "odd", 1, ("x",)),
        )
    }
    index = Index(Dataset(stages=stages, projects=projects))
    assert index.list_keys(index.everything, (), "stage") == ["c", "d", "a", "e", "b"]
    groups = index.make_groups(index.everything, "stage")
    assert [(group.value, group.start) for group in groups] == [
        ("planned", 0),
        ("signed", 1),
        ("odd", 3),
        ("", 4),
    ]
    assert groups[1].count == Count(2, 8, 0)
    turned = (SortKey("stage", descending=True), SortKey("name"))
    assert index.list_keys(index.everything, turned, "stage") == [
        "e",
        "a",
        "d",
        "c",
        "b",
    ]
    assert [
        group.start for group in index.make_groups(index.everything, "stage", turned)
    ] == [
        0,
        1,
        3,
        4,
    ]
    some = index.compute_mask(parse("industry:x", today=TODAY))
    assert index.list_keys(some, (), "industry") == ["a", "e", "c"]
    groups = index.make_groups(some, "industry")
    assert [(group.value, group.count.projects) for group in groups] == [
        ("x", 2),
        ("y", 1),
    ]


def test_what_cannot_be_grouped_by_is_said() -> None:
    query = asked("group:invest")
    assert query.group == ""
    assert "Groups are of industry, stage" in query.problems[0].message
    offered = {each.insert for each in complete("group:", 6, INDEX, None)}
    assert "stage" in offered
    assert "invest" not in offered


def test_an_order_by_pinyin_is_known_to_wait_for_it() -> None:
    index = Index(DATASET)
    by_sound = (SortKey("invest"), SortKey("name_zh"))
    assert index.can_sort((SortKey("name"),))
    assert not index.can_sort(by_sound)
    index.prepare_pinyin()
    assert index.can_sort(by_sound)


@pytest.mark.parametrize("field", ["invest", "name", "stage", "stage_date", "age"])
@pytest.mark.parametrize("descending", [False, True])
def test_very_many_are_sorted_in_parts_as_at_once(
    field: str, *, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sort = (SortKey(field, descending),)
    expected = list(INDEX.list_keys(INDEX.everything, sort))
    monkeypatch.setattr(order, "_BUCKET_SORT_MIN", 1)
    monkeypatch.setattr(order, "_BUCKETS", 2)
    index = Index(DATASET)
    assert list(index.list_keys(index.everything, sort)) == expected


def test_first_hits_wait_for_what_takes_long_to_make() -> None:
    index = Index(DATASET)
    index.prepare()
    for text in ("name:gas", "gas -note:x", "(is:noted OR due:<2027)", "has:fact"):
        query = asked(text)
        assert not index.first_hits.is_fast(query), text
        for _ in index.compute_mask_in_steps(query):
            pass
        assert index.first_hits.is_fast(query), text
    assert index.first_hits.is_fast(asked("gas stage:signed is:watched"))


def test_an_index_that_is_not_used_any_more_is_freed_at_once() -> None:
    # while a large file is read there are dozens of them, each with its lists
    projects = {name: Project(name, name, "Turbine") for name in ("a", "b")}
    gc.collect()
    gc.disable()
    try:
        index = Index(Dataset(projects=projects))
        query = index.parse("turbine 责任人:x", today=date(2026, 1, 1))
        index.list_keys(index.compute_mask(query), query.sort, "")
        index.count_mask(index.everything, ("industry",))
        index.find_own_fields()
        index.prepare_pinyin()
        parts = [index, index._derived_columns, index.columns]
        references = [weakref.ref(part) for part in parts]
        del index, query, parts
        assert [reference() for reference in references] == [None, None, None]
    finally:
        gc.enable()
