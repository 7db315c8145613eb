"""Columns of the user's own in exports: what a plain loop over the file says."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import openpyxl
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.formulas import restore
from hunnan_tui.core.model import Dataset, Fact, Project
from hunnan_tui.core.own_fields import derive_own_fields
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.parser import parse
from hunnan_tui.export.formats.delimited import write_csv
from hunnan_tui.export.formats.json import write_json_lines
from hunnan_tui.export.formats.registry import FORMATS
from hunnan_tui.export.formats.toml import write_dataset
from hunnan_tui.export.formats.xlsx import write_workbook
from tests.export.cases import whole
from tests.strategies import examples

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
KEYS = ("plan", "leader name", "x")
values = st.one_of(
    st.text("ab李=-+@ 5", min_size=1, max_size=4).filter(str.strip),
    st.integers(-(10**12), 10**12),
    st.decimals(-999, 999, places=3).map(float),
)
tables = st.lists(
    st.dictionaries(st.sampled_from(KEYS), values), min_size=1, max_size=5
)


def write(drawn: list[dict[str, Any]]) -> bytes:
    projects = [
        {"id": f"p{n}", "name": f"P {n}", **table} for n, table in enumerate(drawn)
    ]
    return tomli_w.dumps({"projects": projects}).encode()


def is_same(cell: object, value: object, unit: str) -> bool:
    """Return whether a cell says what the file does, as text or as a number."""
    text = str(value).strip()
    if str(cell).strip() == text:
        return True
    number = text.removesuffix(unit).strip()
    return re.fullmatch(r"-?[0-9.]+", number) is not None and (
        float(str(cell)) == float(number)
    )


@given(tables)
@examples(20)
def test_every_value_of_a_key_is_in_every_table(drawn: list[dict[str, Any]]) -> None:
    data = write(drawn)
    plain = tomli.loads(data.decode())["projects"]
    dataset = parse(data).dataset
    fields = derive_own_fields(dataset)
    stated = [key for key in KEYS if any(key in table for table in plain)]
    columns = {}
    for key in stated:
        own = fields.find(key)
        assert own is not None
        columns[key] = own.id
    text = "".join(write_csv(whole(dataset)))
    rows = list(csv.DictReader(io.StringIO(text)))
    named = whole(dataset, columns=("name", *columns.values()))
    lines = [json.loads(line) for line in write_json_lines(named)]
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(named)))
    sheet = book["Projects"]
    headers = {name.partition(" (")[0]: name for name in rows[0]}
    for number, table in enumerate(plain):
        for place, (key, column) in enumerate(columns.items(), 2):
            cell = sheet.cell(number + 2, place).value
            if key not in table:
                assert not rows[number][headers[column]]
                assert column not in lines[number]
                assert cell is None
                continue
            value, header = table[key], headers[column]
            unit = header.partition(" (")[2].removesuffix(")")
            written = restore(rows[number][header])
            assert is_same(written, value, unit)
            assert is_same(lines[number][column], value, "")
            assert is_same(cell, value, unit)


@given(tables)
def test_a_dataset_keeps_them(drawn: list[dict[str, Any]]) -> None:
    dataset = parse(write(drawn)).dataset
    again = parse("".join(write_dataset(whole(dataset))).encode()).dataset
    others = [project.other for project in again.projects.values()]
    assert others == [project.other for project in dataset.projects.values()]


def test_hostile_names_and_units_harm_nobody() -> None:
    facts = tuple(
        Fact(f"=x{{0}} ({unit})", value)
        for unit, value in (("\x1b[31m", "5"), ("\u202e", "6"), ("a", "7 =b\x1b"))
    )
    project = Project("a", "a", "A", facts=facts, other=(("{k}", "8 {z}"),))
    dataset = Dataset(projects={"a": project})
    names = tuple(own.id for own in derive_own_fields(dataset))
    selection = whole(dataset, columns=("name", *names))
    assert len(names) == 4
    for name in ("csv", "tsv", "md", "html", "json"):
        text = FORMATS[name].encode(selection).decode()
        assert not UNSAFE.search(text.replace("\r\n", "\n"))
    header = FORMATS["csv"].encode(selection).decode().splitlines()[0]
    assert not any(cell.startswith(FORMULA) for cell in header.split(","))
