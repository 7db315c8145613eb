"""What the help says of the data in use: which file, how old, how much, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hunnan_tui.core.counts import format_count, join_names
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line, display_path


def describe_data(
    dataset: Dataset,
    paths: Sequence[Path],
    *,
    notes: str,
    problems: int,
    settings: Path | None,
) -> list[tuple[str, str]]:
    """Return labels and texts.

    Args:
        dataset: What is open.
        paths: Its files.
        notes: The file that tags and notes go to; empty for the dataset.
        problems: How many the files have.
        settings: The file of the settings.
    """
    projects, sources = len(dataset.projects), len(dataset.sources)
    counts = [format_count(projects, "project"), format_count(sources, "source")]
    if dataset.announcements:
        counts.append(format_count(len(dataset.announcements), "published total"))
    facts = [
        (_("Title"), dataset.title),
        *((_("File"), display_path(path)) for path in paths),
        (_("Data of"), dataset.updated or _("not stated")),
        (_("Has"), join_names(counts)),
        (_("Amounts in"), dataset.currency or _("no stated currency")),
        (_("Notes go to"), notes or _("the file itself")),
        (_("Problems"), f"{problems:,}" if problems else _("none")),
        (_("Settings"), display_path(settings) if settings else _("nowhere")),
    ]
    return [(label, display_line(text[:300])) for label, text in facts if text]
