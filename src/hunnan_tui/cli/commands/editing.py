"""The commands that write: tags, notes, needs and the day to come back.

They go through the same workspace as the app: replayed on the text that is in the file
at that moment, in the journal before, acknowledged after.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from hunnan_tui.cli import output
from hunnan_tui.cli.edit_session import Opened
from hunnan_tui.cli.note_selection import note_at
from hunnan_tui.cli.output import UsageError
from hunnan_tui.cli.parser import misuse
from hunnan_tui.cli.selection import STDIN
from hunnan_tui.config.author import read_git_author
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    Change,
    ChangeNeed,
    ChangeNote,
    DeleteNote,
    RemoveTags,
    SetFollowUp,
    clean_tag,
)
from hunnan_tui.core.date_parser import parse_day, parse_span
from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.model import Need, Note, Project
from hunnan_tui.core.text import fold


def add_tags(args: Namespace) -> int:
    """Add tags to projects."""
    opened = Opened(args)
    projects, words = opened.chosen()
    spellings: dict[str, str] = {}
    for tag in map(clean_tag, words):
        spellings.setdefault(fold(tag), tag)
    tags = tuple(spellings.values())

    def changes(project: Project) -> Iterable[Change]:
        new = tuple(tag for tag in tags if not project.has_tag(tag))
        return [AddTags(new)] if new else []

    return opened.change(f"tag {', '.join(tags)}", projects, changes)


def remove_tags(args: Namespace) -> int:
    """Remove tags from projects."""
    opened = Opened(args)
    projects, words = opened.chosen()

    def changes(project: Project) -> Iterable[Change]:
        opened.keep_fixed_tags(project, words)
        return [RemoveTags(tuple(words))]

    return opened.change(f"untag {', '.join(words)}", projects, changes)


def rename_tag(args: Namespace) -> int:
    """Give a tag another name on all projects."""
    if len(args.words) != 2:
        raise misuse(args.command, "Which tag, and its new name?")
    old, new = args.words[0], clean_tag(args.words[1])
    opened = Opened(args)
    projects = [each for each in opened.dataset.projects.values() if each.has_tag(old)]

    def changes(project: Project) -> Iterable[Change]:
        opened.keep_fixed_tags(project, [old])
        if any(
            fold(tag) == fold(old) and tag != new for tag in project.annotations.tags
        ):
            return [RemoveTags((old,)), AddTags((new,))]
        return []

    return opened.change(f"rename tag {old} to {new}", projects, changes)


def add_note(args: Namespace) -> int:
    """Add a note to projects."""
    opened = Opened(args)
    projects, words = opened.chosen(most=1)
    author = load_settings(opened.files.paths.config).author
    author = author or read_git_author(opened.path.absolute().parent)
    now = datetime.now().astimezone().replace(microsecond=0)
    note = Note(_text(words[0]), now, author)
    return opened.change("add a note", projects, lambda _: [AddNote(note)])


def edit_note(args: Namespace) -> int:
    """Give a note another text."""
    if len(args.words) != 3:
        raise misuse(args.command, "Which note, and its text?")
    key, at, word = args.words
    opened = Opened(args)
    project = opened.the_one(key)
    note, text = note_at(project, at), _text(word)
    change = ChangeNote(note.at, note.text, text)
    return opened.change_note("edit a note", project, note, change)


def remove_note(args: Namespace) -> int:
    """Delete a note."""
    if len(args.words) != 2:
        raise misuse(args.command, "Which note?")
    opened = Opened(args)
    project = opened.the_one(args.words[0])
    note = note_at(project, args.words[1])
    change = DeleteNote(note.at, note.text)
    return opened.change_note("delete a note", project, note, change)


def add_need(args: Namespace) -> int:
    """Add a need to projects."""
    opened = Opened(args)
    projects, words = opened.chosen(most=2)
    kind, what = _kind_and_what(words)
    need = Need(kind, what, since=_since(args.since) if args.since else "")
    return opened.change(f"need {kind}", projects, lambda _: [AddNeed(need)])


def _since(word: str) -> str:
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
    opened = Opened(args)
    projects, words = opened.chosen(most=2)
    kind, what = _kind_and_what(words)

    def is_meant(need: Need) -> bool:
        same = fold(need.kind) == fold(kind) and (not what or need.what == what)
        return same and need.state == before

    def changes(project: Project) -> Iterable[Change]:
        if any(map(is_meant, project.readonly_annotations.needs)):
            opened.refuse_fixed(project, f"the need {kind}")
        needs = list(filter(is_meant, project.annotations.needs))
        if len(needs) > 1:
            which = ", ".join(repr(need.what) for need in needs)
            opened.refuse(project, f"several needs are {kind}; say which: {which}")
            return []
        return [ChangeNeed(need, need._replace(state=after)) for need in needs]

    return opened.change(f"need {kind} {after}", projects, changes)


def follow(args: Namespace) -> int:
    """Set the day to come back to projects, or take it away."""
    opened = Opened(args)
    projects, words = opened.chosen(most=1)
    day = _day(words[0])

    def changes(project: Project) -> Iterable[Change]:
        if day is None and project.readonly_annotations.follow_up:
            opened.refuse_fixed(project, "its day to follow up")
        return [SetFollowUp(day)]

    return opened.change(f"follow up {day or 'no more'}", projects, changes)


def _day(word: str) -> date | None:
    if not word.strip():
        raise UsageError("Which day? Write fri, 下周五, +2w, 2026-12-01, or none")
    try:
        return parse_day(word, date.today())  # noqa: DTZ011 - the reader's day
    except ValueError as error:
        raise UsageError(f"{error}, or none") from error


def _kind_and_what(words: Sequence[str]) -> tuple[str, str]:
    kind, what = [*map(str.strip, words), ""][:2]
    if not kind:
        raise UsageError("A need has a kind: energy, labour, transport or another word")
    return _utf8(kind), _utf8(what)


def _text(word: str) -> str:
    """Return the text of a note: the word, or standard input for `-`."""
    text = output.read_text().rstrip("\n") if word == STDIN else word
    if not text.strip():
        raise UsageError("A note needs some text")
    return _utf8(text)


def _utf8(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError("The text is not UTF-8")
    return text


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "tag add": add_tags,
    "tag remove": remove_tags,
    "tag rename": rename_tag,
    "note add": add_note,
    "note edit": edit_note,
    "note remove": remove_note,
    "need add": add_need,
    "need meet": meet_need,
    "need reopen": reopen_need,
    "follow": follow,
}
"""What runs each of them; returns the exit status."""
