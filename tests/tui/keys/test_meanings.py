"""One key has one meaning in all screens, pages, dialogs and widgets."""

from __future__ import annotations

from collections import Counter

from textual.widget import Widget

from hunnan_tui.tui.browser.commands import COMMANDS
from hunnan_tui.tui.keys.meanings import (
    REASONS,
    Conflict,
    find_conflicts,
    find_needless_reasons,
)
from hunnan_tui.tui.keys.table import KeyEntry, list_keys, show_keys


def make_entry(id: str, *keys: str) -> KeyEntry:
    return KeyEntry(id, "A place", keys, "Name", "", Widget)


def test_a_key_has_one_meaning_or_a_reason() -> None:
    """Give a new binding another key, or a reason beside the others in `REASONS`."""
    assert not list(find_conflicts(list_keys()))


def test_each_reason_is_needed() -> None:
    assert not find_needless_reasons(list_keys())


def test_two_meanings_are_found_and_one_verb_in_two_places_is_one() -> None:
    entries = [
        make_entry("notes.add", "n", "ctrl+n"),
        make_entry("page.next", "n"),
        make_entry("projects.down", "j"),
        make_entry("detail.down", "j"),
        make_entry("file.save", "ctrl+s"),
        make_entry("tags.apply", "ctrl+s"),
        make_entry("", "ctrl+s"),
    ]
    assert list(find_conflicts(entries)) == [Conflict("n", ("notes.add", "page.next"))]
    assert not list(find_conflicts(entries, {"page.next": "why"}))


def test_reasons_are_sentences_for_people() -> None:
    for reason in REASONS.values():
        assert reason == reason.strip(" .")
        assert len(reason) > 10


def test_the_table_has_all_commands_and_each_id_once_in_a_place() -> None:
    entries = list_keys()
    ids = {entry.id for entry in entries}
    assert {command.id for command in COMMANDS} <= ids
    assert {"projects.mark", "lines.open", "page.back", "tags.apply"} <= ids
    counts = Counter((entry.owner, entry.id) for entry in entries if entry.id)
    assert set(counts.values()) == {1}
    assert all(entry.name and entry.keys and entry.place for entry in entries)


def test_an_id_in_several_places_has_the_same_keys() -> None:
    """A setting gives them all the same keys."""
    keys: dict[str, set[tuple[str, ...]]] = {}
    for entry in list_keys():
        if entry.id:
            keys.setdefault(entry.id, set()).add(entry.keys)
    assert not [name for name, different in keys.items() if len(different) > 1]


def test_keys_of_another_keyboard_are_not_shown() -> None:
    entry = next(entry for entry in list_keys() if entry.id == "detail.next-tab")
    assert entry.shown_keys == "]"
    assert show_keys(("ctrl+d", "escape", "up", "question_mark", "f1")) == (
        "ctrl+d esc ↑ ? f1"
    )
