"""The table of all keys, generated from the bindings that screens and widgets declare."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import Screen

import hunnan_tui.tui
from hunnan_tui.tui.presenters.key_names import display_key

_PACKAGE = hunnan_tui.tui.__name__
_MAIN = "BrowserScreen"
_PLACES = {
    "HunnanApp": "Everywhere",
    _MAIN: "Main screen",
    "ProjectList": "Project list",
    "CursorList": "Project list",
    "FacetList": "Industries",
    "ProjectDetail": "Detail",
    "FilterInput": "Filter bar",
    "Page": "Every page",
    "ListPage": "Pages of rows",
    "PageList": "Pages of rows",
    "StageColumn": "Board page",
    "MatrixTable": "Matrix page",
    "PickerDialog": "Lists in dialogs",
    "TextField": "Where a line is typed",
}
"""What the places are called whose classes do not say it, in the order of the table."""


class KeyEntry(NamedTuple):
    """A binding, as it is declared."""

    id: str
    """Public; empty for what edits text, which cannot be given another key."""
    place: str
    """Where it works."""
    keys: tuple[str, ...]
    """Textual's names of its keys."""
    name: str
    help: str
    owner: type[DOMNode]
    """The screen or widget that declares it."""

    @property
    def shown_keys(self) -> str:
        """Its keys as they are written for people."""
        return show_keys(self.keys)


@cache
def list_keys() -> tuple[KeyEntry, ...]:
    """Return every declared key: the main screen and its panes, then pages and dialogs.

    It imports all of the app, which takes a tenth of a second.
    """
    for module in pkgutil.walk_packages(hunnan_tui.tui.__path__, f"{_PACKAGE}."):
        import_module(module.name)
    owners = [
        owner
        for owner in dict.fromkeys(_list_subclasses(DOMNode))
        if owner.__module__.startswith(f"{_PACKAGE}.") and "BINDINGS" in vars(owner)
    ]
    owners.sort(key=_rank)
    return tuple(entry for owner in owners for entry in _list_entries(owner))


def show_keys(keys: tuple[str, ...]) -> str:
    """Return keys as they are written for people, without those of other keyboards."""
    plain = (key for key in keys if (key_to_character(key) or "x").isascii())
    return " ".join(dict.fromkeys(map(display_key, plain)))


def find_owners(place: type[DOMNode]) -> tuple[type[DOMNode], ...]:
    """Return the classes whose keys can work together with those of a place.

    They are the place with its bases; and, if it is a widget, its screen with its bases.
    """
    if issubclass(place, Screen):
        return place.__mro__
    screens = (
        owner
        for owner in _list_subclasses(Screen)
        if owner.__module__ == place.__module__
        or (
            place.__module__.startswith(f"{_PACKAGE}.widgets.")
            and owner.__name__ == _MAIN
        )
    )
    return (*place.__mro__, *(base for owner in screens for base in owner.__mro__))


def _list_subclasses(parent: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for child in parent.__subclasses__():
        yield child
        yield from _list_subclasses(child)


def _rank(owner: type[DOMNode]) -> tuple[int, str, str]:
    names = [*_PLACES]
    if owner.__name__ in names:
        return names.index(owner.__name__), "", ""
    return len(names), owner.__module__.rpartition(".")[0][::-1], owner.__name__


def _list_entries(owner: type[DOMNode]) -> Iterator[KeyEntry]:
    groups: dict[str, list[Binding]] = {}
    for binding in Binding.make_bindings(vars(owner)["BINDINGS"]):
        groups.setdefault(binding.id or binding.action, []).append(binding)
    place = _PLACES.get(owner.__name__) or _split_name(owner.__name__)
    for members in groups.values():
        first = members[0]
        verb = (first.id or first.action).rpartition(".")[2].replace("_", " ")
        name = first.description or verb
        yield KeyEntry(
            first.id or "",
            place,
            tuple(binding.key for binding in members),
            name[:1].upper() + name[1:],
            first.tooltip,
            owner,
        )


def _split_name(name: str) -> str:
    """Return the name of a class as words: `Board page`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def group_by_place(entries: tuple[KeyEntry, ...]) -> Mapping[str, list[KeyEntry]]:
    """Return entries by the name of their place, in the order of the table."""
    places: dict[str, list[KeyEntry]] = {}
    for entry in entries:
        places.setdefault(entry.place, []).append(entry)
    return places
