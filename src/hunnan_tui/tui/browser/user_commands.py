"""The commands of the user's own: a program that a key runs on projects.

A program gets its arguments as they are: no shell reads them. It runs beside the keys,
or gets the terminal until it ends, and keeps running when the app ends before it.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import IO, Final, NamedTuple

from hunnan_tui.config.user_commands import UnfilledError, UserCommand, fill_arguments
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import _, ngettext
from hunnan_tui.core.model import Project
from hunnan_tui.core.text import display_line
from hunnan_tui.files.platform import detach_options, is_run_by_shell
from hunnan_tui.tui.background.scheduling import USER_COMMAND
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.commands import BrowserCommand

PREFIX: Final = "user."
"""How the ids of these commands begin."""
_ASKED: Final = 10
"""Projects above which it is asked first: each is a run of its own."""
_MOST_RUNNING: Final = 8
"""Programs that run at once."""
_READ: Final = 4_000
"""Bytes of what a program says went wrong."""
_COLOUR: Final = re.compile(r"\x1b\[[0-9;:]*m")
_SHOWN: Final = 200
"""Characters of it that are shown."""
_WAITS: Final = (0.01, 0.02, 0.05, 0.1)
"""Seconds between two looks at a program; the last is kept."""


class _Run(NamedTuple):
    """A run of a program."""

    name: str
    """The project that it runs on."""
    arguments: Sequence[str]


def make_id(command: UserCommand) -> str:
    """Return the id of a command, from its place in the settings."""
    return f"{PREFIX}{command.path[1] if command.path[1:] else 0}"


def describe_command(command: UserCommand) -> str:
    """Return what help and palette say about a command."""
    return display_line(" ".join(command.arguments)[:_SHOWN])


class UserCommands:
    """Runs the commands on the marked projects, or on the current one."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._running = 0
        commands = browser.settings.commands
        self.commands: Sequence[BrowserCommand] = [
            BrowserCommand(
                make_id(command),
                make_id(command),  # no key; the app's keymap has it in place of this
                command.title,
                describe_command(command),
                in_footer=True,
                is_local=True,
            )
            for command in commands
        ]
        """What the keys run."""
        self.keys: Mapping[str, str] = {
            make_id(command): command.key for command in commands
        }
        """The key of each, by its id."""
        self.handlers: Mapping[str, Handler] = {
            make_id(command): partial(self._ask, command) for command in commands
        }

    async def _ask(self, command: UserCommand) -> None:
        """Run a command, after a question if that means very many runs."""
        browser = self._browser
        targets = await asyncio.to_thread(browser.get_targets)
        if not browser.has_targets(targets) or self._refuses(command):
            return
        runs = list(self._make_runs(command, targets))
        if not runs or (len(runs) > _ASKED and not await self._confirm(command, runs)):
            return
        if command.suspend:
            self._run_on_terminal(command, runs)
        else:
            browser.run(partial(self._run, command, runs), USER_COMMAND)

    def _refuses(self, command: UserCommand) -> bool:
        """Return whether a command cannot be run now, and say why."""
        why = ""
        if is_run_by_shell(command.arguments[0]):
            why = _("{program} is a batch file, which a shell would run")
        elif self._running >= _MOST_RUNNING:
            why = ngettext(
                "{count} command is still running",
                "{count} commands are still running",
                self._running,
            ).format(count=self._running)
        if why:
            text = _("{title} was not run: {why}")
            why = why.format(program=command.arguments[0])
            self._browser.warn([text.format(title=command.title, why=why)])
        return bool(why)

    def _make_runs(
        self, command: UserCommand, targets: Sequence[Project]
    ) -> Iterator[_Run]:
        """Yield the runs; say on how many projects the program cannot run, and why."""
        unfilled = []
        for project in targets:
            name = project.name or project.key
            try:
                arguments = fill_arguments(command, self._collect_values(project))
            except UnfilledError as error:
                unfilled.append((name, str(error)))
            else:
                yield _Run(name, arguments)
        if unfilled:
            name, why = unfilled[0]
            text = ngettext(
                "{title} was not run on {name}: {why}",
                "{title} was not run on {count} projects; on {name}: {why}",
                len(unfilled),
            )
            text = text.format(
                title=command.title, name=name, why=why, count=len(unfilled)
            )
            self._browser.warn([text])

    def _collect_values(self, project: Project) -> Mapping[str, str]:
        """Return what stands for the words in braces."""
        return {
            "id": display_line(project.id or project.key),
            "name": display_line(project.name),
            "url": self._find_url(project),
            "file": self._find_file(project),
        }

    def _find_url(self, project: Project) -> str:
        """Return the first address among the sources of a project; empty if none."""
        from hunnan_tui.analysis.project_text import collect_sources
        from hunnan_tui.core.urls import explain_unopenable

        known = self._browser.workspace.dataset.sources
        urls = (known[name].url for name in collect_sources(project) if name in known)
        return next((url for url in urls if url and not explain_unopenable(url)), "")

    def _find_file(self, project: Project) -> str:
        """Return the path of the file that a project is in."""
        from hunnan_tui.storage.joined_store import JoinedStore

        store = self._browser.workspace.store
        if isinstance(store, JoinedStore) and (place := store.router.find(project.key)):
            return str(store.members[place[0]].path.absolute())
        return str(store.path.absolute())

    async def _confirm(self, command: UserCommand, runs: Sequence[_Run]) -> bool:
        from hunnan_tui.tui.dialogs.confirm import ConfirmDialog

        question = _("Run {title} {count:,} times?").format(
            title=command.title, count=len(runs)
        )
        detail = _("Once on each project: {command}").format(
            command=describe_command(command)
        )
        dialog = ConfirmDialog(question, detail)
        is_sure = await self._browser.app.push_screen_wait(dialog)
        return is_sure is True

    def _run_on_terminal(self, command: UserCommand, runs: Sequence[_Run]) -> None:
        """Lend the terminal to the program, once for each project."""
        from hunnan_tui.tui.terminal.editor import NoTerminalError, run_on_terminal

        failures = []
        for run in runs:
            try:
                result = run_on_terminal(self._browser.app, run.arguments)
            except NoTerminalError as error:
                self._browser.warn([f"{command.title}: {error}"])
                return
            if result:
                failures.append((run.name, _describe_failure(result, "")))
        self._report(command, runs, failures)

    async def _run(self, command: UserCommand, runs: Sequence[_Run]) -> None:
        """Run the program once for each project, one after the other."""
        failures: list[tuple[str, str]] = []
        self._running += 1
        try:
            for run in runs:
                why = await _run_program(run.arguments)
                failures += [(run.name, why)] if why else []
        finally:
            self._running -= 1
        self._report(command, runs, failures)

    def _report(
        self,
        command: UserCommand,
        runs: Sequence[_Run],
        failures: Sequence[tuple[str, str]],
    ) -> None:
        title = command.title
        if failures:
            name, why = failures[0]
            text = _("{title} failed on {name}: {why}")
            if len(runs) > 1:
                text = _("{title}: {failed:,} of {count:,} failed; on {name}: {why}")
            text = text.format(
                title=title, name=name, why=why, failed=len(failures), count=len(runs)
            )
            self._browser.notify(text, severity="error", timeout=15)
        elif len(runs) > 1:
            count = format_count(len(runs), "project")
            text = _("{title}: done on {projects}")
            self._browser.notify(text.format(title=title, projects=count))
        elif not command.suspend:
            self._browser.notify(_("{title}: done").format(title=title))


async def _run_program(arguments: Sequence[str]) -> str:
    """Run a program beside the keys; return why it failed, or an empty text."""
    # its errors go to a file: what a program leaves behind may keep a pipe open for ever
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own, and no shell
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                **detach_options(),
            )
        except (OSError, ValueError) as error:
            return _describe_failure(error, "")
        waits = iter(_WAITS)
        while (status := process.poll()) is None:
            await asyncio.sleep(next(waits, _WAITS[-1]))
        return _describe_failure(status, _read_first_line(errors)) if status else ""


def _describe_failure(result: int | Exception, line: str) -> str:
    """Return why a program failed, in words."""
    if isinstance(result, Exception):
        reason = getattr(result, "strerror", None) or str(result)
        return _("it could not be started: {reason}").format(reason=reason)
    if result < 0:
        text = _("signal {number}").format(number=-result)
    else:
        text = _("exit code {code}").format(code=result)
    return f"{text}: {line}" if line else text


def _read_first_line(file: IO[bytes]) -> str:
    """Return the first line that says something, cleaned."""
    file.seek(0)
    text = _COLOUR.sub("", file.read(_READ).decode(errors="replace"))
    lines = text.splitlines()
    return next(
        filter(None, (display_line(line[:_SHOWN]).strip() for line in lines)), ""
    )
