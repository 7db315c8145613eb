"""The commands that change facts, projects and sources."""

from __future__ import annotations

from hunnan_tui.cli.command import UNLIMITED, Choices, Option, declare_edit, switch
from hunnan_tui.core.language import N_

_SOURCE = (
    Option(("--source",), N_("the id of the source that says it"), "ID"),
    switch("--own-knowledge", help=N_("you know it, and no source says it: as usual")),
)
_NEW = switch("--new", help=N_("make a field of a name that is like another one"))
_VALUES = N_("""\
FIELD is a name as in queries, or a field of your own; a name that nothing has becomes
one. FIELD= removes it; FIELD+=VALUE and FIELD-=VALUE add to a list and take from it:
industries, sources, parties, events, facts. Values as people write them: 3.2亿, 1.2bn,
约3亿, 5亿以上; 2023-03, 2023年3月8日, today; stages and industries by name; a party as
NAME (ROLE), several with ; between them; an event as DAY WHAT.""")

FACT_COMMANDS = (
    declare_edit(
        "set",
        N_("change facts of projects"),
        "commands.set.set_facts",
        (
            "set aecc-gas-turbine-base investment=3.2亿 --source cd-20230308",
            "set -q 'stage:signed' district=Hunnan leader=张三",
        ),
        "ID FIELD=VALUE [FIELD=VALUE ...]",
        (2, UNLIMITED),
        takes_pairs=True,
        options=(*_SOURCE, _NEW),
        details=(_VALUES,),
    ),
    declare_edit(
        "stage",
        N_("move projects to a stage"),
        "commands.stage.move_projects",
        (
            "stage aecc-gas-turbine-base construction --date 2023-08-21",
            "stage -q 'tag:visited' 签约 --date today --source cd-20230308",
        ),
        "ID STAGE",
        (2, 2),
        options=(
            Option(("--date",), N_("the day that it was reached; else today"), "DATE"),
            Option(
                ("--what",), N_("what happened; else the name of the stage"), "TEXT"
            ),
            *_SOURCE,
        ),
        details=(
            N_("""\
STAGE is an id, a name in either language, or its beginning. The event, the stage and
its day are written in one step."""),
        ),
    ),
    declare_edit(
        "add",
        N_("add a project"),
        "commands.add.add_project",
        (
            "add 'Turbine Blade Plant' stage=signed investment=1.2bn",
            "add 浑南储能基地 district=Hunnan --id storage-base --dry-run",
        ),
        "NAME [FIELD=VALUE ...]",
        (1, UNLIMITED),
        takes_id=False,
        takes_pairs=True,
        options=(
            Option(("--id",), N_("its id; else made from the name"), "ID"),
            *_SOURCE,
            _NEW,
            switch("--force", help=N_("add it even if a project has the same name")),
        ),
        details=(
            N_("""\
It prints the id. Projects that it may repeat are named; one of the same name or page
keeps it from being added, unless --force is given."""),
            _VALUES,
        ),
    ),
    declare_edit(
        "amounts",
        N_("turn amounts that are texts into numbers"),
        "commands.amounts.write_numbers",
        ("amounts --dry-run", "amounts projects.toml"),
        "",
        (0, 0),
        takes_id=False,
        details=(
            N_("""\
"3.2亿" and "12.5 bn" are read as amounts in any case; `check` notes them. A text that
says about or over leaves it as the qualifier."""),
        ),
    ),
    declare_edit(
        "source add",
        N_("add a source"),
        "commands.source.add_source",
        (
            "source add --title 'Works begin' --publisher 'China Daily' --date 2026-11-20",
            "source add --id sy-1 --title 签约 --url https://example.org/1 --kind media",
        ),
        "",
        (0, 0),
        takes_id=False,
        options=(
            Option(("--title",), N_("its title"), "TEXT"),
            Option(("--publisher",), N_("who published it"), "NAME"),
            Option(("--date",), N_("when it was published"), "DATE"),
            Option(("--url",), N_("its address"), "URL"),
            Option(("--archive",), N_("the address of a stored copy"), "URL"),
            Option(
                ("--kind",),
                N_("what it is"),
                "KIND",
                Choices(lambda: ("official", "media", "copy", "reference")),
            ),
            Option(("--note",), N_("what is to be known of it"), "TEXT"),
            Option(("--id",), N_("its id; else made from publisher and date"), "ID"),
            switch("--force", help=N_("add it even if a source has the same address")),
        ),
        details=(N_("It prints the id, for --source and for `set ID sources+=ID`."),),
    ),
)
"""The commands that change facts, in the order of help."""
