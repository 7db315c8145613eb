"""One project as a document of its own, with its sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hunnan_tui.analysis.citation import archived
from hunnan_tui.export.document import (
    Block,
    Document,
    Heading,
    Link,
    Paragraph,
    Part,
    Ref,
    Runs,
    Sources,
)
from hunnan_tui.export.profile import both_names, profile
from hunnan_tui.model import Dataset, Project


def single(project: Project, dataset: Dataset, *, own: bool = True) -> Document:
    """Return all that is known of a project.

    Args:
        project: The project.
        dataset: What its ids refer to.
        own: Whether the reader's tags, needs and notes are included.
    """
    numbers: dict[str, int] = {}

    def refs(names: Iterable[str]) -> Runs:
        named = dict.fromkeys(filter(None, names))
        return tuple(
            part
            for name in named
            for part in (" ", Ref(numbers.setdefault(name, len(numbers) + 1)))
        )

    def blocks() -> Iterator[Block]:
        yield from profile(project, dataset, refs, own=own)
        yield Heading(2, ("Sources",))
        if numbers:
            yield Sources(tuple(_source(name, dataset) for name in numbers))
        else:
            yield Paragraph(("No source is named.",))

    return Document(both_names(project), tuple(blocks()))


def _source(name: str, dataset: Dataset) -> Runs:
    source = dataset.sources.get(name)
    if source is None:
        return (f"{name} (not in the file)",)
    about = (source.title, source.publisher, source.date, source.kind)
    runs: list[Part] = [", ".join(filter(None, about)) or name]
    if source.url:
        runs += (", ", Link(source.url))
    if archive := archived(source):
        runs += (", archived: ", Link(archive))
    return (*runs, f". {source.note}") if source.note else tuple(runs)
