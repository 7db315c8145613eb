"""Which encoding a text file of unknown origin has.

A ladder over the whole file, which was right more often than a guess on its head: a byte
order mark, zeros at odd or even places, strict UTF-8, strict GB18030 where its text is
Chinese, else the Western or Central European or Cyrillic page whose letters fit best.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_COMMON = frozenset(
    "的一是在有和了大业项目建设工程公司区市投资年月日产中国新能生科技发展规模用地总园"
)
"""Characters that hardly any Chinese table lacks; mere chance seldom makes them."""
_LETTERS = {
    "cp1252": frozenset("äöüßÄÖÜéèêàçñáíóúãõôâëïîåæøÉÈÀÇÑÁÍÓÚÃÕ€–„“”’°²³§"),
    "cp1250": frozenset(
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰăâîşţ€–„”’°äöüßÄÖÜéáíú"
    ),
    "cp1251": frozenset(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯёЁіїєІЇЄ№«»–"
    ),
}
"""The pages for Western, Central European and Cyrillic texts, with their usual letters."""
_WORD = re.compile(r"\w*[^\x00-\x7f]\w*")
_SHOWN_WORDS = 3
_CHUNK = 1 << 18
_PIECES = 8
_HEAD = 4_000
_MOST_DAMAGE = 20
"""One wrong byte for so many right letters is damage; more is another encoding."""


class Encoding(NamedTuple):
    """How a file is to be decoded."""

    name: str
    doubtful_words: tuple[str, ...] = ()
    """Some words that may be wrong, where the encoding is no more than likely."""


def find_encoding(path: Path) -> Encoding:
    """Return the encoding of a text file."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if name := _guess_utf16(head):
        return Encoding(name)
    if _is_valid(path, "utf-8"):
        return Encoding("utf-8")
    if _is_valid(path, "gb18030") and _is_chinese(path):
        return Encoding("gb18030")
    return _try_damaged_utf8(path) or _guess_code_page(path)


def check_encoding(path: Path, name: str) -> None:
    """Raise UnicodeDecodeError or LookupError if a file is not in an encoding."""
    for _ in _decode_pieces(path, name, "strict"):
        pass


def _decode_pieces(path: Path, name: str, errors: str) -> Iterator[str]:
    """Yield the text of a file in pieces."""
    decoder = codecs.getincrementaldecoder(name)(errors)
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def _is_valid(path: Path, name: str) -> bool:
    try:
        check_encoding(path, name)
    except UnicodeDecodeError:
        return False
    return True


def _guess_utf16(head: bytes) -> str:
    """Return the form of UTF-16 that the zeros of a file without a mark speak for."""
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > len(head) // 8 > even:
        return "utf-16-le"
    if even > len(head) // 8 > odd:
        return "utf-16-be"
    return ""


def _is_chinese(path: Path) -> bool:
    han = beyond_ascii = 0
    is_common = False
    # a few pieces are enough to tell the language
    for text in islice(_decode_pieces(path, "gb18030", "strict"), _PIECES):
        for run in _HAN.finditer(text):
            han += len(run[0])
            is_common = is_common or not _COMMON.isdisjoint(run[0])
        beyond_ascii += len(text) - len(text.encode("ascii", "ignore"))
    return is_common and han * 2 >= beyond_ascii


def _try_damaged_utf8(path: Path) -> Encoding | None:
    """Return UTF-8 for a text of which only a few bytes are wrong."""
    right = wrong = 0
    words: dict[str, None] = {}
    for text in _decode_pieces(path, "utf-8", "replace"):
        wrong_here = text.count("\ufffd")
        right += len(text) - len(text.encode("ascii", "ignore")) - wrong_here
        wrong += wrong_here
        if wrong_here and len(words) < _SHOWN_WORDS:
            matches = (match[0].strip() for match in re.finditer(r"\w*\ufffd\w*", text))
            words.update(dict.fromkeys(matches))
    if wrong * _MOST_DAMAGE > right:
        return None
    return Encoding("utf-8", tuple(words)[:_SHOWN_WORDS])


def _guess_code_page(path: Path) -> Encoding:
    scores = dict.fromkeys(_LETTERS, 0)
    for name, letters in _LETTERS.items():
        for text in _decode_pieces(path, name, "replace"):
            foreign = re.sub(r"[\x00-\x7f]+", "", text)
            known = sum(character in letters for character in foreign)
            scores[name] += known - 2 * (len(foreign) - known)
    page = max(scores, key=lambda name: scores[name])
    words: dict[str, None] = {}
    for text in _decode_pieces(path, page, "replace"):
        words.update(dict.fromkeys(_WORD.findall(text)))
        if len(words) >= _SHOWN_WORDS:
            break
    return Encoding(page, tuple(words)[:_SHOWN_WORDS])
