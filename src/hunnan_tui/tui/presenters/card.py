"""A project as a card of four tabs."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.core.language import N_
from hunnan_tui.tui.presenters.card_parts import CardPart, CardStyles, CardSubject
from hunnan_tui.tui.presenters.found_words import mark_words

TABS = ("facts", "sources", "notes", "history")
TITLES = (N_("Facts"), N_("Src"), N_("Notes"), N_("Hist"))
"""What the tabs are called at every size."""


def build_card(
    subject: CardSubject, styles: CardStyles, tab: str
) -> Iterator[CardPart]:
    """Yield the parts of one tab of a project's card lazily.

    Args:
        subject: The project and the state that the card shows.
        styles: The styles of the parts.
        tab: One of `TABS`.
    """
    match tab:
        case "sources":
            from hunnan_tui.tui.presenters.card_sources import (
                build_sources_tab as build_tab,
            )
        case "notes":
            from hunnan_tui.tui.presenters.card_notes import (
                build_notes_tab as build_tab,
            )
        case "history":
            from hunnan_tui.tui.presenters.card_history import (
                build_history_tab as build_tab,
            )
        case _:
            from hunnan_tui.tui.presenters.card_facts import (
                build_facts_tab as build_tab,
            )
    return mark_words(build_tab(subject, styles), subject.found, styles.found)
