"""An analyst of the district office, with a Chinese input method."""

from __future__ import annotations

from datetime import date, timedelta
from difflib import ndiff

from tests.scenarios.scenario import (
    ENTER,
    ESC,
    SPACE,
    Day,
)

TURBINE = "aecc-gas-turbine-base"
CTRL_S = "\x13"


def test_a_working_day(day: Day) -> None:
    committed = day.path.read_text("utf-8").splitlines()
    _yesterday(day)
    _a_colleague_writes(day)
    _morning(day)
    _call(day)
    _meeting(day)
    _director(day)
    _afternoon(day, committed)


def _yesterday(day: Day) -> None:
    # yesterday: six projects watched, a view saved, left on a filter
    day.start()
    day.press("/")
    day.types("turbine")
    day.press(ENTER, "w")
    day.saved()
    day.press(ESC, ESC, "/")
    day.types("stage:signed")
    day.press(ENTER, "v", "j", "j", "j", "j", "v", "w")
    day.sees("Done: tag watch on 5 projects")
    day.saved()
    day.press(ESC, ESC, "/")
    day.types("#watch stage<=construction sort:age-")
    day.press(ENTER, "F")
    day.sees("Save this view")
    day.types("本周跟进")
    day.press(ENTER)
    day.sees("Saved")
    day.press("j")
    day.leave()


def _a_colleague_writes(day: Day) -> None:
    # a colleague's edit comes by git pull
    text = day.path.read_text("utf-8")
    note = '\n[[projects.notes]]\nat = 2026-11-20T10:00:00+08:00\ntext = "来自同事"\n'
    key = 'id = "airbus-a220-line"'
    start = text.index(key)
    end = text.index("\n[[projects]]", start)
    day.path.write_text(text[:end] + note + text[end:], "utf-8")


def _morning(day: Day) -> None:
    # 08:40 yesterday's view and cursor are back, and what changed is told
    screen = day.start()
    assert "本周跟进" in screen
    assert "6 of 73 projects" in screen
    day.sees("1 annotated")
    day.press("M")
    screen = day.sees("Changed since your last visit (1)")
    assert "A220" in screen
    day.press(ESC)

    # 08:42 the view of the week: the oldest first, with how long it has been silent
    day.press("0", "f")
    day.types("本周")
    day.press(ENTER)
    day.sees("6 of 73 projects")
    day.press("M")
    day.sees("nothing new for 90 days")
    day.press(ESC)


def _call(day: Day) -> None:
    # 08:45 by initials, with the input method still on; J reads the detail
    day.press("／")
    day.types("ｚｇｈｆ")
    day.press(ENTER, ESC)
    day.press("0", "／")
    day.types("zghf")
    day.sees("1 of 73 projects")
    day.press(ENTER)
    screen = day.press("J", "J")
    assert "AECC" in screen

    # 08:50 after a call: a note, a need, a day to come back
    day.press("n")
    day.sees("keep as draft")
    day.types("缺临时用电，供电局周五答复")
    day.press(CTRL_S)
    day.gone("keep as draft")
    day.press("N")
    day.sees("Needs of")
    day.types("用电 缺临时用电")
    day.press(ENTER, ESC)
    day.press("a")
    day.sees("Follow-up")
    day.types("周五")
    day.press(ENTER)
    day.saved()
    project = day.project(TURBINE)
    assert project["notes"][0]["text"].strip() == "缺临时用电，供电局周五答复"
    assert (project["needs"][0]["kind"], project["needs"][0]["state"]) == (
        "energy",
        "open",
    )
    today = date.today()  # noqa: DTZ011 - the program's day as well
    ahead = project["follow_up"] - today
    assert project["follow_up"].weekday() == 4
    assert timedelta(0) <= ahead < timedelta(7)

    # 08:58 escape too early: the draft stays, n resumes it
    day.press("n")
    day.sees("keep as draft")
    day.types("第二条")
    day.press(ESC)
    day.gone("keep as draft")
    assert len(day.project(TURBINE)["notes"]) == 1
    day.press("n")
    day.sees("第二条")
    day.types("，完")
    day.press(CTRL_S)
    day.gone("keep as draft")
    day.saved()
    assert day.project(TURBINE)["notes"][1]["text"].strip() == "第二条，完"


def _meeting(day: Day) -> None:
    # 09:05 all who wait for energy get the tag of the meeting, in one step
    day.press("0", "/")
    day.types("need:energy OR #watch")
    day.press(ENTER, "V", "t")
    day.sees("Tags of 6 projects")
    day.types("meeting-0310")
    day.press(ENTER, ENTER)  # a second one applies
    day.sees("tag meeting-0310 on 6 projects")
    day.saved()
    assert day.path.read_text("utf-8").count("meeting-0310") == 6
    day.press("u")
    day.saved()
    assert "meeting-0310" not in day.path.read_text("utf-8")
    day.press("U")
    day.saved()
    assert day.path.read_text("utf-8").count("meeting-0310") == 6


def _director(day: Day) -> None:
    # 09:15 the director asks: the funnel, the matrix, the projects of a cell
    day.press(ESC, ESC, "0", "p")
    screen = day.sees("Pipeline of what is shown")
    assert "reached" in screen
    assert "not stated" in screen
    day.press(ESC, "m")
    day.sees("Industries by stage")
    day.press("l", "l", "j", ENTER)
    day.sees("4 of 73 projects")

    # 09:25 a briefing for the director, and a table for the bureau
    day.press("0", "x")
    day.sees("xport")
    day.press(ESC)
    day.command("report", "-o", "briefing.md")
    day.command("export", "table.csv", "--bom")
    assert (day.path.parent / "table.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "[^1]" in (day.path.parent / "briefing.md").read_text("utf-8")


def _afternoon(day: Day, committed: list[str]) -> None:
    # 14:00 a new press item is added in an editor
    new = '\n[[projects]]\nid = "p-new"\nname = "New"\ninvestment = "many"\n'
    day.path.write_text(day.path.read_text("utf-8") + new, "utf-8")
    screen = day.sees("Changed outside: 1 new")
    assert "line" in screen

    # 16:30 what git would show can be read: lines were added, none was rewritten
    day.leave()
    lines = list(ndiff(committed, day.path.read_text("utf-8").splitlines()))
    assert not [line for line in lines if line.startswith("- ")]
    assert 20 < sum(line.startswith("+ ") for line in lines) < 90


def test_what_is_due_makes_its_own_view(day: Day) -> None:
    day.start()
    day.press("j", SPACE, SPACE, "a")
    day.sees("Follow-up")
    day.types("+3d")
    day.press(ENTER)
    day.saved()
    day.press(ESC, "f")
    day.types("due")
    day.press(ENTER)
    day.sees("2 of 73 projects")
    day.leave()
    listed = day.command("list", "-q", "due:..+7d", "--format", "ids").split()
    assert len(listed) == 2
