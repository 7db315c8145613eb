"""What a project states under keys and labels of its user's own.

Each value is text: a key that the schema does not know keeps it as the file writes it,
a fact under its label.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hunnan_tui.core.model import Origin, Project

Row = tuple[str, ...]
"""What one project states: a name, a text, the next name, its text, and so on."""


def collect_own_values(project: Project) -> Row:
    """Return what a project states under keys that are not the schema's, and in facts."""
    if project.origin.amounts:
        return _collect_comparable(project)
    if not project.other:
        facts = project.facts
        return tuple(chain.from_iterable((f.label, f.value) for f in facts))
    pairs = [
        (key, text) for key, written in project.other for text in split_list(written)
    ]
    pairs += ((fact.label, fact.value) for fact in project.facts)
    return tuple(chain.from_iterable(pairs))


def _collect_comparable(project: Project) -> Row:
    """Return what a project states, without amounts in another currency."""
    same = project._replace(origin=Origin())
    row = iter(collect_own_values(same))
    pairs = zip(row, row, strict=True)
    left_out = project.origin.amounts
    return tuple(
        chain.from_iterable(
            (name, text) for name, text in pairs if name not in left_out
        )
    )


def iterate_pairs(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of a row, empty texts left out."""
    texts = iter(row)
    return (
        (name, text) for name, text in zip(texts, texts, strict=True) if text.strip()
    )


def split_list(written: str) -> list[str]:
    """Return the items of a list of plain values; any other value as it is written."""
    if not written.startswith("["):
        return [written]
    import tomli  # few projects have lists

    try:
        items = tomli.loads(f"x = {written}")["x"]
    except (ValueError, RecursionError):
        return [written]
    if any(isinstance(item, list | dict) for item in items):
        return [written]
    return [
        str(item).lower() if isinstance(item, bool) else str(item) for item in items
    ]
