"""What a reader of a briefing has to know about its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hunnan_tui.core.model import Project


def assumptions(projects: Sequence[Project]) -> Iterator[str]:
    """Yield what was assumed when the figures of some projects were put together."""
    missing = sum(project.investment is None for project in projects)
    if missing:
        yield (
            f"{_count(missing, 'project states', 'projects state')} no investment; "
            "that is counted as not stated, never as 0, and nothing is guessed."
        )
    loose = sum(
        project.investment is not None and bool(project.investment_qualifier)
        for project in projects
    )
    if loose:
        yield (
            f"{_count(loose, 'amount is', 'amounts are')} “about” or “over” what is "
            "written; in the sums the written number stands."
        )
    yield (
        "Amounts are added as stated, also where one may contain another: see the caveats."
    )
    doubtful = sum(bool(project.caveat) for project in projects)
    if doubtful:
        yield f"{_count(doubtful, 'project has', 'projects have')} a caveat of its own."
    inferred = sum(project.industries_basis == "inferred" for project in projects)
    if inferred:
        yield (
            f"The industry of {_count(inferred, 'project', 'projects')} is inferred by "
            "this dataset; no source states it."
        )
    unsourced = sum(not project.sources for project in projects)
    if unsourced:
        yield f"{_count(unsourced, 'project names', 'projects name')} no source."
    yield (
        "Where a statement has no source of its own, all sources of its project stand "
        "behind it."
    )
    yield "Amounts in dollars are those that a source states; nothing is converted."
    yield "Published totals are not added to the projects."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
