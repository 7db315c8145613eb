"""Who says a fact: the steps that note a source, or that it is the user's knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hunnan_tui.core.fact_changes import (
    AddItems,
    ChangeFacts,
    FactStep,
    RemoveItems,
    SetFact,
)
from hunnan_tui.core.fact_values import Plain, dump_day, dump_fact, read_fact
from hunnan_tui.core.model import USER, Project, Stage
from hunnan_tui.core.names import name_briefly

_NEEDS_NOBODY = frozenset(
    (
        *(
            "name",
            "name_zh",
            "caveat",
            "url",
            "part_of",
            "import_key",
            "sources",
            "follow_up_owner",
        ),
        *("user_facts", "events", "facts", "industries_basis"),
    )
)
"""Keys that need nobody to say them, or that say so themselves."""
_COMPANIONS = {
    "stage_date": "stage",
    "investment_qualifier": "investment",
    "investment_usd": "investment",
    "investment_text": "investment",
}
"""Keys that belong to another one, which is noted in their place."""


def make_set_steps(
    project: Project, values: Mapping[str, Plain]
) -> tuple[FactStep, ...]:
    """Return the steps that set keys of a project, without those that change nothing.

    The dollars and the words of a source go with an amount that is another one now.
    """
    values = _keep_stated_amounts(project, dict(values))
    steps: list[FactStep] = []
    for key, new in values.items():
        old = dump_fact(project, key)
        if read_fact(key, old) != read_fact(key, new):
            steps.append(SetFact(key, old, new))
    return tuple(steps)


def _keep_stated_amounts(
    project: Project, values: dict[str, Plain]
) -> dict[str, Plain]:
    if values.get("investment_usd") is not None and not values.get("investment"):
        # stated in dollars, beside what is stated in the dataset's currency
        for key in ("investment", "investment_qualifier"):
            values.pop(key, None)
    amount = values.get("investment", project.investment)
    if amount != project.investment:
        if project.investment_text:
            values.setdefault("investment_text", None)
    elif values.get("investment_usd") is None:
        values.pop("investment_usd", None)
    return values


def make_origin_steps(
    project: Project, keys: Mapping[str, bool], source: str
) -> tuple[FactStep, ...]:
    """Return the steps that note who says what is stored under some keys.

    Args:
        project: The project as it is.
        keys: The keys, each with whether it still has a value.
        source: The id of the source; empty for the user's own knowledge.
    """
    stated = {_COMPANIONS.get(key, key) for key in keys if key not in _NEEDS_NOBODY}
    gone = {key for key in stated if not keys.get(key, True)}
    own = () if source else tuple(sorted(stated - gone - {"industries"}))
    steps: list[FactStep] = []
    if "industries" in stated:
        basis = None if "industries" in gone else "stated" if source else USER
        steps += make_set_steps(project, {"industries_basis": basis})
    if unsaid := tuple(sorted((stated if source else gone) & {*project.user_facts})):
        steps.append(RemoveItems("user_facts", unsaid))
    if own:
        steps.append(AddItems("user_facts", own))
    if source and stated - gone:
        steps.append(AddItems("sources", (source,)))
    return tuple(steps)


def move_to_stage(
    project: Project,
    stage: Stage,
    day: str,
    what: str,
    source: str,
    stages: Mapping[str, Stage] = MappingProxyType({}),
) -> ChangeFacts:
    """Return what moves a project to a stage: the stage, its day, and an event.

    The day of the stage that it leaves becomes an event, if none tells it yet.

    Args:
        project: The project as it is shown.
        stage: The stage that it has reached.
        day: When it did, as ISO text.
        what: What happened; empty for the name of the stage.
        source: The id of the source; empty for the user's own knowledge.
        stages: The stages of the dataset, for the name of the one it leaves.
    """
    values = {"stage": stage.id, "stage_date": dump_day(day)}
    event = {
        "date": dump_day(day),
        "what": what or name_briefly(stage),
        "stage": stage.id,
    }
    event |= make_item_origin(source)
    events = (*_tell_left_stage(project, stage, stages), event)
    steps = (*make_set_steps(project, values), AddItems("events", events))
    if "stage" in project.user_facts:  # the event says it now
        steps = (*steps, RemoveItems("user_facts", ("stage",)))
    if source:
        steps = (*steps, AddItems("sources", (source,)))
    return ChangeFacts(steps)


def _tell_left_stage(
    project: Project, stage: Stage, stages: Mapping[str, Stage]
) -> tuple[Plain, ...]:
    """Return the event of the present stage; nothing if its day is told, or not known."""
    left, day = project.stage, project.stage_date
    if not left or not day or left == stage.id:
        return ()
    if any(event.stage == left for event in project.events):
        return ()
    name = stages[left].name if left in stages else left
    origin = {"basis": USER} if "stage" in project.user_facts else {}
    return ({"date": dump_day(day), "what": name, "stage": left, **origin},)


def sign_events(change: ChangeFacts, author: str) -> ChangeFacts:
    """Return a change whose new events say which reader knows them.

    Args:
        change: A change of facts.
        author: The reader's name; empty if it is not known.
    """
    if not author:
        return change
    return ChangeFacts(tuple(_sign_step(step, author) for step in change.steps))


def _sign_step(step: FactStep, author: str) -> FactStep:
    if not isinstance(step, AddItems) or step.key != "events":
        return step
    return AddItems(
        step.key,
        tuple(
            {**item, "by": author}
            if isinstance(item, Mapping) and item.get("basis") == USER
            else item
            for item in step.items
        ),
    )


def make_item_origin(source: str) -> dict[str, str]:
    """Return the keys of an event or a labelled fact that say who says it."""
    return {"source": source} if source else {"basis": USER}
