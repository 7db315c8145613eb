"""A supplier looking for business: a firm for cooling equipment, first use."""

from __future__ import annotations

from tests.scenarios.scenario import (
    ENTER,
    ESC,
    SPACE,
    Day,
)

KEY = "cold-core-thermoelectric"


def test_the_first_day(day: Day) -> None:
    # 10:00 runs it, and sees projects at once
    screen = day.start()
    assert "73 of 73 projects" in screen
    assert "Filter" in screen.splitlines()[-1]
    assert "Help" in screen.splitlines()[-1]

    # 10:02 looks for the business
    day.press("/")
    day.types("semiconductor thermoelectric")
    screen = day.sees("1 of 73 projects")
    assert "Cold" in screen

    # 10:05 opens it: construction, resumed in 2023, the industry is inferred
    day.press(ENTER, ENTER)
    screen = day.sees("inferred")
    assert "Under construction" in screen
    assert "2023" in screen

    # what does the source say? i shows the words and the page
    screen = day.press("i")
    assert "Basis" in screen
    assert "https://" in screen
    day.press(ESC)

    # 10:08 watches it, and notes what to ask
    day.press(ESC, "w")
    day.saved()
    day.press("n")
    day.sees("keep as draft")
    day.types("ask for procurement contact; our TEC module fits")
    day.press("\x13")
    day.gone("keep as draft")
    day.saved()
    assert day.project(KEY)["tags"] == ["watch"]
    (note,) = day.project(KEY)["notes"]
    assert note["text"].strip() == "ask for procurement contact; our TEC module fits"

    # 10:12 who is building now? marks four, compares
    day.press(ESC, "/")
    day.types("stage:construction industry:manufacturing,materials,it")
    day.press(ENTER)
    day.sees("13 of 73 projects")
    day.press("g", SPACE, SPACE, SPACE, SPACE)
    day.sees("4 marked")
    day.press("c")
    screen = day.sees("Compare")
    assert "4 projects" in screen
    day.press(ESC)

    # 10:20 a mail: the name and the link
    day.press("y")
    day.sees("itation")
    day.press(ESC)

    # 10:25 saves the view
    day.press(ESC, "F")
    day.sees("Save this view")
    day.types("building now")
    day.press(ENTER)
    day.sees("building now")
    day.leave()


def test_next_month(day: Day) -> None:
    old = day.path.with_name("old.toml")
    old.write_bytes(day.path.read_bytes())
    day.start()
    day.press("/")
    day.types("stage:construction")
    day.press(ENTER, "F")
    day.sees("Save this view")
    day.types("building now")
    day.press(ENTER)
    day.sees("Saved")
    day.press("w")
    day.saved()
    day.leave()

    # a new data file: one project has moved from signed to construction
    text = day.path.read_text("utf-8")
    start = text.index('id = "vanke-japan-industrial-park"')
    moved = text[start:].replace('stage = "signed"', 'stage = "construction"', 1)
    day.path.write_text(text[:start] + moved, "utf-8")
    message = day.command("diff", str(old), str(day.path), code=1)
    assert "Vanke Japan Industrial Park" in message
    assert "Signed" in message
    assert "onstruction" in message

    # opens "building now": own notes untouched, the project is there
    before = day.start("--view", "building now")
    assert "building now" in before
    day.press("/")
    day.types(" vanke")
    day.sees("1 of 73 projects")
    day.press(ENTER)
    day.leave()
    assert day.path.read_text("utf-8").count('tags = ["watch"]') == 1

    # later: a line in cron
    mailed = day.command("list", "-q", "stage:construction", "--format", "md")
    assert "| Vanke Japan Industrial Park" in mailed
