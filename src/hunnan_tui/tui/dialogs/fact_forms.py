"""The forms of facts: one fact, a move to a stage, a new project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hunnan_tui.analysis.fact_edits import (
    NEW,
    FactText,
    find_key,
    list_key_texts,
)
from hunnan_tui.analysis.new_project import find_doubles, make_id
from hunnan_tui.analysis.provenance import collect_evidence
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.model import Dataset, Project, Stage
from hunnan_tui.core.text import display_line
from hunnan_tui.core.typed_facts import (
    TypedFactError,
    clean_typed,
    read_day,
    read_id,
    read_party,
    resolve_term,
)
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.dialogs.fact_fields import ROLES, FactFields, offer_texts
from hunnan_tui.tui.dialogs.form import Form, LookUp
from hunnan_tui.tui.dialogs.form_row import FormField, Typed
from hunnan_tui.tui.dialogs.source_form import SourceChoices

_LABELS = {
    "name": "Name",
    "role": "Role",
    "date": "Day",
    "what": "What",
    "stage": "Stage",
    "stage_date": "Since",
    "label": "Label",
    "value": "Value",
    "source": "Source",
}
"""What the lines are called whose keys are not those of a field."""
_MORE = (
    ("party", "Another party"),
    ("event", "Another event"),
    ("fact", "Another fact"),
)
_OFFERED_KEYS = ("district", "place", "url", "jobs", "summary", "caveat")
_ANNOTATIONS = ("follow-up", "need")
_LONGEST = 60


def list_fact_texts(project: Project, dataset: Dataset) -> list[FactText]:
    """Return the facts of a project that can be edited, and those it could have more of."""
    evidence = collect_evidence(project, dataset)
    named = [
        FactText("name", "Name", project.name),
        FactText("name_zh", "Chinese name", project.name_zh),
        *(
            FactText(
                f"party {NEW}"
                if item.name == "party 0" and not item.text
                else item.name,
                item.label,
                item.text,
            )
            for item in evidence
            if item.kind not in _ANNOTATIONS
        ),
    ]
    known = {each.name for each in named} | {find_key(item.name) for item in named}
    for key in _OFFERED_KEYS:
        if key in BY_KEY and key not in known:
            text = list_key_texts(key, project)[key]
            named.append(FactText(key, BY_KEY[key].name, text))
    for key, text in project.other:
        if key not in known:
            declared = dataset.fields.get(key)
            named.append(FactText(key, (declared and declared.name) or key, text))
    return [*named, *(FactText(f"{kind} {NEW}", label, "") for kind, label in _MORE)]


class FactForms:
    """Makes the forms of one dataset."""

    def __init__(self, dataset: Dataset, index: Index, today: date) -> None:
        """Take the dataset, an index for another thread, and the current day."""
        self._dataset, self._index, self._today = dataset, index, today
        self._fields = FactFields(dataset, today)

    def make_sources(
        self, projects: Sequence[Project], last: str, chosen: str = ""
    ) -> SourceChoices:
        """Return the sources that facts of some projects can have.

        Args:
            projects: What they are of: their sources are likely.
            last: The source that was chosen last.
            chosen: The one that stands there at first.
        """
        likely = [
            last,
            *(name for project in projects[:20] for name in project.sources),
        ]
        return SourceChoices(self._dataset, likely, self._today, chosen)

    def make_fact(
        self, fact: FactText, project: Project, sources: SourceChoices
    ) -> Form:
        """Return the form of a fact."""
        texts = list_key_texts(fact.name, project)
        fields = [
            sources.make_field()
            if key == "source"
            else self._make_line(fact, key, text)
            for key, text in texts.items()
        ]
        if "source" not in texts:
            fields.append(sources.make_field())
        kind = fact.name.partition(" ")[0]
        hint = ""
        if kind in ("party", "event", "fact") and not fact.name.endswith(NEW):
            hint = f"Without its {fields[_find_needed(kind, texts)].label.lower()} "
            hint += "it is taken out"
        title = f"{fact.label} of {project.name}"
        return self._with_sources(title, fields, sources, hint)

    def make_move(
        self, projects: Sequence[Project], stage: Stage | None, sources: SourceChoices
    ) -> Form:
        """Return the form that moves projects to a stage.

        Args:
            projects: The projects.
            stage: Where they probably go.
            sources: The sources to choose from.
        """
        first = projects[0]
        subject = (
            first.name if len(projects) == 1 else format_count(len(projects), "project")
        )
        fields = [
            self._fields.make(
                "stage", "To stage", stage.name if stage else "", is_needed=True
            ),
            FormField(
                "stage_date",
                "Day",
                "today",
                "2023-03-08, 2023-03, 3月8日, today",
                self._read_day_of_move,
                is_replaced=True,
            ),
            FormField(
                "what",
                "What",
                "",
                "what happened; else the name of the stage",
                clean_typed,
                is_plain=True,
            ),
            sources.make_field(),
        ]

        def look_up(typed: Typed) -> LookUp:
            return LookUp(remarks=tuple(self._remark_on_move(projects, typed)))

        return Form(
            f"Move {subject}",
            fields,
            look_up,
            sources.make_form,
            sources.add,
            _describe_stages(projects, self._dataset),
        )

    def make_project(
        self, sources: SourceChoices, districts: Sequence[str], district: str
    ) -> Form:
        """Return the form of a new project.

        Args:
            sources: The sources to choose from.
            districts: Those in use.
            district: The one that it probably is in.
        """
        make = self._fields.make
        fields = [
            make("name", "Name", is_needed=True),
            FormField(
                "id",
                "Id",
                placeholder="made of the name",
                read=self._read_new_id,
                is_plain=True,
            ),
            make("industries", "Industry"),
            make("stage", "Stage"),
            make("stage_date", "Since"),
            make("district", "District", district, values=districts),
            make("investment", "Investment"),
            FormField(
                "party",
                "Party",
                "",
                "a name, or developer: a name",
                _read_party,
            ),
            make("url", "Page"),
            sources.make_field(),
        ]
        return Form(
            "New project", fields, self._look_up_new, sources.make_form, sources.add
        )

    def _make_line(self, fact: FactText, key: str, text: str) -> FormField:
        label = _LABELS.get(key, fact.label)
        kind = fact.name.partition(" ")[0]
        if kind in ("party", "event", "fact"):
            if key == "date":
                return FormField(
                    key, label, text, "2023-03-08, 2023-03, 3月8日", self._read_day
                )
            if key == "stage":
                return self._fields.make(
                    key,
                    label,
                    self._name_stage(text),
                    placeholder="the stage that it shows, if it does",
                )
            if key == "role":
                return FormField(
                    key,
                    label,
                    text,
                    ", ".join(ROLES),
                    clean_typed,
                    lambda typed: offer_texts(typed, ROLES),
                    is_plain=True,
                )
            return FormField(key, label, text, "", clean_typed, is_plain=True)
        value = text
        if key == "stage":
            value = self._name_stage(text)
        elif key == "industries":
            value = ", ".join(
                self._name_industry(part) for part in text.split(", ") if part
            )
        return self._fields.make(key, label, value)

    def _name_stage(self, id: str) -> str:
        stage = self._dataset.stages.get(id)
        return stage.name if stage else id

    def _name_industry(self, id: str) -> str:
        industry = self._dataset.industries.get(id)
        return industry.name if industry and "," not in industry.name else id

    def _with_sources(
        self, title: str, fields: Sequence[FormField], sources: SourceChoices, hint: str
    ) -> Form:
        return Form(title, fields, None, sources.make_form, sources.add, hint)

    def _read_day(self, typed: str) -> str:
        return read_day(typed, self._today) if typed.strip() else ""

    def _read_day_of_move(self, typed: str) -> str:
        if not typed.strip():
            raise TypedFactError("Since when? Type a day, a month or a year")
        return self._read_day(typed)

    def _read_new_id(self, typed: str) -> str:
        name = read_id(typed)
        if name in self._dataset.projects:
            raise TypedFactError("Another project has this id")
        return name

    def _look_up_new(self, typed: Typed) -> LookUp:
        name = typed["name"]
        projects = self._dataset.projects
        remarks = [
            f"Is it this one? {reason[0].upper()}{reason[1:]}: "
            f"{projects[key].name[:_LONGEST]}"
            for key, reason in find_doubles(self._index, name, typed["url"])
            if key in projects
        ]
        return LookUp({"id": make_id(name, projects)}, tuple(remarks))

    def _remark_on_move(
        self, projects: Sequence[Project], typed: Typed
    ) -> Iterator[str]:
        """Yield what is odd about a move."""
        try:
            stage = resolve_term(typed["stage"], self._dataset.stages, "stage")
            day = self._read_day(typed["stage_date"])
        except TypedFactError:
            return
        order = list(self._dataset.stages)
        late = [p for p in projects if day and p.stage_date[: len(day)] > day]
        if late:
            at = self._name_stage(late[0].stage)
            since = f"at {at} since {late[0].stage_date}"
            yield f"This day is before the last one, {since}: {_name(late)}"
        back = [
            p
            for p in projects
            if p.stage in order and order.index(p.stage) > order.index(stage.id)
        ]
        if back:
            at = self._name_stage(back[0].stage)
            yield f"Further already, at {at}: {_name(back)}"
        if day > self._today.isoformat():
            yield f"{day} is yet to come"


def _find_needed(kind: str, texts: Typed) -> int:
    needed = {"party": "name", "event": "what", "fact": "value"}[kind]
    return list(texts).index(needed)


def _read_party(typed: str) -> str:
    text = clean_typed(typed)
    party = read_party(text)
    return f"{party['name']}, {party['role']}" if "role" in party else text


def _describe_stages(projects: Sequence[Project], dataset: Dataset) -> str:
    stages = dict.fromkeys(project.stage for project in projects)
    if len(stages) > 1:
        return "Now at several stages"
    (now,) = stages
    if not now:
        return "Now: no stage is stated"
    stage = dataset.stages.get(now)
    since = {project.stage_date for project in projects}
    day = f" since {next(iter(since))}" if len(since) == 1 and "" not in since else ""
    return f"Now: {stage.name if stage else now}{day}"


def _name(projects: Sequence[Project]) -> str:
    if len(projects) == 1:
        return display_line(projects[0].name[:_LONGEST])
    return format_count(len(projects), "project")
