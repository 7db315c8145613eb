"""Every query in the documents finds something, and every name is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial

import pytest

from hunnan_tui.core.fields import Kind
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.news import News
from hunnan_tui.query.language.fields import FIELDS, KEYWORDS, TESTS
from tests.docs.pages import PAGES, ROOT, read_codes, read_prose, read_rows

TODAY = date(2026, 11, 28)
QUERY_PAGE = ROOT / "docs" / "query.md"
CHINESE_PAGE = ROOT / "docs" / "query.zh-CN.md"
ANNOTATIONS = """
jobs = 1_200
leader = "李明"
annual_plan = 120_000_000
tags = ["watch", "energy", "region/north"]
follow_up = 2026-11-28
needs = [{ kind = "energy", what = "110 kV feed", state = "open" }]
notes = [{ at = 2026-11-27T09:12:00+08:00, text = "Called the office" }]
"""


def read_queries() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        rows = [*read_rows(path, "query"), *read_rows(path, "查询")]
        for query, meaning, *_ in rows:
            codes = read_codes(query)
            codes += [code for code in read_codes(meaning) if re.search("[:=<>]", code)]
            yield from ((path.name, code) for code in codes)


@cache
def indexes() -> list[Index]:
    """The shipped datasets, a project of each annotated."""
    made = []
    for path in sorted((ROOT / "data").glob("*.toml")):
        head, key, rest = re.split(
            r'(\[\[projects\]\]\nid = "[^"]+")', path.read_text("utf-8"), maxsplit=1
        )
        index = Index(parse(f"{head}{key}{ANNOTATIONS}{rest}".encode()).dataset)
        first = frozenset([*index.dataset.projects][:1])
        index.use_news(partial(News, first, first))
        made.append(index)
    return made


@pytest.mark.parametrize(("page", "text"), read_queries())
def test_a_query_finds_something(page: str, text: str) -> None:
    found = 0
    for index in indexes():
        query = index.parse(text, today=TODAY)
        assert not query.has_error, [str(problem) for problem in query.problems]
        found += index.compute_mask(query).bit_count()
    assert found, f"{text} in {page} finds nothing"


def test_every_field_and_keyword_is_explained_with_all_its_spellings() -> None:
    codes = set(read_codes(read_prose(QUERY_PAGE)))
    for field in FIELDS.values():
        assert {field.id, *field.aliases} <= codes
    for name, (spellings, _) in TESTS.items():
        assert {f"is:{each}" for each in (name, *spellings)} <= codes
    for name, spellings in KEYWORDS.items():
        for each in (name, *spellings):
            assert any(code.startswith(each) for code in codes), each


def test_the_chinese_page_has_every_chinese_word() -> None:
    codes = set(read_codes(read_prose(CHINESE_PAGE)))
    for field in FIELDS.values():
        assert {word for word in field.aliases if not word.isascii()} <= codes
    for name, (spellings, _) in TESTS.items():
        words = {f"是:{each}" for each in spellings if not each.isascii()}
        assert words & codes, name
    for name, spellings in KEYWORDS.items():
        for each in spellings:
            assert each.isascii() or any(code.startswith(each) for code in codes), name


def test_each_field_stands_with_its_own_spellings_and_kind() -> None:
    rows = {
        read_codes(name)[0]: ({*read_codes(also)} - {"#"}, kind)
        for name, also, _, kind in read_rows(QUERY_PAGE, "field")
    }
    assert rows.keys() == FIELDS.keys()
    for field in FIELDS.values():
        kind = "length" if field.kind is Kind.AGE else str(field.kind)
        assert rows[field.id] == ({*field.aliases}, kind)
