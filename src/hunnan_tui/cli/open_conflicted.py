"""Opens the app on a file with conflicts: on our side of it, which is not written to."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.selection import locate_files
from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import DataError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.files.private import hash_path, write_private
from hunnan_tui.merging.conflicted import Conflicted, read_conflicted
from hunnan_tui.storage.open_workspace import open_workspace


def find_conflicted(args: Namespace, path: Path, paths: Paths) -> Conflicted | None:
    """Return the conflicts of a file that cannot be opened; None if it has others.

    Args:
        args: What was typed.
        path: The file.
        paths: The folders of the user.
    """
    is_single = len(args.words or args.files) < 2 and not args.city
    if not is_single or paths.state is None:
        return None
    try:
        return read_conflicted(path)
    except DataError:
        return None


def show_conflicted(
    conflicted: Conflicted, args: Namespace, paths: Paths, settings: Settings
) -> bool:
    """Open the app on our side of a file; return whether the file can be opened now.

    Raises:
        DataError: Our side cannot be read either.
    """
    from hunnan_tui.tui.app import HunnanApp
    from hunnan_tui.tui.browser.conflicts import REOPEN
    from hunnan_tui.tui.terminal.signals import handle_signals

    path = conflicted.path.absolute()
    assert paths.state is not None  # noqa: S101 - find_conflicted needs it
    side = paths.state / "conflicts" / hash_path(path) / path.name
    write_private(side, conflicted.our_side, is_durable=False)
    why = _("git left conflicts in {name}: {key} decides them").format(
        name=display_line(path.name), key=name_key("file.conflicts")
    )
    args.words, args.files, args.notes = [], [str(side)], None
    try:
        workspace, messages = open_workspace(locate_files(args).lock(why))
        app = HunnanApp(
            workspace,
            session=Session(),
            messages=[why, *messages],
            settings=settings,
            paths=paths,
            conflicted=path,
        )
        try:
            with handle_signals(app.leave, lambda: app.is_away):
                result = app.run(mouse=settings.mouse)
        finally:
            workspace.close()
    finally:
        side.unlink(missing_ok=True)
    if app.crash is not None:
        raise app.crash
    return result == REOPEN
