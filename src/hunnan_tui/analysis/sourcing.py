"""What kinds of sources a project has, and how many originals stand behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hunnan_tui.core.counts import format_count, join_words
from hunnan_tui.core.language import _
from hunnan_tui.core.model import COPY, Dataset

_NOUNS = {
    "official": ("official page", ""),
    "media": ("media report", ""),
    COPY: ("copy", "copies"),
    "reference": ("reference page", ""),
}
"""The kinds of sources in the order in which they are told, in both numbers."""
_SECOND_HAND = {COPY, "reference"}


def count_originals(names: Iterable[str], dataset: Dataset) -> int:
    """Return of how many sources some are, or are copies; copies of one count once.

    Args:
        names: Ids of sources.
        dataset: What says of which source another is a copy.
    """
    names = tuple(names)
    originals: dict[str, str] = {}
    for name in names:
        path: dict[str, None] = {}
        while name not in path and name not in originals:
            path[name] = None
            source = dataset.sources.get(name)
            if source is not None and source.copy_of:
                name = source.copy_of  # noqa: PLW2901  # the next one of the way
        # of some that are copies of each other one stands for all
        originals.update(dict.fromkeys(path, originals.get(name, name)))
    return len({originals[name] for name in names})


def describe_sourcing(names: Iterable[str], dataset: Dataset) -> str:
    """Return how many sources of each kind there are: `1 media report, 2 copies`."""
    names = tuple(names)
    known = [source.kind for name in names if (source := dataset.sources.get(name))]
    kinds = Counter(kind for kind in known if kind in _NOUNS)
    parts = [format_count(kinds[kind], *_NOUNS[kind]) for kind in _NOUNS if kinds[kind]]
    originals = count_originals(names, dataset)
    if parts and originals < len(names):
        parts.append(
            _("{originals} in all").format(
                originals=format_count(originals, "original")
            )
        )
    return join_words(parts)


def is_second_hand(names: Iterable[str], dataset: Dataset) -> bool:
    """Return whether all sources are copies or reference works, and at least one is."""
    known = [dataset.sources.get(name) for name in names]
    return bool(known) and all(
        source is not None and source.kind in _SECOND_HAND for source in known
    )
