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
from hunnan_tui.core.text import UNSAFE, display_line, fold
from hunnan_tui.query.engine.choices import stands_in
from hunnan_tui.tui.dialogs.picker import PickerDialog


class TagState(Enum):
    """On how many of the projects a tag is; the value is how that is shown."""

    ALL = "[x]"
    SOME = "[-]"
    NONE = "[ ]"


@dataclass(frozen=True, slots=True)
class TagResult:
    """The tags to add to every project and to remove from every one; never both empty."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(slots=True)
class TagChoice:
    """A tag in the list."""

    tag: str
    """In the spelling that is in use."""
    count: int
    before: TagState
    now: TagState

    def toggle(self) -> None:
        """Go on to the next state; "some" can be returned to where it was at first."""
        if self.now is TagState.ALL:
            self.now = TagState.NONE
        elif self.now is TagState.NONE and self.before is TagState.SOME:
            self.now = TagState.SOME
        else:
            self.now = TagState.ALL


def collect_choices(
    in_use: Mapping[str, int], on: Sequence[frozenset[str]]
) -> dict[str, TagChoice]:
    """Return the tags that there are, by folded text, in the order they are offered.

    Args:
        in_use: The tags of the dataset, with the number of projects that have each.
        on: The tags of each project that is acted on.

    Returns:
        The tags of these projects first, then the others, each by count and name.
        Spellings that fold to the same text are one: the commonest.
    """
    here: dict[str, int] = {}
    counts: dict[str, int] = {}
    spellings: dict[str, tuple[int, str]] = {}
    for tags in on:
        for folded in {fold(tag) for tag in tags}:
            here[folded] = here.get(folded, 0) + 1
        for tag in sorted(tags):
            spellings.setdefault(fold(tag), (0, tag))
    for tag, count in in_use.items():
        folded = fold(tag)
        counts[folded] = counts.get(folded, 0) + count
        if folded not in spellings or count > spellings[folded][0]:
            spellings[folded] = count, tag
    made = {}
    for folded in sorted(
        spellings, key=lambda each: (each not in here, -counts.get(each, 0), each)
    ):
        number = here.get(folded, 0)
        state = TagState.NONE if not number else TagState.SOME
        if number and number == len(on):
            state = TagState.ALL
        count = max(counts.get(folded, 0), number)
        made[folded] = TagChoice(spellings[folded][1], count, state, state)
    return made


class TagEditor(PickerDialog[TagResult | None]):
    """Gives the changes that were made; None when there are none."""

    DEFAULT_CSS = """
    TagEditor {
        & > DialogFrame { min-width: 60; height: 70%; min-height: 12; max-height: 34; }
        & OptionList { height: 1fr; max-height: 100%; }
    }
    """
    PLACEHOLDER = "Type a tag"
    HINTS = ("tags.toggle", "tags.complete", "tags.revert", "tags.leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "pick",
            "toggle",
            id="tags.toggle",
            tooltip="Put the highlighted tag on or take it off; with nothing typed and"
            " nothing highlighted: done",
        ),
        Binding(
            "tab",
            "complete",
            "complete",
            id="tags.complete",
            tooltip="Complete the tag",
        ),
        Binding(
            "ctrl+r",
            "revert",
            "revert",
            id="tags.revert",
            tooltip="Take back everything that was toggled here",
        ),
        Binding("ctrl+s", "apply", "done", id="tags.apply", tooltip="Apply and close"),
        Binding(
            "escape",
            "leave",
            "done",
            id="tags.leave",
            tooltip="Clear what is typed; with nothing typed: apply and close",
        ),
    ]

    def __init__(
        self,
        title: str,
        in_use: Mapping[str, int],
        on: Sequence[frozenset[str]],
        *,
        initial: TagResult | None = None,
        typed: str = "",
        keep: SaveDialogState = lambda *_: None,
    ) -> None:
        """Open on projects.

        Args:
            title: The project's name, or how many they are.
            in_use: The tags of the dataset, with the number of projects that have each.
            on: The tags of each project that is acted on.
            initial: What is chosen at first: what was chosen before a kill.
            typed: What to begin with.
            keep: Puts what is typed and chosen in safety.
        """
        super().__init__(title)
        self._in_use = in_use
        self._on = on
        self._keep = keep
        self._typed = typed
        self._choices = collect_choices(in_use, on)
        for tag in initial.add if initial else ():
            known = self._choices.setdefault(
                fold(tag), TagChoice(tag, 0, TagState.NONE, TagState.ALL)
            )
            known.now = TagState.ALL
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
        """What would be applied now."""
        changed = [each for each in self._choices.values() if each.now != each.before]
        add = tuple(each.tag for each in changed if each.now is TagState.ALL)
        remove = tuple(each.tag for each in changed if each.now is TagState.NONE)
        return TagResult(add, remove) if add or remove else None

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        wanted = fold(typed)
        if not wanted:
            return list(self._choices), None
        found = [each for each in self._choices if stands_in(wanted, each)]
        ranks = {each: _rank(wanted, each) for each in found}
        rows = sorted(ranks, key=ranks.__getitem__)
        if wanted in ranks:
            return rows, 0
        begins = bool(rows) and ranks[rows[0]] == _BEGINS
        return [_NEW, *rows], 1 if begins else 0

    def prompt(self, row: str) -> Content:
        if row == _NEW:
            typed = display_line(self.input.value.strip())
            return Content.assemble("+ new tag ", (f'"{typed}"', "bold"))
        choice = self._choices[row]
        return Content.assemble(
            choice.now.value,
            (f"{choice.count:>6,}  ", "dim"),
            (_name(choice.tag), "bold" if choice.now != choice.before else ""),
        )

    def pick(self, row: str | None) -> None:
        if row is None and not self.input.value:
            self.close(self.result)
        else:
            self._toggle(row)

    def action_complete(self) -> None:
        if self.highlighted in self._choices:
            tag = UNSAFE.sub("", self._choices[self.highlighted].tag)
            self.input.value = tag
            self.input.cursor_position = len(tag)

    def action_revert(self) -> None:
        self._choices = collect_choices(self._in_use, self._on)
        self._refresh()

    def action_apply(self) -> None:
        if not self.input.value or self._toggle(self.highlighted):
            self.close(self.result)

    def action_leave(self) -> None:
        if self.input.value:
            self.input.clear()
        else:
            self.close(self.result)

    def _toggle(self, row: str | None) -> bool:
        """Toggle a row, or the typed text as a new tag; return whether that went well."""
        if row is None or row == _NEW:
            try:
                tag = clean_tag(self.input.value)
            except TagError as error:
                self.hint.show_message(str(error))
                return False
            new = TagChoice(tag, 0, TagState.NONE, TagState.ALL)
            self._choices = {fold(tag): new, **self._choices}
        else:
            self._choices[row].toggle()
        self._refresh()
        return True

    def _refresh(self) -> None:
        if self.input.value:
            self.input.clear()  # and nothing is highlighted: another enter is "done"
        else:
            self.show_rows(self.list.highlighted)
        result = self.result or TagResult((), ())
        signed = [f"+{_name(tag)}" for tag in result.add]
        signed += [f"−{_name(tag)}" for tag in result.remove]
        self.dialog.border_subtitle = Content("  ".join(signed)) if signed else None
        self._keep_now()


_NEW = "\n"
"""The row that makes a new tag; no folded text has a line break."""

_BEGINS = 1


def _rank(wanted: str, folded: str) -> int:
    """Return how well a tag fits a typed text, the best first."""
    if wanted == folded:
        return 0
    begins = folded.startswith(wanted) or f"/{wanted}" in folded
    return _BEGINS if begins else 2 if wanted in folded else 3


def _name(tag: str) -> str:
    return display_line(tag) if tag.strip() else "(blank)"
