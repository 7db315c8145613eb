"""What `diff` prints for two states of a dataset, compared with golden files.

GOLDEN=write writes the files anew: look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hunnan_tui.core.text import UNSAFE
from tests.cli.conftest import GOLDEN, Run

FILES = ("diff", "projects.toml", "later.toml")
COMMANDS = {
    "diff.txt": FILES,
    "diff-own.txt": (*FILES, "--own"),
    "diff-query.txt": (*FILES, "-q", "stage:signed OR id:bare"),
    "diff.json": (*FILES, "--format", "json"),
    "diff.md": (*FILES, "--format", "md"),
}


@pytest.fixture(autouse=True)
def later(path: Path) -> Path:
    """A later state of the golden dataset, beside it."""
    file = path.with_name("later.toml")
    file.write_bytes((GOLDEN / "later.toml").read_bytes())
    return file


@pytest.mark.parametrize("name", COMMANDS)
def test_prints_as_in_the_golden_file(name: str, run: Run) -> None:
    ran = run(*COMMANDS[name])
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(ran.out.encode())
    assert ran.out.encode() == golden.read_bytes()
    assert ran.code == 1
    assert not UNSAFE.search(ran.out)
    assert not UNSAFE.search(ran.err)


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_the_exit_status_says_that_nothing_differs(form: str, run: Run) -> None:
    ran = run("diff", "projects.toml", "projects.toml", "--format", form)
    assert ran.code == 0
    if form == "json":
        assert not any(
            value
            for name, value in json.loads(ran.out).items()
            if name not in ("old", "new", "sources", "announcements")
        )
    else:
        assert "no difference" in ran.out


def test_the_exit_status_follows_the_query(run: Run) -> None:
    assert run(*FILES, "-q", "id=nothing").code == 0
    assert run(*FILES, "-q", "id:turbine").code == 1


def test_a_query_may_name_what_only_one_of_the_files_knows(run: Run) -> None:
    for query in ("stage:operating", "stage=operating OR id=bare"):
        ran = run(*FILES, "-q", query)
        assert "moved forward: 1" in ran.out
        assert (ran.code, ran.err.count("operating")) == (1, 0)


def test_annotations_alone_are_no_difference(path: Path, run: Run) -> None:
    tagged = path.with_name("tagged.toml")
    tagged.write_text(path.read_text().replace('"watch"', '"seen"'))
    assert run("diff", path.name, tagged.name).code == 0
    assert run("diff", path.name, tagged.name, "--own").code == 1


def test_the_json_form_has_the_values_of_the_files(run: Run) -> None:
    plain = json.loads(run(*COMMANDS["diff.json"]).out)
    (value,) = plain["values"]
    assert value == {
        "id": "turbine-base",
        "name": "Gas Turbine Base",
        "old": 3_000_000_000,
        "new": 3_200_000_000,
        "gain": 200_000_000,
    }
    changes = {each["id"]: each["changes"] for each in plain["changed"]}
    assert changes["turbine-base"]["colour"] == {"old": "green", "new": "blue"}
    assert changes["turbine-base"]["stage"] == {
        "old": "construction",
        "new": "operating",
    }
    assert changes["hostile"]["place"]["old"] == "\t\x7f\0"


@pytest.mark.parametrize("text", [None, "no toml at all", "a = 1\na = 2"])
def test_a_file_that_cannot_be_read_is_a_failure(
    text: str | None, path: Path, run: Run
) -> None:
    if text is not None:
        path.with_name("other.toml").write_text(text)
    for files in (("other.toml", path.name), (path.name, "other.toml")):
        ran = run("diff", *files)
        assert ran.code == 2
        assert ran.out == ""
        assert "other.toml" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("projects.toml",),
        ("projects.toml", "later.toml", "third.toml"),
        ("projects.toml", "later.toml", "-f", "third.toml"),
        ("projects.toml", "later.toml", "--notes", "third.toml"),
        ("projects.toml", "later.toml", "--format", "csv"),
        ("projects.toml", "later.toml", "-q", "invest>much"),
    ],
)
def test_a_misuse_is_told_with_the_usage(words: tuple[str, ...], run: Run) -> None:
    ran = run("diff", *words)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err


def test_both_files_stay_as_they_are(path: Path, later: Path, run: Run) -> None:
    before = path.read_bytes(), later.read_bytes()
    run(*FILES)
    assert (path.read_bytes(), later.read_bytes()) == before
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "later.toml",
        "projects.toml",
    ]
