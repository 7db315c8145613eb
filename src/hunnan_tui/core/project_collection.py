"""A collection of projects to which some are added, and from which some are removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from hunnan_tui.core.model import Project, ProjectCollection


def add_and_remove(
    projects: Mapping[str, Project],
    changed: Mapping[str, Project],
    removed: Collection[str],
) -> Mapping[str, Project]:
    """Return projects with some replaced, some added at the end and some removed."""
    if isinstance(projects, EditedProjects):
        added = {**projects.added, **changed}
        return EditedProjects(
            projects.base,
            {key: added[key] for key in added if key not in removed},
            {*(key for key in projects.removed if key not in changed), *removed},
        )
    if isinstance(projects, ProjectCollection):
        added = {key: changed[key] for key in changed if key not in removed}
        return EditedProjects(projects, added, frozenset(removed))
    merged = {**projects, **changed}
    return {key: merged[key] for key in merged if key not in removed}


class EditedProjects(Mapping[str, Project], ProjectCollection):
    """A large collection that differs from another in a few projects."""

    def __init__(
        self,
        base: Mapping[str, Project],
        added: Mapping[str, Project],
        removed: Collection[str],
    ) -> None:
        """Take the other collection.

        Args:
            base: The collection that is not changed; a `ProjectCollection`.
            added: Projects that are replaced, and those that come behind all others.
            removed: The keys of projects that are left out.
        """
        self.base, self.added = base, added
        self.removed = frozenset(key for key in removed if key in base)
        self._new = [key for key in added if key not in base]

    def __len__(self) -> int:
        return len(self.base) - len(self.removed) + len(self._new)

    def __iter__(self) -> Iterator[str]:
        if not self.removed:
            return chain(self.base, self._new)
        present = (key for key in self.base if key not in self.removed)
        return chain(present, self._new)

    def __contains__(self, key: object) -> bool:
        return key in self.added or (key in self.base and key not in self.removed)

    def __getitem__(self, key: str) -> Project:
        if key in self.added:
            return self.added[key]
        if key in self.removed:
            raise KeyError(key)
        return self.base[key]

    def __hash__(self) -> int:
        return id(self)

    def with_projects(self, changed: Mapping[str, Project]) -> Mapping[str, Project]:
        """Return the collection with some projects replaced or added."""
        return add_and_remove(self, changed, ())

    def list_annotated_keys(self) -> Iterable[str]:
        """Return at least the keys of the projects that have annotations."""
        known = (
            self.base.list_annotated_keys()
            if isinstance(self.base, ProjectCollection)
            else self.base
        )
        keys = dict.fromkeys(chain(known, self.added))
        return [key for key in keys if key not in self.removed or key in self.added]

    def includes_all_of(self, other: Mapping[str, Project]) -> bool:
        """Return whether every key of other is surely here; must be cheap."""
        return (
            not self.removed
            and isinstance(self.base, ProjectCollection)
            and self.base.includes_all_of(other)
        )

    def find_index(self, key: str) -> int | None:
        """Return the position of a project; None if it is not there."""
        if key not in self:
            return None
        if isinstance(self.base, ProjectCollection) and not self.removed:
            index = self.base.find_index(key)
            if index is not None:
                return index
        return next(index for index, other in enumerate(self) if other == key)
