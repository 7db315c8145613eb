"""Templates for notes: in the language in use, and replaced by the user's own."""

from __future__ import annotations

from datetime import date

from hunnan_tui.config.language import choose_language
from hunnan_tui.config.templates import fill_templates

DAY = date(2026, 11, 23)


def test_templates_are_in_one_language() -> None:
    assert list(fill_templates({}, "厂", DAY)) == ["Phone call", "Visit", "Meeting"]
    choose_language(["--lang", "zh"], {})
    try:
        texts = fill_templates({}, "面粉厂", DAY)
    finally:
        choose_language(["--lang", "en"], {})
    assert list(texts) == ["通话", "走访", "会议"]
    assert texts["走访"].startswith("2026-11-23 走访面粉厂\n")


def test_one_of_the_user_replaces_ours_by_its_former_name_too() -> None:
    texts = fill_templates({"Call 通话": "{date} rang", "Visit": "x"}, "P", DAY)
    assert texts == {
        "Meeting": "2026-11-23 Meeting on P\n\n- Present: \n- Decided: \n- Who, by when: \n",
        "Call 通话": "2026-11-23 rang",
        "Visit": "x",
    }
