"""What is an option on the command line, what a value, and what the dataset."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.cli.output import UsageError
from hunnan_tui.cli.parser import parse
from tests.cli.conftest import Run

DASHED = ["-stage:signed", "-5%", "--", "-n", "-f", "--format", "-", "--=x", "-7d"]


def notes(path: Path, id: str = "bare") -> list[str]:
    projects = tomli.loads(path.read_text())["projects"]
    found = next(project for project in projects if project.get("id") == id)
    return [note["text"] for note in found.get("notes", [])]


class TestDashes:
    @given(st.sampled_from([*DASHED, "x"]) | st.text().map(lambda text: f"-{text}"))
    def test_what_is_joined_to_an_option_is_its_value(self, value: str) -> None:
        assert parse(["list", f"--query={value}"]).query == value
        assert parse(["list", f"-q={value}"]).query == value
        assert parse(["note", "add", "a", "b", f"-q={value}"]).query == value

    @given(st.text().map(lambda text: f"-{text}"))
    def test_what_follows_an_option_is_its_value_unless_it_is_one(
        self, value: str
    ) -> None:
        try:
            args = parse(["list", "-q", value])
        except UsageError as error:
            assert "needs its QUERY" in str(error)  # noqa: PT017 - some are options
            assert value[:2] in ("-f", "-q", "-n", "-h", "-V", "--")
        else:
            assert args.query == value
            assert args.words == []

    @given(st.lists(st.sampled_from(DASHED) | st.text(), min_size=2, max_size=2))
    def test_nothing_behind_two_dashes_is_an_option(self, words: list[str]) -> None:
        assert parse(["note", "add", "--", *words]).words == words

    @pytest.mark.parametrize(
        "text",
        ["-5%", "-quick answer", "-fine", "-no word yet", "- item", "-- Anna", "-3 bn"],
    )
    def test_a_note_may_begin_with_a_dash(
        self, text: str, path: Path, run: Run
    ) -> None:
        assert run("note", "add", "bare", text).code == 0
        at = run("note", "list", "bare").out.split("\t")[1]
        assert notes(path) == [text]
        assert run("note", "edit", "bare", at, "-new").code == 0
        assert notes(path) == ["-new"]

    def test_so_may_a_tag_a_need_and_an_id(self, path: Path, run: Run) -> None:
        assert run("tag", "add", "bare", "-old").code == 0
        assert (
            run("need", "add", "bare", "energy", "-10 kV", "--since", "-7d").code == 0
        )
        assert run("list", "--format", "ids", "-q", "#-old").out == "bare\n"
        assert run("tag", "rename", "-old", "-older").code == 0
        assert run("tag", "remove", "bare", "-older").code == 0
        assert run("show", "-unknown").code == 4

    def test_a_date_with_a_dash_reaches_what_reads_dates(
        self, path: Path, run: Run
    ) -> None:
        assert run("follow", "bare", "-7d").code == 0
        assert run("follow", "bare", "-7x").code == 2
        assert run("need", "add", "bare", "energy", "--since", "-7x").code == 2

    @pytest.mark.parametrize(
        "argv",
        [
            ("tag", "add", "bare", "x", "--dryrun"),
            ("tag", "add", "bare", "x", "-d"),
            ("list", "-stage:signed"),
            ("list", "--form", "csv"),
            ("list", "--own=x"),
            ("tag", "--hel"),
            ("stats", "-x"),
        ],
    )
    def test_a_mistyped_option_is_no_word(
        self, argv: tuple[str, ...], path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        assert run(*argv).code == 2
        assert path.read_bytes() == before

    def test_joined_values_of_short_options_still_work(
        self, path: Path, run: Run
    ) -> None:
        assert run("list", "-fprojects.toml", "-qid:bare", "--format", "ids").code == 0
        assert run("tag", "add", "-nfprojects.toml", "-qid:bare", "x").code == 0
        assert run("tag", "add", "-nf", "projects.toml", "bare", "x").code == 0
        assert run("-nq", "id:bare", "tag", "add", "x").code == 0
        assert run("tag", "-f", "projects.toml", "list").code == 0

    def test_an_option_without_its_value_says_so(self, path: Path, run: Run) -> None:
        for argv in (("list", "-q"), ("list", "-q", "--format", "csv")):
            ran = run(*argv)
            assert ran.code == 2
            assert "-q needs its QUERY" in ran.err


class TestTwice:
    @pytest.mark.parametrize(
        "argv",
        [
            ("list", "-q", "a", "-q", "b"),
            ("list", "--format", "csv", "--format=json"),
            ("export", "-", "--format", "csv", "--bom", "--no-bom"),
            ("report", "-o", "a.md", "--output", "b.md"),
        ],
    )
    def test_two_values_are_an_error(
        self, argv: tuple[str, ...], path: Path, run: Run
    ) -> None:
        ran = run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert "contradict" in ran.err

    def test_the_same_value_is_none(self, path: Path, run: Run) -> None:
        assert run("list", "-q", "a", "--query=a", "-f", "projects.toml").code == 0


class TestData:
    @pytest.mark.parametrize(
        "argv",
        [
            ("list",),
            ("show", "bare"),
            ("check",),
            ("export", "-", "--format", "csv"),
            ("report",),
            ("stats",),
            ("coverage",),
            ("where",),
            ("tag", "add", "bare", "x"),
            ("tag", "add", "-q", "id:bare", "x"),
            ("tag", "remove", "bare", "x"),
            ("tag", "rename", "watch", "x"),
            ("tag", "list"),
            ("note", "add", "bare", "text"),
            ("note", "list"),
            ("note", "list", "bare"),
            ("note", "list", "-q", "id:bare"),
            ("need", "add", "bare", "energy"),
            ("need", "add", "bare", "energy", "10 kV"),
            ("need", "meet", "bare", "energy"),
            ("need", "list"),
            ("follow", "bare", "+2w"),
        ],
    )
    def test_it_is_the_last_word_or_an_option_of_every_command(
        self, argv: tuple[str, ...], path: Path, run: Run
    ) -> None:
        other = path.rename(path.with_name("other.toml"))
        text = other.read_bytes()
        ran = []
        for more in ((str(other),), ("-f", str(other))):
            other.write_bytes(text)
            ran.append(run(*argv, *more))
            is_read = argv != ("where",) or more[0] != "-f"
            assert run(*argv, *more, "-f", "third.toml").code == 2 * is_read
        assert [each.code for each in ran] == [ran[0].code] * 2
        assert ran[0].code in (0, 1)
        assert ran[0].err == ran[1].err

    def test_several_are_told_by_their_names(self, path: Path, run: Run) -> None:
        for argv in (("list", "a.toml", "b"), ("note", "list", "a", "b", "c")):
            ran = run(*argv)
            assert ran.code == 2
            assert "Name datasets only" in ran.err

    def test_a_tag_alone_is_no_dataset(self, path: Path, run: Run) -> None:
        assert run("tag", "add", "bare", "a.toml").code == 0
        assert "a.toml" in run("tag", "list").out

    def test_standard_input_is_one_thing(self, path: Path, run: Run) -> None:
        for argv in (("note", "list", "-", "-"), ("note", "add", "-", "-")):
            ran = run(*argv, stdin=path.read_bytes())
            assert ran.code == 2
            assert "Standard input cannot be both" in ran.err

    @pytest.mark.parametrize(
        "argv",
        [
            ("list", ""),
            ("list", "-f", ""),
            ("list", "--notes="),
            ("check", ""),
            ("note", "add", "bare", "text", ""),
            ("export", "-", "--format", "csv", "--columns", ""),
            ("report", "-o", ""),
            ("need", "add", "bare", "energy", "--since", ""),
            ("",),
        ],
    )
    def test_an_empty_name_is_not_left_out(
        self, argv: tuple[str, ...], path: Path, run: Run
    ) -> None:
        before = path.read_bytes()
        ran = run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert "empty" in ran.err
        assert path.read_bytes() == before
