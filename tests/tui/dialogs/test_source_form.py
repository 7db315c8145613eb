"""The source of a fact: found by what is typed, added once, or one's own knowledge."""

from __future__ import annotations

from datetime import date

import pytest

from hunnan_tui.analysis.field_text import OWN_KNOWLEDGE
from hunnan_tui.core.model import Dataset, Source
from hunnan_tui.core.typed_facts import TypedFactError
from hunnan_tui.tui.dialogs.form_row import NEW
from hunnan_tui.tui.dialogs.source_form import SourceChoices

SOURCES = (
    Source("old", "Old report", "Town", "2019", "https://example.org/old"),
    Source("new", "New report", "Town", "2026-03-08"),
    Source("zh", "浑南区重点项目", "沈阳日报", "2024"),
)
TODAY = date(2026, 11, 23)


def make_choices(first: tuple[str, ...] = ()) -> SourceChoices:
    dataset = Dataset(sources={each.id: each for each in SOURCES})
    return SourceChoices(dataset, first, TODAY)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", [OWN_KNOWLEDGE, NEW, "zh", "new", "old"]),
        ("report", ["old", "new", NEW]),
        ("example.org", ["old", NEW]),
        ("chongdian", [NEW]),
        ("zhongdian", ["zh", NEW]),
        ("[/x]", [NEW]),
    ],
)
def test_what_is_offered(typed: str, offered: list[str]) -> None:
    assert [
        offer.text for offer in make_choices(("zh", "gone")).offer(typed)
    ] == offered


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ""),
        ("own knowledge", ""),
        ("new", "new"),
        ("Old rep", "old"),
        ("重点", "zh"),
    ],
)
def test_what_a_text_stands_for(typed: str, found: str) -> None:
    assert make_choices().resolve(typed) == found


@pytest.mark.parametrize(
    ("typed", "why"), [("report", "2 sources"), ("nobody", "no such source")]
)
def test_what_stands_for_none_or_several(typed: str, why: str) -> None:
    with pytest.raises(TypedFactError, match=why):
        make_choices().resolve(typed)


def test_a_new_source_can_be_chosen_from_then_on() -> None:
    choices = make_choices()
    form = choices.make_form("https://example.org/a")
    assert [field.value for field in form.fields if field.id == "url"] == [
        "https://example.org/a"
    ]
    typed = {
        "title": " A\tstory ",
        "publisher": "",
        "date": "2026年3月",
        "url": "example.org/a",
        "kind": "Media",
        "id": "story",
    }
    assert form.add_new(typed) == ""  # a source has no source
    assert choices.add(typed) == "story"
    assert choices.added == {
        "story": {
            "id": "story",
            "title": "A story",
            "date": "2026-03",
            "url": "https://example.org/a",
            "kind": "media",
        }
    }
    assert choices.resolve("a story") == "story"
    assert choices.offer("")[2].text == "story"


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("title", " ", "needs a title"),
        ("url", "https://example.org/old/", "The source old has this address"),
        ("url", "javascript:x", "no web address"),
        ("kind", "blog", "official, media, copy or reference"),
        ("date", "soon", "is no date"),
        ("id", "old", "Another source has this id"),
        ("id", "", "An id is"),
    ],
)
def test_what_a_source_cannot_have(field: str, typed: str, why: str) -> None:
    fields = {each.id: each for each in make_choices().make_form("").fields}
    with pytest.raises(TypedFactError, match=why):
        fields[field].read(typed)
