from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.diff import (
    FACTS,
    OWN,
    Difference,
    Entries,
    Pair,
    compare_datasets,
)
from hunnan_tui.analysis.diff_text import DiffLine, build_sections, format_counts
from hunnan_tui.core.fields import GENERIC
from hunnan_tui.core.model import (
    Annotations,
    Announcement,
    Breakdown,
    Dataset,
    Event,
    Fact,
    Project,
    Source,
    Stage,
)
from hunnan_tui.dataset.incremental import read_blocks
from hunnan_tui.dataset.parser import parse
from tests.strategies import (
    INDUSTRIES,
    STAGES,
    datasets,
    projects,
)


def holding(*held: Project, **more: object) -> Dataset:
    base = Dataset(currency="CNY", stages=STAGES, industries=INDUSTRIES)
    return base._replace(projects={p.key: p for p in held}, **more)  # type: ignore[arg-type]  # any field


def told(found: Difference) -> dict[str, tuple[DiffLine, ...]]:
    return {section.title: section.lines for section in build_sections(found)}


def mores(found: Difference, title: str) -> list[tuple[str, ...]]:
    return [line.more for line in told(found)[title]]


def moved(old: Project, new: Project) -> Pair:
    (pair,) = compare_datasets(holding(old), holding(new)).changed
    return pair


@given(datasets(), st.booleans())
def test_a_dataset_does_not_differ_from_itself(dataset: Dataset, own: bool) -> None:
    found = compare_datasets(dataset, dataset, own=own)
    assert not found
    assert format_counts(found) == "no difference"
    assert not list(build_sections(found))


def turned(
    pairs: tuple[Pair, ...],
) -> set[tuple[str, str, tuple[str, ...], int | None]]:
    return {(p.new.key, p.old.key, p.fields, p.steps and -p.steps) for p in pairs}


def as_it_is(
    pairs: tuple[Pair, ...],
) -> set[tuple[str, str, tuple[str, ...], int | None]]:
    return {(p.old.key, p.new.key, p.fields, p.steps) for p in pairs}


@given(datasets(), datasets(), st.booleans())
def test_the_other_way_round_new_is_gone_and_old_is_new(
    left: Dataset, right: Dataset, own: bool
) -> None:
    there, back = (
        compare_datasets(left, right, own=own),
        compare_datasets(right, left, own=own),
    )
    assert {p.key for p in there.added} == {p.key for p in back.gone}
    assert {p.key for p in there.gone} == {p.key for p in back.added}
    assert as_it_is(there.changed) == turned(back.changed)
    assert as_it_is(there.renamed) == turned(back.renamed)
    assert bool(there) == bool(back)


@given(datasets(), datasets())
def test_every_project_is_accounted_for(left: Dataset, right: Dataset) -> None:
    found = compare_datasets(left, right, own=True)
    gone = [*found.gone, *(pair.old for pair in found.renamed)]
    added = [*found.added, *(pair.new for pair in found.renamed)]
    assert {p.key for p in gone} == {*left.projects} - {*right.projects}
    assert {p.key for p in added} == {*right.projects} - {*left.projects}
    assert {p.new.key for p in found.changed} == {
        key
        for key in {*left.projects} & {*right.projects}
        if left.projects[key] != right.projects[key]
    }


@given(projects("a"), projects("a"), st.sets(st.sampled_from(FACTS[1:-2])))
def test_every_changed_field_is_found_and_told(
    project: Project, other: Project, fields: set[str]
) -> None:
    generic = fields & {field.key for field in GENERIC}
    values = {key: value for key, value in project.values.items() if key not in generic}
    values |= {key: other.values[key] for key in generic & set(other.values)}
    stated = {name: getattr(other, name) for name in fields - generic}
    changed = project._replace(values=values, **stated)
    really = {n for n in fields - generic if getattr(project, n) != getattr(other, n)}
    really |= {n for n in generic if project.values.get(n) != other.values.get(n)}
    found = compare_datasets(holding(project), holding(changed))
    assert {name for pair in found.changed for name in pair.fields} == really
    lines = [line for section in build_sections(found) for line in section.lines]
    assert bool(lines) == bool(really)
    assert all(line.more for line in lines)
    labels = {text.partition(":")[0] for line in lines for text in line.more}
    for name in really - {"stage", "investment", "name_zh", "investment_usd"}:
        assert name.replace("_", " ") in labels


@given(projects("a"), projects("a"))
def test_annotations_count_only_if_asked_for(project: Project, other: Project) -> None:
    changed = project._replace(annotations=other.annotations)
    assert not compare_datasets(holding(project), holding(changed))
    found = compare_datasets(holding(project), holding(changed), own=True)
    really = {n for n in OWN if getattr(project, n) != getattr(changed, n)}
    assert {name for pair in found.changed for name in pair.fields} == really
    assert set(told(found)) == ({"Own tags, notes and plans"} if really else set())


@given(datasets(), datasets(), st.sets(st.sampled_from(["p-0", "p-1", "p-5"])))
def test_narrowed_it_holds_the_projects_of_either_side_and_nothing_else(
    left: Dataset, right: Dataset, keys: set[str]
) -> None:
    right = right._replace(title="other")
    whole = compare_datasets(left, right)
    some = whole.select(keys & {*left.projects}, keys & {*right.projects})
    assert some.head == ()
    assert {p.key for p in some.added} == {p.key for p in whole.added} & keys
    assert {p.new.key for p in some.changed} == {
        p.new.key for p in whole.changed
    } & keys
    assert not whole.select((), ())


def test_a_stage_move_says_how_far_and_whereto() -> None:
    old = Project("a", "a", "A", stage="signed")
    new = old._replace(stage="construction", stage_date="2024-03")
    assert moved(old, new).steps == 1
    assert moved(new, old).steps == -1
    assert mores(compare_datasets(holding(old), holding(new)), "Moved forward") == [
        ("Signed → Under construction, 2024-03",)
    ]
    assert "Moved back" in told(compare_datasets(holding(new), holding(old)))


@pytest.mark.parametrize("stage", ["", "nosuch"])
def test_a_stage_without_a_rank_is_neither_forward_nor_back(stage: str) -> None:
    old = Project("a", "a", "A", stage="signed")
    found = compare_datasets(holding(old), holding(old._replace(stage=stage)))
    assert found.changed[0].steps is None
    assert mores(found, "Stage stated otherwise") == [
        (f"Signed → {stage or 'not stated'}",)
    ]


def test_a_stage_that_only_the_older_file_knows_still_has_its_rank() -> None:
    old = Project("a", "a", "A", stage="planned")
    new = old._replace(stage="signed")
    fewer = {"signed": STAGES["signed"]}
    found = compare_datasets(holding(old), holding(new, stages=fewer))
    assert found.changed[0].steps == 1
    assert found.head == ("stages",)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (3 * 10**9, 35 * 10**8, "3 bn yuan → 3.5 bn yuan (+500 m)"),
        (35 * 10**8, 3 * 10**9, "3.5 bn yuan → 3 bn yuan (-500 m)"),
        (10**9, 10**9 + 1, "1,000,000,000 yuan → 1,000,000,001 yuan (+1)"),
        (None, 10**9, "now 1 bn yuan"),
        (10**9, None, "was 1 bn yuan, not stated now"),
        (None, 0, "now 0 yuan"),
    ],
)
def test_a_changed_value_says_by_how_much(
    old: int | None, new: int | None, text: str
) -> None:
    project = Project("a", "a", "A", investment=old)
    found = compare_datasets(
        holding(project), holding(project._replace(investment=new))
    )
    assert mores(found, "Value changed") == [(text,)]


def test_amounts_of_two_currencies_have_no_difference() -> None:
    project = Project("a", "a", "A", investment=10**9)
    other = holding(project._replace(investment=2 * 10**9), currency="EUR")
    found = compare_datasets(holding(project), other)
    assert mores(found, "Value changed") == [("1 bn yuan → 2 bn EUR",)]


def test_a_project_with_the_same_name_and_another_id_is_probably_renamed() -> None:
    old = Project("old", "old", "Gas  Turbine", stage="signed")
    new = Project("new", "new", "gas turbine", stage="construction")
    found = compare_datasets(holding(old), holding(new))
    assert (found.added, found.gone) == ((), ())
    assert mores(found, "Probably renamed") == [("old → new",)]
    assert told(found)["Probably renamed"][0].keys == ("new", "old")
    assert "Moved forward" in told(found)


def test_a_chinese_name_is_enough_and_an_empty_one_is_not() -> None:
    old = Project("old", "old", "Base", name_zh="产业基地")
    new = Project("new", "new", "Industrial base", name_zh="产业基地")
    assert compare_datasets(holding(old), holding(new)).renamed
    bare = (old._replace(name_zh=""), new._replace(name_zh=""))
    assert not compare_datasets(holding(bare[0]), holding(bare[1])).renamed


def test_a_name_that_several_have_says_nothing() -> None:
    old = holding(Project("a", "a", "Park"))
    new = holding(Project("b", "b", "Park"), Project("c", "c", "Park"))
    found = compare_datasets(old, new)
    assert not found.renamed
    assert len(found.added) == 2


def test_lists_tell_what_came_and_went() -> None:
    old = Project("a", "a", "A", facts=(Fact("Land", "5 ha"), Fact("Jobs", "300")))
    new = old._replace(facts=(Fact("Land", "6 ha"), Fact("Jobs", "300")))
    assert mores(compare_datasets(holding(old), holding(new)), "Changed otherwise") == [
        ("facts: - Land: 5 ha", "facts: + Land: 6 ha")
    ]


def test_a_change_that_no_word_shows_is_told_all_the_same() -> None:
    old = Project(
        "a", "a", "A", sources=("x", "y"), events=(Event("opened", source="x"),)
    )
    new = old._replace(sources=("y", "x"), events=(Event("opened", source="y"),))
    assert mores(compare_datasets(holding(old), holding(new)), "Changed otherwise") == [
        ("sources: in another order", "events: other sources or details")
    ]


def test_sources_and_announcements_are_compared_by_id() -> None:
    old = holding(
        sources={"s": Source("s", "S"), "t": Source("t", "T")},
        announcements={"n": Announcement("n", "49 signed", projects=49)},
    )
    new = holding(
        sources={
            "s": Source("s", "S", url="https://example.org"),
            "u": Source("u", "U"),
        },
        announcements={
            "n": Announcement(
                "n", "49 signed", projects=50, breakdown=(Breakdown("parks", 3),)
            )
        },
    )
    found = compare_datasets(old, new)
    assert found.sources == Entries(("u",), ("t",), ("s",))
    assert [line.what for line in told(found)["Sources"]] == [
        "new: U",
        "gone: T",
        "changed: S",
    ]
    assert mores(found, "Announcements") == [
        ("projects: 49 → 50", "breakdown: – → parks, 3")
    ]


def test_the_order_of_the_stages_is_a_part_of_the_dataset() -> None:
    other = dict(reversed(STAGES.items()))
    found = compare_datasets(
        holding(), holding(stages=other, title="New", updated="2027")
    )
    assert found.head == ("title", "updated", "stages")
    assert [line.what for line in told(found)["Dataset"]] == [
        "title: – → New",
        "updated: – → 2027",
        "stages: in another order",
    ]


def test_own_annotations_are_told_apart_from_facts() -> None:
    old = Project("a", "a", "A", place="x", annotations=Annotations(tags=("watch",)))
    new = old._replace(place="y", annotations=Annotations(tags=("watch", "big")))
    found = compare_datasets(holding(old), holding(new), own=True)
    assert mores(found, "Changed otherwise") == [("place: x → y",)]
    assert mores(found, "Own tags, notes and plans") == [("tags: + big",)]


def test_counts_name_each_kind() -> None:
    old = holding(Project("a", "a", "A"), Project("b", "b", "B", stage="planned"))
    new = holding(
        Project("b", "b", "B", stage="signed"), stages={**STAGES, "x": Stage("x", "X")}
    )
    found = compare_datasets(old, new)
    assert format_counts(found) == "moved forward: 1 · gone: 1 · dataset: 1"


TEXTS = st.lists(
    st.sampled_from(
        (
            'id = "a"\nname = "A"\n',
            'id = "a"\nname = "A2"\ntags = ["x"]\n',
            'id = "b"\nname = "B"\ninvestment = "3 bn"\n',
            'id = "b"\nname = "B"\ninvestment = "3 bn"\n# a comment\n',
            'id = "c"\nstage = "signed"\n',
        )
    ),
    min_size=1,
    max_size=4,
)


@given(TEXTS, TEXTS, st.sampled_from(("CNY", "USD")), st.booleans())
def test_what_is_written_alike_in_large_files_need_not_be_read(
    before: list[str], after: list[str], currency: str, own: bool
) -> None:
    def write(blocks: list[str], code: str) -> bytes:
        top = f'[dataset]\ncurrency = "{code}"\n'
        return (top + "".join(f"[[projects]]\n{each}" for each in blocks)).encode()

    old, new = write(before, "CNY"), write(after, currency)
    lazy = [read_blocks(text, "f.toml")[0].dataset for text in (old, new)]
    whole = [parse(text).dataset for text in (old, new)]
    found, expected = (compare_datasets(*pair, own=own) for pair in (lazy, whole))
    assert replace(found, old=expected.old, new=expected.new) == expected
