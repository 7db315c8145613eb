"""Text in the cells of a table: cleaned, and made into ids and keys."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from hunnan_tui.query.text.pinyin import is_chinese, spell_pinyin

HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls but tab and line breaks
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control, zero-width and bidi characters: a reader cannot see them."""
_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK_END = re.compile(r"(?i)<br\s*/?>|</p>|</div>|</li>|</tr>")
_KEY_SEPARATOR = "\x1f"


class CleanText(NamedTuple):
    """A text without what cannot be seen."""

    text: str
    hidden: tuple[str, ...] = ()
    """The characters that were removed."""
    has_private: bool = False
    is_damaged: bool = False
    """Whether a replacement character says that it was damaged before."""


def clean_text(text: str) -> CleanText:
    """Return a text as it can be kept: line breaks are newlines, ends are trimmed."""
    if text.isprintable() and "\ufffd" not in text:
        # no blank but the plain one is printable, nor anything hidden or private
        return CleanText(text.strip())
    hidden = HIDDEN.findall(text)
    plain = HIDDEN.sub("", text) if hidden else text
    plain = _BREAK.sub("\n", plain)
    plain = _SURROGATE.sub("\ufffd", plain)
    plain = plain.replace("\u00a0", " ").replace("\u202f", " ")
    return CleanText(
        plain.strip(),
        tuple(hidden),
        _PRIVATE.search(plain) is not None,
        "\ufffd" in plain,
    )


def has_tags(text: str) -> bool:
    """Return whether a text has tags of HTML."""
    return _TAG.search(text) is not None


def strip_tags(text: str) -> str:
    """Return the text of a piece of HTML."""
    text = _BLOCK_END.sub("\n", text)
    plain = clean_text(html.unescape(_TAG.sub("", text))).text
    return re.sub(r"\n\s*\n\s*", "\n\n", plain)


def join_lines(text: str) -> str:
    """Return a text in one line, every run of blanks and line breaks one blank."""
    return " ".join(text.split())


def make_slug(text: str) -> str:
    """Return a code as an id: letters and digits, runs of all else one hyphen."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def make_name_slug(name: str) -> str:
    """Return the id of a name, in ASCII where that can be: Chinese as pinyin."""
    plain = unicodedata.normalize("NFKC", name)
    if not is_chinese(plain):
        return make_slug(plain)
    return make_slug(spell_pinyin(plain))


def fold_key(text: str) -> str:
    """Return a part of a key: width, case and blanks make no other project."""
    return join_lines(unicodedata.normalize("NFKC", text)).casefold()


def join_key(parts: Iterable[str]) -> str:
    """Return the key of a project from the texts of its key columns."""
    return _KEY_SEPARATOR.join(map(fold_key, parts))


def display_key(key: str) -> str:
    """Return a key as people can read it."""
    return key.replace(_KEY_SEPARATOR, " | ")


def hash_key(key: str) -> str:
    """Return the id of a project without a code."""
    return f"p-{blake2b(key.encode(), digest_size=5).hexdigest()}"
