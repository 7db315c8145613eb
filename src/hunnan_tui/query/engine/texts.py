"""The texts of a project that queries search, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hunnan_tui.core.computed_values import collect_bases
from hunnan_tui.core.fields import WORDED, Field
from hunnan_tui.core.folding import FIELD_SEPARATOR
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.schema_values import IN_CHINESE, KINDS_IN_CHINESE
from hunnan_tui.core.text import fold
from hunnan_tui.core.toml_values import format_toml_value
from hunnan_tui.query.language.fields import FIELDS
from hunnan_tui.query.text import pinyin
from hunnan_tui.query.text.folding import decode_text, encode_text, fold_cached

TextsGetter = Callable[[Dataset, Project], Iterable[str]]


def _collect_source_texts(dataset: Dataset, project: Project) -> Iterator[str]:
    for key in project.sources:
        yield key
        if source := dataset.sources.get(key):
            yield from (source.title, source.publisher)


def _collect_other_texts(_: Dataset, project: Project) -> Iterator[str]:
    """Yield the values of keys outside the schema."""
    for key, value in project.other:
        yield f"{key}: {value}"
    extras = [item.extra for item in project.notes]
    extras += [item.extra for item in project.needs]
    for extra in extras:
        yield from (
            f"{key}: {format_toml_value(value)}" for key, value in extra.items()
        )


def _collect_need_texts(_dataset: Dataset, project: Project) -> Iterator[str]:
    for need in project.needs:
        yield from (need.kind, KINDS_IN_CHINESE.get(need.kind, ""), need.what)


def _collect_need_states(_dataset: Dataset, project: Project) -> Iterator[str]:
    for need in project.needs:
        yield from (need.state, IN_CHINESE.get(need.state, ""))


_SPECIAL: Mapping[str, TextsGetter] = {
    "party": lambda _, p: (party.name for party in p.parties),
    "note": lambda _, p: (note.text for note in p.notes),
    "need": _collect_need_texts,
    "need_state": _collect_need_states,
    "fact": lambda _, p: (f"{fact.label}: {fact.value}" for fact in p.facts),
    "event": lambda _, p: (event.what for event in p.events),
    "source": _collect_source_texts,
    "other": _collect_other_texts,
    "basis": lambda _, p: collect_bases(p),
}
"""Getters of texts that are not simply the values of a field."""
_FIRST = (
    *("id", "name", "name_zh", "party", "summary", "district", "place", "tag"),
    *("note", "need", "need_state", "fact", "event", "caveat", "source"),
)
_LAST = ("other", "basis")
_NO_WORDS = (
    *("industry", "source_kind", "part_of", "file"),
    *("by", "need_owner", "follow_up_owner"),
)
"""Choices that plain words do not mean: ids, and who wrote or sees to something."""


def _make_getter(field: Field) -> TextsGetter:
    if field.is_list:
        return lambda _, p: field.get_stored_value(p)
    return lambda _, p: (field.get_stored_value(p),)


def _make_getters() -> dict[str, TextsGetter]:
    getters = {
        field.id: _make_getter(field)
        for field in FIELDS.values()
        if field.kind in WORDED and field.id not in _NO_WORDS
    }
    getters |= _SPECIAL
    middle = (name for name in getters if name not in (*_FIRST, *_LAST))
    return {name: getters[name] for name in (*_FIRST, *middle, *_LAST)}


TEXT_GETTERS: Mapping[str, TextsGetter] = _make_getters()
"""The texts of each field, in the order in which matches are listed."""

WORD_FIELDS = tuple(
    name for name in TEXT_GETTERS if name not in ("basis", "need_state")
)
"""The fields that plain words are searched in."""

PINYIN_FIELDS = ("name", "name_zh", "party", "district", "place", "tag")
"""The fields that are also searched by pinyin."""


_REPEATED = frozenset(("party", "district", "place", "tag", "need", "event", "source"))
"""The fields whose texts many projects share."""
_FIELD_GROUPS = {"name": ("name", "name_zh"), "need": ("need", "need_state")}
_SEPARATOR = encode_text(FIELD_SEPARATOR)
_POSITIONS = {name: position for position, name in enumerate(WORD_FIELDS)}


def expand_field(field: str) -> tuple[str, ...]:
    """Return the fields of `TEXTS` that are searched with one: `name` is both names."""
    return _FIELD_GROUPS.get(field, (field,))


def make_haystack(dataset: Dataset, project: Project) -> bytes:
    """Return the folded text of a project that plain words are searched in.

    In UTF-8, as one Chinese character makes a `str` twice or four times as large. Each
    text is a line, so that no phrase reaches from one to the next; `FIELD_SEPARATOR` stands
    between the fields, so that each can be taken out again.
    """
    fields = (fold_lines(dataset, project, name) for name in WORD_FIELDS)
    return encode_text(FIELD_SEPARATOR.join(fields))


def fold_lines(dataset: Dataset, project: Project, field: str) -> str:
    """Return the folded texts of a field, one a line."""
    normalize = fold_cached if field in _REPEATED else fold
    texts = [text for text in TEXT_GETTERS[field](dataset, project) if text]
    return "\n".join(filter(None, map(normalize, texts))) if texts else ""


def fold_needs(dataset: Dataset, project: Project) -> str:
    """Return the folded texts and states of the needs of a project, one a line."""
    fields = (fold_lines(dataset, project, name) for name in expand_field("need"))
    return "\n".join(filter(None, fields))


def extract_field(field: str, haystack: bytes) -> str:
    """Extract the texts of a field from a haystack, one a line."""
    return "\n".join(
        filter(None, (_extract(name, haystack) for name in expand_field(field)))
    )


def extract_lines(field: str, haystack: bytes) -> str:
    """Extract the texts of a field from a haystack, each between line breaks."""
    return wrap_lines(extract_field(field, haystack))


def extract_pinyin(field: str, haystack: bytes) -> str:
    """Return the pinyin of one field of a haystack; of `PINYIN_FIELDS` if it is empty."""
    if haystack.isascii():
        return ""
    fields = decode_text(haystack).split(FIELD_SEPARATOR)
    names = expand_field(field) if field else PINYIN_FIELDS
    return pinyin.to_pinyin(
        text for name in names for text in fields[_POSITIONS[name]].split("\n")
    )


def make_name_key(haystack: bytes) -> str:
    """Return the folded name in a haystack, to sort by."""
    return _extract("name", haystack)


def make_chinese_key(haystack: bytes) -> str:
    """Return the pinyin of the Chinese name in a haystack, to sort by."""
    return pinyin.make_sort_key(_extract("name_zh", haystack))


def make_shown_key(haystack: bytes) -> str:
    """Return the pinyin of the Chinese name in a haystack, or of the only name."""
    name = _extract("name_zh", haystack) or _extract("name", haystack)
    return pinyin.make_sort_key(name)


def _extract(name: str, haystack: bytes) -> str:
    position = _POSITIONS[name]
    return decode_text(haystack.split(_SEPARATOR, position + 1)[position])


BY_PINYIN = "name by pinyin"
"""Stands for the field `name` where Chinese names are shown: no query can say it."""
MAKE_SORT_KEY = {
    "name": make_name_key,
    "name_zh": make_chinese_key,
    BY_PINYIN: make_shown_key,
}
"""What makes the keys to sort by, from haystacks, for each order by a name."""


def wrap_lines(fold_lines: str) -> str:
    """Return lines each between line breaks, so that whole lines can be searched."""
    return f"\n{fold_lines}\n" if fold_lines else ""
