"""A matrix shows names whole first, then bars; figures are never cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.tui.presenters.matrix_layout import MatrixLayout, lay_out_matrix

STAGES = (("signed", "Signed"), ("construction", "Under construction"), ("", "All"))
INDUSTRIES = ("Advanced materials", "数字文化创意产业")
FIGURES = ("·", "12", "68.8 bn+")


def measure(layout: MatrixLayout) -> int:
    cell = len(layout.format_cell("1", 1))
    stages = sum(max(cell, measure_width(name)) + 2 for name in layout.stages)
    return layout.label + 2 + stages


@given(st.integers(0, 300))
def test_no_more_than_the_width_is_used_where_names_fit(width: int) -> None:
    layout = lay_out_matrix(width, INDUSTRIES, STAGES, FIGURES)
    assert layout.number == len("68.8 bn+")
    if width >= 60:
        assert measure(layout) <= width
        assert layout.stages == ("Signed", "Under construction", "All")
        assert layout.label == len("Advanced materials")
    if layout.bar:
        assert layout.stages[1] == "Under construction"


def test_short_names_come_before_cut_ones_and_bars_last() -> None:
    layouts = [
        lay_out_matrix(width, INDUSTRIES, STAGES, FIGURES) for width in (40, 70, 120)
    ]
    assert [layout.stages[1] for layout in layouts] == [
        "Construc.",
        "Under construction",
        "Under construction",
    ]
    assert [layout.bar > 0 for layout in layouts] == [False, False, True]
    assert layouts[2].format_cell("12", 0.5).split() == ["12", "█" * 8]


def test_blanks_go_before_names_are_cut() -> None:
    layouts = [
        lay_out_matrix(width, INDUSTRIES, STAGES, FIGURES) for width in (52, 49, 40)
    ]
    assert [(layout.gap, layout.label) for layout in layouts] == [
        (2, 18),
        (1, 18),
        (1, 12),
    ]


def test_nothing_to_show_takes_no_room() -> None:
    assert lay_out_matrix(80, (), (), ()) == MatrixLayout(0, (), 1, 0)
