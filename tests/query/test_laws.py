"""Laws that hold for every query and every dataset."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.model import Dataset
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.formatter import format_query
from hunnan_tui.query.language.lexer import find_missing_end
from hunnan_tui.query.language.parser import parse
from hunnan_tui.query.language.query import Query
from tests.query.reference import find_repeated, found
from tests.strategies import TODAY, datasets, examples, queries

SIGNS = ' \t()|"#/!-:=<>*,.\\[]&“”：（\u3000'
NAMES = "OR NOT stage invest sort: no: has: 1bn 2023 .. tag gas 航发 signed group: name"
PIECES = st.sampled_from([*SIGNS, *NAMES.split()])


def read(text: str) -> Query:
    return parse(text, today=TODAY)


def same(first: Query, second: Query) -> bool:
    return (first.node, first.sort, first.group, first.show) == (
        second.node,
        second.sort,
        second.group,
        second.show,
    )


@given(st.text(max_size=40) | st.lists(PIECES, max_size=14).map("".join))
@example('"')
@example("-" * 50)
@example("(" * 100)
@example("a" * 5_000)
@example("#")
@example("invest:..")
@example("#<*")
@example("#=*,a -#>x*")
@example("stage:/.. x")
@example("stage:a*..b..c,!..d")
@examples(150)
def test_any_text_is_a_query_that_reads_back(text: str) -> None:
    query = read(text)
    if len(text) < 4_000:
        again = read(format_query(query))
        assert same(again, query), format_query(query)
        assert format_query(again) == format_query(query)
    assert all(1 <= problem.column <= len(text) + 1 for problem in query.problems)


@given(st.lists(PIECES, max_size=14).map("".join))
@example('((gas "a\\"')
@example("(stage:/a(b/")
@example("gas) (")
@example('"\\')
@example('("a\\\\\\')
@examples(150)
def test_what_is_missing_at_the_end_changes_nothing_when_it_is_typed(text: str) -> None:
    query, closed = read(text), read(text + find_missing_end(text))
    assert same(closed, query)
    if not query.has_error:
        added = [problem for problem in query.problems if problem.fix == f"{text})"]
        assert len(added) == find_missing_end(text).count(")")


@given(
    datasets(),
    st.lists(st.sampled_from(["#", "tag:", "-", "name=", "/", "(", "[", "x", " "])),
)
@example(Dataset(), ["#", "/", "(", "/"])
@example(Dataset(), ["tag:", "/", "[", "/"])
def test_any_text_finds_something_or_nothing(
    dataset: Dataset, pieces: list[str]
) -> None:
    index = Index(dataset)
    index.find_keys(index.parse("".join(pieces), today=TODAY))


@given(queries())
def test_what_makes_sense_has_no_error_and_reads_back(text: str) -> None:
    query = read(text)
    assert not query.has_error, query.problems
    assert same(read(format_query(query)), query)


def keys(dataset: Dataset, text: str) -> list[str]:
    return list(Index(dataset).find_keys(read(text)))


@given(datasets(), queries())
def test_an_index_finds_what_the_words_of_the_query_say(
    dataset: Dataset, text: str
) -> None:
    assert set(keys(dataset, text)) == found(dataset, read(text))


@given(datasets(), queries(), queries())
def test_and_narrows_or_widens_and_not_complements(
    dataset: Dataset, first: str, second: str
) -> None:
    one, two = set(keys(dataset, first)), set(keys(dataset, second))
    assert set(keys(dataset, f"({first}) ({second})")) == one & two
    assert set(keys(dataset, f"({first}) OR ({second})")) == one | two
    assert set(keys(dataset, f"-({first})")) == dataset.projects.keys() - one


@given(datasets(), st.lists(queries(), max_size=4))
def test_what_was_asked_before_makes_no_difference(
    dataset: Dataset, texts: list[str]
) -> None:
    index = Index(dataset)
    for text in texts:
        for end in range(1, len(text) + 1):
            index.find_keys(read(text[:end]))
        assert index.find_keys(read(text)) == keys(dataset, text)


@given(datasets(), datasets(), queries(), st.data())
def test_an_updated_index_is_as_good_as_a_new_one(
    dataset: Dataset, other: Dataset, text: str, data: st.DataObject
) -> None:
    index = Index(dataset)
    index.find_keys(read(text))
    index.count_keys(dataset.projects)
    shared = sorted(other.projects.keys() & dataset.projects.keys())
    changed = data.draw(st.sets(st.sampled_from(shared))) if shared else set()
    added = other.projects.keys() - dataset.projects.keys()
    now = dataset.with_projects(
        {key: other.projects[key] for key in {*changed, *added}}
    )
    updated = index.update(now, changed)
    assert updated.find_keys(read(text)) == keys(now, text)
    assert updated.count_keys(now.projects) == Index(now).count_keys(now.projects)


@given(datasets(), queries())
def test_counts_add_up(dataset: Dataset, text: str) -> None:
    index = Index(dataset)
    shown = index.find_keys(read(text))
    counts = index.count_keys(shown)
    amounts = [dataset.projects[key].investment for key in shown]
    assert counts.all.projects == len(shown)
    repeated = find_repeated(dataset, shown)
    added = [dataset.projects[key].investment for key in shown if key not in repeated]
    assert counts.all.investment == sum(each or 0 for each in added)
    assert counts.all.not_added == len(repeated)
    assert counts.all.not_stated == amounts.count(None)
    for stage in {"", *dataset.stages, "stray"}:
        here = [key for key in shown if dataset.projects[key].stage == stage]
        assert counts.get_count("stage", stage).projects == len(here)
        repeated = find_repeated(dataset, here)
        assert counts.get_count("stage", stage).not_added == len(repeated)


@given(datasets(), queries())
def test_hints_and_reasons_never_fail(dataset: Dataset, text: str) -> None:
    index = Index(dataset)
    query = index.parse(text, today=TODAY)
    for problem in query.problems:
        assert 1 <= problem.column <= len(text) + 1
        assert problem.fix is None or read(problem.fix)
    for key in dataset.projects:
        found = index.find_matches(query, key)
        named = [match for match in found if match.field in ("name", "name_zh")]
        assert index.find_matches(query, key, names=True) == named
        for match in found:
            for start, end in match.spans:
                assert 0 <= start < end <= len(match.text)


@given(datasets(), queries(), queries(), st.integers(1, 5))
def test_the_first_hits_are_the_beginning_of_all(
    dataset: Dataset, asked_before: str, text: str, count: int
) -> None:
    known, query = Index(dataset), read(text)
    known.prepare_pinyin()
    all_hits = known.find_keys(query)
    everywhere = known.list_keys(known.everything, query.sort)
    for before in ("", asked_before, text):
        index = Index(dataset, known.columns)
        index.find_keys(read(before))
        everything = index.everything
        if not index.first_hits.is_fast(query):
            continue
        assert (
            index.first_hits.find_first(query, everything, count, 60)
            == all_hits[:count]
        )
        assert index.first_hits.find_first(query, 0, count, 60) == []
        for key in dataset.projects:
            assert index.first_hits.has(query, everything, key) == (key in all_hits)
            assert not index.first_hits.has(query, 0, key)
            start = everywhere.index(key)
            hits_above = [each for each in everywhere[:start] if each in all_hits]
            hits_below = [each for each in everywhere[start:] if each in all_hits]
            for line in (0, count, count + 1):
                above, below = index.first_hits.find_around(
                    query, everything, key, line, count + 1, 60
                )
                assert above == hits_above[len(hits_above) - len(above) :]
                assert below == hits_below[: len(below)]
                assert len(above + below) == min(count + 1, len(all_hits))
                if len(hits_below) > count and len(hits_above) >= line:
                    assert len(above) == line
            assert index.first_hits.find_around(query, 0, key, 1, count, 60) == ([], [])
    assert not known.first_hits.has(query, known.everything, "no such project")


@given(datasets(), queries())
@examples(30)
def test_steps_find_what_is_found_at_once(dataset: Dataset, text: str) -> None:
    known, query = Index(dataset), read(text)
    known.prepare_pinyin()
    index = Index(dataset, known.columns)
    for _ in index.compute_mask_in_steps(query):
        pass
    assert index.compute_mask(query, wait=False) == known.compute_mask(query)
