"""The lines of the facets, as the pane on the left shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

COLLAPSED_VALUES = 12
"""Values of a facet that are shown until it is expanded."""


@dataclass(frozen=True, slots=True)
class FacetLine:
    """One value of a facet."""

    value: str | None
    """None stands for all."""
    label: str
    projects: int
    amount: str = ""
    """The sum of what is stated."""


@dataclass(frozen=True, slots=True)
class FacetSection:
    """One facet with its values."""

    facet: str
    title: str
    """What its values are; the border says it for the first section."""
    lines: Sequence[FacetLine]
