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
from textual.screen import Screen

import hunnan_tui.tui
from hunnan_tui.core.language import N_, _, get_language
from hunnan_tui.tui.presenters.key_names import display_key, is_everywhere

_PACKAGE = hunnan_tui.tui.__name__
_MAIN = "BrowserScreen"
_PLACES = {
    "HunnanApp": N_("Everywhere"),
    _MAIN: N_("Main screen"),
    "ProjectList": N_("Project list"),
    "CursorList": N_("Project list"),
    "FacetList": N_("Industries"),
    "ProjectDetail": N_("Detail"),
    "FilterInput": N_("Filter bar"),
    "Page": N_("Every page"),
    "ListPage": N_("Pages of rows"),
    "PageList": N_("Pages of rows"),
    "StageColumn": N_("Board page"),
    "MatrixTable": N_("Matrix page"),
    "PickerDialog": N_("Lists in dialogs"),
    "TextField": N_("Where a line is typed"),
}
"""What the places are called whose classes do not say it, in the order of the table."""

NAMED_BY_CLASS = (
    *(N_("Agenda page"), N_("Comparison page"), N_("Diff page"), N_("Import page")),
    *(N_("Pipeline page"), N_("Timeline page"), N_("Choose dialog")),
    *(N_("Columns dialog"), N_("Confirm dialog"), N_("Export dialog")),
    *(N_("Follow up dialog"), N_("Form dialog"), N_("Needs dialog")),
    *(N_("New dataset dialog"), N_("Note editor"), N_("Note preview")),
    *(N_("Note text area"), N_("Path dialog"), N_("Prompt dialog")),
    *(
        N_("Conflicts page"),
        N_("Source dialog"),
        N_("Tag editor"),
        N_("Tag manager"),
        N_("Views dialog"),
    ),
)
"""What the other places are called, for the catalogues."""


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


def list_keys() -> tuple[KeyEntry, ...]:
    """Return every declared key: the main screen and its panes, then pages and dialogs.

    It imports all of the app, which takes a tenth of a second.
    """
    return _list_keys(get_language())


@cache
def _list_keys(_language: str) -> tuple[KeyEntry, ...]:
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
    return " ".join(dict.fromkeys(map(display_key, filter(is_everywhere, keys))))


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
    place = _(_PLACES.get(owner.__name__) or _split_name(owner.__name__))
    for members in groups.values():
        first = members[0]
        verb = (first.id or first.action).rpartition(".")[2].replace("_", " ")
        name = _(first.description) or verb
        yield KeyEntry(
            first.id or "",
            place,
            tuple(binding.key for binding in members),
            name[:1].upper() + name[1:],
            _(first.tooltip),
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
