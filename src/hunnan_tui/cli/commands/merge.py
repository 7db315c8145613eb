"""The command that merges two versions of a dataset: git's merge driver."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.output import UsageError, say, write_bytes
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import DataError, HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_path
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.new_file import write_file
from hunnan_tui.files.reading import read_file
from hunnan_tui.merging.copies import find_copies, merge_copy
from hunnan_tui.merging.git import merge_lines
from hunnan_tui.merging.merge import (
    MARKER_SIZE,
    CannotMergeError,
    Conflict,
    Labels,
    MergedText,
    merge_texts,
)

CONFLICTS = 1
"""The exit status when both sides state another value for one fact."""


class MergeRefusedError(HunnanError):
    """The texts cannot be merged by what they say, nor by lines."""


def merge_datasets(args: Namespace) -> int:
    """Merge THEIRS into OURS; return 1 if there are conflicts."""
    if len(args.words) == 1:
        return _merge_copies(args, Path(args.words[0]))
    if len(args.words) != 3:
        raise make_usage_error(
            args.command, _("It takes three files: BASE OURS THEIRS")
        )
    base, ours, theirs = map(Path, args.words)
    labels = Labels(size=_read_size(args.size))
    shown = args.path or str(ours)
    old = _read(ours)
    try:
        merged = merge_texts(_read(base), old, _read(theirs), labels)
    except CannotMergeError as error:
        return _merge_by_lines(base, ours, theirs, shown, error, is_printed=args.print)
    for notice in merged.notices:
        say(f"{shown}: {notice}")
    for conflict in merged.conflicts:
        say(
            _("{shown}:{line}: both sides changed {describe}").format(
                shown=shown, line=conflict.line, describe=_describe(conflict)
            )
        )
    _put(merged, ours, old, is_printed=args.print)
    return CONFLICTS if merged.conflicts else 0


def _merge_copies(args: Namespace, path: Path) -> int:
    """Bring in the conflicted copies beside a file; return 1 if there are conflicts.

    It stops at the first copy with conflicts: they are decided before another comes in.
    """
    before = text = read_file(path)
    copies, conflicts = find_copies(path), 0
    for copy in copies:
        name = display_path(copy)
        try:
            merged = merge_copy(path, text, copy)
        except (CannotMergeError, DataError) as error:
            raise MergeRefusedError(f"{name}: {error}") from error
        for notice in merged.notices:
            say(f"{name}: {notice}")
        adds = merged.text != text
        what = _("brought in") if adds else _("adds nothing")
        say(f"{name}: {what}")
        text, conflicts = merged.text, len(merged.conflicts)
        if conflicts:
            break
    if args.print:
        write_bytes(text)
    elif text != before:
        replace_file(path, lambda found: text if found == before else _refuse(path))
    if not copies:
        say(
            _("there is no conflicted copy beside {path}").format(
                path=display_path(path)
            )
        )
    elif conflicts:
        say(
            _("{conflicts}: hunnan-tui resolve decides them").format(
                conflicts=format_count(conflicts, "conflict")
            )
        )
    else:
        say(_("delete the copies when you have looked at the result"))
    return CONFLICTS if conflicts else 0


def _refuse(path: Path) -> bytes:
    raise UsageError(
        _("{path} was changed in the meantime: run it again").format(path=path)
    )


def _read(path: Path) -> bytes:
    # two branches that both add the file have no ancestor: git names an empty one
    return b"" if str(path) == "/dev/null" else read_file(path)


def _read_size(text: str | None) -> int:
    if text is None:
        return MARKER_SIZE
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise UsageError(
            _("--size takes a number from 1 to 100, not {text}").format(text=text)
        )
    return int(text)


def _put(merged: MergedText, ours: Path, old: bytes, *, is_printed: bool) -> None:
    if is_printed:
        write_bytes(merged.text)
    elif merged.text != old:
        write_file(ours, merged.text, force=True)


def _describe(conflict: Conflict) -> str:
    entry = f"{conflict.table} {conflict.id}".strip()
    if not conflict.key:
        return entry or _("the top of the file")
    return (
        _("{key} of {entry}").format(key=conflict.key, entry=entry)
        if entry
        else conflict.key
    )


def _merge_by_lines(
    base: Path,
    ours: Path,
    theirs: Path,
    shown: str,
    error: CannotMergeError,
    *,
    is_printed: bool,
) -> int:
    """Leave to git what cannot be taken apart."""
    if is_printed:
        raise MergeRefusedError(f"{shown}: {error}") from error
    say(
        _("{shown}: merged by lines, since it cannot be read: {error}").format(
            shown=shown, error=error
        )
    )
    return (
        CONFLICTS if merge_lines(base, ours, theirs, ("ours", "base", "theirs")) else 0
    )
