"""What is news in differences: the projects that `is:new` and `is:changed` find."""

from __future__ import annotations

from collections.abc import Iterable

from hunnan_tui.analysis.diff import Difference
from hunnan_tui.query.engine.news import News


def collect_news(differences: Iterable[Difference]) -> News:
    """Return the projects that differences add or change; what is new is not changed."""
    new: set[str] = set()
    changed: set[str] = set()
    for difference in differences:
        new.update(project.key for project in difference.added)
        pairs = (*difference.renamed, *difference.changed)
        changed.update(pair.new.key for pair in pairs)
    return News(frozenset(new), frozenset(changed - new))
