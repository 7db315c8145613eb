"""`sort:`, `group:` and `show:` of a query: done as in the app, or refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PROJECTS = """
currency = "CNY"
[[stages]]
id = "planned"
name = "Planned"
[[stages]]
id = "signed"
name = "Signed"
"""
for number, (stage, amount) in enumerate(
    [("signed", 5), ("planned", 3), ("signed", 9), ("planned", 7), ("", 1)]
):
    PROJECTS += f"""
[[projects]]
id = "p{number}"
name = "N{number}"
stage = "{stage}"
investment = {amount}_000_000_000
tags = ["t{number}"]
"""


@pytest.fixture
def path(home: Path) -> Path:
    file = home / "projects.toml"
    file.write_text(PROJECTS)
    return file


def ids(run: Run, *argv: str) -> list[str]:
    return run(*argv).out.split()


@pytest.mark.usefixtures("path")
class TestGroups:
    ORDER = ("p3", "p1", "p2", "p0", "p4")

    def test_every_form_of_a_list_and_of_an_export_is_in_their_order(
        self, run: Run
    ) -> None:
        query = ("-q", "group:stage")
        assert ids(run, "list", "--format", "ids", *query) == [*self.ORDER]
        for form in ("json", "csv", "jsonl", "md"):
            for command in (("list",), ("export", "-")):
                more = ("show:id",) if form == "md" else ()
                text = " ".join(("group:stage", *more))
                printed = run(*command, "--format", form, "-q", text).out
                places = [printed.index(each) for each in self.ORDER]
                assert places == sorted(places)
        briefing = run("report", *query).out
        places = [briefing.index(f"N{each[1]}") for each in self.ORDER]
        assert places == sorted(places)

    def test_a_table_has_a_heading_with_the_subtotal_of_each(self, run: Run) -> None:
        lines = run("list", "--format", "table", "-q", "group:stage").out.splitlines()
        starts = [line.split("  ")[0] for line in lines[1:]]
        assert starts == [
            *("", "Planned: 2 · 10 bn", "p3", "p1"),
            *("", "Signed: 2 · 14 bn", "p2", "p0"),
            *("", "not stated: 1 · 1 bn", "p4"),
        ]

    def test_an_order_turns_them_as_in_the_app(self, run: Run) -> None:
        query = "group:stage sort:stage-,invest"
        found = ids(run, "list", "--format", "ids", "-q", query)
        assert found == ["p0", "p2", "p1", "p3", "p4"]

    def test_notes_and_needs_follow_it(self, run: Run) -> None:
        for key in ("p0", "p1"):
            run("note", "add", key, "text")
        lines = run("note", "list", "-q", "group:stage").out.splitlines()
        assert [line.split("\t")[0] for line in lines] == ["p1", "p0"]

    def test_a_second_one_is_told(self, run: Run) -> None:
        ran = run("list", "-q", "group:district group:stage")
        assert "district is not used" in ran.err


@pytest.mark.usefixtures("path")
class TestShow:
    def test_a_table_has_these_columns(self, run: Run) -> None:
        table = run("list", "--format", "table", "-q", "id:p3 show:tag,invest").out
        assert [line.split() for line in table.splitlines()] == [
            ["id", "name", "tag", "invest"],
            ["p3", "N3", "t3", "7", "bn"],
        ]

    def test_the_forms_for_programs_have_these_keys(self, run: Run) -> None:
        query = ("-q", "id:p3 show:tag,invest")
        expected = {"id": "p3", "name": "N3", "tags": ["t3"], "investment": 7 * 10**9}
        assert json.loads(run("list", "--format", "jsonl", *query).out) == expected
        assert json.loads(run("list", "--format", "json", *query).out) == [expected]
        printed = run("list", "--format", "csv", "--bom", *query).out
        (row,) = csv.DictReader(io.StringIO(printed.removeprefix("\ufeff")))
        assert row["tags"] == "t3"
        assert [*row][:3] == ["id", "name", "name_zh"]
        assert "stage" not in row

    def test_an_export_has_them_as_in_the_app(self, run: Run) -> None:
        query = ("-q", "id:p3 show:stage")
        (row,) = json.loads(run("export", "-", "--format", "json", *query).out)
        assert row == {"name": "N3", "stage": "planned"}
        own = run("export", "-", "--format", "json", *query, "--own").out
        assert json.loads(own) == [{**row, "tags": ["t3"]}]


@pytest.mark.usefixtures("path")
class TestRefused:
    @pytest.mark.parametrize(
        ("argv", "said"),
        [
            (("stats", "-q", "group:stage"), "group:"),
            (("stats", "-q", "sort:name show:name"), "sort: and show:"),
            (("list", "--format", "ids", "-q", "show:name"), "show:"),
            (("tag", "list", "-q", "sort:name"), "sort:"),
            (("note", "list", "-q", "show:note"), "show:"),
            (("report", "-q", "show:name"), "a briefing has no columns"),
            (("export", "a.toml", "-q", "show:name"), "whole projects"),
            (("export", "a.csv", "-q", "show:stage", "--columns", "name"), "--columns"),
            (("diff", "projects.toml", "projects.toml", "-q", "sort:name"), "sort:"),
            (("tag", "add", "-q", "group:stage", "x"), "group:"),
            (("follow", "-q", "show:name", "fri"), "show:"),
            (("list", "--format", "json", "--bom"), "--bom does not go with json"),
            (("export", "a.json", "--no-bom"), "the mark for Excel"),
        ],
    )
    def test_what_would_change_nothing_is_an_error(
        self, argv: tuple[str, ...], said: str, path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        ran = run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
        assert path.read_bytes() == before
        assert [each.name for each in path.parent.iterdir()] == ["projects.toml"]
