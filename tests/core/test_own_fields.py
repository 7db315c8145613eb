"""Fields of the user's own: what is one, its type, its names, and what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.fields import Kind
from hunnan_tui.core.model import Dataset, DeclaredField, Fact, Project
from hunnan_tui.core.own_fields import (
    SCHEMA_NAMES,
    OwnField,
    OwnFields,
    declare_own_fields,
    derive_own_fields,
    make_typable,
)
from hunnan_tui.core.own_rows import collect_own_values
from hunnan_tui.core.own_values import normalize_name, read_number, split_unit


def make_dataset(
    label: str,
    *values: str,
    declared: DeclaredField | None = None,
    currency: str = "CNY",
) -> Dataset:
    """Return a dataset with one project for each value of a label."""
    projects = {
        f"p{n}": Project(f"p{n}", f"p{n}", "P", facts=(Fact(label, value),))
        for n, value in enumerate(values)
    }
    fields = {declared.id: declared} if declared else {}
    return Dataset(currency=currency, projects=projects, fields=fields)


def find_only(dataset: Dataset) -> OwnField:
    (own,) = derive_own_fields(dataset)
    return own


def read_values(dataset: Dataset) -> list[object]:
    own = find_only(dataset)
    return [own.field.get_value(p, dataset) for p in dataset.projects.values()]


@pytest.mark.parametrize(
    ("label", "values", "expected", "read"),
    [
        ("年度计划投资（万元）", ["5000.5", "12"], "amount", [50_005_000, 120_000]),
        ("Plan (CNY million)", ["1.5", "2"], "amount", [1_500_000, 2_000_000]),
        ("计划/亿元", ["1", "0.5"], "amount", [100_000_000, 50_000_000]),
        ("已付", ["3亿元", "约5万元"], "amount", [300_000_000, 50_000]),
        ("Paid", ["$5m", "$6m"], "text", ["$5m", "$6m"]),  # of another currency
        ("计划（万美元）", ["5", "6"], "number", [5, 6]),
        ("面积（亩）", ["500", "12.5"], "number", [500, Decimal("12.5")]),
        ("Land", ["500 mu", "1,200 mu"], "number", [500, 1200]),
        ("Land", ["500 mu", "12 ha"], "text", ["500 mu", "12 ha"]),
        ("Share", ["12%", "9.5%"], "number", [12, Decimal("9.5")]),
        ("Growth", ["-3", "4"], "number", [-3, 4]),
        ("批次", ["1", "2"], "number", [1, 2]),
        ("Room", ["007", "12"], "text", ["007", "12"]),
        ("联系电话", ["13812345678", "13987654321"], "text", None),
        ("年份", ["2023", "2024"], "date", ["2023", "2024"]),
        ("Beds", ["2023", "2024"], "number", [2023, 2024]),
        ("验收", ["2023年3月", "2023/3/8"], "date", ["2023-03", "2023-03-08"]),
        ("验收", ["2023-02-30", "2023-03"], "text", None),
        ("Page", ["https://a.example", "http://b.example/x"], "link", None),
        ("责任人", ["李明", "王芳"], "text", ["李明", "王芳"]),
        ("混合", ["12", "待定"], "text", ["12", "待定"]),
        ("Code", ["1e5", "nan"], "text", None),
        ("Long", ["9" * 400, "1"], "text", None),
    ],
)
def test_the_type_is_that_of_all_values(
    label: str, values: list[str], expected: str, read: list[object] | None
) -> None:
    dataset = make_dataset(label, *values)
    assert find_only(dataset).type == expected
    if read is not None:
        assert read_values(dataset) == read


@pytest.mark.parametrize(
    ("type_", "unit", "values", "read"),
    [
        (
            "amount",
            "",
            ["120000000", "3.2亿", "soon"],
            [120_000_000, 320_000_000, None],
        ),
        ("amount", "万元", ["5000.5"], [50_005_000]),
        ("number", "亩", ["5亩", "6", "x"], [5, 6, None]),
        ("date", "", ["2023", "x"], ["2023", ""]),
        ("text", "", ["12", "13"], ["12", "13"]),
        ("nonsense", "", ["12", "13"], [12, 13]),
    ],
)
def test_what_is_declared_goes_before_the_values(
    type_: str, unit: str, values: list[str], read: list[object]
) -> None:
    declared = DeclaredField("plan", type=type_, unit=unit)
    assert read_values(make_dataset("Plan", *values, declared=declared)) == read


def test_keys_and_labels_of_one_name_are_one_field() -> None:
    projects = {
        "a": Project("a", "a", "A", other=(("annual_plan", "120000000"),)),
        "b": Project("b", "b", "B", facts=(Fact("年度计划投资（万元）", "12"),)),
        "c": Project("c", "c", "C", facts=(Fact("Annual plan", "7"),)),
    }
    declared = DeclaredField("annual_plan", name_zh="年度计划投资", type="amount")
    dataset = Dataset(currency="CNY", projects=projects, fields={declared.id: declared})
    assert read_values(dataset) == [120_000_000, 120_000, 7]
    fields = derive_own_fields(dataset)
    names = ("annual_plan", "Annual-Plan", "年度计划投资", "年度计划投资（万元）")
    assert {fields.find(name) for name in names} == {fields.get("annual_plan")}


def test_a_list_states_several_values_and_a_table_none_apart() -> None:
    other = (
        ("risks", '[\n    "low",\n    "high",\n]'),
        ("odd", '["a'),
        ("on", "[true]"),
    )
    row = collect_own_values(Project("a", "a", "A", other=other))
    assert row == ("risks", "low", "risks", "high", "odd", '["a', "on", "true")
    nested = Project("a", "a", "A", other=(("x", "[[1], [2]]"),))
    assert collect_own_values(nested) == ("x", "[[1], [2]]")


def test_the_schema_goes_before_and_nothing_takes_no_room() -> None:
    facts = (
        Fact("投资额", "5"),
        Fact("Stage", "x"),
        Fact("—", "y"),
        Fact("Empty", " "),
    )
    dataset = Dataset(projects={"a": Project("a", "a", "A", facts=facts)})
    assert list(derive_own_fields(dataset)) == []
    declared = {"stage": DeclaredField("stage"), "plan": DeclaredField("plan")}
    fields = derive_own_fields(dataset._replace(fields=declared))
    assert len(fields) == 0
    assert fields.find("plan") is not None  # it can be asked for, and set
    assert fields.find("stage") is None
    assert declare_own_fields(dataset._replace(fields=declared)).get("plan")


def test_a_unit_is_left_off_where_that_is_clear() -> None:
    labels = ("Area (mu)", "Area (ha)", "Long " * 30, "Long " * 30 + "b")
    facts = tuple(Fact(label, "x") for label in labels)
    fields = derive_own_fields(
        Dataset(projects={"a": Project("a", "a", "A", facts=facts)})
    )
    assert [own.id for own in fields][:2] == ["area", "area-ha"]
    assert len({own.id for own in fields}) == 4
    assert max(len(own.id) for own in fields) < 70
    assert fields.find("AREA") == fields.get("area")
    assert fields.find("area（ha）") == fields.get("area-ha")


def test_few_values_make_a_facet_and_rare_fields_are_not_offered() -> None:
    usual = make_dataset("责任人", *("李", "王", "李"))
    assert find_only(usual).has_facet
    assert not find_only(make_dataset("责任人", "李", "李")).has_facet
    assert not find_only(make_dataset("n", "1", "2")).has_facet
    assert not find_only(make_dataset("x", *map(chr, range(97, 120)))).has_facet
    person = DeclaredField("x", type="person")
    assert find_only(make_dataset("x", "a", declared=person)).has_facet
    rare = make_dataset("x", "a", *[""] * 20)
    assert not find_only(rare).is_common
    assert find_only(make_dataset("x", "a", *[""] * 19)).is_common


def test_choices_have_an_order() -> None:
    declared = DeclaredField("risk", type="choice", choices=("low", "high"))
    own = find_only(make_dataset("risk", "high", declared=declared))
    assert (own.field.kind, own.choices, own.has_facet) == (
        Kind.STAGE,
        ("low", "high"),
        True,
    )
    loose = DeclaredField("risk", type="choice")
    assert (
        find_only(make_dataset("risk", "x", declared=loose)).field.kind is Kind.CHOICE
    )


labels = st.text("aB 1_-年（）()万元é—", max_size=8)
rows = st.lists(
    st.lists(st.tuples(labels, st.sampled_from(["", "5", "5.5", "2023", "x", "1万元"])))
)


@given(rows)
def test_every_filled_name_is_found_again_and_ids_are_typable(
    drawn: list[list[tuple[str, str]]],
) -> None:
    dataset = Dataset(
        projects={
            str(n): Project(str(n), str(n), "P", facts=tuple(Fact(*p) for p in pairs))
            for n, pairs in enumerate(drawn)
        }
    )
    fields = derive_own_fields(dataset)
    assert len({normalize_name(own.id) for own in fields}) == len(fields)
    for own in fields:
        assert make_typable(own.id) == own.id
        assert fields.find(own.id) == own
    for pairs in drawn:
        for label, value in pairs:
            normalized = normalize_name(label)
            if normalized and value and normalized not in SCHEMA_NAMES:
                found = fields.find(label)
                assert found is not None
                assert label in found.reader.names
                assert value in found.reader.pick_texts((label, value))


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_exact(number: Decimal) -> None:
    read = read_number(f"{number:f}")
    assert read == (number, "")


def test_no_fields_at_all() -> None:
    assert not OwnFields()
    assert split_unit("（万元）") == ("(万元)", "")
