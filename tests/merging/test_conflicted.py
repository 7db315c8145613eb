"""A file in which git left conflicts, as the app decides them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hunnan_tui.core.errors import SaveError
from hunnan_tui.merging.conflicted import describe_sides, read_conflicted, write_decided

TEXT = """\
# a comment
[[projects]]
id = "a"
<<<<<<< HEAD
name = "Ours"
||||||| base
name = "Before"
=======
name = "Theirs"
>>>>>>> topic
[[projects]]
id = "b"
<<<<<<< HEAD
tags = ["x"]
=======
tags = ["y"]
>>>>>>> topic
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(TEXT)
    return path


def test_what_is_no_conflict_in_meaning_is_not_asked(path: Path) -> None:
    conflicted = read_conflicted(path)
    assert conflicted is not None
    (hunk,) = conflicted.hunks  # both tags are there
    assert (hunk.ours, hunk.theirs) == (b'name = "Ours"\n', b'name = "Theirs"\n')
    assert conflicted.describe(0) == "name · projects a"
    assert b'tags = ["x", "y"]' in conflicted.our_side
    assert b"<<<<" not in conflicted.our_side
    assert write_decided(conflicted, {}) == 1
    conflicted = read_conflicted(path)
    assert conflicted is not None
    assert write_decided(conflicted, {0: "theirs"}) == 0
    assert b'name = "Theirs"' in path.read_bytes()
    assert path.read_text().startswith("# a comment\n")
    assert read_conflicted(path) is None


def test_a_file_that_changed_meanwhile_is_not_written(path: Path) -> None:
    conflicted = read_conflicted(path)
    assert conflicted is not None
    path.write_text(TEXT + "# more")
    with pytest.raises(SaveError, match="meanwhile"):
        write_decided(conflicted, {0: "ours"})
    assert path.read_text() == TEXT + "# more"


@pytest.mark.parametrize(
    "text",
    [
        "",
        '[[projects]]\nid = "a"\n',
        TEXT.replace("=======\n", ""),
        TEXT.replace(">>>>>>> topic\n", "", 1),
        TEXT.replace("[[projects]]", "[[projects"),
        TEXT.replace('"Ours"', '"Ours'),
        "<<<<<<< HEAD\n",
    ],
)
def test_what_cannot_be_told_apart_is_left_to_an_editor(path: Path, text: str) -> None:
    path.write_text(text)
    assert read_conflicted(path) is None


def test_without_git_the_sides_are_nobodys(path: Path) -> None:
    assert describe_sides(path) == {}


def test_what_git_knows_of_the_base_decides_what_is_a_conflict(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a merge driver git marks lines, and does not say what was before them."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")

    def git(*words: str, code: int = 0) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@b"]
        command = ["git", *who, *words]
        done = subprocess.run(
            command, cwd=path.parent, check=False, capture_output=True
        )
        assert done.returncode == code, done.stderr

    def commit(text: str) -> None:
        path.write_text(text)
        git("add", path.name)
        git("commit", "-qm", text[-9:])

    before = '[[projects]]\nid = "a"\nname = "A"\nstage = "x"\nplace = "here"\n'
    git("init", "-q", "-b", "main")
    commit(before)
    git("checkout", "-q", "-b", "topic")
    commit(before.replace('"A"', '"B"').replace("here", "there"))
    git("checkout", "-q", "main")
    commit(before.replace('"x"', '"y"').replace("here", "nowhere"))
    git("merge", "-q", "topic", code=1)
    conflicted = read_conflicted(path)
    assert conflicted is not None
    (hunk,) = conflicted.hunks  # of place alone: both have changed it
    assert (hunk.ours, hunk.base, hunk.theirs) == (
        b'place = "nowhere"\n',
        b'place = "here"\n',
        b'place = "there"\n',
    )
    assert conflicted.knows_base
    assert b'name = "B"\nstage = "y"\n' in conflicted.text
    assert set(describe_sides(path)) == {"ours", "theirs"}
