"""The values of the fields that have a list of them, and the projects of each value."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain

from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.choices import Labels, choose
from hunnan_tui.query.engine.cooperative import in_steps
from hunnan_tui.query.language.ast import Glob, Pattern, Value
from hunnan_tui.query.text.globs import compile_glob

_FEW = 16
"""Values of which each gets a mask that is kept."""


class Vocabulary:
    """Every value of a field, and which projects have it."""

    def __init__(
        self, dataset: Dataset, field: str, column: list[tuple[str, ...]]
    ) -> None:
        self.field = field
        self.column = column
        self._count = len(column)
        self._dataset = dataset
        self._masks: dict[str, int] = {}

    @cached_property
    def _places(self) -> dict[str, array[int]]:
        places: dict[str, array[int]] = {}
        for place, values in enumerate(in_steps(self.column)):
            for value in values:
                places.setdefault(value, array("l")).append(place)
        return places

    @cached_property
    def labels(self) -> Labels:
        """Every value, with what it is called."""
        return _labels(self._dataset, self.field, self._places)

    def meant(self, value: Value, *, exact: bool = False) -> list[str]:
        """Return the values that a typed one means; none if it is unknown."""
        if isinstance(value, Glob):
            return self._that_fit(compile_glob(value.text, whole=True))
        if isinstance(value, Pattern):
            return self._that_fit(value.automaton.search)
        text = getattr(value, "text", "")
        if self.field == "tag":
            wanted = fold(text)
            family = f"{wanted}/"
            return [
                tag
                for tag in self.labels
                if tag == wanted or (not exact and tag.startswith(family))
            ]
        return choose(text, self.labels)

    def _that_fit(self, fits: Callable[[str], bool]) -> list[str]:
        return [
            value
            for value, names in self.labels.items()
            if any(fits(fold(name)) for name in (value, *names))
        ]

    def mask(self, value: str) -> int:
        """Return which projects have a value."""
        known = self._masks.get(value)
        if known is None:
            places = self._places.get(value, ())
            known = self._masks[value] = bitmask.from_positions(places, self._count)
        return known

    def places(self, value: str) -> Sequence[int]:
        """Return the places of the projects that have a value."""
        return self._places.get(value, ())

    def sizes(self) -> dict[str, int]:
        """Return how many projects have each value."""
        return {value: len(places) for value, places in self._places.items()}

    @cached_property
    def without(self) -> int:
        """Which projects have no value."""
        return bitmask.from_flags(not values for values in in_steps(self.column))

    def mask_of(self, values: Iterable[str]) -> int:
        """Return which projects have any of some values."""
        values = list(values)
        if len(values) > _FEW:  # a mask of each would take values times projects
            places = chain.from_iterable(map(self.places, values))
            return bitmask.from_positions(places, self._count)
        found = 0
        for value in values:
            found |= self.mask(value)
        return found


def _labels(dataset: Dataset, field: str, used: Iterable[str]) -> Labels:
    labels: dict[str, tuple[str, ...]] = {}
    if field == "industry":
        labels = {key: (it.name, it.name_zh) for key, it in dataset.industries.items()}
    elif field == "stage":
        labels = {key: (it.name, it.name_zh) for key, it in dataset.stages.items()}
    elif field == "source":
        labels = {key: (it.title,) for key, it in dataset.sources.items()}
    return labels | {value: () for value in used if value not in labels}
