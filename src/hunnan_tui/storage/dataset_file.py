"""The text of a dataset file, what it parses to, and where each project's block is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import tomli

from hunnan_tui.core.errors import DataError, Level, Problem
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.dataset.headers import has_plain_header
from hunnan_tui.dataset.parser import Parsed, decode, parse
from hunnan_tui.files.io import Stamp, read_stamp
from hunnan_tui.files.reading import read_file

if TYPE_CHECKING:
    from hunnan_tui.dataset.incremental import ProgressCallback


class DatasetFile:
    """A text, what it parses to, and where each project's block is."""

    def __init__(self, text: bytes = b"", *, lazily: bool = False) -> None:
        """Hold a text that has not been parsed.

        Args:
            text: The text.
            lazily: Whether the projects of a large file are parsed on demand, to save
                memory.
        """
        self.text = text
        self._lazily = lazily
        self.parsed = Parsed(Dataset())
        self._stamp: Stamp = ()
        self._fault: DataError | None = None
        self._is_empty = False
        self._starts: Sequence[int] | None = None
        self._indexes: dict[str, int] | None = None

    @property
    def lacks_blocks(self) -> bool:
        """Whether there are projects, but not as tables that can be edited."""
        if not self.parsed.dataset.projects:
            return False
        if self._starts is not None:
            return not self._starts
        if has_plain_header(self.text):
            return False
        from hunnan_tui.dataset.toml import scanner  # as in `_block_starts`

        return not scanner.has_blocks(self.text)

    @property
    def block_count(self) -> int:
        """The number of blocks."""
        return len(self._block_starts())

    def find_block(self, index: int) -> tuple[int, int]:
        """Return the start and the end of a project's block, by its index."""
        starts = self._block_starts()
        last = index + 1 == len(starts)
        return starts[index], len(self.text) if last else starts[index + 1]

    def _block_starts(self) -> Sequence[int]:
        if self._starts is None:
            from hunnan_tui.dataset.toml import (
                scanner,  # who only reads does without it
            )

            self._starts = [block.start for block in scanner.scan_blocks(self.text)]
        return self._starts

    def read(self, path: Path, tell: ProgressCallback | None = None) -> None:
        """Read the file; DataError when it cannot be read.

        Args:
            path: The file.
            tell: Called from time to time with the progress of a large file.
        """
        before = read_stamp(path)
        self.parse_text(read_file(path), str(path), tell)
        self._stamp = before

    def refresh(self, path: Path) -> bool:
        """Read the file if it has changed on disk; return whether its text has.

        Raises DataError as long as it cannot be read; the last good text stays.
        """
        now = read_stamp(path)
        if now == self._stamp:
            if self._fault is not None:
                raise self._fault
            return False
        try:
            text = read_file(path)
            if text == self.text:
                changed = False
            elif self.text and not text and not self._is_empty:
                # some editors empty a file before they write it: look again
                self._is_empty = True
                return False
            else:
                self.parse_text(text, str(path), before=self)
                changed = True
        except DataError as error:
            self._stamp, self._fault = now, error
            raise
        self._stamp, self._fault, self._is_empty = now, None, False
        return changed

    def parse_text(
        self,
        text: bytes,
        name: str,
        tell: ProgressCallback | None = None,
        before: DatasetFile | None = None,
    ) -> None:
        """Parse another text; if that fails, the old one stays.

        Args:
            text: The text.
            name: Of the file.
            tell: Called from time to time with the progress of a large file.
            before: What the file held, if that is known: a text that is only what is
                left of it cannot be read either.
        """
        parsed, starts = self._parse(text, name, tell)
        if before is not None:
            parsed = _check_truncation(before, text, parsed, name)
        self.parsed = parsed
        self.text = text
        self._starts = starts
        self._indexes = None

    def adopt(
        self, text: bytes, before: Stamp, parsed: Parsed, starts: Sequence[int]
    ) -> None:
        """Take over a text that has been parsed elsewhere.

        Args:
            text: The text.
            before: What `read_stamp` gave before the text was read.
            parsed: What it says.
            starts: Where the block of each project begins.
        """
        self.text, self._stamp, self.parsed = text, before, parsed
        self._starts, self._indexes = starts, None

    def _parse(
        self, text: bytes, name: str, tell: ProgressCallback | None
    ) -> tuple[Parsed, Sequence[int] | None]:
        if self._lazily:
            from hunnan_tui.dataset import incremental  # as in `_block_starts`

            if len(text) >= incremental.LARGE:
                with suppress(incremental.NotInBlocksError):
                    return incremental.read_blocks(
                        text, name, tell or incremental.ignore_progress
                    )
        return parse(text, name), None

    def adopt_edits(
        self,
        text: bytes,
        annotations: Mapping[str, Annotations],
        lengths: Mapping[int, int],
        facts: Mapping[str, Project] = MappingProxyType({}),
    ) -> None:
        """Take over the text that our own edits have made, without parsing it.

        Args:
            text: The new text.
            annotations: The new annotations of the projects that were edited.
            lengths: The new lengths of the blocks that have grown or shrunk.
            facts: The projects whose facts were edited too, as they are now.
        """
        # as in `_block_starts`
        from hunnan_tui.dataset.block_offsets import BlockOffsets
        from hunnan_tui.dataset.lazy_projects import LazyProjects

        known = self.parsed.dataset.projects
        created = [key for key in annotations if key not in known]
        old, grown = self._block_starts(), dict[int, int]()
        for index, length in lengths.items():
            start, end = self.find_block(index)
            grown[index] = length - (end - start)
        starts = (old if isinstance(old, BlockOffsets) else BlockOffsets(old)).grow(
            grown
        )
        self.text = text
        # so the next `refresh` reads the file, and sees anybody who writes before it
        self._stamp = ()
        self._starts = None if created else starts
        self._indexes = None if created else self._indexes
        dataset = self.parsed.dataset.with_projects(
            {
                key: (
                    facts.get(key) or known.get(key, Project(key, key, key))
                )._replace(annotations=new)
                for key, new in annotations.items()
            }
        )
        self.parsed = self.parsed._replace(dataset=dataset)
        if isinstance(dataset.projects, LazyProjects):
            dataset.projects.follow_edit(text, starts)

    def find_indexes(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the index of the block of every key that is present."""
        if self._indexes is None:
            projects = self.parsed.dataset.projects
            # projects that are not written as [[projects]] have no blocks
            has_blocks = len(self._block_starts()) == len(projects)
            self._indexes = (
                dict(zip(projects, count(), strict=False)) if has_blocks else {}
            )
        indexes = self._indexes
        return {key: indexes[key] for key in keys if key in indexes}


def _check_truncation(
    before: DatasetFile, text: bytes, parsed: Parsed, name: str
) -> Parsed:
    """Return what a text parsed to, with a warning if its end is missing."""
    from hunnan_tui.dataset.lost_content import (  # of a change alone
        check_successor,
        find_truncation,
    )

    had, has = len(before.parsed.dataset.projects), len(parsed.dataset.projects)
    check_successor(before.text, had, text, has, name)
    problems = find_truncation(before.text, had, text, has, name)
    return (
        parsed._replace(problems=(*problems, *parsed.problems)) if problems else parsed
    )


def parse_block(block: bytes) -> dict[str, Any]:
    """Return the table of a block; DataError when it cannot be read alone."""
    try:
        record: dict[str, Any] = tomli.loads(decode(block))["projects"][0]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        from hunnan_tui.dataset.decode_errors import (
            shorten_long_integers,  # as in `parse`
        )

        reason = _("a project cannot be read: {error}").format(error=error)
        if shorten_long_integers(block) != block:
            reason = _("an integer of the project has more than 64 bits")
        raise DataError(Problem(Level.ERROR, reason)) from error
    return record
