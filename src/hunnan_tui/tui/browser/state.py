"""The state of the main screen, as plain values, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project, View
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.query.language.query import Query
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.presenters import facets, list_columns, list_fields, orders
from hunnan_tui.tui.presenters.pane_widths import PaneWidths


class Place(NamedTuple):
    """What the list shows, and where its cursor is: enough to come back."""

    query: str
    sort: tuple[SortKey, ...]
    choice: facets.Choice
    columns: tuple[str, ...]
    view: View
    key: str | None
    """The key under the cursor."""
    top: float
    """The first visible line."""

    def asks_same_as(self, other: Place) -> bool:
        """Return whether both let the same projects through."""
        return (self.query, self.choice) == (other.query, other.choice)


class BrowserState:
    """What the main screen shows. `Browser` changes it, `Panes` draws it."""

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        session: Session,
        now: Callable[[], datetime],
        settings: Settings,
        paths: Paths,
    ) -> None:
        """Start where a session ended."""
        self.workspace = workspace
        self.index = index
        self.now = now
        self.settings = settings
        self.paths = paths
        query = self.parse(session.query)
        if query.has_error:  # no query was in force before it
            query = Query(query.text, problems=query.problems)
        self.query = query
        """What the filter bar asks for: the last text of it without an error."""
        self.sort: tuple[SortKey, ...] = orders.drop_unknown_keys(
            session.sort, self._may_be_own
        )
        """The order that was picked; one in the query goes before it."""
        self.choice: facets.Choice = facets.drop_unknown_facets(
            session.choice, self._may_be_own
        )
        self.columns: tuple[str, ...] = tuple(
            field
            for field in session.columns
            if field in list_fields.COLUMNS or self._may_be_own(field)
        )
        """The fields that were picked as columns; those in the query go before them."""
        self.widths = PaneWidths(*session.widths)
        """The widths of the panes that the reader has set."""
        self.view = View(*session.view)
        self.recent = session.recent
        """The projects that were opened last, the latest first."""
        """The view that was picked last."""
        self.cursor_target = session.current or None
        """Where the reader put the cursor: it returns there when the project does."""
        self.current_key: str | None = None
        """The key under the cursor."""
        self.shown_keys: Sequence[str] = ()
        """The keys of the projects in the list, in its order."""
        self.places: Mapping[str, tuple[str, int]] = {}
        """What the parts in the list stand under, and how deep."""
        self.matches = 0
        """The mask of what the query lets through, whatever is chosen in the facets."""
        self.totals = Count()
        """The number of the projects in the list, and what they add up to."""
        self.has_only_first_hits = False
        """Whether the list holds only the first projects that a filter lets through."""
        self._extra_fields: tuple[Index | None, tuple[str, ...]] = (None, ())
        self.loaded_share = 1.0 if workspace.is_complete else 0.0
        """How much of a large file has been read."""
        self.way = ""
        """The pages that led to what the list shows, in words."""
        self.read_error = ""
        """Why the file cannot be read at the moment."""

    @property
    def projects(self) -> Mapping[str, Project]:
        """All projects by key."""
        return self.workspace.dataset.projects

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields behind the name in the list; empty: the usual ones."""
        fields = self.query.show or self.columns
        return list_fields.drop_unknown_columns(fields, self.index)

    @property
    def filled_fields(self) -> frozenset[str]:
        """What the dataset fills, as far as it has been read."""
        return self.index.filled_fields

    @property
    def default_fields(self) -> tuple[str, ...]:
        """The usual fields behind the name that the dataset fills."""
        usual = list_fields.select_filled(list_columns.USUAL_FIELDS, self.filled_fields)
        if self._extra_fields[0] is not self.index:  # an edit makes another
            self._extra_fields = (self.index, self._find_extra_fields())
        return (*usual, *self._extra_fields[1])

    def _find_extra_fields(self) -> tuple[str, ...]:
        """Return which of `EXTRA_FIELDS` some project has a value in."""
        dataset, filled = self.workspace.dataset, self.filled_fields
        projects = dataset.projects
        # a large file is not read for it: signs tell what is due
        is_read = isinstance(projects, dict)
        is_dated = any(source.date for source in dataset.sources.values())
        has = {
            "due": is_read and any(each.follow_up for each in projects.values()),
            "file": bool(dataset.files),
            "age": "stage_date" in filled or (is_dated and "source" in filled),
        }
        return tuple(filter(has.__getitem__, list_columns.EXTRA_FIELDS))

    @property
    def active_sort(self) -> tuple[SortKey, ...]:
        """The order of the list; empty: the default one."""
        return self.query.sort or self.sort

    @property
    def sort_field(self) -> str:
        """The field that the reader has the list sorted by first; empty for none."""
        return self.active_sort[0].field if self.active_sort else ""

    @property
    def sorted_query(self) -> Query:
        """The query with the order of the list."""
        return replace(self.query, sort=self.active_sort)

    @property
    def session(self) -> Session:
        """Where the reader is."""
        return Session(
            self.query.text,
            tuple((key.field, key.descending) for key in self.sort),
            tuple(sorted(self.choice)),
            (self.view.name, self.view.query),
            self.current_key or "",
            self.columns,
            (self.widths.facets, self.widths.detail),
            self.recent,
        )

    def _may_be_own(self, field: str) -> bool:
        """Return whether a stored name is a field of the user's own, or may be one.

        Of a large file that is being read only the first projects are known.
        """
        if is_of_schema(field):
            return False
        is_known = self.workspace.is_complete
        return not is_known or self.index.find_field(field) is not None

    def parse(self, text: str) -> Query:
        """Return what a text asks for, with everything there is to say about it."""
        return self.index.parse(text, today=self.now().date())

    def list_choice_labels(self) -> list[str]:
        """Return what is chosen in each facet, in words."""
        labels = facets.FacetLabels(self.index)
        chosen: dict[str, list[str]] = {}
        for facet, value in sorted(self.choice):
            chosen.setdefault(facet, []).append(labels.get_label(facet, value))
        return [_(" or ").join(words) for words in chosen.values()]

    def find_drafted_keys(self) -> frozenset[str]:
        """Return the keys of the projects with a half-written note."""
        return frozenset(draft.key for draft in self.workspace.drafts.list_all())
