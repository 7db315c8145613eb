"""Compares the open dataset with a file in a thread, so that keys are answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hunnan_tui.analysis.diff import Difference, difference
from hunnan_tui.analysis.diff_text import Section, counts, sections
from hunnan_tui.config.paths import expand_path
from hunnan_tui.core.model import Dataset
from hunnan_tui.storage.dataset_file import DatasetFile
from hunnan_tui.tui.background.scheduling import StoppedError, in_small_slices


@dataclass(frozen=True, slots=True)
class Told:
    """A difference, and what is said about it."""

    difference: Difference
    counts: str
    sections: tuple[Section, ...]


class Differing:
    """What is read and compared beside the screen."""

    def __init__(self, show: Callable[[str], None]) -> None:
        """Prepare to compare.

        Args:
            show: Called on the event loop with how far it has got.
        """
        self._show = show
        self._is_stopped = False

    def stop(self) -> None:
        """End what is going on as soon as possible."""
        self._is_stopped = True

    async def read(self, path: str) -> Dataset:
        """Return what a file holds; `~` stands for the home folder.

        Raises:
            DataError: It cannot be read.
            StoppedError: It was stopped.
        """
        full = expand_path(path, Path())
        file = DatasetFile(lazily=True)
        tell = self._teller("reading")
        with in_small_slices():
            await asyncio.to_thread(file.read, full, lambda part: tell(part.share))
        return file.parsed.dataset

    async def compare(self, old: Dataset, new: Dataset, *, own: bool) -> Told:
        """Return what differs between two datasets.

        Raises:
            StoppedError: It was stopped.
        """
        tell = self._teller("comparing")
        with in_small_slices():
            return await asyncio.to_thread(_compared, old, new, own, tell)

    def _teller(self, doing: str) -> Callable[[float], None]:
        """Return what a thread calls with the share that it has done."""
        loop = asyncio.get_running_loop()

        def tell(share: float) -> None:
            if self._is_stopped:
                raise StoppedError
            loop.call_soon_threadsafe(show, f"{doing}, {share:.0%}")

        def show(text: str) -> None:
            if not self._is_stopped:  # what a thread has sent may come late
                self._show(text)

        show(f"{doing}…")
        return tell


def _compared(
    old: Dataset, new: Dataset, own: bool, tell: Callable[[float], None]
) -> Told:
    found = difference(old, new, own=own, tell=tell)
    return Told(found, counts(found), tuple(sections(found)))
