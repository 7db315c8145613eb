from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.change_summary import summarize_changes
from hunnan_tui.config.language import choose_language
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import ENGLISH, set_language
from hunnan_tui.core.model import Annotations, Dataset, Project


def dataset(**names: str) -> Dataset:
    return Dataset(projects={k: Project(k, k, name) for k, name in names.items()})


OLD = dataset(a="A", b="B", c="C")


def test_of_the_same_there_is_no_news() -> None:
    assert summarize_changes(OLD, OLD) == ""
    assert summarize_changes(OLD, dataset(a="A", b="B", c="C")) == ""


def test_what_is_new_gone_and_changed_is_counted() -> None:
    assert (
        summarize_changes(OLD, dataset(a="A", b="Bb", d="D"))
        == "1 new, 1 gone, 1 changed"
    )


def test_a_note_of_a_colleague_is_no_change_of_the_facts() -> None:
    noted = OLD.projects["a"]._replace(annotations=Annotations(tags=("watch",)))
    assert summarize_changes(OLD, OLD.with_projects({"a": noted})) == "1 annotated"


def test_other_tables_are_named() -> None:
    assert summarize_changes(OLD, OLD._replace(title="New")) == "other tables changed"


def test_a_problem_that_was_not_there_is_named_with_its_line() -> None:
    known = Problem(Level.WARNING, "investment is missing", line=3)
    moved = known._replace(line=9)
    fresh = Problem(Level.ERROR, "stage is not text", line=212)
    assert summarize_changes(OLD, OLD, [known], [moved]) == ""
    assert (
        summarize_changes(OLD, OLD, [known], [moved, fresh])
        == "line 212: stage is not text"
    )
    assert (
        summarize_changes(OLD, dataset(a="A", b="B"), [], [fresh])
        == "1 gone; line 212: stage is not text"
    )


def test_a_remark_of_the_reader_of_the_file_is_no_news() -> None:
    assert summarize_changes(OLD, OLD, [], [Problem(Level.NOTE, "unknown key")]) == ""


KEYS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("XY"))


@given(KEYS, KEYS)
def test_there_is_news_exactly_when_something_differs(
    old: dict[str, str], new: dict[str, str]
) -> None:
    assert bool(summarize_changes(dataset(**old), dataset(**new))) == (old != new)


def test_it_is_told_in_chinese() -> None:
    choose_language(["--lang", "zh"], {})
    try:
        new = dataset(a="A", b="B", c="C", d="D")
        problem = Problem(Level.ERROR, "没有名称", line=9)
        assert summarize_changes(OLD, new) == "1 个新增"
        told = summarize_changes(OLD, new, problems=[problem])
        assert told == "1 个新增；第 9 行：没有名称"
    finally:
        set_language(ENGLISH)
