"""A query in both languages is one query, kept in English and shown in the one in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.fields import FIELDS as ALL_FIELDS
from hunnan_tui.core.language import ENGLISH, _, set_language
from hunnan_tui.core.schema_values import IN_CHINESE, name_value
from hunnan_tui.dataset.parser import parse as parse_dataset
from hunnan_tui.query.engine.completion import complete
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import (
    FIELDS,
    KEYWORDS,
    TESTS,
    find_name,
    find_test,
    get_test_word,
    get_word,
)
from hunnan_tui.query.language.formatter import format_query
from hunnan_tui.query.language.parser import parse
from hunnan_tui.query.language.translation import to_language, to_neutral
from tests.strategies import queries

TODAY = date(2026, 11, 28)
DATA = Path(__file__).parents[2] / "data" / "projects.toml"


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(parse_dataset(DATA.read_bytes()).dataset)


@pytest.fixture
def chinese() -> Iterator[None]:
    choose_language(["--lang", "zh"], {})
    yield
    set_language(ENGLISH)


PAIRS = [
    ("stage>=signed", "阶段>=签约"),
    ("need:open need:energy", "需求:待解决 需求:能源"),
    ("stage:signed,construction", "阶段:签约,开工"),
    ("invest>1bn", "投资>10亿"),
    ("invest:1bn..20bn", "投资:10亿..200亿"),
    ("invest<50m", "投资<5000万"),
    ("industry:information-technology", "行业:信息技术"),
    ("industry:信息", "行业:信息"),
    ("has:note", "有:笔记"),
    ("no:invest", "无:投资"),
    ("is:watched", "是:关注"),
    ("sort:invest-,name", "排序:投资-,名称"),
    ("group:industry", "分组:行业"),
    ("show:name,invest", "显示:名称,投资"),
    ("age>180d", "时长>180天"),
    ("due:today..+2w", "跟进:今天..+2周"),
    ("signed>=2023-01", "签约>=2023-01"),
    ("basis:inferred", "依据:推断"),
    ("source_kind:official", "来源类别:官方"),
    ("gas OR -(#watch turbine)", "gas 或 -(标签:watch turbine)"),
    ('name="a b" /x.y/', '名称="a b" /x.y/'),
    ("", ""),
]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(("english", "shown"), PAIRS)
def test_it_is_shown_in_chinese_and_kept_in_english(
    english: str, shown: str, index: Index
) -> None:
    neutral = to_neutral(english, index.dataset, TODAY)
    assert to_language(english, index.dataset, TODAY) == shown
    assert to_neutral(shown, index.dataset, TODAY) == neutral
    for text in (english, shown):
        query = index.parse(text, today=TODAY)
        assert not query.has_error
        wanted = index.parse(neutral, today=TODAY)
        assert index.find_keys(query) == index.find_keys(wanted)
    wide = shown.replace(":", "：").replace(">", "＞").replace("=", "＝")
    if '"' not in shown:
        assert to_neutral(wide, index.dataset, TODAY) == neutral


@pytest.mark.parametrize(("english", "shown"), PAIRS)
def test_a_chinese_query_is_shown_in_english(
    english: str, shown: str, index: Index
) -> None:
    neutral = to_neutral(english, index.dataset, TODAY)
    assert to_language(shown, index.dataset, TODAY) == neutral


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("text", ["阶段:", "stag:x", "(a", "a or b", "投资>x"])
def test_what_makes_no_sense_stays_as_it_was_typed(text: str, index: Index) -> None:
    assert to_neutral(text, index.dataset, TODAY) == text
    assert to_language(text, index.dataset, TODAY) == text


@given(queries())
def test_any_query_reads_back_in_chinese_and_in_english(text: str) -> None:
    choose_language(["--lang", "zh"], {})
    try:
        query = parse(text, today=TODAY)
        for is_neutral in (False, True):
            again = parse(format_query(query, is_neutral=is_neutral), today=TODAY)
            assert (again.node, again.sort, again.group, again.show) == (
                query.node,
                query.sort,
                query.group,
                query.show,
            )
    finally:
        set_language(ENGLISH)


@pytest.mark.usefixtures("chinese")
def test_every_name_has_a_chinese_word_that_means_it() -> None:
    for name in (*FIELDS, *KEYWORDS):
        word = get_word(name)
        assert not word.isascii(), name
        assert find_name(word) == name
    for name in TESTS:
        assert not get_test_word(name).isascii()
        assert find_test(get_test_word(name)) == name
    for field in ALL_FIELDS.values():
        assert field.label != field.name, field.id
    for value, name in IN_CHINESE.items():
        assert name_value(value) == name


@pytest.mark.usefixtures("chinese")
def test_completions_are_chinese_whatever_is_typed(index: Index) -> None:
    def offer(text: str) -> list[tuple[str, str]]:
        offered = complete(text, len(text), index, index.everything)
        return [(each.insert, each.label) for each in offered]

    assert ("阶段:", _("stage, in order")) in offer("阶")
    assert ("阶段:", _("stage, in order")) in offer("sta")
    assert offer("阶段：签") == [("签约", "签约")]
    assert offer("stage:sig") == [("签约", "签约")]
    assert "信息技术" in dict(offer("行业:信息"))
    assert "投资" in dict(offer("排序:"))
    assert "关注" in dict(offer("是:"))
    assert "或" in dict(offer("a "))
    assert "或" in dict(offer("a 或"))
    assert ("推断", "推断") in offer("依据:")
