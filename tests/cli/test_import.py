"""The import command: previews, maps, new datasets, and exports that come back."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli

from hunnan_tui.core.fields import SCHEMA_KEYS
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.export.columns import COLUMNS as EXPORTED_COLUMNS
from hunnan_tui.export.formats.registry import FORMATS as EXPORTED
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.exported import COMPUTED, find_exported_key
from tests.cli.conftest import GOLDEN, Run

TABLE = """\
示例区台账,,,,,
单位：万元,,,,,
序号,项目名称,总投资,开工时间,进度,联系电话
1,示例一号,20000,2023.3,在建,139
2,示例二号,约300,2023/3/8,签约,138
合计,,20300,,,
"""


@pytest.fixture
def table(home: Path) -> Path:
    file = home / "ledger.csv"
    file.write_text(TABLE, "gb18030")
    return file


class TestPreview:
    @pytest.mark.parametrize("name", ["import.txt", "import.json", "import.map.toml"])
    def test_is_as_in_the_golden_file(self, name: str, table: Path, run: Run) -> None:
        ran = run("import", "ledger.csv", *(["--json"] if "json" in name else []))
        assert ran.code == 0
        made = ran.out.encode()
        if name == "import.map.toml":
            made = table.with_name("ledger.csv.map.toml").read_bytes()
        golden = GOLDEN / name
        if os.environ.get("GOLDEN") == "write":
            golden.write_bytes(made)
        assert made == golden.read_bytes()

    def test_says_what_to_type_next(self, table: Path, run: Run) -> None:
        ran = run("import", "ledger.csv")
        assert ran.err.splitlines() == [
            "ledger.csv.map.toml: the map, to change what is wrong",
            "next: hunnan-tui import ledger.csv -o ledger.toml",
        ]

    def test_dry_run_writes_nothing(self, table: Path, home: Path, run: Run) -> None:
        for more in ((), ("-o", "new.toml")):
            assert run("import", "ledger.csv", "--dry-run", *more).code == 0
        assert os.listdir(home) == ["ledger.csv"]  # noqa: PTH208

    def test_text_of_the_table_is_no_command_to_a_terminal(
        self, home: Path, run: Run
    ) -> None:
        text = "name,\x1b[2Jx\nA\x1b[31m,\u202ey\n"
        (home / "t\x1b.csv").write_text(text, "utf-8")
        ran = run("import", "t\x1b.csv")
        assert not UNSAFE.search(ran.out)
        assert not UNSAFE.search(ran.err)


class TestMap:
    def test_is_never_written_again(self, table: Path, run: Run) -> None:
        run("import", "ledger.csv")
        made = table.with_name("ledger.csv.map.toml")
        edited = made.read_text("utf-8").replace('"进度" = "stage"', '"进度" = "-"')
        made.write_text(edited, "utf-8")
        ran = run("import", "ledger.csv", "-o", "new.toml")
        assert (ran.code, ran.out) == (0, "")
        assert made.read_text("utf-8") == edited
        assert "stage" not in read(table.with_name("new.toml"))["projects"][0]

    def test_can_stand_elsewhere(self, table: Path, home: Path, run: Run) -> None:
        assert run("import", "ledger.csv", "--map", "m.toml").code == 0
        assert sorted(os.listdir(home)) == ["ledger.csv", "m.toml"]  # noqa: PTH208

    def test_a_folder_that_takes_no_map_is_told(self, table: Path, run: Run) -> None:
        ran = run("import", "ledger.csv", "--map", "none/m.toml")
        assert ran.code == 0
        assert "The map was not kept" in ran.err

    def test_questions_are_asked_until_they_are_answered(
        self, home: Path, run: Run
    ) -> None:
        (home / "t.csv").write_text("项目名称,金额\n甲,18\n", "utf-8")
        ran = run("import", "t.csv", "-o", "new.toml")
        assert ran.code == 1
        assert "question: column '金额': money without a unit" in ran.err
        assert not (home / "new.toml").exists()
        made = home / "t.csv.map.toml"
        assert 'unit = "?"' in made.read_text("utf-8")
        answered = made.read_text("utf-8").replace('unit = "?"', 'unit = "万元"')
        made.write_text(answered, "utf-8")
        assert run("import", "t.csv", "-o", "new.toml").code == 0
        assert read(home / "new.toml")["projects"][0]["investment"] == 180_000

    def test_a_map_of_another_sheet_is_not_used(self, table: Path, run: Run) -> None:
        table.with_name("ledger.csv.map.toml").write_text(
            'map = 1\n[table]\nsheet = "a"\n', "utf-8"
        )
        ran = run("import", "ledger.csv", "--sheet", "b")
        assert ran.code == 2
        assert "it is the map of the sheet 'a'" in ran.err


class TestNew:
    def test_makes_a_dataset_that_opens(self, table: Path, run: Run) -> None:
        ran = run("import", "ledger.csv", "-o", "new.toml")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.splitlines()[-1] == "next: hunnan-tui new.toml"
        assert run("check", "new.toml").code == 0
        listed = [json.loads(line) for line in run("list", "new.toml").out.splitlines()]
        assert [each["name"] for each in listed] == ["示例一号", "示例二号"]
        assert listed[0]["investment"] == 200_000_000
        assert listed[1]["investment_qualifier"] == "about"

    def test_refuses_a_file_that_is_there(self, table: Path, run: Run) -> None:
        new = table.with_name("new.toml")
        new.write_text("mine", "utf-8")
        ran = run("import", "ledger.csv", "-o", "new.toml")
        assert ran.code == 2
        assert "new.toml is there already" in ran.err
        assert new.read_text("utf-8") == "mine"

    def test_the_same_table_gives_the_same_projects(
        self, table: Path, run: Run
    ) -> None:
        for name in ("one.toml", "two.toml"):
            run("import", "ledger.csv", "-o", name)
        one, two = (table.with_name(f"{name}.toml") for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()

    def test_rows_left_out_are_told_by_the_exit_status(
        self, home: Path, run: Run
    ) -> None:
        (home / "t.csv").write_text("id,name,owner\n1x,A,p\n1x,A,q\n", "utf-8")
        ran = run("import", "t.csv", "-o", "new.toml")
        assert ran.code == 1
        assert ran.err.startswith("t.csv:A3: error: a second row of 1x")
        assert len(read(home / "new.toml")["projects"]) == 1

    def test_no_project_is_nothing_to_do(self, home: Path, run: Run) -> None:
        (home / "t.csv").write_text("项目名称,行业\n", "utf-8")
        ran = run("import", "t.csv", "-o", "new.toml")
        assert ran.code == 0
        assert "nothing to do" in ran.err
        assert not (home / "new.toml").exists()

    def test_a_folder_that_is_not_there_is_not_saved(
        self, table: Path, run: Run
    ) -> None:
        ran = run("import", "ledger.csv", "-o", "none/new.toml")
        assert ran.code == 3
        assert "there is no such folder" in ran.err

    def test_an_import_that_is_stopped_leaves_nothing(
        self,
        table: Path,
        home: Path,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Converter, "_finish", stop)
        assert run("import", "ledger.csv", "-o", "new.toml").code == 130
        assert os.listdir(home) == ["ledger.csv"]  # noqa: PTH208

    def test_a_file_that_comes_meanwhile_is_not_replaced(
        self,
        table: Path,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        new, finish = table.with_name("new.toml"), Converter._finish

        def finish_late(*args: Any) -> Any:
            new.write_text("theirs", "utf-8")
            return finish(*args)

        monkeypatch.setattr(Converter, "_finish", finish_late)
        ran = run("import", "ledger.csv", "-o", "new.toml")
        assert ran.code == 3
        assert new.read_text("utf-8") == "theirs"

    @pytest.mark.parametrize(
        ("argv", "why"),
        [
            ((), "Which table?"),
            (("a.csv", "b.csv"), "One table"),
            (("none.csv",), "there is no such file"),
            ((".",), "it is no file"),
            (("ledger.csv", "--encoding", "latin-9000"), "There is no encoding"),
            (("ledger.csv", "--encoding", "utf-8"), "not utf-8: byte 0x"),
            (("ledger.csv", "--sheet", "x"), "there is no sheet 'x': it has no sheets"),
            (("ledger.csv", "-q", "x"), "There is no option -q"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, argv: tuple[str, ...], why: str, table: Path, run: Run
    ) -> None:
        ran = run("import", *argv)
        assert ran.code == 2
        assert why in ran.err
        assert ran.out == ""

    def test_many_problems_are_capped_and_counted(self, home: Path, run: Run) -> None:
        rows = "".join(f"p{number},0,x\n" for number in range(1_500))
        (home / "t.csv").write_text(f"项目名称,总投资（万元）,备注\n{rows}", "utf-8")
        err = run("import", "t.csv").err
        assert err.count(": note: 0: no amount") == 1_000
        assert "… and 500 more problems" in err
        assert "1,500 notes" in err


SHIPPED = Path(__file__).parents[2] / "data" / "projects.toml"


class TestOwnExports:
    @pytest.fixture
    def path(self, home: Path, run: Run) -> Path:
        """The shipped dataset, with annotations on one project."""
        file = home / "projects.toml"
        file.write_bytes(SHIPPED.read_bytes())
        key = json.loads(run("list", "-q", "has:party").out.splitlines()[0])["id"]
        run("tag", "add", key, "watch", "=1+1", "a b")
        run("note", "add", key, "hello; there")
        run("need", "add", key, "energy", "110 kV")
        run("follow", key, "2026-12-01")
        return file

    FORMATS = tuple(name for name in EXPORTED if name != "html")
    """All that hold rows; a web page is refused with the reason."""

    @pytest.mark.parametrize("form", FORMATS)
    @pytest.mark.parametrize("own", [(), ("--own",)])
    def test_come_back_without_a_question(
        self, form: str, own: tuple[str, ...], path: Path, run: Run
    ) -> None:
        run("export", f"e.{form}", *own)
        ran = run("import", f"e.{form}", "-o", "new.toml")
        assert ran.code == 0, ran.err
        before, after = projects(run), projects(run, "new.toml")
        assert list(after) == list(before)
        for key, project in after.items():
            for name in ("name", "investment", "investment_qualifier", "stage"):
                assert project.get(name) == before[key].get(name), (key, name)
            for name in ("industries", "parties", "district", "summary"):
                assert project.get(name) == before[key].get(name), (key, name)
            if own:
                assert project.get("tags") == before[key].get("tags"), key

    @pytest.mark.parametrize("form", FORMATS)
    def test_an_export_of_what_came_back_is_the_same(
        self, form: str, path: Path, run: Run
    ) -> None:
        run("export", f"e.{form}", "--own")
        assert run("import", f"e.{form}", "-o", "new.toml").code == 0
        run("export", "again.csv", "--own", "new.toml")
        run("export", "first.csv", "--own")
        one, two = (read_rows(path.with_name(f"{n}.csv")) for n in ("first", "again"))
        # JSON has ids alone: the names stand in the dataset
        unnamed = ("stage", "industries") if form in ("json", "jsonl") else ()
        for row in (*one, *two):
            for name in unnamed:
                del row[name]
        assert two == one

    def test_a_web_page_is_refused(self, path: Path, run: Run) -> None:
        run("export", "e.html")
        ran = run("import", "e.html", "-o", "new.toml")
        assert ran.code == 2
        assert "it is a web page" in ran.err

    @pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
    def test_lists_come_back_too(self, form: str, path: Path, run: Run) -> None:
        path.with_name(f"l.{form}").write_text(
            run("list", "--format", form).out, "utf-8", newline=""
        )
        assert run("import", f"l.{form}", "-o", "new.toml").code == 0
        before, after = projects(run), projects(run, "new.toml")
        for key, project in after.items():
            for name in ("name", "investment", "stage", "industries", "tags"):
                assert project.get(name) == before[key].get(name)

    def test_json_comes_back_whole(self, path: Path, run: Run) -> None:
        run("export", "e.json", "--own")
        run("import", "e.json", "-o", "new.toml")
        before, after = projects(run), projects(run, "new.toml")
        for key, project in after.items():
            for name in ("facts", "events", "parties", "notes", "needs", "follow_up"):
                assert project.get(name) == before[key].get(name), (key, name)

    @pytest.mark.parametrize("form", ["csv", "xlsx", "json", "jsonl", "toml"])
    def test_fields_of_ones_own_come_back(
        self, form: str, home: Path, run: Run
    ) -> None:
        (home / "t.csv").write_text(
            "项目代码,项目名称,总投资（万元）,年度投资,责任人,人数,链接\n"
            "K1,甲,约5,20,张三,7,https://example.org/a\nK2,乙,6,,李四,8,\n",
            "utf-8",
        )
        run("import", "t.csv")
        made = home / "t.csv.map.toml"
        text = made.read_text("utf-8")
        for label, target in {
            "年度投资": '{ to = "plan", type = "amount", unit = "万元" }',
            "责任人": '"leader"',
            "人数": '{ to = "staff", type = "number" }',
        }.items():
            text = re.sub(f'"{label}" = [^#\n]*', f'"{label}" = {target} ', text)
        made.write_text(text, "utf-8")
        assert run("import", "t.csv", "-o", "one.toml").code == 0
        assert [field["id"] for field in read(home / "one.toml")["fields"]] == [
            *("plan", "leader", "staff"),
        ]
        assert run("check", "one.toml").code == 0
        run("export", f"e.{form}", "one.toml")
        assert run("import", f"e.{form}", "-o", "two.toml").code == 0
        assert run("check", "two.toml").code == 0
        one, two = (run("list", "--format", "csv", f"{n}.toml") for n in ("one", "two"))
        values = [list(csv.reader(each.out.splitlines())) for each in (one, two)]
        # the file of a sheet has the names of fields, not their ids
        assert values[0][1:] == values[1][1:]
        # and into the dataset that it came from it brings nothing
        assert (
            form == "toml"
            or "nothing to do"
            in run("import", f"e.{form}", "--into", "one.toml", "--yes").err
        )

    def test_every_column_of_an_export_is_known(self) -> None:
        for name, column in EXPORTED_COLUMNS.items():
            for label in (
                name,
                column.format_heading("yuan"),
                column.format_heading(""),
            ):
                expected = name if name in SCHEMA_KEYS else COMPUTED
                assert find_exported_key(label) == expected


def test_a_workbook_is_read_in_a_process_of_its_own(path: Path, run: Run) -> None:
    run("export", "e.xlsx")
    code = (
        "import sys\nfrom hunnan_tui.cli import main\n"
        "code = main(['import', 'e.xlsx', '-o', 'new.toml'])\n"
        "late = {'python_calamine', 'xlsxwriter', 'textual', 'rich'}\n"
        "print(code, sorted(late & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith(" []\n")


def test_no_other_command_loads_the_import(path: Path) -> None:
    code = (
        "import sys\nfrom hunnan_tui.cli import main\nmain(['list'])\n"
        "print([m for m in sys.modules if 'importing' in m], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text("utf-8"))


def projects(run: Run, *argv: str) -> dict[str, dict[str, Any]]:
    lines = run("list", "--format", "jsonl", *argv).out.splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}
