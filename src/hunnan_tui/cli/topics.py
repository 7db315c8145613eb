"""What `hunnan-tui help` says of queries, columns, files and settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hunnan_tui.core.cell_width import measure_width, pad, wrap_cells
from hunnan_tui.core.language import N_, _

_WIDTH = 90
"""Cells of a line, as in --help."""

_QUERY = N_("""\
A query says which projects, in which order and with which columns: behind -q, in the
filter bar of the app, and in saved views.

  turbine                    the text anywhere: names, parties, notes, facts, sources
  hangfa                     Chinese names by pinyin, or by its first letters
  "gas turbine"              the phrase
  airport taoxian            both words
  airport OR metro           either; brackets group
  -airport                   not this
  stage:signed               a field; with a comma any of several values
  stage>=signed              at this stage or a later one
  invest>1bn                 an amount: 500m, 1.2bn, 3亿; invest:100m..2bn is a range
  updated>=-90d              a date: 2023, 2023-03-08, today, +2w; 2023..2024 is a range
  #watch                     a tag
  has:note  no:invest        states something in the field, or nothing
  sort:stage,invest-         the order; - turns it round
  group:stage                headings with sums
  show:invest,party          the columns""")
_COLUMNS = N_("""\
Columns are chosen by `export --columns name,invest,stage`, and by show: in a query. They
are the fields of queries, and fields of your own by their names.""")
_FILES = N_("""\
The dataset is one TOML file. It is the last word of a command, or the value of -f; else
$HUNNAN_TUI_DATA, data/projects.toml or projects.toml in the current folder, or the copy
that comes with the program. Several are shown as one; --city adds those of the city.

Tags, notes, needs and follow-up days go into it. Where it cannot be written they go into
a notes file in the folder of data, or into the one that --notes names.

  config    config.toml: the settings
  data      notes files of datasets that cannot be written
  state     edits on their way to a file, half-written notes, steps for undo, copies
  cache     indexes of large files; may be deleted at any time

`hunnan-tui where` prints each of them, `hunnan-tui check` what is wrong in a dataset.""")
_SETTINGS = N_("""\
Settings are keys of config.toml, in the folder that `hunnan-tui where` names.
`hunnan-tui config` prints what each is set to, and by what.""")


def _describe_query() -> str:
    from hunnan_tui.query.language.fields import FIELDS, TESTS, get_test_word

    fields = ((field.word, field.label) for field in FIELDS.values())
    tests = ((f"is:{get_test_word(name)}", _(TESTS[name][1])) for name in TESTS)
    return _join(
        _(_QUERY),
        _list(_("fields:"), fields),
        _list(_("named tests:"), tests),
        _list_examples("list -q 'stage>=signed invest>1bn'", "stats -q '#watch'"),
    )


def _describe_columns() -> str:
    from hunnan_tui.query.language.fields import FIELDS

    columns = ((field.word, field.label) for field in FIELDS.values())
    return _join(
        _(_COLUMNS),
        _list(_("columns:"), columns),
        _list_examples(
            "export out.csv --columns name,invest", "list -q 'show:stage,updated'"
        ),
    )


def _describe_files() -> str:
    return _join(_(_FILES), _list_examples("where", "list -f projects.toml"))


def _describe_settings() -> str:
    from hunnan_tui.config.environment import VARIABLES
    from hunnan_tui.config.setting_values import MEANINGS

    return _join(
        _(_SETTINGS),
        _list(_("settings:"), ((key, _(text)) for key, text in MEANINGS.items())),
        _list(
            _("variables of the environment:"),
            ((name, _(text)) for name, text in VARIABLES.items()),
        ),
        _list_examples("config", "config --format json"),
    )


TOPICS: Mapping[str, Callable[[], str]] = {
    "query": _describe_query,
    "columns": _describe_columns,
    "files": _describe_files,
    "settings": _describe_settings,
}
"""What returns the text of each topic."""


def _join(*parts: str) -> str:
    return "\n\n".join(parts)


def _list(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """Return rows of a name and its meaning below a title, aligned and wrapped."""
    listed = list(rows)
    width = max(measure_width(name) for name, _text in listed) + 2
    lines = [title]
    for name, text in listed:
        first, *others = wrap_cells(text, _WIDTH - width - 2) or [""]
        lines.append(f"  {pad(name, width)}{first}".rstrip())
        lines += [f"  {' ' * width}{line}" for line in others]
    return "\n".join(lines)


def _list_examples(*examples: str) -> str:
    return "\n".join((_("examples:"), *(f"  hunnan-tui {each}" for each in examples)))
