"""The one declaration of a project's fields; everything that lists fields derives from it.

A field that needs no code of its own is one entry of the table: its key is read by its
kind into `Project.values`, and it is shown, searched, sorted, compared and exported.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from hunnan_tui.core.computed_values import (
    collect_authors,
    collect_need_owners,
    collect_source_kinds,
    find_latest_note,
    find_latest_report,
    find_latest_update,
    get_file,
)
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.model import Dataset, Project

FILE = "file"
"""The field that says which of several files a project is from."""


class Kind(StrEnum):
    """What values a field has, and so how it is read, compared and sorted."""

    TEXT = "text"
    """Contains; `=` is exact. No order but for sorting."""
    CHOICE = "choice"
    """One of few values, found by the start of their names."""
    STAGE = "stage"
    """A choice with an order."""
    TAG = "tag"
    """Exact, or the family before a slash, or a glob."""
    NUMBER = "number"
    """A count."""
    AMOUNT = "amount"
    """Money, in whole units of the dataset's currency."""
    DATE = "date"
    AGE = "age"


NUMERIC = (Kind.NUMBER, Kind.AMOUNT)
"""Kinds whose values are integers."""
WORDED = (Kind.TEXT, Kind.CHOICE, Kind.TAG)
"""Kinds whose values are words, which have no order."""


class Field(NamedTuple):
    """A fact that a project can state, or that follows from those that it states."""

    id: str
    """What queries and programs call it."""
    kind: Kind
    name: str
    """What people call it; the heading of its columns unless those state another."""
    name_zh: str = ""
    key: str = ""
    """Its key in the file; empty for a field that is computed."""
    aliases: tuple[str, ...] = ()
    """Other names that a query can use; the first Chinese one is its word in Chinese."""
    help: str = ""
    """A few words for the list of completions."""
    noun: str = ""
    """What a project without it lacks, as in "Leaves out 3 with no …"; the id if empty."""
    order_name: str = ""
    """What the menu of orders calls it; empty if it is not in that menu."""
    gap_name: str = ""
    """What the report of gaps calls it; empty if not every project should state it."""
    title: str = ""
    """The title of its column in the list; the name if empty."""
    title_width: int = 0
    """Cells of its column in the list; 0 for a width that suits its kind."""
    heading: str = ""
    """The heading of its exported column, `{unit}` for the currency; or the name."""
    width: int = 16
    """Characters of a line of its exported column."""
    columns: tuple[str, ...] = ()
    """The exported columns that state it in full, where that is not its own alone."""
    choices: tuple[str, ...] = ()
    """The values that the file may have; empty for any."""
    is_list: bool = False
    """Whether it has several values."""
    is_annotation: bool = False
    """Whether the reader adds it: the only fields that the program writes."""
    is_queried: bool = True
    """Whether a query can name it, and the list show it; else it qualifies another."""
    is_internal: bool = False
    """Whether it is of use to programs alone: a table has it only when it is named."""
    is_largest_first: bool = False
    """Whether one expects the largest or latest value first when sorting by it."""
    compute: Callable[[Project, Dataset], Any] | None = None
    """What gives its value if it has no key."""

    @property
    def label(self) -> str:
        """What people call it, in the language in use."""
        return _(self.name) if self.id in FIELDS else self.name

    @property
    def word(self) -> str:
        """What queries call it in the language in use: the first Chinese alias."""
        if not is_chinese():
            return self.id
        return next((each for each in self.aliases if not each.isascii()), self.id)

    @property
    def column(self) -> str:
        """The name of its exported column: the key of the file, where it has one."""
        return self.key or self.id

    def get_stored_value(self, project: Project) -> Any:
        """Return what the project states under its key; None or empty for nothing."""
        if self.key in _ATTRIBUTES:
            return getattr(project, self.key)
        return project.values.get(self.key, _EMPTY_VALUES.get(self.kind, ""))

    def get_value(self, project: Project, dataset: Dataset) -> Any:
        """Return its value, stored or computed; None or empty for nothing."""
        if self.compute is not None:
            return self.compute(project, dataset)
        return self.get_stored_value(project)


_EMPTY_VALUES: Mapping[Kind, None] = dict.fromkeys(NUMERIC)
"""What stands for no value in fields that have no empty text."""
_ATTRIBUTES = frozenset((*Project._fields, "tags", "follow_up", "needs", "notes")) - {
    "origin"
}
"""Keys whose values are attributes of a project."""

_TABLE = (
    Field(
        "id",
        Kind.TEXT,
        N_("Id"),
        "编号",
        key="id",
        aliases=("key", "编号"),
        help=N_("the project's id"),
        title_width=24,
        width=24,
    ),
    Field(
        "name",
        Kind.TEXT,
        N_("Name"),
        "名称",
        key="name",
        aliases=("title", "名称", "名字", "项目"),
        help=N_("either name"),
        order_name=N_("name"),
        width=40,
        columns=("name", "name_zh"),
    ),
    Field(
        "name_zh",
        Kind.TEXT,
        N_("Chinese name"),
        "中文名",
        key="name_zh",
        aliases=("zh", "中文名"),
        help=N_("the Chinese name"),
        order_name=N_("Chinese name, by pinyin"),
        gap_name=N_("Chinese name"),
        title_width=26,
        width=32,
    ),
    Field(
        "district",
        Kind.CHOICE,
        N_("District"),
        "区县",
        key="district",
        aliases=("区县", "区", "地区"),
        help=N_("district"),
        order_name=N_("district"),
        gap_name=N_("district"),
        title_width=14,
    ),
    Field(
        "place",
        Kind.TEXT,
        N_("Place"),
        "地点",
        key="place",
        aliases=("地点", "位置", "地址"),
        help=N_("place"),
        gap_name=N_("place"),
        title_width=22,
        width=28,
    ),
    Field(
        "industry",
        Kind.CHOICE,
        N_("Industries"),
        "行业",
        key="industries",
        aliases=("industries", "行业", "产业"),
        help=N_("industry"),
        order_name=N_("industry"),
        gap_name=N_("stated industry"),
        title=N_("Industry"),
        title_width=22,
        width=28,
        columns=("industries", "industries_basis"),
        is_list=True,
    ),
    Field(
        "basis",
        Kind.CHOICE,
        N_("Basis"),
        "依据",
        key="industries_basis",
        aliases=("依据",),
        help=N_("stated, inferred, or user for own knowledge"),
        title_width=8,
        heading=N_("Industries: basis"),
        width=10,
        choices=("stated", "inferred", "user"),
    ),
    Field(
        "stage",
        Kind.STAGE,
        N_("Stage"),
        "阶段",
        key="stage",
        aliases=("status", "阶段", "进度"),
        help=N_("stage, in order"),
        order_name=N_("stage"),
        gap_name=N_("stage"),
        title_width=18,
        width=18,
        is_largest_first=True,
    ),
    Field(
        "stage_date",
        Kind.DATE,
        N_("Stage date"),
        "阶段日期",
        key="stage_date",
        aliases=("阶段日期",),
        help=N_("latest day of its stage"),
        noun=N_("date of its stage"),
        order_name=N_("date of the stage"),
        gap_name=N_("date of the stage"),
        heading=N_("Stage: date"),
        width=12,
        is_largest_first=True,
    ),
    Field(
        "invest",
        Kind.AMOUNT,
        N_("Investment"),
        "投资额",
        key="investment",
        aliases=("investment", "amount", "value", "投资", "投资额", "金额"),
        help=N_("stated investment"),
        noun=N_("amount"),
        order_name=N_("investment"),
        gap_name=N_("investment"),
        title=N_("Amount"),
        heading=N_("Investment ({unit})"),
        width=20,
        columns=("investment", "investment_qualifier"),
        is_largest_first=True,
    ),
    Field(
        "investment_qualifier",
        Kind.CHOICE,
        N_("Investment qualifier"),
        "投资额约或逾",
        key="investment_qualifier",
        heading=N_("Investment: about or over"),
        width=10,
        choices=("about", "over"),
        is_queried=False,
    ),
    Field(
        "investment_usd",
        Kind.AMOUNT,
        N_("Investment in dollars"),
        "投资额(美元)",
        key="investment_usd",
        heading=N_("Investment (dollars)"),
        width=18,
        is_queried=False,
    ),
    Field(
        "investment_text",
        Kind.TEXT,
        N_("Investment as worded"),
        "投资额原文",
        key="investment_text",
        heading=N_("Investment: as worded"),
        width=28,
        is_queried=False,
    ),
    Field(
        "jobs",
        Kind.NUMBER,
        N_("Jobs"),
        "就业岗位",
        key="jobs",
        aliases=("岗位", "就业", "就业岗位"),
        help=N_("number of jobs announced"),
        noun=N_("number of jobs"),
        order_name=N_("jobs"),
        width=10,
        is_largest_first=True,
    ),
    Field(
        "url",
        Kind.TEXT,
        N_("Page"),
        "网页",
        key="url",
        aliases=("网址", "链接", "网页"),
        help=N_("address of a page of its own"),
        title_width=30,
        width=40,
    ),
    Field(
        "part_of",
        Kind.CHOICE,
        N_("Part of"),
        "所属项目",
        key="part_of",
        aliases=("whole", "所属", "所属项目"),
        help=N_("the project that it is part of"),
        noun=N_("project that it is part of"),
        title_width=24,
        width=24,
    ),
    Field(
        "party",
        Kind.TEXT,
        N_("Parties"),
        "单位",
        key="parties",
        aliases=("parties", "investor", "company", "单位", "企业", "投资方", "公司"),
        help=N_("firm or office that takes part"),
        gap_name=N_("parties"),
        title_width=26,
        width=40,
        is_list=True,
    ),
    Field(
        "follow_up_owner",
        Kind.CHOICE,
        N_("Follow-up by"),
        "跟进人",
        key="follow_up_owner",
        aliases=("跟进人",),
        help=N_("who sees to the follow-up of the project"),
        title_width=12,
        width=16,
    ),
    Field(
        "summary",
        Kind.TEXT,
        N_("Summary"),
        "简介",
        key="summary",
        aliases=("简介", "摘要"),
        help=N_("summary"),
        gap_name=N_("summary"),
        title_width=40,
        width=60,
    ),
    Field(
        "source",
        Kind.TEXT,
        N_("Sources"),
        "来源",
        key="sources",
        aliases=("sources", "来源", "出处"),
        help=N_("id, title or publisher"),
        gap_name=N_("source"),
        title_width=18,
        width=28,
        is_list=True,
    ),
    Field(
        "caveat",
        Kind.TEXT,
        N_("Caveat"),
        "存疑",
        key="caveat",
        aliases=("存疑",),
        help=N_("what is doubtful"),
        title_width=32,
        width=40,
    ),
    Field(
        "fact",
        Kind.TEXT,
        N_("Facts"),
        "事实",
        key="facts",
        aliases=("facts", "事实"),
        help=N_("labelled facts"),
        title_width=32,
        width=40,
        is_list=True,
    ),
    Field(
        "event",
        Kind.TEXT,
        N_("Events"),
        "事件",
        key="events",
        aliases=("events", "事件"),
        help=N_("what happened"),
        title_width=32,
        width=40,
        is_list=True,
    ),
    Field(
        "user_facts",
        Kind.TEXT,
        N_("Own knowledge"),
        "本人掌握的事实",
        key="user_facts",
        width=24,
        is_list=True,
        is_queried=False,
    ),
    Field(
        "import_key",
        Kind.TEXT,
        N_("Import key"),
        "导入标识",
        key="import_key",
        width=24,
        is_queried=False,
        is_internal=True,
    ),
    Field(
        "source_kind",
        Kind.CHOICE,
        N_("Kinds of sources"),
        "来源类别",
        aliases=("来源类别",),
        help=N_("official, media, copy or reference"),
        title=N_("Kinds"),
        title_width=12,
        is_list=True,
        compute=collect_source_kinds,
    ),
    Field(
        FILE,
        Kind.CHOICE,
        N_("File"),
        "文件",
        aliases=("文件",),
        help=N_("name of its file, where there are several"),
        title_width=16,
        compute=get_file,
    ),
    Field(
        "reported",
        Kind.DATE,
        N_("Last report"),
        "报道日期",
        aliases=("报道", "报道日期"),
        help=N_("date of a source"),
        noun=N_("dated source"),
        title=N_("Reported"),
        width=12,
        compute=find_latest_report,
    ),
    Field(
        "updated",
        Kind.DATE,
        N_("Last word"),
        "更新日期",
        aliases=("更新",),
        help=N_("date of the latest word on it"),
        noun=N_("date"),
        order_name=N_("latest news"),
        title=N_("Updated"),
        width=12,
        is_largest_first=True,
        compute=find_latest_update,
    ),
    Field(
        "age",
        Kind.AGE,
        N_("Age"),
        "时长",
        aliases=("时长",),
        help=N_("how long there is nothing new"),
        noun=N_("date"),
        title_width=7,
        columns=("updated",),
        compute=find_latest_update,
    ),
    Field(
        "tag",
        Kind.TAG,
        N_("Tags"),
        "标签",
        key="tags",
        aliases=("tags", "标签"),
        help=N_("tag or family of tags"),
        title_width=18,
        width=24,
        is_list=True,
        is_annotation=True,
    ),
    Field(
        "due",
        Kind.DATE,
        N_("Follow-up"),
        "跟进日期",
        key="follow_up",
        aliases=("follow_up", "follow-up", "followup", "跟进", "到期"),
        help=N_("day to come back to it"),
        noun=N_("day to come back"),
        order_name=N_("follow-up date"),
        heading=N_("Follow up"),
        width=12,
        is_annotation=True,
    ),
    Field(
        "need",
        Kind.TEXT,
        N_("Needs"),
        "需求",
        key="needs",
        aliases=("needs", "safeguard", "需求", "保障"),
        help=N_("open or met need"),
        title_width=24,
        width=32,
        is_list=True,
        is_annotation=True,
    ),
    Field(
        "need_owner",
        Kind.CHOICE,
        N_("Owners of needs"),
        "需求跟进人",
        aliases=("需求跟进人",),
        help=N_("who sees to an open need"),
        noun=N_("open need of anybody"),
        title_width=14,
        width=16,
        is_list=True,
        is_annotation=True,
        compute=collect_need_owners,
    ),
    Field(
        "noted",
        Kind.DATE,
        N_("Last note"),
        "记录日期",
        aliases=("记录",),
        help=N_("date of a note"),
        noun=N_("dated note"),
        title=N_("Noted"),
        width=12,
        is_annotation=True,
        compute=find_latest_note,
    ),
    Field(
        "by",
        Kind.CHOICE,
        N_("Written by"),
        "记录人",
        aliases=("author", "记录人", "作者"),
        help=N_("who wrote a note, or knows an event"),
        noun=N_("note or event of anybody"),
        title=N_("By"),
        title_width=12,
        width=16,
        is_list=True,
        is_annotation=True,
        compute=collect_authors,
    ),
    Field(
        "note",
        Kind.TEXT,
        N_("Notes"),
        "备注",
        key="notes",
        aliases=("notes", "笔记", "备注"),
        help=N_("text of the notes"),
        title_width=32,
        width=60,
        is_list=True,
        is_annotation=True,
    ),
)
FIELDS: Mapping[str, Field] = {field.id: field for field in _TABLE}
"""All fields by id, in the order of the schema and of exported columns."""

BY_KEY: Mapping[str, Field] = {field.key: field for field in _TABLE if field.key}
"""The fields of the file by their keys, in the order of the schema."""

IN_CURRENCY = frozenset(
    key
    for key, field in BY_KEY.items()
    if field.kind is Kind.AMOUNT and key != "investment_usd"
)
"""The keys of amounts in the currency of the file."""

SCHEMA_KEYS = tuple(BY_KEY)
"""The keys of a project in the file; the columns of the CSV form of a list."""

GENERIC = tuple(field for key, field in BY_KEY.items() if key not in _ATTRIBUTES)
"""The fields that no code names: their values are in `Project.values`."""


GETTERS: Mapping[str, Callable[[Project], Any]] = {
    key: attrgetter(key) if key in _ATTRIBUTES else field.get_stored_value
    for key, field in BY_KEY.items()
}
"""What gives the value of each key of the file, as `Field.get_stored_value` does."""


def arrange(
    fields: Iterable[Field], first: Iterable[str] = (), last: Iterable[str] = ()
) -> list[Field]:
    """Return fields with some in front of the others and some behind them.

    Args:
        fields: The fields.
        first: The ids of those in front, in their order.
        last: The ids of those behind.
    """
    middle = {field.id: field for field in fields}
    front = [middle.pop(name) for name in first if name in middle]
    back = [middle.pop(name) for name in last if name in middle]
    return [*front, *middle.values(), *back]
