"""The declaration of the fields: what holds for every one of them."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO

import pytest

from hunnan_tui.analysis.comparison import compare_projects
from hunnan_tui.analysis.diff import FACTS, compare_datasets
from hunnan_tui.analysis.project_text import format_project
from hunnan_tui.core.fields import (
    BY_KEY,
    FIELDS,
    GENERIC,
    NUMERIC,
    SCHEMA_KEYS,
    Field,
    Kind,
)
from hunnan_tui.core.model import Project
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.dataset.parser import parse
from hunnan_tui.dataset.tables import PROJECT
from hunnan_tui.export.columns import COLUMNS, format_list_field, list_columns
from hunnan_tui.export.formats.registry import FORMATS
from hunnan_tui.export.list_formats import build_record, format_csv_rows
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import FIELDS as QUERIED
from hunnan_tui.query.language.fields import KEYWORDS
from hunnan_tui.tui.presenters import list_fields
from tests.core.field_cases import BARE, DATASET, HIGH, LOW, TODAY, query_value

INDEX = Index(DATASET)
_OWN_ATTRIBUTES = {"key", "annotations", "readonly_annotations", "other", "faulty"}
_OWN_ATTRIBUTES |= {"locked", "values", "origin"}
"""What a project has beside its fields."""


def find(text: str) -> list[str]:
    query = INDEX.parse(text, today=TODAY)
    assert not query.has_error, [str(problem) for problem in query.problems]
    return list(INDEX.find_keys(query))


queried = pytest.mark.parametrize("field", QUERIED.values(), ids=lambda each: each.id)
stored = pytest.mark.parametrize("field", BY_KEY.values(), ids=lambda each: each.id)


class TestNames:
    def test_ids_and_aliases_are_unique(self) -> None:
        names = Counter(
            name for field in QUERIED.values() for name in (field.id, *field.aliases)
        )
        names.update(name for name in KEYWORDS)
        assert not [name for name, count in names.items() if count > 1]

    def test_names_and_columns_are_unique(self) -> None:
        for names in (
            [field.name for field in FIELDS.values()],
            [field.name_zh for field in FIELDS.values()],
            [column.heading for column in COLUMNS.values()],
            [column.title for column in list_fields.COLUMNS.values()],
        ):
            assert len(set(names)) == len(names)

    def test_every_field_has_a_name_in_both_languages(self) -> None:
        assert all(field.name and field.name_zh for field in FIELDS.values())

    def test_every_field_has_a_key_or_is_computed(self) -> None:
        assert all(bool(field.key) != bool(field.compute) for field in FIELDS.values())

    def test_every_schema_key_is_a_field_and_nothing_else_is(self) -> None:
        assert tuple(PROJECT) == SCHEMA_KEYS
        assert not _OWN_ATTRIBUTES & set(SCHEMA_KEYS)
        attributes = set(Project._fields) - _OWN_ATTRIBUTES
        assert attributes <= set(SCHEMA_KEYS)

    def test_annotations_are_the_keys_that_the_program_writes(self) -> None:
        keys = [field.key for field in BY_KEY.values() if field.is_annotation]
        assert sorted(keys) == sorted(ANNOTATION_KEYS)


class TestQueries:
    @queried
    @pytest.mark.parametrize("project", [LOW, HIGH], ids=["low", "high"])
    def test_its_own_value_finds_the_project_alone(
        self, field: Field, project: Project
    ) -> None:
        value = query_value(field, project)
        for name in (field.id, *field.aliases):
            assert find(f'{name}="{value}"') == [project.key]
            assert find(f'{name}:"{value}"') == [project.key]

    @queried
    def test_it_is_sorted_by_its_own_value_with_missing_ones_last(
        self, field: Field
    ) -> None:
        keys = [LOW.key, HIGH.key]
        if field.kind is Kind.AGE:  # what is new is young
            keys.reverse()
        assert find(f"sort:{field.id}") == [*keys, BARE.key]
        assert find(f"sort:{field.id}-") == [*keys[::-1], BARE.key]

    @queried
    def test_it_tells_who_states_something(self, field: Field) -> None:
        assert set(find(f"has:{field.id}")) == {LOW.key, HIGH.key}
        assert find(f"no:{field.id}") == [BARE.key]

    @queried
    def test_numbers_have_an_order(self, field: Field) -> None:
        if field.kind in NUMERIC:
            low, high = (query_value(field, project) for project in (LOW, HIGH))
            assert find(f"{field.id}>{low}") == [HIGH.key]
            assert find(f"{field.id}<={low}") == [LOW.key]
            assert set(find(f"{field.id}:{low}..{high}")) == {LOW.key, HIGH.key}


class TestOutput:
    @stored
    def test_json_and_csv_of_a_list_have_its_key(self, field: Field) -> None:
        assert build_record(LOW)[field.key] != build_record(HIGH)[field.key]
        assert field.key in next(format_csv_rows([LOW])).strip().split(",")

    @stored
    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format_exports_it(self, field: Field, name: str) -> None:
        data = FORMATS[name].encode(
            Selection(DATASET, [LOW.key], TODAY, tuple(COLUMNS), own=True)
        )
        heading = COLUMNS[field.column].format_heading("yuan")
        if name == "xlsx":
            with zipfile.ZipFile(BytesIO(data)) as book:
                data = b"".join(map(book.read, book.namelist()))
            assert heading.encode() in data
            return
        value = query_value(field, LOW)
        if value.isdigit():
            forms = {value, f"{int(value):,}", f"{int(value):_}"}
        else:
            forms = {value, *value.split(": ")[-1:]}
        assert any(form in data.decode() for form in forms)
        assert any(text in data.decode() for text in (field.key, heading))

    @queried
    def test_a_list_can_show_it(self, field: Field) -> None:
        if field.id != "name":
            assert field.id in list_fields.COLUMNS
        assert format_list_field(field.id, LOW, DATASET, TODAY)
        assert not format_list_field(field.id, BARE, DATASET, TODAY)

    def test_a_difference_has_every_field_that_is_no_annotation(self) -> None:
        renamed = HIGH._replace(key=LOW.key, id=LOW.key)
        new = DATASET._replace(projects={LOW.key: renamed})
        (pair,) = compare_datasets(DATASET, new, own=True).changed
        assert set(pair.fields) == set(SCHEMA_KEYS) - {"id"}
        assert set(FACTS) >= set(SCHEMA_KEYS) - set(ANNOTATION_KEYS)

    @pytest.mark.parametrize("field", GENERIC, ids=lambda each: each.id)
    def test_what_no_code_names_is_shown_where_it_is_stated(self, field: Field) -> None:
        is_shown = not field.is_internal
        assert (f"{field.name}: " in format_project(LOW, DATASET)) == is_shown
        assert f"{field.name}: " not in format_project(BARE, DATASET)
        labels = [row.label for row in compare_projects([LOW, HIGH], DATASET)]
        assert (field.name in labels) == is_shown
        columns = list_columns(Selection(DATASET, [LOW.key], TODAY))
        assert (field.key in [column.name for column in columns]) == is_shown


class TestReading:
    @stored
    def test_a_value_of_the_wrong_type_is_an_error(self, field: Field) -> None:
        text = f'[[projects]]\nid = "a"\nname = "A"\n{field.key} = 1.5\n'
        if field.id in ("id", "name"):
            text = f"[[projects]]\n{field.key} = 1.5\n"
        parsed = parse(text.encode())
        assert any(problem.message.startswith(field.key) for problem in parsed.problems)


class TestJobs:
    """A field that is declared and named nowhere else: how it looks to people."""

    TEXT = b"""
[[projects]]
id = "small"
name = "Small"
jobs = 90

[[projects]]
id = "large"
name = "Large"
jobs = 1200

[[projects]]
id = "silent"
name = "Silent"
"""

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ("jobs>100", ["large"]),
            ("jobs:50..1000", ["small"]),
            ("就业岗位=1,200", ["large"]),
            ("has:jobs sort:jobs-", ["large", "small"]),
            ("no:jobs", ["silent"]),
        ],
    )
    def test_it_is_compared_as_a_number(self, query: str, keys: list[str]) -> None:
        index = Index(parse(self.TEXT).dataset)
        assert list(index.find_keys(index.parse(query, today=TODAY))) == keys

    def test_it_has_no_currency(self) -> None:
        index = Index(parse(self.TEXT).dataset)
        (problem,) = index.parse("jobs>$100", today=TODAY).problems
        assert problem.message == "'$100' is no number: type 1200, 3k or 1.5万"

    def test_a_filter_tells_who_states_none(self) -> None:
        index = Index(parse(self.TEXT).dataset)
        (problem,) = index.parse("jobs>100", today=TODAY).problems
        assert problem.message == "Leaves out 1 with no number of jobs"

    def test_it_is_read_and_shown(self) -> None:
        parsed = parse(self.TEXT)
        large = parsed.dataset.projects["large"]
        assert not parsed.problems
        assert build_record(large)["jobs"] == 1200
        assert "Jobs: 1,200\n" in format_project(large, parsed.dataset)
        assert format_list_field("jobs", large, parsed.dataset, TODAY) == "1,200"

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ("-1", "jobs is a negative number"),
            ('"many"', "jobs is a text"),
            ("1.5", "jobs is a decimal number"),
        ],
    )
    def test_what_is_no_count_is_an_error(self, value: str, message: str) -> None:
        text = f'[[projects]]\nid = "a"\nname = "A"\njobs = {value}\n'
        (problem,) = parse(text.encode()).problems
        assert problem.message == message
