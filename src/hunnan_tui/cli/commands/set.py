"""`set`: changes facts of projects."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.fact_words import FactReader, find_source, split_words
from hunnan_tui.cli.output import UsageError
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.fact_changes import ChangeFacts
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset


def set_facts(args: Namespace) -> int:
    """Set, remove, add to and take from facts of projects."""
    session = EditSession(args)
    projects, words = session.choose_projects()
    pairs = split_words(words)
    session.check_facts()
    source = read_source(args, session.narrow_dataset)
    reader = FactReader(
        session.narrow_dataset,
        source=source,
        may_be_new=args.new,
        is_origin_given=bool(source) or args.own_knowledge,
    )
    edits = []
    for project in projects:
        if project.locked:
            session.refuse(project, project.locked)
        elif steps := reader.make_steps(project, pairs):
            edits.append(Edit(project.key, ChangeFacts(steps)))
    names = join_names(dict.fromkeys(pair.name for pair in pairs))
    return session.change_facts(_("set {names}").format(names=names), edits)


def read_source(args: Namespace, dataset: Dataset) -> str:
    """Return the id of the source that is named; empty for own knowledge.

    Raises:
        UsageError: There is no such source, or own knowledge is meant too.
    """
    if args.source is None:
        return ""
    if args.own_knowledge:
        raise UsageError(_("--source and --own-knowledge contradict each other"))
    return find_source(dataset, args.source)
