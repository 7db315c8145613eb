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
from hunnan_tui.core.counts import format_count, join_names, join_words
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, Project, Stage
from hunnan_tui.core.names import name_briefly
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
from hunnan_tui.tui.dialogs.fact_fields import (
    ROLES,
    FactFields,
    name_in_list,
    offer_texts,
)
from hunnan_tui.tui.dialogs.form import Form, LookUp
from hunnan_tui.tui.dialogs.form_row import FormField, Typed
from hunnan_tui.tui.dialogs.source_form import SourceChoices

_LABELS = {
    "name": N_("Name"),
    "role": N_("Role"),
    "date": N_("Day"),
    "what": N_("What"),
    "stage": N_("Stage"),
    "stage_date": N_("Since"),
    "label": N_("Label"),
    "value": N_("Value"),
    "source": N_("Source"),
}
"""What the lines are called whose keys are not those of a field."""
_MORE = (
    ("party", N_("Another party")),
    ("event", N_("Another event")),
    ("fact", N_("Another fact")),
)
_OFFERED_KEYS = ("district", "place", "url", "jobs", "summary", "caveat")
_ANNOTATIONS = ("follow-up", "need")
_LONGEST = 60


def list_fact_texts(project: Project, dataset: Dataset) -> list[FactText]:
    """Return the facts of a project that can be edited, and those it could have more of."""
    evidence = collect_evidence(project, dataset)
    named = [
        FactText("name", _("Name"), project.name),
        FactText("name_zh", _("Chinese name"), project.name_zh),
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
            named.append(FactText(key, BY_KEY[key].label, text))
    for key, text in project.other:
        if key not in known:
            declared = dataset.fields.get(key)
            named.append(FactText(key, (declared and declared.name) or key, text))
    more = (FactText(f"{kind} {NEW}", _(label), "") for kind, label in _MORE)
    return [*named, *more]


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
            part = fields[_find_needed(kind, texts)].label.lower()
            hint = _("Without its {part} it is taken out").format(part=part)
        title = _("{fact} of {project}").format(
            fact=fact.label, project=name_briefly(project)
        )
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
        subject = format_count(len(projects), "project")
        if len(projects) == 1:
            subject = name_briefly(projects[0])
        fields = [
            self._fields.make(
                "stage",
                _("To stage"),
                name_in_list(stage) if stage else "",
                is_needed=True,
            ),
            FormField(
                "stage_date",
                _("Day"),
                _("today"),
                _("2023-03-08, 2023-03, 3月8日, today"),
                self._read_day_of_move,
                is_replaced=True,
            ),
            FormField(
                "what",
                _("What"),
                "",
                _("what happened; else the name of the stage"),
                clean_typed,
                is_plain=True,
            ),
            sources.make_field(),
        ]

        def look_up(typed: Typed) -> LookUp:
            return LookUp(remarks=tuple(self._remark_on_move(projects, typed)))

        return Form(
            _("Move {projects}").format(projects=subject),
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
            make("name", _("Name"), is_needed=True),
            FormField(
                "id",
                _("Id"),
                placeholder=_("made of the name"),
                read=self._read_new_id,
                is_plain=True,
            ),
            make("industries", _("Industry")),
            make("stage", _("Stage")),
            make("stage_date", _("Since")),
            make("district", _("District"), district, values=districts),
            make("investment", _("Investment")),
            FormField(
                "party",
                _("Party"),
                "",
                _("a name, or developer: a name"),
                _read_party,
            ),
            make("url", _("Page")),
            sources.make_field(),
        ]
        return Form(
            _("New project"), fields, self._look_up_new, sources.make_form, sources.add
        )

    def _make_line(self, fact: FactText, key: str, text: str) -> FormField:
        label = _(_LABELS[key]) if key in _LABELS else fact.label
        kind = fact.name.partition(" ")[0]
        if kind in ("party", "event", "fact"):
            if key == "date":
                return FormField(
                    key, label, text, _("2023-03-08, 2023-03, 3月8日"), self._read_day
                )
            if key == "stage":
                return self._fields.make(
                    key,
                    label,
                    self._name_stage(text),
                    placeholder=_("the stage that it shows, if it does"),
                )
            if key == "role":
                roles = [_(role) for role in ROLES]
                return FormField(
                    key,
                    label,
                    text,
                    join_names(roles),
                    clean_typed,
                    lambda typed: offer_texts(typed, roles),
                    is_plain=True,
                )
            return FormField(key, label, text, "", clean_typed, is_plain=True)
        value = text
        if key == "stage":
            value = self._name_stage(text)
        elif key == "industries":
            value = join_names(
                self._name_industry(part) for part in text.split(", ") if part
            )
        return self._fields.make(key, label, value)

    def _name_stage(self, id: str) -> str:
        stage = self._dataset.stages.get(id)
        return name_in_list(stage) if stage else id

    def _name_industry(self, id: str) -> str:
        industry = self._dataset.industries.get(id)
        return name_in_list(industry) if industry else id

    def _with_sources(
        self, title: str, fields: Sequence[FormField], sources: SourceChoices, hint: str
    ) -> Form:
        return Form(title, fields, None, sources.make_form, sources.add, hint)

    def _read_day(self, typed: str) -> str:
        return read_day(typed, self._today) if typed.strip() else ""

    def _read_day_of_move(self, typed: str) -> str:
        if not typed.strip():
            raise TypedFactError(_("Since when? Type a day, a month or a year"))
        return self._read_day(typed)

    def _read_new_id(self, typed: str) -> str:
        name = read_id(typed)
        if name in self._dataset.projects:
            raise TypedFactError(_("Another project has this id"))
        return name

    def _look_up_new(self, typed: Typed) -> LookUp:
        name = typed["name"]
        projects = self._dataset.projects
        text = _("Is it this one? {reason}: {project}")
        remarks = [
            text.format(
                reason=f"{reason[0].upper()}{reason[1:]}",
                project=name_briefly(projects[key])[:_LONGEST],
            )
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
            yield _(
                "This day is before the last one, at {stage} since {day}: {projects}"
            ).format(
                stage=self._name_stage(late[0].stage),
                day=late[0].stage_date,
                projects=_name(late),
            )
        back = [
            p
            for p in projects
            if p.stage in order and order.index(p.stage) > order.index(stage.id)
        ]
        if back:
            yield _("Further already, at {stage}: {projects}").format(
                stage=self._name_stage(back[0].stage), projects=_name(back)
            )
        if day > self._today.isoformat():
            yield _("{day} is yet to come").format(day=day)


def _find_needed(kind: str, texts: Typed) -> int:
    needed = {"party": "name", "event": "what", "fact": "value"}[kind]
    return list(texts).index(needed)


def _read_party(typed: str) -> str:
    text = clean_typed(typed)
    party = read_party(text)
    return join_words((party["name"], party["role"])) if "role" in party else text


def _describe_stages(projects: Sequence[Project], dataset: Dataset) -> str:
    stages = dict.fromkeys(project.stage for project in projects)
    if len(stages) > 1:
        return _("Now at several stages")
    (now,) = stages
    if not now:
        return _("Now: no stage is stated")
    name = name_stage(now, dataset)
    since = {project.stage_date for project in projects}
    if len(since) == 1 and "" not in since:
        return _("Now: {stage} since {day}").format(stage=name, day=since.pop())
    return _("Now: {stage}").format(stage=name)


def _name(projects: Sequence[Project]) -> str:
    if len(projects) == 1:
        return display_line(name_briefly(projects[0])[:_LONGEST])
    return format_count(len(projects), "project")
