"""The names that a query can use: fields, keywords and named tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from hunnan_tui.core.fields import FIELDS as PROJECT_FIELDS
from hunnan_tui.core.fields import Field, Kind, arrange
from hunnan_tui.core.language import N_, is_chinese
from hunnan_tui.core.text import fold

DATE_OF = "date-of:"
"""Prefix of the field for the date a stage was reached: `date-of:signed`."""
GROUP_OF = "group-of:"
"""Prefix of the field that a list is grouped by: `group-of:stage`."""


_FIRST = ("id", "name", "name_zh", "industry", "stage", "stage_date", "invest")
_LAST = (
    "source",
    "source_kind",
    "basis",
    "reported",
    "updated",
    "age",
    "tag",
    "note",
    "noted",
    "by",
    "need",
    "need_owner",
    "due",
)
FIELDS: Mapping[str, Field] = {
    field.id: field
    for field in arrange(PROJECT_FIELDS.values(), _FIRST, _LAST)
    if field.is_queried
}
"""The fields that a query can name, in the order in which they are offered."""

TESTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "watched": (("watch", "关注"), N_("has the tag watch")),
    "tagged": (("有标签",), N_("has any tag")),
    "noted": (("有笔记", "有备注"), N_("has any note")),
    "stale": (("陈旧",), N_("nothing new for 180 days")),
    "largest": (("最大",), N_("among the ten largest investments")),
    "due": (("到期",), N_("the day to come back to it has come")),
    "needy": (("open", "待办"), N_("waits for something")),
    "new": (("新增", "新"), N_("new since your last visit")),
    "changed": (("有变化", "变化"), N_("changed by others since your last visit")),
}
"""What can follow `is:`, with aliases and a short explanation. The first Chinese
alias is its word in Chinese."""

KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "has": ("有",),
    "no": ("无", "缺"),
    "is": ("是",),
    "sort": ("order", "排序"),
    "group": ("分组",),
    "show": ("columns", "显示", "列"),
}
"""What can precede `:` without being a field, with aliases: the first Chinese one is its word in
Chinese."""

SPELLINGS: Mapping[str, str] = {
    spelling: name
    for name, spellings in (
        *((field.id, (field.id, *field.aliases)) for field in FIELDS.values()),
        *((name, (name, *aliases)) for name, aliases in KEYWORDS.items()),
    )
    for spelling in spellings
}
TEST_SPELLINGS: Mapping[str, str] = {
    spelling: name
    for name, (aliases, _) in TESTS.items()
    for spelling in (name, *aliases)
}


def get_word(name: str) -> str:
    """Return the word for a field or a keyword in the language in use.

    What is none of the schema's, such as a field of the user's own, is its own word.
    """
    if name in KEYWORDS:
        return _choose_word((name, *KEYWORDS[name]))
    return FIELDS[name].word if name in FIELDS else name


def get_test_word(name: str) -> str:
    """Return the word for a named test in the language in use."""
    return _choose_word((name, *TESTS[name][0]))


def get_or() -> str:
    """Return the word between two terms of which one is enough."""
    return "或" if is_chinese() else "OR"


def _choose_word(spellings: tuple[str, ...]) -> str:
    if not is_chinese():
        return spellings[0]
    return next((each for each in spellings if not each.isascii()), spellings[0])


def find_name(typed: str) -> str:
    """Return the field or keyword with a spelling; empty if there is none."""
    return _look_up(typed, SPELLINGS)


def find_field(typed: str) -> str:
    """Return the field with a spelling; empty if there is none."""
    name = find_name(typed)
    return name if name in FIELDS else ""


def find_test(typed: str) -> str:
    """Return the named test with a spelling; empty if there is none."""
    return _look_up(typed, TEST_SPELLINGS)


def _look_up(typed: str, spellings: Mapping[str, str]) -> str:
    # folding is slow and rarely needed
    return spellings.get(typed.casefold()) or spellings.get(fold(typed), "")


def find_close_match(typed: str, names: Iterable[str]) -> str:
    """Return the name most similar to a typed one; empty if none is close."""
    close = get_close_matches(typed.casefold()[:40], list(names), n=1, cutoff=0.7)
    return close[0] if close else ""


def find_close_name(typed: str, more: Iterable[str] = ()) -> str:
    """Return the most similar field, keyword or other name; empty if none is close."""
    return find_close_match(typed, (*SPELLINGS, *more))


def is_prefix_of_any(typed: str, names: Iterable[str]) -> bool:
    """Return whether text is a prefix of any of the names."""
    return any(name.startswith(typed.casefold()) for name in names)


def is_of_schema(field: str) -> bool:
    """Return whether a field of a parsed query is none of the user's own."""
    return field in PROJECT_FIELDS or field.startswith((DATE_OF, GROUP_OF))


def get_kind(field: str) -> Kind:
    """Return the kind of a field of the schema in a parsed query."""
    return Kind.DATE if field.startswith(DATE_OF) else FIELDS[field].kind
