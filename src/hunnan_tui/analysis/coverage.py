"""What was announced, against what is itemised: the projects that a dataset names.

An announcement is a published total, never a project: the two are set side by side and
never added. Every figure is either stated by a source or computed here from such ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.labels import name_measure
from hunnan_tui.core.language import _, ngettext
from hunnan_tui.core.model import Announcement, Dataset, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.parts import find_repeated, format_not_added


@dataclass(frozen=True, slots=True)
class Coverage:
    """One announcement and the projects that it names; amounts in whole units."""

    announcement: Announcement
    """Its figures are stated by a source."""
    itemised: tuple[Project, ...]
    """The projects that it names and the dataset has."""
    unknown: tuple[str, ...] = ()
    """Ids that it names and the dataset does not have."""
    wholes: tuple[Project, ...] = ()
    """The projects that it names and that are all of it, not a part."""
    not_added: frozenset[str] = frozenset()
    """The keys of itemised projects that are part of others whose amount is added."""

    @property
    def itemised_investment(self) -> int | None:
        """The stated investment of the itemised projects, each amount added once.

        None if none is stated.
        """
        amounts = [
            project.amount
            for project in self.itemised
            if project.key not in self.not_added
        ]
        stated = [amount for amount in amounts if amount is not None]
        return sum(stated) if stated else None

    @property
    def not_stated(self) -> int:
        """How many itemised projects state no investment."""
        return sum(project.amount is None for project in self.itemised)

    @property
    def is_comparable(self) -> bool:
        """Whether its amount means what that of a project means: a total."""
        return not name_measure(self.announcement.measure)

    @property
    def share_of_projects(self) -> float | None:
        """The itemised share of the announced projects, from 0 to 1; computed."""
        announced, count = self.announcement.projects, len(self.itemised)
        return count / announced if announced and count <= announced else None

    @property
    def share_of_investment(self) -> float | None:
        """The itemised share of the announced investment, from 0 to 1; computed."""
        announced, itemised = self.announcement.investment, self.itemised_investment
        if not announced or itemised is None or not self.is_comparable:
            return None
        return itemised / announced if itemised <= announced else None

    @property
    def rest_projects(self) -> int | None:
        """The number of announced projects that are not itemised; computed."""
        announced = self.announcement.projects
        rest = None if announced is None else announced - len(self.itemised)
        return rest if rest is not None and rest >= 0 else None

    @property
    def rest_investment(self) -> int | None:
        """The announced investment that is not itemised; computed."""
        announced = self.announcement.investment
        if announced is None or not self.is_comparable:
            return None
        rest = announced - (self.itemised_investment or 0)
        return rest if rest >= 0 else None

    @property
    def rest_average(self) -> float | None:
        """The average investment of projects without a stated amount; computed."""
        if self.rest_projects is None or self.rest_investment is None:
            return None
        among = self.rest_projects + self.not_stated
        return self.rest_investment / among if among else None

    @property
    def rate(self) -> float | None:
        """Units of the dataset's currency per dollar, as the source implies them."""
        yuan, dollars = self.announcement.investment, self.announcement.investment_usd
        return yuan / dollars if yuan and dollars else None

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The assumptions behind the computed figures, in sentences."""
        return tuple(self._list_assumptions())

    def _list_assumptions(self) -> Iterator[str]:
        announced, count = self.announcement, len(self.itemised)
        if self.itemised and announced.projects is not None:
            names = _join_names(list(map(name_briefly, self.itemised)))
            yield ngettext(
                "Assumes that {names} is one of the {projects:,}.",
                "Assumes that {names} are of the {projects:,}.",
                count,
            ).format(names=names, projects=announced.projects)
        if self.wholes:
            names = _join_names(list(map(name_briefly, self.wholes)))
            yield _(
                "Its whole amount is that of {names}: not counted as a part."
            ).format(names=names)
        if announced.projects is not None and count > announced.projects:
            yield _(
                "More projects are itemised than were announced: nothing is computed."
            )
        itemised = self.itemised_investment
        if announced.investment is not None and itemised is not None:
            if measure := name_measure(announced.measure):
                yield _(
                    "The announced amount ({measure}) is not compared with investments."
                ).format(measure=measure)
            elif itemised > announced.investment:
                yield _(
                    "The itemised amounts are more than was announced: nothing is computed."
                )
        if self.rest_average is not None and self.itemised:
            yield _(
                "The amounts of the itemised projects may be of another day than the total."
            )
        if self.not_stated and self.rest_average is not None:
            yield (
                _(
                    "The average is that of the rest and of the {not_stated:,} itemised "
                    "without an amount."
                ).format(not_stated=self.not_stated)
            )
        if self.not_added:
            yield f"{format_not_added(len(self.not_added)).capitalize()}."
        if self.rate is not None:
            yield _(
                "The rate is that of the source's two figures; nothing else is converted."
            )
        if self.unknown:
            yield _("Not in this file: {names}.").format(
                names=_join_names(list(self.unknown))
            )


def measure_coverage(dataset: Dataset) -> tuple[Coverage, ...]:
    """Return the coverage of every announcement.

    First the foremost, then those of the scope that most have; of these first those
    that name projects, the latest first.
    """
    announced = dataset.announcements.values()
    scopes = Counter(announcement.scope for announcement in announced)
    coverages = [
        _measure_announcement(announcement, dataset.projects)
        for announcement in announced
    ]
    coverages.sort(key=lambda coverage: _rank_coverage(coverage, scopes), reverse=True)
    first = find_foremost(coverages)
    return tuple(sorted(coverages, key=lambda coverage: coverage is not first))


def _rank_coverage(coverage: Coverage, scopes: Counter[str]) -> tuple[int, bool, str]:
    announcement = coverage.announcement
    return scopes[announcement.scope], bool(coverage.itemised), announcement.date


def find_foremost(covered: Iterable[Coverage]) -> Coverage | None:
    """Return the most important total, if there is one.

    The latest of which some value is itemised, of the scope that most totals have.
    """
    covered = tuple(covered)
    scopes = Counter(coverage.announcement.scope for coverage in covered)
    if not scopes:
        return None
    usual = scopes.most_common(1)[0][0]
    known = (
        coverage for coverage in covered if coverage.share_of_investment is not None
    )
    return next(
        (coverage for coverage in known if coverage.announcement.scope == usual), None
    )


def _measure_announcement(
    announcement: Announcement, projects: Mapping[str, Project]
) -> Coverage:
    names = tuple(dict.fromkeys(announcement.names))
    known = [projects[name] for name in names if name in projects]
    itemised = [project for project in known if not _is_whole(project, announcement)]
    return Coverage(
        announcement,
        tuple(itemised),
        tuple(name for name in names if name not in projects),
        tuple(project for project in known if _is_whole(project, announcement)),
        frozenset(find_repeated(itemised, projects)),
    )


def _is_whole(project: Project, announcement: Announcement) -> bool:
    """Return whether a project states the amount that is announced for several."""
    several = announcement.projects is not None and announcement.projects > 1
    return (
        several
        and project.amount is not None
        and project.amount == announcement.investment
        and not name_measure(announcement.measure)
    )


def _join_names(names: list[str], most: int = 3) -> str:
    shown, more = names[:most], len(names) - most
    if more > 0:
        return _("{shown} and {more:,} more").format(shown=join_names(shown), more=more)
    return _(" and ").join(filter(None, (join_names(shown[:-1]), shown[-1])))
