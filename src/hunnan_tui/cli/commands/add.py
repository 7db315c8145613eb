"""`add`: adds a project."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.analysis.new_project import Double, find_doubles, make_id
from hunnan_tui.cli.commands.set import read_source
from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.fact_words import FactReader, split_words
from hunnan_tui.cli.output import UsageError, check_utf8, say, write
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.fact_changes import AddProject
from hunnan_tui.core.fact_values import Plain
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import fold
from hunnan_tui.core.typed_facts import clean_typed, read_id
from hunnan_tui.query.engine.index import Index

_MOST_SHOWN = 5
"""Projects that are named as possible doubles."""


def add_project(args: Namespace) -> int:
    """Add a project, unless the dataset has it already."""
    name, *words = args.words
    pairs = split_words(words)
    name = clean_typed(check_utf8(name))
    if not name:
        raise UsageError(_("A project needs a name"))
    session = EditSession(args)
    session.check_facts()
    dataset = session.dataset
    terms = session.narrow_dataset
    source = read_source(args, terms)
    reader = FactReader(terms, source=source, may_be_new=args.new)
    given = reader.read_record(pairs)
    key = _choose_id(args.id, name, dataset)
    record = {"id": key, "name": name, **given}
    if source:
        record.setdefault("sources", [source])
    doubles = _find_doubles(record, dataset)
    for double in doubles:
        say(_("like {key}: {reason}").format(key=double.key, reason=double.reason))
    if doubles and not args.force and _is_same(doubles[0]):
        raise SaveError(
            _("Not added: {key} has {reason}; --force adds it all the same").format(
                key=doubles[0].key, reason=doubles[0].reason
            )
        )
    code = session.change_facts(
        _("add {name}").format(name=name), [Edit(key, AddProject(record))]
    )
    if code == 0 and not args.dry_run:
        write(f"{key}\n")
    return code


def _choose_id(typed: str | None, name: str, dataset: Dataset) -> str:
    if typed is None:
        if project_id := make_id(name, dataset.projects):
            return project_id
        raise UsageError(
            _("No id can be made of {name!r}: give one with --id").format(name=name)
        )
    key = read_id(typed)
    if key in dataset.projects:
        raise UsageError(_("The id {key!r} is taken").format(key=key))
    return key


def _find_doubles(record: dict[str, Plain], dataset: Dataset) -> list[Double]:
    index = Index(dataset)
    names = (record["name"], record.get("name_zh", ""))
    doubles: dict[str, Double] = {}
    for name in filter(None, names):
        for double in find_doubles(index, name, record.get("url", "")):
            doubles.setdefault(double.key, double)
    parties = {fold(party["name"]) for party in record.get("parties", ())}
    for project in dataset.projects.values() if parties else ():
        for party in project.parties:
            if fold(party.name) in parties and len(doubles) < _MOST_SHOWN:
                double = Double(
                    project.key, _("the party {name} too").format(name=party.name)
                )
                doubles.setdefault(project.key, double)
    return sorted(doubles.values(), key=lambda double: not _is_same(double))


def _is_same(double: Double) -> bool:
    return double.reason in (_("the same name"), _("the same page"))
