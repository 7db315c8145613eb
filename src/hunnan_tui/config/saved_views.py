"""Changes the views that are saved in the settings; the rest of the file stays.

Each change is made to the file as it is at that moment, and can be taken back as long as
nobody else has written to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import tomli

from hunnan_tui.config.settings import Settings, load_settings
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import _
from hunnan_tui.core.model import View
from hunnan_tui.core.text import fold
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.dataset.toml.editor import edit_table
from hunnan_tui.files.atomic import replace_file


class ViewEdit(NamedTuple):
    """A change of the saved views that was made."""

    settings: Settings
    """As they are after it."""
    before: bytes
    after: bytes
    """The whole file, before and after."""


class _Block(NamedTuple):
    """One `[[views]]` table, from the comments above its header to its last line."""

    lead: int
    start: int
    end: int
    name: str


def put_view(settings: Settings, view: View) -> ViewEdit:
    """Add a view, or give the one of that name another query.

    Raises:
        SaveError: The settings could not be written; they are as they were.
    """

    def put(text: bytes) -> bytes:
        newline, blocks = scanner.detect_newline(text), _find_blocks(text)
        changes = {"name": view.name, "query": view.query}
        for block in blocks:
            if fold(block.name) == fold(view.name):
                return _edit(text, block, changes)
        added = edit_table(b"[[views]]" + newline, "views", changes, newline)
        end = blocks[-1].end if blocks else len(text)
        head, rest = text[:end], text[end:]
        if head and not head.endswith(b"\n"):
            head += newline
        gap = newline if head.strip() else b""
        return head + gap + added + rest

    return _change(settings, put)


def rename_view(settings: Settings, old: str, new: str) -> ViewEdit:
    """Give a view another name, which no other view has.

    Raises:
        SaveError: There is no such view, the name is taken, or it was not written.
    """

    def rename(text: bytes) -> bytes:
        blocks = _find_blocks(text)
        block = _find(blocks, old)
        if any(fold(other.name) == fold(new) for other in blocks if other != block):
            raise ValueError(_("another view is called {name}").format(name=new))
        return _edit(text, block, {"name": new})

    return _change(settings, rename)


def delete_view(settings: Settings, name: str) -> ViewEdit:
    """Take a view out, with the comments right above it.

    Raises:
        SaveError: There is no such view, or it was not written.
    """

    def delete(text: bytes) -> bytes:
        block = _find(_find_blocks(text), name)
        head, rest = text[: block.lead], text[block.end :]
        if rest[:2].lstrip(b"\r").startswith(b"\n"):  # one blank line goes with it
            rest = rest[rest.index(b"\n") + 1 :]
        return head + rest

    return _change(settings, delete)


def move_view(settings: Settings, name: str, by: int) -> ViewEdit:
    """Let a view change places with one that is `by` further down; up if negative.

    Raises:
        SaveError: There is no such view, or it was not written.
    """

    def move(text: bytes) -> bytes:
        blocks = _find_blocks(text)
        index = blocks.index(_find(blocks, name))
        other = min(max(0, index + by), len(blocks) - 1)
        if other == index:
            return text
        first, last = blocks[min(index, other)], blocks[max(index, other)]
        return b"".join(
            (
                text[: first.lead],
                _end_line(text[last.lead : last.end], text),
                text[first.end : last.lead],
                text[first.lead : first.end],
                text[last.end :],
            )
        )

    return _change(settings, move)


def restore_views(settings: Settings, edit: ViewEdit) -> ViewEdit:
    """Take a change back; the result can be taken back in turn.

    Raises:
        SaveError: The file was changed since, or could not be written.
    """

    def restore(text: bytes) -> bytes:
        if text != edit.after:
            raise ValueError(_("the settings were changed since"))
        return edit.before

    return _change(settings, restore)


def _change(settings: Settings, change: Callable[[bytes], bytes]) -> ViewEdit:
    path = settings.path
    if path is None:
        raise SaveError(_("There is no folder for settings"))
    before = after = b""

    def make(text: bytes) -> bytes:
        nonlocal before, after
        tomli.loads(text.decode("utf-8-sig"))  # what is broken is not written to
        before, after = text, change(text)
        tomli.loads(after.decode("utf-8-sig"))
        return after

    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        path.touch(0o600, exist_ok=True)
        replace_file(path, make)
    except (OSError, ValueError, LookupError, RecursionError) as error:
        reason = str(error)
        raise SaveError(
            _("The views were not changed: {reason}").format(reason=reason)
        ) from error
    return ViewEdit(load_settings(path.parent), before, after)


def _find_blocks(text: bytes) -> list[_Block]:
    """Return the views that have a name, in order."""
    blocks: list[_Block] = []
    start: int | None = None
    end = previous_end = 0
    for statement in scanner.scan_statements(text):
        if statement.kind != "pair":
            _add_block(blocks, text, start, end, previous_end)
            is_view = statement.kind == "array" and statement.path == ("views",)
            start = statement.start if is_view else None
            previous_end = end
        end = statement.end
    _add_block(blocks, text, start, end, previous_end)
    return blocks


def _add_block(
    blocks: list[_Block], text: bytes, start: int | None, end: int, previous_end: int
) -> None:
    if start is None:
        return
    table = tomli.loads(text[start:end].decode())["views"][0]
    name = table.get("name", "")
    if isinstance(name, str) and name.strip():
        lead = _find_lead(text, previous_end, start)
        blocks.append(_Block(lead, start, end, name.strip()))


def _find_lead(text: bytes, since: int, start: int) -> int:
    """Return where the comments begin that stand right above a header."""
    lead = start
    for line in reversed(text[since:start].splitlines(keepends=True)):
        if not line.lstrip().startswith(b"#"):
            break
        lead -= len(line)
    return lead


def _find(blocks: Sequence[_Block], name: str) -> _Block:
    for block in blocks:
        if fold(block.name) == fold(name):
            return block
    message = _("the file has no [[views]] table of the name {name}").format(name=name)
    raise ValueError(message)


def _edit(text: bytes, block: _Block, changes: dict[str, str]) -> bytes:
    newline = scanner.detect_newline(text)
    new = edit_table(text[block.start : block.end], "views", changes, newline)
    return text[: block.start] + new + text[block.end :]


def _end_line(block: bytes, text: bytes) -> bytes:
    """Return a block with the end of its last line, which the last of a file can lack."""
    if block.endswith(b"\n"):
        return block
    return block + scanner.detect_newline(text)
