"""The palette: finds commands, and whatever else the screen can jump to, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from inspect import isawaitable
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from textual.app import App
from textual.content import Content
from textual.screen import Screen

from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Project
from hunnan_tui.core.names import is_sorted_by_pinyin
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.query.engine.choices import matches_any
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.presenters import summary
from hunnan_tui.tui.presenters.commands import (
    CommandEntry,
    describe_binding,
    group_commands,
    is_move,
    list_active_bindings,
)
from hunnan_tui.tui.presenters.key_names import is_everywhere

_MAX_PROJECTS = 100
"""Projects that are offered."""
_KIND_WIDTH = 12
"""Cells of the keys of a command, and of what else a row is."""


class PaletteTarget(NamedTuple):
    """Something to jump to."""

    kind: str
    """What it is, in a word: a view, a tag."""
    name: str
    detail: str
    run: Callable[[], object]
    is_offered: bool = False
    """Whether it is offered before anything is typed."""


@runtime_checkable
class HasTargets(Protocol):
    """A screen that has more to jump to than its commands."""

    def list_targets(self) -> Sequence[PaletteTarget]:
        """Return what there is besides projects, the likeliest first."""


@runtime_checkable
class HasProjects(Protocol):
    """A screen that can go to a project."""

    @property
    def projects(self) -> Mapping[str, Project]:
        """All projects by key."""

    def find_named(self, typed: str) -> Sequence[str]:
        """Return the keys of the projects whose names match a filter."""

    def go_to(self, key: str) -> None:
        """Show a project."""


def list_commands(screen: Screen[Any]) -> Iterator[CommandEntry]:
    """Yield the enabled commands of the focused widget and its ancestors."""
    keys: dict[str, list[str]] = {}
    commands: dict[str, CommandEntry] = {}
    for active in list_active_bindings(screen):
        binding = active.binding
        if not (binding.id and active.enabled):
            continue
        keys.setdefault(binding.id, [])
        if is_everywhere(binding.key):
            keys[binding.id].append(screen.app.get_key_display(binding))
        commands.setdefault(
            binding.id,
            CommandEntry(
                binding.id,
                *describe_binding(binding),
                "",
                binding.action,
                active.node,
            ),
        )
    for name, command in commands.items():
        yield replace(command, keys=" ".join(dict.fromkeys(keys[name])))


async def run_command(app: App[Any], command: CommandEntry) -> None:
    """Run a command as its key does."""
    await app.run_action(command.action, command.node)


async def show_palette(screen: Screen[Any]) -> None:
    """Offer what a screen can do and jump to, and run what is chosen; in a worker."""
    palette = Palette(screen)
    if await screen.app.push_screen_wait(palette) is None or palette.chosen is None:
        return
    result = palette.chosen()
    if isawaitable(result):
        await result


class Palette(ChooseDialog):
    """Has the commands first, then what else there is, then projects, a line each.

    What moves the cursor is not among them: its key is quicker.
    """

    FITS_ROWS: ClassVar[bool] = False
    PLACEHOLDER: ClassVar[str] = N_("A command, view, tag, stage, theme or project")
    DEFAULT_CSS = """
    Palette DialogList { height: 1fr; }
    Palette > DialogFrame { height: 80%; min-height: 10; }
    """

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__(_("Commands"), [])
        self.chosen: Callable[[], object] | None = None
        """What runs the chosen row."""
        groups = group_commands(list_commands(screen))
        self._commands = [
            command
            for members in groups.values()
            for command in members
            if not is_move(command.id) and command.id not in _OPENING
        ]
        self._targets = screen.list_targets() if isinstance(screen, HasTargets) else ()
        self._source = screen if isinstance(screen, HasProjects) else None

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        needle = fold(typed).strip()
        if needle:
            rows = [*self._find(needle), *self._find_projects(needle)]
        else:
            rows = [f"command {number}" for number in range(len(self._commands))]
            rows += (
                f"target {number}"
                for number, target in enumerate(self._targets)
                if target.is_offered
            )
        return rows, 0 if rows else None

    def format_row(self, row: str) -> Content:
        offer = self._find_offer(row)
        if isinstance(offer, CommandEntry):
            return summary.format_command(offer)
        return _format_target(offer)

    def pick(self, row: str | None) -> None:
        if row is None:
            return
        offer = self._find_offer(row)
        if isinstance(offer, CommandEntry):
            self.chosen = partial(run_command, self.app, offer)
        else:
            self.chosen = offer.run
        self.close(row)

    def _find_offer(self, row: str) -> CommandEntry | PaletteTarget:
        kind, _blank, name = row.partition(" ")
        if kind == "command":
            return self._commands[int(name)]
        if kind == "target" or self._source is None:
            return self._targets[int(name)]
        project = self._source.projects[name]
        names = [project.name[:200], project.name_zh[:100]]
        if is_sorted_by_pinyin():  # both, as either may have been typed
            names.reverse()
        shown = "  ".join(filter(None, names))
        return PaletteTarget(_("project"), shown, "", partial(self._source.go_to, name))

    def show_rows(self, highlighted: int | None = None) -> None:
        super().show_rows(highlighted)
        if not self._rows:
            self.hint.show_message(
                _("No command or project like “{typed}”").format(typed=self.input.value)
            )

    def _find(self, needle: str) -> Iterator[str]:
        """Yield the commands that a text names, then targets, then what else it fits."""
        ranked = [
            (2 if rank == _BY_HELP else 0, rank, f"command {number}")
            for number, command in enumerate(self._commands)
            if (rank := _rank_command(needle, self.input.value, command)) is not None
        ]
        ranked += (
            (1, rank, f"target {number}")
            for number, target in enumerate(self._targets)
            if (rank := _rank(needle, f"{target.kind} {target.name}", target.name))
            is not None
        )
        # the order of a sort is stable: what is as good stays as it is listed
        ranked.sort(key=lambda each: each[:2])
        yield from (row for _, _, row in ranked)

    def _find_projects(self, needle: str) -> Iterator[str]:
        if self._source is not None:
            for key in self._source.find_named(needle)[:_MAX_PROJECTS]:
                yield f"project {key}"


_OPENING = ("app.palette", "page.palette")
"""What opens the palette is no use in it."""


def _rank_command(needle: str, typed: str, command: CommandEntry) -> int | None:
    """Return how well a text names a command, 0 best; None if it does not."""
    if command.has_key(typed.strip()):
        return 0
    rank = _rank(needle, command.name, command.name)
    if rank is None and f" {needle}" in f" {fold(command.help)}":
        return _BY_HELP
    return rank


_BY_HELP = 9


def _rank(needle: str, text: str, name: str) -> int | None:
    """Return how well a text names something, 1 best; None if it does not.

    Args:
        needle: The text, folded.
        text: All that it may name: each of its words somewhere in it.
        name: What it names best: as a whole, its beginning, a word of it.
    """
    folded = fold(name)
    if folded == needle:
        return 1
    if folded.startswith(needle):
        return 2
    if f" {needle}" in f" {folded.replace('-', ' ').replace('/', ' ')}":
        return 3
    whole = fold(text)
    if all(word in whole for word in needle.split()):
        return 4
    return 5 if matches_any([name], needle) else None


def _format_target(target: PaletteTarget) -> Content:
    """Return a target on one line, its parts where those of a command are."""
    detail = f"  {display_line(target.detail[:200])}" if target.detail else ""
    return Content.assemble(
        (pad(target.kind, _KIND_WIDTH), "$foreground-muted"),
        " ",
        display_line(target.name),
        (detail, "$foreground-muted"),
    )
