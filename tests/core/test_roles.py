"""Usual roles have a name in each language; others are called as in the file."""

from __future__ import annotations

from hunnan_tui.analysis.field_text import format_party
from hunnan_tui.config.language import choose_language
from hunnan_tui.core.model import Party
from hunnan_tui.core.roles import name_role


def test_a_usual_role_has_a_chinese_name() -> None:
    assert format_party(Party("甲公司", "investor")) == "甲公司 (investor)"
    choose_language(["--lang", "zh"], {})
    assert format_party(Party("甲公司", "investor")) == "甲公司（投资方）"
    assert name_role("landlord") == "landlord"
    assert name_role("") == ""
