"""What can be done right now, taken from the live bindings: for palette and help."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from hunnan_tui.core.model import Project
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.tui.presenters.commands import Command

_MOST = 5_000
"""Projects that are matched fuzzily while one types."""
_NAMED = 100
"""Projects that the filter finds, and that are offered."""


def list_commands(screen: Screen[Any]) -> Iterator[Command]:
    """Yield what the bindings of the focused widget and its parents offer."""
    keys: dict[str, list[str]] = {}
    found: dict[str, Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not (binding.id and active.enabled):
            continue
        keys.setdefault(binding.id, []).append(screen.app.get_key_display(binding))
        found.setdefault(
            binding.id,
            Command(
                binding.description, binding.tooltip, "", binding.action, active.node
            ),
        )
    for name, command in found.items():
        shown = " ".join(dict.fromkeys(keys.get(name, ())))
        yield Command(command.name, command.help, shown, command.action, command.node)


async def run(app: App[Any], command: Command) -> None:
    """Do what the command's key does."""
    await app.run_action(command.action, command.node)


class CommandProvider(Provider):
    """The palette's view of the live commands."""

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(
                _prompt(Content(command.name), command),
                partial(run, self.app, command),
                text=command.name,
                help=command.help or None,
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        matcher = self.matcher(fold(query))
        for command in self._commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(
                    score,
                    _prompt(matcher.highlight(command.name), command),
                    partial(run, self.app, command),
                    text=command.name,
                    help=command.help or None,
                )

    def _commands(self) -> Iterator[Command]:
        return list_commands(self.screen)


@runtime_checkable
class HasProjects(Protocol):
    """A screen on which one can go to a project."""

    @property
    def projects(self) -> Mapping[str, Project]:
        """All projects by key."""

    def find_named(self, typed: str) -> Sequence[str]:
        """Return the keys of the projects that the filter finds by their names."""

    def go_to(self, key: str) -> None:
        """Show a project."""


class ProjectProvider(Provider):
    """Projects by name: those that the filter finds, then others that are alike.

    Of a large dataset only the first ones are looked at for the latter.
    """

    async def search(self, query: str) -> AsyncIterator[Hit]:
        screen = self.screen
        if not isinstance(screen, HasProjects):
            return
        typed = fold(query)
        matcher = self.matcher(typed)
        best = matcher.match(typed)
        named = dict.fromkeys(screen.find_named(typed)[:_NAMED])
        others = (key for key in islice(screen.projects, _MOST) if key not in named)
        for key in (*named, *others):
            project = screen.projects[key]
            name = display_line(f"{project.name[:200]}  {project.name_zh[:100]}")
            score = best if key in named else matcher.match(fold(name))
            if score > 0:
                go = partial(screen.go_to, key)
                yield Hit(score, Content(name), go, text=name, help="Go to the project")


def _prompt(name: Content, command: Command) -> Content:
    return Content.assemble(name, "  ", (command.keys, "$foreground-muted"))
