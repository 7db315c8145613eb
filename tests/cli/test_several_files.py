"""Several datasets as one, on the command line."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from pathlib import Path

import pytest
import tomli

from hunnan_tui.cli import open_app
from hunnan_tui.cli.parser import parse as parse_arguments
from hunnan_tui.cli.selection import locate_files
from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.session import load_session
from hunnan_tui.dataset.parser import parse
from tests.cli.conftest import Run

A = """\
[dataset]
title = "A"
currency = "CNY"

[[stages]]
id = "signed"
name = "Signed"

[[sources]]
id = "s"
title = "Page of A"

[[projects]]
id = "one"
name = "One"
investment = 3_000_000_000
stage = "signed"
sources = ["s"]

[[projects]]
id = "two"
name = "Two"
"""
B = """\
[dataset]
title = "B"
currency = "EUR"

[[stages]]
id = "idea"
name = "Idea"

[[stages]]
id = "signed"
name = "Contracted"

[[sources]]
id = "s"
title = "Page of B"

[[projects]]
id = "one"
name = "Uno"
investment = 5_000_000
sources = ["s"]

[[projects]]
id = "three"
name = "Three"
"""
WARNED = "b.toml: warning: amounts are in EUR, those of a.toml in CNY"
NOTED = "b.toml: note: the stage 'signed' is another one than in a.toml"


@pytest.fixture(autouse=True)
def files(home: Path) -> Path:
    (home / "a.toml").write_text(A)
    (home / "b.toml").write_text(B)
    return home


BOTH = ("a.toml", "b.toml")
OPTIONS = ("-f", "a.toml", "-f", "b.toml")


@pytest.mark.parametrize("more", [BOTH, OPTIONS], ids=["words", "options"])
def test_a_list_has_all_projects_with_their_file(
    more: tuple[str, ...], run: Run
) -> None:
    ran = run("list", "--format", "table", *more)
    rows = [(line.split()[0], line.split()[-1]) for line in ran.out.splitlines()]
    assert rows == [
        *(("id", "file"), ("a:one", "a"), ("two", "a"), ("b:one", "b"), ("three", "b"))
    ]
    assert "5 m EUR" in ran.out
    assert "4 of 4 projects, 3 bn CNY, 3 not stated in CNY" in ran.err
    assert WARNED in ran.err
    assert "another one" not in ran.err  # that is for `check`
    found = json.loads(run("list", "--format", "json", "-q", "id=one", *more).out)
    assert [(each["id"], each["file"]) for each in found] == [
        *(("one", "a"), ("one", "b"))
    ]
    assert [each.get("currency") for each in found] == [None, "EUR"]
    found = run("list", "--format", "ids", "-q", "file:b stage:none", *more)
    assert found.code == 2
    assert run("list", "--format", "ids", "-q", "file=b no:invest", *more).out == (
        "b:one\nthree\n"
    )
    shown = run("list", "--format", "table", "-q", "show:file,invest", *more).out
    assert shown.splitlines()[0].split() == ["id", "name", "file", "invest"]


def test_figures_are_of_all_and_of_one_currency(run: Run) -> None:
    counted = json.loads(run("stats", "--format", "json", *BOTH).out)
    assert counted["all"]["investment"] == 3_000_000_000
    assert counted["all"]["projects"] == 4
    assert [each["stage"] for each in counted["stages"]] == ["idea", "signed", None]
    report = run("report", *BOTH).out
    assert "4 of 4 projects; investment 3 bn yuan, 3 not stated in CNY" in report
    assert "5,000,000 (5 m) EUR" in report or "5,000,000 EUR" in report
    assert "Page of B" in report
    assert run("coverage", *BOTH).code == 0
    for form in ("csv", "xlsx", "html", "jsonl", "md"):
        target = f"out.{form}"
        assert run("export", target, *BOTH).code == 0


def test_an_export_as_a_dataset_has_no_amount_of_another_currency(
    run: Run, home: Path
) -> None:
    assert run("export", "out.toml", *BOTH).code == 0
    text = (home / "out.toml").read_bytes()
    projects = {each["id"]: each for each in tomli.loads(text.decode())["projects"]}
    assert projects["a:one"]["investment"] == 3_000_000_000
    assert "investment" not in projects["b:one"]
    assert projects["b:one"]["investment_text"] == "5,000,000 EUR"
    assert not {"file", "currency"} & {*projects["b:one"]}
    sources = parse(text).dataset.sources
    assert [each.title for each in sources.values()] == ["Page of A", "Page of B"]
    assert run("export", "b.toml", "--force", *BOTH).code == 3
    assert (home / "b.toml").read_text() == B


def test_an_id_of_both_is_refused_with_the_names_to_choose_from(run: Run) -> None:
    for argv in (("show", "one"), ("tag", "add", "one", "x"), ("note", "list", "one")):
        ran = run(*argv, *OPTIONS)
        assert ran.code == 2
        assert "name a:one or b:one" in ran.err
    assert run("show", "b:one", *BOTH).out.startswith("Uno\n\nId: one\nFile: b\n")
    assert run("show", "a:one", *BOTH).out.startswith("One\n")
    assert run("show", "b:three", *BOTH).out.startswith("Three\n")
    assert run("show", "a:three", *BOTH).code == 4


def test_edits_go_to_the_file_of_the_project(run: Run, home: Path) -> None:
    a, b = home / "a.toml", home / "b.toml"
    assert run("tag", "add", "-q", "id:one", "x", *OPTIONS).code == 0
    for path, text in ((a, A), (b, B)):
        assert path.read_text() == text.replace(
            'sources = ["s"]\n', 'sources = ["s"]\ntags = ["x"]\n'
        )
    a.write_text(A)
    b.write_text(B)
    ids = run("list", "--format", "ids", *BOTH).out
    assert run("follow", "-", "2027-01-02", *OPTIONS, stdin=ids.encode()).code == 0
    assert a.read_text().count("2027-01-02") == b.read_text().count("2027-01-02") == 2
    a.write_text(A)
    b.write_text(B)
    assert run("note", "add", "three", "a text", *OPTIONS).code == 0
    assert run("set", "b:one", "district=Hunnan", *OPTIONS).code == 0
    assert run("stage", "three", "idea", "--date", "2026-01-02", *OPTIONS).code == 0
    assert a.read_text() == A
    text = b.read_text()
    assert 'district = "Hunnan"' in text
    assert 'stage = "idea"' in text
    # what only the other file defines cannot be said of a project of this one
    assert run("stage", "two", "idea", "--date", "2026-01-02", *OPTIONS).code == 2
    assert run("add", "Four", *OPTIONS).out == "four\n"
    assert 'id = "four"' in a.read_text()
    for path in (a, b):
        problems = parse(path.read_bytes(), str(path)).problems
        assert not [each for each in problems if "unknown" in each.message]


def test_check_says_what_is_wrong_in_each_and_between_them(
    run: Run, home: Path
) -> None:
    ran = run("check", *BOTH)
    assert ran.code == 1
    assert WARNED in ran.out
    assert NOTED in ran.out
    assert (
        "b.toml: note: the id 'one' is in a.toml too (its projects are told apart as b:one)"
        in (ran.out)
    )
    (home / "b.toml").write_text("x =\n")
    ran = run("check", "a.toml", "b.toml", "a.toml")
    assert ran.code == 2
    assert "named twice" in ran.err
    ran = run("check", *BOTH)
    assert ran.code == 2
    assert "b.toml:1:4: error" in ran.out
    assert "a.toml: 2 projects" in ran.err


@pytest.mark.parametrize("bad", ["gone.toml", "broken.toml"])
def test_a_file_that_cannot_be_read_is_named(bad: str, run: Run, home: Path) -> None:
    (home / "broken.toml").write_text("x =\n")
    for argv in (
        ("list", "a.toml", bad),
        ("tag", "add", "two", "x", "-f", "a.toml", "-f", bad),
    ):
        ran = run(*argv)
        assert (ran.code, ran.out) == (2, "")
        assert bad in ran.err
    assert (home / "a.toml").read_text() == A


def test_the_city_comes_with_one_option(run: Run) -> None:
    ran = run("list", "a.toml", "--city", "--format", "ids", "-q", "file:shenyang")
    assert ran.code == 0
    assert len(ran.out.splitlines()) > 50
    ran = run("list", "a.toml", "--city", "--notes", "mine.toml")
    assert "--notes goes with one dataset" in ran.err
    assert run("diff", "a.toml", "b.toml", "--city").code == 2


def test_a_pipe_is_no_second_file(run: Run) -> None:
    ran = run("list", "-f", "a.toml", "-f", "-", stdin=B.encode())
    assert ran.code == 2
    assert "/dev/stdin" in ran.err


def test_the_app_goes_on_with_the_city_where_it_was(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []

    def open_again(args: Namespace) -> int:
        opened.append((args.city, args.query, args.view, args.id))
        return 7

    monkeypatch.setattr(open_app, "open_app", open_again)
    args = parse_arguments(["a.toml", "-q", "one"])
    paths = find_paths(os.environ)
    assert open_app._reopen_with_city(args, paths, "two") == 7
    assert opened == [(True, None, None, None)]
    state = locate_files(args, args.words).state_path
    assert load_session(paths.sessions, state).current == "two"
    assert load_session(paths.sessions, home / "a.toml").current == ""


@pytest.mark.parametrize("name", ["[red]x y:z", "文件", "-q", "a.b", "#1 (old)"])
def test_a_file_of_any_name_can_be_named(name: str, run: Run, home: Path) -> None:
    path = home / f"{name}.toml"
    path.write_text(B)
    options = ("-f", "a.toml", f"--file={path}")
    ids = run("list", "--format", "ids", "-q", "id=one", *options).out.splitlines()
    assert ids == ["a:one", f"{name}:one"]
    shown = run("show", *options, "--", ids[1])
    assert shown.out.startswith(f"Uno\n\nId: one\nFile: {name}\n")
    found = run("list", "--format", "ids", "-q", f'file="{name}"', *options)
    assert found.out.splitlines() == [f"{name}:one", "three"]
    assert run("tag", "add", *options, "-q", f'file="{name}"', "x").code == 0
    assert path.read_text().count('tags = ["x"]') == 2
    assert (home / "a.toml").read_text() == A
