"""Facts as people type them: the value that is stored, and how it is read back to them.

Empty text means "not stated" for every fact but a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.date_parser import parse_span
from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fields import BY_KEY, Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Industry, Stage
from hunnan_tui.core.money import (
    Amount,
    add_unit,
    format_exact,
    is_amount,
    name_unit,
    parse_amount,
    parse_number,
)
from hunnan_tui.core.names import name_term
from hunnan_tui.core.schema_values import find_value, name_value
from hunnan_tui.core.text import UNSAFE, fold
from hunnan_tui.core.urls import explain_unopenable

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PROSE = ("summary", "caveat")
"""Keys whose texts may have several lines."""
_LONGEST_LINE = 1_000
_LONGEST_PROSE = 20_000
_SEPARATOR = re.compile(r"\s*[,，、;；\n]\s*")
_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_ID = 80

_ROLE_BEHIND = re.compile(r"(.+?)\s*[（(]([^()（）]+)[)）]")
_ABOUT = re.compile(r"(?:(?:about|approx\.?|circa|ca\.?|约|大约|近)\s*|[~≈]\s*)(.+)")
_OVER = re.compile(r"(?:over|more than|超过?|逾|>)\s*(.+)")
_ABOUT_BEHIND = re.compile(r"(.+?)\s*左右")
_OVER_BEHIND = re.compile(r"(.+?)\s*(?:以上|余|多|\+|and more)(元|人民币|美元)?")
_LEAST_EXACT = 1_000
"""What is less and has a fraction lacks its unit."""
_YESTERDAY = {"yesterday": 1, "昨天": 1, "昨日": 1, "前天": 2}
_MONTHS = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_MONTH = r"([a-z]{3,9})\.?"
_DAY_MONTH = re.compile(
    rf"(?:([0-9]{{1,2}})(?:st|nd|rd|th)?\s+)?{_MONTH}\s+([0-9]{{4}})"
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_MONTH}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})"
)
_SHORT_DAY = re.compile(r"([0-9]{1,2})(?:月|[-./])([0-9]{1,2})[日号]?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")


class TypedFactError(HunnanError):
    """A text that cannot be a fact; it says what is expected."""


class TypedFact(NamedTuple):
    """A fact that was typed."""

    values: Mapping[str, Any]
    """The keys of a project that it sets, as plain TOML values; None removes a key."""
    shown: str
    """How it is read, in words; empty for "not stated"."""


def read_typed(key: str, typed: str, dataset: Dataset, today: date) -> TypedFact:
    """Read a fact of a project as it is typed.

    Args:
        key: The key of the fact; any but the id, the sources and lists of tables.
        typed: The text.
        dataset: Its currency, stages and industries are meant.
        today: The current day, which relative dates count from.

    Raises:
        TypedFactError: It cannot be read.
    """
    text = clean_typed(typed, is_prose=key in _PROSE)
    if key == "investment":
        return _read_investment(text, dataset.currency)
    if not text:
        if key == "name":
            raise TypedFactError(_("A project needs a name"))
        return TypedFact({key: None}, "")
    field = BY_KEY.get(key)
    kind = field.kind if field else Kind.TEXT
    if key == "stage":
        stage = resolve_term(text, dataset.stages, "stage")
        return TypedFact({key: stage.id}, _name_terms([stage]))
    if key == "industries":
        industries = resolve_terms(text, dataset.industries, "industry")
        ids = [industry.id for industry in industries]
        return TypedFact({key: ids}, _name_terms(industries))
    if key == "part_of" and text not in dataset.projects:
        raise TypedFactError(_("No project has the id {text!r}").format(text=text))
    if key == "url":
        address = read_address(text)
        return TypedFact({key: address}, address)
    if kind is Kind.DATE:
        day = read_day(text, today)
        return TypedFact({key: _make_plain_day(day)}, day)
    if kind in (Kind.NUMBER, Kind.AMOUNT):
        value = _read_count(text)
        return TypedFact({key: value}, format_exact(value))
    if field is not None and field.choices:
        choice = find_value(text, field.choices)
        if choice is None:
            raise TypedFactError(
                _("It is {choices}, not {text!r}").format(
                    choices=_(" or ").join(map(name_value, field.choices)), text=text
                )
            )
        return TypedFact({key: choice}, name_value(choice))
    return TypedFact({key: text}, text)


def clean_typed(typed: str, *, is_prose: bool = False) -> str:
    """Return a typed text without control characters and outer blanks.

    Raises:
        TypedFactError: It is too long.
    """
    if is_prose:
        text = UNSAFE.sub("", _BREAK.sub("\n", typed)).strip()
    else:
        text = " ".join(UNSAFE.sub(" ", typed).split())
    longest = _LONGEST_PROSE if is_prose else _LONGEST_LINE
    if len(text) > longest:
        raise TypedFactError(
            _("It has more than {longest:,} characters: write a note").format(
                longest=longest
            )
        )
    return text


def read_day(typed: str, today: date) -> str:
    """Read a day, month or year that is past, or stated to come, as ISO text.

    `2023`, `2023-3`, `2023年3月8日`, `20230308`, `8 March 2023`, `today`, `昨天`, `-3d`;
    `3-8` and `3月8日` are the last such day.

    Raises:
        TypedFactError: It is none; the text says what is expected.
    """
    plain = " ".join(unicodedata.normalize("NFKC", typed).casefold().split())
    if plain in _YESTERDAY:
        return (today - timedelta(_YESTERDAY[plain])).isoformat()
    written = (
        _read_digits(plain) or _read_month_name(plain) or _read_short(plain, today)
    )
    if written:
        return written
    try:
        span = parse_span(plain, today)
    except ValueError:
        raise TypedFactError(
            _("{typed!r} is no date: type 2023, 2023-03, 2023-03-08 or today").format(
                typed=typed.strip()
            )
        ) from None
    is_relative = not is_partial(span.text)
    return span.first.isoformat() if is_relative else span.text


def read_party(typed: str) -> dict[str, Any]:
    """Return a party that is typed as `NAME (ROLE)`, `ROLE: NAME` or a name alone."""
    if match := _ROLE_BEHIND.fullmatch(typed):
        return {"name": match[1], "role": match[2].strip()}
    role, colon, name = typed.replace("：", ":").partition(":")
    if colon and name.strip() and role.strip():
        return {"name": name.strip(), "role": role.strip()}
    return {"name": typed}


def read_address(typed: str) -> str:
    """Read a web address; https where it names no scheme.

    Raises:
        TypedFactError: It cannot be opened.
    """
    text = clean_typed(typed)
    address = text if "://" in text else f"https://{text}"
    why = explain_unopenable(address)
    if not why and "." not in address.partition("://")[2].partition("/")[0]:
        why = _("it names no host, such as example.org")
    if why:
        raise TypedFactError(
            _("{text!r} is no web address: {why}").format(text=text, why=why)
        )
    return address


def read_id(typed: str) -> str:
    """Read an id; TypedFactError if it is not made of small letters, digits, hyphens."""
    text = clean_typed(typed)
    if not _ID.fullmatch(text):
        raise TypedFactError(
            _("An id is small letters, digits and single hyphens: a-1")
        )
    if len(text) > LONGEST_ID:
        raise TypedFactError(
            _("An id has at most {longest_id} characters").format(longest_id=LONGEST_ID)
        )
    return text


def split_typed(typed: str) -> list[str]:
    """Return the parts of a typed list: commas and semicolons of any kind part them."""
    return [part for part in _SEPARATOR.split(typed.strip()) if part]


def resolve_terms(
    typed: str, terms: Mapping[str, Stage] | Mapping[str, Industry], what: str
) -> list[Stage | Industry]:
    """Return the terms that a list of names stands for, each once.

    Raises:
        TypedFactError: One of them stands for none or for several.
    """
    whole = find_term(typed, terms)  # its name may have a comma
    if len(whole) == 1:
        return whole
    parts = [resolve_term(part, terms, what) for part in split_typed(typed)]
    return list(dict.fromkeys(parts))


def resolve_term(
    typed: str, terms: Mapping[str, Stage] | Mapping[str, Industry], what: str
) -> Stage | Industry:
    """Return the stage or industry that a name stands for.

    Args:
        typed: An id, a name of either language, or enough of its beginning.
        terms: Those of the dataset.
        what: What they are called in a message.

    Raises:
        TypedFactError: It stands for none or for several.
    """
    matches = find_term(typed, terms)
    if len(matches) == 1:
        return matches[0]
    offered = join_names(name_term(term) for term in matches or terms.values())
    if matches:
        raise TypedFactError(
            _("Which {what}: {offered}?").format(what=_(what), offered=offered)
        )
    if not offered:
        raise TypedFactError(
            _("The file defines no {what}: add one to it first").format(what=_(what))
        )
    raise TypedFactError(
        _("No {what} is called {typed!r}; there are: {offered}").format(
            what=_(what), typed=typed, offered=offered
        )
    )


def find_term(
    typed: str, terms: Mapping[str, Stage] | Mapping[str, Industry]
) -> list[Stage | Industry]:
    """Return the terms that a name can stand for: the whole name wins over a part."""
    needle = fold(typed)
    names = {
        term: [fold(name) for name in (term.id, term.name, term.name_zh) if name]
        for term in terms.values()
    }
    for matches in (str.__eq__, str.startswith, str.__contains__):
        matching = [
            term
            for term, folded in names.items()
            if any(matches(name, needle) for name in folded)
        ]
        if matching:
            return matching
    return []


def _name_terms(terms: Iterable[Stage | Industry]) -> str:
    return join_names(
        f"{term.name} {term.name_zh}".strip()
        if term.name != term.name_zh
        else term.name
        for term in terms
    )


def read_qualified(text: str, currency: str) -> tuple[Amount, str]:
    """Read an amount with what says how exact it is: `约3.2亿`, `over 5bn`.

    Args:
        text: The text.
        currency: That of the dataset; if it is empty, an amount is of whatever it says.

    Returns:
        The amount, and about, over or nothing.

    Raises:
        TypedFactError: It is none, or its unit is missing; the text says so.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    qualifier = ""
    for pattern, meaning in (
        (_ABOUT, "about"),
        (_OVER, "over"),
        (_ABOUT_BEHIND, "about"),
        (_OVER_BEHIND, "over"),
    ):
        if match := pattern.fullmatch(plain):
            plain, qualifier = "".join(filter(None, match.groups())), meaning
            break
    plain = plain.replace(" ", "")
    try:
        amount = parse_amount(plain, currency)
    except ValueError as error:
        raise TypedFactError(str(error)) from None
    if "." in plain and amount.value < _LEAST_EXACT:
        raise TypedFactError(
            _("{text!r} of what? Type 3.2亿, 3.2bn or 320m").format(text=text)
        )
    if not is_amount(amount.value):
        raise TypedFactError(_("So large an amount cannot be stored"))
    if not amount.value:
        raise TypedFactError(_("An amount of 0 is not stated: leave it empty"))
    return amount, qualifier


def _read_investment(text: str, currency: str) -> TypedFact:
    keys = ("investment", "investment_qualifier", "investment_usd")
    values: dict[str, Any] = dict.fromkeys(keys)
    if not text:
        return TypedFact(values, "")
    amount, qualifier = read_qualified(text, currency)
    key = "investment_usd" if amount.dollars else "investment"
    values |= {key: amount.value, "investment_qualifier": qualifier or None}
    unit = "dollars" if amount.dollars else name_unit(currency)
    exact = add_unit(format_exact(amount.value), unit)
    return TypedFact(values, f"{qualifier} {exact}".strip())


def _read_count(text: str) -> int:
    plain = re.sub(r"\s*[人个名]$", "", unicodedata.normalize("NFKC", text))
    try:
        value = parse_number(plain)
    except ValueError:
        raise TypedFactError(
            _("{text!r} is no number: type 1200 or 1.2万").format(text=text)
        ) from None
    if not is_amount(value):
        raise TypedFactError(_("So large a number cannot be stored"))
    return value


def _make_plain_day(day: str) -> date | str:
    """Return a date as the file has it: a day without quotes."""
    return date.fromisoformat(day) if len(day) == len("2026-03-08") else day


def _read_digits(plain: str) -> str:
    match = _DIGITS.fullmatch(plain)
    return _join_date(*match.groups()) if match else ""


def _read_month_name(plain: str) -> str:
    if match := _DAY_MONTH.fullmatch(plain):
        day, month, year = match.groups()
    elif match := _MONTH_DAY_YEAR.fullmatch(plain):
        month, day, year = match.groups()
    else:
        return ""
    numbers = [n for n, name in enumerate(_MONTHS, 1) if month.startswith(name)]
    return _join_date(year, str(numbers[0]), day) if numbers else ""


def _read_short(plain: str, today: date) -> str:
    """Return the last such day of the year, today included."""
    match = _SHORT_DAY.fullmatch(plain)
    for year in range(today.year, max(today.year - 9, 1), -1) if match else ():
        day = _join_date(str(year), *match.groups())  # type: ignore[union-attr]
        if day and day <= today.isoformat():
            return day
    return ""


def _join_date(year: str, month: str, day: str | None = None) -> str:
    text = "-".join(part.zfill(2) for part in (year, month, day) if part)
    return text if is_partial(text) else ""
