"""What a page asks the main screen to do when it closes; None: nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class GoToProject:
    """Put the cursor of the list on a project."""

    key: str


@dataclass(frozen=True, slots=True)
class NarrowList:
    """Show in the list only what a query matches."""

    query: str


@dataclass(frozen=True, slots=True)
class WriteImport:
    """Make the edits of an import, as one transaction."""

    label: str
    edits: Sequence[Mapping[str, Any]]
    """As `storage.edit_json` dumps them."""
    warning: str = ""
    """Why the next import will know less."""


PageResult = GoToProject | NarrowList | WriteImport
