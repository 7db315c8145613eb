"""The text of a new dataset: no project yet, and all that the first one needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import tomli

from hunnan_tui.core.currencies import find_code
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.starting_sets import CHINESE_DISTRICT, GENERAL, SETS, Term
from hunnan_tui.dataset.toml.writer import format_pair

LANGUAGES = ("en", "zh")
"""The languages in which a new file explains itself."""
LONGEST = 200
"""Characters of a title or a district."""


_NO_CURRENCY = ("", "none", "-", "无")


class NewDatasetError(HunnanError):
    """What a dataset cannot begin with."""


class NewDataset(NamedTuple):
    """What a new dataset begins with."""

    title: str = ""
    """Empty for a plain one."""
    district: str = ""
    """Where its projects are, for the title and the example."""
    currency: str = ""
    """A code; empty where none is decided yet."""
    set_name: str = GENERAL
    """Which of `SETS`."""
    language: str = "en"

    @property
    def full_title(self) -> str:
        """The title, or one that says where the projects are."""
        if self.title:
            return self.title
        if self.language == "zh":
            return f"{self.district}项目库"
        return f"Projects of {self.district}" if self.district else "Projects"


def suggest_dataset(language: str) -> NewDataset:
    """Return what a new dataset begins with if nobody says otherwise.

    Args:
        language: That of the system, such as `zh_CN.UTF-8`.
    """
    if language.startswith("zh"):
        currency = SETS[CHINESE_DISTRICT].currency
        return NewDataset("", "", currency, CHINESE_DISTRICT, "zh")
    return NewDataset()


def clean_line(typed: str) -> str:
    """Return a typed title or district on one line; NewDatasetError if it is too long."""
    line = " ".join(UNSAFE.sub(" ", typed).split())
    if len(line) > LONGEST:
        raise NewDatasetError(
            _("It has more than {longest} characters: shorten it").format(
                longest=LONGEST
            )
        )
    return line


def parse_currency(typed: str) -> str:
    """Return the code of a currency that is typed as people do, such as `EUR` or `€`.

    It is empty where none is decided yet.

    Raises:
        NewDatasetError: Nothing is called so.
    """
    name = clean_line(typed)
    if name.casefold() in _NO_CURRENCY:
        return ""
    code = find_code(name, "")
    if not code:
        raise NewDatasetError(
            _(
                "No currency is called {name!r}: type a code such as CNY, EUR or KES"
            ).format(name=name)
        )
    return code


def has_content(text: bytes) -> bool:
    """Return whether a text holds more than blanks and comments."""
    try:
        return bool(tomli.loads(text.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return True


def format_new_dataset(new: NewDataset, today: date) -> bytes:
    """Return the text of a new dataset.

    Args:
        new: What it begins with.
        today: The day that its facts are of.
    """
    return ("\n".join(_format_lines(new, today)) + "\n").encode()


def _format_lines(new: NewDataset, today: date) -> Iterator[str]:
    chosen, words = SETS[new.set_name], _WORDS[new.language]
    has_chinese = chosen.is_bilingual or new.language == "zh"
    yield from _format_comment(words.about)
    yield from ("", "format = 1", "", "[dataset]")
    yield _pair("title", new.full_title)
    if new.currency:
        yield _pair("currency", new.currency)
    else:
        yield f'# currency = "EUR"  # {words.currency}'
    yield f"updated = {today.isoformat()}"
    yield from ("", *_format_comment(words.industries))
    for industry in chosen.industries:
        yield from ("", *_format_term("industries", industry, has_chinese=has_chinese))
        if industry.meaning and new.language == "en":
            yield _pair("definition", industry.meaning)
    if not chosen.industries:
        yield from _format_comment(
            _format_term("industries", _INDUSTRY, has_chinese=False)
        )
    yield from ("", *_format_comment(words.stages))
    for stage in chosen.stages:
        yield ""
        if stage.meaning and new.language == "en":
            yield from _format_comment([stage.meaning])
        yield from _format_term("stages", stage, has_chinese=has_chinese)
    if not chosen.stages:
        yield from _format_comment(_format_term("stages", _STAGE, has_chinese=False))
    yield from ("", *_format_comment(words.projects), "#")
    yield from _format_comment(_format_example(new))


def _format_term(table: str, term: Term, *, has_chinese: bool) -> Iterator[str]:
    yield f"[[{table}]]"
    yield _pair("id", term.id)
    yield _pair("name", term.name)
    if has_chinese:
        yield _pair("name_zh", term.name_zh)


def _format_example(new: NewDataset) -> Iterator[str]:
    """Yield the tables of an example: a source and a project."""
    chosen, words = SETS[new.set_name], _WORDS[new.language].example
    yield from (
        "[[sources]]",
        'id = "town-news-2026-03"',
        _pair("title", words.title),
        _pair("publisher", words.publisher),
        "date = 2026-03-08",
        'url = "https://example.org/news/battery"',
        "",
        "[[projects]]",
        'id = "battery-factory"',
        _pair("name", words.name),
    )
    if chosen.is_bilingual and new.language == "en":
        yield _pair("name_zh", _WORDS["zh"].example.name)
    if new.district:
        yield _pair("district", new.district)
    yield _pair("industries", [(chosen.industries or (_INDUSTRY,))[0].id])
    yield _pair("stage", (chosen.stages or (_STAGE,))[0].id)
    yield 'stage_date = "2026-03"'
    if new.currency:
        yield "investment = 120_000_000"
    yield from (
        f'parties = [{{ name = "{words.party}", role = "{words.role}" }}]',
        _pair("summary", words.summary),
        'sources = ["town-news-2026-03"]',
    )


_INDUSTRY = Term("manufacturing", "Manufacturing", "")
_STAGE = Term("planned", "Planned", "")


class _Example(NamedTuple):
    """What the example says."""

    title: str
    publisher: str
    name: str
    party: str
    role: str
    summary: str


class _Words(NamedTuple):
    """What the comments say."""

    about: tuple[str, ...]
    currency: str
    industries: tuple[str, ...]
    stages: tuple[str, ...]
    projects: tuple[str, ...]
    example: _Example


_WORDS = {
    "en": _Words(
        about=(
            "Projects of a place: hunnan-tui shows them and keeps what you add.",
            "You may read and change this file in any editor.",
            "",
            "[dataset]          the title, the currency of all amounts, the day up to "
            "which the facts go",
            "[[industries]]     what a project belongs to, in display order",
            "[[stages]]         the steps of a project's life; their order here is what "
            '"signed or later" means',
            "[[sources]]        the pages and documents that the facts were read in",
            "[[announcements]]  published totals; never counted as projects",
            "[[projects]]       the projects; only id and name are required",
            "",
            'What is left out is "not stated", never 0. An amount is a whole number of '
            "the currency: 120_000_000.",
            'A date is 2026-03-08, "2026-03" or "2026", as exact as you know it. Any '
            "key that the format does not",
            "know is kept, and shown as a field of your own.",
            "",
            "What is wrong in the file, line by line: hunnan-tui check FILE",
            "The whole format: docs/format.md of hunnan-tui",
        ),
        currency="of all amounts: a code of three letters",
        industries=("Industries, in the order in which they are shown.",),
        stages=(
            "Stages, in the order of a project's life. A stop or a resumption of works "
            "is an event of the",
            "project, not a stage.",
        ),
        projects=(
            "Projects, in any order. An example with its source: take the # away, or "
            "begin your own below it.",
        ),
        example=_Example(
            "A battery factory for the town",
            "Town News",
            "Battery factory",
            "Example Ltd",
            "investor",
            "Cells and packs for lorries.",
        ),
    ),
    "zh": _Words(
        about=(
            "一个地区的项目库：用 hunnan-tui 打开，也可以用任何文本编辑器修改。",
            "",
            "[dataset]          标题、金额的货币、数据截至哪一天",
            "[[industries]]     行业，按显示顺序排列",
            "[[stages]]         阶段，按先后顺序排列：筛选“阶段>=签约”就看这里的次序",
            "[[sources]]        来源：事实出自哪些网页和文件",
            "[[announcements]]  公布的总数，不当作项目统计",
            "[[projects]]       项目，只有 id 和 name 必填",
            "",
            "没有写的就是“未公布”，绝不当作 0。金额写整数，到元为止，如 1.2 亿元写作 120_000_000。",
            '日期写作 2026-03-08、"2026-03" 或 "2026"，知道多少写多少。',
            "另外写的键照样保留，显示为自定义字段。",
            "",
            "检查文件，逐行指出问题：hunnan-tui check 文件名",
            "完整的格式说明（英文）：hunnan-tui 的 docs/format.md",
        ),
        currency="金额的货币：三个字母的代码",
        industries=("行业，按显示顺序排列。",),
        stages=("阶段，按先后顺序排列。停工、复工是项目的事件，不是阶段。",),
        projects=(
            "项目，顺序不限。下面是一个带来源的例子：去掉每行的 # 就能用，也可以在下面另写。",
        ),
        example=_Example(
            "电池工厂落户我区",
            "本地日报",
            "电池工厂",
            "示例公司",
            "投资方",
            "生产货车用的电芯和电池包。",
        ),
    ),
}


def _format_comment(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {line}".rstrip() for line in lines)


def _pair(key: str, value: object) -> str:
    return format_pair(key, value, b"\n").decode().removesuffix("\n")
