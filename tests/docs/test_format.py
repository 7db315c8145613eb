"""The format page has every key of the schema, and its examples have no problem."""

from __future__ import annotations

import tomli

from hunnan_tui.core.errors import Level
from hunnan_tui.dataset import annotation_checks, parser, tables
from tests.docs.pages import ROOT, read_blocks, read_codes, read_prose

PAGE = ROOT / "docs" / "format.md"


def test_the_examples_have_no_problem() -> None:
    for block in read_blocks(PAGE, "toml"):
        problems = parser.parse(block.text.encode()).problems
        assert not [problem for problem in problems if problem.level is not Level.NOTE]


def test_the_complete_example_has_every_table_of_the_schema() -> None:
    example = tomli.loads(read_blocks(PAGE, "toml")[1].text)
    assert set(example) == set(tables.TOP)


def test_every_key_is_explained() -> None:
    codes = set(read_codes(read_prose(PAGE)))
    schemas = [annotation_checks._NOTE, annotation_checks._NEED]
    for name, value in vars(tables).items():
        is_table = name.isupper() and isinstance(value, dict)
        if is_table and all(type(key) is str for key in value):
            schemas.append(value)
    assert len(schemas) > 10
    for schema in schemas:
        assert set(schema) <= codes, set(schema) - codes
