"""The lines of forms that hold facts: read as they are stored, with offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from textual.content import Content

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, Industry, Stage
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.core.typed_facts import TypedFactError, clean_typed, read_typed
from hunnan_tui.query.engine.choices import choose
from hunnan_tui.tui.dialogs.form_row import FormField, Offer

PLACEHOLDERS: Mapping[str, str] = {
    "name": N_("as people call it"),
    "investment": N_("3.2亿, about 350m, $1bn"),
    "stage_date": N_("2023-03, 2023年3月8日"),
    "industries": N_("one, or several by commas"),
    "url": "https://…",
    "jobs": N_("1200, 1.2万"),
}
"""What stands in an empty line, by the key of the fact."""
_READ = ("stage", "stage_date", "investment", "industries", "jobs", "url")
"""Keys whose values are stored otherwise than they are typed."""
_REPLACED = ("stage", "stage_date", "investment", "industries", "district", "jobs")
"""Keys whose values are so short that they are typed anew."""
ROLES = (
    N_("developer"),
    N_("investor"),
    N_("operator"),
    N_("contractor"),
    N_("designer"),
    N_("partner"),
)
_SEPARATORS = re.compile("[,，、;；\n]")
"""What parts the names in a list, as `core.typed_facts` reads it."""


class FactFields:
    """Makes the lines of facts of one dataset."""

    def __init__(self, dataset: Dataset, today: date) -> None:
        self._dataset, self._today = dataset, today

    def make(
        self,
        key: str,
        label: str,
        value: str = "",
        *,
        values: Sequence[str] = (),
        is_needed: bool = False,
        placeholder: str = "",
    ) -> FormField:
        """Return the line of a fact.

        Args:
            key: Its key in the file.
            label: What it is called.
            value: Its text at first.
            values: Texts that it can have, to be offered.
            is_needed: Whether it must be stated.
            placeholder: What stands in the empty line, if not what is usual.
        """
        return FormField(
            key,
            label,
            value,
            placeholder or _(PLACEHOLDERS.get(key, NOT_STATED)),
            self._make_reader(key, label if is_needed else ""),
            self._make_offers(key, values),
            is_list=key == "industries",
            is_choice=key in ("stage", "industries"),
            is_prose=key in ("summary", "caveat"),
            is_plain=key not in _READ,
            is_replaced=key in _REPLACED,
        )

    def _make_reader(self, key: str, needed: str) -> Callable[[str], str]:
        def read(text: str) -> str:
            if needed and not clean_typed(text):
                raise TypedFactError(_("{label}: this is needed").format(label=needed))
            return read_typed(key, text, self._dataset, self._today).shown

        return read

    def _make_offers(
        self, key: str, values: Sequence[str]
    ) -> Callable[[str], Sequence[Offer]] | None:
        terms: Mapping[str, Stage] | Mapping[str, Industry]
        if key == "stage":
            terms = self._dataset.stages
        elif key == "industries":
            terms = self._dataset.industries
        elif values:
            return lambda text: offer_texts(text, values)
        else:
            return None
        return lambda text: offer_terms(text, terms)


def offer_terms(
    typed: str, terms: Mapping[str, Stage] | Mapping[str, Industry]
) -> list[Offer]:
    """Return the stages or industries that fit a text; all of them if it is empty."""
    labels = {key: (term.name, term.name_zh) for key, term in terms.items()}
    choices = choose(typed, labels) if typed.strip() else list(labels)
    return [_offer_term(terms[key]) for key in choices]


def offer_texts(typed: str, values: Sequence[str]) -> list[Offer]:
    """Return the texts that contain what is typed."""
    needle = fold(typed)
    matches = (value for value in values if needle in fold(value))
    return [Offer(value, Content(display_line(value))) for value in matches]


def _offer_term(term: Stage | Industry) -> Offer:
    name = name_briefly(term)
    other = next((each for each in (term.name_zh, term.name) if each != name), "")
    label = Content.assemble(
        display_line(name), "  ", (display_line(other), "$foreground-muted")
    )
    return Offer(name_in_list(term), label)


def name_in_list(term: Stage | Industry) -> str:
    """Return the name of a term; its id if a comma would part the name in a list."""
    name = name_briefly(term)
    return term.id if _SEPARATORS.search(name) else name
