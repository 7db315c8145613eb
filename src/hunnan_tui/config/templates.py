"""Templates for notes: a call, a visit, a meeting, and the user's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

BUILT_IN: Mapping[str, str] = {
    "Call 通话": "{date} 通话 Call with \n\n- 谈到 Said: \n- 下一步 Next: \n",
    "Visit 走访": "{date} 走访 Visit to {project}\n\n- 在场 Present: \n- 看到 Seen: \n"
    "- 诉求 Needs: \n- 下一步 Next: \n",
    "Meeting 会议": "{date} 会议 Meeting on {project}\n\n- 参加 Present: \n"
    "- 议定 Decided: \n- 谁、何时 Who, by when: \n",
}
"""Texts by name. `{date}` and `{project}` stand for the day and the project's name."""


def fill_templates(
    templates: Mapping[str, str], project: str, today: date
) -> dict[str, str]:
    """Return templates with their placeholders filled in."""
    return {
        name: text.replace("{date}", today.isoformat()).replace("{project}", project)
        for name, text in templates.items()
    }
