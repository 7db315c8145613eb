"""Shapes of real tables, one by one."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from hunnan_tui.importing import delimited
from hunnan_tui.importing.header import find_known_field
from hunnan_tui.importing.new_dataset import make_source_id
from hunnan_tui.importing.prepare import QuestionError, prepare
from hunnan_tui.importing.table import TableError
from tests.importing.tables import (
    import_bytes,
    import_file,
    import_rows,
    import_sheet,
    import_text,
    make_workbook,
)

MONEY = "总投资（万元）"
NOON = datetime(2023, 3, 8, 12, 30)  # noqa: DTZ001 - a workbook has no zones


class TestHeader:
    def test_two_rows_of_a_merged_sheet_saved_as_csv(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["2024年台账", None, None, None, None],
            ["序号", "行业", "项目名称", "参建单位", None, "总投资（亿元）"],
            [None, None, None, "建设单位", "施工单位", None],
            [1, "装备", "甲", "a", "b", 1.5],
            [2, None, "乙", "c", None, 2],
            [3, "材料", "丙", "d", "e", 3],
        )
        assert made.prepared.layout.header == (2, 3)
        assert made.dataset["dataset"]["title"] == "2024年台账"
        assert made.projects[0]["parties"] == [
            {"name": "a", "role": "建设单位"},
            {"name": "b", "role": "施工单位"},
        ]
        # the industry is written once for both, the builder is really missing
        assert made.projects[1]["industries"] == made.projects[0]["industries"]
        assert made.projects[1]["parties"] == [{"name": "c", "role": "建设单位"}]

    def test_three_rows_with_groups_in_groups(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["序号", "项目名称", "投资", None, None, "进度"],
            [None, None, "总投资", "其中", None, None],
            [None, None, "（万元）", "中央（万元）", "地方（万元）", None],
            [1, "甲", 100, 1, 2, "在建"],
        )
        assert list(made.map.columns)[2:5] == [
            "投资/总投资（万元）",
            "投资/其中/中央（万元）",
            "投资/其中/地方（万元）",
        ]
        assert made.projects[0]["investment"] == 1_000_000

    def test_rows_that_a_merged_header_begins_in(self, tmp_path: Path) -> None:
        made = import_sheet(
            tmp_path,
            [
                ["项目名称", "甲方", "参建"],
                [None, None, "施工单位"],
                ["甲", "x", "y"],
            ],
            ["A1:A2", "B1:B2"],
        )
        assert made.prepared.layout.header == (1, 2)
        assert made.names == ["甲"]

    def test_one_heading_twice_is_two_columns(self, tmp_path: Path) -> None:
        made = import_rows(tmp_path, ["项目名称", "备注", "备注"], ["甲", "一", "二"])
        values = [fact["value"] for fact in made.projects[0]["facts"]]
        assert values == ["一", "二"]

    def test_an_annex_and_a_unit_above(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["附件1"],
            ["示例台账"],
            [None, "单位：亿元"],
            ["项目名称", "总投资", "年度投资计划"],
            ["甲", "1.5", "0.5"],
        )
        assert made.projects[0]["investment"] == 150_000_000
        assert made.projects[0]["facts"] == [
            {"label": "年度投资计划（亿元）", "value": "0.5"}
        ]
        assert made.dataset["dataset"] == {
            "title": "示例台账",
            "currency": "CNY",
            "updated": date(2026, 11, 28),
        }

    def test_a_header_that_has_moved_is_found_by_the_map(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("题目,\n项目名称,行业\n甲,x\n", "utf-8")
        made = prepare(path)
        made.map_path.write_text(made.map_text, "utf-8")
        path.write_text("题目,\n第二行题目,\n项目名称,行业\n乙,x\n", "utf-8")
        assert import_file(path).names == ["乙"]

    def test_a_column_that_is_gone_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,行业\n甲,x\n", "utf-8")
        made = prepare(path)
        made.map_path.write_text(made.map_text, "utf-8")
        path.write_text("项目名称,所属产业\n甲,x\n", "utf-8")
        with pytest.raises(TableError, match=r"'行业'.*new in it.*'所属产业'"):
            import_file(path)
        path.write_text("项目名称\n甲\n", "utf-8")
        with pytest.raises(TableError, match=r"'行业'.*it has 项目名称"):
            import_file(path)

    def test_a_column_that_has_come_is_told_and_left_out(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,行业\n甲,x\n", "utf-8")
        made = prepare(path)
        made.map_path.write_text(made.map_text, "utf-8")
        path.write_text("项目名称,总投资（万元）,行业\n甲,5,x\n", "utf-8")
        found = import_file(path)
        assert "investment" not in found.projects[0]
        assert found.problems == [
            "table.csv:B1: warning: a column that the map does not name: "
            "总投资（万元）: left out (add it to [columns] of the map)"
        ]
        assert not found.converter.has_left_out

    @pytest.mark.parametrize(
        ("label", "field"),
        [
            ("重点建设项目名称", "name"),
            ("项目（企业）名称", "name"),
            ("Name of the project", "name"),
            ("项目计划总投资额（亿元）", "investment"),
            ("主要建设内容", "summary"),
            ("项目建设单位", "party"),
            ("项目所属行业", "industry"),
            ("项 目 名 称", "name"),
            ("Kosten in Mio. Euro", "investment"),
            ("总投资，万元", "investment"),
            ("年度计划投资", ""),
            ("本月完成投资", ""),
            ("责任人", ""),
        ],
    )
    def test_longer_headings_end_in_a_known_word(self, label: str, field: str) -> None:
        assert find_known_field(label) == field


class TestRows:
    def test_headings_totals_headers_and_footers(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["单位：亿元"],
            ["序号", "项目名称", "总投资", "建设单位"],
            ["合计", None, 65, None],
            ["一、装备制造（2个，30亿元）"],
            [1, "甲", 10, "a"],
            [2, "乙", 20, "b"],
            ["小计", None, 30, None],
            ["二、新材料（3个）"],
            ["（一）石墨（1个）"],
            [1, "丙", 30, "c"],
            ["序号", "项目名称", "总投资", "建设单位"],
            ["（二）陶瓷"],
            [2, "丁", 5, "d"],
            [],
            [],
            ["注：本表为示例"],
            ["联系人 张三 123"],
        )
        assert made.names == ["甲", "乙", "丙", "丁"]
        names = {
            industry["id"]: industry["name"] for industry in made.dataset["industries"]
        }
        industries = [names[project["industries"][0]] for project in made.projects]
        assert industries == ["装备制造", "装备制造", "石墨", "陶瓷"]
        assert made.skipped == [1, 3, 4, 7, 8, 9, 11, 12, 16, 17]
        assert made.problems == [
            "table.csv:A8: warning: the heading says 3 projects, 2 stand below it"
        ]

    def test_a_sum_in_a_heading_that_is_wrong(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["序号", "项目名称", "总投资（亿元）"],
            ["一、装备制造（共2个，总投资40亿元）"],
            [1, "甲", 10],
            [2, "乙", 20],
        )
        assert "the heading says 4,000,000,000 in all" in made.problems[0]

    def test_headings_of_stages(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["序号", "项目名称", MONEY],
            ["一、在建项目（1个）"],
            [1, "甲", 10],
            ["二、签约项目（1个）"],
            [1, "乙", 20],
        )
        assert [p["stage"] for p in made.projects] == ["construction", "signed"]
        assert not any("industries" in p for p in made.projects)

    def test_ragged_rows_and_an_empty_first_column(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            [None, "项目名称", "投资额（万元）", "备注"],
            [None, "甲", 5],
            [None, "乙", 6, "x", "beyond"],
            [None, "丙"],
        )
        assert made.names == ["甲", "乙", "丙"]
        assert [p.partition(": ")[0] for p in made.problems] == [
            "table.csv:E3",
            "table.csv:B4",
        ]

    def test_a_column_without_a_heading_is_told_once(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["项目名称", None, "行业"],
            ["甲", None, "x"],
            ["乙", "y", "x"],
            ["丙", "z", "x"],
        )
        assert made.problems == [
            "table.csv:B3: warning: from here on 2 cells under no heading: left out "
            "(give the column a heading)"
        ]

    def test_a_merged_amount_is_counted_once(self, tmp_path: Path) -> None:
        made = import_sheet(
            tmp_path,
            [
                ["行业", "项目名称", MONEY],
                ["装备", "甲", 100],
                [None, "乙", None],
                ["材料", "丙", "5"],
            ],
            ["A2:A3", "C2:C3"],
        )
        amounts = [p.get("investment") for p in made.projects]
        assert amounts == [1_000_000, None, 50_000]
        assert made.projects[0]["industries"] == made.projects[1]["industries"]

    def test_a_project_with_many_cells_that_is_called_like_a_total(
        self, tmp_path: Path
    ) -> None:
        made = import_rows(
            tmp_path,
            ["项目名称", "建设单位", MONEY, "阶段", "地点"],
            ["计算中心", "设计总院", 5, "在建", "x"],
            ["总计", None, 5, None, None],
        )
        assert made.names == ["计算中心"]


class TestIdentity:
    def test_codes_that_lost_digits_are_left_out(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["项目代码", "项目名称"],
            ["2.10123E+20", "甲"],
            ["210123000000000000001", "乙"],
            [None, "丙"],
            ["A-3", "丁"],
        )
        assert made.names == ["乙", "丙", "丁"]
        assert made.converter.has_left_out
        assert made.projects[0]["id"] == "210123000000000000001"
        assert "lost digits" in made.problems[0]

    def test_numbers_of_a_workbook_that_lost_digits(self, tmp_path: Path) -> None:
        made = import_sheet(
            tmp_path, [["项目代码", "项目名称"], [4403 * 10**17, "甲"], [12345, "乙"]]
        )
        assert [p["id"] for p in made.projects] == ["12345"]

    @pytest.mark.parametrize(
        ("duplicates", "places"), [("first", ["p"]), ("merge", ["p"])]
    )
    def test_one_id_on_several_rows(
        self, tmp_path: Path, duplicates: str, places: list[str]
    ) -> None:
        path = tmp_path / "table.csv"
        path.write_text("id,name,owner\n1x,A,p\n1x,A,q\n2x,B,r\n", "utf-8")
        made = prepare(path)
        text = made.map_text.replace('"error"', f'"{duplicates}"')
        made.map_path.write_text(text, "utf-8")
        imported = import_file(path)
        owners = [party["name"] for party in imported.projects[0]["parties"]]
        assert owners == (["p"] if duplicates == "first" else ["p", "q"])
        assert not imported.converter.has_left_out

    def test_two_codes_of_one_id_are_told(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path, ["项目代码", "项目名称"], ["A/1", "甲"], ["A_1", "乙"]
        )
        assert made.names == ["甲"]
        assert "the id 'a-1' is that of row 2 already" in made.problems[0]


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "data", "why"),
        [
            ("a.csv", b"", "it is empty"),
            ("a.csv", b"\xef\xbb\xbf", "it is empty"),
            (
                "a.xls",
                b"\xef\xbb\xbf\n<table><tr><td>x</td></tr></table>",
                "a web page",
            ),
            ("a.csv", b"%PDF-1.7 ...", "a PDF"),
            ("a.csv", bytes(range(256)) * 20, "neither a text nor"),
            ("a.csv", "甲,5\n".encode(), "one row, which is no header"),
            ("a.csv", b"a,b\n1,2\n", "no heading among its first"),
            ("a.csv", b'name,owner\nA,x\nB,"y\nC,z\n', "record 3: a quote is opened"),
            ("a.csv", b"name" + b"," * 600 + b"\n", "500 columns"),
            ("a.json", b"[1, 2, 3]", "no list of objects"),
            ("a.json", b'[{"name": "A"', "not valid JSON"),
            ("a.json", b'[{"name": "A", "name": "B"}]', "'name' stands twice"),
            ("a.json", b'{"a": 1}', "none of its keys is that of"),
            ("a.json", b"[" * 100_000, "not valid JSON"),
            ("a.xlsx", b"PK\x03\x04" + b"x" * 300, "not a workbook"),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "not a work"),
            (
                "a.xlsx",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                + bytes(600)
                + "EncryptedPackage".encode("utf-16-le"),
                "locked with a password",
            ),
        ],
    )
    def test_what_is_no_table_is_refused_with_the_reason(
        self, tmp_path: Path, name: str, data: bytes, why: str
    ) -> None:
        with pytest.raises(TableError, match=why):
            import_bytes(tmp_path, data, name)

    def test_a_transposed_table(self, tmp_path: Path) -> None:
        with pytest.raises(TableError, match="transposed"):
            import_rows(
                tmp_path,
                ["项目名称", "甲", "乙"],
                [MONEY, 5, 6],
                ["项目阶段", "在建", "签约"],
            )

    def test_more_rows_than_a_sheet_has(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(delimited, "MOST_ROWS", 3)
        with pytest.raises(TableError, match="a table of more than 3 rows"):
            import_rows(tmp_path, ["项目名称"], ["甲"], ["乙"], ["丙"])

    def test_a_workbook_that_unpacks_to_too_much(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/worksheets/sheet1.xml", bytes(3_000_000))
        with pytest.raises(TableError, match="more than 200 times its size"):
            import_file(path)

    def test_a_cell_far_out(self, tmp_path: Path) -> None:
        path = tmp_path / "far.xlsx"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("xl/worksheets/sheet1.xml", '<c r="XFD1048576"><v>1</v>')
        with pytest.raises(TableError, match="a cell at XFD1048576"):
            import_file(path)

    def test_money_without_a_unit_is_asked(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,金额\n甲,18\n", "utf-8")
        made = prepare(path)
        assert made.map.columns["金额"].unit == "?"
        assert "money without a unit" in made.map.questions[0]
        with pytest.raises(TableError, match="leaves open"):
            import_file(path)
        # what is known is shown meanwhile
        converter = made.make_converter(despite_questions=True)
        assert [p.values for p in converter.convert_projects()] == [{"name": "甲"}]

    def test_days_and_months_that_nothing_decides_are_asked(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "table.csv"
        path.write_text("Name,Start date\nA,01/02/2023\nB,03/04/2023\n", "utf-8")
        assert prepare(path).map.questions == (
            "column 'Start date': day or month first (dmy or mdy)?",
        )

    def test_several_sheets_with_projects_are_asked(self, tmp_path: Path) -> None:
        sheets = {n: [("项目名称", MONEY), ("甲", 5)] for n in ("a", "b")}
        path = make_workbook(tmp_path / "t.xlsx", sheets)
        with pytest.raises(QuestionError, match="'a', 'b'"):
            prepare(path)
        assert import_file(path, sheet="b").map.sheet == "b"
        with pytest.raises(TableError, match="no sheet 'c': it has 'a', 'b'"):
            prepare(path, sheet="c")

    def test_a_hidden_sheet_is_not_asked_about(self, tmp_path: Path) -> None:
        sheets = {n: [("项目名称", MONEY), (n, 5)] for n in ("a", "b")}
        path = make_workbook(tmp_path / "t.xlsx", sheets, hidden=["a"])
        assert import_file(path).names == ["b"]


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("项目名称\t建设单位\n甲项目\ta公司\n", "utf-16-le"),
            ("Name\tOwner\nAlpha\tBeta\n", "utf-16-be"),
            ("Name\tOwner\nAlpha\tBeta\n", "utf-32"),
            ("项目名称,建设单位\n示例产业园项目,示例公司\n", "gb18030"),
            ("项目名称|建设单位\n示例|一\n", "utf-8"),
            ("Nazwa projektu;Beneficjent\nŻółw;Gmina Łódź\n", "cp1250"),
            ("Название,Name\nПроект завода,Завод\n", "cp1251"),
            ("Projekttitel;Träger\nBrücke Süd;Größe\n", "cp1252"),
        ],
    )
    def test_the_encoding_is_found(
        self, tmp_path: Path, text: str, encoding: str
    ) -> None:
        made = import_bytes(tmp_path, text.encode(encoding))
        lines = [line.replace("\t", ";").replace(",", ";") for line in text.split("\n")]
        name = (
            lines[1].replace("|", ";").split(";")[0 if lines[0][-4:] != "Name" else 1]
        )
        assert made.names == [name]

    @pytest.mark.parametrize(
        ("name", "id"),
        [("2026年台账", "2026-nian-tai-zhang"), ("List 1", "list-1"), ("——", "table")],
    )
    def test_the_source_has_an_id_of_plain_letters(self, name: str, id: str) -> None:
        assert make_source_id(Path(f"{name}.csv")) == id

    def test_one_bad_byte_far_down_is_told(self, tmp_path: Path) -> None:
        rows = "".join(f"示例{number}号项目,示例公司\n" for number in range(300))
        data = b"\xe9".join(
            f"项目名称,建设单位\n{rows}".encode().rsplit("号".encode(), 1)
        )
        made = import_bytes(tmp_path, data)
        assert len(made.projects) == 300
        assert made.problems[0].startswith("table.csv: warning: some of its bytes are")
        assert made.problems[1].startswith("table.csv:A301: warning: a replacement")

    def test_html_becomes_text(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["name", "description"],
            ["A", "<p>Hello<br>World &amp; co</p>"],
            ["B", "a < b"],
        )
        assert [p["summary"] for p in made.projects] == ["Hello\nWorld & co", "a < b"]

    def test_many_blank_rows_take_no_time(self, tmp_path: Path) -> None:
        text = "项目名称,状态\n甲,在建\n" + ",\n" * 100_000
        assert import_text(tmp_path, text).names == ["甲"]

    def test_only_a_header(self, tmp_path: Path) -> None:
        made = import_rows(tmp_path, ["项目名称", MONEY])
        assert made.projects == []
        assert made.map.questions == ()

    def test_the_types_of_a_workbook(self, tmp_path: Path) -> None:
        made = import_sheet(
            tmp_path,
            [
                ["Name", "Cost (EUR)", "Start date", "Flag", "Ratio"],
                ["A", 12, NOON, True, 0.1 + 0.2],
                ["B", 12.5, date(2024, 1, 1), False, 1e15],
            ],
        )
        first, second = made.projects
        assert first["investment"] == 12
        assert second["investment"] == 13  # half a unit is rounded up
        assert "12.5" in second["investment_text"]
        assert first["events"] == [{"date": "2023-03-08", "what": "Start date"}]
        assert [f["value"] for f in first["facts"]] == ["true", "0.3"]

    def test_numbers_of_json(self, tmp_path: Path) -> None:
        made = import_text(
            tmp_path,
            '{"data": [{"name": "A", "cost (EUR)": NaN, "x": 1e400},'
            '{"name": "B\\ud800", "cost (EUR)": 1e5, "n": ' + "1" * 60 + "}]}",
            "t.json",
        )
        assert made.names == ["A", "B\ufffd"]
        assert made.projects[1]["investment"] == 100_000
        assert made.projects[0]["facts"] == [{"label": "x", "value": "1E+400"}]

    def test_a_line_of_json_with_a_key_twice_is_left_out(self, tmp_path: Path) -> None:
        made = import_text(
            tmp_path, '{"name": "A"}\n{"name": "B", "name": "C"}\n', "t.jsonl"
        )
        assert made.names == ["A"]
        assert made.converter.has_left_out


class TestCells:
    def test_other_currencies(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["项目名称", MONEY],
            ["甲", "5"],
            ["乙", "3亿美元"],
            ["丙", "500万欧元"],
            ["丁", "1W"],
            ["戊", "12.5亿元人民币"],
            ["己", "10-20亿元"],
        )
        keys = ("investment", "investment_usd", "investment_text")
        assert [{k: p[k] for k in keys if k in p} for p in made.projects] == [
            {"investment": 50_000},
            {"investment_usd": 300_000_000},
            {"investment_text": "500万欧元"},
            {"investment": 10_000},
            {"investment": 1_250_000_000, "investment_text": "12.5亿元人民币"},
            {"investment_text": "10-20亿元"},
        ]

    def test_units_in_many_languages(self, tmp_path: Path) -> None:
        for heading, text, amount in (
            ("Cost (KES million)", "1,234.5", 1_234_500_000),
            ("Gesamtkosten (Mio. €)", "1.234,5", 1_234_500_000),
            ("Kosten in Mio. Euro", "1,5", 1_500_000),
            ("总 投 资：亿元", "1.5", 150_000_000),
            ("Koszt (tys. zł)", "1 234,50", 1_234_500),
            ("Valor (R$ milhões)", "0,5", 500_000),
            ("投资额/万元", "1,234.5", 12_345_000),
            ("Budget", "€5m", 5_000_000),
            ("Total cost (USD bn)", "约1.5", 1_500_000_000),
        ):
            made = import_rows(
                tmp_path, ["name", heading], ["A", text], ["B", text.replace("5", "25")]
            )
            assert made.projects[0]["investment"] == amount, heading

    def test_persons_are_left_out(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["项目名称", "责任人", "联系电话", "责任人联系方式", "E-Mail"],
            ["甲", "张三", "138", "139", "a@example.org"],
        )
        assert made.projects[0]["facts"] == [{"label": "责任人", "value": "张三"}]

    def test_a_far_amount_is_told(self, tmp_path: Path) -> None:
        rows = [[f"p{number}", 100 + number] for number in range(12)]
        made = import_rows(tmp_path, ["项目名称", MONEY], *rows, ["big", 500_000])
        assert made.problems == [
            "table.csv:B14: warning: 5,000,000,000 is far above the other amounts "
            "(is its unit right?)"
        ]

    def test_one_column_of_dates_speaks_for_the_others(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["Name", "Start date", "End date"],
            ["A", "01/02/2023", "30/04/2024"],
            ["B", "03/04/2023", "1/1/2025"],
        )
        starts = [p["events"][0]["date"] for p in made.projects]
        assert starts == ["2023-02-01", "2023-04-03"]

    def test_months_before_their_years(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["Projektname", "Baubeginn", "Kosten in Mio. €"],
            ["A", "03.2024", "1,5"],
            ["B", "2025", "12"],
        )
        days = [p["events"][0]["date"] for p in made.projects]
        assert days == ["2024-03", "2025"]
        assert made.projects[0]["investment"] == 1_500_000

    def test_a_title_with_the_unit_in_it(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["sep=,"],
            ["2024年重点项目表（单位：万元）"],
            ["序号", "项目名称", "总投资"],
            [1, "甲", 5],
        )
        assert made.dataset["dataset"]["title"] == "2024年重点项目表"
        assert made.projects[0]["investment"] == 50_000

    def test_the_last_row_can_tell_the_order_of_dates(self, tmp_path: Path) -> None:
        rows = [[f"A{number}", "01/02/2023"] for number in range(2_100)]
        made = import_rows(tmp_path, ["Name", "Start date"], *rows, ["B", "25/04/2023"])
        assert made.projects[0]["events"][0]["date"] == "2023-02-01"

    def test_a_column_of_reports_is_no_stage(self, tmp_path: Path) -> None:
        made = import_rows(
            tmp_path,
            ["项目名称", "项目进度"],
            ["甲", "主体结构已完成三层，外墙保温正在施工，预计年底前封顶"],
            ["乙", "土地已摘牌，正在办理规划许可，设计方案已经报送主管部门审查"],
        )
        assert "stages" not in made.dataset
        assert made.projects[0]["facts"][0]["label"] == "项目进度"

    def test_a_field_of_the_users_own(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,年度计划投资,负责部门\n甲,5000,发改\n", "utf-8")
        made = prepare(path)
        text = made.map_text.replace(
            '"年度计划投资" = "facts:年度计划投资"',
            '"年度计划投资" = { to = "annual_plan", type = "amount", unit = "万元" }',
        )
        made.map_path.write_text(text, "utf-8")
        imported = import_file(path)
        assert imported.projects[0]["annual_plan"] == 50_000_000
        assert imported.dataset["fields"] == [
            {"id": "annual_plan", "name": "年度计划投资", "type": "amount"}
        ]


def test_a_missing_reader_of_workbooks_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_workbook(tmp_path / "table.xlsx", {"台账": [["项目名称"], ["甲"]]})
    monkeypatch.setattr("hunnan_tui.importing.workbook.find_spec", lambda _: None)
    with pytest.raises(TableError, match="python-calamine, which reads"):
        prepare(path)


class TestOwnKeys:
    """What a map may call a field of the user's own."""

    @pytest.mark.parametrize(
        ("to", "why"),
        [
            ("amount", r"'amount' is what the field investment is called"),
            ("Stage Date", r"what the field stage_date is called"),
            ("企业", r"what the field parties is called"),
            ("leader:x", r"only parties, events, facts take a word behind a colon"),
            ("import_key", r"no field to fill"),
            (" ", r"no field to fill"),
        ],
    )
    def test_a_name_that_means_something_else_is_refused(
        self, to: str, why: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,额\n甲,5\n", "utf-8")
        Path(f"{path}.map.toml").write_text(
            f'map = 1\n[columns]\n"项目名称" = "name"\n"额" = "{to}"\n', "utf-8"
        )
        with pytest.raises(TableError, match=why):
            prepare(path)

    def test_two_columns_are_not_one_field(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text("项目名称,a,b\n甲,5,6\n", "utf-8")
        Path(f"{path}.map.toml").write_text(
            'map = 1\n[columns]\n"项目名称" = "name"\na = "leader"\nb = "leader"\n',
            "utf-8",
        )
        with pytest.raises(TableError, match="two columns 'leader'"):
            import_file(path)

    def test_a_number_of_jobs_is_one(self, tmp_path: Path) -> None:
        path = tmp_path / "table.csv"
        path.write_text('项目名称,岗位\n甲,"1,200"\n乙,许多\n', "utf-8")
        Path(f"{path}.map.toml").write_text(
            'map = 1\n[columns]\n"项目名称" = "name"\n"岗位" = "jobs"\n', "utf-8"
        )
        made = import_file(path)
        assert [project.get("jobs") for project in made.projects] == [1200, None]
        assert made.problems == ["table.csv:B3: warning: 许多: no number: left out"]
