"""Tables in shapes that were seen in real ones, with what must come of them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hunnan_tui.importing.text_cells import HIDDEN
from tests.importing.tables import Outcome, import_file

CASES = Path(__file__).with_name("cases")
NAMES = sorted(path.name for path in CASES.iterdir())
_SAME = ("name", "investment", "investment_usd", "investment_qualifier", "district")


def outcome(case: str, folder: Path) -> tuple[dict[str, Any], Outcome]:
    (table,) = (p for p in (CASES / case).glob("table.*") if ".v2" not in p.name)
    shutil.copy(table, folder)
    expected = json.loads((CASES / case / "expected.json").read_text("utf-8"))
    return expected, import_file(folder / table.name)


@pytest.mark.parametrize("case", NAMES)
class TestCases:
    def test_the_projects_are_the_expected_ones(
        self, case: str, tmp_path: Path
    ) -> None:
        expected, made = outcome(case, tmp_path)
        projects = {project["id"]: project for project in made.projects}
        assert list(projects) == [project["id"] for project in expected["projects"]]
        for wanted in expected["projects"]:
            project = projects[wanted["id"]]
            for key in (*_SAME, "place", "summary", "url"):
                assert project.get(key) == wanted.get(key), key
            assert parties(project) == parties(wanted)
            assert facts(project) >= facts(wanted)
            assert days(project, case) == days(wanted, case)
            assert names(project, made, "industries") == set(
                wanted.get("industries", [])
            )
            stage = wanted.get("stage")
            assert project.get("stage") == stage
            figures = re.findall(r"[\d.１２５．]+", wanted.get("investment_text", ""))
            assert all(figure in project["investment_text"] for figure in figures)

    def test_the_dataset_has_the_title_and_currency(
        self, case: str, tmp_path: Path
    ) -> None:
        expected, made = outcome(case, tmp_path)
        for key, value in expected["dataset"].items():
            assert made.dataset["dataset"].get(key) == value
        source = expected["source"]
        layout, table = made.prepared.layout, made.prepared.table
        assert list(layout.header) == source.get("header_rows", [])
        assert table.encoding == source.get("encoding", "")
        assert table.delimiter == source.get("delimiter", "")

    def test_the_columns_become_the_expected_fields(
        self, case: str, tmp_path: Path
    ) -> None:
        expected, made = outcome(case, tmp_path)
        assert set(made.map.columns) == set(expected["mapping"])
        for label, wanted in expected["mapping"].items():
            target = made.map.columns[label]
            if isinstance(wanted, str):
                assert target.to == wanted
            else:
                assert {key: getattr(target, key) for key in wanted} == wanted

    def test_the_rows_left_out_are_told(self, case: str, tmp_path: Path) -> None:
        expected, made = outcome(case, tmp_path)
        header = made.prepared.layout.header
        wanted = {each["row"] for each in expected["skipped"]}
        assert wanted <= set(made.skipped)
        below = {row for row in made.skipped if not header or row > header[-1]}
        assert below == wanted - set(range(1, (header or (1,))[0]))

    def test_the_problems_are_at_their_places(self, case: str, tmp_path: Path) -> None:
        expected, made = outcome(case, tmp_path)
        problems = Counter(
            (problem.address, problem.level.value)
            for problem in made.converter.problems.problems
        )
        wanted = Counter(
            (problem["at"], problem["level"]) for problem in expected["problems"]
        )
        must = {where for where in wanted if where[1] not in ("ok", "note")}
        assert {where: problems[where] for where in must} == {
            where: wanted[where] for where in must
        }
        assert set(wanted) - set(problems) <= {
            w for w in wanted if w[1] in ("ok", "note")
        }
        # a note may be told that is not listed; a warning of a cell may not
        beyond = {
            where for where, level in set(problems) - set(wanted) if level != "note"
        }
        assert all(where == made.prepared.table.file for where in beyond)
        assert made.converter.problems.counts.total() == problems.total()
        assert made.converter.has_left_out == bool(expected["exit"])

    def test_nothing_that_cannot_be_seen_comes_through(
        self, case: str, tmp_path: Path
    ) -> None:
        _, made = outcome(case, tmp_path)
        texts = str(made.projects)
        assert not re.search(r"\b\d{4}-(?:00|\d\d-00)\b", texts)
        assert not any(map(HIDDEN.search, all_texts(made.projects)))


WORDS = {
    "04": {
        "table.tsv:G3": "no date",
        "table.tsv:A4": "M0002",
        "table.tsv:G5": "kept as a fact",
        "table.tsv:H5": "ftp",
    },
    "06": {
        "table.csv:G3": "no such month",
        "table.csv:C4": "no amount",
        "table.csv:D4": "taken as 2014-11",
        "table.csv:C5": "no amount",
        "table.csv:D5": "no date",
        "table.csv:F5": "no such month",
        "table.csv:C6": "another unit than the header",
        "table.csv:F6": "no such day",
    },
    "07": {"table.csv:B5": "the same project as in row 4"},
    "10": {
        "table.jsonl:1:nome": "2 characters that cannot be seen were removed",
        "table.jsonl:1:descricao": "damaged before",
        "table.jsonl:2:nome": "U+202E",
        "table.jsonl:4": "not JSON",
    },
}


def test_the_second_version_is_read_by_the_map_of_the_first(tmp_path: Path) -> None:
    for name in ("table.csv", "table.v2.csv"):
        shutil.copy(CASES / "01" / name, tmp_path)
    first = import_file(tmp_path / "table.csv")
    first.prepared.map_path.write_text(first.prepared.map_text, "utf-8")
    second = import_file(tmp_path / "table.v2.csv", map_path=first.prepared.map_path)
    assert second.skipped == []
    problems = [(e.address, e.level.value) for e in second.converter.problems.problems]
    assert problems == [
        ("table.v2.csv:I3", "note")
    ]  # 开工, which the map does not name
    assert second.projects[1]["stage"] == "construction"


@pytest.mark.parametrize("case", WORDS)
def test_the_problems_say_what_is_wrong(case: str, tmp_path: Path) -> None:
    _, made = outcome(case, tmp_path)
    problems = {
        problem.address: problem.message for problem in made.converter.problems.problems
    }
    for where, words in WORDS[case].items():
        assert words in problems[where]


def test_a_name_in_other_letters_has_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    ids = []
    for name in ("ＡＢ产业园　（二期）", "AB产业园 (二期)"):
        path.write_text(
            f"项目名称,业主单位\n{name},示例园区公司\n老,一\n老,二\n", "utf-8"
        )
        ids.append(import_file(path).projects[0]["id"])
    assert ids == ["p-aa3e02262b", "p-aa3e02262b"]


def parties(project: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["name"], each["role"]) for each in project.get("parties", [])}


def facts(project: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["label"], each["value"]) for each in project.get("facts", [])}


def days(project: dict[str, Any], case: str) -> set[tuple[str, str]]:
    # the reader of workbooks does not say that a date shows its month only
    length = 7 if case == "02" else 10
    return {
        (str(each["date"])[:length], each["what"]) for each in project.get("events", [])
    }


def names(project: dict[str, Any], made: Outcome, table: str) -> set[str]:
    known = {each["id"]: each["name"] for each in made.dataset.get(table, [])}
    return {known[each] for each in project.get(table, [])}


def all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from all_texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from all_texts(each)


def test_a_guessed_order_of_stages_is_said_to_be_one(tmp_path: Path) -> None:
    _, made = outcome("05", tmp_path)
    message = [str(problem) for problem in made.converter.problems.problems]
    assert any(
        "the order of the stages is a guess: in Bau, " in each for each in message
    )
    _, made = outcome("01", tmp_path)
    assert not any("guess" in problem for problem in made.problems)
