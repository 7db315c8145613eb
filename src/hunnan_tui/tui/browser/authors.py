"""Who writes: the name beside notes, events and tasks."""

from __future__ import annotations

from dataclasses import replace

from hunnan_tui.core.changes import Edit, Transaction
from hunnan_tui.core.fact_changes import ChangeFacts
from hunnan_tui.core.fact_origin import sign_events
from hunnan_tui.tui.browser.base import Browser


def find_author(browser: Browser) -> str:
    """Return the reader's name: what the settings say, else git; empty if neither does."""
    if browser.settings.author or browser.app.is_web:
        return browser.settings.author  # git knows who serves, not who writes
    from hunnan_tui.config.author import read_git_author

    return read_git_author(browser.workspace.store.path.absolute().parent)


def sign(transaction: Transaction, browser: Browser) -> Transaction:
    """Return a transaction whose new events have the reader's name."""
    if not any(_adds_events(edit) for edit in transaction.edits):
        return transaction
    author = find_author(browser)
    edits = tuple(
        replace(edit, change=sign_events(edit.change, author))
        if isinstance(edit.change, ChangeFacts)
        else edit
        for edit in transaction.edits
    )
    return replace(transaction, edits=edits)


def _adds_events(edit: Edit) -> bool:
    change = edit.change
    return isinstance(change, ChangeFacts) and any(
        step.key == "events" for step in change.steps
    )
