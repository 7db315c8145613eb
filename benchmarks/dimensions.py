"""Datasets, and queries, in which one dimension has any size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

Make = Callable[[int], str]


class Dimension(NamedTuple):
    """One dimension of a file, or of what is typed."""

    size: int
    """The smaller of the two sizes that are measured."""
    make: Make
    """Gives the text at a size."""


HEAD = """\
format = 1

[dataset]
title = "Synthetic projects"
currency = "CNY"

[[industries]]
id = "other"
name = "Other"

[[stages]]
id = "signed"
name = "Signed"

[[sources]]
id = "s"
title = "A page"
url = "https://example.org/"
"""
PROJECT = """
[[projects]]
id = "p"
name = "A project"
stage = "signed"
"""
NOTE = '\n[[projects.notes]]\nat = 2026-11-22T09:12:00Z\ntext = "A note."\n'
TOTAL = '\n[[announcements]]\nid = "a"\nstatement = "A total"\n'
START = datetime(2020, 1, 1, tzinfo=UTC)


def few() -> str:
    """Return a dataset for queries."""
    return repeat('\n[[projects]]\nid = "x%"\nname = "Project %"\n')(50)


def repeat(pattern: str) -> Make:
    """Repeat a pattern, each % in it as a number, each @ as a time of its own."""

    def make(size: int) -> str:
        times = ((START + timedelta(minutes=n)).isoformat() for n in range(size))
        return "".join(
            pattern.replace("@", at).replace("%", str(n)) for n, at in enumerate(times)
        )

    return make


def in_project(pattern: str, before: str = "", after: str = "") -> Make:
    """Repeat a pattern in the table of a project, perhaps within something."""
    many = repeat(pattern)
    return lambda size: f"{HEAD}{PROJECT}{before}{many(size)}{after}\n"


def on_top(pattern: str, before: str = "", after: str = "") -> Make:
    """Repeat a pattern before the first project."""
    many = repeat(pattern)
    return lambda size: f"{HEAD}{before}{many(size)}{after}\n{PROJECT}"


def projects(keys: str) -> Make:
    """Repeat projects that have some keys, behind the first one."""
    return in_project('\n[[projects]]\nid = "x%"\nname = "Project %"\n' + keys)


def used(array: str, key: str) -> Make:
    """Make tables that one project refers to, all of them."""
    tables, ids = repeat(f'\n[[{array}]]\nid = "t%"\nname = "N %"\n'), repeat('"t%", ')
    return lambda size: f"{HEAD}{tables(size)}{PROJECT}{key} = [{ids(size)}]\n"


DIMENSIONS = {
    # keys and tables of a project
    "unknown keys": Dimension(10_000, in_project("key% = %\n")),
    "keys almost known": Dimension(2_000, in_project("sources% = %\n")),
    "dotted keys": Dimension(10_000, in_project("extra.key% = %\n")),
    "quoted keys": Dimension(10_000, in_project('"key %" = %\n')),
    "tables of a project": Dimension(5_000, in_project("[projects.sub%]\nx = %\n")),
    "arrays of tables": Dimension(5_000, in_project("[[projects.sub]]\nx = %\n")),
    "keys of a table": Dimension(10_000, in_project("k% = %\n", "[projects.sub]\n")),
    "wrong values": Dimension(3_000, projects('summary = 3\nstage = "never"\n')),
    "an array": Dimension(50_000, in_project("%, ", "list = [", "]")),
    "an array on lines": Dimension(20_000, in_project("  %,  # c\n", "l = [\n", "]")),
    "an array of tables": Dimension(10_000, in_project("{ x = % }, ", "l = [", "]")),
    "an inline table": Dimension(5_000, in_project("k% = %, ", "t = {", "z = 1 }")),
    "comments": Dimension(20_000, in_project("# comment\n")),
    "a long comment": Dimension(1_000_000, in_project("x", "# ")),
    "blank lines": Dimension(100_000, in_project("\n")),
    "blanks in a line": Dimension(500_000, in_project(" ", "caveat =", '"x"')),
    "texts like headers": Dimension(
        3_000,
        in_project('[[projects.facts]]\nlabel = """\n[[projects]]\n"""\n'),
    ),
    "headers in a line": Dimension(20_000, in_project("[[projects]] ", "# ")),
    # what a reader adds
    "tags": Dimension(5_000, in_project('"t%", ', "tags = [", "]")),
    "tags on lines": Dimension(5_000, in_project('  "t%",  # c\n', "tags = [\n", "]")),
    "different tags": Dimension(2_000, projects('tags = ["t%"]\n')),
    "projects of one tag": Dimension(2_000, projects('tags = ["another"]\n')),
    "notes": Dimension(
        2_000, in_project('\n[[projects.notes]]\nat = @\ntext = "Note %"\n')
    ),
    "notes in a list": Dimension(
        2_000, in_project('  { at = @, text = "Note %" },\n', "notes = [\n", "]")
    ),
    "notes without a time": Dimension(
        2_000, in_project('\n[[projects.notes]]\ntext = "Note %"\n')
    ),
    "lines of a note": Dimension(
        30_000, in_project("line %\n", f'{NOTE[:-10]}"""\n', '"""')
    ),
    "length of a note": Dimension(300_000, in_project("word ", NOTE[:-9], '"')),
    "keys of a note": Dimension(3_000, in_project("k% = %\n", NOTE)),
    "needs": Dimension(
        2_000, in_project('\n[[projects.needs]]\nkind = "energy"\nwhat = "w%"\n')
    ),
    # what a project states
    "length of a name": Dimension(100_000, projects("")),
    "length of a summary": Dimension(300_000, in_project("word ", 'summary = "', '"')),
    "length in Chinese": Dimension(100_000, in_project("项目", 'summary = "', '"')),
    "events": Dimension(
        2_000, in_project('\n[[projects.events]]\nwhat = "w%"\nsource = "s"\n')
    ),
    "facts": Dimension(
        2_000, in_project('\n[[projects.facts]]\nlabel = "l%"\nsource = "s"\n')
    ),
    "parties": Dimension(2_000, in_project('\n[[projects.parties]]\nname = "n%"\n')),
    # tables of the file
    "projects": Dimension(2_000, projects("")),
    "projects of one id": Dimension(
        2_000, in_project('\n[[projects]]\nid = "x"\nname = "X"\n')
    ),
    "districts": Dimension(2_000, projects('district = "D %"\n')),
    "unknown tables": Dimension(5_000, on_top("[t%]\nx = 1\n")),
    "sources": Dimension(3_000, on_top('\n[[sources]]\nid = "t%"\ntitle = "T"\n')),
    "sources that are used": Dimension(2_000, used("sources", "sources")),
    "sources used in vain": Dimension(2_000, in_project('"v%", ', "sources = [", "]")),
    "sources of one id": Dimension(2_000, on_top('\n[[sources]]\nid = "same"\n')),
    "industries": Dimension(
        2_000, on_top('\n[[industries]]\nid = "i%"\nname = "I %"\n')
    ),
    "industries that are used": Dimension(2_000, used("industries", "industries")),
    "stages": Dimension(2_000, on_top('\n[[stages]]\nid = "g%"\nname = "G %"\n')),
    "announcements": Dimension(
        2_000, on_top(TOTAL.replace('"a"', '"a%"') + 'names = ["p"]\n')
    ),
    "names of a total": Dimension(2_000, on_top('"v%", ', f"{TOTAL}names = [", "]")),
    "parts of a total": Dimension(
        2_000, on_top('[[announcements.breakdown]]\nlabel = "l%"\n', TOTAL)
    ),
    "views": Dimension(2_000, on_top('\n[[views]]\nname = "v%"\nquery = "x"\n')),
}
DIMENSIONS["length of a name"] = Dimension(
    100_000, lambda size: HEAD + PROJECT.replace("A project", "word " * size)
)
QUERIES = {
    "length of a query": Dimension(1_500, repeat("x")),
    "words": Dimension(300, repeat("w% ")),
    "words in quotes": Dimension(250, repeat('"w %" ')),
    "words with OR": Dimension(200, lambda size: repeat("w% OR ")(size) + "x"),
    "brackets": Dimension(1_000, repeat("(")),
    "values with commas": Dimension(300, lambda size: "tag:" + repeat("t%,")(size)),
    "tests of a field": Dimension(130, repeat("stage:signed ")),
    "a pattern": Dimension(700, lambda size: "/" + repeat("a?")(size) + "/"),
    "patterns": Dimension(200, repeat("/a%/ ")),
    "stars": Dimension(700, lambda size: "name:" + repeat("*a")(size)),
}
"""A query of more than 4,000 characters is cut off."""
