"""What a project says, field by field, as a query sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hunnan_tui.model import Dataset, Project
from hunnan_tui.query import pinyin
from hunnan_tui.query.words import search_fold

Getter = Callable[[Dataset, Project], Iterable[str]]


def _source_texts(dataset: Dataset, project: Project) -> Iterator[str]:
    for key in project.sources:
        yield key
        if source := dataset.sources.get(key):
            yield from (source.title, source.publisher)


TEXTS: dict[str, Getter] = {
    "id": lambda _, p: (p.id,),
    "name": lambda _, p: (p.name,),
    "name_zh": lambda _, p: (p.name_zh,),
    "party": lambda _, p: (party.name for party in p.parties),
    "summary": lambda _, p: (p.summary,),
    "district": lambda _, p: (p.district,),
    "place": lambda _, p: (p.place,),
    "tag": lambda _, p: p.tags,
    "note": lambda _, p: (note.text for note in p.notes),
    "need": lambda _, p: (
        text for need in p.needs for text in (need.kind, need.what, need.state)
    ),
    "fact": lambda _, p: (f"{fact.label}: {fact.value}" for fact in p.facts),
    "event": lambda _, p: (event.what for event in p.events),
    "caveat": lambda _, p: (p.caveat,),
    "source": _source_texts,
    "basis": lambda _, p: (p.industries_basis, *(fact.basis for fact in p.facts)),
}
"""The texts of each field, in the order in which a match is told."""

ANYWHERE = tuple(name for name in TEXTS if name not in ("basis", "need"))
"""The fields in which a plain word is searched."""

SAID_IN_PINYIN = ("name", "name_zh", "party", "district", "place", "tag")
"""The fields whose Chinese is also found by pinyin."""


def parts(field: str) -> tuple[str, ...]:
    """Return the fields of `TEXTS` that are searched with one: `name` is both names."""
    return ("name", "name_zh") if field == "name" else (field,)


def folded(dataset: Dataset, project: Project, field: str) -> str:
    """Return a field's texts as they are searched, each between line breaks."""
    lines = _lines(dataset, project, parts(field))
    return f"\n{lines}\n" if lines else ""


def haystack(dataset: Dataset, project: Project) -> str:
    """Return all the text of a project in which plain words are searched, folded."""
    return _lines(dataset, project, ANYWHERE)


def said(dataset: Dataset, project: Project, field: str = "") -> str:
    """Return how the Chinese of one field, or of all that are said, sounds."""
    names = parts(field) if field else SAID_IN_PINYIN
    return pinyin.said(text for name in names for text in TEXTS[name](dataset, project))


def _lines(dataset: Dataset, project: Project, names: Iterable[str]) -> str:
    """Return texts folded, one a line, so that no phrase reaches from one to the next."""
    return "\n".join(
        search_fold(text)
        for name in names
        for text in TEXTS[name](dataset, project)
        if text
    )
