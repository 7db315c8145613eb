"""Compares the open dataset with a file in a thread, so that keys are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hunnan_tui.analysis.diff import Difference, compare_datasets
from hunnan_tui.analysis.diff_text import DiffSection, build_sections, format_counts
from hunnan_tui.config.paths import expand_path
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.dataset.incremental import LARGE, NotInBlocksError
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.cache.checksums import InvalidIndexError
from hunnan_tui.query.cache.opening import open_indexed
from hunnan_tui.storage.dataset_file import DatasetFile
from hunnan_tui.tui.background.scheduling import StoppedError, switch_often


@dataclass(frozen=True, slots=True)
class DiffReport:
    """A difference between two datasets, with its description."""

    difference: Difference
    counts: str
    sections: tuple[DiffSection, ...]


class DiffLoader:
    """Reads and compares datasets in a thread."""

    def __init__(self, report: Callable[[str], None], cache: Path | None) -> None:
        """Prepare to compare.

        Args:
            report: Called on the event loop with the progress, in words.
            cache: The folder of the caches of large files; None to use none.
        """
        self._report, self._cache = report, cache
        self._is_stopped = False

    def stop(self) -> None:
        """End the work in the thread as soon as possible."""
        self._is_stopped = True

    async def read(self, path: str) -> Dataset:
        """Read a dataset; `~` in the path stands for the home folder.

        Raises:
            DataError: It cannot be read.
            StoppedError: It was stopped.
        """
        full = expand_path(path, Path())
        report = self._make_reporter(_("reading…"), _("reading, {share}"))
        with switch_often():
            return await asyncio.to_thread(_read, full, self._cache, report)

    async def parse(self, text: bytes, name: str) -> Dataset:
        """Read a text that is in no file; DataError if it cannot be read."""
        self._make_reporter(_("reading…"), _("reading, {share}"))
        with switch_often():
            return (await asyncio.to_thread(parse, text, name)).dataset

    async def compare(self, old: Dataset, new: Dataset, *, own: bool) -> DiffReport:
        """Compare two datasets.

        Raises:
            StoppedError: It was stopped.
        """
        report = self._make_reporter(_("comparing…"), _("comparing, {share}"))
        with switch_often():
            return await asyncio.to_thread(_compare, old, new, own, report)

    def _make_reporter(self, first: str, then: str) -> Callable[[float], None]:
        """Return what a thread calls with its progress, from 0 to 1.

        Args:
            first: What is reported before there is any.
            then: What is reported with its `{share}`.
        """
        loop = asyncio.get_running_loop()

        def report_share(share: float) -> None:
            if self._is_stopped:
                raise StoppedError
            loop.call_soon_threadsafe(report, then.format(share=f"{share:.0%}"))

        def report(text: str) -> None:
            if not self._is_stopped:  # a thread may have sent it before
                self._report(text)

        report(first)
        return report_share


def _read(path: Path, cache: Path | None, report: Callable[[float], None]) -> Dataset:
    if path.is_file() and path.stat().st_size >= LARGE:
        with suppress(InvalidIndexError, NotInBlocksError):
            _layout, file_index = open_indexed(path, cache, may_build=False)
            return file_index.parsed.dataset
    file = DatasetFile(lazily=True)
    file.read(path, lambda part: report(part.share))
    return file.parsed.dataset


def _compare(
    old: Dataset, new: Dataset, own: bool, report: Callable[[float], None]
) -> DiffReport:
    result = compare_datasets(old, new, own=own, tell=report)
    return DiffReport(result, format_counts(result), tuple(build_sections(result)))
