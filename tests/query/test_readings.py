"""How Chinese is read: the table, and the words in it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.query.text.pinyin import (
    is_chinese,
    list_readings,
    spell_pinyin,
    to_pinyin,
)
from hunnan_tui.query.text.readings import HAN, Readings, load_readings
from tests.docs.pages import ROOT

pytestmark = pytest.mark.filterwarnings(  # pypinyin 0.55 under Python 3.14
    "ignore:codecs.open:DeprecationWarning"
)
SHIPPED = (ROOT / "data/projects.toml").read_text("utf-8")


def test_the_table_is_up_to_date() -> None:
    """It cannot be made without reading every word of pypinyin as pypinyin reads it."""
    script = ROOT / "docs/make_readings.py"
    ran = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert ran.returncode == 0, "run python docs/make_readings.py"


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("重庆重型机械", "chong qing zhong xing ji xie"),
        ("中国银行行长", "zhong guo yin hang hang zhang"),
        ("长春音乐厅", "chang chun yin yüe ting"),
        ("参差不齐", "cen ci bu qi"),
        ("绿色女区", "lü se nü qü"),
        ("𠼞𠼞", "a a"),
        ("\U000323af", "\U000323af"),
    ],
)
def test_words_are_read_before_characters(text: str, pinyin: str) -> None:
    assert " ".join(load_readings().read(text)) == pinyin


def test_names_are_read_as_pypinyin_reads_them() -> None:
    from pypinyin import lazy_pinyin

    runs = set(re.findall(HAN, SHIPPED))
    assert len(runs) > 90
    for run in runs:
        syllables = " ".join(load_readings().read(run))
        written = re.sub("(?<=[jqxy])ü", "u", syllables)  # as pinyin spells it
        assert written == " ".join(lazy_pinyin(run, v_to_u=True)), run


@given(st.text("长春银行重庆一", max_size=12))
def test_the_longest_word_wins_and_each_character_has_a_syllable(text: str) -> None:
    words = {"长": "1", "长春": "2 3", "长春银": "4 5 6", "行重": "7 8"}
    characters = dict.fromkeys("长春银行重庆一", "0")
    pattern = "长春银|长春|长|行重|."
    expected = [
        syllable
        for match in re.findall(pattern, text)
        for syllable in words.get(match, "0").split()
    ]
    assert Readings(characters, words).read(text) == expected


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("装备制造", "-zhuang-bei-zhi-zao-"),
        ("IT 与软件", "IT -yu-ruan-jian-"),
        ("绿区", "-lv-qu-"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_an_id_is_spelled_in_ascii(text: str, ascii_text: str) -> None:
    assert spell_pinyin(text) == ascii_text


@given(st.text("中航发国心银行重庆ab1 -", max_size=8))
def test_a_line_of_pinyin_has_the_units_that_matches_are_found_by(text: str) -> None:
    readings = list_readings(text) if is_chinese(text) else []
    lines = ["".join(f"'{unit}" for unit, _, _ in units) for units in readings]
    assert to_pinyin([text]) == "\n".join(lines)
