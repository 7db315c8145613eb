"""Pinyin of Chinese text, and search for it.

`hangfa`, `hf` and `hangf` all find 航发: a word matches if it splits into prefixes of
consecutive syllables. Names of companies that begin with 中 often mean 中国, so they have
a second reading: `zghf` finds 中航发.

The vowel ü is always stored as ü, even where pinyin spells it u. It can be typed as u, v
or yu; folding has turned a typed ü into u.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.query.text.folding import fold_with_positions
from hunnan_tui.query.text.readings import HAN, load_readings

# compiled on first use, to start faster
_RUN = f"{HAN}|[a-z0-9]+"
_CHINA = "中(?=[\u3400-\u9fff])(?![国华央心小间山])"
_TYPED_WORD = "[a-z][a-z0-9]{1,39}"
_LETTERS = "[lnjqx]yu?|."
"""A typed letter, or an initial with the ü that may follow it."""
_REST_OF_SYLLABLE = "(?:[a-zü0-9]*')?"
"""What may precede a letter: nothing, or the rest of a syllable and its separator."""

PinyinUnit = tuple[str, int, int]
"""A syllable or a Latin word, with its start and end in the folded text."""


def is_chinese(text: str) -> bool:
    """Return whether a text contains Chinese characters."""
    return not text.isascii() and re.search(HAN, text) is not None


def to_pinyin(folded: Iterable[str]) -> str:
    """Return the pinyin of those folded texts that contain Chinese, one reading a line.

    A line looks like `'zhong'hang'fa`.
    """
    lines: list[str] = []
    for text in folded:
        if not is_chinese(text):
            continue
        line = "".join(map(_spell_run, re.findall(_RUN, text)))
        lines.append(line)
        if re.match(_CHINA, text):
            lines.append("'zhong'guo" + line.removeprefix("'zhong"))
    return "\n".join(lines)


def _spell_run(run: str) -> str:
    syllables = (run,) if run.isascii() else load_readings().read(run)
    return "'" + "'".join(syllables)


def compile_pinyin(typed: str) -> re.Pattern[str] | None:
    """Return the pattern that finds a typed word in pinyin; None if it cannot be pinyin.

    Each letter continues a syllable or begins the next one. No syllable repeats its own
    beginning, so there are few ways to split a word and matching stays fast.

    Args:
        typed: A folded word.
    """
    word = typed.replace(" ", "").replace("'", "")
    if not re.fullmatch(_TYPED_WORD, word):
        return None
    return _compile_word(word)


def find_pinyin(text: str, typed: str) -> list[tuple[int, int]]:
    """Return the spans of a text whose pinyin matches a folded word."""
    pattern = compile_pinyin(typed)
    if pattern is None or not is_chinese(text):
        return []
    folded, positions = fold_with_positions(text)
    for units in list_readings(folded):
        line = _join_units(units)
        spans = []
        for match in pattern.finditer(line):
            first = line.count("'", 0, match.start() + 1) - 1
            last = line.count("'", 0, match.end()) - 1
            spans.append(
                (positions[units[first][1]], positions[units[last][2] - 1] + 1)
            )
        if spans:
            return spans
    return []


def make_sort_key(text: str) -> str:
    """Return folded text with its Chinese as pinyin, to sort by pronunciation."""
    folded, _ = fold_with_positions(text)
    readings = load_readings()
    pinyin = re.sub(HAN, lambda run: " ".join(readings.read(run[0])), folded)
    return pinyin.replace("ü", "v")  # sorts after u


def spell_pinyin(text: str) -> str:
    """Return a text with its Chinese as pinyin in ASCII letters, a hyphen round each syllable."""
    readings = load_readings()
    spelled = re.sub(HAN, lambda run: f"-{'-'.join(readings.read(run[0]))}-", text)
    return re.sub("(?<=[jqxy])ü", "u", spelled).replace("ü", "v")


def list_readings(folded: str) -> list[list[PinyinUnit]]:
    """Return the possible readings of a folded text, each a list of units."""
    units: list[PinyinUnit] = []
    for run in re.finditer(_RUN, folded):
        start, end = run.span()
        if run[0].isascii():
            units.append((run[0], start, end))
        else:
            units += [
                (syllable, position, position + 1)
                for position, syllable in enumerate(load_readings().read(run[0]), start)
            ]
    if not re.match(_CHINA, folded):
        return [units]
    (zhong, start, end), *rest = units
    return [units, [(zhong, start, end), ("guo", start, end), *rest]]


def _join_units(units: list[PinyinUnit]) -> str:
    return "".join(f"'{unit[0]}" for unit in units)


@lru_cache(maxsize=256)
def _compile_word(word: str) -> re.Pattern[str]:
    parts = "".join(map(_compile_letter, re.findall(_LETTERS, word)))
    return re.compile("'" + parts.removeprefix(_REST_OF_SYLLABLE))


def _compile_letter(typed: str) -> str:
    if len(typed) > 1:
        # y alone already matches ü, so that typing the u only narrows the matches
        rest = f"{_REST_OF_SYLLABLE}[uü]" if typed.endswith("u") else ""
        return f"{_REST_OF_SYLLABLE}{typed[0]}(?:ü|{_REST_OF_SYLLABLE}y{rest})"
    return _REST_OF_SYLLABLE + {"u": "[uü]", "v": "[vü]"}.get(typed, typed)
