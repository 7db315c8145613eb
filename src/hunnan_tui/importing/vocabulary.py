"""Which field a heading names, which stage a word is, which rows sum others up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from hunnan_tui.importing import words

_BRACKETED = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[)）\]】]")
_AFTER_SIGN = re.compile(r"\s*[/,，:：]\s*([^/,，:：]+)$|\s+in\s+(.+)$")
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
"""Blanks that widen a Chinese heading: 项 目 名 称."""
_NUMBERING = re.compile(r"[一二三四五六七八九十0-9]+[、.．]")


def fold_label(text: str) -> str:
    """Return a heading as words are looked up: width, case, blanks and signs alike."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("*", "")
    plain = _GAP.sub("", plain)
    return re.sub(r"[\s_\-.:：]+", "_", plain.strip()).strip("_")


def find_bracketed(text: str) -> list[str]:
    """Return what stands in the brackets of a heading, the last first."""
    return [part.strip() for part in _BRACKETED.findall(text)][::-1]


def strip_brackets(text: str) -> str:
    """Return a heading without what stands in brackets."""
    return _BRACKETED.sub("", text).strip()


def split_off(text: str) -> tuple[str, str]:
    """Return `投资额/万元` or `Kosten in Mio. €` as heading and what may be its unit."""
    match = _AFTER_SIGN.search(text)
    return (text[: match.start()], match[1] or match[2]) if match else (text, "")


def _fold_all(text: str) -> list[str]:
    return [fold_label(word) for word in text.split()]


CURRENCY_WORDS = frozenset(_fold_all(words.CURRENCY_WORDS))
SERIAL_WORDS = frozenset(_fold_all(words.SERIAL_WORDS)) | {"#"}
NAMING_KEYS = frozenset(_fold_all(words.NAMING_KEYS))
_PERSON_WORDS = frozenset(_fold_all(words.PERSON_WORDS))
_LONGEST_PERSON = 12
_DATE_WORDS = tuple(words.DATE_WORDS.split())
_MONEY_PARTS = tuple(words.MONEY_PARTS.split())
_FOOT_WORDS = tuple(words.FOOT_WORDS.split())
_TOTAL_WORDS = tuple(word.replace("_", " ") for word in words.TOTAL_WORDS.split())
_CAN_BE_TOTAL = re.compile(
    "计|" + "|".join(word for word in _TOTAL_WORDS if "计" not in word), re.IGNORECASE
)
_FIELDS: Mapping[str, str] = {
    word: field
    for field, texts in words.FIELD_WORDS.items()
    for word in _fold_all(texts)
}
_SHORTEST_END = 4
_ENDS = sorted(
    (
        (word, field)
        for word, field in _FIELDS.items()
        if len(word) >= _SHORTEST_END
        and not word.isascii()
        # 年度计划投资 is no total, and a code of another thing is no code
        and field not in ("id", "stage", "period")
        and (field != "investment" or "总" in word)
    ),
    key=lambda entry: -len(entry[0]),
)
"""Words with which longer headings end, the longest first."""
_STAGES: Mapping[str, str] = {
    word: stage
    for stage, texts in words.STAGE_WORDS.items()
    for word in _fold_all(texts)
}


def find_field(label: str) -> str:
    """Return the field that a heading without unit and brackets names; or nothing."""
    folded = fold_label(label)
    if folded in _FIELDS or folded.isascii():
        return _FIELDS.get(folded, "")
    # Chinese headings are longer words around the known one: 重点建设项目名称
    return next((field for word, field in _ENDS if folded.endswith(word)), "")


def find_stage(word: str) -> str:
    """Return the stage that a word stands for; or nothing."""
    return _STAGES.get(fold_label(word), "")


def is_person(label: str) -> bool:
    """Return whether a heading is that of a column on persons."""
    return fold_label(label) in _PERSON_WORDS or (
        len(label) <= _LONGEST_PERSON
        and any(part in label for part in words.PERSON_PARTS)
    )


def is_date(label: str) -> bool:
    """Return whether a heading is that of a column of dates."""
    folded = label.casefold()
    return any(word in folded for word in _DATE_WORDS)


def is_money(label: str) -> bool:
    """Return whether a heading speaks of money."""
    folded = label.casefold()
    return any(part in folded for part in _MONEY_PARTS)


def is_total(text: str) -> bool:
    """Return whether the first text of a row says that it sums others up."""
    if not _CAN_BE_TOTAL.search(text):  # as most
        return False
    plain = unicodedata.normalize("NFKC", text).casefold().strip(" :()")
    plain = "".join(plain.split()) if not plain.isascii() else plain
    plain = _NUMBERING.sub("", plain, count=1)
    return any(
        plain == word or plain.startswith((f"{word}:", f"{word}("))
        for word in _TOTAL_WORDS
    )


def is_foot(text: str) -> bool:
    """Return whether a text is one that stands below a table."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return plain.startswith(_FOOT_WORDS)
