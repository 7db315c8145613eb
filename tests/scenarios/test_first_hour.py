"""Somebody begins from nothing: a file, a project, its progress, and no line of TOML."""

from __future__ import annotations

from datetime import date

from tests.scenarios.scenario import ENTER, TAB, Day


def test_the_first_hour(day: Day) -> None:
    day.path.unlink()
    day.path = day.path.with_name("kisumu.toml")
    day.start(shows="kisumu.toml does not exist. Create it?")
    day.types("Projects of Kisumu")
    day.press("\x1b[B", "\x1b[B")
    day.types("ksh")
    day.press(ENTER)
    day.sees("There are no projects yet")
    empty = day.path.read_text("utf-8")
    assert 'currency = "KES"' in empty

    day.press("A")
    day.types("Ferry terminal")
    day.press(TAB, TAB)
    day.types("transport")
    day.press(ENTER, TAB)
    day.types("prop")
    day.press(ENTER, TAB, TAB, TAB)
    day.types("about 1.2bn")
    day.sees("about 1,200,000,000 KES")
    day.press(ENTER)
    day.sees("Added: Ferry terminal")
    day.saved()
    added = day.path.read_text("utf-8")
    assert added.startswith(empty)

    day.press("P")
    day.sees("Move Ferry terminal")
    day.press(ENTER)  # the next stage, today
    day.sees("Done: move to Approved")
    day.press("3", "j", "e")
    day.sees("Investment of Ferry terminal")
    day.types("1.5bn")
    day.press(ENTER)
    day.sees("Done: change investment")
    day.press("2", "w")
    day.saved()
    ferry = day.project("ferry-terminal")
    assert ferry["stage"] == "approved"
    assert ferry["stage_date"] == date.fromisoformat(str(ferry["events"][0]["date"]))
    assert ferry["investment"] == 1_500_000_000
    assert ferry["tags"] == ["watch"]

    day.press("u", "u", "u")
    day.sees("Taken back: move to Approved")
    day.saved()
    assert day.path.read_text("utf-8") == added
    day.press("u")
    day.saved()
    assert day.path.read_text("utf-8") == empty
    day.leave()
    assert day.command("check", "kisumu.toml") == day.command("check", "kisumu.toml")
