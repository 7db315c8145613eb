"""Changes to the facts of a dataset, as values that are replayed on the current text.

A change of facts names what it starts from. If somebody else has put another value there
in the meantime, the whole change is refused: nobody's fact is overwritten unseen. Adding
to a list is always possible, and removing what is gone is no error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from hunnan_tui.core.fact_values import (
    AMOUNT_KEYS,
    Plain,
    Record,
    dump_fact,
    dump_item,
    read_fact,
    read_item,
    with_fact,
)
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Project
from hunnan_tui.core.plain_values import is_identical

DATASET = ""
"""The key of an edit of what belongs to no project, such as a source."""

ID_TAKEN = N_("Another project has this id now")
"""Why a project is not added."""

SOURCE_TAKEN = N_("Another source has this id now")
"""Why a source is not added."""

ENTRY_CHANGED = N_("It was changed elsewhere in the meantime")
"""Why an entry of a list is not changed."""

CHANGED_SINCE = N_("It has been changed since it was added: it stays")
"""Why the adding of a project or a source is not undone."""


class FactConflictError(Exception):
    """A fact is no longer what a change starts from; the text says which."""


class FactsEditor:
    """The facts of one project while steps are applied to them, one by one.

    In memory it works on a project alone. With the table of the file it keeps the exact
    notation of what no step changes.
    """

    def __init__(
        self, project: Project, record: Record | None = None, currency: str = ""
    ) -> None:
        """Take a project.

        Args:
            project: The project.
            record: The table that it was read from, if that is at hand.
            currency: That of the dataset: the table may have amounts as texts.
        """
        self.project = project
        self._currency = currency
        self._record = record
        self.changed: dict[str, Plain] = {}
        """The keys that were set, with their new plain values."""

    @property
    def has_record(self) -> bool:
        """Whether the table of the file is at hand."""
        return self._record is not None

    def get(self, key: str) -> Plain:
        """Return the plain value of a key as it is now."""
        if key in self.changed:
            return self.changed[key]
        if self._record is None:
            return dump_fact(self.project, key)
        return self._record.get(key)

    def read(self, key: str, plain: Plain) -> Any:
        """Return a plain value so that what states the same is equal."""
        if isinstance(plain, str) and key in AMOUNT_KEYS:
            from hunnan_tui.core.amount_texts import (
                read_amount_text,  # most amounts are numbers
            )

            if amount := read_amount_text(key, plain, self._currency):
                return amount.value
        return read_fact(key, plain)

    def set(self, key: str, plain: Plain) -> None:
        """Set a key, or remove it."""
        plain = None if plain in ("", []) else plain
        self.changed[key] = plain
        self.project = with_fact(self.project, key, plain)

    def get_items(self, key: str) -> list[Plain]:
        """Return the elements of a list.

        Raises:
            FactConflictError: It is none.
        """
        items = self.get(key)
        if items is None:
            return []
        if not isinstance(items, list) or not isinstance(read_fact(key, items), tuple):
            raise FactConflictError(
                _("{key} is not a list: mend it in the file").format(key=key)
            )
        return items

    def apply(self, steps: Sequence[FactStep]) -> tuple[FactStep, ...]:
        """Apply steps; return those that undo them, in the order to be made.

        Raises:
            FactConflictError: One of them cannot be made; nothing is changed.
        """
        project, changed = self.project, dict(self.changed)
        undo: list[FactStep] = []
        try:
            for step in steps:
                undo += step.apply_to(self)
        except FactConflictError:
            self.project, self.changed = project, changed
            raise
        return tuple(reversed(undo))


@dataclass(frozen=True, slots=True)
class SetFact:
    """Set the value of a key of a project, or remove it."""

    step: ClassVar[str] = "set"
    key: str
    """Any key but the id and those of annotations; also one that the schema lacks."""
    old: Plain
    """The value that was shown, as `fact_values.dump_fact` gives it."""
    new: Plain
    """None removes the key."""

    def apply_to(self, facts: FactsEditor) -> Sequence[FactStep]:
        now = facts.get(self.key)
        stated, target = facts.read(self.key, now), facts.read(self.key, self.new)
        if stated == target and type(stated) is type(target):
            return ()
        is_unnamed = self.key == "name" and not stated
        if stated != facts.read(self.key, self.old) and not is_unnamed:
            raise FactConflictError(
                _("{key} was changed elsewhere in the meantime").format(
                    key=_name_key(self.key)
                )
            )
        facts.set(self.key, self.new)
        return (SetFact(self.key, facts.get(self.key), now),)


@dataclass(frozen=True, slots=True)
class AddItems:
    """Append elements to a list: events, parties, sources, industries, facts."""

    step: ClassVar[str] = "add"
    key: str
    items: tuple[Plain, ...]
    """Texts or tables; one that is there already stays as it is."""

    def apply_to(self, facts: FactsEditor) -> Sequence[FactStep]:
        items = facts.get_items(self.key)
        known = {read_item(self.key, item) for item in items}
        # two alike are both added: a file had them, and gets them back
        added = [item for item in self.items if read_item(self.key, item) not in known]
        if not added:
            return ()
        facts.set(self.key, items + added)
        return (RemoveItems(self.key, tuple(added)),)


@dataclass(frozen=True, slots=True)
class RemoveItems:
    """Remove elements from a list; one that is gone is no error."""

    step: ClassVar[str] = "remove"
    key: str
    items: tuple[Plain, ...]

    def apply_to(self, facts: FactsEditor) -> Sequence[FactStep]:
        unwanted = {read_item(self.key, item) for item in self.items}
        items = facts.get_items(self.key)
        others = [item for item in items if read_item(self.key, item) not in unwanted]
        if len(others) == len(items):
            return ()
        gone = [item for item in items if read_item(self.key, item) in unwanted]
        facts.set(self.key, others)
        return (AddItems(self.key, tuple(gone)),)


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """Replace an element of a list where it stands; every one of several alike."""

    step: ClassVar[str] = "change"
    key: str
    old: Plain
    new: Plain

    def apply_to(self, facts: FactsEditor) -> Sequence[FactStep]:
        old, new = read_item(self.key, self.old), read_item(self.key, self.new)
        items = facts.get_items(self.key)
        values = [read_item(self.key, item) for item in items]
        if new in values or old == new:
            return ()
        if old not in values:
            raise FactConflictError(
                _("{key} were changed elsewhere in the meantime").format(
                    key=_name_key(self.key)
                )
            )
        now = items[values.index(old)]
        item = _merge(now, old, dump_item(self.key, new), self.key)
        changed = [
            item if value == old else each
            for each, value in zip(items, values, strict=True)
        ]
        facts.set(self.key, changed)
        return (ChangeItem(self.key, item, now),)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write what a key states in another notation, where it still has the old one."""

    step: ClassVar[str] = "rewrite"
    key: str
    old: Plain
    """As the file has it."""
    new: Plain

    def apply_to(self, facts: FactsEditor) -> Sequence[FactStep]:
        # a project in memory is the same in either notation
        if facts.has_record:
            if not is_identical(facts.get(self.key), self.old):
                return ()
            facts.set(self.key, self.new)
        return (Rewrite(self.key, self.new, self.old),)


FactStep = SetFact | AddItems | RemoveItems | ChangeItem | Rewrite
STEPS: Mapping[str, type[FactStep]] = MappingProxyType(
    {kind.step: kind for kind in (SetFact, AddItems, RemoveItems, ChangeItem, Rewrite)}
)
"""The kinds of steps by their name in the journal."""


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """Change facts of one project: all steps, or none if one meets a conflict."""

    kind: ClassVar[str] = "change-facts"
    field: ClassVar[str] = "facts"
    steps: tuple[FactStep, ...]

    def apply_to(self, facts: FactsEditor) -> tuple[ChangeFacts, ...]:
        """Apply it; return what undoes it, nothing if there was nothing to change.

        Raises:
            FactConflictError: A fact was changed by somebody else; nothing was done.
        """
        undo = facts.apply(self.steps)
        return (ChangeFacts(undo),) if undo else ()

    @property
    def keys(self) -> frozenset[str]:
        """The keys that it may change."""
        return frozenset(step.key for step in self.steps)


@dataclass(frozen=True, slots=True)
class AddProject:
    """Add a project at the end; the edit's key is its id."""

    kind: ClassVar[str] = "add-project"
    field: ClassVar[str] = "facts"
    record: Record
    """Its table: an id, a name, and what is known."""


@dataclass(frozen=True, slots=True)
class RemoveProject:
    """Remove a project that has nothing but what it was added with; undoes `AddProject`."""

    kind: ClassVar[str] = "remove-project"
    field: ClassVar[str] = "facts"
    record: Record


@dataclass(frozen=True, slots=True)
class AddSource:
    """Add a source; the edit's key is `DATASET`."""

    kind: ClassVar[str] = "add-source"
    field: ClassVar[str] = "facts"
    record: Record
    """Its table, with an id."""


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Remove a source that nothing uses; undoes `AddSource`."""

    kind: ClassVar[str] = "remove-source"
    field: ClassVar[str] = "facts"
    record: Record


@dataclass(frozen=True, slots=True)
class SetEntry:
    """Add, change or remove an entry of one of `ENTRY_TABLES`; the key is `DATASET`."""

    kind: ClassVar[str] = "set-entry"
    field: ClassVar[str] = "facts"
    table: str
    id: str
    old: Plain
    """The table that it starts from; None for no entry."""
    new: Plain
    """The new table, with the same id; None removes the entry, unless it is in use."""

    @property
    def inverse(self) -> SetEntry:
        """What takes it back."""
        return SetEntry(self.table, self.id, self.new, self.old)


ENTRY_TABLES = ("industries", "stages", "sources", "fields")
"""The lists of a dataset whose entries projects refer to by their ids."""

FactChange = (
    ChangeFacts | AddProject | RemoveProject | AddSource | RemoveSource | SetEntry
)
"""A change that is no change of annotations."""


def describe_change(change: FactChange) -> str:
    """Return what a change says, as text to be kept when it cannot be made."""
    if isinstance(change, ChangeFacts):
        lines = [_describe_step(step) for step in change.steps]
    else:
        record = change.new if isinstance(change, SetEntry) else change.record
        lines = [
            f"{_name_key(k)}: {format_plain(v)}" for k, v in (record or {}).items()
        ]
    return "\n".join(filter(None, lines))


def _describe_step(step: FactStep) -> str:
    name = _name_key(step.key)
    if isinstance(step, SetFact | ChangeItem | Rewrite):
        return f"{name}: {format_plain(step.new) or _('not stated')}"
    listed = "; ".join(map(format_plain, step.items))
    return f"{name}: {'' if isinstance(step, AddItems) else 'without '}{listed}"


def format_plain(plain: Plain) -> str:
    """Return a plain value in words; empty for none."""
    if plain is None:
        return ""
    if isinstance(plain, list | tuple):
        return "; ".join(map(format_plain, plain))
    if isinstance(plain, Mapping):
        return ", ".join(map(format_plain, plain.values()))
    return f"{plain:,}" if type(plain) is int else str(plain)


def _name_key(key: str) -> str:
    field = BY_KEY.get(key)
    return field.name if field else key


def _merge(now: Plain, old: Any, new: Plain, key: str) -> Plain:
    """Return a changed element; what the model does not know stays in a table."""
    if not isinstance(now, Mapping) or not isinstance(new, Mapping):
        return new
    before = dump_item(key, old)
    values = {k: v for k, v in now.items() if k in new or k not in before}
    changed = {k: v for k, v in new.items() if before.get(k) != v}
    return values | changed
