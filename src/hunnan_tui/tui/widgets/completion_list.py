"""The completions of the filter bar, as a list below the word that is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widgets.option_list import Option

from hunnan_tui.tui.widgets.legible_list import LegibleList


class QueryReplacement(NamedTuple):
    """A replacement of a part of the query."""

    text: str
    """The query it was made for; it does not apply to another."""
    insert: str
    start: int
    end: int
    label: Content = Content()
    """The line of the list."""

    def apply(self) -> tuple[str, int]:
        """Return the query with it, and where the cursor goes."""
        before, after = self.text[: self.start], self.text[self.end :]
        return f"{before}{self.insert}{after}", len(before) + len(self.insert)


class CompletionList(LegibleList, can_focus=False):
    """Shows completions over what is below the bar; nothing is chosen at first.

    The keys belong to the text field, so that `enter` goes to the list of projects
    unless the reader has moved into this one.
    """

    DEFAULT_CSS = """
    CompletionList {
        display: none;
        overlay: screen;
        constrain: inside none;
        width: auto;
        max-width: 72;
        height: auto;
        max-height: 8;
        padding: 0;
        border: none;
        background: $panel;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._offers: Sequence[QueryReplacement] = ()

    def show(self, offers: Sequence[QueryReplacement], x: int) -> None:
        """Show completions, and the chosen one again if it is still there.

        Args:
            offers: The completions of one text; none hides the list.
            x: The cell at which the word begins.
        """
        if not offers and not self._offers:
            return
        chosen = self.chosen
        self._offers = offers
        with self.app.batch_update():
            self.display = bool(offers)
            self.styles.offset = (x, 0)
            self.set_options(Option(offer.label) for offer in offers)
            inserts = [offer.insert for offer in offers]
            is_there = chosen is not None and chosen.insert in inserts
            self.highlighted = (
                inserts.index(chosen.insert) if chosen and is_there else None
            )

    def hide(self) -> None:
        """Show nothing."""
        self.show((), 0)

    @property
    def chosen(self) -> QueryReplacement | None:
        """The completion that the reader has moved to."""
        index = self.highlighted
        return None if index is None or not self._offers else self._offers[index]

    @property
    def first(self) -> QueryReplacement | None:
        """The likeliest completion."""
        return self._offers[0] if self._offers else None

    def move(self, by: int) -> bool:
        """Move to another completion; return whether there is one that way.

        From the first one the way up leads back to the text.
        """
        if not self._offers:
            return False
        before = -1 if self.highlighted is None else self.highlighted
        after = before + by
        if after < -1:
            return False
        self.highlighted = None if after < 0 else min(after, len(self._offers) - 1)
        return True

    def leave(self) -> bool:
        """Go back to the text; return whether the reader was in the list."""
        was_inside = self.highlighted is not None
        self.highlighted = None
        return was_inside
