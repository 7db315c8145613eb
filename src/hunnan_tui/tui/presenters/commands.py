"""Commands and signs as shown in the help and the palette."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode

from hunnan_tui.core.language import N_, _

if TYPE_CHECKING:
    from textual.binding import ActiveBinding, Binding
    from textual.screen import Screen

_HERE = N_("Here")
"""The group of what belongs to one page or dialog."""
_GROUPS = {
    N_("Read"): ("projects.open", "projects.related", "detail.", "sources.", "share.c"),
    N_("Filter"): ("filter.", "view.", "list."),
    N_("Mark and tag"): ("projects.mark", "projects.range", "projects.all", "tags."),
    N_("Notes"): ("notes.", "plan."),
    N_("Facts"): ("facts.", "stage.", "projects.add"),
    N_("Screens"): (
        *("work.", "pipeline.", "matrix.", "board.", "timeline."),
        *("health.", "compare.", "difference.", "changes."),
    ),
    N_("File"): ("edit.", "file.", "share.export", "app."),
    N_("Your own"): ("user.",),
    N_("Move"): ("projects.", "pane.", "industries.", "page-", "list-"),
}
"""The ids of each group, by how they begin; the first group that fits takes a command."""

_SPELLINGS = {
    "escape": "esc",
    "return": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
}
"""How keys are shown that people write otherwise."""


def _normalize(key: str) -> str:
    """Return one form of a key: capitals count in single letters only."""
    if len(key) > 1:
        key = key.casefold().replace("^", "ctrl+")
    modifiers, plus, name = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return f"{modifiers}{plus}{_SPELLINGS.get(name, name)}"


_MOVES = frozenset(
    [
        "up",
        "down",
        "left",
        "right",
        "first",
        "last",
        "top",
        "bottom",
        "next",
        "previous",
        "next-tab",
        "previous-tab",
        "page-up",
        "page-down",
        "half-up",
        "half-down",
        "pgup",
        "pgdn",
        "scroll-up",
        "scroll-down",
        "section",
        "next-section",
        "columns-left",
        "columns-right",
        "newer",
        "older",
    ]
)
"""The verbs that move a cursor, in ids."""

SIGNS = (
    ("✓", N_("marked")),
    ("▸", N_("where a range begins")),
    ("◷", N_("to be followed up: the day has come")),
    ("#", N_("has tags of yours")),
    ("✎", N_("has notes of yours")),
    ("!", N_("has a note that is not finished")),
    ("└", N_("part of the project above: its amount is not added again")),
    ("~ >", N_("about; over")),
    ("–", N_("not stated")),
)
"""What stands before and behind the names of a list, and what it means."""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A binding that has an id: one declaration for footer, help and palette."""

    id: str
    name: str
    help: str
    keys: str
    action: str
    node: DOMNode

    def has_key(self, typed: str) -> bool:
        """Return whether a text names one of its keys: `x`, `ctrl+d`, `^d`, `down`."""
        sought = _normalize(typed.strip())
        return bool(sought) and sought in map(_normalize, self.keys.split())


def list_active_bindings(screen: Screen[Any]) -> list[ActiveBinding]:
    """Return the bindings in force, in the order in which they are declared.

    Textual puts those that have keys of the user behind the others.
    """
    active = list(screen.active_bindings.values())
    ranks: dict[str, int] = {}
    for node in dict.fromkeys(each.node for each in active):
        declared = node._bindings.key_to_bindings.values()  # noqa: SLF001  # as it says
        for bindings in declared:
            for binding in bindings:
                ranks.setdefault(binding.id or binding.action, len(ranks))
    active.sort(key=lambda each: ranks.get(each.binding.id or each.binding.action, 0))
    return active


def describe_binding(binding: Binding) -> tuple[str, str]:
    """Return name and help of a binding in the language in use.

    Those of the user's own commands are texts of the user.
    """
    if (binding.id or "").startswith("user."):
        return binding.description, binding.tooltip
    return _(binding.description), _(binding.tooltip)


def is_move(id: str) -> bool:
    """Return whether a command does no more than move a cursor."""
    return id.rpartition(".")[2] in _MOVES


def group_commands(
    commands: Iterable[CommandEntry],
) -> dict[str, Sequence[CommandEntry]]:
    """Return commands by the title of their group, in the order of the help."""
    titles = (_HERE, *_GROUPS)
    groups: dict[str, list[CommandEntry]] = {title: [] for title in titles}
    for command in commands:
        groups[_find_group(command.id)].append(command)
    return {title: members for title, members in groups.items() if members}


def _find_group(id: str) -> str:
    for title, beginnings in _GROUPS.items():
        if id.startswith(beginnings):
            return title
    return _HERE
