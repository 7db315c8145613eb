"""What git is told of a dataset: who merges it, and how a change of it is shown."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hunnan_tui.core.language import _
from hunnan_tui.files.new_file import write_file
from hunnan_tui.versions import program
from hunnan_tui.versions.program import GitError

NAME = "hunnan-tui"
_ATTRIBUTES = f"merge={NAME} diff={NAME}"
_SECTIONS = (f"merge.{NAME}", f"diff.{NAME}")
_NEEDS_QUOTES = set(' "\\\t')


def run_git(arguments: Sequence[str], folder: Path) -> str:
    """Return what git prints, as text; GitError as `program.run_git`."""
    return program.run_git(arguments, folder).decode("utf-8", "replace")


def merge_lines(base: Path, ours: Path, theirs: Path, labels: Sequence[str]) -> int:
    """Merge by lines, as git does it by itself; return how many conflicts `ours` has now.

    Args:
        base: The common ancestor.
        ours: One side, which gets the result.
        theirs: The other side.
        labels: What the markers say: ours, base, theirs.

    Raises:
        GitError: There is no git, or a file is no text.
    """
    names = [part for label in labels for part in ("-L", label)]
    paths = [str(path) for path in (ours, base, theirs)]
    try:
        process = subprocess.run(  # noqa: S603 - three paths
            ["git", "merge-file", "--diff3", *names, *paths],  # noqa: S607
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(
            _("git cannot be run: {strerror}").format(strerror=error.strerror)
        ) from error
    if process.returncode > 127:
        raise GitError(process.stderr.decode("utf-8", "replace").strip())
    return process.returncode


def find_top(folder: Path) -> Path:
    """Return the top folder of the repository; GitError outside of one."""
    return Path(run_git(["rev-parse", "--show-toplevel"], folder).rstrip("\n"))


def set_up(dataset: Path, *, is_global: bool) -> list[str]:
    """Have git merge and show a dataset by what it says; return what was written."""
    folder = dataset.resolve().parent
    top = find_top(folder)
    messages = []
    program = _find_program()
    for name, value in (
        (f"merge.{NAME}.name", _("datasets, by what they say")),
        (f"merge.{NAME}.driver", f"{program} merge %O %A %B --size %L --path %P"),
        (f"diff.{NAME}.textconv", f"{program} git text"),
    ):
        if _read_config(name, folder, is_global=is_global) != value:
            run_git(["config", *_make_scope(is_global), name, value], folder)
            messages.append(f"git config {' '.join(_make_scope(is_global))} {name}")
    path, line = _make_line(dataset, top)
    text = path.read_text("utf-8") if path.exists() else ""
    if line not in text.splitlines():
        gap = "" if not text or text.endswith("\n") else "\n"
        write_file(path, f"{text}{gap}{line}\n".encode(), force=True)
        messages.append(f"{path}: {line}")
    return messages


def undo_set_up(dataset: Path, *, is_global: bool) -> list[str]:
    """Take back what `set_up` has written; return what was removed."""
    folder = dataset.resolve().parent
    top = find_top(folder)
    messages = []
    for section in _SECTIONS:
        if _has_section(section, folder, is_global=is_global):
            run_git(
                ["config", *_make_scope(is_global), "--remove-section", section], folder
            )
            messages.append(f"git config {' '.join(_make_scope(is_global))} {section}")
    path, line = _make_line(dataset, top)
    if path.exists():
        text = path.read_text("utf-8")
        lines = text.splitlines(keepends=True)
        rest = "".join(old for old in lines if old.rstrip("\r\n") != line)
        if not rest and text:
            path.unlink()
        elif rest != text:
            write_file(path, rest.encode(), force=True)
        if rest != text:
            messages.append(f"{path}: {line}")
    return messages


def list_missing(dataset: Path) -> list[str]:
    """Return what is not set up for a dataset, one sentence each."""
    folder = dataset.resolve().parent
    find_top(folder)
    missing = []
    for name in (f"merge.{NAME}.driver", f"diff.{NAME}.textconv"):
        command = _read_config(name, folder, is_global=None)
        if not command:
            missing.append(
                _("{name} is not set: git does not know the program").format(name=name)
            )
        elif shutil.which(shlex.split(command)[0]) is None:
            missing.append(
                _("{name} names a program that is not there: {command}").format(
                    name=name, command=command
                )
            )
    for name in ("merge", "diff"):
        line = run_git(["check-attr", name, "--", dataset.resolve().name], folder)
        if not line.rstrip("\n").endswith(f": {NAME}"):
            missing.append(
                _("{name} has no {attribute}={driver} in .gitattributes").format(
                    name=dataset.name, attribute=name, driver=NAME
                )
            )
    return missing


def _make_line(dataset: Path, top: Path) -> tuple[Path, str]:
    """Return the file of attributes, and its line for a dataset."""
    name = "/" + dataset.resolve().relative_to(top.resolve()).as_posix()
    if _NEEDS_QUOTES & set(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return top / ".gitattributes", f"{name} {_ATTRIBUTES}"


def _find_program() -> str:
    """Return how git's shell starts this program."""
    if shutil.which(NAME):
        return NAME
    return f"{shlex.quote(Path(sys.executable).as_posix())} -m hunnan_tui"


def _make_scope(is_global: bool | None) -> list[str]:
    """Return the option that says which configuration git uses; none for any."""
    return [] if is_global is None else ["--global" if is_global else "--local"]


def _read_config(name: str, folder: Path, *, is_global: bool | None) -> str:
    try:
        return run_git(
            ["config", *_make_scope(is_global), "--get", name], folder
        ).removesuffix("\n")
    except GitError:
        return ""


def _has_section(section: str, folder: Path, *, is_global: bool) -> bool:
    try:
        pattern = f"^{section.replace('.', '[.]')}[.]"
        values = run_git(
            ["config", *_make_scope(is_global), "--get-regexp", pattern], folder
        )
    except GitError:
        return False
    return bool(values)
