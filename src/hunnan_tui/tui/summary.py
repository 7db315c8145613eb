"""The sentences of the main screen: counts, saved state, empty result."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from hunnan_tui.amounts import short
from hunnan_tui.model import Dataset, Note, Project
from hunnan_tui.text import display_line
from hunnan_tui.tui.card import currency, note_time
from hunnan_tui.tui.commands import Command
from hunnan_tui.workspace import Status


def counts(
    dataset: Dataset,
    shown: Iterable[Project],
    *,
    marked: int = 0,
    marked_shown: int = 0,
    problems: int = 0,
) -> str:
    """Return "3 of 73 projects · 3 bn yuan, 2 not stated"."""
    amounts = [project.investment for project in shown]
    stated = [amount for amount in amounts if amount is not None]
    missing = len(amounts) - len(stated)
    text = f"{len(amounts):,} of {len(dataset.projects):,} projects"
    text += f" · {short(sum(stated))} {currency(dataset)}"
    if missing:
        text += f", {missing:,} not stated"
    if marked:
        text += f" · {marked:,} marked"
        if marked_shown != marked:
            text += f", {marked_shown:,} visible"
    if problems:
        text += f" · {problems:,} problems in the file (!)"
    return text


def title(dataset: Dataset) -> str:
    """Return what the dataset is called, cut to what a line can hold."""
    return display_line((dataset.title or dataset.title_zh or "Projects")[:60])


def saved(
    status: Status, read_only: str, destination: str, unreadable: str = ""
) -> Content:
    """Return the saved state in words; the truth, and what to do about it.

    Args:
        status: What is in the file and what is not.
        read_only: Why nothing can be saved, or an empty text.
        destination: Where edits go when not into the dataset, or an empty text.
        unreadable: Why the file cannot be read at the moment, or an empty text.
    """
    if unreadable and not status.failed:
        return Content.styled(
            f"last good state · {display_line(unreadable)}", "bold $text-error"
        )
    if status.failed:
        reason = display_line(status.failed)
        return Content.styled(
            f"not saved: {reason} · ctrl+s tries again", "bold $text-error"
        )
    if status.saving or status.unsaved:
        return Content.styled("saving", "$text-warning")
    if read_only:
        return Content.styled(f"read-only: {display_line(read_only)}", "$text-warning")
    if status.saved_at is not None:
        return Content.styled(f"saved {status.saved_at:%H:%M}", "$text-success")
    if destination:
        return Content.styled(f"notes go to {display_line(destination)}", "$text-muted")
    return Content("")


def nothing_found(dataset: Dataset, words: str, chosen: Iterable[str]) -> Content:
    """Say why the list is empty, and what to press."""
    if not dataset.projects:
        return Content(
            "This dataset has no projects yet.\n\nAdd a [[projects]] table to the file, "
            "with an id and a name;\nit appears here by itself."
        )
    parts = [display_line(each) for each in chosen]
    if words.strip():
        parts.insert(0, f"“{display_line(words.strip()[:80])}”")
    matches = " and ".join(parts) or "the filter"
    return Content.assemble(
        f"No project matches {matches}.\n\n", ("esc", "bold"), " clears the filter"
    )


def note(note: Note) -> Content:
    """Return a note on one line: when, and how it begins."""
    first = next((line for line in note.text.splitlines() if line.strip()), "")
    text = display_line(first[:120])
    return Content.assemble((note_time(note.at), "$text-muted"), "  ", text)


def command(command: Command) -> Content:
    """Return a command on one line: its keys, its name, what it does."""
    keys = command.keys.ljust(12)
    more = f"  {command.help}" if command.help else ""
    return Content.assemble((keys, "bold"), " ", command.name, (more, "$text-muted"))
