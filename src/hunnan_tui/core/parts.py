"""Projects that are part of another: how they are arranged, and what is added once.

A project and its parts are a tree. An item of a tree is a project by any name: its key,
or its index in the file.
"""

# no annotations from __future__: as in `core.model`
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from hunnan_tui.core.language import N_, ngettext
from hunnan_tui.core.model import Project

T = TypeVar("T")
V = TypeVar("V")
Tree = Sequence[tuple[T, int]]
"""Items with their depth, each behind the one that it is part of; wholes have depth 0."""

FIELD = "part_of"
"""The field, and its key in the file, that names the whole."""

NOT_ADDED = N_("not added again")
"""What is said of parts whose amount is in that of their whole."""


def get_whole(project: Project) -> str:
    """Return the id of what a project says it is part of; empty if it says nothing."""
    whole = project.values.get(FIELD, "")
    return whole if isinstance(whole, str) else ""


def find_parts(key: str, projects: Mapping[str, Project]) -> list[Project]:
    """Return the projects that are part of one, in the order of the file."""
    return [
        project
        for project in projects.values()
        if get_whole(project) == key != project.key
    ]


def link_parts(
    projects: Iterable[Project], dataset: Mapping[str, Project]
) -> dict[str, str]:
    """Return the key of the whole of each project that is a part, and of those wholes.

    Args:
        projects: The projects to begin with.
        dataset: All projects by key; a whole that is not among them counts as none.
    """
    wholes: dict[str, str] = {}
    for start in projects:
        project: Project | None = start
        while project is not None and project.key not in wholes:
            whole = get_whole(project)
            above = dataset.get(whole) if whole else None
            if above is not None:
                wholes[project.key] = whole
            project = above
    return wholes


def find_cycles(wholes: Mapping[T, T]) -> set[T]:
    """Return the items that are, by way of others or not, part of themselves."""
    in_cycles: set[T] = set()
    visited: set[T] = set()
    for start in wholes:
        path: dict[T, None] = {}
        item = start
        while item in wholes and item not in visited:
            visited.add(item)
            path[item] = None
            item = wholes[item]
        if item in path:
            items = list(path)
            in_cycles.update(items[items.index(item) :])
    return in_cycles


def arrange_parts(wholes: Mapping[T, T]) -> list[tuple[T, int]]:
    """Return wholes and parts as a tree; an item that is part of itself is part of none.

    Args:
        wholes: What each part is part of.
    """
    in_cycles = find_cycles(wholes)
    parts: dict[T, list[T]] = {}
    for part, whole in wholes.items():
        if part not in in_cycles:
            parts.setdefault(whole, []).append(part)
    roots = [item for item in parts if item not in wholes or item in in_cycles]
    tree: list[tuple[T, int]] = []
    waiting = [(root, 0) for root in reversed(roots)]
    while waiting:
        item, depth = waiting.pop()
        tree.append((item, depth))
        waiting += [(part, depth + 1) for part in reversed(parts.get(item, ()))]
    return tree


def find_repeats(
    tree: Tree[T], sums: Callable[[T], Collection[V]]
) -> Iterator[tuple[T, V]]:
    """Yield the parts whose amount a sum must not add again, each with the sum.

    That is the rule for all sums: an amount is left out where that of what the project
    is part of is added.

    Args:
        tree: The projects that are parts, and their wholes.
        sums: Returns the sums that a project's amount belongs to, each once; none if it
            states no amount.
    """
    path: list[Iterable[V]] = []
    added: dict[V, int] = {}
    for item, depth in tree:
        while len(path) > depth:
            for value in path.pop():
                added[value] -= 1
        values = sums(item)
        for value in values:
            if number := added.get(value, 0):
                yield item, value
            added[value] = number + 1
        path.append(values)


def find_repeated(
    projects: Iterable[Project], dataset: Mapping[str, Project]
) -> set[str]:
    """Return the keys of those projects whose amount the sum of all must not add.

    Args:
        projects: What is added up.
        dataset: All projects by key.
    """
    listed = {project.key: project for project in projects}
    wholes = link_parts(listed.values(), dataset)
    if not wholes:
        return set()

    def list_sums(key: str) -> tuple[bool, ...]:
        project = listed.get(key)
        return (True,) if project and project.amount is not None else ()

    return {key for key, _ in find_repeats(arrange_parts(wholes), list_sums)}


def place_parts(
    tree: Tree[T], group_of: Callable[[T], V | None]
) -> dict[T, tuple[T, int]]:
    """Return what each listed part stands under, and how deep.

    That is the nearest whole in the same group of the list.

    Args:
        tree: The projects that are parts, and their wholes.
        group_of: Returns the group in which a project is listed; None if it is not.
    """
    places: dict[T, tuple[T, int]] = {}
    path: list[V | None] = []
    listed: dict[V, list[T]] = {}
    for item, depth in tree:
        while len(path) > depth:
            left = path.pop()
            if left is not None:
                listed[left].pop()
        group = group_of(item)
        if group is not None:
            above = listed.setdefault(group, [])
            if above:
                places[item] = above[-1], places.get(above[-1], (item, 0))[1] + 1
            above.append(item)
        path.append(group)
    return places


def put_under_wholes(order: Iterable[T], places: Mapping[T, tuple[T, int]]) -> list[T]:
    """Return items in order, but parts under what they are placed under.

    Args:
        order: The items; parts of one whole keep their order.
        places: The result of `place_parts`.
    """
    parts: dict[T, list[T]] = {}
    rest: list[T] = []
    for item in order:
        if item in places:
            parts.setdefault(places[item][0], []).append(item)
        else:
            rest.append(item)
    arranged: list[T] = []
    for root in rest:
        if root not in parts:
            arranged.append(root)
            continue
        waiting = [root]
        while waiting:
            item = waiting.pop()
            arranged.append(item)
            waiting += reversed(parts.get(item, ()))
    return arranged


def format_not_added(count: int) -> str:
    """Return how many parts a sum leaves out: `2 parts not added again`; or nothing."""
    if not count:
        return ""
    return ngettext(
        "{count:,} part not added again", "{count:,} parts not added again", count
    ).format(count=count)
