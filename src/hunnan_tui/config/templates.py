"""Templates for notes: a call, a visit, a meeting, and the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hunnan_tui.core.language import N_, _

_BUILT_IN: Mapping[str, str] = {
    N_("Phone call"): N_("{date} Call with \n\n- Said: \n- Next: \n"),
    N_("Visit"): N_(
        "{date} Visit to {project}\n\n- Present: \n- Seen: \n- Needs: \n- Next: \n"
    ),
    N_("Meeting"): N_(
        "{date} Meeting on {project}\n\n- Present: \n- Decided: \n- Who, by when: \n"
    ),
}
"""Texts by name. `{date}` and `{project}` stand for the day and the project's name."""
_FORMER_NAMES = {
    "Call 通话": N_("Phone call"),
    "Visit 走访": N_("Visit"),
    "Meeting 会议": N_("Meeting"),
}
"""What older versions called them; a template of the user's replaces it by that too."""


def fill_templates(own: Mapping[str, str], project: str, today: date) -> dict[str, str]:
    """Return the templates in the language in use, with their placeholders filled in.

    Args:
        own: Those of the user by name; one takes the place of ours of the same name.
        project: The project's name.
        today: The current day.
    """
    replaced = {_FORMER_NAMES.get(name, name) for name in own}
    texts = {
        _(name): _(text) for name, text in _BUILT_IN.items() if name not in replaced
    }
    return {
        name: text.replace("{date}", today.isoformat()).replace("{project}", project)
        for name, text in {**texts, **own}.items()
    }
