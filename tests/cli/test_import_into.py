"""The same table again: into a dataset that somebody has worked in meanwhile."""

from __future__ import annotations

import difflib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli

from hunnan_tui.cli import import_into
from hunnan_tui.importing.write_into import keep_base
from hunnan_tui.storage.open_workspace import find_files, open_workspace
from hunnan_tui.storage.store import Store
from tests.cli.conftest import Ran, Run
from tests.importing.test_cases import CASES

HEAD = "项目代码,项目名称,建设单位,项目阶段,总投资（亿元）,备注\n"
ROWS = {
    f"A-{n}": f"A-{n},示例{n}号,示例{n}公司,{'在建签约'[n % 2 * 2 :][:2]},{n + 1},甲\n"
    for n in range(10)
}


def write_table(path: Path, **changed: str) -> Path:
    """Write the table with some rows changed, by their codes; empty for none."""
    rows = ROWS | {code.replace("_", "-"): row for code, row in changed.items()}
    path.write_text(HEAD + "".join(rows.values()), "utf-8")
    return path


@pytest.fixture
def table(home: Path, run: Run) -> Path:
    """A table that was imported into `d.toml`."""
    path = write_table(home / "t.csv")
    assert run("import", "t.csv", "-o", "d.toml").code == 0
    return path


@pytest.fixture
def data(table: Path) -> Path:
    return table.with_name("d.toml")


Into = Callable[..., Ran]


@pytest.fixture
def into(run: Run) -> Into:
    def into(*more: str, stdin: bytes = b"") -> Ran:
        return run("import", "t.csv", "--into", "d.toml", *more, stdin=stdin)

    return into


def read_projects(path: Path) -> dict[str, dict[str, Any]]:
    projects = tomli.loads(path.read_text("utf-8"))["projects"]
    return {project["id"]: project for project in projects}


def find_changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that went and came, without the note of the source."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-" and "sha256" not in line]


class TestCase01:
    """The second version of the table, as `expected.v2.json` says."""

    @pytest.fixture
    def case(self, home: Path, run: Run) -> dict[str, Any]:
        for file in (CASES / "01").iterdir():
            shutil.copy(file, home)
        assert run("import", "table.csv", "-o", "d.toml").code == 0
        run("tag", "add", "hn-2023-001", "watch", "d.toml")
        run("note", "add", "hn-2023-001", "called", "d.toml")
        run("tag", "add", "hn-2023-005", "call", "d.toml")
        found: dict[str, Any] = json.loads(
            (home / "expected.v2.json").read_text("utf-8")
        )
        return found

    @pytest.mark.parametrize("named", [("--map", "table.csv.map.toml"), ()])
    def test_is_merged(
        self, named: tuple[str, ...], case: dict[str, Any], home: Path, run: Run
    ) -> None:
        data = home / "d.toml"
        before = data.read_text("utf-8")
        argv = ("import", "table.v2.csv", *named, "--into", "d.toml")
        ran = run(*argv, "--json", "--dry-run")
        found = json.loads(ran.out)
        assert [
            {"id": each["id"], **change}
            for each in found["changed"]
            for change in each["changes"]
        ] == case["changes"]
        for kind in ("new", "gone"):
            assert [each["id"] for each in found[kind]] == case[kind]
        assert found["unchanged"] == len(case["unchanged"])
        assert [each["at"] for each in found["problems"]] == ["table.v2.csv:I3"]
        assert found["questions"] == found["skipped"] == []
        assert data.read_text("utf-8") == before

        assert run(*argv, "--yes").code == 0
        after = data.read_text("utf-8")
        projects = read_projects(data)
        assert len(projects) == case["after"]["projects"]
        for kind in ("tags", "notes"):
            for key, expected in case["after"][kind].items():
                got = projects[key][kind]
                assert (got if kind == "tags" else len(got)) == expected
        for change in case["changes"]:
            assert projects[change["id"]][change["key"]] == change["new"]
        lines = find_changed_lines(before, after)
        assert [line for line in lines if line[0] == "-"] == [
            "- investment = 1_250_000_000",
            '- stage = "signed"',
            '- name = "示例四号生物医药研发中心"',
        ]
        added = after[after.index('id = "hn-2023-006"') :]
        assert len([x for x in lines if x[0] == "+"]) == 5 + added.count("\n")

        stamp = data.stat().st_mtime_ns
        again = run(*argv, "--yes")
        assert again.code == 0
        assert "nothing to do" in again.err
        assert data.stat().st_mtime_ns == stamp
        assert data.read_text("utf-8") == after

    def test_one_step_takes_it_back(
        self, case: dict[str, Any], home: Path, run: Run
    ) -> None:
        data = home / "d.toml"
        before = data.read_bytes()
        argv = ("import", "table.v2.csv", "--into", "d.toml", "--yes")
        assert run(*argv).code == 0
        workspace = open_here(data)
        assert workspace.undo() == "import table.v2.csv: 4 projects"
        workspace.save_now()
        workspace.close()
        assert data.read_bytes() == before
        # and it can be imported again
        assert run(*argv).code == 0
        assert read_projects(data)["hn-2023-001"]["investment"] == 1_380_000_000


def open_here(path: Path) -> Any:
    """Open a dataset with the state that the commands of these tests have."""
    files = find_files(str(path), None, os.environ, path.parent)
    return open_workspace(files)[0]


class TestMerge:
    def test_the_same_table_writes_nothing(
        self, table: Path, data: Path, home: Path, into: Into
    ) -> None:
        before = {p: p.stat().st_mtime_ns for p in home.rglob("*")}
        ran = into("--yes")
        assert ran.code == 0
        assert ran.out == "0 changed, 0 new, 0 gone, 10 unchanged\n"
        assert "d.toml: nothing to do" in ran.err
        assert {p: p.stat().st_mtime_ns for p in home.rglob("*")} == before

    def test_own_edits_stay_and_the_conflict_is_told(
        self, table: Path, data: Path, into: Into
    ) -> None:
        text = data.read_text("utf-8")
        text = text.replace("investment = 100_000_000", "investment = 1")  # mine
        text = text.replace("investment = 200_000_000", "investment = 2")  # both
        data.write_text(text, "utf-8")
        write_table(
            table,
            A_0="A-0,示例0号,示例0公司,签约,1,甲\n",
            A_1="A-1,示例1号,示例1公司,签约,7,甲\n",
        )
        ran = into("--yes")
        assert ran.code == 1
        assert (
            "示例1号 [a-1]\n      investment: here 2, in the table 700,000,000, "
            in (ran.out)
        )
        projects = read_projects(data)
        assert projects["a-0"]["investment"] == 1
        assert projects["a-0"]["stage"] == "signed"
        assert projects["a-1"]["investment"] == 2
        again = into("--yes")
        assert (again.code, "nothing to do" in again.err) == (0, True)

    def test_what_is_the_readers_own_is_never_touched(
        self, table: Path, data: Path, into: Into, run: Run
    ) -> None:
        run("tag", "add", "a-3", "mine", "d.toml")
        run("note", "add", "a-3", "called", "d.toml")
        run("need", "add", "a-3", "land", "d.toml")
        run("follow", "a-3", "2026-12-01", "d.toml")
        text = data.read_text("utf-8")
        text = text.replace('import_key = "a-3"\n', 'import_key = "a-3"\nmine = "x"\n')
        text = text.replace('name = "示例3号"', 'name = "示例3号"\ncaveat = "doubtful"')
        data.write_text(text, "utf-8")
        own = read_projects(data)["a-3"]
        write_table(table, A_3="A-3,改名,示例3公司,在建,9,乙\n")
        assert into("--yes").code == 0
        now = read_projects(data)["a-3"]
        for key in ("tags", "notes", "needs", "follow_up", "caveat", "mine", "sources"):
            assert now[key] == own[key]
        assert (now["name"], now["investment"]) == ("改名", 900_000_000)
        assert now["facts"] == [{"label": "备注", "value": "乙"}]

    def test_what_is_gone_is_kept_and_can_be_tagged(
        self, table: Path, data: Path, into: Into
    ) -> None:
        write_table(table, A_9="")
        ran = into("--yes", "--tag-gone", "gone")
        assert ran.code == 0
        assert "Gone from the table: kept (1)\n  示例9号 [a-9]" in ran.out
        projects = read_projects(data)
        assert projects["a-9"]["tags"] == ["gone"]
        assert "tags" not in projects["a-8"]

    def test_an_id_that_was_given_never_changes(
        self, table: Path, data: Path, into: Into
    ) -> None:
        renamed = data.read_text("utf-8").replace('id = "a-4"', 'id = "mine"', 1)
        data.write_text(renamed, "utf-8")
        write_table(table, A_4="A-4,新名,示例4公司,在建,5,甲\n")
        assert into("--yes").code == 0
        projects = read_projects(data)
        assert projects["mine"]["name"] == "新名"
        assert "a-4" not in projects

    def test_what_was_removed_by_hand_stays_out(
        self, table: Path, data: Path, into: Into
    ) -> None:
        text = data.read_text("utf-8")
        start = text.index('[[projects]]\nid = "a-9"')
        data.write_text(text[:start], "utf-8")
        write_table(table, A_0="A-0,改名,示例0公司,在建,1,甲\n")
        ran = into("--yes")
        assert ran.code == 0
        assert "1 that you have removed" in ran.out
        assert "a-9" not in read_projects(data)

    def test_new_words_and_fields_get_their_entries(self, home: Path, run: Run) -> None:
        (home / "t.csv").write_text("id,name,sector,plan\nx1,A,Steel,1\n", "utf-8")
        run("import", "t.csv")
        made = home / "t.csv.map.toml"
        mapped = made.read_text("utf-8").replace(
            'plan = "facts:plan"', 'plan = { to = "plan", type = "number" }'
        )
        assert mapped != made.read_text("utf-8")
        (home / "d.toml").write_text('[dataset]\ntitle = "mine"\n', "utf-8")
        made.write_text(mapped, "utf-8")
        assert run("import", "t.csv", "--into", "d.toml", "--yes").code == 0
        (home / "t.csv").write_text(
            "id,name,sector,plan\nx1,A,Steel,1\nx2,B,Glass,2\n", "utf-8"
        )
        assert run("import", "t.csv", "--into", "d.toml", "--yes").code == 0
        found = tomli.loads((home / "d.toml").read_text("utf-8"))
        assert [industry["id"] for industry in found["industries"]] == [
            "steel",
            "glass",
        ]
        assert [field["id"] for field in found["fields"]] == ["plan"]
        assert [project["plan"] for project in found["projects"]] == [1, 2]
        assert len(found["sources"]) == 1
        assert found["dataset"] == {"title": "mine"}

    def test_a_dataset_of_ones_own_takes_a_table(self, home: Path, run: Run) -> None:
        """Its industries and stages are found by name; what it has is kept."""
        (home / "d.toml").write_text(
            '[dataset]\ncurrency = "CNY"\n'
            '[[industries]]\nid = "im"\nname = "Machines"\nname_zh = "装备制造"\n'
            '[[stages]]\nid = "sig"\nname = "Signed"\nname_zh = "签约"\n'
            '[[projects]]\nid = "k-1"\nname = "Mine"\nstage = "sig"\ntags = ["x"]\n',
            "utf-8",
        )
        (home / "t.csv").write_text(
            "项目代码,项目名称,行业,阶段,备注\nK-1,甲,装备制造,签约,n\n", "utf-8"
        )
        ran = run("import", "t.csv", "--into", "d.toml", "--yes")
        assert ran.code == 1  # the name differs, and who is right is not known
        (project,) = read_projects(home / "d.toml").values()
        assert project["name"] == "Mine"
        assert project["industries"] == ["im"]
        assert project["stage"] == "sig"
        assert project["tags"] == ["x"]
        assert project["import_key"] == "k-1"


class TestQuestions:
    def test_without_a_terminal_nothing_is_written(
        self, table: Path, data: Path, into: Into
    ) -> None:
        write_table(table, A_0="A-0,改名,示例0公司,在建,1,甲\n")
        before = data.read_bytes()
        ran = into()
        assert ran.code == 2
        assert "say --yes" in ran.err
        assert "name: 示例0号 → 改名" in ran.out
        assert data.read_bytes() == before

    @pytest.mark.parametrize(
        ("answer", "code", "name"),
        [(b"y\n", 0, "改名"), (b"\n", 2, "示例0号"), (b"", 2, "示例0号")],
    )
    def test_a_terminal_is_asked(
        self,
        answer: bytes,
        code: int,
        name: str,
        table: Path,
        data: Path,
        into: Into,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(import_into, "_can_ask", lambda: True)
        write_table(table, A_0="A-0,改名,示例0公司,在建,1,甲\n")
        ran = into(stdin=answer)
        assert ran.code == code
        assert "Write this into d.toml? [y/N]" in ran.err
        assert read_projects(data)["a-0"]["name"] == name

    @pytest.mark.parametrize("answer", [b"y\ny\n", b"n\ny\n"])
    def test_another_code_of_the_same_project_is_asked_about(
        self,
        answer: bytes,
        table: Path,
        data: Path,
        into: Into,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(import_into, "_can_ask", lambda: True)
        write_table(table, A_2="B-2,示例2号,示例2公司,在建,3,甲\n")
        ran = into(stdin=answer)
        assert "Is 示例2号 [b-2] the same as [a-2]? [y/N]" in ran.err
        projects = read_projects(data)
        if answer.startswith(b"y"):
            assert projects["a-2"]["import_key"] == "b-2"
            assert "b-2" not in projects
        else:
            assert projects["a-2"]["import_key"] == "a-2"
            assert projects["b-2"]["name"] == "示例2号"

    def test_scripts_are_told_and_nothing_is_merged(
        self, table: Path, data: Path, into: Into
    ) -> None:
        write_table(table, A_2="B-2,示例2号,示例2公司,在建,3,甲\n")
        ran = into("--yes")
        assert "Perhaps the same: added as new ones (1)\n  示例2号 [b-2]" in ran.out
        assert {"a-2", "b-2"} <= set(read_projects(data))


class TestRefused:
    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            ({f"A_{n}": "" for n in range(3)}, "3 of 10 projects are gone from it"),
            (
                {f"C_{n}": f"C-{n},新{n},c,在建,1,甲\n" for n in range(11)},
                "only 10 of its 21 projects are known",
            ),
        ],
    )
    def test_another_table_unless_it_is_said_to_be_right(
        self, rows: dict[str, str], why: str, table: Path, data: Path, into: Into
    ) -> None:
        before = data.read_bytes()
        write_table(table, **rows)
        ran = into("--yes")
        assert ran.code == 2
        assert why in ran.err
        assert data.read_bytes() == before
        assert into("--yes", "--many").code == 0
        assert data.read_bytes() != before

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ('projects = [{ id = "a", name = "A" }]\n', "not [[projects]] tables"),
            ('[dataset]\ncurrency = "EUR"\n', "in CNY, those of d.toml in EUR"),
            ("[[projects]\n", "d.toml:1"),
            (None, "there is no such file"),
        ],
    )
    def test_a_dataset_that_does_not_fit(
        self, text: str | None, why: str, table: Path, data: Path, into: Into
    ) -> None:
        data.unlink()
        if text is not None:
            data.write_text(text, "utf-8")
        ran = into("--yes")
        assert ran.code == 2
        assert why in ran.err
        assert (data.read_text("utf-8") if text else None) == text

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            (("-o", "new.toml", "--into", "d.toml"), "Either a new file with -o"),
            (("--yes",), "--yes goes with --into"),
            (("--many",), "--many goes with --into"),
            (("--tag-gone", "x"), "--tag-gone goes with --into"),
            (("--into", "d.toml", "--tag-gone", " "), "A tag needs"),
            (("-o", "d.toml"), "--into d.toml"),
            (("--into", "."), "."),
        ],
    )
    def test_options_that_make_no_sense(
        self, more: tuple[str, ...], why: str, table: Path, run: Run
    ) -> None:
        ran = run("import", "t.csv", *more)
        assert ran.code == 2
        assert why in ran.err

    def test_a_table_whose_header_has_changed(
        self, table: Path, data: Path, into: Into
    ) -> None:
        before = data.read_bytes()
        changed = (
            table.read_text("utf-8").replace("项目阶段", "现状").replace("备注", "说明")
        )
        table.write_text(changed, "utf-8")
        ran = into("--yes")
        assert ran.code == 2
        assert (
            "names columns '项目阶段', '备注' that the table does not have" in ran.err
        )
        assert "new in it, and not in the map, is '现状', '说明'" in ran.err
        assert data.read_bytes() == before

    def test_a_map_with_questions(self, table: Path, data: Path, into: Into) -> None:
        made = table.with_name("t.csv.map.toml")
        asked = made.read_text("utf-8").replace('unit = "亿元"', 'unit = "?"')
        made.write_text(asked, "utf-8")
        before = data.read_bytes()
        ran = into("--yes")
        assert ran.code == 1
        assert "question: column '总投资（亿元）': money without a unit" in ran.err
        assert data.read_bytes() == before

    def test_a_dataset_is_no_table(self, table: Path, data: Path, run: Run) -> None:
        ran = run("import", "d.toml", "--into", "d.toml")
        assert ran.code == 2
        assert "is a dataset already" in ran.err

    def test_an_id_that_another_project_has(
        self, table: Path, data: Path, into: Into
    ) -> None:
        write_table(table, X="A 5,另一个,x,在建,1,甲\n")
        ran = into("--yes")
        assert ran.code == 1
        assert ran.err.count("the id 'a-5' is that of row 7 already") == 1


def test_a_dataset_that_takes_no_facts_stays_as_it_is(
    table: Path, data: Path, home: Path, into: Into, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(table, A_0="A-0,改名,示例0公司,签约,1,甲\n")
    monkeypatch.setattr(Store, "explain_no_facts", lambda *_: "it is a copy")
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*")}
    ran = into("--yes")
    assert ran.code == 3
    assert "Not imported: it is a copy" in ran.err
    assert {p: p.stat().st_mtime_ns for p in home.rglob("*")} == before


def test_an_empty_table_takes_nothing_away(table: Path, data: Path, into: Into) -> None:
    before = data.read_bytes()
    table.write_text(HEAD, "utf-8")
    ran = into("--yes")
    assert ran.code == 2
    assert "10 of 10 projects are gone from it" in ran.err
    assert data.read_bytes() == before


def test_without_what_was_written_nothing_is_overwritten(
    table: Path, data: Path, into: Into
) -> None:
    shutil.rmtree(table.with_name("t.csv.base"))
    write_table(table, A_0="A-0,改名,示例0公司,在建,1,甲\n", A_9="")
    ran = into("--yes")
    assert ran.code == 1
    assert "name: here 示例0号, in the table 改名" in ran.out
    assert "示例9号 [a-9]" in ran.out
    assert read_projects(data)["a-0"]["name"] == "示例0号"
    assert data.read_text("utf-8").count("[[sources]]") == 1


def test_a_target_that_changes_meanwhile_keeps_what_others_wrote(
    table: Path, data: Path, into: Into, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(table, A_0="A-0,改名,示例0公司,签约,1,甲\n")

    def keep_late(*args: Any) -> str:
        text = data.read_text("utf-8")
        data.write_text(text.replace('name = "示例0号"', 'name = "别名"'), "utf-8")
        return keep_base(*args)

    monkeypatch.setattr(import_into, "keep_base", keep_late)
    ran = into("--yes")
    assert ran.code == 3
    assert "changed elsewhere in the meantime" in ran.err
    assert read_projects(data)["a-0"]["name"] == "别名"


def test_two_imports_at_once_write_one_state(
    table: Path, data: Path, into: Into, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(
        table, A_0="A-0,改名,示例0公司,签约,1,甲\n", N="N-1,新,示例公司,在建,1,甲\n"
    )
    inner = list[Ran]()

    def keep_late(*args: Any) -> str:
        if not inner:
            inner.append(Ran(9, "", ""))
            inner.append(into("--yes"))
        return keep_base(*args)

    monkeypatch.setattr(import_into, "keep_base", keep_late)
    ran = into("--yes")
    assert (ran.code, inner[1].code) == (0, 0)
    projects = read_projects(data)
    assert projects["a-0"]["name"] == "改名"
    assert list(projects).count("n-1") == 1


def make_tables(folder: Path) -> None:
    """Write tables of the kinds of the cases, in two versions each."""
    for version, stage, amount in (("1", "签约", "1.5"), ("2", "在建", "2.5")):
        rows = [
            ["2024年台账"],
            ["单位：亿元"],
            ["行业", "项目", "", "总投资", "进度"],
            ["", "名称", "建设单位", "", ""],
            ["一、装备（2个）"],
            ["装备", "甲", "a公司", "1", "签约"],
            ["", "乙", "b公司", amount, stage],
            ["小计", "", "", "2.5", ""],
            ["材料", "丙", "c公司", "3", "竣工"],
        ]
        text = "\n".join(",".join(row) for row in rows)
        (folder / f"ledger{version}.csv").write_text(text, "gb18030")
        lines = [
            {"code": "x-1", "nome": "Ponte", "executores": [{"nome": "A"}]},
            {"code": "x-2", "nome": f"Estrada {version}", "valor": 5, "moeda": "BRL"},
        ]
        (folder / f"works{version}.jsonl").write_text(
            "\ufeff" + "\n".join(map(json.dumps, lines)), "utf-8"
        )
        (folder / f"list{version}.csv").write_text(
            "Liste;;;\nName;Träger;Kosten (Mio. €);Beginn\n"
            f"Werk;A GmbH;1.234,5;08.03.202{version}\n"
            "Bahn;B GmbH;2,5;15.03.2023\n",
            "cp1252",
        )


@pytest.mark.parametrize(
    ("kind", "field", "new"),
    [
        ("ledger{}.csv", "stage", "construction"),
        ("works{}.jsonl", "name", "Estrada 2"),
        ("list{}.csv", "events", [{"date": "2022-03-08", "what": "Beginn"}]),
    ],
)
def test_the_next_version_of_each_kind_changes_its_fields(
    kind: str, field: str, new: object, home: Path, run: Run
) -> None:
    make_tables(home)
    first, second = kind.format(1), kind.format(2)
    assert run("import", first, "-o", "d.toml").code == 0
    data = home / "d.toml"
    before = read_projects(data)
    again = run("import", first, "--into", "d.toml", "--yes")
    assert (again.code, again.out[:9]) == (0, "0 changed")
    ran = run("import", second, "--into", "d.toml", "--yes")
    assert ran.code == 0, ran.err
    after = read_projects(data)
    assert list(after) == list(before)
    differing = [key for key in after if after[key] != before[key]]
    assert len(differing) == 1
    assert after[differing[0]][field] == new
    assert "Read by " in ran.err


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_a_second_import_of_a_case_writes_nothing(
    case: str, home: Path, run: Run
) -> None:
    (table,) = (p for p in (CASES / case).glob("table.*") if ".v2" not in p.name)
    shutil.copy(table, home)
    expected = json.loads((CASES / case / "expected.json").read_text("utf-8"))
    assert run("import", table.name, "-o", "d.toml").code == expected["exit"]
    before = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in home.rglob("*")}
    ran = run("import", table.name, "--into", "d.toml", "--yes")
    assert ran.code == expected["exit"]
    assert "nothing to do" in ran.err
    after = {p: (p.stat().st_mtime_ns, p.stat().st_size) for p in home.rglob("*")}
    assert after == before
