"""The text of a notes file: its head, and the blocks of its projects."""

from __future__ import annotations

from collections.abc import Iterable

from hunnan_tui.dataset.new_tables import format_table

_NOTES_HEADER = b"""\
# Tags and notes of one reader, joined to a dataset by project id.
# Written by hunnan-tui; comments and layout of your own are kept.

format = 1
"""


def make_notes_block(key: str, newline: bytes) -> bytes:
    """Return the block of a project that a notes file lacks."""
    return format_table("projects", {"id": key}, newline)


def append_notes(text: bytes, blocks: Iterable[bytes], newline: bytes) -> bytes:
    """Return the text of a notes file with blocks at its end."""
    if not text.strip():
        text += _NOTES_HEADER.replace(b"\n", newline)
    gap = (b"" if text.endswith(b"\n") else newline) + newline
    return text + gap + newline.join(blocks)
