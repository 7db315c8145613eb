"""What `export` and `report` write, compared with files, and what they refuse.

GOLDEN=write writes the files anew: look at the difference before it is committed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hunnan_tui.cli import file_export
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.export.formats.registry import FORMATS
from tests.cli.conftest import GOLDEN, Run

BOM = "\ufeff"
GOLDEN_FORMATS = [name for name in FORMATS if name != "xlsx"]


class Today:
    """A clock that stands still."""

    @staticmethod
    def today() -> object:
        from datetime import date

        return date(2026, 11, 24)


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(file_export, "date", Today)


def compare(name: str, written: bytes) -> None:
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(written)
    assert written == golden.read_bytes()


class TestExport:
    @pytest.mark.parametrize("name", GOLDEN_FORMATS)
    def test_writes_as_in_the_golden_file(
        self, name: str, path: Path, home: Path, run: Run
    ) -> None:
        ran = run("export", f"out.{name}", "--own")
        assert (ran.code, ran.out) == (0, "")
        assert f"out.{name}: 6 projects" in ran.err
        compare(f"export.{name}", (home / f"out.{name}").read_bytes())

    @pytest.mark.parametrize("name", GOLDEN_FORMATS)
    def test_standard_output_gets_what_a_file_gets(
        self, name: str, path: Path, home: Path, run: Run
    ) -> None:
        run("export", "out", "--format", name)
        printed = run("export", "-", "--format", name).out
        assert printed.encode() == (home / "out").read_bytes()
        assert not UNSAFE.search(printed.replace("\r\n", "\n"))

    def test_a_workbook_goes_to_a_file_or_a_pipe(self, path: Path, home: Path) -> None:
        program = [sys.executable, "-m", "hunnan_tui", "export"]
        subprocess.run([*program, "out.xlsx"], check=True, capture_output=True)
        done = subprocess.run(
            [*program, "-", "--format", "xlsx"], check=True, capture_output=True
        )
        assert done.stdout[:2] == b"PK"
        assert (home / "out.xlsx").read_bytes()[:2] == b"PK"

    def test_rows_and_columns_are_those_asked_for(self, path: Path, run: Run) -> None:
        printed = run(
            *("export", "-", "--format", "csv"),
            *("-q", "turbine", "--columns", "stage,invest,id"),
        ).out
        assert list(csv.reader(io.StringIO(printed))) == [
            ["stage", "investment", "investment_qualifier", "id"],
            ["Under construction", "3000000000", "about", "turbine-base"],
        ]

    def test_the_readers_own_words_come_only_when_asked_for(
        self, path: Path, run: Run
    ) -> None:
        for own in (False, True):
            argv = ["export", "-", "--format", "json", *(["--own"] if own else [])]
            projects = json.loads(run(*argv).out)
            assert any("notes" in project for project in projects) is own

    def test_a_file_that_is_there_stays_unless_forced(
        self, path: Path, home: Path, run: Run
    ) -> None:
        (home / "out.csv").write_text("old")
        ran = run("export", "out.csv")
        assert ran.code == 3
        assert "is there already; --force replaces it" in ran.err
        assert (home / "out.csv").read_text() == "old"
        assert run("export", "out.csv", "--force").code == 0
        assert (home / "out.csv").read_text().startswith("id,name")

    def test_the_dataset_itself_is_never_replaced(self, path: Path, run: Run) -> None:
        before = path.read_bytes()
        ran = run("export", "projects.toml", "--force")
        assert ran.code == 3
        assert "it is the open file" in ran.err
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("argv", "code", "said"),
        [
            (["export"], 2, "Which file?"),
            (["export", "out"], 2, "Which format?"),
            (["export", "-"], 2, "Which format?"),
            (["export", "out.pdf"], 2, "Which format?"),
            (["export", "out.csv", "--columns", "nme"], 2, "did you mean name?"),
            (["export", "out.toml", "--columns", "name"], 2, "does not go with toml"),
            (["export", "out.csv", "-q", "invest:lots"], 2, "lots"),
            (
                ["export", "out.csv", "a.toml", "b.toml"],
                2,
                "a.toml: error: no such file",
            ),
            (["export", "gone/out.csv"], 3, "there is no such folder"),
            (["report", "-o", "out.csv"], 2, "A briefing cannot be csv"),
            (["report", "-o", "gone/out.md"], 3, "there is no such folder"),
        ],
    )
    def test_what_cannot_be_done_is_told_and_nothing_is_written(
        self, argv: list[str], code: int, said: str, path: Path, home: Path, run: Run
    ) -> None:
        ran = run(*argv)
        assert (ran.code, ran.out) == (code, "")
        assert said in ran.err
        assert list(home.iterdir()) == [path]

    @pytest.mark.parametrize(
        ("language", "options", "marked"),
        [
            ("zh_CN.UTF-8", [], True),
            ("zh_CN.UTF-8", ["--no-bom"], False),
            ("en_GB.UTF-8", [], False),
            ("en_GB.UTF-8", ["--bom"], True),
        ],
    )
    def test_csv_is_marked_for_excel_where_it_is_wanted(
        self,
        language: str,
        options: list[str],
        path: Path,
        home: Path,
        run: Run,
        monkeypatch: pytest.MonkeyPatch,
        *,
        marked: bool,
    ) -> None:
        monkeypatch.setenv("LANG", language)
        run("export", "out.csv", *options)
        text = (home / "out.csv").read_bytes().decode()
        assert text.startswith(BOM) is marked
        printed = run("export", "-", "--format", "csv", *options).out
        assert printed.startswith(BOM) is ("--bom" in options)

    def test_it_says_what_was_written(self, path: Path, run: Run) -> None:
        ran = run("export", "out.csv", "-q", "turbine", "--columns", "id")
        assert "out.csv: 1 project, CSV, 18 bytes" in ran.err


class TestReport:
    @pytest.mark.parametrize("name", ["md", "html"])
    def test_prints_as_in_the_golden_file(
        self, name: str, path: Path, home: Path, run: Run
    ) -> None:
        printed = run("report", "--format", name, "--own").out.encode()
        compare(f"report.{name}", printed)
        run("report", "-o", f"out.{name}", "--own")
        assert (home / f"out.{name}").read_bytes() == printed

    def test_it_is_about_what_the_query_finds(self, path: Path, run: Run) -> None:
        printed = run("report", "-q", "turbine").out
        assert "1 of 6 projects (query: turbine)" in printed
        assert "### 1. Gas Turbine Base" in printed
        assert "### 2." not in printed

    def test_nothing_found_is_said(self, path: Path, run: Run) -> None:
        ran = run("report", "-q", "nothingatall")
        assert ran.code == 0
        assert "There is no such project." in ran.out


def test_nothing_that_only_a_workbook_needs_is_imported_before(path: Path) -> None:
    code = """
import sys
import hunnan_tui.cli
hunnan_tui.cli.main(["list"])
hunnan_tui.cli.main(["export", "-", "--format", "csv"])
hunnan_tui.cli.main(["report"])
loaded = {name.partition(".")[0] for name in sys.modules}
print("loaded:", loaded & {"textual", "rich", "xlsxwriter", "pandas", "openpyxl"})
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("loaded: set()\n")
