"""The wording of the main screen: counts, saved state, empty result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from hunnan_tui.core.cell_width import cut, measure_width, pad
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.fields import FIELDS
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Note, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line
from hunnan_tui.query.language.query import QueryProblem
from hunnan_tui.tui.presenters.card_parts import format_note_time
from hunnan_tui.tui.presenters.commands import CommandEntry

if TYPE_CHECKING:
    from hunnan_tui.query.engine.completion import Completion
    from hunnan_tui.query.engine.matches import Match

_COMPLETION_WIDTH = 36
"""Cells of a completion at most, in the list of them."""
_PLACES = re.compile(r"\{(\w+)\}")
_REASONS = 3
"""Matches that the detail pane lists."""


def explain_empty_list(dataset: Dataset, words: str, chosen: Iterable[str]) -> Content:
    """Say why the list is empty, and which key helps."""
    if not dataset.projects:
        text = _(
            "There are no projects yet.\n\n{key} adds one: its name is enough.\n\n"
            "{command}\nbrings a ledger: a spreadsheet, CSV or JSON."
        )
        return _fill_in(text, key="A", command="hunnan-tui import TABLE --into FILE")
    parts = [display_line(label) for label in chosen]
    if words.strip():
        parts.insert(0, f"“{display_line(words.strip()[:80])}”")
    matches = _(" and ").join(parts) or _("the filter")
    before, _place, after = _(
        "No project matches {filter}.\n\n{key} clears the filter"
    ).partition("{filter}")
    return Content.assemble(before, matches, _fill_in(after, key="esc"))


def _fill_in(text: str, **bold: str) -> Content:
    """Return a message with some of its places filled in, bold."""
    parts = _PLACES.split(text)  # every other part is the name of a place
    return Content.assemble(
        *((bold[part], "bold") if n % 2 else part for n, part in enumerate(parts))
    )


def format_note(note: Note) -> Content:
    """Return a note on one line: its time and its first words."""
    first = next((line for line in note.text.splitlines() if line.strip()), "")
    text = display_line(first[:120])
    return Content.assemble((format_note_time(note), "$foreground-muted"), "  ", text)


def format_command(command: CommandEntry) -> Content:
    """Return a command on one line: its keys, its name, what it does."""
    keys = pad(command.keys, 12)
    more = f"  {command.help}" if command.help else ""
    return Content.assemble(
        (keys, "bold"), " ", command.name, (more, "$foreground-muted")
    )


def format_example(query: str, what: str, count: int) -> Content:
    """Return an example on one line: number of matches, query, explanation."""
    return Content.assemble(
        (f"{count:>7,}  ", "dim"), (query, "bold"), "  ", (what, "$foreground-muted")
    )


def format_hint(problems: Sequence[QueryProblem], text: str = "") -> Content | None:
    """Return the most severe problem of a query; None if it has none.

    Args:
        problems: All of them.
        text: The query. Brackets that it lacks at its end are drawn there, and not
            talked about.
    """
    ranked = sorted(
        (problem for problem in problems if problem.fix != f"{text})"),
        key=lambda problem: problem.severity != "error",
    )
    if not ranked:
        return None
    first = ranked[0]
    more = f" ({display_line(first.hint)})" if first.hint else ""
    style = "$text-error" if first.severity == "error" else "$foreground-muted"
    return Content.styled(f"{display_line(first.message)}{more}", style)


def format_reasons(matches: Sequence[Match]) -> list[str]:
    """Return where a query matches; nothing if it matches a visible name."""
    if any(match.field.startswith("name") for match in matches):
        return []
    return [
        # the text of a key that the schema does not know begins with it
        _("found in {text}").format(text=match.text)
        if match.field == "other"
        else _("found in {field}: {text}").format(
            field=_name_field(match.field), text=match.text
        )
        for match in matches[:_REASONS]
    ]


def _name_field(field: str) -> str:
    word = FIELDS[field].word if field in FIELDS else field
    return word.replace("_", " ")


def format_completions(offered: Sequence[Completion]) -> list[Content]:
    """Return a line for each completion: what is typed, its count, its name in words."""
    names = [
        cut(display_line(completion.insert), _COMPLETION_WIDTH)
        for completion in offered
    ]
    width = max(map(measure_width, names), default=0)
    is_counted = any(completion.count is not None for completion in offered)
    return [
        Content.assemble(
            pad(name, width),
            (_format_completion_count(completion, is_counted=is_counted), "bold"),
            (
                f"  {display_line(completion.label)}"
                if completion.label != completion.insert.strip('"')
                else "",
                "$foreground-muted",
            ),
        )
        for completion, name in zip(offered, names, strict=True)
    ]


def _format_completion_count(completion: Completion, *, is_counted: bool) -> str:
    if not is_counted:
        return ""
    return f"{completion.count:>8,}" if completion.count is not None else " " * 8


def describe_projects(projects: Sequence[Project]) -> str:
    """Return the name of a single project, or how many there are."""
    if len(projects) == 1:
        return name_briefly(projects[0])
    return format_count(len(projects), "project")
