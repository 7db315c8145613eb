"""A journalist who checks what was promised: every figure with its source."""

from __future__ import annotations

from tests.scenarios.scenario import (
    ENTER,
    ESC,
    SPACE,
    Day,
)


def test_an_afternoon(day: Day) -> None:
    _figures(day)
    _sources_of_figures(day)
    _gaps_and_guesses(day)
    _article(day)


def _figures(day: Day) -> None:
    # 13:00 published against itemised
    day.start()
    day.press("p")
    screen = day.sees("Published: 49 projects, 85.5 bn yuan")
    assert "Itemised here: 1, 15 bn yuan (17.5 %)" in screen
    screen = day.press("}")  # the section of published totals begins with it
    assert "49 announced" in screen
    assert "1 itemised here" in screen
    assert "2 % by number, 17.5 % by value" in screen
    # 13:08 what the other 48 average; 13:15 the rate that the source implies
    assert "48 not named" in screen
    assert "70.5 bn yuan" in screen
    assert "1.47 bn each" in screen
    assert "computed" in screen
    assert "is one of the 49" in " ".join(screen.split())
    assert "12.32 bn dollars, stated: 6.94 yuan per dollar, computed" in screen
    # 13:12 sums leave announcements out
    assert "73 projects" in day.press("g")


def _sources_of_figures(day: Day) -> None:
    # 13:04 i on 85.5 bn: the words, the paper, the day, the page
    day.press("g", "}")
    shown = day.press("i")
    assert "85.5 bn yuan" in shown
    assert "https://" in shown
    assert "China Daily" in shown
    assert "2023-03-08" in shown or "8 March 2023" in shown
    day.press(ESC, ESC)

    # 120 resumed, four named
    covered = day.command("coverage", str(day.path))
    resumed = covered[covered.index("120 key projects") :].split("\n\n")[1]
    assert "Announced: 120 projects (stated)" in resumed
    assert "Itemised here: 4 projects" in resumed


def _gaps_and_guesses(day: Day) -> None:
    # 13:20 which industries were guessed? a correction goes into own notes
    day.press("/")
    day.types("basis:inferred")
    day.press(ENTER)
    day.sees("of 73 projects")
    day.press("n")
    day.sees("keep as draft")
    day.types("industry: ask the district")
    day.press("\x13")
    day.gone("keep as draft")
    day.saved()

    # 13:30 the questions to send
    day.press(ESC, ESC, "/")
    day.types("no:invest")
    day.press(ENTER)
    day.sees("54 of 73 projects")


def _article(day: Day) -> None:
    # 13:40 marks five, a briefing in which every figure has a number
    day.press("g", SPACE, SPACE, SPACE, SPACE, SPACE)
    day.sees("5 marked")
    day.press("x")
    day.sees("xport")
    day.press(ESC)
    message = day.command("report", str(day.path), "-q", "id:aecc-gas-turbine-base")
    assert "3,000,000,000 yuan (3 bn)" in message
    assert "[^1]" in message
    assert "[^1]:" in message

    # 13:50 a citation over SSH: the terminal is asked to keep it
    day.press("Y")
    day.sees("itation")
    day.press(ESC)
    day.leave()

    # next year: stage moves, vanished projects, changed values
    old = day.path.with_name("old.toml")
    old.write_bytes(day.path.read_bytes())
    text = day.path.read_text("utf-8")
    day.path.write_text(
        text.replace("investment = 40_600_000_000", "investment = 30_000_000_000"),
        "utf-8",
    )
    assert "40.6 bn" in day.command("diff", str(old), str(day.path), code=1)
