"""Opens the app."""

from __future__ import annotations

import os
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from hunnan_tui.cli.catalog import FIRST_WORDS
from hunnan_tui.cli.key_names import name_keys_of
from hunnan_tui.cli.output import UsageError, are_terminals, get_locale, say
from hunnan_tui.config.paths import (
    Paths,
    choose_dataset,
    find_paths,
    get_current_folder,
)
from hunnan_tui.config.session import Session, load_session, save_session
from hunnan_tui.config.settings import Settings, explain_read_only, load_settings
from hunnan_tui.config.terminal_kind import (
    SwitchError,
    explain_undrawable,
    is_served,
    should_use_kitty_keys,
)
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.errors import DataError, SaveError
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.text import display_line, display_path, fold
from hunnan_tui.dataset.preview import load_preview

if TYPE_CHECKING:  # the first screen does not wait for them
    from hunnan_tui.core.model import Dataset
    from hunnan_tui.query.cache.reader import CachedFile
    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.app import HunnanApp

_LONGEST_COMMENT = 2_000
"""Bytes of a file up to which it is looked at whether there is anything in it."""


def open_app(args: Namespace) -> int:
    """Open the app and return its exit status.

    If a preview of the dataset can be shown, it is shown at once while the dataset is
    opened. Otherwise the dataset is read first, a large one only in part, so that one that
    cannot be read ends with a plain message.

    Raises:
        UsageError: There is no terminal, or the app cannot be drawn on it.
        DataError: The dataset cannot be read.
        NoSuchProjectError: The project to start on does not exist.
    """
    try:
        return _open(args)
    except DataError as error:
        return _open_conflicted(error, args)


def _open(args: Namespace) -> int:
    is_single = len(args.words or args.files) < 2 and not args.city
    path = _choose_path(args)
    paths = find_paths(os.environ)
    is_new = is_single and _is_new(path, paths)
    if args.words and not path.exists() and not _is_dataset_name(path):
        similar = get_close_matches(args.words[0], FIRST_WORDS)
        hint = (
            _(": did you mean {similar}?").format(similar=similar[0]) if similar else ""
        )
        raise UsageError(
            _("No such file and no such command: {words}{hint}").format(
                words=args.words[0], hint=hint
            )
        )
    if why := _explain_no_app():
        raise UsageError(_explain_new(path) if is_new else why)
    settings = _apply_options(load_settings(paths.config), args)
    name_keys_of(settings)
    _choose_keys(settings)
    if is_new and args.lock:
        raise UsageError(
            _("{new}, and {lock}").format(new=_explain_new(path), lock=args.lock)
        )
    from hunnan_tui.cli.terminal_title import show_title
    from hunnan_tui.tui.terminal.signals import handle_signals

    make = _create_new_app if is_new else _create_app
    app = make(args, path, paths, settings)
    result: object = None
    try:
        with (
            show_title([*map(Path, args.words or args.files or [path])], os.environ),
            handle_signals(app.leave, lambda: app.is_away),
        ):
            result = app.run(mouse=settings.mouse)
    finally:
        if app.is_open:
            app.workspace.close()
    if is_new and not app.is_open:
        if app.failure is not None:
            raise app.failure
        end = _("stays empty") if path.exists() else _("was not made")
        say(
            _("{path} {end}: nothing was written").format(
                path=display_path(path), end=end
            )
        )
        return app.return_code or 0
    state_path = app.workspace.store.state_path if app.is_open else path
    save_session(paths.sessions, state_path, app.session)
    if app.failure is None and app.is_open and app.workspace.is_complete:
        from hunnan_tui.storage.last_seen import save_last_seen

        workspace = app.workspace
        save_last_seen(paths.last_seen, workspace.store, workspace.log)
    if app.failure is not None:
        raise app.failure
    if app.crash is not None:
        _report_crash(app.crash, paths.state)
    if result is not None:  # the only one is to go on with the city's projects too
        return _reopen_with_city(args, paths, app.session.current)
    if not app.is_open or not app.workspace.status.unsaved:
        return app.return_code or 0
    consequence = app.workspace.journal_problem or _("it is kept for the next start")
    why = app.workspace.status.failed or _("Not saved: there was no time")
    say(f"{why}; {consequence}")
    return app.return_code or SaveError.exit_code


def _choose_path(args: Namespace) -> Path:
    """Return the first dataset that is named, else the usual one."""
    named = args.words or args.files
    name = Path(named[0]) if named else None
    return choose_dataset(name, os.environ, get_current_folder())[0]


def _open_conflicted(error: DataError, args: Namespace) -> int:
    """Open a file in which git left conflicts, and then the file; else raise the error."""
    from hunnan_tui.cli.open_conflicted import find_conflicted, show_conflicted

    path, paths = _choose_path(args), find_paths(os.environ)
    settings = _apply_options(load_settings(paths.config), args)
    name_keys_of(settings)
    conflicted = find_conflicted(args, path, paths)
    if conflicted is None:
        raise error
    named = args.words, args.files, args.notes
    can_open = show_conflicted(conflicted, args, paths, settings)
    args.words, args.files, args.notes = named
    return open_app(args) if can_open else 0


def _reopen_with_city(args: Namespace, paths: Paths, current: str) -> int:
    """Open the app with the city's projects too, the cursor where it was."""
    from hunnan_tui.cli.selection import locate_files

    args.city, args.view, args.query, args.id = True, None, None, None
    state_path = locate_files(args, args.words).state_path
    session = load_session(paths.sessions, state_path)
    save_session(paths.sessions, state_path, session._replace(current=current))
    return open_app(args)


def _is_dataset_name(path: Path) -> bool:
    return path.suffix.casefold() == ".toml"


def _is_new(path: Path, paths: Paths) -> bool:
    """Return whether a dataset can begin here: there is no file, or nothing in it.

    One that had projects when it was last open has lost them: it is not new.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        may_begin = _is_dataset_name(path)
    except OSError:
        return False
    else:
        if status.st_size > _LONGEST_COMMENT or not S_ISREG(status.st_mode):
            return False
        from hunnan_tui.storage.create_dataset import is_without_content

        may_begin = is_without_content(path)
    if not may_begin:
        return False
    from hunnan_tui.storage.last_seen import count_last_seen

    return not count_last_seen(paths.last_seen, path)[0]


def _explain_new(path: Path) -> str:
    name = display_path(path)
    what = (
        _("{name} is empty").format(name=name)
        if path.exists()
        else _("There is no file {name}").format(name=name)
    )
    return _("{what}: `hunnan-tui init {name}` begins a dataset").format(
        what=what, name=shlex.quote(name)
    )


def _explain_no_app() -> str:
    """Return why the app cannot be shown here; empty if it can."""
    if is_served(os.environ):
        return ""
    if not are_terminals(sys.__stdin__, sys.__stdout__, sys.__stderr__):
        return _("The app needs a terminal; `hunnan-tui list` does not")
    if why := explain_undrawable(os.environ):
        return _(
            "The app cannot be drawn here: {why}; set TERM to the terminal's type, "
            "such as xterm-256color, or use `hunnan-tui list`"
        ).format(why=why)
    return ""


def _apply_options(settings: Settings, args: Namespace) -> Settings:
    """Return the settings with what options change in them; set `args.lock`."""
    args.lock = explain_read_only(settings)
    if args.read_only:
        args.lock = _("--read-only was given")
    return settings._replace(
        ascii=settings.ascii or args.ascii,
        mouse=settings.mouse and not args.no_mouse,
        animation=settings.animation and not args.no_animation,
    )


def _choose_keys(settings: Settings) -> None:
    """Tell Textual, before it is imported, whether to ask for the kitty protocol."""
    try:
        is_used = should_use_kitty_keys(os.environ, settings.kitty_keys)
    except SwitchError as error:
        raise UsageError(str(error)) from error
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "0" if is_used else "1"


def _open_dataset(args: Namespace) -> tuple[Workspace, tuple[str, ...]]:
    from hunnan_tui.cli.selection import locate_files
    from hunnan_tui.storage import open_workspace

    files = locate_files(args, args.words).lock(args.lock)
    return open_workspace.open_workspace(files, partly=True)


def _create_new_app(
    args: Namespace, path: Path, paths: Paths, settings: Settings
) -> HunnanApp:
    """Return the app that begins a dataset, if its reader wants one."""
    from hunnan_tui.dataset.new_dataset import suggest_dataset
    from hunnan_tui.tui.startup import BeginningApp

    return BeginningApp(
        path,
        suggest_dataset("zh" if is_chinese() else get_locale()),
        partial(_open_dataset, args),
        settings,
        paths,
    )


def _create_app(
    args: Namespace, path: Path, paths: Paths, settings: Settings
) -> HunnanApp:
    """Return the app, with a preview of the dataset or with the dataset itself."""
    open_dataset = partial(_open_dataset, args)

    is_single = len(args.words or args.files) < 2 and not args.city
    if args.view is args.query is args.id is None and is_single:
        session = load_session(paths.sessions, path)
        # what is filtered or in another order takes the program to show
        is_plain = session == Session(current=session.current, recent=session.recent)
        first = load_preview(path) if is_plain else None
        if first is not None:
            # read while the app is imported
            snapshot = None if first.is_whole else _start_reading(path, paths)
            from hunnan_tui.tui.startup import StartingApp

            return StartingApp(first, open_dataset, session, settings, paths, snapshot)
    workspace, messages = open_dataset()
    from hunnan_tui.tui.app import HunnanApp

    try:
        if args.id is not None:
            args.id = _find_key(args.id, workspace)
        state_path = workspace.store.state_path
        session = _choose_session(args, state_path, paths, settings, workspace.dataset)
    except BaseException:
        workspace.close()
        raise
    return HunnanApp(
        workspace, session=session, messages=messages, settings=settings, paths=paths
    )


def _find_key(id: str, workspace: Workspace) -> str:
    """Return the key of the project with an id.

    Raises:
        NoSuchProjectError: There is none.
        AmbiguousIdError: There are several.
    """
    from hunnan_tui.cli.selection import find_project

    if id not in workspace.dataset.projects and not workspace.is_complete:
        workspace.load()
    return find_project(workspace.dataset, id, workspace.store.path).key


def _start_reading(path: Path, paths: Paths) -> Callable[[], CachedFile] | None:
    """Start reading a large file in a thread; return what waits for the result."""
    from concurrent.futures import ThreadPoolExecutor

    from hunnan_tui.query.cache.reader import read_snapshot

    executor = ThreadPoolExecutor(1)
    try:
        snapshot = executor.submit(read_snapshot, path, paths.cache)
    except RuntimeError:  # no more threads
        return None
    executor.shutdown(wait=False)
    return snapshot.result


def _choose_session(
    args: Namespace, path: Path, paths: Paths, settings: Settings, dataset: Dataset
) -> Session:
    """Return the session that was asked for, else the last one."""
    if args.view is None and args.query is None and args.id is None:
        return load_session(paths.sessions, path)
    from hunnan_tui.config.views import AUTOMATIC, name_view
    from hunnan_tui.core.model import View

    view = View("")
    if args.view is not None:
        views = (*settings.views, *dataset.views, *AUTOMATIC)
        wanted = fold(args.view)
        matches = [
            view for view in views if wanted in (fold(view.name), fold(name_view(view)))
        ]
        if not matches:
            for problem in settings.problems:  # the view may be among them
                say(str(problem))
            names = join_names(display_line(name_view(view)) for view in views)
            raise UsageError(
                _("There is no view {view!r}; there are: {names}").format(
                    view=args.view, names=names
                )
            )
        view = matches[0]
    query = args.query if args.query is not None else view.query
    return Session(query, view=(view.name, view.query), current=args.id or "")


def _report_crash(error: Exception, folder: Path | None) -> None:
    """Report an error in the program without the reader's texts."""
    if os.environ.get("HUNNAN_TUI_DEBUG"):
        raise error
    from hunnan_tui.cli.output import silence_warnings
    from hunnan_tui.files.system_limits import explain_limit

    silence_warnings()
    if why := explain_limit(error):
        say(_("hunnan-tui: {why}").format(why=why))
        return
    from hunnan_tui.tui.terminal.crash import write_report

    path = write_report(error, folder)
    where = _(" (where: {path})").format(path=path) if path else ""
    say(
        _("hunnan-tui: unexpected {name}, an error in the program{where}").format(
            name=type(error).__name__, where=where
        )
    )
