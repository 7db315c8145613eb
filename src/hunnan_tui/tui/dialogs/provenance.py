"""Show what a fact rests on; ask which address to open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hunnan_tui.analysis.field_text import INFERRED, NOT_IN_FILE, NOT_STATED
from hunnan_tui.analysis.provenance import (
    OWN,
    STATED,
    Evidence,
)
from hunnan_tui.analysis.sourcing import count_originals
from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.labels import describe_definition
from hunnan_tui.core.language import N_, _, pgettext
from hunnan_tui.core.model import USER, Dataset, Project, Source
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display, display_line
from hunnan_tui.core.urls import explain_unopenable
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog

_LENGTH = 5_000
_KINDS = {
    "official": N_("official page"),
    "media": N_("media report"),
    "copy": N_("copy on another site"),
    "reference": N_("reference page"),
}


_BASES = {
    STATED: N_("stated"),
    INFERRED: N_("inferred by the makers of this file, not stated"),
    USER: N_("own knowledge: somebody who edited this file says it, without a source"),
    OWN: N_("yours: a reader has added it"),
}
_NO_BASIS = N_("the file does not say whether it is stated or inferred")


class SourceDialog(Dialog[str | None]):
    """Shows a fact with its sources; returns "open", "copy" or None."""

    DEFAULT_CSS = """
    SourceDialog {
        & VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
        & Static { height: auto; }
        & KeyHints { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "o,enter",
            "leave('open')",
            N_("open"),
            key_display="o",
            id="source.open",
            tooltip=N_("Open the page; the address is shown first"),
        ),
        Binding(
            "y,Y",
            "leave('copy')",
            N_("copy the citation"),
            key_display="y",
            id="source.copy",
        ),
        Binding("escape,i,q", "leave('')", N_("close"), id="source.close"),
        Binding("j,down", "scroll(1)", N_("down"), show=False, id="source.down"),
        Binding("k,up", "scroll(-1)", N_("up"), show=False, id="source.up"),
    ]

    def __init__(self, project: Project, dataset: Dataset, fact: Evidence) -> None:
        super().__init__()
        self._project, self._dataset, self._fact = project, dataset, fact

    def compose(self) -> ComposeResult:
        lines = describe_fact(self._project, self._dataset, self._fact)
        scroll = VerticalScroll(
            Static(Content("\n").join(list(lines)), markup=False), can_focus=False
        )
        title = _("{fact} of {project}").format(
            fact=self._fact.label, project=name_briefly(self._project)
        )
        yield DialogFrame(
            title, scroll, KeyHints("source.open", "source.copy", "source.close")
        )

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self, answer: str) -> None:
        self.close(answer or None)


def describe_fact(
    project: Project, dataset: Dataset, fact: Evidence
) -> Iterator[Content]:
    """Yield lines about a fact: its text, its basis and its sources."""
    text = display(fact.text[:_LENGTH]) or _(NOT_STATED)
    if fact.name == "stage" and fact.date:
        text += f" · {display_line(fact.date)}"
    yield Content.styled(text, "bold")
    if fact.quote:
        yield _format_field(_("Words"), f"“{display(fact.quote[:_LENGTH])}”")
    if fact.shown_by:
        yield _format_field(_("Event"), display(fact.shown_by[:_LENGTH]))
    yield _format_field(_("Basis"), _describe_basis(fact))
    if fact.kind == "industry":
        for key in project.industries:
            if definition := describe_definition(dataset.industries.get(key)):
                yield _format_field(_("Means"), display(definition[:_LENGTH]))
    described = [name for name in fact.sources if name in dataset.sources]
    if fact.is_shared and len(fact.sources) > 1:
        text = _("one or more of these {count}; the file does not say which")
        originals = count_originals(fact.sources, dataset)
        if originals < len(fact.sources):
            text = _(
                "one or more of these {count}; the file does not say which;"
                " they come from {originals}"
            )
        yield _format_field(
            _("Source"),
            text.format(
                count=len(fact.sources), originals=format_count(originals, "original")
            ),
        )
    for name in fact.sources:
        yield Content("")
        if name in described:
            yield from _describe_source(dataset.sources[name])
        else:
            missing = _(NOT_IN_FILE)
            yield Content.styled(f"{display_line(name)} {missing}", "$text-warning")
    if project.caveat:
        yield Content("")
        yield _format_field(_("Caveat"), display(project.caveat[:_LENGTH]))


async def ask_address(app: App[Any], sources: Sequence[Source]) -> str:
    """Ask which address to open, and show it; return it when confirmed, else ""."""
    addresses = [
        (url, source, kind)
        for source in sources
        for kind, url in (("", source.url), (_("archived"), source.archive))
        if url
    ]
    if not addresses:
        app.notify(_("No address is named for it"), markup=False)
        return ""
    index = 0
    if len(addresses) > 1:
        options = [
            (str(i), _format_address(url, source, kind))
            for i, (url, source, kind) in enumerate(addresses)
        ]
        dialog = ChooseDialog(_("Open which source?"), options)
        chosen = await app.push_screen_wait(dialog)
        if chosen is None:
            return ""
        index = int(chosen)
    url, source, _kind = addresses[index]
    if why := explain_unopenable(url):
        message = _("Not opened: {why}").format(why=why)
        app.notify(message, severity="warning", markup=False)
        return ""
    question = ConfirmDialog(
        _("Open this address?"),
        f"{source.title}\n\n{url}",
        yes=_("Open it"),
        no=_("Stay"),
        is_asked_for=True,
    )
    return url if await app.push_screen_wait(question) else ""


def _describe_basis(fact: Evidence) -> str:
    if not fact.text:
        return _("no source of this file states it")
    if fact.basis == STATED and not fact.sources:
        return _("stated, but no source is named")
    return _(_BASES.get(fact.basis, _NO_BASIS))


def _describe_source(source: Source) -> Iterator[Content]:
    yield Content.styled(display_line(source.title[:_LENGTH]), "bold")
    fields = (
        (pgettext("publisher", "By"), source.publisher),
        (_("Date"), source.date or _("undated")),
        (_("Kind"), _(_KINDS[source.kind]) if source.kind in _KINDS else source.kind),
        (_("Copy of"), source.copy_of),
        (_("Address"), source.url),
        (_("Archive"), source.archive or _("no stored copy is named")),
        (_("Note"), source.note),
    )
    for label, text in fields:
        if text:
            yield _format_field(label, display_line(text[:_LENGTH]))


def _format_field(label: str, text: str) -> Content:
    return Content.assemble((pad(label, 9), "$foreground-muted"), text)


def _format_address(url: str, source: Source, kind: str) -> Content:
    title = display_line(source.title[:100])
    about = f"{kind} " if kind else ""
    return Content.assemble(
        (title, "bold"), f"  {about}", (display_line(url[:200]), "$foreground-muted")
    )
