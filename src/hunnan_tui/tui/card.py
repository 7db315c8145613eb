"""A project as a card: everything that is known of it, from top to bottom.

Built of Rich renderables, because labels and values wrap side by side. All text is
cleaned here, and none of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from hunnan_tui.amounts import short
from hunnan_tui.model import Dataset, Event, Fact, Note, Project, Source
from hunnan_tui.text import display, display_line

NOT_STATED = "not stated"
TEXT_LIMIT = 20_000
"""Characters of one text that a card shows; the rest is in the editor."""

_SIGNS = {"about": "about ", "over": "over "}


@dataclass(frozen=True, slots=True)
class Styles:
    """What parts of a card look like; from the widget's theme."""

    title: Style
    heading: Style
    label: Style
    muted: Style
    tag: Style
    warning: Style


def currency(dataset: Dataset) -> str:
    """Return the unit of amounts as people write it: `yuan`."""
    return "yuan" if dataset.currency == "CNY" else display_line(dataset.currency)


def investment(project: Project, dataset: Dataset) -> str:
    """Return a project's amount as a card shows it, or an empty text."""
    if project.investment is None:
        return ""
    qualifier = _SIGNS.get(project.investment_qualifier, "")
    amount = f"{qualifier}{short(project.investment)} {currency(dataset)}"
    if project.investment_usd is not None:
        amount += f" ({short(project.investment_usd)} dollars, as stated)"
    return amount


def label_of(name: str, known: Mapping[str, object]) -> str:
    """Return the name of an industry or a stage; an unknown one as it is written."""
    return display_line(str(getattr(known.get(name), "name", name)))


def note_time(at: datetime | None) -> str:
    """Return when a note was written, in the time zone that it was written in."""
    return f"{at:%d %b %Y %H:%M}" if at else "undated"


def card(
    project: Project,
    dataset: Dataset,
    styles: Styles,
    *,
    draft: str = "",
    reasons: Iterable[str] = (),
) -> RenderableType:
    """Return all that is known of a project.

    Args:
        project: The project.
        dataset: What its ids refer to.
        styles: What the parts look like.
        draft: The text of a half-written note.
        reasons: Why the query found it, one line each.
    """
    numbers = {name: place for place, name in enumerate(project.sources, 1)}
    builder = _Card(project, dataset, styles, numbers)
    return Group(*builder.parts(draft, tuple(reasons)))


@dataclass(frozen=True, slots=True)
class _Card:
    project: Project
    dataset: Dataset
    styles: Styles
    numbers: Mapping[str, int]

    def parts(self, draft: str, reasons: tuple[str, ...]) -> Iterator[RenderableType]:
        project, styles = self.project, self.styles
        yield Text(_short(project.name), style=styles.title)
        if project.name_zh:
            yield Text(_short(project.name_zh))
        for reason in reasons:
            yield Text(_short(reason), style=styles.muted)
        yield Text()
        yield self._fields(self._main())
        if project.locked:
            yield Text(display_line(project.locked), style=styles.warning)
        if project.summary:
            yield Text()
            yield self._prose(project.summary)
        yield from self._own(draft)
        if project.events:
            yield self._heading("Events")
            yield self._fields(self._events())
        if project.facts:
            yield self._heading("Facts")
            yield self._fields(map(self._fact, project.facts))
        if project.caveat:
            yield self._heading("Caveat")
            yield self._prose(project.caveat)
        if project.faulty:
            yield self._heading("Not readable as written", styles.warning)
            yield self._fields(
                (key, self._prose(value)) for key, value in project.faulty
            )
        if project.other:
            yield self._heading("Other")
            yield self._fields(
                (key, self._prose(value)) for key, value in project.other
            )
        yield self._heading(f"Sources ({len(project.sources)})")
        yield self._sources()

    def _main(self) -> Iterator[tuple[str, Text]]:
        project, dataset = self.project, self.dataset
        stage = Text(label_of(project.stage, dataset.stages))
        if project.stage and project.stage_date:
            stage.append(f" · {display_line(project.stage_date)}")
        yield "Stage", stage if project.stage else self._missing()
        amount = investment(project, dataset)
        yield "Investment", Text(amount) if amount else self._missing()
        if amount and project.investment_text:
            wording = f"“{_short(project.investment_text)}”"
            yield "", Text(wording, style=self.styles.muted)
        yield "Industry", self._industries()
        for party in project.parties:
            role = _short(party.role).capitalize() or "Party"
            yield role, Text(_short(party.name))
        if not project.parties:
            yield "Parties", self._missing()
        yield "District", self._line(project.district)
        yield "Place", self._line(project.place)
        if project.follow_up:
            yield "Follow up", Text(project.follow_up.isoformat())
        for need in project.needs:
            text = f"{need.kind}: {need.what}" if need.what else need.kind
            since = f", since {need.since}" if need.since else ""
            yield "Need", Text(_short(f"{text} ({need.state}{since})"))
        yield "Id", Text(_short(project.id or project.key), style=self.styles.muted)

    def _industries(self) -> Text:
        if not self.project.industries:
            return self._missing()
        names = (label_of(i, self.dataset.industries) for i in self.project.industries)
        text = Text(", ".join(names))
        if self.project.industries_basis == "inferred":
            text.append(" (inferred)", style=self.styles.muted)
        return text

    def _own(self, draft: str) -> Iterator[RenderableType]:
        project, styles = self.project, self.styles
        if project.tags:
            yield Text()
            tags = (Text(f"#{_short(tag)}", style=styles.tag) for tag in project.tags)
            yield Text("  ").join(tags)
        if draft:
            yield self._heading("Draft: not saved as a note yet", styles.warning)
            yield self._prose(draft)
        if project.notes:
            yield self._heading(f"Notes ({len(project.notes)})")
        for note in newest_first(project.notes):
            by = f" · {_short(note.by)}" if note.by else ""
            yield Text(note_time(note.at) + by, style=styles.label)
            yield _markdown(note.text)

    def _events(self) -> Iterator[tuple[str, Text]]:
        for event in sorted(self.project.events, key=_event_date):
            text = self._prose(event.what)
            if event.stage:
                stage = label_of(event.stage, self.dataset.stages)
                text.append(f" [{stage}]", style=self.styles.muted)
            self._cite(text, event.source)
            yield display_line(event.date) or "undated", text

    def _fact(self, fact: Fact) -> tuple[str, Text]:
        text = self._prose(fact.value)
        if fact.basis == "inferred":
            text.append(" (inferred)", style=self.styles.muted)
        self._cite(text, fact.source)
        return _short(fact.label), text

    def _cite(self, text: Text, source: str) -> None:
        if source:
            number = self.numbers.get(source)
            mark = f" [{number}]" if number else f" [{_short(source)}]"
            text.append(mark, style=self.styles.muted)

    def _sources(self) -> RenderableType:
        if not self.project.sources:
            return self._missing()
        return self._fields(
            (f"[{number}]", self._source(self.dataset.sources.get(name), name))
            for name, number in self.numbers.items()
        )

    def _source(self, source: Source | None, name: str) -> Text:
        if source is None:
            return Text(f"{_short(name)} (not in the file)", style=self.styles.warning)
        about = " · ".join(
            filter(None, map(_short, (source.publisher, source.date, source.kind)))
        )
        text = Text(_short(source.title))
        text.append(f"\n{about}" if about else "", style=self.styles.muted)
        text.append(f"\n{_short(source.url)}" if source.url else "")
        return text

    def _line(self, value: str) -> Text:
        return Text(_short(value)) if value else self._missing()

    def _prose(self, value: str) -> Text:
        return Text(display(_cut(value)))

    def _missing(self) -> Text:
        return Text(NOT_STATED, style=self.styles.muted)

    def _heading(self, title: str, style: Style | None = None) -> Text:
        return Text(f"\n{title}", style=style or self.styles.heading)

    def _fields(self, rows: Iterable[tuple[str, RenderableType]]) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(style=self.styles.label, min_width=4, max_width=14)
        table.add_column(ratio=1)
        for label, value in rows:
            table.add_row(Text(_short(label)), value)
        return table


def newest_first(notes: Iterable[Note]) -> list[Note]:
    """Return notes as they are shown: the newest first, undated ones last."""

    def age(note: Note) -> float:
        return -note.at.timestamp() if note.at else float("inf")

    return sorted(notes, key=age)


def _event_date(event: Event) -> str:
    return event.date or "9999"  # an undated event stands last


def _markdown(text: str) -> RenderableType:
    # markdown-it is loaded when the first note is shown, not at the start
    from rich.markdown import Markdown

    # no hyperlinks: a link shows its address, and a terminal cannot be made to open it
    return Markdown(display(_cut(text)), hyperlinks=False)


def _cut(text: str) -> str:
    if len(text) <= TEXT_LIMIT:
        return text
    return f"{text[:TEXT_LIMIT]}… ({len(text) - TEXT_LIMIT:,} more characters)"


def _short(text: str) -> str:
    return display_line(text if len(text) <= 500 else text[:500] + "…")
