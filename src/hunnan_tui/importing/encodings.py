"""Bytes of a text file of unknown origin to text.

A ladder over the whole file, which was right more often than a guess on its head: a byte
order mark, zeros at odd or even places, strict UTF-8, strict GB18030 where its text is
Chinese, else the Western or Central European or Cyrillic page whose letters fit best.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMON = frozenset("的一是在有和了大业项目建设工程公司区市投资年月日产中国新能生科技发展规模用地总园")
"""Characters that hardly any Chinese table lacks; mere chance seldom makes them."""
_PAGES = ("cp1252", "cp1250", "cp1251")
_LETTERS = {
    "cp1252": frozenset("äöüßÄÖÜéèêàçñáíóúãõôâëïîåæøÉÈÀÇÑÁÍÓÚÃÕ€–„“”’°²³§"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰăâîşţ€–„”’°äöüßÄÖÜéáíú"),
    "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯёЁіїєІЇЄ№«»–"),
}
_WORD = re.compile(r"\w*[^\x00-\x7f]\w*")
_SHOWN = 3
"""Words that a warning about a guess shows."""


class Decoded(NamedTuple):
    """The text of a file, and how it was read."""

    text: str
    encoding: str
    guessed: tuple[str, ...] = ()
    """Some words that may be wrong, where the encoding is no more than likely."""


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return the text of a file.

    Args:
        data: Its bytes.
        encoding: Its encoding, where the user has said it.

    Raises:
        UnicodeDecodeError: It is not in the encoding that was named.
        LookupError: There is no such encoding.
    """
    if encoding:
        return Decoded(data.decode(encoding).removeprefix("\ufeff"), encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name)
    if name := _utf16(data):
        return Decoded(data.decode(name, "replace"), name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        pass
    else:
        if _is_chinese(text):
            return Decoded(text, "gb18030")
    if damaged := _damaged_utf8(data):
        return damaged
    page = max(_PAGES, key=lambda name: _fit(data, name))
    text = data.decode(page, "replace")
    return Decoded(text, page, tuple(dict.fromkeys(_WORD.findall(text)))[:_SHOWN])


def _utf16(data: bytes) -> str:
    """Return the form of UTF-16 that the zeros of a file without a mark speak for."""
    head = data[:4_000]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > len(head) // 8 > even:
        return "utf-16-le"
    if even > len(head) // 8 > odd:
        return "utf-16-be"
    return ""


def _is_chinese(text: str) -> bool:
    han = _HAN.findall(text)
    beyond_ascii = sum(not character.isascii() for character in text)
    if not han or len(han) * 2 < beyond_ascii:
        return False
    return any(character in _COMMON for character in han)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Return a text in UTF-8 of which a few bytes are wrong."""
    text = data.decode("utf-8", "replace")
    right = sum(not character.isascii() for character in text) - text.count("\ufffd")
    if text.count("\ufffd") * 20 > right:
        return None
    words = tuple(word for word in _WORD.findall(text) if "\ufffd" in word)
    near = re.findall(r".{0,12}\ufffd.{0,12}", text)
    return Decoded(text, "utf-8", (words or tuple(near))[:_SHOWN] or ("\ufffd",))


def _fit(data: bytes, page: str) -> int:
    text = data.decode(page, "replace")
    letters = _LETTERS[page]
    good = bad = 0
    for character in text:
        if not character.isascii():
            if character in letters:
                good += 1
            else:
                bad += 1
    return good - 2 * bad
