"""Which files and folders a path can go on with while it is typed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple

from hunnan_tui.config.paths import expand_path

MAX_OFFERS = 100
"""Files and folders that are offered at most."""
_SEPARATORS = "/\\" if os.name == "nt" else "/"


class PathOffer(NamedTuple):
    """A path that what is typed can become."""

    text: str
    """As it would be typed; that of a folder ends with a slash."""
    name: str
    """The last part of it."""
    is_folder: bool


def list_paths(
    typed: str, folder: Path, suffixes: Collection[str] = ()
) -> list[PathOffer]:
    """Return what a typed path can go on with, folders first; nothing if that fails.

    Args:
        typed: The path so far; its last part is the beginning of a name.
        folder: The folder of a relative path.
        suffixes: The suffixes of the files that are offered, in small letters; none:
            all files are.
    """
    length = 1 + max(typed.rfind(sign) for sign in _SEPARATORS)
    head, part = typed[:length], typed[length:]
    try:
        with os.scandir(expand_path(head or ".", folder)) as entries:
            offers = _select(entries, head, part, suffixes)
            return nsmallest(MAX_OFFERS, offers, key=_rank)
    except (OSError, ValueError):
        return []


def find_common_start(typed: str, offers: Sequence[PathOffer]) -> str:
    """Return what all offers begin with; what is typed if that is as long."""
    if not offers:
        return typed
    first = offers[0].text
    length = len(first)
    for offer in offers[1:]:
        pairs = zip(first[:length], offer.text, strict=False)
        same = [one.casefold() == other.casefold() for one, other in pairs]
        length = same.index(False) if False in same else len(same)
    return first[:length] if length > len(typed) else typed


def _select(
    entries: Iterator[os.DirEntry[str]],
    head: str,
    part: str,
    suffixes: Collection[str],
) -> Iterator[PathOffer]:
    begun = part.casefold()
    for entry in entries:
        name = entry.name
        if not name.casefold().startswith(begun):
            continue
        if name.startswith(".") and not part.startswith("."):
            continue
        try:
            is_folder = entry.is_dir()
        except OSError:
            continue
        if is_folder or not suffixes or name.casefold().endswith(tuple(suffixes)):
            end = "/" if is_folder else ""
            yield PathOffer(f"{head}{name}{end}", f"{name}{end}", is_folder)


def _rank(offer: PathOffer) -> tuple[bool, str]:
    return not offer.is_folder, offer.name.casefold()
