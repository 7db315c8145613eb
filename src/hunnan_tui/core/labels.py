"""The names that a dataset gives to ids; nothing is cleaned."""

from __future__ import annotations

from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import TOTAL, Dataset, Industry, Project
from hunnan_tui.core.money import name_unit
from hunnan_tui.core.names import Names, get_names, name_term


def name_stage(id: str, dataset: Dataset) -> str:
    """Return the name of a stage; an unknown id as it is written."""
    stage = dataset.stages.get(id)
    return name_term(stage) if stage else id


def name_project_unit(project: Project, dataset: Dataset) -> str:
    """Return the name of the unit of a project's amounts."""
    return name_unit(project.origin.currency or dataset.currency)


def describe_definition(industry: Industry | None) -> str:
    """Return the definition of an industry, and whether it is the file's own."""
    if industry is None or not industry.definition:
        return ""
    own = _(" (our definition)") if industry.definition_basis == "own" else ""
    return f"{name_term(industry)}: {industry.definition}{own}"


def name_measure(measure: str) -> str:
    """Return what an announced amount means if that is no total; otherwise nothing."""
    return "" if measure == TOTAL else _(measure)


def format_measure(measure: str) -> str:
    """Return the suffix of an announced amount: ` (plan of the year)`, or nothing."""
    name = name_measure(measure)
    return f" ({name})" if name else ""


def name_industries(project: Project, dataset: Dataset) -> tuple[str, ...]:
    """Return the names of a project's industries; unknown ids as they are written."""
    known = dataset.industries
    return tuple(
        name_term(known[key]) if key in known else key for key in project.industries
    )


def name_dataset(dataset: Dataset) -> str:
    """Return the title of a dataset; the Chinese one where Chinese names are shown."""
    is_first = get_names() is Names.ZH or is_chinese()
    titles = (dataset.title, dataset.title_zh)
    return next(filter(None, reversed(titles) if is_first else titles), "")
