"""What every import says on standard error: progress, problems, the map."""

from __future__ import annotations

from hunnan_tui.cli.output import say
from hunnan_tui.core.counts import join_words
from hunnan_tui.core.errors import Level, SaveError, count_level
from hunnan_tui.core.language import N_, _
from hunnan_tui.files.new_file import write_file
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.prepare import Prepared

LEFT_OUT = 1
"""The exit status for rows that were left out, or open questions."""
READING_TABLE = N_("Reading the table")


def tell_problems(converter: Converter) -> None:
    """Say what is wrong with the table, cell by cell."""
    problems = converter.problems
    for problem in problems.problems:
        say(str(problem))
    if problems.untold:
        say(_("… and {untold:,} more problems").format(untold=problems.untold))
    counts = problems.counts
    if counts:
        shown = (count_level(level, counts[level]) for level in Level if counts[level])
        say(join_words(shown))


def keep_map(prepared: Prepared) -> None:
    """Write a new map; one that is there is never written."""
    if not prepared.is_new_map:
        return
    try:
        write_file(prepared.map_path, prepared.map_text.encode("utf-8", "replace"))
    except SaveError as error:
        say(
            _("The map was not kept: {error} (say where with --map)").format(
                error=error
            )
        )
    else:
        say(
            _("{map_path}: the map, to change what is wrong").format(
                map_path=prepared.map_path
            )
        )


def tell_no_base(problem: str) -> None:
    """Say that the next import will know less, and why."""
    if problem:
        say(
            _(
                "What was written could not be kept beside the map: {problem}; the "
                "next import of the table cannot tell your changes from those of the "
                "table"
            ).format(problem=problem)
        )
