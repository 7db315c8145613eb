"""Inverted indexes: the distinct values of a field, with the projects of each."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain

from hunnan_tui.core.model import Dataset
from hunnan_tui.core.schema_values import FORMER_NAMES, IN_CHINESE
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.choices import Labels, choose
from hunnan_tui.query.engine.cooperative import iterate_in_steps
from hunnan_tui.query.language.ast import Glob, Pattern, Value
from hunnan_tui.query.text.globs import compile_glob

_MAX_MASKS = 16
"""Most values of a query whose masks are cached one by one."""


class Vocabulary:
    """The inverted index of a field: a posting list for each value."""

    def __init__(
        self,
        dataset: Dataset,
        field: str,
        column: list[tuple[str, ...]],
        order: Iterable[str] = (),
    ) -> None:
        """Take a column of values, and those that the dataset gives an order."""
        self.field = field
        self.column = column
        self._count = len(column)
        self._dataset = dataset
        self.order = tuple(order)
        self._masks: dict[str, int] = {}

    @cached_property
    def _positions(self) -> dict[str, array[int]]:
        positions: dict[str, array[int]] = {}
        for position, values in enumerate(iterate_in_steps(self.column)):
            for value in values:
                positions.setdefault(value, array("l")).append(position)
        return positions

    def share_positions(self, other: Vocabulary) -> None:
        """Take over the posting lists of a vocabulary of the same column."""
        self.__dict__["_positions"] = other._positions  # a cached property

    @cached_property
    def labels(self) -> Labels:
        """All values with their names."""
        used_values = (*self.order, *self._positions)
        return _make_labels(self._dataset, self.field, used_values)

    def resolve(self, value: Value, *, exact: bool = False) -> list[str]:
        """Return the values that a typed one stands for; none if it is unknown."""
        if isinstance(value, Glob):
            return self._filter_labels(compile_glob(value.text, whole=True))
        if isinstance(value, Pattern):
            return self._filter_labels(value.automaton.search)
        text = getattr(value, "text", "")
        if self.field == "tag":
            folded = fold(text)
            family = f"{folded}/"
            return [
                tag
                for tag in self.labels
                if tag == folded or (not exact and tag.startswith(family))
            ]
        return choose(text, self.labels)

    def _filter_labels(self, matches: Callable[[str], bool]) -> list[str]:
        return [
            value
            for value, names in self.labels.items()
            if any(matches(fold(name)) for name in (value, *names))
        ]

    def get_mask(self, value: str) -> int:
        """Return the mask of the projects with a value."""
        mask = self._masks.get(value)
        if mask is None:
            positions = self._positions.get(value, ())
            mask = self._masks[value] = bitmask.from_positions(positions, self._count)
        return mask

    def get_positions(self, value: str) -> Sequence[int]:
        """Return the posting list of a value: the indexes of its projects."""
        return self._positions.get(value, ())

    def count_projects(self) -> dict[str, int]:
        """Return the number of projects with each value."""
        return {value: len(positions) for value, positions in self._positions.items()}

    @cached_property
    def without(self) -> int:
        """The mask of the projects without a value."""
        return bitmask.from_flags(
            not values for values in iterate_in_steps(self.column)
        )

    def get_mask_of_any(self, values: Iterable[str]) -> int:
        """Return the mask of the projects with any of some values."""
        values = list(values)
        # a mask for each value would take values × projects bits
        if len(values) > _MAX_MASKS:
            positions = chain.from_iterable(map(self.get_positions, values))
            return bitmask.from_positions(positions, self._count)
        union = 0
        for value in values:
            union |= self.get_mask(value)
        return union


def _make_labels(dataset: Dataset, field: str, used: Iterable[str]) -> Labels:
    used_values = tuple(used)
    labels: dict[str, tuple[str, ...]] = {}
    if field == "industry":
        labels = {key: (it.name, it.name_zh) for key, it in dataset.industries.items()}
    elif field == "stage":
        labels = {key: (it.name, it.name_zh) for key, it in dataset.stages.items()}
    elif field == "source":
        labels = {key: (it.title,) for key, it in dataset.sources.items()}
    elif field in ("basis", "source_kind"):
        labels = {
            value: tuple(
                filter(None, (value, IN_CHINESE[value], FORMER_NAMES.get(value)))
            )
            for value in used_values
            if value in IN_CHINESE
        }
    elif field == "part_of":
        wholes = ((key, dataset.projects.get(key)) for key in used_values)
        labels = {key: (it.name, it.name_zh) for key, it in wholes if it is not None}
    return labels | {value: () for value in used_values if value not in labels}
