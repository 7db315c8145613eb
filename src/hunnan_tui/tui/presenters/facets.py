"""Facets: the values that projects are counted by and filtered with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.core import fields
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import OTHER
from hunnan_tui.core.money import format_short
from hunnan_tui.core.names import name_term
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.presenters.facet_lines import (
    COLLAPSED_VALUES,
    FacetLine,
    FacetSection,
)

_LONGEST = 400
"""Characters of a label that a line can need."""

Choice = frozenset[tuple[str, str]]
"""The chosen values, as (facet, value)."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field whose values are listed with their counts."""

    name: str
    """As in a query: `industry`."""
    title: str


INDUSTRY = Facet("industry", N_("Industries"))
STAGE = Facet("stage", N_("Stages"))
DISTRICT = Facet("district", N_("Districts"))
TAG = Facet("tag", N_("Tags"))
SOURCE = Facet("source", N_("Sources"))
FILE = Facet(fields.FILE, N_("Files"))
FACETS = (INDUSTRY, STAGE, TAG, DISTRICT, SOURCE)
OF_SEVERAL = (INDUSTRY, FILE, STAGE, TAG, DISTRICT, SOURCE)
"""The facets where several files are shown."""
_BY_COUNT = (DISTRICT, TAG, SOURCE)
_MOST = 200
"""Values of a facet that the pane lists; queries accept all of them."""
NAMES = tuple(facet.name for facet in FACETS)
_KNOWN = (*NAMES, FILE.name)
_NOTHING = Count()


def drop_unknown_facets(
    choice: Iterable[tuple[str, str]], is_own: Callable[[str], bool]
) -> Choice:
    """Return a stored choice without facets that no longer exist.

    Args:
        choice: The choice.
        is_own: Tells whether another name may be a field of the user's own.
    """
    return frozenset(item for item in choice if item[0] in _KNOWN or is_own(item[0]))


def list_facets(index: Index, choice: Choice) -> list[Facet]:
    """Return the facets to show: those of the user's own once they are known.

    One in which something is chosen is shown in any case.
    """
    facets = OF_SEVERAL if index.dataset.files else FACETS
    chosen = {name for name, _ in choice if name not in _KNOWN}
    known = index.find_own_fields() if chosen else index.known_own_fields
    own = [
        Facet(field.id, field.field.name)
        for field in known or ()
        if field.has_facet or field.id in chosen
    ]
    return [*facets, *own]


def apply_choice(index: Index, mask: int, choice: Choice) -> int:
    """Return the projects of a mask with a chosen value in every chosen facet."""
    values_by_facet: dict[str, list[str]] = {}
    for facet, value in choice:
        values_by_facet.setdefault(facet, []).append(value)
    for facet, values in values_by_facet.items():
        if OTHER in values and facet == INDUSTRY.name:
            values.append("")
        mask &= index.select_values(facet, values)
    return mask


def build_sections(
    index: Index,
    mask: int,
    choice: Choice,
    labels: FacetLabels,
    filled: frozenset[str] = ALL,
) -> list[FacetSection]:
    """Return the content of the pane of facets.

    Each facet counts the projects that match the query and the other facets. One that
    the dataset does not fill is left out.
    """
    sections = []
    build_line = partial(_build_line, has_amounts="invest" in filled)
    # most facets have the same projects to count
    shown = apply_choice(index, mask, choice)
    narrowing = {name for name, _ in choice}
    facets = list_facets(index, choice)
    of_schema = [facet.name for facet in facets if facet.name in _KNOWN]
    for facet in facets:
        always = (*narrowing, TAG.name, FILE.name)
        if facet.name in _KNOWN and facet.name not in (*filled, *always):
            continue
        if facet.name in narrowing:
            others = frozenset(item for item in choice if item[0] != facet.name)
            within = apply_choice(index, mask, others)
            counted = index.count_mask(within, (facet.name,))
        else:
            names = tuple(name for name in of_schema if name not in narrowing)
            if facet.name not in _KNOWN:
                names = (facet.name,)
            within = shown
            counted = index.count_mask(within, names)
        counts = _merge_other(facet, counted.facets[facet.name])
        if facet is INDUSTRY and OTHER in counts and counted.all.not_added:
            # a part may be in one of the two that are merged, its whole in the other
            other = within & index.select_values(facet.name, (OTHER, ""))
            counts[OTHER] = index.count_mask(other, ()).all
        chosen = {value for name, value in choice if name == facet.name}
        values = labels.sort_values(facet, {**counts, **dict.fromkeys(chosen)})
        # without any it takes no room; without any here it stays in its place
        if (
            facet is INDUSTRY
            and OTHER not in (*counts, *chosen)
            and not index.select_values(facet.name, (OTHER, ""))
        ):
            values.remove(OTHER)
        if _is_by_count(facet, values, index):
            _sort_by_count(facet, values, counts)
        if facet in _BY_COUNT or facet.name not in _KNOWN:
            first = values[:_MOST]
            values = [*first, *chosen.difference(first)]
        if facet is DISTRICT and len(values) < 2:
            continue
        lines = [
            build_line(
                labels.get_label(facet.name, value), value, counts.get(value, _NOTHING)
            )
            for value in values
        ]
        if facet is INDUSTRY:
            lines.insert(0, build_line(_("All"), None, counted.all))
        if lines:
            title = _(facet.title) if facet.name in _KNOWN else facet.title
            sections.append(FacetSection(facet.name, title, lines))
    return sections


def _is_by_count(facet: Facet, values: Sequence[str], index: Index) -> bool:
    """Return whether the commonest values of a facet come first.

    A few that the dataset gives an order keep it, and stages always do.
    """
    if facet in (INDUSTRY, FILE):
        return len(values) > COLLAPSED_VALUES + 1
    if facet in _BY_COUNT:
        return True
    return facet.name not in _KNOWN and not index.list_ordered_values(facet.name)


def _sort_by_count(
    facet: Facet, values: list[str], counts: Mapping[str, Count]
) -> None:
    """Sort values, those of most projects first; the industry `other` stays last."""
    values.sort(
        key=lambda value: (
            facet is INDUSTRY and value == OTHER,
            -counts.get(value, _NOTHING).projects,
        )
    )


def _merge_other(facet: Facet, counts: Mapping[str, Count]) -> dict[str, Count]:
    """Return counts with the projects without a value under the entry that shows them."""
    counts = dict(counts)
    none = counts.pop("", None) if facet in (INDUSTRY, TAG, SOURCE) else None
    if none is not None and facet is INDUSTRY:
        other = counts.get(OTHER, _NOTHING)
        counts[OTHER] = Count(
            other.projects + none.projects,
            other.investment + none.investment,
            other.not_stated + none.not_stated,
        )
    return counts


def _build_line(
    label: str, value: str | None, tallied: Count, *, has_amounts: bool
) -> FacetLine:
    amount = "–" if tallied.projects and has_amounts else ""
    if tallied.stated is not None:
        amount = format_short(tallied.stated)
    return FacetLine(value, display_line(label[:_LONGEST]), tallied.projects, amount)


class FacetLabels:
    """The labels of the values of facets."""

    def __init__(self, index: Index) -> None:
        """Collect the labels; that of a tag is its commonest spelling."""
        self._index = index
        self._dataset = index.dataset
        self._tags: dict[str, str] = {}
        spellings = index.count_spellings()
        for tag in sorted(spellings, key=spellings.__getitem__, reverse=True):
            self._tags.setdefault(fold(tag), tag)

    def get_label(self, facet: str, value: str) -> str:
        """Return the label of a value."""
        if facet == TAG.name:
            return self._tags.get(value, value)
        if facet == INDUSTRY.name and value in self._dataset.industries:
            return name_term(self._dataset.industries[value])
        if facet == STAGE.name and value in self._dataset.stages:
            return name_term(self._dataset.stages[value])
        if facet == SOURCE.name and value in self._dataset.sources:
            source = self._dataset.sources[value]
            return source.title or source.publisher or value
        if value == OTHER:
            return _("Other")
        return value or _(NOT_STATED).capitalize()

    def count_tags(self) -> dict[str, int]:
        """Return how many projects have each tag."""
        counted = self._index.count_mask(self._index.everything, (TAG.name,))
        counts = counted.facets[TAG.name]
        return {self._tags[tag]: count.projects for tag, count in counts.items() if tag}

    def sort_values(self, facet: Facet, values: Iterable[str]) -> list[str]:
        """Return values in display order: those that the dataset defines, then others.

        The industry `other` stands last. Tags and districts keep the given order.
        """
        last = [OTHER] if facet is INDUSTRY else []
        if facet is INDUSTRY:
            defined = list(self._dataset.industries)
        elif facet is STAGE:
            defined = list(self._dataset.stages)
        elif facet is FILE:
            defined = list(self._dataset.files)
        elif facet.name in NAMES:
            return list(values)
        else:
            defined = self._index.list_ordered_values(facet.name)
            if not defined:
                return list(values)
            defined = [value for value in defined if value in set(values)]
        strays = sorted(set(values).difference(defined, last))
        return [*(name for name in defined if name not in last), *strays, *last]
