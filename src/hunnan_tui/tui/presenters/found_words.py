"""Marks the words of the query where they stand in a card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.tui.presenters.card_parts import CardPart

if TYPE_CHECKING:  # the first screen does not wait for it
    from hunnan_tui.query.engine.matches import Match

_MOST_WORDS = 50
_LONGEST_WORD = 200


def collect_words(matches: Iterable[Match]) -> tuple[str, ...]:
    """Return what a query matches, as the texts of the project have it."""
    words = {
        match.text[start:end].casefold(): match.text[start:end]
        for match in matches
        for start, end in match.spans
        if match.text[start:end].strip() and end - start <= _LONGEST_WORD
    }
    return tuple(words.values())[:_MOST_WORDS]


def mark_words(
    parts: Iterator[CardPart], words: Sequence[str], style: Style
) -> Iterator[CardPart]:
    """Yield the parts of a card with some words marked; Markdown is marked as it is drawn."""
    if not words:
        yield from parts
        return
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    for part in parts:
        if part.is_markdown:
            yield replace(part, found=pattern)
            continue
        text = part.text.copy()
        text.highlight_regex(pattern, style)
        yield replace(part, text=text)


def mark_line(line: Strip, pattern: re.Pattern[str], style: Style) -> Strip:
    """Return a line that is drawn already with what a pattern finds in it marked."""
    text = line.text
    spans = [match.span() for match in pattern.finditer(text)]
    if not spans:
        return line
    ends = [measure_width(text[:place]) for span in spans for place in span]
    pieces = line.divide([*ends, line.cell_length])
    # every other piece is one that was found
    return Strip.join(
        piece.apply_style(style) if number % 2 else piece
        for number, piece in enumerate(pieces)
    )
