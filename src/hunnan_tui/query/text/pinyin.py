"""Chinese text as it is said, to be found by typing its sound.

`hangfa`, `hf` and `hangf` all find 航发: a word fits when it splits into beginnings of
syllables that follow each other. A name that begins with 中 is also read with 中国, which
中 stands for in the names of firms: `zghf` finds 中航发.

The sound ü is kept as ü, also where pinyin writes u for it, and is typed as u, v or yu;
a typed ü has become u when it gets here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.query.text.folding import fold_with_places

# compiled when first used, which is seldom while the app starts
_HAN = "[\u3400-\u9fff\U00020000-\U000323af]+"
_RUN = f"{_HAN}|[a-z0-9]+"
_CHINA = "中(?=[\u3400-\u9fff])(?![国华央心小间山])"
_TYPED = "[a-z][a-z0-9]{1,39}"
_PARTS = "[lnjqx]yu?|."
"""What is typed for a letter, or for one and the ü behind it."""
_ON = "(?:[a-zü0-9]*')?"
"""What stands before a letter: nothing, or the rest of a syllable."""

Unit = tuple[str, int, int]
"""A syllable or a Latin word, and where it stands in the folded text."""


def is_chinese(text: str) -> bool:
    """Return whether a text has any Chinese in it."""
    return not text.isascii() and re.search(_HAN, text) is not None


def said(folded: Iterable[str]) -> str:
    """Return how the Chinese ones of some folded texts are said, one a line.

    A line is like `'zhong'hang'fa`.
    """
    return "\n".join(
        _joined(units)
        for text in folded
        if is_chinese(text)
        for units in readings(text)
    )


def sounds_like(typed: str) -> re.Pattern[str] | None:
    """Return what finds a typed word in what `said` gave; None if it is no pinyin.

    Each letter either goes on with a syllable or begins the next one. That gives few
    ways to split a word, as no syllable repeats its own beginning: it cannot take long.
    """
    word = typed.replace(" ", "").replace("'", "")
    if not re.fullmatch(_TYPED, word):
        return None
    return _pattern(word)


def find_said(text: str, typed: str) -> list[tuple[int, int]]:
    """Return where a typed word is said in a text, as spans of the text."""
    pattern = sounds_like(typed)
    if pattern is None or not is_chinese(text):
        return []
    folded, places = fold_with_places(text)
    for units in readings(folded):
        line = _joined(units)
        spans = []
        for match in pattern.finditer(line):
            first = line.count("'", 0, match.start() + 1) - 1
            last = line.count("'", 0, match.end()) - 1
            spans.append((places[units[first][1]], places[units[last][2] - 1] + 1))
        if spans:
            return spans
    return []


def sort_key(text: str) -> str:
    """Return a text with its Chinese as pinyin, so that it sorts as it is said."""
    folded, _ = fold_with_places(text)
    said = re.sub(_HAN, lambda run: " ".join(_syllables(run[0])), folded)
    return said.replace("ü", "v")  # behind u


def readings(folded: str) -> list[list[Unit]]:
    """Return the ways in which a folded text is read, as units that follow each other."""
    units: list[Unit] = []
    for run in re.finditer(_RUN, folded):
        start, end = run.span()
        if run[0].isascii():
            units.append((run[0], start, end))
        else:
            units += [
                (syllable, place, place + 1)
                for place, syllable in enumerate(_syllables(run[0]), start)
            ]
    if not re.match(_CHINA, folded):
        return [units]
    (zhong, start, end), *rest = units
    return [units, [(zhong, start, end), ("guo", start, end), *rest]]


def _joined(units: list[Unit]) -> str:
    return "".join(f"'{unit[0]}" for unit in units)


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    parts = "".join(map(_part, re.findall(_PARTS, word)))
    return re.compile("'" + parts.removeprefix(_ON))


def _part(typed: str) -> str:
    if len(typed) > 1:
        # a y finds ü before its u is typed: what is typed on finds nothing more
        rest = f"{_ON}[uü]" if typed.endswith("u") else ""
        return f"{_ON}{typed[0]}(?:ü|{_ON}y{rest})"
    return _ON + {"u": "[uü]", "v": "[vü]"}.get(typed, typed)


@lru_cache(maxsize=200_000)
def _syllables(run: str) -> tuple[str, ...]:
    """Return one syllable for each Chinese character of a run."""
    from pypinyin import lazy_pinyin

    # what has no sound comes back as a list, one part a character
    syllables = lazy_pinyin(run, errors=list, v_to_u=True)  # type: ignore[arg-type]  # lists work too
    if len(syllables) != len(run):
        return tuple(run)
    return tuple(re.sub("^([jqxy])u", r"\1ü", each) for each in syllables)
