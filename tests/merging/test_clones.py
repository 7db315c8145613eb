"""Several colleagues at once: what each wrote arrives at all, however git brings it there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import tomli

from hunnan_tui.cli import main
from tests.merging.test_git import Clone
from tests.strategies import NIGHTLY

IDS = ("a", "b", "c")
STAGES = ("planned", "signed", "built")
DATA = "format = 1\n\n# all of them\n"
DATA += "".join(f'\n[[stages]]\nid = "{name}"\nname = "{name}"\n' for name in STAGES)
DATA += "".join(
    f'\n[[projects]]\nid = "{key}"\nname = "Project {key}"\nstage = "signed"\n'
    for key in IDS
)
SEEDS = range(20 if NIGHTLY > 1 else 1)


class Colleague(Clone):
    """Writes into a clone, and remembers what."""

    def __init__(self, folder: Path, environ: dict[str, str], random: Random) -> None:
        super().__init__(folder, environ)
        self.random = random
        self.name = folder.name
        self.tags: set[tuple[str, str]] = set()
        self.notes: set[tuple[str, str]] = set()
        self.stages: set[tuple[str, str]] = set()
        self._count = 0

    def write(self) -> None:
        """Make an edit of some kind, as the program does."""
        self._count += 1
        key, word = self.random.choice(IDS), f"{self.name}-{self._count}"
        match self.random.randrange(4):
            case 0:
                self.run("tag", "add", key, word)
                self.tags.add((key, word))
            case 1:
                self.run("note", "add", key, f"note {word}")
                self.notes.add((key, f"note {word}"))
            case 2:
                stage = self.random.choice(STAGES)
                self.run("set", key, f"stage={stage}")
                self.stages.add((key, stage))
            case _:
                self.run("add", f"New {word}", "--id", f"new-{word}")

    def run(self, *words: str) -> None:
        assert main([*words, "-f", str(self.path)]) == 0

    def finish(self, *arguments: str, again: tuple[str, ...]) -> None:
        """Run git; where two values differ, take a side of each and go on."""
        done = self.git(*arguments)
        for _ in range(20):
            if done.returncode == 0:
                return
            assert "<<<<<<<" in self.path.read_text("utf-8"), done.stdout + done.stderr
            side = self.random.choice(("--ours", "--theirs"))
            assert main(["resolve", str(self.path), side]) == 0
            self.do("add", ".")
            done = self.git(*again) if again else self.git("status")
        raise AssertionError(done.stderr)

    def commit(self) -> None:
        self.do("add", ".")
        self.do("commit", "-qm", "work", "--allow-empty")

    def merge(self) -> None:
        self.commit()
        again = ("commit", "-q", "--no-edit")
        self.finish("merge", "-q", "-m", "both", "origin/main", again=again)

    def rebase(self) -> None:
        self.commit()
        self.finish("rebase", "-q", "origin/main", again=("rebase", "--continue"))

    def stash(self) -> None:
        if not self.git("status", "--porcelain").stdout:
            self.merge()  # what was set was so already
            return
        self.do("stash")
        self.do("merge", "-q", "--ff-only", "origin/main")
        self.finish("stash", "pop", again=())
        self.commit()

    def pick(self) -> None:
        self.commit()
        self.do("branch", "-f", "mine", "HEAD")
        count = len(self.git("rev-list", "origin/main..mine").stdout.split())
        self.do("reset", "-q", "--hard", "origin/main")
        words = ("cherry-pick", "--allow-empty", "--keep-redundant-commits")
        again = ("-c", "core.editor=true", "cherry-pick", "--continue")
        self.finish(*words, f"mine~{count}..mine", again=again)


@pytest.mark.posix
@pytest.mark.parametrize("seed", SEEDS)
def test_what_anybody_wrote_arrives_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    random = Random(seed)
    colleagues = make_colleagues(tmp_path, monkeypatch, random)
    for _ in range(2):
        for each in colleagues:
            for _ in range(random.randint(1, 2)):
                each.write()
        for each in random.sample(colleagues, len(colleagues)):
            each.do("fetch", "-q")
            ways: list[Callable[[], None]] = [each.merge, each.rebase, each.pick]
            is_behind = each.git("rev-list", "origin/main..HEAD").stdout == ""
            random.choice([*ways, *([each.stash] if is_behind else [])])()
            each.do("push", "-q", "origin", "HEAD:main")
    texts = set()
    for each in colleagues:
        each.do("fetch", "-q")
        each.do("reset", "-q", "--hard", "origin/main")
        texts.add(each.path.read_bytes())
    (text,) = texts
    projects = {p["id"]: p for p in tomli.loads(text.decode())["projects"]}
    for each in colleagues:
        for key, tag in each.tags:
            assert tag in projects[key]["tags"]
        for key, note in each.notes:
            assert note in {note["text"] for note in projects[key]["notes"]}
    written = {pair for each in colleagues for pair in each.stages}
    for key in IDS:
        assert (key, projects[key]["stage"]) in {*written, (key, "signed")}
    added = sum(key.startswith("new-") for key in projects)
    assert len(projects) == len(IDS) + added
    assert b"# all of them\n" in text


def make_colleagues(
    folder: Path, monkeypatch: pytest.MonkeyPatch, random: Random
) -> list[Colleague]:
    """Return two to five clones of one repository, each set up."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "hunnan-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hunnan_tui "$@"\n')
    program.chmod(0o755)
    environ = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "a@b" for who in ("AUTHOR", "COMMITTER")},
        **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "CONFIG")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_EDITOR": "true",
    }
    monkeypatch.setattr(os, "environ", environ)
    origin = Clone(folder / "origin", environ)
    origin.folder.mkdir()
    origin.do("init", "-q", "--bare", "-b", "main")
    colleagues = []
    for number in range(random.randint(2, 5) if NIGHTLY > 1 else 3):
        made = Colleague(folder / f"c{number}", environ, random)
        made.folder.mkdir()
        made.do("clone", "-q", str(origin.folder), ".")
        if not number:
            made.path.write_text(DATA, "utf-8")
            assert main(["git", "setup", str(made.path)]) == 0
            made.do("add", ".")
            made.do("commit", "-qm", "begin")
            made.do("push", "-q", "origin", "HEAD:main")
        assert main(["git", "setup", str(made.path)]) == 0
        colleagues.append(made)
    return colleagues
