"""`need`: adds, meets and reopens needs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date

from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.output import UsageError, check_utf8
from hunnan_tui.core.changes import (
    AddNeed,
    Change,
    ChangeNeed,
)
from hunnan_tui.core.date_parser import parse_span
from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Need, Project
from hunnan_tui.core.schema_values import find_need_kind, name_value
from hunnan_tui.core.text import fold
from hunnan_tui.core.typed_facts import clean_typed


def add_need(args: Namespace) -> int:
    """Add a need to projects."""
    session = EditSession(args)
    projects, words = session.choose_projects(most=2)
    kind, what = _parse_need(words)
    since = _parse_since(args.since) if args.since else ""
    owner = clean_typed(check_utf8(args.owner or ""))
    need = Need(kind, what, since=since, owner=owner)
    return session.change(
        _("need {kind}").format(kind=name_value(kind)),
        projects,
        lambda _: [AddNeed(need)],
    )


def _parse_since(word: str) -> str:
    try:
        span = parse_span(word, date.today())  # noqa: DTZ011 - the reader's day
    except ValueError as error:
        raise UsageError(str(error)) from error
    return span.text if is_partial(span.text) else span.first.isoformat()


def meet_need(args: Namespace) -> int:
    """Mark a need as met."""
    return _set_need(args, "open", "met")


def reopen_need(args: Namespace) -> int:
    """Mark a need as open again."""
    return _set_need(args, "met", "open")


def _set_need(args: Namespace, before: str, after: str) -> int:
    session = EditSession(args)
    projects, words = session.choose_projects(most=2)
    kind, what = _parse_need(words)

    def matches(need: Need) -> bool:
        is_kind = fold(find_need_kind(need.kind)) == fold(kind)
        return is_kind and what in ("", need.what) and need.state == before

    def list_changes(project: Project) -> Iterable[Change]:
        if any(map(matches, project.readonly_annotations.needs)):
            session.refuse_readonly(
                project, _("the need {kind}").format(kind=name_value(kind))
            )
        needs = list(filter(matches, project.annotations.needs))
        if len(needs) > 1:
            options = ", ".join(repr(need.what) for need in needs)
            session.refuse(
                project,
                _("several needs are {kind}; say which: {options}").format(
                    kind=name_value(kind), options=options
                ),
            )
            return []
        return [ChangeNeed(need, need._replace(state=after)) for need in needs]

    return session.change(
        _("need {kind} {after}").format(kind=name_value(kind), after=name_value(after)),
        projects,
        list_changes,
    )


def _parse_need(words: Sequence[str]) -> tuple[str, str]:
    kind, what = [*map(str.strip, words), ""][:2]
    if not kind:
        raise UsageError(
            _("A need has a kind: energy, labour, transport or another word")
        )
    return find_need_kind(check_utf8(kind)), check_utf8(what)
