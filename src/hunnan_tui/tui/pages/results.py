"""What a page asks the main screen to do when it closes; None: nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.losses import Offer


@dataclass(frozen=True, slots=True)
class GoToProject:
    """Put the cursor of the list on a project."""

    key: str


@dataclass(frozen=True, slots=True)
class NarrowList:
    """Show in the list only what a query matches."""

    query: str


@dataclass(frozen=True, slots=True)
class ResumeDraft:
    """Open the editor on a half-written note."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class RestoreOffer:
    """Ask what becomes of text that the file no longer has."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class WriteImport:
    """Make the edits of an import, as one transaction."""

    label: str
    edits: Sequence[Mapping[str, Any]]
    """As `storage.edit_json` dumps them."""
    warning: str = ""
    """Why the next import will know less."""


PageResult = GoToProject | NarrowList | ResumeDraft | RestoreOffer | WriteImport
