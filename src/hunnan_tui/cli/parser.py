"""What can be typed: the commands and their arguments."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

from hunnan_tui.cli.options import END, Parser
from hunnan_tui.cli.output import UsageError, write

OPEN = ""
"""The command that opens the app: no word of its own."""

TEXT_FORMATS = ("text", "json", "md")
FORMATS = ("table", "json", "jsonl", "csv", "tsv", "md", "ids")

HELP: Mapping[str, str] = {
    "list": "print projects",
    "show": "print all that is known of one project",
    "check": "print every problem of a dataset",
    "diff": "print what differs between two datasets",
    "export": "write projects to a file for others",
    "report": "print a briefing on projects, with its sources",
    "import": "make a dataset of a spreadsheet or another table",
    "stats": "count projects and amounts by stage, industry and district",
    "coverage": "print published totals beside what is itemised of them",
    "where": "print which files are in use",
    "tag add": "add tags to projects",
    "tag remove": "remove tags from projects",
    "tag rename": "give a tag another name everywhere",
    "tag list": "print the tags in use, with counts",
    "note add": "add a note to projects",
    "note edit": "give a note another text",
    "note remove": "delete a note",
    "note list": "print notes",
    "need add": "add a need to projects",
    "need meet": "mark a need as met",
    "need reopen": "mark a need as open again",
    "need list": "print needs",
    "follow": "set the day to come back to projects",
}
"""What each command does."""

GROUPS = tuple(dict.fromkeys(name.split()[0] for name in HELP if " " in name))

_WORDS: Mapping[str, str] = {
    "show": "ID [DATA]",
    "check": "[DATA ...]",
    "diff": "OLD NEW",
    "export": "FILE [DATA]",
    "import": "TABLE",
    "tag add": "ID TAG [TAG ...] [DATA]",
    "tag remove": "ID TAG [TAG ...] [DATA]",
    "tag rename": "OLD NEW [DATA]",
    "note add": "ID TEXT [DATA]",
    "note edit": "ID AT TEXT [DATA]",
    "note remove": "ID AT [DATA]",
    "note list": "[ID] [DATA]",
    "need add": "ID KIND [WHAT] [DATA]",
    "need meet": "ID KIND [WHAT] [DATA]",
    "need reopen": "ID KIND [WHAT] [DATA]",
    "need list": "[ID] [DATA]",
    "follow": "ID DATE [DATA]",
}
"""The words of each command; the dataset alone for any other."""

_MANY_WORDS = 1 << 30
_WORD_COUNTS: Mapping[str, tuple[int, int]] = {
    "show": (1, 1),
    "export": (1, 1),
    "tag add": (2, _MANY_WORDS),
    "tag remove": (2, _MANY_WORDS),
    "tag rename": (2, 2),
    "note add": (2, 2),
    "note edit": (3, 3),
    "note remove": (2, 2),
    "note list": (0, 1),
    "need add": (2, 3),
    "need meet": (2, 3),
    "need reopen": (2, 3),
    "need list": (0, 1),
    "follow": (2, 2),
}
"""The fewest and the most words of a command before the dataset; none for any other."""
_NO_NAME = "DATA is an empty text: name a file"
_NAME_THEIRS = (OPEN, "check", "diff", "import")
"""The commands that see to their datasets themselves."""
_FILE = re.compile(r"/dev/.+|.+\.toml", re.IGNORECASE | re.DOTALL)
"""A last word that is the dataset even where another word could stand there."""

_MORE: Mapping[str, str] = {
    "list": """\
The projects stand in the order of the app; sort: and group: in the query change it, and
show: says which fields are printed. The format is a table on a terminal and jsonl
everywhere else; only a table on a terminal is cut to its width. json and jsonl have the
keys of the file; csv and tsv join lists with "; ", and a text that a spreadsheet would run has
an apostrophe before it; md has names, stages and amounts.""",
    "check": "Exit status: 1 for errors or warnings, 2 for a file that cannot be read.",
    "diff": """\
Projects are matched by their ids; one with the same name under another id is told to be
renamed. With -q only projects that the query finds in either file are compared.
Exit status: 0 when nothing differs, 1 when something does, 2 for a file that cannot be
read.""",
    "export": """\
FILE says the format by its name, or is - for standard output with --format. Columns are
separated by commas, as `name,invest,stage`; without them it is all of them, and with
--own the tags and notes too; show: in the query says them as well. In csv and tsv a text
that a spreadsheet would run, one that begins with = + - @ or a tab, has an apostrophe
before it; csv starts with a mark for Excel where the language is Chinese, unless
--no-bom says otherwise.
Exit status: 2 for a column, format or query that does not exist, 3 for a file that is
there already or cannot be written; nothing is left of it then.""",
    "report": """\
Totals, tables by stage and industry, each project, published totals, assumptions; every
figure with its numbered sources. Without -o it goes to standard output as Markdown.
Exit status: 2 for a query that makes no sense, 3 for a file that is there already or
cannot be written.""",
    "import": """\
Without -o it is a preview: what becomes of each column, what cannot be read, and what
only you can decide. It writes TABLE.map.toml beside the table; change what is wrong in
it, and run the import again: the map is only read from then on, also for the next table
of the same shape. The preview, or with --json all of it as JSON, goes to standard output;
problems, as FILE:SHEET:CELL, go to standard error.
Exit status: 1 when rows were left out or questions are open, 2 for a table that cannot
be read or a NEW that is there already, 3 when NEW could not be written.""",
    "stats": """\
Reached counts the projects at a stage or a later one; what states no amount adds nothing.
json has the amounts in whole units of the currency.""",
    "coverage": """\
Every figure is stated by a source, or marked as computed from stated ones; what a computed
one rests on is said in words.""",
    "note add": "TEXT may be - for standard input.",
    "note edit": "AT is what `note list` prints; TEXT may be - for standard input.",
    "note remove": "AT is what `note list` prints.",
    "follow": "DATE is a day: 2026-12-01, 12-01, fri, 下周五, +2w; or none.",
}
_MANY = "ID may be - for ids on standard input; -q QUERY takes its place."
_BULK = (
    *("tag add", "tag remove", "note add"),
    *("need add", "need meet", "need reopen", "follow"),
)
LISTS = ("tag list", "note list", "need list")
SHARING = ("export", "report")
COUNTING = ("stats", "coverage")
EXPORTED = ("csv", "tsv", "xlsx", "json", "jsonl", "md", "html", "toml")
"""What projects can be exported as; `hunnan_tui.export.formats.registry` makes them."""
WRITING = (*_BULK, "tag rename", "note edit", "note remove")
_NAMING = ("show", "note list", "need list")
"""The commands that write nothing, but take ids."""
_VALUED = (
    *("-f", "--file", "--notes", "-q", "--query", "--format", "--since"),
    *("--view", "--id", "--columns", "-o", "--output"),
    *("--sheet", "--map", "--encoding"),
)
_WITH_FLAGS = ("-nf", "-nq")
"""Flags and such an option in one word."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # to ask for the terminal's width would import compression and more
        super().__init__(prog, width=90)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from hunnan_tui.cli.version import version

        write(version() + "\n")
        parser.exit()


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return what was typed; `command` says which command, `words` what follows it.

    A first word that is no command is the path of a dataset; options may stand before
    the command.
    """
    place = _first_word(argv)
    rest = list(argv)
    command = OPEN
    if place is not None and (word := rest[place]) in {*HELP, *GROUPS}:
        del rest[place]
        command = word
        if word in GROUPS:
            command = _in_group(word, rest, place)
    args = _parser(command).parse(rest)
    args.command = command
    _take_data(args)
    return args


def _take_data(args: argparse.Namespace) -> None:
    """Make the word that names the dataset, the last one, the value of -f."""
    if args.command in _NAME_THEIRS:
        if "" in args.words:
            raise misuse(args.command, _NO_NAME)
        return
    fewest, most = _WORD_COUNTS.get(args.command, (0, 0))
    if args.command in (*_BULK, *LISTS) and args.query is not None:
        fewest, most = max(0, fewest - 1), max(0, most - 1)
    words: list[str] = args.words
    is_one_more = len(words) == most + 1
    is_file = fewest < len(words) <= most and _FILE.fullmatch(words[-1]) is not None
    if args.file is None and (is_one_more or is_file):
        args.file = words.pop()
        if not args.file:
            raise misuse(args.command, _NO_NAME)
    if len(words) > most:
        writes = args.command in WRITING
        raise misuse(
            args.command, "Too many words" if writes else "One dataset is enough"
        )


def misuse(command: str, message: str) -> UsageError:
    """Return the error for words that a command cannot take, with its usage."""
    return UsageError(f"{message} ({_parser(command).format_usage().strip()})")


def _first_word(argv: Sequence[str]) -> int | None:
    skip = False
    for place, word in enumerate(argv):
        if word == END:
            return None
        if not skip and not word.startswith("-"):
            return place
        skip = not skip and (word in _VALUED or word in _WITH_FLAGS)
    return None


def _in_group(group: str, rest: list[str], place: int) -> str:
    """Take the second word of a command such as `tag add` out of the rest."""
    names = [name.split()[1] for name in HELP if name.startswith(f"{group} ")]
    behind = _first_word(rest[place:])
    second = "" if behind is None else rest[place + behind]
    if second not in names:
        parser = Parser(
            prog=f"hunnan-tui {group}",
            usage=f"hunnan-tui {group} {{{','.join(names)}}} ...",
            epilog=_commands(f"{group} "),
            formatter_class=_Help,
        )
        parser.parse_known_args(rest)  # --help ends here
        parser.error(f"{group} knows no {second!r}" if second else f"{group} what?")
    del rest[place + (behind or 0)]
    return f"{group} {second}"


def _parser(command: str) -> Parser:
    prog = f"hunnan-tui {command}".strip()
    more = _MORE.get(command, "")
    if command in _BULK:
        more = f"{_MANY}\n{more}"
    words = _WORDS.get(command, "[DATA]")
    parser = Parser(
        takes_text=command in (*WRITING, *_NAMING),
        prog=prog,
        usage=f"{prog} [options] {words}".strip(),
        description="Browse the industrial projects of a place, and keep notes on them."
        if command == OPEN
        else f"{HELP[command].capitalize()}.",
        epilog=_commands("") if command == OPEN else more,
        formatter_class=_Help,
    )
    if command == "import":
        _add_import_options(parser)
    else:
        _add_options(parser, command)
    parser.add_argument(
        "-V", "--version", action=_Version, nargs=0, help="print the version"
    )
    return parser


def _add_import_options(parser: Parser) -> None:
    add = parser.add_argument
    add("--sheet", metavar="NAME", help="which sheet of a workbook")
    add("--map", metavar="FILE", help="how to read it; else TABLE.map.toml")
    add("-o", "--output", metavar="NEW", help="the dataset to make, a new file")
    add("--encoding", metavar="NAME", help="the encoding of a text, if told wrong")
    add("-y", "--yes", action="store_true", help="ask nothing")
    add("-n", "--dry-run", action="store_true", help="say it, but write nothing")
    add("--json", action="store_true", help="print what was found as JSON")


def _add_options(parser: Parser, command: str) -> None:
    add = parser.add_argument
    add("-f", "--file", metavar="DATA", help="the dataset")
    add("--notes", metavar="FILE", help="the file that tags and notes go to")
    if command in (OPEN, "list", "diff", "stats", *LISTS, *_BULK, *SHARING):
        add("-q", "--query", metavar="QUERY", help="which projects, as in the app")
    if command == OPEN:
        add("--view", metavar="NAME", help="start with a saved view")
        add("--id", metavar="ID", help="start on this project")
        add("--ascii", action="store_true", help="draw in signs of ASCII only")
    if command == "list":
        add("--format", choices=FORMATS, help="how to print them")
        add("--bom", action="store_true", help="start csv or tsv with a mark for Excel")
    if command in SHARING:
        forms = EXPORTED if command == "export" else ("md", "html")
        add("--format", choices=forms, help="what to write; else as FILE is called")
        add("--own", action="store_true", help="with your tags, needs and notes")
        add("--force", action="store_true", help="replace a file that is there")
    if command == "export":
        add("--columns", metavar="NAMES", help="which columns, in this order")
        add("--bom", action="store_true", default=None, help="mark csv for Excel")
        add("--no-bom", action="store_false", dest="bom", help="leave csv unmarked")
    if command == "report":
        add("-o", "--output", metavar="FILE", help="where it goes")
    if command == "show":
        add(
            "--format", choices=("text", "json"), default="text", help="how to print it"
        )
    if command in ("diff", *COUNTING):
        add("--format", choices=TEXT_FORMATS, default="text", help="how to print it")
    if command == "diff":
        add("--own", action="store_true", help="compare tags, notes and plans too")
    if command == "need add":
        add("--since", metavar="DATE", help="since when it is needed")
    if command in WRITING:
        add("-n", "--dry-run", action="store_true", help="say it, but do not do it")


def _commands(prefix: str) -> str:
    names = [name for name in HELP if name.startswith(prefix)]
    lines = [f"  {name:<12} {HELP[name]}" for name in names]
    lines += ["", "`hunnan-tui COMMAND --help` says more."]
    if not prefix:
        lines += [
            "Without a command the app opens. DATA is the dataset: the last word of any",
            "command, or the value of -f. Without one it is $HUNNAN_TUI_DATA,",
            "data/projects.toml or projects.toml in the current folder, or the copy that",
            "comes with the program. Commands that only read take a pipe, and - for",
            "standard input. Where a command takes tags as well, or a need, a last word is",
            "DATA if it ends in .toml.",
            "",
            "The value of an option may begin with a dash: -q '-stage:signed'; so may a text.",
            "What stands behind -- is never an option.",
            "",
            "Exit status: 0 fine, 1 problems found by check, 2 usage or unreadable file,",
            "3 could not save, 4 no such project, 130 interrupted.",
        ]
    return "\n".join(["commands:", *lines])
