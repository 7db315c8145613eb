"""Shows where a published total comes from."""

from __future__ import annotations

from typing import Any

from textual.app import App

from hunnan_tui.analysis.citation import format_citation
from hunnan_tui.analysis.provenance import Evidence
from hunnan_tui.core.counts import format_count, join_words
from hunnan_tui.core.labels import format_measure
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Announcement, Dataset, Project
from hunnan_tui.core.money import add_unit, format_lossless, name_unit
from hunnan_tui.tui.dialogs.provenance import SourceDialog, ask_address
from hunnan_tui.tui.terminal.clipboard import copy_text


async def show_announcement(
    app: App[Any], announcement: Announcement, dataset: Dataset
) -> None:
    """Show the statement and the sources of a total; open or cite one on demand."""
    figures = [
        format_count(announcement.projects, "project") if announcement.projects else "",
        _format_amount(announcement.investment, name_unit(dataset.currency))
        + (format_measure(announcement.measure) if announcement.investment else ""),
        _format_amount(announcement.investment_usd, _("dollars")),
    ]
    fact = Evidence(
        "published",
        _("Published total"),
        join_words(filter(None, figures)) or _("no figure"),
        sources=announcement.sources,
        is_shared=True,
        quote=announcement.statement,
        date=announcement.date,
    )
    scope = " ".join(filter(None, (announcement.scope, announcement.date)))
    # a project to cite: like one, a total has a name and a caveat
    subject = Project(
        announcement.id, announcement.id, scope or "?", caveat=announcement.caveat
    )
    answer = await app.push_screen_wait(SourceDialog(subject, dataset, fact))
    if answer == "copy":
        where = await copy_text(app, format_citation(subject, dataset, [fact]))
        app.notify(_("Copied the citation {where}").format(where=where), markup=False)
    elif answer == "open":
        sources = [dataset.sources[s] for s in fact.sources if s in dataset.sources]
        if url := await ask_address(app, sources):
            app.open_url(url)


def _format_amount(amount: int | None, unit: str) -> str:
    return "" if amount is None else add_unit(format_lossless(amount), unit)
