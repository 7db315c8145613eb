"""Opens the app."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from hunnan_tui import opening
from hunnan_tui.cli.parser import HELP
from hunnan_tui.cli.projects import files
from hunnan_tui.cli.streams import UsageError, say
from hunnan_tui.errors import SaveError
from hunnan_tui.model import View
from hunnan_tui.opening import Files
from hunnan_tui.session import Session, load_session, save_session
from hunnan_tui.text import display_line, fold

_ALLOCATIONS = 100_000
"""New objects after which Python looks for garbage: a start makes many and drops few."""


def open_app(args: Namespace) -> int:
    """Open the app and return its exit status.

    The dataset is read before, so that one that cannot be read is a plain message; of
    a large one only the beginning.

    Raises:
        UsageError: There is no terminal.
        DataError: The dataset cannot be read.
    """
    gc.set_threshold(_ALLOCATIONS)
    chosen = files(args, args.words)
    if args.words and not chosen.path.exists():
        near = get_close_matches(args.words[0], {name.split()[0] for name in HELP})
        hint = f": did you mean {near[0]}?" if near else ""
        raise UsageError(f"No such file and no such command: {args.words[0]}{hint}")
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if not all(stream is not None and stream.isatty() for stream in streams):
        raise UsageError("The app needs a terminal; `hunnan-tui list` does not")
    workspace, messages = opening.open_workspace(chosen, partly=True)
    from hunnan_tui.settings import load_settings
    from hunnan_tui.tui.app import HunnanApp
    from hunnan_tui.tui.ending import ending
    from hunnan_tui.views import AUTOMATIC

    settings = load_settings(chosen.places.config)
    if args.ascii:
        settings = replace(settings, ascii=True)
    try:
        views = (*settings.views, *workspace.dataset.views, *AUTOMATIC)
        session = _session(args, chosen, views)
        app = HunnanApp(
            workspace,
            session=session,
            messages=messages,
            settings=settings,
            places=chosen.places,
        )
        with ending(app.leave, lambda: app.is_away):
            app.run()
    finally:
        workspace.close()
    save_session(chosen.places.sessions, chosen.path, app.session)
    if app.failure is None and workspace.is_complete:
        from hunnan_tui.seen import keep_seen

        keep_seen(chosen.places.seen, workspace.store)
    if app.failure is not None:
        raise app.failure
    if app.crash is not None:
        _tell(app.crash, chosen.places.state)
    status = workspace.status
    if not status.unsaved:
        return app.return_code or 0
    kept = workspace.journal_problem or "it is kept for the next start"
    say(f"{status.failed or 'Not saved: there was no time'}; {kept}")
    return app.return_code or SaveError.exit_code


def _session(args: Namespace, chosen: Files, views: Sequence[View]) -> Session:
    """Return what the app starts with: what was asked for, else where it was left."""
    if args.view is None and args.query is None and args.id is None:
        return load_session(chosen.places.sessions, chosen.path)
    view = View("")
    if args.view is not None:
        named = [each for each in views if fold(each.name) == fold(args.view)]
        if not named:
            names = ", ".join(display_line(each.name) for each in views) or "none"
            raise UsageError(f"There is no view {args.view!r}; there are: {names}")
        view = named[0]
    query = args.query if args.query is not None else view.query
    return Session(query, view=(view.name, view.query), current=args.id or "")


def _tell(error: Exception, folder: Path | None) -> None:
    """Say that the program has an error, without what the reader has written."""
    if os.environ.get("HUNNAN_TUI_DEBUG"):
        raise error
    from hunnan_tui.tui.crash import report

    path = report(error, folder)
    where = f" (where: {path})" if path else ""
    say(
        f"hunnan-tui: unexpected {type(error).__name__}, an error in the program{where}"
    )
