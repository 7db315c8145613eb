from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.formulas import defuse, restore
from hunnan_tui.core.model import (
    Dataset,
    Event,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import (
    COLUMNS,
    list_columns,
    list_field_columns,
    list_rows,
    parse_columns,
)
from hunnan_tui.export.formats.delimited import write_csv
from hunnan_tui.export.formats.json import write_json, write_json_lines
from hunnan_tui.export.formats.registry import FORMATS
from hunnan_tui.export.formats.xlsx import LONGEST, write_workbook
from hunnan_tui.export.list_formats import build_record
from hunnan_tui.export.list_formats import format_csv_rows as listed_rows
from hunnan_tui.export.sanitize import clean
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.language.fields import FIELDS
from tests.export.cases import (
    DAY,
    HOSTILE,
    hostile_dataset,
    whole,
)
from tests.strategies import datasets, examples

FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def small() -> Dataset:
    base = Project(
        "base",
        "base",
        "Gas Turbine Base",
        "航发燃气轮机产业基地",
        stage="signed",
        stage_date="2023-08-21",
        investment=3_000_000_000,
        investment_qualifier="about",
        sources=("paper",),
        events=(Event("Works began", "2023-09"),),
    )
    bare = Project("bare", "bare", "Bare", stage="odd", stage_date="2023")
    return Dataset(
        title="A park",
        currency="CNY",
        stages={"signed": Stage("signed", "Signed")},
        sources={"paper": Source("paper", "News", "Daily", "2023-08-22")},
        projects={"base": base, "bare": bare},
    )


def read_csv(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


class TestColumns:
    def test_every_key_of_the_schema_is_a_column(self) -> None:
        assert set(SCHEMA_KEYS) <= set(COLUMNS)

    @pytest.mark.parametrize("field", FIELDS)
    def test_every_field_that_a_list_can_show_has_a_column(self, field: str) -> None:
        assert list_field_columns([field])

    def test_an_amount_never_comes_without_its_qualifier(self) -> None:
        assert parse_columns("invest") == ("investment", "investment_qualifier")

    def test_columns_are_named_as_in_queries_or_as_in_the_file(self) -> None:
        assert parse_columns("name_zh, 阶段，stage_date,name") == (
            "name_zh",
            "stage",
            "stage_date",
            "name",
        )

    def test_a_misspelt_column_is_told_with_what_was_meant(self) -> None:
        with pytest.raises(HunnanError, match="did you mean investment"):
            parse_columns("name,investmant")

    @pytest.mark.parametrize("text", [",", " "])
    def test_no_column_is_an_error(self, text: str) -> None:
        with pytest.raises(HunnanError, match="No column"):
            parse_columns(text)

    def test_rows_have_the_order_of_the_projects_and_of_the_columns(self) -> None:
        columns = ("stage", "name", "updated", "reported")
        selection = Selection(small(), ["bare", "base"], DAY, columns)
        assert list(list_rows(selection, list_columns(selection))) == [
            ["odd", "Bare", "2023", None],
            ["Signed", "Gas Turbine Base", "2023-09", date(2023, 8, 22)],
        ]

    def test_what_the_reader_added_is_left_out_unless_asked_for(self) -> None:
        dataset = hostile_dataset()
        names = {column.name for column in list_columns(whole(dataset, own=False))}
        assert not names & {*ANNOTATION_KEYS, "noted"}
        assert {*ANNOTATION_KEYS} <= {
            column.name for column in list_columns(whole(dataset))
        }


class TestCsv:
    @given(st.text() | st.text("'=+-@\t\r\nx"))
    def test_a_defused_text_is_no_formula_and_comes_back(self, text: str) -> None:
        assert not defuse(text).startswith(FORMULA)
        assert restore(defuse(text)) == text

    @given(
        st.text(
            "'\"’“`´ \t\r\n\0\x1b\x85\xa0\xad　\u200b\u2060\ufeff\u3164\ufe0f\u0301"
        ),
        st.sampled_from("=+-@＝＋－＠−﹦﹢﹣﹫"),
        st.text(),
    )
    def test_nothing_that_is_not_seen_hides_the_sign(
        self, before: str, sign: str, after: str
    ) -> None:
        text = before + sign + after
        assert defuse(text) == f"'{text}"
        assert restore(defuse(text)) == text

    @pytest.mark.parametrize(
        "text", ["it's 1+1=2", "2023-03", "'quoted'", "（=1）", " a", "–", "…", "中 =1"]
    )
    def test_an_ordinary_text_stays_as_it_is(self, text: str) -> None:
        assert defuse(text) == text

    @pytest.mark.parametrize("name", ["csv", "tsv"])
    def test_the_list_the_export_and_the_copy_are_defused_alike(
        self, name: str
    ) -> None:
        project = Project("a", "a", "\u3000=1+1", investment=-5)
        dataset = Dataset(projects={"a": project})
        exported = FORMATS[name].encode(whole(dataset)).decode()
        delimiter = "\t" if name == "tsv" else ","
        for text in (exported, "".join(listed_rows([project], delimiter))):
            row = read_csv(text, delimiter)[0]
            assert row["name"] == "'\u3000=1+1"
            assert row["investment"] == "-5"

    @pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
    def test_no_cell_of_a_hostile_dataset_is_a_formula(
        self, name: str, delimiter: str
    ) -> None:
        text = FORMATS[name].encode(whole(hostile_dataset())).decode()
        rows = read_csv(text, delimiter)
        assert len(rows) == len(HOSTILE)
        assert not any(cell.startswith(FORMULA) for r in rows for cell in r.values())
        assert not UNSAFE.search(text.replace("\r\n", "\n"))

    def test_pandas_reads_numbers_as_numbers_and_text_as_text(self) -> None:
        import pandas as pd  # slow, and not every worker comes here

        data = FORMATS["csv"].encode(whole(small(), own=False), bom=True)
        assert data.startswith(b"\xef\xbb\xbfid,name,")
        table = pd.read_csv(io.BytesIO(data), dtype={"stage_date": str})
        assert list(table["name"]) == ["Gas Turbine Base", "Bare"]
        assert table["name_zh"][0] == "航发燃气轮机产业基地"
        assert table["investment"][0] == 3_000_000_000
        assert pd.isna(table["investment"][1])
        assert list(table["stage_date"]) == ["2023-08-21", "2023"]

    def test_a_negative_amount_stays_a_number(self) -> None:
        project = Project("a", "a", "-a", investment=-5)
        text = "".join(write_csv(whole(Dataset(projects={"a": project}))))
        assert read_csv(text)[0]["investment"] == "-5"
        assert read_csv(text)[0]["name"] == "'-a"

    @given(datasets())
    def test_what_is_read_back_is_what_the_columns_say(self, dataset: Dataset) -> None:
        selection = whole(dataset)
        columns = list_columns(selection)
        rows = list(csv.reader(io.StringIO("".join(write_csv(selection)), newline="")))
        assert rows[0] == [column.name for column in columns]
        expected = [
            ["" if cell is None else str(cell) for cell in cells]
            for cells in list_rows(selection, columns)
        ]
        assert [[restore(cell) for cell in row] for row in rows[1:]] == expected


class TestJson:
    @given(datasets())
    def test_it_gives_back_every_key_of_the_file(self, dataset: Dataset) -> None:
        expected = [build_record(project) for project in dataset.projects.values()]
        assert json.loads("".join(write_json(whole(dataset)))) == expected
        lines = [json.loads(line) for line in write_json_lines(whole(dataset))]
        assert lines == expected

    def test_what_the_reader_added_is_left_out_unless_asked_for(self) -> None:
        for line in write_json_lines(whole(hostile_dataset(), own=False)):
            assert not set(json.loads(line)) & set(ANNOTATION_KEYS)

    def test_chosen_columns_come_in_their_order(self) -> None:
        selection = whole(small(), columns=("updated", "stage", "name"))
        lines = list(write_json_lines(selection))
        assert list(json.loads(lines[0])) == ["updated", "stage", "name"]
        assert json.loads(lines[0])["updated"] == "2023-09"
        assert json.loads(lines[1])["stage"] == "odd"

    def test_nothing_in_it_could_be_obeyed_by_a_terminal(self) -> None:
        assert not UNSAFE.search("".join(write_json(whole(hostile_dataset()))))

    def test_no_project_is_an_empty_list(self) -> None:
        assert json.loads("".join(write_json(whole(Dataset())))) == []


class TestWorkbook:
    def test_openpyxl_reads_every_cell_with_its_type(self) -> None:
        book = openpyxl.load_workbook(
            io.BytesIO(write_workbook(whole(small(), own=False)))
        )
        assert book.sheetnames == ["Projects", "Sources", "About"]
        sheet = book["Projects"]
        assert sheet.freeze_panes == "A2"
        head, base, bare = ([cell.value for cell in row] for row in sheet.rows)
        first = dict(zip(head, base, strict=True))
        second = dict(zip(head, bare, strict=True))
        assert first["Name"] == "Gas Turbine Base"
        assert first["Investment (yuan)"] == 3_000_000_000
        assert first["Investment: about or over"] == "about"
        assert first["Stage: date"] == datetime(2023, 8, 21)  # noqa: DTZ001 - a cell
        assert second["Stage: date"] == "2023"
        assert second["Investment (yuan)"] is None
        source = [cell.value for cell in list(book["Sources"].rows)[1]]
        assert source[:3] == ["paper", "News", "Daily"]
        about = dict(row[:2] for row in book["About"].values)
        assert about["Projects"] == 2
        assert about["Investment stated"] == 3_000_000_000
        assert about["State no investment"] == 1

    def test_pandas_reads_the_same_values(self) -> None:
        import pandas as pd  # slow, and not every worker comes here

        table = pd.read_excel(
            io.BytesIO(write_workbook(whole(small(), own=False))), engine="openpyxl"
        )
        assert list(table["Id"]) == ["base", "bare"]
        assert table["Investment (yuan)"][0] == 3_000_000_000
        assert list(table["Stage"]) == ["Signed", "odd"]

    def test_a_hostile_text_is_text_in_every_cell(self) -> None:
        data = write_workbook(whole(hostile_dataset()))
        book = openpyxl.load_workbook(io.BytesIO(data))
        assert book.sheetnames == ["Projects", "Sources", "Notes", "About"]
        for sheet in book:
            for row in sheet.rows:
                for cell in row:
                    assert cell.data_type in ("s", "n", "d")
                    assert cell.hyperlink is None
        names = [cell.value for cell in book["Projects"]["B"]][1:]
        longest = names.pop()
        assert names == [clean(text) for text in HOSTILE[:-1]]
        assert len(longest) <= LONGEST
        assert longest.endswith("(cut: 40,000 characters)")

    def test_a_number_that_excel_would_round_is_text(self) -> None:
        project = Project("a", "a", "a", investment=10**15 + 1)
        dataset = Dataset(currency="CNY", projects={"a": project})
        data = write_workbook(whole(dataset))
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Projects"]
        head, cells = ([cell.value for cell in row] for row in sheet.rows)
        row = dict(zip(head, cells, strict=True))
        assert row["Investment (yuan)"] == str(10**15 + 1)

    def test_the_same_projects_give_the_same_bytes(self) -> None:
        assert write_workbook(whole(small())) == write_workbook(whole(small()))

    @examples(8)
    @given(datasets())
    def test_any_dataset_is_read_back(self, dataset: Dataset) -> None:
        selection = whole(dataset)
        sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(selection)))[
            "Projects"
        ]
        assert sheet.max_row == len(dataset.projects) + 1
        amounts = [row[9].value for row in sheet.iter_rows(min_row=2)]
        assert amounts == [project.investment for project in dataset.projects.values()]
