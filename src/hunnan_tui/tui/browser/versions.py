"""Asks which version of the file to compare with: commits, tags and branches of git."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser

if TYPE_CHECKING:
    from hunnan_tui.versions.history import Commit, Reference

_MOST = 100
"""Commits that are offered; the others have names, or hashes for `git show`."""
_FILE = "file"


class OtherVersion(NamedTuple):
    """What the open file is compared with."""

    name: str = ""
    """What it is called; empty for another file."""
    text: bytes = b""


async def choose_version(browser: Browser) -> OtherVersion | None:
    """Return the version that was chosen, or that another file is meant; None for none.

    Where there is no history of the file, nothing is asked: another file is meant.
    """
    from hunnan_tui.tui.dialogs.choose import ChooseDialog
    from hunnan_tui.versions.program import GitError

    stores = browser.workspace.store.members
    path = stores[0].path
    options = await asyncio.to_thread(_list_options, path) if len(stores) == 1 else []
    if not options:
        return OtherVersion()
    options.insert(0, (_FILE, Content(_("Another file…"))))
    dialog = ChooseDialog(_("Compare with"), options)
    chosen = await browser.app.push_screen_wait(dialog)
    if chosen is None or chosen == _FILE:
        return None if chosen is None else OtherVersion()
    commit, _space, name = chosen.partition(" ")
    from hunnan_tui.versions.history import read_text

    try:
        text = await asyncio.to_thread(read_text, path, commit)
    except GitError as error:
        browser.warn([_("Not in {name}: {why}").format(name=name, why=error)])
        return None
    return OtherVersion(name, text)


def _list_options(path: Path) -> list[tuple[str, Content]]:
    """Return what can be chosen, each with its commit and its name."""
    from hunnan_tui.versions.history import list_commits, list_references
    from hunnan_tui.versions.program import GitError

    try:
        commits, references = list_commits(path, _MOST), list_references(path)
    except GitError:
        return []
    return [*_offer_references(references), *_offer_commits(commits)] if commits else []


def _offer_references(references: Sequence[Reference]) -> Iterator[tuple[str, Content]]:
    for name, commit, kind in references:
        shown = display_line(name)
        label = Content.assemble(f"{kind:<11}", (shown, "bold"))
        yield f"{commit} {shown}", label


def _offer_commits(commits: Sequence[Commit]) -> Iterator[tuple[str, Content]]:
    for commit in commits:
        day = f"{commit.at:%Y-%m-%d}" if commit.at else commit.short
        author, subject = display_line(commit.author), display_line(commit.subject)
        label = Content.assemble(
            f"{day:<11}", author, ("  " + subject[:200], "$foreground-muted")
        )
        yield f"{commit.hash} {commit.short} {day}", label
