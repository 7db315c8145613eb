"""All commands. To add one, write its function in `commands/` and declare it here."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.cli.command import (
    ID_DETAILS,
    OUTPUT,
    QUERY,
    TEXT_FORMAT,
    TEXT_OR_JSON,
    UNLIMITED,
    Choices,
    Command,
    Option,
    declare_edit,
    switch,
)
from hunnan_tui.cli.fact_catalog import FACT_COMMANDS
from hunnan_tui.cli.help_catalog import HELP_COMMANDS
from hunnan_tui.cli.screen_catalog import SCREEN_COMMANDS
from hunnan_tui.cli.settings_catalog import SETTINGS_COMMANDS
from hunnan_tui.core.language import N_


def _list_formats() -> tuple[str, ...]:
    from hunnan_tui.export.formats.registry import FORMATS

    listed = (
        file_format.name for file_format in FORMATS.values() if file_format.is_listed
    )
    return ("table", "ids", *listed)


def _list_export_formats() -> tuple[str, ...]:
    from hunnan_tui.export.formats.registry import FORMATS

    return tuple(FORMATS)


def _list_briefing_formats() -> tuple[str, ...]:
    from hunnan_tui.export.formats.registry import BRIEFINGS

    return tuple(BRIEFINGS)


def _list_starting_sets() -> tuple[str, ...]:
    from hunnan_tui.dataset.starting_sets import SETS

    return tuple(SETS)


_FORCE = switch("--force", help=N_("replace an existing file"))
_WITH_NOTES = switch("--own", help=N_("include your tags, needs and notes"))
OPEN = Command(
    "",
    N_("browse the industrial projects of a place, and keep notes on them"),
    "open_app.open_app",
    ("", "projects.toml -q 'stage:signed'"),
    options=(
        QUERY,
        Option(("--view",), N_("start with a saved view"), "NAME"),
        Option(("--id",), N_("start on this project"), "ID"),
        switch("--ascii", help=N_("draw with ASCII characters only")),
        switch("--read-only", help=N_("change nothing, whatever is typed")),
        switch("--no-mouse", help=N_("leave the mouse to the terminal")),
        switch("--no-animation", help=N_("draw nothing that moves by itself")),
    ),
    reads_words=True,
)
"""What opens the app: the command without a word."""

COMMANDS = (
    Command(
        "list",
        N_("print projects"),
        "commands.list.list_projects",
        ("list -q 'stage:signed invest>1bn'", "list --format csv -q 'sort:name'"),
        options=(
            QUERY,
            Option(
                ("--format",), N_("how to print them"), "FORMAT", Choices(_list_formats)
            ),
            switch("--bom", help=N_("start csv or tsv with the mark that Excel needs")),
        ),
        details=(
            N_("""\
Projects come in the order of the app; sort: and group: in the query change it, and
show: chooses the fields. The format is a table on a terminal and jsonl everywhere
else; only a table on a terminal is cut to its width. json and jsonl have the keys of
the file; csv and tsv join lists with "; " and put an apostrophe before a text that a
spreadsheet would run; md has names, stages and amounts."""),
        ),
    ),
    Command(
        "show",
        N_("print everything known of one project"),
        "commands.show.show_project",
        ("show aecc-gas-turbine-base", "show aecc-gas-turbine-base --format json"),
        "ID [DATA]",
        1,
        1,
        options=(TEXT_OR_JSON,),
        takes_text=True,
    ),
    Command(
        "check",
        N_("print every problem of a dataset"),
        "commands.check.check_datasets",
        ("check", "check one.toml two.toml --format json"),
        "[DATA ...]",
        options=(TEXT_OR_JSON,),
        details=(
            N_(
                "Exit status: 1 for errors or warnings, 2 for a file that cannot be read."
            ),
        ),
        reads_words=True,
    ),
    Command(
        "diff",
        N_("print what differs between two datasets"),
        "commands.diff.print_diff",
        (
            "diff one.toml two.toml",
            "diff one.toml two.toml --format md -q 'stage:signed'",
        ),
        "OLD NEW",
        options=(
            QUERY,
            TEXT_FORMAT,
            switch("--own", help=N_("compare tags, notes and plans too")),
        ),
        details=(
            N_("""\
Projects are matched by their ids; one that keeps its name under another id counts as
renamed. With -q only projects that the query finds in either file are compared.
Exit status: 0 if nothing differs, 1 if something does, 2 for a file that cannot be
read."""),
        ),
        reads_words=True,
    ),
    Command(
        "export",
        N_("write projects to a file for others"),
        "commands.export.export_projects",
        (
            "export signed.xlsx -q 'stage:signed'",
            "export - --format csv --columns name,invest",
        ),
        "FILE [DATA]",
        1,
        1,
        options=(
            QUERY,
            Option(
                ("--format",),
                N_("what to write, if FILE does not say it"),
                "FORMAT",
                Choices(_list_export_formats),
            ),
            _WITH_NOTES,
            _FORCE,
            OUTPUT,
            Option(("--columns",), N_("which columns, in this order"), "NAMES"),
            Option(("--bom",), N_("start csv or tsv with the mark that Excel needs")),
            Option(("--no-bom",), N_("leave the mark out"), sets=False, dest="bom"),
        ),
        details=(
            N_("""\
The suffix of FILE says the format; FILE may be - for standard output with --format.
-o FILE is the same as the word FILE.
Separate columns by commas, as in `name,invest,stage`; without --columns all are
written, with --own tags and notes too; show: in the query chooses columns as well.
csv and tsv put an apostrophe before a text that a spreadsheet would run: one that
begins with = + - @ or a tab. csv starts with the mark that Excel needs where the
language is Chinese, unless --no-bom is given.
Exit status: 2 for a column, format or query that does not exist, 3 for a file that
exists already or cannot be written; nothing is left behind then."""),
        ),
        takes_output=True,
    ),
    Command(
        "init",
        N_("begin a dataset of your own"),
        "commands.init.begin_dataset",
        ("init mine.toml", "init kisumu.toml --district Kisumu --currency KES"),
        "[FILE]",
        options=(
            OUTPUT,
            Option(("--title",), N_("what the dataset is called"), "TEXT"),
            Option(("--district",), N_("the place that its projects are in"), "NAME"),
            Option(
                ("--currency",),
                N_("of all amounts: a code, a sign or a word; or none"),
                "NAME",
            ),
            Option(
                ("--set",),
                N_("which industries and stages to begin with"),
                "SET",
                Choices(_list_starting_sets),
            ),
            switch("--copy", help=N_("begin with a copy of the data of the program")),
            switch("-y", "--yes", help=N_("ask nothing: what is not told is as usual")),
            switch("-n", "--dry-run", help=N_("print the new file, and write nothing")),
        ),
        details=(
            N_("""\
FILE, or projects.toml, is new or empty: nothing is ever replaced. It gets a title, a
currency, industries and stages, and an example project in comments. On a terminal
you are asked for what no option tells; elsewhere, and with -y, the usual is taken:
the set general without a currency, or chinese-district with CNY where the language of
the system is Chinese. `hunnan-tui FILE` asks the same in the app. --copy takes the
projects that come with the program instead, to be edited as your own.
Exit status: 2 for an option that makes no sense, 3 for a file that has something in
it or cannot be written."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "import",
        N_("bring a spreadsheet or another table into a dataset"),
        "commands.import_table.import_table",
        (
            "import projects.xlsx -o projects.toml",
            "import next.xlsx --into projects.toml",
        ),
        "TABLE",
        options=(
            Option(("--sheet",), N_("which sheet of a workbook"), "NAME"),
            Option(("--map",), N_("how to read it; else TABLE.map.toml"), "FILE"),
            Option(("-o", "--output"), N_("the dataset to make, a new file"), "NEW"),
            Option(("--into",), N_("the dataset to bring it into"), "DATA"),
            switch("-y", "--yes", help=N_("write into DATA without asking")),
            Option(("--tag-gone",), N_("tag what is gone from the table"), "TAG"),
            switch("--many", help=N_("write even if it looks like another table")),
            Option(
                ("--encoding",), N_("the encoding of a text, if guessed wrong"), "NAME"
            ),
            switch(
                "-n", "--dry-run", help=N_("say what would happen, and write nothing")
            ),
            switch("--json", help=N_("print what was found as JSON")),
        ),
        details=(
            N_("""\
Without -o and --into it is a preview: what becomes of each column, what cannot be
read, and what only you can decide. It writes TABLE.map.toml beside the table; change
what is wrong in it, and run the import again: the map is only read from then on, also
for the next table of the same shape. -o makes a new dataset of the table.
--into DATA brings the same table, or the next one, into a dataset that is there. What
you have not changed follows the table, what you have changed stays, and where both
have changed yours stays and is told. Tags, notes, needs, follow-ups, caveats and
sources are never touched. New projects are added; what is gone from the table is
told and stays. It shows the differences and asks; u in the app takes it back.
What was found, with --json all of it as JSON, goes to standard output; problems, as
FILE:SHEET:CELL, go to standard error.
Exit status: 1 when rows were left out, questions are open, or both sides changed a
fact; 2 for a table that cannot be read or is refused, 3 when nothing could be saved."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "merge",
        N_("merge two versions of a dataset that grew out of one"),
        "commands.merge.merge_datasets",
        (
            "merge projects.toml one.toml two.toml",
            "merge projects.toml --print",
        ),
        "BASE OURS THEIRS | FILE",
        options=(
            switch(
                "-p", "--print", help=N_("print the result, and leave OURS as it is")
            ),
            Option(("--size",), N_("how many signs a marker has; else 7"), "N"),
            Option(("--path",), N_("what messages call the file"), "NAME"),
        ),
        details=(
            N_("""\
Both sides' tags, notes, needs, facts, sources, projects and comments are in the
result, which is written to OURS. Of a note that both have changed, both texts are
kept. Where both state another value for one fact, markers stand round that value, as
git writes them. What is no TOML is merged by lines, as git does.
Exit status: 1 with markers left, 2 when it cannot be merged. git calls it by itself
after: hunnan-tui git setup FILE"""),
            N_("""\
With FILE alone the conflicted copies that a sync tool has left beside it are brought
in, one after the other; they stay where they are."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "resolve",
        N_("decide the conflicts that a merge has left in a dataset"),
        "commands.resolve.resolve_conflicts",
        ("resolve projects.toml", "resolve projects.toml --ours"),
        "FILE",
        options=(
            switch("--ours", help=N_("take our side everywhere")),
            switch("--theirs", help=N_("take their side everywhere")),
            switch("-n", "--dry-run", help=N_("show the conflicts, and write nothing")),
        ),
        details=(
            N_("""\
What git left as a conflict of lines is merged by what it says first; what is left
then is printed with both values. On a terminal you are asked for each.
Exit status: 1 while conflicts are left."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "git setup",
        N_("have git merge and show a dataset by what it says"),
        "commands.git.set_up_git",
        ("git setup projects.toml", "git setup projects.toml --undo"),
        "FILE",
        options=(
            switch("--global", help=N_("for all your repositories, not for this one")),
            switch("--undo", help=N_("take it back")),
        ),
        details=(
            N_("""\
It writes a line for FILE into .gitattributes, which is committed, and the commands
that belong to it into git's configuration, which each colleague does once. Running it
twice changes nothing."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "git check",
        N_("print what git has not been told of a dataset"),
        "commands.git.check_git",
        ("git check projects.toml", "git check one.toml"),
        "FILE",
        details=(N_("Exit status: 1 when something is missing."),),
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "git text",
        N_("print a dataset with one fact a line, as git diff shows it"),
        "commands.git.print_facts",
        ("git text projects.toml", "git text one.toml"),
        "FILE",
        reads_words=True,
        reads_dataset=False,
    ),
    Command(
        "blame",
        N_("print who set what a project says, from git's history"),
        "commands.blame.print_blame",
        (
            "blame aecc-gas-turbine-base",
            "blame aecc-gas-turbine-base --format json",
        ),
        "ID [DATA]",
        1,
        1,
        options=(TEXT_OR_JSON,),
        details=(
            N_("""\
Each line has a commit, its day, its author, and what that commit made the project say.
Exit status: 2 where there is no history."""),
        ),
        takes_text=True,
    ),
    Command(
        "serve",
        N_("show the app in browsers"),
        "commands.serve.serve_app",
        ("serve projects.toml", "serve projects.toml --read-only --port 8080"),
        options=(
            Option(
                ("--host",), N_("the address to listen on; else 127.0.0.1"), "ADDRESS"
            ),
            Option(("--port",), N_("the port to listen on; else 8000"), "N"),
            Option(("--public-url",), N_("the address of a proxy before it"), "URL"),
            switch("--read-only", help=N_("nothing can be changed")),
            Option(("--sessions",), N_("how many at a time; else 20"), "N"),
            Option(("--per-address",), N_("how many of one address; else 10"), "N"),
            Option(("--idle",), N_("minutes without a key; else 30"), "N"),
        ),
        details=(
            N_("""\
It prints an address with a secret, which is not shown again: whoever opens it is let
in. Each session is a process of its own on the same file, and reads and writes nothing
but that file and a state of its own. Exports are downloaded, and sources open where the
reader is. It listens on this machine alone unless --host says otherwise, and encrypts
nothing: let a proxy do that. Needs: python -m pip install 'hunnan-tui[serve]'
Exit status: 3 when the address cannot be listened on."""),
        ),
    ),
    Command(
        "report",
        N_("print a briefing on projects, with its sources"),
        "commands.report.write_report",
        ("report -q 'stage:signed'", "report --own -o briefing.html"),
        options=(
            QUERY,
            Option(
                ("--format",),
                N_("what to write, if FILE does not say it"),
                "FORMAT",
                Choices(_list_briefing_formats),
            ),
            _WITH_NOTES,
            _FORCE,
            OUTPUT,
        ),
        details=(
            N_("""\
It holds totals, tables by stage and industry, each project, published totals and
assumptions, every figure with its numbered sources. Without -o it goes to standard
output as Markdown.
Exit status: 2 for a query that makes no sense, 3 for a file that exists already or
cannot be written."""),
        ),
        takes_output=True,
    ),
    Command(
        "stats",
        N_("count projects and amounts by stage, industry and district"),
        "commands.stats.print_stats",
        ("stats -q 'industry:it'", "stats --format json"),
        options=(QUERY, TEXT_FORMAT),
        details=(
            N_("""\
Reached counts the projects at a stage or a later one; a project without an amount
adds nothing. json has the amounts in whole units of the currency."""),
        ),
    ),
    Command(
        "coverage",
        N_("print published totals beside what is itemised of them"),
        "commands.coverage.print_coverage",
        ("coverage", "coverage --format md"),
        options=(TEXT_FORMAT,),
        details=(
            N_("""\
Every figure is stated by a source, or marked as computed from stated ones, with what
the computation assumes."""),
        ),
    ),
    *SCREEN_COMMANDS,
    Command(
        "where",
        N_("print which files are in use"),
        "commands.where.print_files",
        ("where", "where projects.toml --format json"),
        options=(TEXT_OR_JSON,),
    ),
    *SETTINGS_COMMANDS,
    Command(
        "completion",
        N_("print the script that completes commands in a shell"),
        "commands.completion.print_script",
        ("completion bash", "completion powershell"),
        "SHELL",
        details=(
            N_("""\
SHELL is bash, zsh, fish or powershell. Commands, options, files, and the ids, tags and
queries of the dataset in use are completed. Write eval "$(hunnan-tui completion bash)"
into ~/.bashrc to have it in every bash."""),
        ),
        reads_words=True,
        reads_dataset=False,
    ),
    declare_edit(
        "tag add",
        N_("add tags to projects"),
        "commands.tag.add_tags",
        ("tag add aecc-gas-turbine-base watch", "tag add -q 'stage:signed' watch"),
        "ID TAG [TAG ...]",
        (2, UNLIMITED),
    ),
    declare_edit(
        "tag remove",
        N_("remove tags from projects"),
        "commands.tag.remove_tags",
        ("tag remove aecc-gas-turbine-base watch", "tag remove -q 'tag:watch' watch"),
        "ID TAG [TAG ...]",
        (2, UNLIMITED),
    ),
    declare_edit(
        "tag rename",
        N_("rename a tag everywhere"),
        "commands.tag.rename_tag",
        ("tag rename watch visit", "tag rename watch visit --dry-run"),
        "OLD NEW",
        (2, 2),
        takes_id=False,
    ),
    Command(
        "tag list",
        N_("print the tags in use, with counts"),
        "commands.tag_list.list_tags",
        ("tag list", "tag list -q 'stage:signed'"),
        options=(QUERY,),
    ),
    declare_edit(
        "note add",
        N_("add a note to projects"),
        "commands.note.add_note",
        (
            "note add aecc-gas-turbine-base 'Called the office'",
            "note add -q 'tag:watch' 'Visit in May'",
        ),
        "ID TEXT",
        (2, 2),
        details=(N_("TEXT may be - for standard input."),),
    ),
    declare_edit(
        "note edit",
        N_("change the text of a note"),
        "commands.note.edit_note",
        (
            "note edit aecc-gas-turbine-base 2026-11 'Called again'",
            "note edit aecc-gas-turbine-base '#1' -",
        ),
        "ID AT TEXT",
        (3, 3),
        takes_id=False,
        details=(
            N_("AT is what `note list` prints; TEXT may be - for standard input."),
        ),
    ),
    declare_edit(
        "note remove",
        N_("delete a note"),
        "commands.note.remove_note",
        (
            "note remove aecc-gas-turbine-base 2026-11",
            "note remove aecc-gas-turbine-base '#1'",
        ),
        "ID AT",
        (2, 2),
        takes_id=False,
        details=(N_("AT is what `note list` prints."),),
    ),
    Command(
        "note list",
        N_("print notes"),
        "commands.note_list.list_notes",
        ("note list aecc-gas-turbine-base", "note list -q 'tag:watch'"),
        "[ID] [DATA]",
        0,
        1,
        options=(QUERY,),
        details=(ID_DETAILS,),
        takes_id=True,
        takes_text=True,
    ),
    declare_edit(
        "need add",
        N_("add a need to projects"),
        "commands.need.add_need",
        (
            "need add aecc-gas-turbine-base energy '110 kV'",
            "need add -q 'tag:watch' labour --since 2026-11",
        ),
        "ID KIND [WHAT]",
        (2, 3),
        options=(
            Option(("--since",), N_("since when it is needed"), "DATE"),
            Option(("--owner",), N_("who sees to it"), "NAME"),
        ),
    ),
    declare_edit(
        "need meet",
        N_("mark a need as met"),
        "commands.need.meet_need",
        (
            "need meet aecc-gas-turbine-base energy",
            "need meet aecc-gas-turbine-base energy '110 kV'",
        ),
        "ID KIND [WHAT]",
        (2, 3),
    ),
    declare_edit(
        "need reopen",
        N_("mark a need as open again"),
        "commands.need.reopen_need",
        (
            "need reopen aecc-gas-turbine-base energy",
            "need reopen -q 'tag:watch' labour",
        ),
        "ID KIND [WHAT]",
        (2, 3),
    ),
    Command(
        "need list",
        N_("print needs"),
        "commands.need_list.list_needs",
        ("need list aecc-gas-turbine-base", "need list -q 'need:open'"),
        "[ID] [DATA]",
        0,
        1,
        options=(QUERY,),
        details=(ID_DETAILS,),
        takes_id=True,
        takes_text=True,
    ),
    declare_edit(
        "follow",
        N_("set the day to come back to projects"),
        "commands.follow.set_follow_up",
        ("follow aecc-gas-turbine-base +2w", "follow -q 'need:open' fri"),
        "ID DATE",
        (2, 2),
        details=(N_("DATE is a day: 2026-12-01, 12-01, fri, 下周五, +2w; or none."),),
    ),
    *FACT_COMMANDS,
    *HELP_COMMANDS,
)
"""All commands with a name, in the order of help."""

BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}

GROUPS = tuple(dict.fromkeys(filter(None, (command.group for command in COMMANDS))))
"""The first words of the commands that have two, such as `tag`."""

FIRST_WORDS = tuple(dict.fromkeys(name.split()[0] for name in BY_NAME))
"""The words with which a command can begin."""
