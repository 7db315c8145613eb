"""What is declared of a command: the parser, its help and the dispatch read it."""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hunnan_tui.core.language import N_

UNLIMITED = 1 << 30
"""The `most_words` of a command that takes any number of them."""


class Choices:
    """The values that an option can have, listed when one is checked or shown."""

    def __init__(self, list_values: Callable[[], tuple[str, ...]]) -> None:
        self._list_values = list_values

    def __iter__(self) -> Iterator[str]:
        return iter(self._list_values())

    def __contains__(self, value: object) -> bool:
        return value in self._list_values()


class Option(NamedTuple):
    """An option: a switch, or one that takes a value."""

    flags: tuple[str, ...]
    help: str
    value_name: str = ""
    """What its value is called in help; empty for a switch."""
    choices: Choices | None = None
    default: str | bool | None = None
    sets: bool = True
    """What a switch sets."""
    dest: str | None = None
    """The attribute that it sets, if not that of its first long flag."""

    @property
    def takes_value(self) -> bool:
        """Whether a value follows it."""
        return bool(self.value_name)


FILE = Option(
    ("-f", "--file"),
    N_("the dataset; several, each behind an -f, are shown as one"),
    "DATA",
)
CITY = Option(
    ("--city",),
    N_("also the projects of the city that come with the program"),
    default=False,
)
NO_CACHE = Option(
    ("--no-cache",),
    N_("read a large dataset anew, and keep nothing of it"),
    default=False,
)
NOTES = Option(("--notes",), N_("the file that tags and notes go to"), "FILE")
LANGUAGE = Option(
    ("--lang",), N_("the language of all that is printed, such as en or zh"), "LANG"
)
LOG = Option(
    ("--log",),
    N_("add what happened to this file, without values and notes"),
    "FILE",
)
NAMES = Option(
    ("--names",),
    N_("which names of projects, industries and stages"),
    "NAMES",
    Choices(lambda: ("zh", "en", "both")),
)
QUERY = Option(("-q", "--query"), N_("which projects, as in the app"), "QUERY")
TEXT_FORMAT = Option(
    ("--format",),
    N_("how to print it"),
    "FORMAT",
    Choices(lambda: ("text", "json", "md")),
    default="text",
)


TEXT_OR_JSON = Option(
    ("--format",),
    N_("how to print it"),
    "FORMAT",
    Choices(lambda: ("text", "json")),
    default="text",
)
OUTPUT = Option(("-o", "--output"), N_("where to write it"), "FILE")


class Command(NamedTuple):
    """One command."""

    name: str
    """One word, or two as in `tag add`; empty for what opens the app."""
    summary: str
    """What it does, as an imperative without a full stop."""
    function: str
    """Its function below `hunnan_tui.cli`, imported when it runs.

    It takes the arguments and returns the exit status.
    """
    examples: tuple[str, str]
    """Two command lines without the program's name."""
    usage: str = "[DATA]"
    """The words that it takes, as in help."""
    fewest_words: int = 0
    """The fewest words before DATA."""
    most_words: int = 0
    """The most words before DATA."""
    options: tuple[Option, ...] = ()
    """Its options but for those that every command has."""
    details: tuple[str, ...] = ()
    """What help says below the options: messages, a paragraph each."""
    is_edit: bool = False
    """Whether it changes tags, notes, needs, follow-up days or facts."""
    takes_id: bool = False
    """Whether its first word is an id, in place of which a query can stand."""
    takes_text: bool = False
    """Whether its words may begin with a dash."""
    takes_pairs: bool = False
    """Whether its words can be FIELD=VALUE, which no dataset is."""
    takes_output: bool = False
    """Whether it can write to a file, and `-` stands for standard output."""
    reads_words: bool = False
    """Whether it sees to the datasets among its words itself."""
    reads_dataset: bool = True
    """Whether it works on a dataset, with -f and --notes."""

    @property
    def all_options(self) -> tuple[Option, ...]:
        """Its options with those that every command has, or every one on a dataset."""
        on_dataset = (FILE, NOTES, CITY, NO_CACHE) if self.reads_dataset else ()
        shown = (LANGUAGE, NAMES, LOG) if self.reads_dataset else (LANGUAGE, LOG)
        return (*on_dataset, *self.options, *shown)

    @property
    def group(self) -> str:
        """The first of two words; empty for a command of one."""
        first, _, second = self.name.partition(" ")
        return first if second else ""

    def count_words(
        self, *, has_query: bool, has_output: bool = False
    ) -> tuple[int, int]:
        """Return the fewest and the most words that can stand before DATA."""
        fewer = int((self.takes_id and has_query) or (self.takes_output and has_output))
        return max(0, self.fewest_words - fewer), max(0, self.most_words - fewer)


def switch(*flags: str, help: str) -> Option:
    """Declare an option without a value."""
    return Option(flags, help, default=False)


_DRY_RUN = switch(
    "-n", "--dry-run", help=N_("say what would change, and change nothing")
)
ID_DETAILS = N_(
    "ID may be - to read ids from standard input; -q QUERY takes its place."
)


def declare_edit(
    name: str,
    summary: str,
    function: str,
    examples: tuple[str, str],
    usage: str,
    words: tuple[int, int],
    *,
    takes_id: bool = True,
    takes_pairs: bool = False,
    options: tuple[Option, ...] = (),
    details: tuple[str, ...] = (),
) -> Command:
    """Declare a command that changes tags, notes, needs, follow-up days or facts."""
    if takes_id:
        options = (QUERY, *options)
        details = (ID_DETAILS, *details)
    return Command(
        name,
        summary,
        function,
        examples,
        f"{usage} [DATA]".lstrip(),
        *words,
        options=(*options, _DRY_RUN),
        details=details,
        is_edit=True,
        takes_id=takes_id,
        takes_text=True,
        takes_pairs=takes_pairs,
    )
