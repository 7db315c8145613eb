"""The immutable values of a dataset; no input or output.

Text is stored as it was read and sanitized only for display (`text.display`), so that
nothing is lost when it is written back. Dates are ISO texts (`dates`), amounts are whole
units of the dataset's currency.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, runtime_checkable

from hunnan_tui.core.language import N_
from hunnan_tui.core.text import fold

OTHER = "other"
"""The id of the industry that is shown last."""

TOTAL = "total"
MEASURES = (TOTAL, N_("plan of the year"), N_("contract value"), N_("opportunity"))
"""What the amount of an announcement means; the investment of a project is a total."""

COPY = "copy"
"""The kind of a source that is a third party's copy of a report."""

WATCH = "watch"
"""The tag of watched projects; a key toggles it."""

USER = "user"
"""The basis of what a reader knows without a source."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Industry(NamedTuple):
    """An industry; their order in the dataset is the display order."""

    id: str
    name: str
    name_zh: str = ""
    definition: str = ""
    definition_basis: str = ""
    """stated, or own for a definition by the makers of the file."""


class Stage(NamedTuple):
    """A stage of a project; their order in the dataset is the order of progress."""

    id: str
    name: str
    name_zh: str = ""


class Source(NamedTuple):
    """A published source of facts."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    kind: str = ""
    """official, media, copy or reference."""
    note: str = ""
    archive: str = ""
    """The address of a stored copy."""
    copy_of: str = ""
    """The id of the source that it is a copy of, if the file has that too."""


class Breakdown(NamedTuple):
    """A part of an announcement."""

    label: str
    projects: int | None = None
    investment: int | None = None
    measure: str = ""
    """What its amount means; empty for the measure of the announcement."""


class Announcement(NamedTuple):
    """A published total; never counted as a project."""

    id: str
    statement: str
    scope: str = ""
    date: str = ""
    projects: int | None = None
    investment: int | None = None
    investment_usd: int | None = None
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Ids of the projects that it names."""
    breakdown: tuple[Breakdown, ...] = ()
    caveat: str = ""
    measure: str = ""
    """What the amount means, one of `MEASURES`; empty means a total."""


class Party(NamedTuple):
    """A firm or an office that takes part in a project."""

    name: str
    role: str = ""


class Fact(NamedTuple):
    """A labelled statement about a project."""

    label: str
    value: str = ""
    source: str = ""
    basis: str = ""
    """stated, inferred or user; empty means stated."""


class Event(NamedTuple):
    """Something that happened to a project; if it has a stage, the project reached it."""

    what: str
    date: str = ""
    stage: str = ""
    source: str = ""
    basis: str = ""
    """user for what a reader knows without a source; else empty."""
    by: str = ""
    """Who knows it, if that is a reader."""


class Note(NamedTuple):
    """A note of the user, in Markdown."""

    text: str
    at: datetime | None = None
    """When it was written: its identity. None for a note written by hand without it."""
    by: str = ""
    extra: Mapping[str, object] = _NOTHING
    """Keys that this version does not know, and a time that is none; kept."""

    @property
    def day(self) -> date | None:
        """The day it was written; one dated by hand may have no time."""
        if self.at is not None:
            return self.at.date()
        at = self.extra.get("at")
        return at if type(at) is date else None

    @property
    def written_at(self) -> str:
        """When it was written, as far as that is stated: `2023-03-08 09:12`, or the day."""
        if self.at is not None:
            return self.at.isoformat(" ", "minutes")
        return self.day.isoformat() if self.day else ""


class Need(NamedTuple):
    """A safeguard of "one enterprise, one policy": what a project waits for."""

    kind: str
    """energy, labour, transport, or any other word."""
    what: str = ""
    state: str = "open"
    """open or met."""
    since: str = ""
    extra: Mapping[str, object] = _NOTHING
    owner: str = ""
    """Who sees to it; empty for nobody in particular."""


class Annotations(NamedTuple):
    """What the user adds to a project: the only part that the program writes."""

    tags: tuple[str, ...] = ()
    follow_up: date | None = None
    needs: tuple[Need, ...] = ()
    notes: tuple[Note, ...] = ()
    locked: Mapping[str, str] = _NOTHING
    """Keys that cannot be edited as the file writes them, each with the reason."""


UNSTATED = "¤"
"""Stands for the currency of a file that states none, beside one that does."""


class Origin(NamedTuple):
    """Where a project is from, if several files are shown as one dataset."""

    file: str = ""
    """The name of its file; empty if there is only one."""
    currency: str = ""
    """The currency of its amounts if the dataset has another, or `UNSTATED`."""
    amounts: frozenset[str] = frozenset()
    """The names of amounts of the user's own in that currency."""


class Project(NamedTuple):
    """A project and its annotations."""

    key: str
    """Unique in the dataset: the id, or a stand-in where the id is missing or taken."""
    id: str
    name: str
    name_zh: str = ""
    district: str = ""
    place: str = ""
    industries: tuple[str, ...] = ()
    industries_basis: str = ""
    """stated, inferred or user."""
    stage: str = ""
    stage_date: str = ""
    investment: int | None = None
    investment_qualifier: str = ""
    """about or over."""
    investment_usd: int | None = None
    investment_text: str = ""
    """The amount as its source words it."""
    parties: tuple[Party, ...] = ()
    summary: str = ""
    sources: tuple[str, ...] = ()
    caveat: str = ""
    facts: tuple[Fact, ...] = ()
    events: tuple[Event, ...] = ()
    user_facts: tuple[str, ...] = ()
    """Keys whose value is what a reader knows without a source: of the basis user."""
    annotations: Annotations = Annotations()
    """The annotations that edits change."""
    readonly_annotations: Annotations = Annotations()
    """The annotations in the dataset, if edits go to a notes file instead."""
    other: tuple[tuple[str, str], ...] = ()
    """Keys that the schema does not know, with their value as written."""
    faulty: tuple[tuple[str, str], ...] = ()
    """Fields whose value has the wrong type, with the value as written."""
    locked: str = ""
    """Why no edit can reach it; empty when edits can."""
    values: Mapping[str, object] = _NOTHING
    """The values of the fields of the schema that are not attributes, by key."""
    # object: with Any, mypy takes each `@work` that gets a project for untyped
    origin: Origin = Origin()

    @property
    def amount(self) -> int | None:
        """Its investment, for sums: None also if it is in another currency."""
        return None if self.origin.currency else self.investment

    @property
    def tags(self) -> tuple[str, ...]:
        """All tags; a spelling of the dataset hides another one of the notes file."""
        if not self.readonly_annotations.tags:
            return self.annotations.tags
        known = {fold(tag) for tag in self.readonly_annotations.tags}
        added = (tag for tag in self.annotations.tags if fold(tag) not in known)
        return (*self.readonly_annotations.tags, *added)

    @property
    def follow_up(self) -> date | None:
        """The day to come back to it."""
        return self.annotations.follow_up or self.readonly_annotations.follow_up

    @property
    def needs(self) -> tuple[Need, ...]:
        """All needs, those of the dataset first."""
        return self.readonly_annotations.needs + self.annotations.needs

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes, those of the dataset first."""
        return self.readonly_annotations.notes + self.annotations.notes

    def has_tag(self, tag: str) -> bool:
        """Return whether the project has the tag in any spelling."""
        folded = fold(tag)
        return any(fold(spelling) == folded for spelling in self.tags)


@runtime_checkable
class ProjectCollection(Protocol):
    """A mapping of projects that does not hold all of them in memory."""

    def with_projects(self, changed: Mapping[str, Project]) -> Mapping[str, Project]:
        """Return the collection with some projects replaced or added."""

    def list_annotated_keys(self) -> Iterable[str]:
        """Return at least the keys of the projects that have annotations."""

    def includes_all_of(self, other: Mapping[str, Project]) -> bool:
        """Return whether every key of other is surely here; must be cheap."""

    def find_index(self, key: str) -> int | None:
        """Return the position of a project in the file; None if it is not there."""


class View(NamedTuple):
    """A query with a name; it carries its own order, groups and columns."""

    name: str
    query: str = ""


FIELD_TYPES = ("text", "number", "amount", "date", "choice", "link", "person")
"""What a field of the user's own can be declared as."""


class DeclaredField(NamedTuple):
    """What `[[fields]]` says of a field of the user's own."""

    id: str
    """A key of projects, or a label of their facts."""
    name: str = ""
    name_zh: str = ""
    type: str = ""
    """One of `FIELD_TYPES`; empty for that of its values."""
    unit: str = ""
    """What its bare numbers count."""
    choices: tuple[str, ...] = ()
    """The values of a choice, in their order."""


class Dataset(NamedTuple):
    """Everything that one file holds; mappings keep the order of the file."""

    title: str = ""
    title_zh: str = ""
    currency: str = ""
    """The currency of all amounts; empty if the file does not state it."""
    updated: str = ""
    industries: Mapping[str, Industry] = _NOTHING
    stages: Mapping[str, Stage] = _NOTHING
    sources: Mapping[str, Source] = _NOTHING
    announcements: Mapping[str, Announcement] = _NOTHING
    views: tuple[View, ...] = ()
    """Views that the dataset defines."""
    projects: Mapping[str, Project] = _NOTHING
    """By key, in the order of the file."""
    fields: Mapping[str, DeclaredField] = _NOTHING
    """What the file says of the fields of its user's own."""
    files: tuple[str, ...] = ()
    """The names of its files if there are several."""
    other_currencies: tuple[str, ...] = ()
    """The currencies of amounts that are not added to the others."""

    @property
    def summed_currency(self) -> str:
        """The suffix of a number of projects that add nothing: ` in CNY`, or nothing."""
        return f" in {self.currency or UNSTATED}" if self.other_currencies else ""

    def with_projects(self, changed: Mapping[str, Project]) -> "Dataset":
        """Return the dataset with some projects replaced; the order stays."""
        if isinstance(self.projects, ProjectCollection):
            merged = self.projects.with_projects(changed)
        else:
            merged = {**self.projects, **changed}
        return self._replace(projects=merged)

    def list_annotated_missing_from(
        self, others: Mapping[str, Project]
    ) -> Iterable[str]:
        """Return the keys of `list_annotated_keys` that are not among others."""
        if isinstance(others, ProjectCollection) and others.includes_all_of(
            self.projects
        ):
            return ()
        return (key for key in self.list_annotated_keys() if key not in others)

    def list_annotated_keys(self) -> Iterable[str]:
        """Return at least the keys of the projects that have annotations."""
        if isinstance(self.projects, ProjectCollection):
            return self.projects.list_annotated_keys()
        return self.projects
