"""A briefing: totals, tables and each project, every figure with its sources.

Published totals stand apart: they are never added to the projects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hunnan_tui.analysis.citation import format_names
from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.analysis.project_text import collect_sources, format_both_names
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.filled_fields import find_filled_fields
from hunnan_tui.core.labels import format_measure, name_dataset
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Announcement, Industry, Stage
from hunnan_tui.core.money import name_unit
from hunnan_tui.export.documents.assumptions import list_assumptions
from hunnan_tui.export.documents.footnotes import Footnotes
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentBlock,
    DocumentTable,
    Heading,
    Paragraph,
    Runs,
    make_figures_table,
)
from hunnan_tui.export.documents.project import describe_project, format_amount_in_full
from hunnan_tui.export.documents.totals import (
    count_by_value,
    count_projects,
    summarize_selection,
)
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.engine.counts import Count


def make_briefing(selection: Selection) -> Document:
    """Return the briefing on the selected projects."""
    dataset = selection.dataset
    title = name_dataset(dataset) or _("Projects")
    return Document(
        _("{title}: briefing").format(title=title),
        tuple(_Briefing(selection).make_blocks()),
    )


class _Briefing:
    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._dataset = selection.dataset
        self._projects = list(selection.projects)
        self._footnotes = Footnotes(selection.dataset)
        self._filled = find_filled_fields(self._dataset.projects.values())
        self._has_amounts = "invest" in self._filled

    def make_blocks(self) -> Iterator[DocumentBlock]:
        dataset, projects = self._dataset, self._projects
        if dataset.title and dataset.title_zh:
            yield Paragraph((dataset.title_zh,))
        yield Paragraph(
            (
                summarize_selection(
                    self._selection,
                    count_projects(projects, dataset),
                    has_amounts=self._has_amounts,
                ),
            )
        )
        if not projects:
            yield Paragraph((_("There is no such project."),))
            return
        yield from self._list_totals()
        yield Heading(2, (_("Projects"),))
        for number, project in enumerate(projects, 1):
            yield Heading(3, (f"{number}. {format_names(project)}",))
            yield from describe_project(
                project,
                dataset,
                self._footnotes.cite,
                self._filled,
                own=self._selection.own,
            )
        announcements = self._list_announcements()
        if announcements:
            yield Heading(2, (_("Published totals"),))
            yield Paragraph((_("As announced; not added to any figure above."),))
        for announcement in announcements:
            yield Heading(3, (announcement.statement,))
            yield Bullets(tuple(self._describe_announcement(announcement)))
        yield Heading(2, (_("Assumptions"),))
        assumptions = list_assumptions(
            projects, dataset, self._filled, has_totals=bool(announcements)
        )
        yield Bullets(tuple((sentence,) for sentence in assumptions))
        yield from self._footnotes.make_blocks()

    def _list_totals(self) -> Iterator[DocumentBlock]:
        dataset, projects = self._dataset, self._projects
        yield Heading(2, (_("Totals"),))
        text = _("Computed from the projects below.")
        if self._has_amounts:
            text = _(
                "Computed from the projects below, where each amount has its sources."
            )
        yield Paragraph((text,))
        yield self._make_table(
            "", {_("All projects"): count_projects(projects, dataset)}
        )
        if "stage" in self._filled:
            yield Heading(2, (_("By stage"),))
            stages = count_by_value(
                projects, dataset.stages, lambda project: (project.stage,), dataset
            )
            yield self._make_table(_("Stage"), _key_by_name(stages, dataset.stages))
        if "industry" not in self._filled:
            return
        yield Heading(2, (_("By industry"),))
        industries = count_by_value(
            projects, dataset.industries, lambda project: project.industries, dataset
        )
        yield self._make_table(
            _("Industry"), _key_by_name(industries, dataset.industries)
        )
        if any(len(set(project.industries)) > 1 for project in projects):
            text = _(
                "A project of several industries is counted under each of them: the rows "
                "add up to more than the total."
            )
            yield Paragraph((text,))

    def _make_table(self, label: str, counts: Mapping[str, Count]) -> DocumentTable:
        name = name_unit(self._dataset.currency)
        investment = (
            _("Investment ({unit})").format(unit=name) if name else _("Investment")
        )
        header = (label, _("Projects"), investment, _("Not stated"))
        rows = (
            (label, f"{count.projects:,}", _format_sum(count), f"{count.not_stated:,}")
            for label, count in counts.items()
        )
        shown = len(header) if self._has_amounts else 2
        return make_figures_table(header[:shown], (row[:shown] for row in rows))

    def _list_announcements(self) -> Sequence[Announcement]:
        """Return the published totals that name a project or share a source with one."""
        known = self._dataset.announcements.values()
        if len(self._projects) == len(self._dataset.projects):
            return list(known)
        keys = {project.id for project in self._projects}
        sources = {
            name for project in self._projects for name in collect_sources(project)
        }
        return [
            announcement
            for announcement in known
            if not keys.isdisjoint(announcement.names)
            or not sources.isdisjoint(announcement.sources)
        ]

    def _describe_announcement(self, announcement: Announcement) -> Iterator[Runs]:
        refs = self._footnotes.cite(announcement.sources)
        unit_name = name_unit(self._dataset.currency)
        context = (announcement.scope, announcement.date)
        if any(context):
            yield (", ".join(filter(None, context)), *refs)
        if announcement.projects is not None:
            yield (
                _("Projects: {projects:,}").format(projects=announcement.projects),
                *refs,
            )
        if announcement.investment is not None:
            yield (
                _("Investment: {amount}").format(
                    amount=format_amount_in_full(announcement.investment, unit_name)
                )
                + format_measure(announcement.measure),
                *refs,
            )
        if announcement.investment_usd is not None:
            text = format_amount_in_full(announcement.investment_usd, "dollars")
            yield (
                _("Investment in dollars, as stated: {text}").format(text=text),
                *refs,
            )
        for part in announcement.breakdown:
            figures = []
            if part.projects is not None:
                figures.append(format_count(part.projects, "project"))
            if part.investment is not None:
                amount = format_amount_in_full(part.investment, unit_name)
                measure = part.measure or announcement.measure
                figures.append(amount + format_measure(measure))
            yield (f"{part.label}: {', '.join(figures) or _(NOT_STATED)}", *refs)
        names = [
            project for project in self._projects if project.id in announcement.names
        ]
        if names:
            yield (
                _("Names of these projects: {names}").format(
                    names="; ".join(map(format_names, names))
                ),
                *refs,
            )
        if announcement.caveat:
            yield (_("Caveat: {caveat}").format(caveat=announcement.caveat),)


def _format_sum(count: Count) -> str:
    """Return a sum, or a dash if no amount is stated: that is not 0."""
    return f"{count.stated:,}" if count.stated is not None else "–"


def _key_by_name(
    counts: Mapping[str, Count], known: Mapping[str, Stage] | Mapping[str, Industry]
) -> dict[str, Count]:
    """Return counts keyed by names; ids tell apart what has the same name."""
    named_counts: dict[str, Count] = {}
    for value, count in counts.items():
        label = format_both_names(value, known) if value else _(NOT_STATED)
        if label in named_counts:
            label += f" ({value})"
        named_counts[label] = count
    return named_counts
