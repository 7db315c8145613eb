from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.cli.conftest import Ran, Run

TURBINE = "turbine-base"


def project(path: Path, name: str = TURBINE) -> dict[str, Any]:
    projects = tomli.loads(path.read_text())["projects"]
    found: dict[str, Any] = next(each for each in projects if each.get("id") == name)
    return found


def added_and_removed(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return (
        [line[2:] for line in lines if line.startswith("+ ")],
        [line[2:] for line in lines if line.startswith("- ")],
    )


class TestTags:
    def test_adding_changes_only_the_line_of_the_tags(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_text()
        ran = run("tag", "add", "bare", "watch", "浑南")
        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "tag watch, 浑南: 1 project\n"
        assert added_and_removed(before, path.read_text()) == (
            ['tags = ["watch", "浑南"]'],
            [],
        )

    def test_adding_what_is_there_in_another_spelling_changes_nothing(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        ran = run("tag", "add", TURBINE, "ＷＡＴＣＨ")
        assert ran.code == 0
        assert "nothing to change" in ran.err
        assert path.read_bytes() == before

    def test_removing_takes_any_spelling(self, path: Path, run: Run) -> None:
        assert run("tag", "remove", TURBINE, "WATCH").code == 0
        assert project(path)["tags"] == ["region/north"]

    def test_ids_come_from_standard_input(self, path: Path, run: Run) -> None:
        ids = run("list", "--format", "ids", "-q", "航发").out + "bare\n\nbare\n"
        ran = run("tag", "add", "-", "x", stdin=ids.encode())
        assert ran.err == "tag x: 2 projects\n"
        assert project(path, "bare")["tags"] == ["x"]

    def test_one_wrong_id_of_several_changes_nothing(
        self, path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        assert run("tag", "add", "-", "x", stdin=b"bare\nnosuch\n").code == 4
        assert path.read_bytes() == before

    def test_standard_input_that_is_no_text_is_refused(
        self, path: Path, run: Run
    ) -> None:
        assert run("tag", "add", "-", "x", stdin=b"\xff").code == 2

    def test_a_query_stands_in_place_of_the_id(self, path: Path, run: Run) -> None:
        assert run("tag", "add", "-q", "航发", "x", "y").code == 0
        assert run("tag", "add", "z", "-q", "航发").code == 0
        assert project(path)["tags"] == ["watch", "region/north", "x", "y", "z"]

    def test_a_dry_run_says_what_it_would_do_and_writes_nothing(
        self, path: Path, run: Run, tmp_path: Path
    ) -> None:
        before = path.read_bytes()
        ran = run("tag", "add", "bare", "x", "--dry-run")
        assert ran.code == 0
        assert ran.err == "tag x: would change 1 project\n"
        assert path.read_bytes() == before
        assert not (tmp_path / "home").exists()

    def test_renaming_reaches_every_project_and_merges(
        self, path: Path, run: Run
    ) -> None:
        run("tag", "add", "bare", "Watch", "look")
        assert run("tag", "rename", "watch", "look").err.endswith("2 projects\n")
        assert project(path, "bare")["tags"] == ["look"]
        assert project(path)["tags"] == ["region/north", "look"]

    def test_renaming_to_another_spelling_is_a_change(
        self, path: Path, run: Run
    ) -> None:
        assert run("tag", "rename", "watch", "Watch").code == 0
        assert project(path)["tags"] == ["region/north", "Watch"]

    def test_tags_are_listed_with_counts(self, path: Path, run: Run) -> None:
        run("tag", "add", "bare", "WATCH")
        assert run("tag", "list").out.splitlines()[0].split() == ["2", "watch"]


class TestNotes:
    def test_a_note_is_added_with_its_time(self, path: Path, run: Run) -> None:
        assert run("note", "add", "bare", "Called\nthe 浑南 office").code == 0
        (note,) = project(path, "bare")["notes"]
        assert note["text"] == "Called\nthe 浑南 office"
        assert note["at"].tzinfo is not None

    def test_a_note_is_signed_with_the_author_of_the_settings(
        self, path: Path, run: Run, tmp_path: Path
    ) -> None:
        config = tmp_path / "home/config/hunnan-tui/config.toml"
        config.parent.mkdir(parents=True)
        config.write_text('author = "李"\n')
        assert run("note", "add", "bare", "x").code == 0
        assert project(path, "bare")["notes"][0]["by"] == "李"

    def test_a_note_comes_from_standard_input(self, path: Path, run: Run) -> None:
        assert run("note", "add", "bare", "-", stdin=b"one\r\ntwo\n").code == 0
        assert project(path, "bare")["notes"][0]["text"] == "one\ntwo"

    def test_an_empty_standard_input_is_no_note(self, path: Path, run: Run) -> None:
        assert run("note", "add", "bare", "-", stdin=b"\n").code == 2

    def test_hostile_text_is_kept_exactly(self, path: Path, run: Run) -> None:
        text = '\x1b]0;x\x07 """ [[projects]] \\ \u202e'
        assert run("note", "add", "bare", text).code == 0
        assert project(path, "bare")["notes"][0]["text"] == text

    def test_a_note_is_edited_by_the_time_that_the_list_prints(
        self, path: Path, run: Run
    ) -> None:
        for line in run("note", "list", TURBINE).out.splitlines():
            at = line.split("\t")[1]
            assert run("note", "edit", TURBINE, at, f"new {at}").code == 0
        texts = [note["text"] for note in project(path)["notes"]]
        assert texts == ["new 2026-11-23T09:12:00+08:00", "new #2"]

    def test_the_beginning_of_a_time_is_enough(self, path: Path, run: Run) -> None:
        assert run("note", "remove", TURBINE, "2026-11-23").code == 0
        assert [note["text"] for note in project(path)["notes"]] == ["undated"]

    def test_a_time_that_no_note_has_is_an_error(self, path: Path, run: Run) -> None:
        ran = run("note", "remove", TURBINE, "2020")
        assert ran.code == 4
        assert f"note list {TURBINE}" in ran.err


class TestNeeds:
    def test_a_need_is_added_met_and_reopened(self, path: Path, run: Run) -> None:
        run("need", "add", "bare", "labour", "20 welders", "--since", "2026-11")
        expected = {"kind": "labour", "what": "20 welders", "since": "2026-11"}
        assert project(path, "bare")["needs"] == [expected | {"state": "open"}]
        assert run("need", "meet", "bare", "LABOUR").code == 0
        assert project(path, "bare")["needs"] == [expected | {"state": "met"}]
        assert run("need", "reopen", "bare", "labour").code == 0
        assert project(path, "bare")["needs"] == [expected | {"state": "open"}]

    def test_one_of_several_needs_of_a_kind_must_be_named(
        self, path: Path, run: Run
    ) -> None:
        run("need", "add", TURBINE, "energy", "gas")
        ran = run("need", "meet", TURBINE, "energy")
        assert ran.code == 3
        assert "'110 kV', 'gas'" in ran.err
        assert run("need", "meet", TURBINE, "energy", "gas").code == 0
        states = [need["state"] for need in project(path)["needs"]]
        assert states == ["open", "met"]


class TestFollowUp:
    def test_a_day_is_set_and_taken_away(self, path: Path, run: Run) -> None:
        assert run("follow", "bare", "2026-12-24").code == 0
        assert str(project(path, "bare")["follow_up"]) == "2026-12-24"
        assert run("follow", "bare", "+0d").code == 0
        assert project(path, "bare")["follow_up"].year >= 2026
        assert run("follow", "bare", "2026-12").code == 2
        assert run("follow", "bare", "none").code == 0
        assert "follow_up" not in project(path, "bare")


class TestRefused:
    def test_a_project_that_cannot_be_edited_is_named_and_the_others_are_saved(
        self, path: Path, run: Run
    ) -> None:
        ran = run("tag", "add", "-", "x", stdin=b"#6\nbare\n")
        assert ran.code == 3
        assert "#6: It has no id" in ran.err
        assert project(path, "bare")["tags"] == ["x"]

    def test_tags_of_a_wrong_type_are_left_alone(self, path: Path, run: Run) -> None:
        path.write_text('[[projects]]\nid = "a"\nname = "A"\ntags = "watch"\n')
        before = path.read_bytes()
        ran = run("tag", "add", "a", "x")
        assert ran.code == 3
        assert "tags is not a list of texts" in ran.err
        assert path.read_bytes() == before

    def test_a_save_that_fails_exits_with_3_and_the_next_one_brings_it_in(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = path.read_bytes()

        def fail(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as broken:
            broken.setattr("hunnan_tui.files.atomic.os.replace", fail)
            ran = run("note", "add", "bare", "important")
        assert ran.code == 3
        assert "the disk is full" in ran.err
        assert "the change is kept" in ran.err
        assert path.read_bytes() == before
        again = run("tag", "add", "bare", "x")
        assert again.code == 0
        assert "recovered" in again.err
        assert project(path, "bare")["notes"][0]["text"] == "important"
        assert project(path, "bare")["tags"] == ["x"]

    def test_what_a_failed_save_left_is_in_the_file_once_it_is_acknowledged(
        self, path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr("hunnan_tui.files.atomic.os.replace", fail)
            assert run("tag", "add", "bare", "x").code == 3
        assert run("tag", "add", "bare", "x").code == 0
        assert project(path, "bare")["tags"] == ["x"]


class TestNotesFile:
    @pytest.fixture
    def beside(self, path: Path, run: Run) -> Run:
        def beside(*argv: str) -> Ran:
            return run(*argv, "--notes", "mine.toml")

        return beside

    def test_takes_the_edits_instead_of_the_dataset(
        self, path: Path, beside: Run, home: Path
    ) -> None:
        before = path.read_bytes()
        assert beside("tag", "add", "bare", "x").code == 0
        assert path.read_bytes() == before
        assert project(home / "mine.toml", "bare")["tags"] == ["x"]
        assert beside("tag", "list", "-q", "Bare").out.split() == ["1", "x"]

    def test_what_stands_in_the_dataset_is_refused_with_the_reason(
        self, path: Path, beside: Run
    ) -> None:
        before = path.read_bytes()
        for command in (
            ("tag", "remove", TURBINE, "watch"),
            ("tag", "rename", "watch", "look"),
            ("note", "remove", TURBINE, "#2"),
            ("note", "edit", TURBINE, "#2", "x"),
            ("need", "meet", TURBINE, "energy"),
            ("follow", TURBINE, "none"),
        ):
            ran = beside(*command)
            assert ran.code == 3, command
            assert "projects.toml, which is not written to" in ran.err
        assert path.read_bytes() == before

    def test_is_used_by_itself_for_the_copy_that_comes_with_the_program(
        self, run: Run, tmp_path: Path
    ) -> None:
        notes = tmp_path / "home/data/hunnan-tui/packaged.notes.toml"
        key = run("list", "--format", "ids").out.split()[0]
        assert not notes.exists()
        assert run("note", "add", key, "mine").code == 0
        assert project(notes, key)["notes"][0]["text"] == "mine"
        assert "mine" in run("show", key).out

    def test_is_used_by_itself_where_projects_are_no_tables_of_their_own(
        self, home: Path, run: Run, tmp_path: Path
    ) -> None:
        text = 'projects = [{ id = "a", name = "A" }]\n'
        (home / "odd.toml").write_text(text)
        assert run("tag", "add", "a", "x", "-f", "odd.toml").code == 0
        assert (home / "odd.toml").read_text() == text
        (notes,) = (tmp_path / "home/data/hunnan-tui").glob("odd.*.notes.toml")
        assert project(notes, "a")["tags"] == ["x"]
        assert "not [[projects]] tables" in run("where", "odd.toml").out
