"""What the tour asks for, step by step, and how it knows that it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hunnan_tui.core.language import N_


class Progress(NamedTuple):
    """What the reader of the tour has done so far."""

    filter: str = ""
    """What the list is filtered by; empty while it is being typed."""
    shown: int = 0
    """Projects in the list."""
    tags: int = 0
    """Tags on all projects."""
    notes: int = 0
    page: str = ""
    """The name of the class of the screen on top; empty for the main one."""


class TourStep(NamedTuple):
    """One thing to do."""

    title: str
    text: str
    """What to press, and what comes of it; markup for keys."""
    is_done: Callable[[Progress, Progress], bool]
    """Whether it was done, from what was so when the step began to what is so now."""


def _is_filtered(_: Progress, now: Progress) -> bool:
    return bool(now.filter.strip() and now.shown)


def _is_taken_back(before: Progress, now: Progress) -> bool:
    return now.tags + now.notes < before.tags + before.notes


STEPS = (
    TourStep(
        N_("Filter"),
        N_(
            "Press [b]/[/b] and type a word, such as [b]turbine[/b]: the list follows each "
            "letter. [b]Enter[/b] goes to the list."
        ),
        _is_filtered,
    ),
    TourStep(
        N_("Tag"),
        N_(
            "[b]t[/b] opens the tags of the project under the cursor. Type one, such as "
            "[b]visit[/b]: [b]Enter[/b] adds it, [b]esc[/b] is done. The file has it at once."
        ),
        lambda before, now: now.tags > before.tags,
    ),
    TourStep(
        N_("Note"),
        N_(
            "[b]n[/b] opens a note. Write a line and press [b]ctrl+s[/b]. With [b]esc[/b] it "
            "would be kept as a draft: nothing that you type is lost."
        ),
        lambda before, now: now.notes > before.notes,
    ),
    TourStep(
        N_("Undo"),
        N_(
            "[b]u[/b] takes back what was done last, here the note. It goes on to what was "
            "before, also after a restart."
        ),
        _is_taken_back,
    ),
    TourStep(
        N_("Coverage"),
        N_(
            "[b]p[/b] shows how far the projects are, and what was announced beside what is "
            "known of it."
        ),
        lambda _, now: now.page == "PipelinePage",
    ),
    TourStep(
        N_("Back"),
        N_(
            "[b]Enter[/b] on a row lists its projects; [b]esc[/b] comes back, here as "
            "everywhere."
        ),
        lambda _, now: not now.page,
    ),
    TourStep(
        N_("That is all"),
        N_(
            "[b]?[/b] lists the keys that work where you are, [b]:[/b] finds every command. "
            "What you did here was done in a copy, which goes when you leave."
        ),
        lambda _before, _now: False,
    ),
)
"""The last one is never done: the reader leaves."""


class Tour:
    """How far the reader is."""

    def __init__(self, now: Progress) -> None:
        """Begin; `now` is what is so before anything was done."""
        self._number = 0
        self._before = now

    @property
    def number(self) -> int:
        """The index of the step in `STEPS`."""
        return self._number

    def follow(self, now: Progress) -> bool:
        """Go on if what the step asks for is done; return whether it is."""
        if not STEPS[self._number].is_done(self._before, now):
            return False
        self._number += 1
        self._before = now
        return True
