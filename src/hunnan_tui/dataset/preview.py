"""A quick preview of a dataset's list, shown until the file is loaded.

It is on screen for the quarter of a second in which modules are imported and the file is
parsed. So it imports next to nothing and parses a block only when its row is drawn. What
is not plain is left to the loader: then there is no preview, or an empty row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import tomli

from hunnan_tui.core.money import is_amount
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.top_tables import Beginning, read_beginning

_LARGE = 2_000_000
"""Bytes from which only the beginning is looked at, as in `loading`."""
_FIRST = 50
"""Projects in it that are shown."""

_ID = re.compile(rb"^[ \t]*id[ \t]*=[ \t]*[\"']([^\"'\r\n]+)[\"']", re.MULTILINE)
_WHOLE = re.compile(
    rb"^[ \t]*part_of[ \t]*=[ \t]*[\"']([^\"'\r\n]+)[\"']", re.MULTILINE
)
_KEYS = {
    "stage": "stage",
    "stage_date": "stage_date",
    "invest": "investment",
    "industry": "industries",
    "source": "sources",
    "tag": "tags",
}
"""The keys of the fields that the first screen has a place for."""

_INVESTMENT = re.compile(rb"^[ \t]*investment[ \t]*=[ \t]*([0-9_]+)", re.MULTILINE)
_AMOUNT_TEXT = re.compile(rb"^[ \t]*investment[ \t]*=[ \t]*[\"']", re.MULTILINE)


class Preview:
    """The projects of a file, in the order of an unfiltered list."""

    def __init__(
        self, top: Mapping[str, Any], blocks: Sequence[bytes], *, is_whole: bool = True
    ) -> None:
        """Take the tables before the first project, and each project's block."""
        self.is_whole = is_whole
        """Whether these are all projects."""
        about = top.get("dataset")
        self._about: Mapping[str, Any] = about if isinstance(about, dict) else {}
        self._stages = {
            stage["id"]: stage.get("name")
            for stage in top.get("stages", ())
            if isinstance(stage.get("id"), str)
        }
        self._currency = _get_text(self._about, "currency")
        amounts = [_read_investment(block, self._currency) for block in blocks]
        # missing last; the file's order where amounts are equal
        rows = sorted(range(len(blocks)), key=lambda row: -amounts[row])
        self._blocks = [blocks[row] for row in rows]
        self._depths: dict[int, int] = {}
        if any(b"part_of" in block for block in blocks):
            self._put_parts_under_wholes()

    def __len__(self) -> int:
        return len(self._blocks)

    @property
    def title(self) -> str:
        """The title of the dataset."""
        return _get_text(self._about, "title") or _get_text(self._about, "title_zh")

    @property
    def stages(self) -> list[str]:
        """The names of the stages."""
        return [self.get_stage_name(stage) for stage in self._stages]

    @property
    def filled_fields(self) -> frozenset[str]:
        """Which fields of `_KEYS` some project has."""
        return frozenset(name for name, key in _KEYS.items() if self._has_key(key))

    def _has_key(self, key: str) -> bool:
        line = re.compile(rb"^[ \t]*" + key.encode() + rb"[ \t]*=", re.MULTILINE)
        return any(line.search(block) for block in self._blocks)

    def get_stage_name(self, stage: str) -> str:
        """Return the name of a stage, or its id."""
        name = self._stages.get(stage)
        return name if isinstance(name, str) else stage

    def get_project(self, row: int) -> dict[str, Any]:
        """Return the table of the project in a row; an empty one if it is not plain."""
        try:
            (table,) = tomli.loads(self._blocks[row].decode())["projects"]
        except (ValueError, LookupError, RecursionError, TypeError):
            return {}
        if not isinstance(table, dict):
            return {}
        return _read_texts(table, self._currency) if _has_text(table) else table

    def get_depth(self, row: int) -> int:
        """Return under how many others the project in a row stands as their part."""
        return self._depths.get(row, 0)

    def find_row(self, key: str) -> int:
        """Return the row of a project by its id; the first if there is none."""
        line = re.compile(
            rb"^[ \t]*id[ \t]*=[ \t]*[\"']" + re.escape(key.encode()) + rb"[\"']",
            re.MULTILINE,
        )
        match = (row for row, block in enumerate(self._blocks) if line.search(block))
        return next(match, 0) if key else 0

    def _put_parts_under_wholes(self) -> None:
        from hunnan_tui.core import parts  # most files have none

        rows = {_read_id(block): row for row, block in enumerate(self._blocks)}
        matches = (
            (row, _WHOLE.search(block)) for row, block in enumerate(self._blocks)
        )
        named = ((row, match[1]) for row, match in matches if match)
        wholes = {row: rows[whole] for row, whole in named if whole in rows}
        places = parts.place_parts(parts.arrange_parts(wholes), lambda _: 0)
        order = parts.put_under_wholes(range(len(self._blocks)), places)
        self._blocks = [self._blocks[row] for row in order]
        self._depths = {
            new: places[row][1] for new, row in enumerate(order) if row in places
        }


def load_preview(path: Path) -> Preview | None:
    """Return a preview of a file; None if the file is not plain enough."""
    try:
        if not path.is_file():  # to open a pipe waits for its other end
            return None
        with path.open("rb") as file:
            text = file.read(_LARGE)
        is_large = len(text) == _LARGE
        if is_large:
            beginning = read_beginning(path, _FIRST)
        else:
            starts = list(find_headers(text))
            bounds = pairwise([*starts, len(text)])
            blocks = [text[start:end] for start, end in bounds]
            beginning = Beginning(text[: starts[0]], blocks)
        if beginning is None:
            return None
        top = tomli.loads(beginning.top.decode("utf-8-sig"))
        return Preview(top, beginning.blocks, is_whole=not is_large)
    except (
        OSError,
        ValueError,
        LookupError,
        RecursionError,
        TypeError,
        AttributeError,
    ):
        return None


def _read_id(block: bytes) -> bytes:
    match = _ID.search(block)
    return match[1] if match else b""


def _read_investment(block: bytes, currency: str) -> int:
    match = _INVESTMENT.search(block)
    amount: object = int(match[1]) if match else -1
    if match is None and _AMOUNT_TEXT.search(block):
        amount = _read_text_investment(block, currency)
    return amount if is_amount(amount) else -1


def _read_text_investment(block: bytes, currency: str) -> object:
    try:
        (table,) = tomli.loads(block.decode())["projects"]
        return _read_texts(table, currency).get("investment")
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return None


def _has_text(table: Mapping[str, Any]) -> bool:
    return isinstance(table.get("investment"), str)


def _read_texts(table: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Return a table with numbers in place of amounts that are texts."""
    from hunnan_tui.core.amount_texts import list_numbers  # few files have such

    return {**table, **list_numbers(table, currency)}


def _get_text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""
