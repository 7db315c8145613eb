"""The table of keys is in the language in use."""

from __future__ import annotations

import re

from hunnan_tui.config.language import choose_language
from hunnan_tui.tui.keys.table import list_keys

_HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_key_has_a_place_a_name_and_a_help_in_chinese() -> None:
    english = list_keys()
    choose_language([], {"LANG": "zh_CN.UTF-8"}, has_setting=False)
    chinese = list_keys()
    assert [entry.id for entry in chinese] == [entry.id for entry in english]
    for entry, original in zip(chinese, english, strict=True):
        assert _HAN.search(entry.place), entry.place
        if entry.id:
            assert _HAN.search(entry.name), entry
            assert not entry.help or _HAN.search(entry.help), entry
            assert not _HAN.search(original.name + original.help), original
