"""The command that decides the conflicts which a merge has left in a dataset."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.output import UsageError, are_terminals, say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.reading import read_file
from hunnan_tui.merging.conflicted import find_base
from hunnan_tui.merging.merge import CannotMergeError, Conflict
from hunnan_tui.merging.resolve import (
    Hunk,
    Side,
    UnclearMarkersError,
    find_hunks,
    merge_again,
    take_side,
)

UNDECIDED = 1
"""The exit status when conflicts are left."""
_ANSWERS: dict[str, Side] = {"o": "ours", "t": "theirs"}


def resolve_conflicts(args: Namespace) -> int:
    """Decide the conflicts of a file; return 1 if any are left."""
    if len(args.words) != 1:
        raise make_usage_error(args.command, _("Which dataset?"))
    if args.ours and args.theirs:
        raise UsageError(_("Either --ours or --theirs"))
    path = Path(args.words[0])
    before = read_file(path)
    try:
        merged = merge_again(before, find_base(path))
        hunks = find_hunks(merged.text)
    except (UnclearMarkersError, CannotMergeError) as error:
        raise UsageError(
            _("{path}: {error}: mend it in an editor").format(path=path, error=error)
        ) from error
    for notice in merged.notices:
        say(f"{path}: {notice}")
    sides = _decide(args, path, hunks, merged.conflicts)
    text = take_side(merged.text, hunks, sides)
    left = len(hunks) - len(sides)
    if text != before and not args.dry_run:
        replace_file(path, lambda found: text if found == before else _refuse(path))
    if left:
        say(
            _("{path}: {conflicts} left").format(
                path=path, conflicts=format_count(left, "conflict")
            )
        )
    elif text != before:
        say(
            _(
                "{path}: no conflict is left; git add it when you have looked at it"
            ).format(path=path)
        )
    return UNDECIDED if left else 0


def _refuse(path: Path) -> bytes:
    raise UsageError(
        _("{path} was changed in the meantime: run it again").format(path=path)
    )


def _decide(
    args: Namespace, path: Path, hunks: list[Hunk], conflicts: tuple[Conflict, ...]
) -> dict[int, Side]:
    """Return what is decided: by an option, or by answers on a terminal."""
    by_line = {conflict.line: conflict for conflict in conflicts}
    sides: dict[int, Side] = {}
    asks = are_terminals(sys.stdin, sys.stderr)
    for number, hunk in enumerate(hunks):
        _describe(path, hunk, by_line.get(hunk.line))
        if args.ours or args.theirs:
            sides[number] = "ours" if args.ours else "theirs"
        elif asks:
            say(_("o: ours, t: theirs, enter: leave it, q: no more"))
            answer = sys.stdin.readline().strip().lower()
            if answer == "q":
                asks = False
            elif answer[:1] in _ANSWERS:
                sides[number] = _ANSWERS[answer[:1]]
    return sides


def _describe(path: Path, hunk: Hunk, conflict: Conflict | None) -> None:
    name = ""
    if conflict is not None and conflict.key:
        name = (
            _(" {key} of {table} {id}")
            .format(key=conflict.key, table=conflict.table, id=conflict.id)
            .rstrip()
        )
    write(f"{path}:{hunk.line}:{name}\n")
    for label, text in (
        ("before", hunk.base or b""),
        (_("ours ({ours_label})").format(ours_label=hunk.ours_label), hunk.ours),
        (
            _("theirs ({theirs_label})").format(theirs_label=hunk.theirs_label),
            hunk.theirs,
        ),
    ):
        shown = display(text.decode("utf-8", "replace")).strip() or "nothing"
        indented = shown.replace("\n", "\n    ")
        write(f"  {label}:\n    {indented}\n")
