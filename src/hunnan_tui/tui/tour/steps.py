"""What the tour asks for, step by step, and how it knows that it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from string import Formatter
from typing import NamedTuple

from hunnan_tui.core.language import N_

ENTER = "enter"
"""Stands for the key itself, where no binding has it."""


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
    """What to press, and what comes of it; keys stand in braces."""
    keys: Mapping[str, str]
    """The bindings whose keys fill the braces."""
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
            "Press {filter} and type a word, such as turbine: the list follows each "
            "letter. {enter} goes to the list."
        ),
        {"filter": "filter.open", "enter": ENTER},
        _is_filtered,
    ),
    TourStep(
        N_("Tag"),
        N_(
            "{tags} opens the tags of the project under the cursor. Type one, such as "
            "visit: {enter} adds it, {apply} is done. The file has it at once."
        ),
        {"tags": "tags.edit", "enter": "tags.toggle", "apply": "tags.apply"},
        lambda before, now: now.tags > before.tags,
    ),
    TourStep(
        N_("Note"),
        N_(
            "{note} opens a note. Write a line and press {save}. With {leave} it would "
            "be kept as a draft: nothing that you type is lost."
        ),
        {"note": "notes.add", "save": "note.save", "leave": "note.leave"},
        lambda before, now: now.notes > before.notes,
    ),
    TourStep(
        N_("Undo"),
        N_(
            "{undo} takes back what was done last, here the note. It goes on to what was "
            "before, also after a restart."
        ),
        {"undo": "edit.undo"},
        _is_taken_back,
    ),
    TourStep(
        N_("Coverage"),
        N_(
            "{pipeline} shows how far the projects are, and what was announced beside "
            "what is known of it."
        ),
        {"pipeline": "pipeline.open"},
        lambda _, now: now.page == "PipelinePage",
    ),
    TourStep(
        N_("Back"),
        N_(
            "{enter} on a row lists its projects; {back} comes back, here as everywhere."
        ),
        {"enter": "lines.open", "back": "page.back"},
        lambda _, now: not now.page,
    ),
    TourStep(
        N_("That is all"),
        N_(
            "{help} lists the keys that work where you are, {palette} finds every command. "
            "What you did here was done in a copy, which goes when you leave."
        ),
        {"help": "app.help", "palette": "app.palette"},
        lambda _before, _now: False,
    ),
)
"""The last one is never done: the reader leaves."""


def fill_keys(
    text: str, bindings: Mapping[str, str], keys: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text: what stands as it is, and the key behind it or nothing.

    Args:
        text: Keys stand in braces.
        bindings: The id of the binding of each name in braces.
        keys: The key of each binding, as it is written for people.
    """
    for literal, name, _spec, _conversion in Formatter().parse(text):
        binding = bindings.get(name or "", "")
        yield literal, keys.get(binding, binding) if binding else ""


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
