"""The sources of a document: numbered as they are cited, listed at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hunnan_tui.analysis.citation import format_gb_head
from hunnan_tui.analysis.field_text import NOT_IN_FILE, describe_source
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import (
    DocumentBlock,
    Heading,
    Link,
    Paragraph,
    Part,
    Ref,
    Runs,
    SourceList,
)


class Footnotes:
    """The sources that a document has cited so far."""

    def __init__(self, dataset: Dataset) -> None:
        self._known, self._read_by = dataset.sources, dataset.updated
        self._numbers: dict[str, int] = {}

    def cite(self, names: Iterable[str]) -> Runs:
        """Return the references to put after a statement that these sources make."""
        refs: list[Part] = []
        for name in dict.fromkeys(filter(None, names)):
            refs += (" ", Ref(self._numbers.setdefault(name, len(self._numbers) + 1)))
        return tuple(refs) or (_(" (no source named)"),)

    def make_blocks(self) -> Iterator[DocumentBlock]:
        """Yield the list of all sources cited so far."""
        yield Heading(2, (_("Sources"),))
        if self._numbers:
            yield SourceList(tuple(map(self._describe_source, self._numbers)))
        else:
            yield Paragraph((_("No source is named."),))

    def _describe_source(self, name: str) -> Runs:
        source = self._known.get(name)
        if source is None:
            return (f"{name} {_(NOT_IN_FILE)}",)
        if is_chinese():
            head = format_gb_head(source, self._read_by)
            runs: list[Part] = [head if source.url else head.rstrip(" .")]
            if source.url:
                runs.append(Link(source.url))
        else:
            runs = [describe_source(source) or name]
            if source.url:
                runs += (", ", Link(source.url))
        if archive := source.archive:
            runs += (_(", archived: "), Link(archive))
        if source.note:
            runs.append(_(". {note}").format(note=source.note))
        return tuple(runs)
