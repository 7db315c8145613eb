from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial

from hypothesis import example, given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

from hunnan_tui.analysis.project_text import format_project, sort_notes
from hunnan_tui.core.cell_width import (
    cut,
    fit,
    measure_width,
    pad,
)
from hunnan_tui.core.model import (
    Dataset,
    Fact,
    Industry,
    Note,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.text import UNSAFE, display, display_line
from hunnan_tui.export.list_formats import (
    build_record,
    format_json_list,
    format_table,
    to_json,
)

hostile = st.text() | st.text(
    st.sampled_from("a浑[]\x1b\x9b\u202e\n\t\x7f\ud800é1️⃣ﷺ👩🏽\u200d🔬⚠क्षि❤️")
)
projects = st.builds(
    partial(Project),
    key=hostile,
    id=hostile,
    name=hostile,
    name_zh=hostile,
    stage=hostile,
    investment=st.none() | st.integers(),
    summary=hostile,
    caveat=hostile,
    sources=st.tuples(hostile),
    facts=st.tuples(st.builds(partial(Fact), label=hostile, value=hostile)),
)


class TestCells:
    def test_chinese_takes_two_cells_and_marks_take_none(self) -> None:
        assert measure_width("浑南") == 4
        assert measure_width("ＡＢ") == 4
        assert measure_width("é") == measure_width("e\u0301") == 1
        assert measure_width("\u1112\u1161\u11ab") == 2

    @given(hostile.map(display_line), st.integers(1, 30))
    def test_a_cut_text_fits_and_says_that_it_was_cut(
        self, text: str, width: int
    ) -> None:
        short = cut(text, width)
        assert measure_width(short) <= width
        assert short == text or (
            short.endswith("…") and text.startswith(short.removesuffix("…"))
        )

    @given(hostile)
    @example("⚠️1️⃣👍🏽👩\u200d🔬क्षि\u200d")
    def test_a_width_is_that_which_textual_draws(self, text: str) -> None:
        assert measure_width(text) == Content(text).cell_length
        assert measure_width(text) == Strip([Segment(text)]).cell_length

    @given(hostile.map(display_line), st.integers(0, 30), st.booleans())
    @example("a\u200d", 4, False)
    @example("\u200d中", 2, True)
    def test_a_fitted_text_keeps_its_width_between_others(
        self, text: str, width: int, right: bool
    ) -> None:
        fitted = fit(text, width, right=right)
        assert measure_width(fitted) == width
        assert measure_width(f"| {fitted} |") == width + 4

    @given(hostile.map(display_line), st.integers(1, 30))
    def test_a_padded_text_fills_its_column(self, text: str, width: int) -> None:
        for right in (False, True):
            assert measure_width(pad(cut(text, width), width, right=right)) == width


class TestJson:
    @given(projects, st.booleans())
    def test_gives_back_the_text_exactly_without_a_control(
        self, project: Project, ascii: bool
    ) -> None:
        written = to_json(build_record(project), ascii=ascii)
        assert json.loads(written) == build_record(project)
        assert not UNSAFE.search(written)

    @given(st.lists(projects, max_size=3))
    def test_a_list_parses(self, some: list[Project]) -> None:
        assert json.loads("".join(format_json_list(map(build_record, some)))) == list(
            map(build_record, some)
        )

    def test_an_absent_key_is_absent_and_the_order_is_that_of_the_schema(self) -> None:
        project = Project("a", "a", "A", stage="signed", investment=0)
        assert list(build_record(project)) == ["id", "name", "stage", "investment"]


class TestTable:
    @given(st.lists(projects, max_size=4), st.integers(20, 120))
    def test_lines_fit_and_hold_nothing_that_a_terminal_obeys(
        self, some: list[Project], width: int
    ) -> None:
        lines = list(format_table(some, Dataset(), width))
        assert len(lines) == len(some) + 1
        for line in lines:
            assert measure_width(line) <= width
            assert not UNSAFE.search(line)
            assert "\n" not in line

    def test_chinese_names_do_not_shift_the_columns(self) -> None:
        stages = {"s": Stage("s", "|")}
        some = [
            Project(name, name, name, stage="s") for name in ("a", "浑南", "e\u0301")
        ]
        header, *lines = format_table(some, Dataset(stages=stages))
        places = {measure_width(line[: line.index("|")]) for line in lines}
        assert places == {header.index("stage")}

    def test_nothing_is_cut_without_a_width(self) -> None:
        long = "浑" * 500
        assert long in "".join(format_table([Project("a", "a", long)], Dataset()))


class TestProse:
    @given(projects)
    def test_holds_the_name_and_no_control(self, project: Project) -> None:
        text = format_project(project, Dataset())
        assert not UNSAFE.search(text)
        assert text.startswith(display_line(project.name) + "\n")
        if project.summary:
            assert display(project.summary) in text

    def test_names_stages_industries_and_sources_in_both_languages(self) -> None:
        dataset = Dataset(
            stages={"s": Stage("s", "Signed", "签约")},
            industries={"i": Industry("i", "Energy", "能源")},
            sources={"p": Source("p", "Title", "沈阳日报", "2023", "https://x.org")},
        )
        project = Project(
            "a", "a", "A", stage="s", industries=("i",), sources=("p", "gone")
        )
        text = format_project(project, dataset)
        assert "Stage: Signed 签约\n" in text
        assert "Industry: Energy 能源\n" in text
        assert "[1] Title, 沈阳日报, 2023, https://x.org\n" in text
        assert "[2] gone (not in the file)\n" in text

    def test_notes_stand_newest_first_and_undated_ones_last(self) -> None:
        old, new = (
            Note("old", datetime(2020, 1, 1, tzinfo=UTC)),
            Note("new", datetime(2026, 1, 1, tzinfo=UTC)),
        )
        first = Note("year 1", datetime(1, 1, 1))  # noqa: DTZ001 - as a file may have it
        undated = Note("undated")
        assert sort_notes([undated, old, new])[:2] == [new, old]
        assert first in sort_notes([first, old])
