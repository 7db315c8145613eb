"""What is wrong with a text that is no TOML is said in Chinese."""

from __future__ import annotations

import re

import pytest

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.errors import DataError
from hunnan_tui.core.language import ENGLISH, set_language
from hunnan_tui.dataset.parser import parse

BROKEN = (
    *("a = ", "a", "a = [1", 'a="x', "[a]\n[a]", "a=1\na=2", "a={b=1,b=2}"),
    *(
        "a=1 b=2",
        'a="\\q"',
        'a="\x01"',
        "[a",
        "[[a]",
        "= 1",
        "a = {x=1",
        "a=2026-02-30",
    ),
)


@pytest.mark.parametrize("text", BROKEN)
def test_each_message_of_the_parser_is_chinese(text: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(text.encode(), "x.toml")
    english = caught.value.problems[0].message
    choose_language(["--lang", "zh"], {})
    try:
        with pytest.raises(DataError) as caught:
            parse(text.encode(), "x.toml")
    finally:
        set_language(ENGLISH)
    assert not re.search("[\u4e00-\u9fff]", english)
    assert not re.search("[A-Za-z]{3,}", caught.value.problems[0].message)
    assert re.search("[\u4e00-\u9fff]{2}", caught.value.problems[0].message)
