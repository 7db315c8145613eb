"""Decides which table or key a comment belongs to, so that no edit moves it to another.

- A comment behind a value belongs to its key. Comment lines directly above a key or a
  header, without a blank line between, belong to it.
- Keys that are commented out belong to the table above, together with the lines between
  them; so do comments directly below its last key, unless a header follows at once.
- All other comments, set apart by blank lines, belong to what follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import tomli

_LINE = re.compile(rb"[ \t]*+(#[^\n]*+)?(?:\r?\n|\Z)")
_KEY = re.compile(r"[ \t]*(?:[A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*')[ \t]*=[ \t]*(.*)")
_LONG = re.compile(r"[\[{]|\"\"\"|'''")
_LONGEST = 20
"""Lines of a value that is commented out."""


def find_table_end(text: bytes, end: int, *, is_followed: bool = False) -> int:
    """Return the end of the comments that belong to a table.

    Args:
        text: The text of the table, and what follows it.
        end: Where the line of its last key ends.
        is_followed: Whether a header follows the text.
    """
    border = position = end
    attached = True
    while position < len(text):
        ends, comments = [], []
        while (line := _LINE.match(text, position)) and line[1]:
            ends.append(position := line.end())
            comments.append(line[1].decode("utf-8", "replace").strip())
        if comments:
            header = _find_header(comments)
            listed = comments if header is None else comments[:header]
            count = _count_commented_out(listed)
            leads = (
                not _LINE.match(text, position) if position < len(text) else is_followed
            )
            if header is None and not leads and (attached or count):
                count = len(comments)
            border = ends[count - 1] if count else border
            if header is not None:
                break
        elif line:
            attached, position = False, line.end()
        else:
            break  # a header
    return border


def find_lead_start(
    text: bytes,
    start: int,
    border: int,
    ends: Callable[[bytes], object] = lambda _: False,
) -> int:
    """Return the start of the comments directly above a line.

    Args:
        text: The text.
        start: Where the line begins.
        border: The end of the statement above.
        ends: Whether a comment belongs to what stands above.
    """
    while start > border:
        line = text.rfind(b"\n", 0, start - 1) + 1
        comment = text[line:start].strip()
        if line < border or not comment.startswith(b"#") or ends(comment):
            break
        start = line
    return start


def is_key(comment: bytes) -> bool:
    """Return whether a comment is a key that is commented out."""
    return _find_key_end([comment.decode("utf-8", "replace").lstrip("# \t")], 0) > 0


def _find_header(comments: list[str]) -> int | None:
    """Return the index of the first header that is commented out with its keys."""
    plain = [comment.lstrip("# \t") for comment in comments]
    for position, line in enumerate(plain[:-1]):
        if (
            line.startswith("[")
            and _parses([line])
            and _find_key_end(plain, position + 1)
        ):
            return position
    return None


def _count_commented_out(comments: list[str]) -> int:
    """Return how many comments there are up to the last key that is commented out."""
    plain = [comment.lstrip("# \t") for comment in comments]
    last = position = 0
    while position < len(plain):
        end = _find_key_end(plain, position)
        position, last = (end, end) if end else (position + 1, last)
    return last


def _find_key_end(lines: list[str], start: int) -> int:
    """Return the index behind a key that begins in a line; 0 if none does."""
    match = _KEY.match(lines[start])
    if not match:
        return 0
    if not match[1] or match[1].startswith("#"):
        return start + 1  # one that has lost its value: see `editor`
    longest = _LONGEST if _LONG.match(match[1]) else 1
    ends = range(start + 1, min(start + longest, len(lines)) + 1)
    return next((end for end in ends if _parses(lines[start:end])), 0)


def _parses(lines: list[str]) -> bool:
    try:
        return bool(tomli.loads("\n".join(lines)))
    except (ValueError, RecursionError):
        return False
