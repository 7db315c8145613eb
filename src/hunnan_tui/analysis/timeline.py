"""What happened to projects, day by day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.model import Event, Project
from hunnan_tui.core.names import name_briefly


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of a project."""

    key: str
    name: str
    event: Event

    @property
    def year(self) -> str:
        """The year it happened in; empty when that is not stated."""
        return self.event.date[:4]

    @property
    def month(self) -> str:
        """The month it happened in, as `2023-03`; empty when that is not stated."""
        return self.event.date[:7] if len(self.event.date) >= 7 else ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of some projects."""

    moments: tuple[Moment, ...]
    """Those with a date, the latest first."""
    undated: tuple[Moment, ...]
    silent: int
    """How many projects have no event."""


def build_timeline(projects: Iterable[Project]) -> Timeline:
    """Return what happened; a partial date stands before the days that it covers."""
    dated: list[Moment] = []
    undated: list[Moment] = []
    silent = 0
    for project in projects:
        silent += not project.events
        for event in project.events:
            moment = Moment(project.key, name_briefly(project), event)
            (dated if is_partial(event.date) else undated).append(moment)
    dated.sort(key=lambda moment: moment.event.date, reverse=True)
    return Timeline(tuple(dated), tuple(undated), silent)
