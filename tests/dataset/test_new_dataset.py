"""A new dataset: its text passes every check, and so does its example."""

from __future__ import annotations

import re
from datetime import date

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset.new_dataset import (
    LANGUAGES,
    NewDataset,
    NewDatasetError,
    clean_line,
    format_new_dataset,
    has_content,
    parse_currency,
    suggest_dataset,
)
from hunnan_tui.dataset.parser import parse
from hunnan_tui.dataset.starting_sets import SETS

TODAY = date(2026, 11, 23)
EVERY = pytest.mark.parametrize(
    ("set_name", "language"),
    [(name, language) for name in SETS for language in LANGUAGES],
)


@EVERY
def test_its_text_has_no_problem(set_name: str, language: str) -> None:
    new = NewDataset(district="Kisumu", set_name=set_name, language=language)
    parsed = parse(format_new_dataset(new, TODAY), "new.toml")
    assert not parsed.problems
    dataset = parsed.dataset
    assert "Kisumu" in dataset.title
    assert dataset.updated == "2026-11-23"
    assert list(dataset.stages) == [stage.id for stage in SETS[set_name].stages]
    assert list(dataset.industries) == [
        industry.id for industry in SETS[set_name].industries
    ]


@EVERY
@pytest.mark.parametrize("currency", ["", "KES"])
def test_its_example_is_a_project_once_it_is_no_comment(
    set_name: str, language: str, currency: str
) -> None:
    new = NewDataset("", "Kisumu", currency, set_name, language)
    text = format_new_dataset(new, TODAY).decode()
    # all comments that are TOML: the tables of the example, and their keys
    lines = re.sub(r'(?m)^# (?=\[\[\w+\]\]$|\w+ = [\["\d])', "", text)
    parsed = parse(lines.encode(), "new.toml")
    assert not parsed.problems
    project = parsed.dataset.projects["battery-factory"]
    assert project.investment == (120_000_000 if currency else None)
    assert project.stage in parsed.dataset.stages


def test_a_chinese_district_has_the_names_of_both_languages() -> None:
    new = suggest_dataset("zh_CN.UTF-8")
    dataset = parse(format_new_dataset(new, TODAY), "new.toml").dataset
    assert dataset.currency == "CNY"
    assert dataset.title == "项目库"
    named = {stage.name: stage.name_zh for stage in dataset.stages.values()}
    assert named["Signed"] == "签约"
    assert len(dataset.industries) == 6
    assert suggest_dataset("de_DE.UTF-8") == suggest_dataset("") == NewDataset()


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_title_that_is_taken_comes_back(title: str, district: str) -> None:
    try:
        new = NewDataset(clean_line(title), clean_line(district))
    except NewDatasetError:
        assert len(title) > 200 or len(district) > 200
        return
    record = tomli.loads(format_new_dataset(new, TODAY).decode())
    assert record["dataset"]["title"] == new.full_title
    assert "\n" not in new.full_title


@pytest.mark.parametrize(
    ("typed", "code"),
    [("kes", "KES"), ("€", "EUR"), (" 人民币 ", "CNY"), ("", ""), ("None", "")],
)
def test_a_currency_is_typed_as_people_do(typed: str, code: str) -> None:
    assert parse_currency(typed) == code


@pytest.mark.parametrize("typed", ["XXX", "coins", "1", "€€", "CNY EUR"])
def test_what_is_no_currency_is_refused(typed: str) -> None:
    with pytest.raises(NewDatasetError, match="type a code"):
        parse_currency(typed)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        (b"", False),
        (b"\xef\xbb\xbf \r\n", False),
        (b"# mine\n", False),
        (b"x = 1\n", True),
        (b"[broken", True),
        (b"\xff\xfe", True),
    ],
)
def test_what_counts_as_content(text: bytes, has: bool) -> None:
    assert has_content(text) is has


def test_a_chinese_file_explains_itself_in_chinese() -> None:
    text = format_new_dataset(suggest_dataset("zh_CN.UTF-8"), TODAY).decode()
    comments = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    # what is no word: tables, keys, ids, addresses, and names of commands and files
    words = re.sub(
        r"\[\[?\w+\]?\]|\w+ = |[a-z]\w*-[\w-]+|\S+/\S+|CNY|TOML",
        "",
        "\n".join(comments),
    )
    assert {*re.findall(r"[A-Za-z]{2,}", words)} <= {"id", "name", "check", "planned"}
    assert "电池工厂" in text
    assert "Battery" not in text
