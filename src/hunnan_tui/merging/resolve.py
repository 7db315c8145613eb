"""A text with git's conflict markers: both versions of it, and what is decided."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from hunnan_tui.core.language import _
from hunnan_tui.merging.merge import Labels, MergedText, merge_texts

Side = Literal["ours", "theirs"]

_HUNK = re.compile(
    rb"^<{7,}(?: (?P<ours_label>[^\r\n]*))?\r?\n(?P<ours>(?:(?!<{7}|\|{7}|={7}|>{7}).*\n)*+)"
    rb"(?:\|{7,}(?: [^\r\n]*)?\r?\n(?P<base>(?:(?!<{7}|={7}|>{7}).*\n)*+))?"
    rb"={7,}\r?\n(?P<theirs>(?:(?!<{7}|={7}|>{7}).*\n)*+)"
    rb">{7,}(?: (?P<theirs_label>[^\r\n]*))?(?:\r?\n|\Z)",
    re.MULTILINE,
)
_MARKER = re.compile(rb"^(?:<{7}|>{7})", re.MULTILINE)


class UnclearMarkersError(Exception):
    """Markers that do not belong together: some were removed by hand."""


class Hunk(NamedTuple):
    """A conflict in a text."""

    line: int
    """Of its first marker, counted from 1."""
    ours: bytes
    base: bytes | None
    """What both sides started from, where the markers say it."""
    theirs: bytes
    ours_label: str
    theirs_label: str
    start: int
    end: int


def find_hunks(text: bytes) -> list[Hunk]:
    """Return the conflicts of a text, in their order.

    Raises:
        UnclearMarkersError: There are markers that belong to none.
    """
    hunks: list[Hunk] = []
    line, counted = 1, 0
    for match in _HUNK.finditer(text):
        line += text.count(b"\n", counted, match.start())
        counted = match.start()
        hunks.append(
            Hunk(
                line,
                match["ours"],
                match["base"],
                match["theirs"],
                (match["ours_label"] or b"ours").decode("utf-8", "replace"),
                (match["theirs_label"] or b"theirs").decode("utf-8", "replace"),
                match.start(),
                match.end(),
            )
        )
    inside = 0
    for marker in _MARKER.finditer(text):
        while inside < len(hunks) and hunks[inside].end <= marker.start():
            inside += 1
        if inside == len(hunks) or marker.start() < hunks[inside].start:
            number = text.count(b"\n", 0, marker.start()) + 1
            raise UnclearMarkersError(
                _("line {number}: a marker without its others").format(number=number)
            )
    return hunks


def take_side(text: bytes, hunks: Sequence[Hunk], sides: Mapping[int, Side]) -> bytes:
    """Return a text with some of its conflicts decided.

    Args:
        text: The text.
        hunks: Its conflicts.
        sides: Which side is taken, by the index of the conflict; others stay.
    """
    pieces, end = [], 0
    for number, hunk in enumerate(hunks):
        if number in sides:
            chosen = hunk.ours if sides[number] == "ours" else hunk.theirs
            pieces += [text[end : hunk.start], chosen]
            end = hunk.end
    return b"".join((*pieces, text[end:]))


def merge_again(text: bytes, base: bytes = b"") -> MergedText:
    """Merge what git has merged by lines, so that only true conflicts are left.

    Args:
        text: The text with git's markers.
        base: What both sides started from, if it is known; else the markers may say it.

    Raises:
        UnclearMarkersError: Some markers were removed by hand.
        CannotMergeError: One of the sides is no TOML.
    """
    hunks = find_hunks(text)
    if not hunks:
        return MergedText(text)
    everything = range(len(hunks))
    ours = take_side(text, hunks, dict.fromkeys(everything, "ours"))
    theirs = take_side(text, hunks, dict.fromkeys(everything, "theirs"))
    base = base or _restore_base(text, hunks)
    labels = Labels(hunks[0].ours_label, "base", hunks[0].theirs_label)
    return merge_texts(base, ours, theirs, labels)


def _restore_base(text: bytes, hunks: Sequence[Hunk]) -> bytes:
    """Return what both sides started from; without it, only what they share."""
    pieces, end = [], 0
    for hunk in hunks:
        pieces += [text[end : hunk.start], hunk.base or b""]
        end = hunk.end
    return b"".join((*pieces, text[end:]))
