"""The usual roles of parties, in the language of the interface; files keep the words."""

from __future__ import annotations

from hunnan_tui.core.language import N_, _

_USUAL = (
    N_("contractor"),
    N_("developer"),
    N_("government"),
    N_("investor"),
    N_("operator"),
    N_("owner"),
    N_("partner"),
    N_("supplier"),
)


def name_role(role: str) -> str:
    """Return what a role is called; one that a file alone knows is called as there."""
    return _(role) if role in _USUAL else role
