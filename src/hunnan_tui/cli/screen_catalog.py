"""The commands that say as plain text what a screen of the app shows."""

from __future__ import annotations

from hunnan_tui.cli.command import (
    ID_DETAILS,
    QUERY,
    TEXT_FORMAT,
    UNLIMITED,
    Command,
    Option,
    switch,
)
from hunnan_tui.core.language import N_

SCREEN_COMMANDS = (
    Command(
        "agenda",
        N_("print what there is to do"),
        "commands.agenda.print_agenda",
        ("agenda", "agenda -q '#watch' --format json"),
        options=(
            QUERY,
            Option(("--owner",), N_("whose, with what is nobody's; else all"), "NAME"),
            TEXT_FORMAT,
        ),
        details=(
            N_("""\
What the screen My work shows: half-written notes, texts that the file has lost, what
is overdue, due today or soon, open needs, watched projects without news, and what
others have changed since your last visit in the app."""),
        ),
    ),
    Command(
        "board",
        N_("print the projects of each stage"),
        "commands.board.print_board",
        ("board", "board -q 'industry:it' --format md"),
        options=(QUERY, TEXT_FORMAT),
        details=(N_("The largest investments of a stage come first."),),
    ),
    Command(
        "timeline",
        N_("print what happened to projects, the latest first"),
        "commands.timeline.print_timeline",
        ("timeline", "timeline -q 'stage:construction'"),
        options=(QUERY, TEXT_FORMAT),
        details=(N_("A date without a day stands behind the days that it covers."),),
    ),
    Command(
        "compare",
        N_("print what projects state, field by field"),
        "commands.compare.print_comparison",
        (
            "compare aecc-gas-turbine-base chenglin-gas-turbine-base",
            "compare -q turbine --differing",
        ),
        "ID ID [ID ...] [DATA]",
        1,
        UNLIMITED,
        options=(
            QUERY,
            TEXT_FORMAT,
            switch("--differing", help=N_("only the fields in which they differ")),
        ),
        details=(ID_DETAILS,),
        takes_id=True,
        takes_text=True,
    ),
    Command(
        "related",
        N_("print the projects that have something in common with one"),
        "commands.related.print_related",
        ("related aecc-gas-turbine-base", "related aecc-gas-turbine-base --format md"),
        "ID [DATA]",
        1,
        1,
        options=(TEXT_FORMAT,),
        details=(N_("A party, a place, a source or a published total."),),
        takes_text=True,
    ),
    Command(
        "health",
        N_("print what projects lack, and how old their news are"),
        "commands.health.print_health",
        ("health", "health -q 'stage>=signed' --format json"),
        options=(QUERY, TEXT_FORMAT),
        details=(N_("Problems of the file itself are printed by check."),),
    ),
)
"""They stand behind `stats` and `coverage`, which say what the pipeline shows."""
