"""Detects a file that lost its content: emptied or truncated by a crash or a sync tool.

Most truncated texts are invalid TOML, which the parser reports. This is for the others: no
text, a text without its projects, or one that ends earlier than before.
"""

from __future__ import annotations

from hunnan_tui.core.errors import DataError, Level, Problem
from hunnan_tui.core.language import N_, _, ngettext
from hunnan_tui.dataset.toml.scanner import BOM

_HINT = N_("get it back from git or a backup")


def check_successor(old: bytes, had: int, new: bytes, has: int, name: str) -> None:
    """Make sure that a text has not lost the content of the one before.

    Args:
        old: The text before.
        had: How many projects were in it.
        new: The text now, which can be parsed.
        has: How many projects are in that.
        name: Of the file.

    Raises:
        DataError: It has lost it; the old text is the last good one.
    """
    if is_blank(new) and not is_blank(old):
        raise DataError(_make_error(_("the file is empty; it was not before"), name))
    if had and not has:
        message = ngettext(
            "its only project is gone from the file",
            "all {count:,} projects are gone from the file",
            had,
        ).format(count=had)
        raise DataError(_make_error(message, name))
    # no editor removes the last line end
    if _is_prefix(new, old) and old.endswith(b"\n") and not new.endswith(b"\n"):
        line = new.count(b"\n") + 1
        column = len(new) - new.rfind(b"\n")
        raise DataError(
            _make_error(_("the file is cut off in this line"), name, line, column)
        )


def find_truncation(
    old: bytes, had: int, new: bytes, has: int, name: str
) -> list[Problem]:
    """Return a warning if a text is only the beginning of the one before.

    It may have been truncated between two tables, or somebody may have deleted the end.
    So it is used, with a warning.
    """
    lost = old[len(new) :].strip()
    if not lost or not _is_prefix(new, old):
        return []
    if has < had:
        count = had - has
        message = ngettext(
            "the file ends earlier than before: its last project is gone",
            "the file ends earlier than before: its last {count:,} projects are gone",
            count,
        ).format(count=count)
    else:
        count = lost.count(b"\n") + 1
        message = ngettext(
            "the file ends earlier than before: its last line is gone",
            "the file ends earlier than before: its last {count:,} lines are gone",
            count,
        ).format(count=count)
    return [
        Problem(
            Level.WARNING,
            message,
            _("if it was cut off, {hint}").format(hint=_(_HINT)),
            name,
        )
    ]


def describe_empty(text: bytes, name: str) -> Problem:
    """Return the problem of a dataset without projects."""
    if is_blank(text):
        hint = _("`hunnan-tui init` begins a dataset in it, or {hint}").format(
            hint=_(_HINT)
        )
        return Problem(Level.WARNING, _("the file is empty"), hint, name)
    message = _("there is no project in the file yet")
    hint = _("A in the app or `hunnan-tui add` adds one; if it had any, {hint}").format(
        hint=_(_HINT)
    )
    return Problem(Level.NOTE, message, hint, name)


def describe_lost(count: int, copy: str, name: str) -> Problem:
    """Return the problem of a dataset that has lost all its projects."""
    number = _("one") if count == 1 else f"{count:,}"
    message = _(
        "there is no project in the file; when it was last open it had {number}"
    ).format(number=number)
    hint = _("copy {copy} back, or remove that copy to begin anew").format(copy=copy)
    return Problem(Level.ERROR, message, hint, name)


def is_blank(text: bytes) -> bool:
    """Return whether a text is blank."""
    return not text.removeprefix(BOM).strip(b" \t\r\n")


def _is_prefix(new: bytes, old: bytes) -> bool:
    return len(new) < len(old) and old.startswith(new)


def _make_error(message: str, name: str, line: int = 0, column: int = 0) -> Problem:
    return Problem(Level.ERROR, message, _(_HINT), name, line, column)
