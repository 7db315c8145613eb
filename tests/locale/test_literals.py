"""No text reaches people round the catalogues: literals that look like words are messages.

A room is listed once it is done. What is no text for people, though it looks like one,
stands in `NO_MESSAGES` below: data, queries, file names, texts of files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hunnan_tui.core.counts import _COUNTED

SOURCES = Path(__file__).parents[2] / "src" / "hunnan_tui"
ROOMS = (
    "core",
    "query",
    "dataset",
    "files",
    "storage",
    "config",
    "analysis",
    "export",
    "importing",
    "merging",
    "cli",
    "tui/app.py",
    "tui/background",
    "tui/browser",
    "tui/dialogs",
    "tui/keys",
    "tui/pages",
    "tui/presenters",
    "tui/startup.py",
    "tui/terminal",
    "tui/tour",
    "tui/widgets",
)
"""The folders and files whose texts are all messages."""
MARKS = {"_", "N_", "ngettext", "ngettext_noop", "pgettext"}
_PATTERNS = {"compile", "fullmatch", "match", "search", "sub", "findall", "split"}
_PASSED = MARKS | _PATTERNS | {"format_count"}  # whose nouns are declared
_WORDS = re.compile(r"[A-Za-z]{2,}.*\s.*[A-Za-z]{2,}|[A-Z][a-z]+", re.DOTALL)
_STYLE = re.compile(r"(not |bold |underline )*\$[a-z-]+( \{\})?")
_WORDS_AROUND = re.compile(r"[A-Za-z]{2,} |[ ,] ?[A-Za-z]{3,}")

NO_MESSAGES = {
    "analysis/agenda.py": {
        ' ({}="{}" OR no:{})',
        "due:..{}{} sort:due",
        "due:{}..{}{} sort:due",
        "#{} age>{}d{} sort:age-",
    },
    "analysis/provenance.py": {
        *("source {}", "key {}", "party {}", "need {}", "event {}", "fact {}"),
    },
    "analysis/sourcing.py": {"*"},
    "config/language.py": {
        "{}: there is no language {}; there is {}",
        "it is damaged",
        "{} is not used, and the language is English: {}",
    },
    "config/views.py": {"due:..+7d sort:due", "#{} sort:age-"},
    "core/cell_width.py": {"*"},
    "core/currencies.py": {"*"},
    "core/date_parser.py": {"next month", "month end"},
    "core/folding.py": {"Cf"},
    "core/formulas.py": {"Mn", "Me", "Pi", "Pf"},
    "core/model.py": {" in {}", "Dataset"},
    "core/notes_document.py": {"*"},
    "core/written_money.py": {"*"},
    "dataset/new_dataset.py": {"*"},
    "dataset/starting_sets.py": {"*"},
    "cli/__init__.py": {"*"},
    "cli/catalog.py": {"*"},
    "cli/completion/scripts.py": {"*"},
    "cli/completion/values.py": {"need meet", "need reopen"},
    "cli/event_log.py": {"*"},
    "cli/fact_catalog.py": {"*"},
    "cli/fact_words.py": {"tag add", "note add", "need add"},
    "cli/help.py": {"  hunnan-tui {}"},
    "cli/help_catalog.py": {"*"},
    "cli/parser.py": {"hunnan-tui {}", "hunnan-tui {} {{}} ..."},
    "cli/screen_catalog.py": {"*"},
    "cli/settings_catalog.py": {"*"},
    "cli/terminal_title.py": {"\x1b[22;2t\x1b]2;{} - hunnan-tui\x07"},
    "cli/topics.py": {
        "  hunnan-tui {}",
        "config --format json",
        "export out.csv --columns name,invest",
        "list -f projects.toml",
    },
    "cli/version.py": {"hunnan-tui {}"},
    "export/formats/html.py": {"*"},
    "export/formats/registry.py": {"Selection"},
    "export/formats/toml.py": {"*"},
    "importing/dates.py": {"*"},
    "importing/json_rows.py": {"nested too deep"},
    "importing/map_text.py": {"*"},
    "importing/new_dataset.py": {"*"},
    "importing/words.py": {"*"},
    "merging/git.py": {
        "merge={} diff={}",
        "{} -m hunnan_tui",
        "{} merge %O %A %B --size %L --path %P",
        "{} git text",
        "git config {} {}",
    },
    "files/system_limits.py": {
        "map segment",
        "allocate memory",
        "cannot open shared object",
        "start new thread",
    },
    "storage/edit_json.py": {"*"},
    "query/engine/examples.py": {"*"},
    "query/engine/texts.py": {"name by pinyin"},
    "query/text/regex.py": {"Automaton"},
    "tui/browser/conflicts.py": {"reopen: the file has no conflicts any more"},
    "tui/browser/facts.py": {"party new", "fact {}"},
    "tui/browser/saving.py": {"reopen with the city"},
    "tui/dialogs/copy.py": {"file {}"},
    "tui/dialogs/fact_forms.py": {"party {}"},
    "tui/dialogs/help.py": {"line {} of {}", "group {}", "above {}"},
    "tui/dialogs/views.py": {"bold underline"},
    "tui/dialogs/palette.py": {"command {}", "target {}", "project {}"},
    "tui/keys/meanings.py": {"*"},
    "tui/keys/table.py": {"Page"},
    "tui/pages/timeline.py": {"stage>={} has:invest"},
    "tui/presenters/card_facts.py": {
        "key summary",
        "part {}",
        "key {}",
        "related {}",
    },
    "tui/presenters/card_notes.py": {"note {}"},
    "tui/presenters/card_parts.py": {"key caveat"},
    "tui/presenters/card_sources.py": {"source {}"},
    "tui/presenters/summary.py": {"hunnan-tui import TABLE --into FILE"},
    "tui/startup.py": {"Workspace"},
    "tui/terminal/crash.py": {"hunnan-tui {}\n"},
    "tui/widgets/detail.py": {"detail.previous-tab detail.next-tab"},
}
"""By file, literals that are none; `*` for a file of data alone."""


@cache
def read_tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def list_docs(tree: ast.AST) -> set[int]:
    """Return the ids of nodes that are docstrings, or comments on a value."""
    bodies = (getattr(node, "body", ()) for node in ast.walk(tree))
    return {
        id(statement.value)
        for body in bodies
        if isinstance(body, list)
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }


def get_text(node: ast.AST) -> str | None:
    """Return a literal, with {} for what an f-string fills in; None if it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(get_text(each) or "{}" for each in node.values)
    return None


def get_called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def find_literals(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of each literal for people that is no message."""
    tree = read_tree(path)
    passed = list_docs(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and get_called(node) in _PASSED:
            passed |= {id(part) for each in node.args for part in ast.walk(each)}
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        text = get_text(node)
        if text is None or id(node) in passed or _STYLE.fullmatch(text):
            continue
        if isinstance(node, ast.JoinedStr):
            is_told = _WORDS_AROUND.search(text) is not None
        else:
            is_told = _WORDS.fullmatch(text) is not None
        if is_told:
            yield getattr(node, "lineno", 0), text


FILES = [
    path
    for room in ROOMS
    for path in (
        sorted((SOURCES / room).rglob("*.py"))
        if not room.endswith(".py")
        else [SOURCES / room]
    )
    if NO_MESSAGES.get(path.relative_to(SOURCES).as_posix()) != {"*"}
]


def test_every_text_for_people_is_a_message() -> None:
    around = []
    for path in FILES:
        name = path.relative_to(SOURCES).as_posix()
        allowed = NO_MESSAGES.get(name, set())
        around += [
            f"{name}:{line}: {text!r}"
            for line, text in find_literals(path)
            if text not in allowed
        ]
    assert not around, "\n".join(around)


def test_what_is_no_message_is_there() -> None:
    """A line of `NO_MESSAGES` that has no literal any more hides the next one."""
    for name, texts in NO_MESSAGES.items():
        if SOURCES / name in FILES:
            found = {text for _, text in find_literals(SOURCES / name)}
            assert texts <= found, name


def test_messages_are_looked_up_where_nothing_else_is_called_so() -> None:
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(read_tree(path)):
            if isinstance(node, ast.Call) and get_called(node) in MARKS and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr), (path, node.lineno)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert not _takes_name(node), (path, node.lineno)


def test_no_message_is_looked_up_in_a_string_that_is_filled_in() -> None:
    """Babel finds none there, before Python 3.12."""
    known = _list_marked()
    for path in sorted(SOURCES.rglob("*.py")):
        for outer in ast.walk(read_tree(path)):
            if not isinstance(outer, ast.JoinedStr):
                continue
            for node in ast.walk(outer):
                if isinstance(node, ast.Call) and get_called(node) in MARKS:
                    text = get_text(node.args[0])
                    assert text is None or text in known, (path, node.lineno, text)


def _list_marked() -> set[str | None]:
    """Return the messages that Babel finds: those of calls outside of f-strings."""
    marked = set()
    for path in SOURCES.rglob("*.py"):
        tree = read_tree(path)
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
        }
        marked |= {
            get_text(node.args[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and get_called(node) in MARKS
            and node.args
            and id(node) not in inside
        }
    return marked


def _takes_name(function: ast.AST) -> bool:
    """Return whether a function looks messages up, and has another `_` of its own."""
    names = [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and node.id == "_"
    ]
    if not any(isinstance(name.ctx, ast.Load) for name in names):
        return False
    return not _is_in_comprehension(function)


def _is_in_comprehension(function: ast.AST) -> bool:
    """Return whether all of a function's own `_` belong to comprehensions."""
    own = set()
    for node in ast.walk(function):
        if isinstance(node, ast.comprehension):
            own |= {id(part) for part in ast.walk(node.target)}
    return all(
        id(part) in own
        for part in ast.walk(function)
        if isinstance(part, ast.Name)
        and part.id == "_"
        and isinstance(part.ctx, ast.Store)
    )


def test_what_is_counted_is_a_message() -> None:
    """`format_count` looks its nouns up: they are declared."""
    known = {one.removeprefix("{count} ") for one, _ in _COUNTED}
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(read_tree(path)):
            if isinstance(node, ast.Call) and get_called(node) == "format_count":
                noun = get_text(node.args[1])
                assert noun is None or noun in known, (path, noun)
