"""Whatever values a dataset holds, every command ends as it is documented."""

from __future__ import annotations

import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from hunnan_tui.cli import main
from tests.dataset.toml.strategies import CURRENCIES, TIMES, any_values
from tests.strategies import NIGHTLY

DOCUMENTED = range(5)
READING = (
    *(("list", "--format", each) for each in ("table", "json", "csv", "md", "ids")),
    *(("list", "-q", each) for each in ("invest>1 sort:invest", "noted:2020.. age>1d")),
    *(("show", each) for each in ("a", "b")),
    ("show", "a", "--format", "json"),
    *(("stats", "--format", each) for each in ("text", "json", "md")),
    *(("coverage", "--format", each) for each in ("text", "json", "md")),
    *(("report", "--own", "--format", each) for each in ("md", "html")),
    *(("check",), ("tag", "list"), ("note", "list"), ("need", "list")),
    *((each,) for each in ("agenda", "board", "timeline", "health")),
    *(("compare", "a", "b"), ("compare", "a", "b", "--format", "json")),
    *(("related", "a"), ("health", "--format", "json")),
)
EXPORTS = tuple(
    ("export", f"new.{each}", "--force", "--own")
    for each in ("csv", "tsv", "xlsx", "json", "jsonl", "md", "html", "toml")
)
WRITING = (
    *(("tag", "add", "a", "x"), ("note", "add", "a", "n"), ("follow", "a", "12-01")),
    *(
        ("need", "add", "a", "k"),
        ("need", "meet", "a", "k"),
        ("note", "edit", "a", "0", "m"),
    ),
    *(("tag", "remove", "a", "x"), ("follow", "a", "none"), ("list",)),
)


def run(*argv: str) -> tuple[int, str, str]:
    out, error = (TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        patch.object(sys, "stdin", TextIOWrapper(BytesIO())),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", error),
    ):
        code = main(argv)
    for stream in (out, error):
        stream.flush()
    texts = [each.buffer.getvalue().decode() for each in (out, error)]
    return code, texts[0], texts[1]


@settings(
    max_examples=6 * NIGHTLY,
    # to make such a text smaller takes minutes
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(any_values(), any_values())
def test_every_command_ends_as_it_is_documented(
    home: Path, text: str, other: str
) -> None:
    (home / "d.toml").write_text(text)
    (home / "other.toml").write_text(other)
    for argv in (*READING, *EXPORTS, *WRITING):
        code, _, error = run(*argv, "-f", "d.toml")
        assert code in DOCUMENTED, (argv, error)
    for form in ("text", "json", "md"):
        code, _, error = run("diff", "d.toml", "other.toml", "--own", "--format", form)
        assert code in DOCUMENTED, (form, error)


@pytest.mark.parametrize("date", ["2014-11-00", "2014-00", "2014-00-11", "0000"])
def test_a_date_with_a_zero_in_it_is_told_and_ends_nothing(
    home: Path, date: str
) -> None:
    (home / "d.toml").write_text(
        f'[[projects]]\nid = "a"\nname = "A"\nstage_date = "{date}"\n'
        f'events = [{{ date = "{date}", what = "x" }}]\n'
    )
    code, out, _ = run("check", "d.toml")
    assert code == 1
    assert out.count(f"no such date: '{date}'") == 2
    for argv in (*READING, *EXPORTS):
        assert run(*argv, "-f", "d.toml")[0] in DOCUMENTED
    assert run("export", "-", "--format", "csv", "-f", "d.toml")[1].count(date) >= 1


@pytest.mark.parametrize("at", TIMES)
def test_a_note_of_any_time_can_be_edited_and_deleted(home: Path, at: str) -> None:
    text = f'[[projects]]\nid = "a"\nname = "A"\n[[projects.notes]]\nat = {at}\ntext = "n"\n'
    (home / "d.toml").write_text(text)
    begin = at[:4]
    assert run("note", "edit", "a", begin, "m", "-f", "d.toml")[0] == 0
    edited = (home / "d.toml").read_text()
    assert edited == text.replace('text = "n"', 'text = "m"')
    code, out, _ = run("show", "a", "-f", "d.toml")
    assert code == 0
    assert f"\n{at[:10]} {at[11:16]}\n" in out
    assert run("note", "remove", "a", begin, "-f", "d.toml")[0] == 0
    assert (home / "d.toml").read_text() == text.partition("[[projects.notes]]")[0]


@pytest.mark.parametrize(
    "currency", [each for each in CURRENCIES if each.isascii() and len(each) == 5]
)
def test_amounts_are_of_the_currency_that_is_stated(home: Path, currency: str) -> None:
    (home / "d.toml").write_text(
        f"[dataset]\ncurrency = {currency}\n"
        '[[projects]]\nid = "a"\nname = "A"\ninvestment = 2_000_000_000\n'
    )
    name = "yuan" if currency == '"CNY"' else currency.strip('"')
    for argv in (("show", "a"), ("stats",), ("report",), ("stats", "--format", "md")):
        code, out, _ = run(*argv, "-f", "d.toml")
        assert code == 0
        assert name in out
        assert name == "yuan" or "yuan" not in out
    code, out, _ = run("export", "-", "--format", "toml", "-f", "d.toml")
    assert f"currency = {currency}\n" in out


def test_a_number_of_thousands_of_digits_ends_nothing(home: Path) -> None:
    huge = "0x" + "f" * 4000
    (home / "d.toml").write_text(
        f'[[projects]]\nid = "a"\nname = "A"\nforeign = {huge}\n'
        f'notes = [{{ text = "n", mood = [{huge}] }}]\nneeds = [{{ kind = "k", x = {huge} }}]\n'
    )
    for argv in (*READING, *EXPORTS, *WRITING):
        code, _, error = run(*argv, "-f", "d.toml")
        assert code in DOCUMENTED, (argv, error)
    assert (home / "d.toml").read_text().count(huge) == 3
