"""`help` and `version` as words, and the topics of help."""

from __future__ import annotations

import re
from datetime import date

import pytest

from hunnan_tui.cli.catalog import COMMANDS, GROUPS
from hunnan_tui.cli.topics import TOPICS
from hunnan_tui.config.environment import VARIABLES
from hunnan_tui.config.setting_values import MEANINGS
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import FIELDS
from tests.cli.conftest import GOLDEN, Run
from tests.docs.pages import ROOT, read_codes, read_rows


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ((), ("--help",)),
        (("list",), ("list", "--help")),
        (("tag", "add"), ("tag", "add", "--help")),
        *(((group,), (group, "--help")) for group in GROUPS),
    ],
)
def test_help_says_what_the_option_says(
    words: tuple[str, ...], option: tuple[str, ...], run: Run
) -> None:
    ran = run("help", *words)
    assert (ran.code, ran.out, ran.err) == (0, run(*option).out, "")


def test_version_says_what_the_option_says(run: Run) -> None:
    assert run("version").out == run("--version").out
    assert run("version", "more").code == 2


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_topic_fits_and_ends_with_two_examples(
    topic: str, language: str, run: Run
) -> None:
    ran = run("help", topic, "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 90
    assert [line[:13] for line in ran.out.splitlines()[-2:]] == ["  hunnan-tui "] * 2


def test_topics_have_every_field_setting_and_variable(run: Run) -> None:
    for topic, names in (
        ("query", FIELDS),
        ("columns", FIELDS),
        ("settings", (*MEANINGS, *VARIABLES)),
    ):
        printed = run("help", topic).out
        for name in names:
            assert re.search(rf"^  {name} ", printed, re.MULTILINE), name


def test_the_queries_of_the_topic_make_sense(run: Run) -> None:
    index = Index(parse((GOLDEN / "projects.toml").read_bytes()).dataset)
    lines = run("help", "query").out.partition("\nfields:")[0].splitlines()
    queries = [line[2:28].strip() for line in lines if line.startswith("  ")]
    assert len(queries) > 12
    for query in queries:
        assert not index.parse(query, today=date(2026, 11, 28)).has_error, query


def test_variables_are_those_of_the_settings_page() -> None:
    rows = list(read_rows(ROOT / "docs" / "settings.md", "variable"))
    assert {name for row in rows for name in read_codes(row[0])} <= {*VARIABLES}
    assert {*VARIABLES} <= {name for row in rows for name in read_codes(" ".join(row))}


def test_what_is_neither_command_nor_topic_is_told_with_what_was_meant(
    run: Run,
) -> None:
    assert "did you mean query?" in run("help", "qurey").err
    ran = run("help", "\x1b[31mxyzzy")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "`hunnan-tui help` lists all" in ran.err


def test_a_topic_is_named_by_the_help_of_all(run: Run) -> None:
    printed = run("--help").out
    assert all(topic in printed for topic in TOPICS)
    assert all(command.name in printed for command in COMMANDS)
