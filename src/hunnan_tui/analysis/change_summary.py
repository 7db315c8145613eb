"""A short summary of what others changed in a dataset."""

from __future__ import annotations

from collections.abc import Collection

from hunnan_tui.core.counts import join_words
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.core.plain_values import is_identical

_NONE = Annotations()
_COUNTED = {
    "new": N_("{count:,} new"),
    "gone": N_("{count:,} gone"),
    "changed": N_("{count:,} changed"),
    "annotated": N_("{count:,} annotated"),
}


def summarize_changes(
    old: Dataset,
    new: Dataset,
    known: Collection[Problem] = (),
    problems: Collection[Problem] = (),
) -> str:
    """Return a summary: "1 new, 2 changed, 1 annotated; line 9: no name".

    Args:
        old: The dataset as it was.
        new: The dataset as it is.
        known: What was wrong before.
        problems: What is wrong now; the first that was not is named.

    Returns:
        An empty text when nothing has changed. Of projects that are not all in memory
        only how many there are is compared.
    """
    if isinstance(old.projects, dict) and isinstance(new.projects, dict):
        parts = _count_changes(old.projects, new.projects)
    else:
        more = len(new.projects) - len(old.projects)
        word = _COUNTED["new" if more > 0 else "gone"]
        parts = [_(word).format(count=abs(more))] if more else []
    if old._replace(projects={}) != new._replace(projects={}):
        parts.append(_("other tables changed"))
    summary = join_words(parts)
    before = {(problem.message, problem.hint) for problem in known}
    fresh = [
        problem
        for problem in problems
        if problem.level is not Level.NOTE
        and (problem.message, problem.hint) not in before
    ]
    if fresh:
        line = _("line {line}: ").format(line=fresh[0].line) if fresh[0].line else ""
        summary += f"{_('; ') if summary else ''}{line}{fresh[0].message}"
    return summary


def _count_changes(old: dict[str, Project], new: dict[str, Project]) -> list[str]:
    both = [(old[key], new[key]) for key in new if key in old]
    counts = {
        "new": len(new) - len(both),
        "gone": len(old) - len(both),
        "changed": sum(
            _remove_annotations(a) != _remove_annotations(b)
            for a, b in both
            if a is not b
        ),
        "annotated": sum(
            not is_identical(a.annotations, b.annotations)
            for a, b in both
            if a is not b
        ),
    }
    return [
        _(_COUNTED[word]).format(count=count) for word, count in counts.items() if count
    ]


def _remove_annotations(project: Project) -> Project:
    return project._replace(annotations=_NONE, readonly_annotations=_NONE)
