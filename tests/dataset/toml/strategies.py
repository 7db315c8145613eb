"""Datasets in every spelling that TOML has, for the laws of the editor."""

from __future__ import annotations

from hypothesis import strategies as st

HEADERS = (
    "[[projects]]",
    "[[ projects ]]",
    '[["projects"]]',
    "  [[projects]]  # a header",
    "[[ 'projects' ]]# tight",
    '[["pro\\u006aects"]]',
)
PAIRS = (
    'name = "A"',
    "\"name\" = 'A'  # quoted",
    'na\u006de = """A"""',
    '"n\\u0061me" = "A"',
)
EXTRAS = (
    "# a comment of its own",
    "",
    "   ",
    "meta.deep.key = 1  # dotted",
    'meta."quoted part" = 2',
    'text = """\n[[projects]]\nid = "no"\n"""',
    "raw = '''\n# no comment\n[[projects]]\n'''",
    "list = [\n  1, # one\n  [2, [3]],\n]",
    'table = { a = 1, b = [ { c = "}" } ] }',
    'odd = "a \\" ] # [[projects]] = "',
    "day = 1979-05-27 07:32:00Z",
    "grouped = 85_500_000_000",
    'emoji = "浑南 👩‍👩‍👧"',
)
TAGS = (
    "",
    "tags = []",
    'tags = ["x"]',
    "'tags' = [ 'x' , \"y\" ]  # behind",
    'tags = [\n  "x",  # why\n  "y"\n]',
    'tags = [\n  "x",\n  # between\n  "z",\n]',
    "tags = [ # first\n]",
)
NOTES = (
    "",
    '\n[[projects.notes]]\nat = 2026-01-01T00:00:00Z\ntext = "one"  # kept\n',
    '[[ projects . "notes" ]]\ntext = """\ntwo\n"""\n\n# leads three\n'
    "[[projects.notes]]\ntext = 'three'\nmood = \"fine\"\n",
    'notes = [{ text = "one" }, { at = 2026-01-01T00:00:00Z, text = "two" }]',
)
TAILS = (
    "",
    "\n# trailing comment\n",
    "\n[projects.extra]\nkey = 1  # sub-table\n",
    "\n[other{n}]\nfree = true\n\n[other{n}.deeper]\n# inside\n",
    "\n[other{n}]\nx = 1\n\n[projects.late]\nkey = 2\n",
)


@st.composite
def blocks(draw: st.DrawFn, number: int) -> str:
    """The text of one project."""
    plain = [f'id = "p{number}"', draw(st.sampled_from(PAIRS))]
    plain += draw(
        st.lists(st.sampled_from(EXTRAS), max_size=4, unique_by=lambda e: e[:6])
    )
    notes = draw(st.sampled_from(NOTES))
    is_inline = notes.startswith("notes")
    plain += [draw(st.sampled_from(TAGS)), notes if is_inline else ""]
    plain = draw(st.permutations([each for each in plain if each != ""]))
    lines = [draw(st.sampled_from(HEADERS)), *plain]
    tail = draw(st.sampled_from(TAILS)).replace("{n}", str(number))
    # sub-tables stand behind the keys
    return "\n".join(lines) + "\n" + ("" if is_inline else notes) + tail


@st.composite
def datasets(draw: st.DrawFn) -> bytes:
    """The bytes of a file with one to three projects."""
    count = draw(st.integers(1, 3))
    head = draw(
        st.sampled_from(["", "# [[projects]] in a comment\n", "format = 1\n\n", "\n"])
    )
    text = head + "\n".join(draw(blocks(number)) for number in range(count))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode()


VALUES = (
    *("nan", "-nan", "inf", "-inf", "0.0", "-0.0", "1e400", "5e-324", "1_0.5E+3"),
    *("0", "-0", "9223372036854775807", "0xFF", "0b1", "1_000", "0x" + "f" * 4000),
    *("true", "''", '"a\\nb"', '"[/x]"', "'''\n'''", '"\\u0085\\u202e"', "[]", "{}"),
    *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00-23:59"),
    *("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999-23:59"),
    *("9999-12-31T23:59:59.999999+23:59", "2026-01-01 07:30:00-00:00"),
    *("0001-01-01T00:00:00", "9999-12-31T23:59:59.999999", "2026-03-29T02:30:00"),
    *("0001-01-01", "9999-12-31", "0618-06-18", "2024-02-29"),
    *("00:00:00", "23:59:59.999999"),
    *("[nan, -0.0, [1, 1.0, true]]", "{ a = nan, b.c = -0.0, d = [{ e = 07:00:00 }] }"),
)
"""Values at the ends of what TOML can write, as it is written."""

TIMES = tuple(value for value in VALUES if value[4:5] == "-" and ":" in value)
"""Those of them that are a day with a time."""

_TEXTS = (
    *(
        '""',
        '" "',
        '"a"',
        '"b"',
        '"a b/c#d"',
        '"[/x]\\u001b[31m\\u202e"',
        '"浑\\n南\\t"',
    ),
    *(
        '"=1+1"',
        '"-"',
        '"\\ufeff"',
        '"\\u0000"',
        "'''\n```\n|'''",
        '"' + "长" * 90 + '"',
    ),
)
_DATES = (
    *(
        '"2014-11-00"',
        '"2014-00"',
        '"0000"',
        '"2023-W01-1"',
        '"2014-11-31"',
        '"20141103"',
    ),
    *('"2014"', '"2014-11"', '"2014-11-03"', '"2014-11-03T01:02:03Z"', '"٢٠١٤-١١-٠٣"'),
    *("2014-11-03", "0001-01-01", "9999-12-31", '"0001"', '"9999-12"', '"9999-12-31"'),
)
_AMOUNTS = (
    *("1", "0", "-1", "1_000", "2_000_000_000", "9223372036854775807"),
    *("9223372036854775808", "1" + "0" * 400, "1" + "0" * 4000, "1.5", '"1"'),
)
CURRENCIES = (
    *(
        '"CNY"',
        '"USD"',
        '"EUR"',
        '"KES"',
        '"JPY"',
        '"GBP"',
        '"PLN"',
        '"eur"',
        '""',
        '"元"',
    ),
    *('"no such"', '"[/x]"', '"\\u001b"', "1", "[]", "nan"),
)
_FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "dataset": (("title", "title_zh"), ("updated",)),
    "industries": (("id", "name", "name_zh", "definition"), ()),
    "stages": (("id", "name", "name_zh"), ()),
    "sources": (
        ("id", "title", "publisher", "url", "kind", "note", "archive"),
        ("date",),
    ),
    "announcements": (("id", "statement", "scope", "caveat"), ("date",)),
    "views": (("name", "query"), ()),
    "projects": (
        (
            *("name", "name_zh", "district", "place", "industries_basis", "stage"),
            *("investment_qualifier", "investment_text", "summary", "caveat", "title"),
        ),
        ("stage_date", "follow_up"),
    ),
    "parties": (("name", "role"), ()),
    "facts": (("label", "value", "source", "basis"), ()),
    "events": (("what", "stage", "source"), ("date",)),
    "breakdown": (("label",), ()),
    "notes": (("text", "by"), ("mood",)),
    "needs": (("kind", "what", "state"), ("since",)),
}
_SUMS = {
    "projects": ("investment", "investment_usd"),
    "announcements": ("projects", "investment", "investment_usd"),
    "breakdown": ("projects", "investment"),
}
_LISTS = {
    "projects": ("industries", "sources", "tags"),
    "announcements": ("sources", "names"),
}
_PARTS = {
    "projects": ("parties", "facts", "events", "notes", "needs"),
    "announcements": ("breakdown",),
}


@st.composite
def any_values(draw: st.DrawFn) -> str:
    """The text of a dataset whose fields hold values of every kind."""

    def chance(percent: int) -> bool:
        return draw(st.integers(0, 99)) < percent

    def value(*usual: str) -> str:
        return draw(st.sampled_from(VALUES if chance(10) else usual))

    def pairs(table: str) -> dict[str, str]:
        texts, dates = _FIELDS[table]
        made = {key: value(*_TEXTS) for key in texts if chance(70)}
        made |= {key: value(*_DATES) for key in dates if chance(80)}
        made |= {key: value(*_AMOUNTS) for key in _SUMS.get(table, ()) if chance(70)}
        for key in _LISTS.get(table, ()):
            if chance(60):
                items = [value('"a"', '"b"', *_TEXTS) for _ in range(2)]
                made[key] = value(f"[{', '.join(items)}]")
        if table == "notes" and chance(70):
            made["at"] = value(*TIMES)
        if table == "dataset" and chance(80):
            made["currency"] = draw(st.sampled_from(CURRENCIES))
        for key in _PARTS.get(table, ()):
            if chance(60):
                inner = (f"{k} = {v}" for k, v in pairs(key).items())
                made[key] = value("[{ " + ", ".join(inner) + " }]")
        if chance(40):
            made["foreign"] = draw(st.sampled_from(VALUES))
        return made

    parts = [draw(st.sampled_from(["", "format = 1\n", "format = nan\n"]))]
    for table in ("dataset", *_BY_ID, "views", "projects"):
        for name in ("a", "b") if table not in ("dataset", "views") else ("",):
            head = f"[{table}]" if table == "dataset" else f"[[{table}]]"
            made = pairs(table)
            if name:
                made["id"] = value(f'"{name}"')
            parts.append(
                "\n".join((head, *(f"{k} = {v}" for k, v in made.items()), ""))
            )
    return "\n".join(parts)


_BY_ID = ("industries", "stages", "sources", "announcements")
