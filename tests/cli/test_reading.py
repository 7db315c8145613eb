from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hunnan_tui import __version__
from hunnan_tui.cli import output
from hunnan_tui.config.paths import find_paths
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.storage.last_seen import save_last_seen
from hunnan_tui.storage.store import Store
from tests.cli.conftest import Run

GOOD = '[[projects]]\nid = "a"\nname = "甲"\n'


class TestExitStatus:
    def test_is_0_for_a_dataset_without_a_problem(self, home: Path, run: Run) -> None:
        (home / "projects.toml").write_text(GOOD)
        ran = run("check")
        assert (ran.code, ran.out) == (0, "")
        assert "1 project, 0 errors" in ran.err

    def test_is_0_for_notes_alone(self, home: Path, run: Run) -> None:
        (home / "projects.toml").write_text(GOOD.replace('"a"', '"A"'))
        ran = run("check")
        assert ran.code == 0
        assert ran.out.startswith("projects.toml:2:1: note: ")

    def test_is_1_when_check_finds_problems(self, path: Path, run: Run) -> None:
        assert run("check").code == 1

    def test_is_2_when_one_of_the_files_cannot_be_read(
        self, path: Path, home: Path, run: Run
    ) -> None:
        (home / "broken.toml").write_text("x = \n")
        ran = run("check", "broken.toml", "projects.toml")
        assert ran.code == 2
        assert ran.out.startswith("broken.toml:1:5: error: ")
        assert "projects.toml:83:1: warning" in ran.out

    @pytest.mark.parametrize(
        "argv",
        [
            ("list", "nosuch.toml"),
            ("list", "."),
            ("list", "a", "b"),
            ("list", "a", "-f", "b"),
            ("list", "--format", "yaml"),
            ("list", "--nosuch"),
            ("show",),
            ("tag",),
            ("tag", "nosuch"),
            ("tag", "add", "turbine-base"),
            ("note", "add", "turbine-base", " "),
            ("note", "add", "turbine-base", "two", "words"),
            ("follow", "turbine-base", "someday"),
            ("need", "add", "turbine-base", "energy", "--since", "soon"),
            ("tag", "add", "turbine-base", "\x1b[31m"),
            ("tag", "add", "turbine-base", "\udcff"),
            ("note", "add", "turbine-base", "\udcff"),
            ("note", "add", "-", "-"),
        ],
    )
    def test_is_2_and_one_line_for_what_makes_no_sense(
        self, argv: tuple[str, ...], path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        ran = run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert "\x1b" not in ran.err
        assert path.read_bytes() == before

    def test_is_4_and_names_what_was_perhaps_meant(self, path: Path, run: Run) -> None:
        ran = run("show", "turbin-base")
        assert ran.code == 4
        assert "did you mean turbine-base?" in ran.err
        assert run("tag", "add", "turbine", "x").code == 4

    def test_is_70_without_details_for_an_error_in_the_program(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise ZeroDivisionError("a secret note")

        monkeypatch.setattr("hunnan_tui.storage.open_workspace.read_dataset", fail)
        monkeypatch.delenv("HUNNAN_TUI_DEBUG", raising=False)
        ran = run("list")
        assert ran.code == 70
        assert "secret" not in ran.err
        monkeypatch.setenv("HUNNAN_TUI_DEBUG", "1")
        with pytest.raises(ZeroDivisionError):
            run("list")

    def test_is_130_when_interrupted(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("hunnan_tui.storage.open_workspace.read_dataset", interrupt)
        assert run("list").code == 130


class TestWords:
    def test_the_version_names_the_day_of_the_data(self, run: Run) -> None:
        for option in ("-V", "--version"):
            assert run(option).out.startswith(f"hunnan-tui {__version__} (with data of")
        assert run("list", "--version").out.startswith("hunnan-tui ")

    @pytest.mark.parametrize("argv", [(), ("list",), ("tag",), ("note", "add")])
    def test_help_is_printed_on_every_level(
        self, argv: tuple[str, ...], run: Run
    ) -> None:
        ran = run(*argv, "--help")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("usage: hunnan-tui")

    def test_options_may_stand_before_the_command(self, path: Path, run: Run) -> None:
        other = path.rename("other.toml")
        assert run("-f", "other.toml", "list", "--format", "ids").out.startswith("turb")
        assert run("list", str(other), "-q", "Bare", "--format", "ids").out == "bare\n"

    def test_a_word_that_is_no_command_is_a_dataset(self, path: Path, run: Run) -> None:
        assert "no file nosuch.toml" in run("nosuch.toml").err
        assert "did you mean list?" in run("lsit").err

    def test_a_file_called_like_a_command_is_reached_by_its_path(
        self, path: Path, run: Run
    ) -> None:
        path.rename("list")
        assert "needs a terminal" in run("./list").err
        assert "needs a terminal" in run("--", "list").err

    def test_an_id_may_begin_with_a_dash(self, home: Path, run: Run) -> None:
        (home / "projects.toml").write_text(GOOD.replace('"a"', '"-a"'))
        assert run("show", "--", "-a").out.startswith("甲\n")

    @pytest.mark.parametrize("name", ["a\nb.toml", "a\x1b[31m.toml", "a\udcff.toml"])
    def test_the_name_of_a_file_is_shown_cleaned(
        self, name: str, home: Path, run: Run
    ) -> None:
        (home / name).write_text(GOOD)
        ran = run("check", name)
        assert ran.code == 0
        assert not {"\x1b", "\udcff"} & set(ran.err)
        missing = run("list", f"x{name}")
        assert missing.code == 2
        assert "\x1b" not in missing.err

    def test_a_path_that_is_too_long_is_a_message(self, run: Run) -> None:
        ran = run("list", "x" * 5000)
        assert ran.code == 2
        assert ran.err.count("\n") == 1


class TestApp:
    def test_without_a_terminal_it_refuses_and_names_list(
        self, path: Path, run: Run
    ) -> None:
        ran = run()
        assert (ran.code, ran.out) == (2, "")
        assert "`hunnan-tui list`" in ran.err


class TestList:
    def test_finds_by_words(self, path: Path, run: Run) -> None:
        assert run("list", "-q", "航发", "--format", "ids").out == "turbine-base\n"

    def test_without_a_query_has_the_order_of_an_empty_one(self, run: Run) -> None:
        everything = run("list", "--format", "ids").out
        assert everything == run("list", "--format", "ids", "-q", " ").out
        assert len(everything.split()) > 50

    def test_a_query_that_makes_no_sense_is_told_with_its_place(
        self, path: Path, run: Run
    ) -> None:
        ran = run("list", "-q", "invest>lots")
        assert (ran.code, ran.out) == (2, "")
        assert "\nhunnan-tui: column 8: " in ran.err

    def test_is_jsonl_where_there_is_no_terminal(self, path: Path, run: Run) -> None:
        assert run("list").out == run("list", "--format", "jsonl").out

    def test_is_a_table_in_the_width_of_a_terminal(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(output, "is_terminal", lambda: True)
        for width in (80, 40, 20):
            monkeypatch.setenv("COLUMNS", str(width))
            lines = run("list").out.splitlines()
            assert len(lines) == 7
            assert max(map(measure_width, lines)) <= width
            assert any("…" in line for line in lines)

    def test_json_on_a_terminal_is_ascii(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_file = json.loads(run("list", "--format", "json").out)
        monkeypatch.setattr(output, "is_terminal", lambda: True)
        shown = run("list", "--format", "json").out
        assert shown.isascii()
        assert json.loads(shown) == as_file

    def test_csv_on_a_terminal_is_cleaned(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(output, "is_terminal", lambda: True)
        assert "\x1b" not in run("list", "--format", "csv").out

    def test_says_what_the_table_holds(self, path: Path, run: Run) -> None:
        ran = run("list", "--format", "table", "-q", "turbine")
        assert "1 of 6 projects, 3 bn CNY" in ran.err

    def test_an_id_that_cannot_stand_on_a_line_is_left_out_aloud(
        self, home: Path, run: Run
    ) -> None:
        (home / "projects.toml").write_text(GOOD.replace('"a"', '"a\\nb"'))
        ran = run("list", "--format", "ids")
        assert ran.out == ""
        assert "Left out" in ran.err

    def test_a_dataset_without_projects_is_an_empty_list(
        self, home: Path, run: Run
    ) -> None:
        (home / "projects.toml").write_text("")
        assert run("list").out == ""
        assert run("list", "--format", "table").out.startswith("id")

    @pytest.mark.parametrize("text", ["", " \n", "\ufeff"])
    def test_a_file_with_nothing_in_it_is_told(
        self, home: Path, run: Run, text: str
    ) -> None:
        path = home / "projects.toml"
        path.write_text(text)
        checked = run("check")
        assert checked.code == 1
        assert "get it back from git" in checked.out
        for command in (
            ["list"],
            ["tag", "list"],
            ["show", "a"],
            ["tag", "add", "a", "b"],
        ):
            assert "get it back from git" in run(*command).err
        assert path.read_text() == text

    @pytest.mark.parametrize("text", ["# none\n", "[dataset]\n"])
    def test_a_dataset_that_is_only_begun_is_no_mistake(
        self, home: Path, run: Run, text: str
    ) -> None:
        (home / "projects.toml").write_text(text)
        checked = run("check")
        assert checked.code == 0
        assert "no project in the file yet" in checked.out
        listed = run("list")
        assert (listed.code, listed.out, listed.err) == (0, "", "")

    def test_a_dataset_that_has_lost_its_projects_cannot_be_read(
        self, home: Path, run: Run
    ) -> None:
        path = home / "projects.toml"
        path.write_text(GOOD)
        store = Store(path)
        store.load()
        seen = find_paths(os.environ).last_seen
        save_last_seen(seen, store)
        path.write_text("")
        for command in (["check"], ["list"], ["tag", "add", "a", "b"]):
            ran = run(*command)
            assert ran.code == 2
            assert "had one" in ran.out + ran.err
        assert path.read_text() == ""

    def test_values_that_json_does_not_know_become_text(
        self, home: Path, run: Run
    ) -> None:
        note = '[[projects.notes]]\ntext = "x"\nodd = [nan, 1979-05-27, 07:32:00]\n'
        (home / "projects.toml").write_text(GOOD + note)
        shown = json.loads(run("list").out)
        odd = ["nan", "1979-05-27", "07:32:00"]
        assert shown["notes"] == [{"text": "x", "odd": odd}]


class TestShow:
    def test_an_id_of_two_projects_is_refused_with_both_lines(
        self, path: Path, run: Run
    ) -> None:
        for command in (("show", "twin"), ("tag", "add", "twin", "x")):
            ran = run(*command)
            assert ran.code == 2
            assert "lines 97 and 101" in ran.err

    def test_a_key_reaches_a_twin_and_a_project_without_an_id(
        self, path: Path, run: Run
    ) -> None:
        assert run("show", "twin#2").out.startswith("Second twin\n")
        assert "lots" in run("show", "#6").out


class TestWhere:
    def test_prints_every_path_in_use(
        self, path: Path, home: Path, run: Run, tmp_path: Path
    ) -> None:
        out = run("where").out
        assert f"{path.absolute()} (found in the current folder)" in out
        assert "into the dataset" in out
        for kind in ("config", "state", "cache"):
            assert str(tmp_path / "home" / kind / "hunnan-tui") in out

    def test_says_why_edits_go_to_a_notes_file(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        notes = tmp_path / "home/data/hunnan-tui/packaged.notes.toml"
        assert f"{notes} (the copy that comes with the program" in run("where").out
        named = run("where", "--notes", "mine.toml").out
        assert "mine.toml (named on the command line)" in named

    def test_an_unreadable_dataset_does_not_hide_the_paths(
        self, path: Path, run: Run
    ) -> None:
        path.write_text("x =")
        ran = run("where")
        assert ran.code == 0
        assert "cannot be read" in ran.out

    def test_the_environment_names_the_dataset(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HUNNAN_TUI_DATA", os.fspath(path.rename("mine.toml")))
        assert "named by $HUNNAN_TUI_DATA" in run("where").out
