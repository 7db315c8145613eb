"""The first line of the main screen: what needs the reader, counts, what is saved."""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from textual.content import Content

from hunnan_tui.core.cell_width import cut, measure_width
from hunnan_tui.core.counts import format_count, format_line, format_percent, join_words
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _, ngettext
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.money import add_unit, format_short
from hunnan_tui.core.names import is_sorted_by_pinyin
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.storage.workspace import Status
from hunnan_tui.tui.presenters.card_parts import format_currency

_LONGEST_TITLE: Final = 60
_SHORTEST_REASON: Final = 12
"""Cells below which the beginning of a reason says nothing."""
_GAP: Final = "   "
_DOT: Final = " · "
_PROBLEM: Final = "!"

# What is shortened first when room runs out: the highest.
_NOT_ADDED, _READ_ONLY, _TITLE, _SAVED, _SUM, _READ, _MARKED, _REASON = range(8, 0, -1)


class HeaderPart(NamedTuple):
    """A piece of the line, which is never cut within: shorter forms replace it."""

    text: str
    style: str = ""
    shorter: tuple[tuple[int, str], ...] = ()
    """When it gets shorter, and to what; an empty text takes it away."""
    key: str = ""
    """What to press; it stays as long as the part."""
    before: str = _GAP
    """What separates it from the part before it."""


def build_alerts(
    status: Status, problems: int, unreadable: str, width: int
) -> list[HeaderPart]:
    """Return what needs the reader, the most urgent first.

    Args:
        status: What is in the file and what is not.
        problems: How many problems the file has.
        unreadable: Why the file cannot be read at the moment, or an empty text.
        width: The cells of the line: a reason gets half of them.
    """
    alerts = []
    key = name_key("file.problems").replace(_PROBLEM, "")  # the sign is the usual key
    if status.failed:
        # what cannot be read cannot be saved either, and says why
        reason = (
            ""
            if unreadable
            else status.failed.removeprefix(_("Not saved: {reason}").format(reason=""))
        )
        reason = display_line(reason)
        alerts.append(
            _build_alert(_("not saved"), reason, width, name_key("file.save"))
        )
    if unreadable:
        reason = display_line(unreadable)
        head = f"{_PROBLEM} " + _("last good state")
        alerts.append(_build_alert(head, reason, width, key))
    elif problems:
        count = format_count(problems, "problem")
        alerts.append(HeaderPart(f"{_PROBLEM} {count}", "bold $text-warning", key=key))
    return alerts


def _build_alert(head: str, reason: str, width: int, key: str = "") -> HeaderPart:
    text = format_line(head, reason) if reason else head
    text = cut(text, max(width // 2, measure_width(head)))
    return HeaderPart(text, "bold $text-error", ((_REASON, head),), key)


def build_title(dataset: Dataset) -> HeaderPart:
    """Return the title of the dataset, shortened to fit on a line."""
    title, title_zh = dataset.title, dataset.title_zh
    if is_sorted_by_pinyin():  # Chinese goes first
        title, title_zh = title_zh, title
    title = title or title_zh or _("Projects")
    return HeaderPart(display_line(title[:_LONGEST_TITLE]), "bold", ((_TITLE, ""),))


def build_counts(
    dataset: Dataset,
    shown: Count,
    *,
    marked: int = 0,
    marked_shown: int = 0,
    read: float = 1,
    has_amounts: bool = True,
) -> list[HeaderPart]:
    """Return "3 of 73 projects", "3 bn yuan, 2 not stated" and so on.

    Of a sum that nobody states it says only that, or nothing in a dataset without
    amounts.

    Args:
        dataset: All projects.
        shown: Those that are shown.
        marked: How many are marked.
        marked_shown: How many of the marked ones are shown.
        read: How much of the file has been read, from 0 to 1.
        has_amounts: Whether any project of the dataset states an amount.
    """
    total = len(dataset.projects)
    count = ngettext("{shown} of {all} project", "{shown} of {all} projects", total)
    parts = [HeaderPart(count.format(shown=f"{shown.projects:,}", all=f"{total:,}"))]
    currency = dataset.summed_currency
    if shown.stated is not None:
        words = [add_unit(format_short(shown.stated), format_currency(dataset))]
        if shown.not_stated:
            count = _("{count} not stated").format(count=f"{shown.not_stated:,}")
            words.append(f"{count}{currency}")
        short = join_words(words)
        if shown.not_added:
            words.append(format_not_added(shown.not_added))
        shorter = ((_NOT_ADDED, short), (_SUM, ""))
        parts.append(HeaderPart(join_words(words), "", shorter, before=_DOT))
    elif shown.projects and has_amounts:
        text = _("investment not stated") + currency
        parts.append(HeaderPart(text, "", ((_SUM, ""),), before=_DOT))
    if marked:
        short = text = _("{count} marked").format(count=f"{marked:,}")
        if marked_shown != marked:
            visible = _("{count} visible").format(count=f"{marked_shown:,}")
            text = join_words((text, visible))
        parts.append(HeaderPart(text, "", ((_MARKED, short),), before=_DOT))
    if read < 1:
        text = _("reading, {share}").format(share=format_percent(int(read * 100) / 100))
        parts.append(HeaderPart(text, "", ((_READ, ""),), before=_DOT))
    return parts


def build_saved(status: Status, read_only: str, destination: str) -> HeaderPart:
    """Return the saved state, where it needs nobody; an empty text for none.

    Args:
        status: What is in the file and what is not.
        read_only: Why nothing can be saved, or an empty text.
        destination: Where edits go when not into the dataset, or an empty text.
    """
    gone = ((_SAVED, ""),)
    if status.failed:
        return HeaderPart("")  # an alert says so
    if status.saving or status.unsaved:
        return HeaderPart(_("saving"), "$text-warning", gone)
    if read_only:
        word = _("read-only")
        reason = display_line(read_only)
        text = reason if word in reason else format_line(word, reason)
        return HeaderPart(text, "$text-warning", ((_READ_ONLY, word),))
    if status.saved_at is not None:
        text = _("saved {time}").format(time=f"{status.saved_at:%H:%M}")
        return HeaderPart(text, "$text-success", gone)
    if destination:
        text = _("notes go to {file}").format(file=display_line(destination))
        return HeaderPart(text, "$foreground-muted", gone)
    return HeaderPart("")


def arrange_header(
    left: Iterable[HeaderPart], saved: HeaderPart, width: int
) -> Content:
    """Return the line in a width: parts get shorter, or go, as a whole.

    Args:
        left: The parts from the left, the most urgent first.
        saved: The part at the right end.
        width: The cells of the line.
    """
    parts = [*left, saved]
    steps = sorted(
        (
            (rank, index, text)
            for index, part in enumerate(parts)
            for rank, text in part.shorter
        ),
        key=lambda step: -step[0],
    )
    for rank, index, text in steps:
        excess = _measure(parts) - width
        if excess <= 0:
            break
        if rank == _REASON:
            room = measure_width(parts[index].text) - excess
            if room >= measure_width(text) + _SHORTEST_REASON:
                text = cut(parts[index].text, room)  # noqa: PLW2901  # some of it
        parts[index] = parts[index]._replace(text=text)
    line, end = _join(parts[:-1]), _join(parts[-1:])
    blanks = width - line.cell_length - end.cell_length
    return Content.assemble(line, " " * max(blanks, 0), end)


def _measure(parts: Sequence[HeaderPart]) -> int:
    line, end = _join(parts[:-1]), _join(parts[-1:])
    gap = len(_GAP) if line and end else 0
    return line.cell_length + gap + end.cell_length


def _join(parts: Sequence[HeaderPart]) -> Content:
    """Return the parts that have a text, in one line."""
    joined: list[Content] = []
    for part in parts:
        if part.text:
            if joined:
                joined.append(Content(part.before))
            joined.append(Content.styled(part.text, part.style))
            if part.key:
                joined.append(Content.styled(f"{_DOT}{part.key}", part.style))
    return Content("").join(joined)
