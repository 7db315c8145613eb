"""What holds for any table."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.written_money import Unit, parse_money, parse_number, parse_unit
from hunnan_tui.importing.dates import (
    ORDERS,
    NoDateError,
    parse_date,
    parse_period,
)
from hunnan_tui.importing.import_map import ImportMap, Target, read_map
from hunnan_tui.importing.map_text import write_map
from hunnan_tui.importing.table import clean_cell
from hunnan_tui.importing.text_cells import HIDDEN, clean_text, make_slug, strip_tags
from tests.importing.tables import Outcome, import_file

SOME = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FEW = settings(SOME, max_examples=25)
PIECES = st.sampled_from(
    (
        *("2023", "03", "8", ".", "-", "/", "年", "月", "日", "至", "约", "以上", "亿"),
        *("万", "元", "€", "$", " ", ",", "1", "0", "13", "W", "Mio", "mai", "PM", "e"),
        *("²", "٣", "Ⅻ", "½", "\u3000", "\0", "1e400", "-", "~", "(", "一、", "合计"),
    )
)
NEAR_MISSES = st.lists(PIECES, max_size=8).map("".join)
TEXTS = st.one_of(NEAR_MISSES, st.text(max_size=30))
HEADINGS = st.sampled_from(
    (
        *("项目名称", "name", "序号", "行业", "总投资（万元）", "金额", "开工时间"),
        *(
            "起止年月",
            "状态",
            "建设单位",
            "链接",
            "url",
            "id",
            "其中",
            "",
            "Start date",
        ),
    )
)


def import_or_refuse(path: Path) -> Outcome | None:
    """Import a file; any error but a reason for the user comes through."""
    with suppress(HunnanError):
        return import_file(path)
    return None


class TestCells:
    @SOME
    @given(TEXTS, st.sampled_from(ORDERS))
    def test_a_date_is_one_or_is_refused(self, text: str, order: str) -> None:
        try:
            day = parse_date(text, order)
        except NoDateError:
            return
        assert is_partial(day.text)

    @SOME
    @given(TEXTS, st.sampled_from(ORDERS))
    def test_a_period_is_read_or_its_faults_are_told(
        self, text: str, order: str
    ) -> None:
        start, end, faults = parse_period(text, order)
        assert all(each is None or is_partial(each.text) for each in (start, end))
        assert bool(start) + bool(end) + len(faults) <= 2

    @SOME
    @given(TEXTS)
    def test_money_and_units_of_any_text_are_read_or_not(self, text: str) -> None:
        money = parse_money(text, Unit(10_000))
        assert money is None or isinstance(money.value, int)
        unit = parse_unit(text)
        assert unit is None or unit.size >= 1

    @SOME
    @given(
        st.decimals("-9999999", "9999999", places=4),
        st.sampled_from((("万元", 10**4), ("亿元", 10**8), ("Mio. €", 10**6))),
    )
    def test_amounts_are_exact(self, number: Decimal, unit: tuple[str, int]) -> None:
        name, size = unit
        for text, decimal in (
            (f"{number}", "."),
            (f"{number:,}", "."),
            (f"{number:,}".translate({44: ".", 46: ","}), ","),
        ):
            assert parse_number(text, decimal) == number
            money = parse_money(text, parse_unit(name), decimal)
            assert money is not None
            exact = number * size
            assert abs(money.value - exact) <= Decimal("0.5")
            assert money.is_rounded == (money.value != exact)

    @SOME
    @given(st.text())
    def test_cleaning_is_done_once_and_for_all(self, text: str) -> None:
        clean = clean_text(text).text
        assert clean_text(clean).text == clean
        assert not HIDDEN.search(clean)
        clean.encode()
        assert strip_tags(strip_tags(clean)) is not None
        assert make_slug(make_slug(text)) == make_slug(text)

    @SOME
    @given(st.one_of(st.floats(), st.decimals(), st.integers(), st.text(), st.none()))
    def test_any_value_is_a_cell(self, value: object) -> None:
        cell = clean_cell(value)
        assert clean_cell(cell) == cell


@FEW
@given(
    st.lists(HEADINGS, min_size=1, max_size=6),
    st.lists(st.lists(TEXTS, max_size=7), max_size=8),
    st.lists(st.lists(TEXTS, max_size=3), max_size=2),
)
def test_any_table_is_imported_or_refused_with_a_reason(
    tmp_path: Path, head: list[str], rows: list[list[str]], above: list[list[str]]
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([*above, head, *rows])
    path = tmp_path / "table.csv"
    path.write_bytes(file.getvalue().encode("utf-8", "replace"))
    made = import_or_refuse(path)
    if made is None:
        return
    ids = [project["id"] for project in made.projects]
    assert len(ids) == len(set(ids)) == made.converter.count
    assert all(project["name"].strip() for project in made.projects)
    # nothing disappears unsaid: a row is a project, or it is told why not
    left_out = {*made.skipped, *made.prepared.layout.header}
    filled = [row.number for row in made.prepared.table.rows]
    assert len(filled) == len(ids) + len(left_out & set(filled))


@FEW
@given(st.binary(max_size=400), st.sampled_from(("t.csv", "t.xlsx", "t.json")))
def test_any_bytes_are_imported_or_refused(
    tmp_path: Path, data: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    import_or_refuse(path)


@FEW
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(("name", "id", "cost", "parties", "x.y")), inner
            ),
        ),
        max_leaves=12,
    )
)
def test_any_json_is_imported_or_refused(tmp_path: Path, value: object) -> None:
    path = tmp_path / "t.json"
    path.write_text(json.dumps(value), "utf-8")
    import_or_refuse(path)


@FEW
@given(
    st.builds(
        ImportMap,
        columns=st.dictionaries(
            st.text(min_size=1, max_size=8),
            st.builds(
                Target,
                to=st.sampled_from(("name", "-", "?", "parties:甲", "facts:x", "own")),
                unit=st.sampled_from(("", "?", "万元", "Mio. €", "1")),
                dates=st.sampled_from(("", "?", *ORDERS)),
                split=st.sampled_from(("", ";", "、")),
            ),
            max_size=4,
        ),
        sheet=st.text(max_size=5),
        header=st.lists(st.integers(1, 40), max_size=3).map(tuple),
        empty=st.lists(st.text(max_size=4), max_size=3).map(tuple),
        decimal=st.sampled_from((".", ",")),
        title=st.text(max_size=9),
        stages=st.dictionaries(st.text(min_size=1, max_size=4), st.just("signed")),
    )
)
def test_a_map_comes_back_from_its_file(tmp_path: Path, made: ImportMap) -> None:
    path = tmp_path / "map.toml"
    notes: dict[str, Any] = dict.fromkeys(made.columns, "a known word: x | y")
    path.write_bytes(write_map(made, notes).encode("utf-8", "surrogatepass"))
    assert read_map(path) == made


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "map = 1"),
        ("map = 2", "map = 1"),
        ("map = ", "not readable as a map"),
        ("map = 1\ntable = 3", "table is not a table"),
        ('map = 1\n[table]\nheader = ["a"]', "header is not a list of numbers"),
        ('map = 1\n[table]\nstop = "row 5"', "blank 2"),
        ('map = 1\n[table]\ndecimal = ";"', "decimal = ';'"),
        ('map = 1\n[key]\nid = "x"', "id = 'x'"),
        ("map = 1\n[columns]\na = 3", "column 'a': write a field"),
        ('map = 1\n[columns]\na = {to = "name", colour = "x"}', "colour is unknown"),
        ('map = 1\n[columns]\na = {to = "x", unit = "parsecs"}', "unit = 'parsecs'"),
        ('map = 1\n[columns]\na = {to = "x", dates = "dd"}', "dates is one of"),
        ('map = 1\n[columns]\na = {to = "x", type = "thing"}', "type is one of"),
        ('map = 1\n[columns]\na = "import_key"', "no field to fill"),
        ('map = 1\n[columns]\na = "name"', "a column 'a' that the table does not"),
        (
            'map = 1\n[columns]\n"项目名称" = {to = "name", currency_column = "b"}',
            "a column 'b' that the table does not",
        ),
        ('map = 1\n[columns]\n"项目名称" = "id"', "No column is the name"),
    ],
)
def test_a_map_that_is_wrong_says_where(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("项目名称,行业\n甲,x\n", "utf-8")
    (tmp_path / "table.csv.map.toml").write_text(text, "utf-8")
    with pytest.raises(HunnanError, match=why):
        import_file(path)
