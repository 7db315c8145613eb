"""The tag editor: puts tags on one project or on many, and takes them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.config.dialog_state import SaveDialogState
from hunnan_tui.core.changes import TagError, clean_tag
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE, display_line, fold
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.tui.dialogs.picker import PickerDialog


class TagState(Enum):
    """How many of the projects have a tag; the value is its mark in the list."""

    ALL = "[x]"
    SOME = "[-]"
    NONE = "[ ]"


@dataclass(frozen=True, slots=True)
class TagResult:
    """The tags to add to every project, and to remove from every one."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(slots=True)
class TagChoice:
    """A tag in the list."""

    tag: str
    """In the spelling in use."""
    count: int
    before: TagState
    now: TagState

    def toggle(self) -> None:
        """Go on to the next state; SOME only where it was the first one."""
        if self.now is TagState.ALL:
            self.now = TagState.NONE
        elif self.now is TagState.NONE and self.before is TagState.SOME:
            self.now = TagState.SOME
        else:
            self.now = TagState.ALL


def collect_choices(
    in_use: Mapping[str, int], current_tags: Sequence[frozenset[str]]
) -> dict[str, TagChoice]:
    """Return the tags to offer, by folded text, in order.

    Args:
        in_use: The tags of the dataset, with the number of projects that have each.
        current_tags: The tags of each project that is edited.

    Returns:
        The tags of these projects, then the others; both by count and name. Of the
        spellings that fold to the same text, only the commonest.
    """
    local_counts: dict[str, int] = {}
    counts: dict[str, int] = {}
    spellings: dict[str, tuple[int, str]] = {}
    for tags in current_tags:
        for folded in {fold(tag) for tag in tags}:
            local_counts[folded] = local_counts.get(folded, 0) + 1
        for tag in sorted(tags):
            spellings.setdefault(fold(tag), (0, tag))
    for tag, count in in_use.items():
        folded = fold(tag)
        counts[folded] = counts.get(folded, 0) + count
        if folded not in spellings or count > spellings[folded][0]:
            spellings[folded] = count, tag
    result = {}
    for folded in sorted(
        spellings,
        key=lambda text: (text not in local_counts, -counts.get(text, 0), text),
    ):
        number = local_counts.get(folded, 0)
        state = TagState.NONE if not number else TagState.SOME
        if number and number == len(current_tags):
            state = TagState.ALL
        count = max(counts.get(folded, 0), number)
        result[folded] = TagChoice(spellings[folded][1], count, state, state)
    return result


class TagEditor(PickerDialog[TagResult | None]):
    """Returns the changes; None when there are none."""

    DEFAULT_CSS = """
    TagEditor {
        & > DialogFrame { height: 70%; min-height: 12; max-height: 34; }
        & OptionList { height: 1fr; max-height: 100%; }
    }
    """
    PLACEHOLDER = N_("Type a tag")
    EMPTY = N_("No tags yet: type one, as in watch; enter adds it")
    HINTS = ("tags.toggle", "tags.complete", "tags.apply", "tags.revert", "tags.leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "pick",
            N_("toggle"),
            id="tags.toggle",
            tooltip=N_(
                "Put the highlighted tag on or take it off; with nothing typed and"
                " nothing highlighted: done"
            ),
        ),
        Binding(
            "tab",
            "complete",
            N_("complete"),
            id="tags.complete",
            tooltip=N_("Complete the tag"),
        ),
        Binding(
            "ctrl+r",
            "revert",
            N_("revert"),
            id="tags.revert",
            tooltip=N_("Take back everything that was toggled here"),
        ),
        Binding(
            "ctrl+s",
            "apply",
            N_("done"),
            id="tags.apply",
            tooltip=N_("Apply and close"),
        ),
        Binding(
            "escape",
            "leave",
            N_("cancel"),
            id="tags.leave",
            tooltip=N_("Clear what is typed; with nothing typed: change nothing"),
        ),
    ]

    def __init__(
        self,
        title: str,
        in_use: Mapping[str, int],
        current_tags: Sequence[frozenset[str]],
        *,
        initial: TagResult | None = None,
        typed: str = "",
        keep: SaveDialogState = lambda *_: None,
    ) -> None:
        """Open on projects.

        Args:
            title: The project's name, or how many they are.
            in_use: The tags of the dataset, with the number of projects that have each.
            current_tags: The tags of each project that is edited.
            initial: Changes to go on with, from before a crash.
            typed: The text at first.
            keep: Saves what is typed and toggled, at every change.
        """
        super().__init__(title)
        self._in_use = in_use
        self._current_tags = current_tags
        self._keep = keep
        self._typed = typed
        self._just_changed = ""
        """The row that typing has just put on or taken off: `enter` is done with it."""
        self._has_warned = False
        """Whether the reader knows that leaving gives up what was toggled."""
        self._choices = collect_choices(in_use, current_tags)
        for tag in initial.add if initial else ():
            choice = self._choices.setdefault(
                fold(tag), TagChoice(tag, 0, TagState.NONE, TagState.ALL)
            )
            choice.now = TagState.ALL
        for tag in initial.remove if initial else ():
            if fold(tag) in self._choices:
                self._choices[fold(tag)].now = TagState.NONE

    def on_mount(self) -> None:
        super().on_mount()
        if self._typed:
            self.input.value = self._typed
        self.watch(self.input, "value", self._keep_now, init=False)

    def _keep_now(self) -> None:
        result = self.result or TagResult((), ())
        self._keep(self.input.value, result.add, result.remove)

    @property
    def result(self) -> TagResult | None:
        """The changes so far."""
        changed = [tag for tag in self._choices.values() if tag.now != tag.before]
        add = tuple(choice.tag for choice in changed if choice.now is TagState.ALL)
        remove = tuple(choice.tag for choice in changed if choice.now is TagState.NONE)
        return TagResult(add, remove) if add or remove else None

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        needle = fold(typed)
        if not needle:
            return list(self._choices), None
        matches = [text for text in self._choices if matches_within(needle, text)]
        ranks = {text: _rank(needle, text) for text in matches}
        rows = sorted(ranks, key=ranks.__getitem__)
        if needle in ranks:
            return rows, 0
        begins = bool(rows) and ranks[rows[0]] == _BEGINS
        return [_NEW, *rows], 1 if begins else 0

    def format_row(self, row: str) -> Content:
        if row == _NEW:
            typed = display_line(self.input.value.strip())
            return Content.assemble(_("+ new tag "), (f'"{typed}"', "bold"))
        choice = self._choices[row]
        return Content.assemble(
            choice.now.value,
            (f"{choice.count:>6,}  ", "dim"),
            (_format_tag(choice.tag), "bold" if choice.now != choice.before else ""),
        )

    def pick(self, row: str | None) -> None:
        is_done = row is None or row == self._just_changed
        if is_done and not self.input.value:
            self.close(self.result)
        else:
            self._toggle(row)

    def action_move(self, movement: str) -> None:
        self._just_changed = ""
        super().action_move(movement)

    def action_complete(self) -> None:
        if self.highlighted in self._choices:
            tag = UNSAFE.sub("", self._choices[self.highlighted].tag)
            self.input.value = tag
            self.input.cursor_position = len(tag)

    def action_revert(self) -> None:
        self._choices = collect_choices(self._in_use, self._current_tags)
        self._just_changed = ""
        self._refresh()

    def action_apply(self) -> None:
        if not self.input.value or self._toggle(self.highlighted):
            self.close(self.result)

    def action_leave(self) -> None:
        """Clear what is typed, else cancel; what would be lost is told first."""
        if self.input.value:
            self.input.clear()
        elif self.result and not self._has_warned:
            self._has_warned = True
            message = _("Not applied yet: esc once more changes nothing")
            self.hint.show_message(message)
        else:
            self.close(None)

    def _toggle(self, row: str | None) -> bool:
        """Toggle a row, or add the typed text as a tag; return whether that was possible."""
        if row is None or row == _NEW:
            try:
                tag = clean_tag(self.input.value)
            except TagError as error:
                self.hint.show_message(str(error))
                return False
            new = TagChoice(tag, 0, TagState.NONE, TagState.ALL)
            row = fold(tag)
            self._choices = {row: new, **self._choices}
        else:
            self._choices[row].toggle()
        self._just_changed = row if self.input.value else ""
        self._refresh()
        return True

    def _highlight_changed(self) -> None:
        """Let the reader see what typing has changed; another `enter` leaves it so."""
        if self._just_changed in self._choices:
            index = list(self._choices).index(self._just_changed)
            self.list.highlighted = index if index < self.list.option_count else None

    def _refresh(self) -> None:
        self._has_warned = False
        if self.input.value:
            self.input.clear()
            self._highlight_changed()
        else:
            self.show_rows(self.list.highlighted)
        result = self.result or TagResult((), ())
        changes = [f"+{_format_tag(tag)}" for tag in result.add]
        changes += [f"−{_format_tag(tag)}" for tag in result.remove]
        self.dialog.border_subtitle = Content("  ".join(changes)) if changes else None
        self._keep_now()


_NEW = "\n"
"""The row that makes a new tag; no folded text has a line break."""

_BEGINS = 1


def _rank(needle: str, folded: str) -> int:
    """Return how well a tag matches a typed text; 0 is best."""
    if needle == folded:
        return 0
    begins = folded.startswith(needle) or f"/{needle}" in folded
    return _BEGINS if begins else 2 if needle in folded else 3


def _format_tag(tag: str) -> str:
    return display_line(tag) if tag.strip() else "(blank)"
