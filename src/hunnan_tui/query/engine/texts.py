"""What a project says, field by field, as a query sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hunnan_tui.core.fields import Field, Kind
from hunnan_tui.core.folding import FIELD_SEPARATOR
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.dataset.schema import format_toml_value
from hunnan_tui.query.language.fields import FIELDS
from hunnan_tui.query.text import pinyin
from hunnan_tui.query.text.folding import decode_text, encode_text, fold_cached

Getter = Callable[[Dataset, Project], Iterable[str]]


def _source_texts(dataset: Dataset, project: Project) -> Iterator[str]:
    for key in project.sources:
        yield key
        if source := dataset.sources.get(key):
            yield from (source.title, source.publisher)


def _other_texts(_: Dataset, project: Project) -> Iterator[str]:
    """Yield what stands under keys that are the user's own."""
    for key, value in project.other:
        yield f"{key}: {value}"
    extras = [each.extra for each in project.notes]
    extras += [each.extra for each in project.needs]
    for extra in extras:
        yield from (
            f"{key}: {format_toml_value(value)}" for key, value in extra.items()
        )


_SPECIAL: Mapping[str, Getter] = {
    "party": lambda _, p: (party.name for party in p.parties),
    "note": lambda _, p: (note.text for note in p.notes),
    "need": lambda _, p: (text for need in p.needs for text in (need.kind, need.what)),
    "need_state": lambda _, p: (need.state for need in p.needs),
    "fact": lambda _, p: (f"{fact.label}: {fact.value}" for fact in p.facts),
    "event": lambda _, p: (event.what for event in p.events),
    "source": _source_texts,
    "other": _other_texts,
    "basis": lambda _, p: (p.industries_basis, *(fact.basis for fact in p.facts)),
}
"""The texts of fields that are more than their values, and of no field at all."""
_FIRST = (
    *("id", "name", "name_zh", "party", "summary", "district", "place", "tag"),
    *("note", "need", "need_state", "fact", "event", "caveat", "source"),
)
_LAST = ("other", "basis")
_NO_WORDS = ("industry", "source_kind")
"""Choices whose values are ids that nobody types as words."""


def _getter_of(field: Field) -> Getter:
    if field.is_list:
        return lambda _, p: field.stored_value(p)
    return lambda _, p: (field.stored_value(p),)


def _texts() -> dict[str, Getter]:
    getters = {
        field.id: _getter_of(field)
        for field in FIELDS.values()
        if field.kind in (Kind.TEXT, Kind.CHOICE, Kind.TAG)
        and field.id not in _NO_WORDS
    }
    getters |= _SPECIAL
    middle = (name for name in getters if name not in (*_FIRST, *_LAST))
    return {name: getters[name] for name in (*_FIRST, *middle, *_LAST)}


TEXTS: Mapping[str, Getter] = _texts()
"""The texts of each field, in the order in which matches are listed."""

ANYWHERE = tuple(name for name in TEXTS if name not in ("basis", "need_state"))
"""The fields in which a plain word is searched."""

SAID_IN_PINYIN = ("name", "name_zh", "party", "district", "place", "tag")
"""The fields whose Chinese is also found by pinyin."""


_REPEATED = frozenset(("party", "district", "place", "tag", "need", "event", "source"))
"""The fields in which many projects say the same."""
_PARTS = {"name": ("name", "name_zh"), "need": ("need", "need_state")}
_BETWEEN = encode_text(FIELD_SEPARATOR)
_PLACES = {name: place for place, name in enumerate(ANYWHERE)}


def parts(field: str) -> tuple[str, ...]:
    """Return the fields of `TEXTS` that are searched with one: `name` is both names."""
    return _PARTS.get(field, (field,))


def haystack(dataset: Dataset, project: Project) -> bytes:
    """Return all the text of a project in which plain words are searched, folded.

    In UTF-8, as one Chinese character makes a `str` twice or four times as large. Each
    text is a line, so that no phrase reaches from one to the next; `FIELD_SEPARATOR` stands
    between the fields, so that each can be taken out again.
    """
    fields = (lines(dataset, project, name) for name in ANYWHERE)
    return encode_text(FIELD_SEPARATOR.join(fields))


def lines(dataset: Dataset, project: Project, field: str) -> str:
    """Return the texts of a field, folded, one a line."""
    normalize = fold_cached if field in _REPEATED else fold
    return "\n".join(filter(None, map(normalize, TEXTS[field](dataset, project))))


def needs(dataset: Dataset, project: Project) -> str:
    """Return what a project needs and whether it has it, folded, a text a line."""
    fields = (lines(dataset, project, name) for name in parts("need"))
    return "\n".join(filter(None, fields))


def taken_out(field: str, haystack: bytes) -> str:
    """Return the texts of a field from all the text of a project."""
    return "\n".join(filter(None, (_part(name, haystack) for name in parts(field))))


def lines_of(field: str, haystack: bytes) -> str:
    """Return the texts of a field, each between line breaks."""
    return with_ends(taken_out(field, haystack))


def said(field: str, haystack: bytes) -> str:
    """Return how the Chinese of one field, or of all that are said, sounds."""
    if haystack.isascii():
        return ""
    fields = decode_text(haystack).split(FIELD_SEPARATOR)
    names = parts(field) if field else SAID_IN_PINYIN
    return pinyin.to_pinyin(
        text for name in names for text in fields[_PLACES[name]].split("\n")
    )


def name_to_sort(haystack: bytes) -> str:
    """Return a project's name, folded."""
    return _part("name", haystack)


def chinese_to_sort(haystack: bytes) -> str:
    """Return a project's Chinese name as it is said."""
    return pinyin.make_sort_key(_part("name_zh", haystack))


def _part(name: str, haystack: bytes) -> str:
    place = _PLACES[name]
    return decode_text(haystack.split(_BETWEEN, place + 1)[place])


def with_ends(lines: str) -> str:
    """Return lines each between line breaks, so that a whole one can be looked for."""
    return f"\n{lines}\n" if lines else ""
