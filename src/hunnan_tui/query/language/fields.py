"""The names of a query: fields with what kind of value they take, and named tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from hunnan_tui.core.text import fold

DATE_OF = "date-of:"
"""Begins the field that is the day on which a stage was reached: `date-of:signed`."""
GROUP_OF = "group-of:"
"""Begins the field that lists are put into groups by: `group-of:stage`."""


class Kind(StrEnum):
    """What values a field has, and so how it is compared and sorted."""

    TEXT = "text"
    """Contains; `=` is exact. No order but for sorting."""
    CHOICE = "choice"
    """One of the values that the dataset lists, found by the start of their names."""
    STAGE = "stage"
    """A choice with an order."""
    TAG = "tag"
    """Exact, or the family before a slash, or a glob."""
    AMOUNT = "amount"
    DATE = "date"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a project, as a query names it."""

    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    help: str = ""
    """A few words for the list of completions."""

    @property
    def has_order(self) -> bool:
        """Return whether one value can be more than another."""
        return self.kind not in (Kind.TEXT, Kind.CHOICE, Kind.TAG)


_TABLE = (
    Field("id", Kind.TEXT, ("key", "编号"), "the project's id"),
    Field("name", Kind.TEXT, ("title", "名称", "名字", "项目"), "either name"),
    Field("name_zh", Kind.TEXT, ("zh", "中文名"), "the Chinese name"),
    Field("industry", Kind.CHOICE, ("industries", "行业", "产业"), "industry"),
    Field("stage", Kind.STAGE, ("status", "阶段", "进度"), "stage, in order"),
    Field("stage_date", Kind.DATE, ("阶段日期",), "latest day of its stage"),
    Field(
        "invest",
        Kind.AMOUNT,
        ("investment", "amount", "value", "投资", "投资额", "金额"),
        "stated investment",
    ),
    Field("district", Kind.CHOICE, ("区", "区县", "地区"), "district"),
    Field("place", Kind.TEXT, ("地点", "位置", "地址"), "place"),
    Field(
        "party",
        Kind.TEXT,
        ("parties", "investor", "company", "企业", "投资方", "单位", "公司"),
        "firm or office that takes part",
    ),
    Field("summary", Kind.TEXT, ("摘要", "简介"), "summary"),
    Field("caveat", Kind.TEXT, ("存疑",), "what is doubtful"),
    Field("fact", Kind.TEXT, ("facts", "事实"), "labelled facts"),
    Field("event", Kind.TEXT, ("events", "事件"), "what happened"),
    Field("source", Kind.TEXT, ("sources", "来源", "出处"), "id, title or publisher"),
    Field(
        "source_kind", Kind.CHOICE, ("来源类别",), "official, media, copy or reference"
    ),
    Field("basis", Kind.CHOICE, ("依据",), "stated or inferred"),
    Field("reported", Kind.DATE, ("报道", "报道日期"), "date of a source"),
    Field("updated", Kind.DATE, ("更新",), "date of the latest word on it"),
    Field("age", Kind.AGE, ("时长",), "how long there is nothing new"),
    Field("tag", Kind.TAG, ("tags", "标签"), "tag or family of tags"),
    Field("note", Kind.TEXT, ("notes", "备注", "笔记"), "text of the notes"),
    Field("noted", Kind.DATE, ("记录",), "date of a note"),
    Field(
        "need", Kind.TEXT, ("needs", "safeguard", "需求", "保障"), "open or met need"
    ),
    Field(
        "due",
        Kind.DATE,
        ("follow_up", "follow-up", "followup", "跟进", "到期"),
        "day to come back to it",
    ),
)
FIELDS: Mapping[str, Field] = {each.name: each for each in _TABLE}

TESTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "watched": (("watch", "关注"), "has the tag watch"),
    "tagged": (("有标签",), "has any tag"),
    "noted": (("有备注",), "has any note"),
    "stale": (("陈旧",), "nothing new for 180 days"),
    "largest": (("最大",), "among the ten largest investments"),
    "due": (("到期",), "the day to come back to it has come"),
    "needy": (("open", "待办"), "waits for something"),
}
"""What can stand after `is:`, with other spellings and a few words of help."""

KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "has": ("有",),
    "no": ("无", "缺"),
    "is": ("是",),
    "sort": ("order", "排序"),
    "group": ("分组",),
    "show": ("columns", "显示", "列"),
}
"""What stands before `:` and is no field."""

SPELLINGS: Mapping[str, str] = {
    spelling: name
    for name, spellings in (
        *((each.name, (each.name, *each.aliases)) for each in _TABLE),
        *((name, (name, *aliases)) for name, aliases in KEYWORDS.items()),
    )
    for spelling in spellings
}
TEST_SPELLINGS: Mapping[str, str] = {
    spelling: name
    for name, (aliases, _) in TESTS.items()
    for spelling in (name, *aliases)
}


def find_name(typed: str) -> str:
    """Return the field or keyword that is meant by a spelling; empty if none is."""
    return _spelt(typed, SPELLINGS)


def find_field(typed: str) -> str:
    """Return the field that is meant by a spelling; empty if none is."""
    name = find_name(typed)
    return name if name in FIELDS else ""


def find_test(typed: str) -> str:
    """Return the named test that is meant; empty if none is."""
    return _spelt(typed, TEST_SPELLINGS)


def _spelt(typed: str, spellings: Mapping[str, str]) -> str:
    # those of all names are folded, but most that are typed are one as they stand
    return spellings.get(typed.casefold()) or spellings.get(fold(typed), "")


def near(typed: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant; empty if none is close."""
    close = get_close_matches(typed.casefold()[:40], list(names), n=1, cutoff=0.7)
    return close[0] if close else ""


def near_name(typed: str, more: Iterable[str] = ()) -> str:
    """Return the field, keyword or other name that was probably meant."""
    return near(typed, (*SPELLINGS, *more))


def is_beginning(typed: str, names: Iterable[str]) -> bool:
    """Return whether text is how one of the names begins."""
    return any(name.startswith(typed.casefold()) for name in names)


def kind_of(field: str) -> Kind:
    """Return the kind of a field of a parsed query."""
    return Kind.DATE if field.startswith(DATE_OF) else FIELDS[field].kind
