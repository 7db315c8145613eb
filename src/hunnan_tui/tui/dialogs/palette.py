"""The commands of the palette and the help, taken from the active bindings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from hunnan_tui.core.model import Project
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.tui.presenters.commands import CommandEntry

_MAX_FUZZY = 5_000
"""Projects that are matched fuzzily."""
_MAX_NAMED = 100
"""Matches of the filter that are offered."""


def list_commands(screen: Screen[Any]) -> Iterator[CommandEntry]:
    """Yield the enabled commands of the focused widget and its ancestors."""
    keys: dict[str, list[str]] = {}
    commands: dict[str, CommandEntry] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not (binding.id and active.enabled):
            continue
        keys.setdefault(binding.id, []).append(screen.app.get_key_display(binding))
        commands.setdefault(
            binding.id,
            CommandEntry(
                binding.id,
                binding.description,
                binding.tooltip,
                "",
                binding.action,
                active.node,
            ),
        )
    for name, command in commands.items():
        display = " ".join(dict.fromkeys(keys.get(name, ())))
        yield replace(command, keys=display)


async def run_command(app: App[Any], command: CommandEntry) -> None:
    """Run a command as its key does."""
    await app.run_action(command.action, command.node)


class CommandProvider(Provider):
    """Offers the commands in the palette."""

    async def discover(self) -> Hits:
        for command in self._collect_commands():
            yield DiscoveryHit(
                _format_command(Content(command.name), command),
                partial(run_command, self.app, command),
                text=command.name,
                help=command.help or None,
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        matcher = self.matcher(fold(query))
        for command in self._collect_commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(
                    score,
                    _format_command(matcher.highlight(command.name), command),
                    partial(run_command, self.app, command),
                    text=command.name,
                    help=command.help or None,
                )

    def _collect_commands(self) -> Iterator[CommandEntry]:
        return list_commands(self.screen)


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


class ProjectProvider(Provider):
    """Offers projects by name: matches of the filter, then fuzzy matches.

    Of a large dataset only the first projects are matched fuzzily.
    """

    async def search(self, query: str) -> AsyncIterator[Hit]:
        screen = self.screen
        if not isinstance(screen, HasProjects):
            return
        typed = fold(query)
        matcher = self.matcher(typed)
        best = matcher.match(typed)
        named = dict.fromkeys(screen.find_named(typed)[:_MAX_NAMED])
        others = (
            key for key in islice(screen.projects, _MAX_FUZZY) if key not in named
        )
        for key in (*named, *others):
            project = screen.projects[key]
            name = display_line(f"{project.name[:200]}  {project.name_zh[:100]}")
            score = best if key in named else matcher.match(fold(name))
            if score > 0:
                go = partial(screen.go_to, key)
                yield Hit(score, Content(name), go, text=name, help="Go to the project")


def _format_command(name: Content, command: CommandEntry) -> Content:
    return Content.assemble(name, "  ", (command.keys, "$foreground-muted"))
