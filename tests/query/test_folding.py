"""How text is folded, said and matched by patterns."""

from __future__ import annotations

import random
import re
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.folding import FOLDED
from hunnan_tui.core.text import fold
from hunnan_tui.query.text import regex
from hunnan_tui.query.text.folding import find_spans, fold_with_positions
from hunnan_tui.query.text.globs import compile_glob
from hunnan_tui.query.text.pinyin import (
    compile_pinyin,
    find_pinyin,
    list_readings,
    make_sort_key,
    to_pinyin,
)
from hunnan_tui.query.text.regex import Automaton, PatternError, compile_pattern
from hunnan_tui.query.text.regex_parser import parse_pattern
from tests.strategies import examples

NAME = "中航发燃气轮机产业基地"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gas  Turbine\n", "gas turbine"),
        ("ＧＡＳ　１", "gas 1"),
        ("Café ÅNGSTRÖM", "cafe angstrom"),
        ("Straße", "strasse"),
        ("a\u200bb\ufeffc", "abc"),
        ("瀋陽發電機廠", "沈阳发电机厂"),
        ("①㈱", "1(株)"),
        ("Ørsted Łódź Đuro Ærø", "orsted lodz duro aero"),
        ("Þórður Œuvre Ħamrun ŋ ŧ ɓ ꞓ ĸ", "thordur oeuvre hamrun ng t b c q"),
        ("İSTANBUL Diyarbakır", "istanbul diyarbakir"),
        ("Қазақ Ґ", "казак г"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("⻓⾺⼈㈠\uf9c9", "长马人(一)柳"),
        ("辻\U000e0100 ❤\ufe0f", "辻 ❤"),
    ],
)
def test_spellings_that_mean_the_same_fold_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_what_folds_to_itself() -> None:
    for plane in (range(0x20000), range(0x2F800, 0x2FA20), range(0xE0000, 0xE01F0)):
        for char in filter(str.isprintable, map(chr, plane)):
            folded = "".join(FOLDED[ord(part)] for part in char)
            assert "".join(FOLDED[ord(part)] for part in folded) == folded


@given(st.text(max_size=30))
@example("⻓\u3000 Ærø\u0301 ß")
def test_each_folded_character_leads_back_to_its_place(text: str) -> None:
    folded, places = fold_with_positions(text)
    assert folded.strip() == fold(text)
    assert len(places) == len(folded)
    assert all(
        char in f"{FOLDED[ord(text[at])]} "
        for char, at in zip(folded, places, strict=True)
    )


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
@example("", "ß", "")
@example("ﬃ", "瀋 陽", "\u0301")
def test_a_found_span_holds_the_word(before: str, word: str, after: str) -> None:
    expected = fold(word)
    spans = find_spans(f"{before} {word} {after}", expected)
    assert bool(spans) == bool(expected)
    for start, end in spans:
        text = f"{before} {word} {after}"[start:end]
        assert expected in fold(text)


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("zhonghangfa", (0, 3)),
        ("hangfa", (1, 3)),
        ("hf", (1, 3)),
        ("zhf", (0, 3)),
        ("zhonghf", (0, 3)),
        ("hangf", (1, 3)),
        ("hang fa", (1, 3)),
        ("rqlj", (3, 7)),
        ("zghf", (0, 3)),
        ("zhongguohangfa", (0, 3)),
    ],
)
def test_chinese_is_found_by_its_sound(typed: str, span: tuple[int, int]) -> None:
    assert find_pinyin(NAME, typed) == [span]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("战略铝业", "zhanlue zhanlve zhanlüe zhanlyue zlly zhanly"),
        ("铝业", "luye lvye lüye lyuye lyu ly lv"),
        ("徐州女装", "xuzhou xvzhou xüzhou xuzhounu xznv xuzhounyu"),
        ("绿能虐", "lunengnue lvnengnve lüneng lnn"),
    ],
)
def test_the_sound_is_typed_as_u_v_yu_or_itself(name: str, spellings: str) -> None:
    for typed in spellings.split():
        assert find_pinyin(name, fold(typed)), typed
    for typed in ("lvu", "xyx", "lyx", "nuv"):
        assert not find_pinyin(name, typed)


@given(
    st.text("路绿略女努徐鱼月业也", min_size=1, max_size=5),
    st.text("lnxyuvüe", min_size=2, max_size=6),
)
def test_what_is_typed_on_finds_nothing_more(name: str, typed: str) -> None:
    # a longer word is only looked for where the shorter one was
    longer, shorter = (
        compile_pinyin(fold(typed)),
        compile_pinyin(fold(typed[:-1])),
    )
    line = to_pinyin([fold(name)])
    if longer and shorter and longer.search(line):
        assert shorter.search(line)


@pytest.mark.parametrize("typed", ["angfa", "gf", "zf", "h", "航发", "hangfax", "zhgf"])
def test_a_sound_begins_with_a_syllable_and_skips_none(typed: str) -> None:
    assert find_pinyin(NAME, typed) == []


def test_a_name_is_read_with_the_china_that_it_stands_for() -> None:
    assert len(list_readings(NAME)) == 2
    assert len(list_readings("中国航发")) == len(list_readings("中心医院")) == 1


def test_words_have_the_reading_of_their_phrase() -> None:
    assert to_pinyin(["重庆银行"]) == "'chong'qing'yin'hang"
    assert to_pinyin(["长春 ai 1号", "gas"]) == "'chang'chun'ai'1'hao"
    assert make_sort_key("重庆") < make_sort_key("沈阳") < make_sort_key("Zhuhai")


@pytest.mark.parametrize("syllable", ["nen", "n", "nenn", "ne", "nn", "nyu", "ny"])
def test_no_typed_word_takes_long_to_hear(syllable: str) -> None:
    pattern = compile_pinyin(f"{(syllable * 39)[:39]}x")
    assert pattern is not None
    assert not pattern.search(to_pinyin(["嫩" * 100]))
    assert not pattern.search(to_pinyin(["女鱼" * 100]))


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("gas.*turb", "a gas big turbine", [(2, 14)]),
        ("^gas", "x\ngas", [(2, 5)]),
        ("gas$", "gas\nx", [(0, 3)]),
        (r"\bgas\b", "gases a gas", [(8, 11)]),
        (r"\d{2,3}号?", "1 22号 4444", [(2, 5), (6, 9)]),
        ("[A-C]x|[^a-z ]y", "bx 1y", [(0, 2), (3, 5)]),
        ("(?:ab)+?c", "ababc", [(0, 5)]),
        ("ＧＡＳ", "gas", [(0, 3)]),
        ("瀋陽", "沈阳", [(0, 2)]),
        (".", "\n", []),
    ],
)
def test_a_pattern_finds(pattern: str, text: str, spans: list[tuple[int, int]]) -> None:
    automaton = compile_pattern(pattern)
    assert automaton.search(text) == bool(spans)
    assert automaton.find_spans(text) == spans


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "[", "[b-a]", "*", "a**", "a{99}", "\\", "\\1", "(?=a)", "(?<!a)"),
        *("\\p", "a" * 201, "(" * 30, "((a{40}){40}){40}", "(((){50}){50}){50}", "^*"),
    ],
)
def test_a_pattern_that_is_none_or_asks_too_much_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="attern"):
        compile_pattern(pattern)


BOMBS = ["(a+)+$", "(a*)*b", "(a|aa)+$", "(a|a?)+c", "(.*a){20}c", "(a?){50}a{50}c"]
BOMBS += ["([a-z]+)*!", "(.*)(.*)(.*)(.*)(.*)x", "(x+x+)+y", "(a|b|ab)*c", "^(a|a)*$"]


@pytest.mark.parametrize("pattern", BOMBS)
def test_known_bombs_take_a_step_for_each_character(pattern: str) -> None:
    # with backtracking each of these would outlast the universe
    automaton = compile_pattern(pattern)
    assert not automaton.search("a" * 50_000 + "?")
    assert not automaton.gave_up


def test_a_pattern_that_needs_ever_new_steps_gives_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(regex, "_MAX_STEPS", 1_000)
    text = "".join(random.Random(1).choices("ab", k=5_000))
    automaton = Automaton(parse_pattern("(a|b)*a(a|b){40}c"))
    assert not automaton.search(text)
    assert automaton.gave_up
    assert not automaton.search(f"a{'b' * 40}c")


SIGNS = st.text("ab.*+?|()[]^$\\bwd1 ", max_size=8)


@given(SIGNS, st.text("ab1 \n.", max_size=8))
@examples(250)
def test_patterns_mean_what_they_mean_elsewhere(pattern: str, text: str) -> None:
    try:
        automaton = compile_pattern(pattern)
        expected = re.compile(pattern, re.MULTILINE)
    except (PatternError, re.error, FutureWarning):
        return
    if "[^" not in pattern and not text.endswith("\n"):
        # ours stays within a line with [^a], and has no end of text before a last break
        assert automaton.search(text) == bool(expected.search(text))


@pytest.mark.parametrize(
    ("pattern", "text", "inside", "whole"),
    [
        ("reg*", "region", True, True),
        ("*ion", "region", True, True),
        ("r*o*", "region", True, True),
        ("eg*", "region", True, False),
        ("g*g", "region", False, False),
        ("n*n", "n", False, False),
        ("*", "", True, True),
    ],
)
def test_a_star_stands_for_any_text(
    pattern: str, text: str, *, inside: bool, whole: bool
) -> None:
    assert compile_glob(pattern, whole=False)(text) == inside
    assert compile_glob(pattern, whole=True)(text) == whole


def test_pinyin_and_patterns_wait_until_they_are_needed() -> None:
    modules = '{"hunnan_tui.query.text.regex", "hunnan_tui.query.engine.completion"}'
    code = f"import sys, hunnan_tui.query; assert not {modules} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
