"""The line of a form that says where a fact is from: a source, a new one, or oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from heapq import nlargest
from typing import Any

from textual.content import Content

from hunnan_tui.analysis.field_text import OWN_KNOWLEDGE, describe_source
from hunnan_tui.analysis.new_project import make_id
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.fact_values import dump_day
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Source
from hunnan_tui.core.schema_values import find_value, name_value
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.core.typed_facts import (
    TypedFactError,
    clean_typed,
    read_address,
    read_day,
    read_id,
)
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.tui.dialogs.form import Form, LookUp
from hunnan_tui.tui.dialogs.form_row import NEW, FormField, Offer, Typed

_MOST_OTHERS = 50
"""Sources that are offered before anything is typed, besides the likely ones."""
_MOST_BY_PINYIN = 2_000
"""Sources up to which titles are turned into pinyin."""
_KINDS = ("official", "media", "copy", "reference")
_OWN_WORDS = ("", OWN_KNOWLEDGE, "own", "me", "本人掌握", "自知", "本人所知", "本人")
"""What stands for what no source says, but the reader."""


class SourceChoices:
    """The sources that a fact can have, with those that the form adds."""

    def __init__(
        self, dataset: Dataset, first: Sequence[str], today: date, chosen: str = ""
    ) -> None:
        """Offer sources.

        Args:
            dataset: Its sources can be chosen.
            first: The ids of those that are likely.
            today: The current day.
            chosen: The id of the one that stands there at first.
        """
        self._known: dict[str, Source] = dict(dataset.sources)
        self._first = [name for name in dict.fromkeys(first) if name in self._known]
        self._today, self._chosen = today, chosen
        self._texts: dict[str, str] = {}
        """What each source is found by, folded."""
        self.added: dict[str, Mapping[str, Any]] = {}
        """The tables of new sources by their ids."""

    def make_field(self) -> FormField:
        """Return the line."""
        return FormField(
            "source",
            _("Source"),
            self._chosen,
            _("own knowledge; type to find a source"),
            self.read,
            self.offer,
            is_choice=True,
            is_replaced=True,
        )

    def resolve(self, typed: str) -> str:
        """Return the id of the source that is typed; empty for one's own knowledge.

        Raises:
            TypedFactError: It stands for none, or for several.
        """
        name = clean_typed(typed)
        if name.casefold() in _OWN_WORDS:
            return ""
        if name in self._known:
            return name
        known = self._find(name)
        if len(known) == 1:
            return known[0].id
        if known:
            text = _("{count:,} sources are called so: choose one")
            raise TypedFactError(text.format(count=len(known)))
        raise TypedFactError(_("There is no such source: choose “new source…”"))

    def read(self, typed: str) -> str:
        """Return the source that is typed in words; TypedFactError if there is none."""
        name = self.resolve(typed)
        return describe_source(self._known[name]) if name else _(OWN_KNOWLEDGE)

    def offer(self, typed: str) -> list[Offer]:
        """Return the sources that fit a text, with a new one and one's own knowledge."""
        name = clean_typed(typed[:200])
        if not name or name in (OWN_KNOWLEDGE, _(OWN_KNOWLEDGE)):
            likely = dict.fromkeys((*self.added, *self._first))
            others = nlargest(
                _MOST_OTHERS,
                (source for key, source in self._known.items() if key not in likely),
                key=lambda source: source.date,
            )
            sources = [*(self._known[key] for key in likely), *others]
            own = Offer(_(OWN_KNOWLEDGE), Content(_(OWN_KNOWLEDGE)))
            return [own, _offer_new(), *map(_offer_source, sources)]
        return [*map(_offer_source, self._find(name)), _offer_new(name)]

    def make_form(self, typed: str) -> Form:
        """Return the form of a new source; an address or a title is in its line."""
        is_address = "://" in typed or typed.startswith("www.")
        is_plain = typed.strip().casefold() in (*_OWN_WORDS, *self._known)
        title = "" if is_address or is_plain else typed
        return Form(
            _("New source"),
            [
                FormField(
                    "title",
                    _("Title"),
                    title,
                    _("of the page or document"),
                    _read_title,
                    is_plain=True,
                ),
                FormField("publisher", _("Publisher"), read=clean_typed, is_plain=True),
                FormField(
                    "date",
                    _("Date"),
                    placeholder=_("2023-03-08, 2023-03, 2023年3月"),
                    read=self._read_day,
                ),
                FormField(
                    "url",
                    _("Address"),
                    typed if is_address else "",
                    "https://…",
                    self._read_address,
                ),
                FormField(
                    "kind",
                    _("Kind"),
                    placeholder=join_names(map(name_value, _KINDS)),
                    read=lambda typed: name_value(_read_kind(typed)),
                    offer=_offer_kinds,
                ),
                FormField("id", _("Id"), read=self._read_id, is_plain=True),
            ],
            look_up=self._make_id,
        )

    def add(self, typed: Typed) -> str:
        """Take a new source as it was typed; return its id."""
        record: dict[str, Any] = {
            "id": read_id(typed["id"]),
            "title": clean_typed(typed["title"]),
            "publisher": clean_typed(typed["publisher"]),
            "date": dump_day(self._read_day(typed["date"])),
            "url": self._read_address(typed["url"]),
            "kind": _read_kind(typed["kind"]),
        }
        record = {key: value for key, value in record.items() if value}
        name: str = record["id"]
        shown = {key: str(value) for key, value in record.items()}
        self._known[name] = Source(**shown)
        self.added[name] = record
        return name

    def _find(self, typed: str) -> list[Source]:
        """Return the sources that contain a text; if none of a few does, by pinyin."""
        needle, texts = fold(typed), self._texts
        for key, source in self._known.items():
            if key not in texts:
                about = (key, source.title, source.publisher, source.url)
                texts[key] = fold(" ".join(about))
        keys = [key for key, text in texts.items() if needle in text]
        if not keys and len(texts) <= _MOST_BY_PINYIN:
            keys = [key for key, text in texts.items() if matches_within(needle, text)]
        return [self._known[key] for key in keys]

    def _read_address(self, typed: str) -> str:
        if not typed.strip():
            return ""
        address = read_address(typed)
        for source in self._known.values():
            if source.url.rstrip("/") == address.rstrip("/"):
                text = _("The source {id} has this address: choose it")
                raise TypedFactError(text.format(id=source.id))
        return address

    def _read_day(self, typed: str) -> str:
        return read_day(typed, self._today) if typed.strip() else ""

    def _read_id(self, typed: str) -> str:
        name = read_id(typed)
        if name in self._known:
            raise TypedFactError(_("Another source has this id"))
        return name

    def _make_id(self, typed: Typed) -> LookUp:
        text = f"{typed['publisher'][:30]} {typed['date'] or typed['title'][:40]}"
        return LookUp(
            {"id": make_id(text, self._known) or make_id("source", self._known)}
        )


def _offer_source(source: Source) -> Offer:
    label = Content.assemble(
        display_line(describe_source(source)[:200]),
        "  ",
        (display_line(source.id[:60]), "$foreground-muted"),
    )
    return Offer(source.id, label)


def _offer_new(typed: str = "") -> Offer:
    text = _("+ new source…")
    if typed:
        text = _('+ new source "{typed}"…').format(typed=display_line(typed[:60]))
    return Offer(NEW, Content(text))


def _offer_kinds(typed: str) -> list[Offer]:
    needle = fold(typed)
    names = [
        name_value(kind) for kind in _KINDS if needle in f"{kind} {name_value(kind)}"
    ]
    return [Offer(name, Content(name)) for name in names]


def _read_kind(typed: str) -> str:
    """Return the kind that is typed, in the word of the file."""
    text = clean_typed(typed)
    kind = find_value(text, _KINDS) if text else ""
    if kind is None:
        *first, last = map(name_value, _KINDS)
        message = _("It is {first} or {last}")
        raise TypedFactError(message.format(first=join_names(first), last=last))
    return kind


def _read_title(typed: str) -> str:
    if not clean_typed(typed):
        raise TypedFactError(_("A source needs a title"))
    return clean_typed(typed)
