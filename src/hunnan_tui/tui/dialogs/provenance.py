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
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.labels import describe_definition
from hunnan_tui.core.language import N_
from hunnan_tui.core.model import USER, Dataset, Project, Source
from hunnan_tui.core.text import display, display_line
from hunnan_tui.core.urls import explain_unopenable
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog

_LENGTH = 5_000
_KINDS = {
    "official": "official page",
    "media": "media report",
    "copy": "copy on another site",
    "reference": "reference page",
}


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
        title = f"{self._fact.label} of {self._project.name}"
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
    text = display(fact.text[:_LENGTH]) or NOT_STATED
    if fact.name == "stage" and fact.date:
        text += f" · {display_line(fact.date)}"
    yield Content.styled(text, "bold")
    if fact.quote:
        yield _format_field("Words", f"“{display(fact.quote[:_LENGTH])}”")
    if fact.shown_by:
        yield _format_field("Event", display(fact.shown_by[:_LENGTH]))
    yield _format_field("Basis", _describe_basis(fact))
    if fact.kind == "industry":
        for key in project.industries:
            if definition := describe_definition(dataset.industries.get(key)):
                yield _format_field("Means", display(definition[:_LENGTH]))
    described = [name for name in fact.sources if name in dataset.sources]
    if fact.is_shared and len(fact.sources) > 1:
        text = f"one or more of these {len(fact.sources)}; the file does not say which"
        originals = count_originals(fact.sources, dataset)
        if originals < len(fact.sources):
            text += f"; they come from {format_count(originals, 'original')}"
        yield _format_field("Source", text)
    for name in fact.sources:
        yield Content("")
        if name in described:
            yield from _describe_source(dataset.sources[name])
        else:
            yield Content.styled(f"{display_line(name)} {NOT_IN_FILE}", "$text-warning")
    if project.caveat:
        yield Content("")
        yield _format_field("Caveat", display(project.caveat[:_LENGTH]))


async def ask_address(app: App[Any], sources: Sequence[Source]) -> str:
    """Ask which address to open, and show it; return it when confirmed, else ""."""
    addresses = [
        (url, source, kind)
        for source in sources
        for kind, url in (("", source.url), ("archived", source.archive))
        if url
    ]
    if not addresses:
        app.notify("No address is named for it", markup=False)
        return ""
    index = 0
    if len(addresses) > 1:
        options = [
            (str(i), _format_address(url, source, kind))
            for i, (url, source, kind) in enumerate(addresses)
        ]
        chosen = await app.push_screen_wait(ChooseDialog("Open which source?", options))
        if chosen is None:
            return ""
        index = int(chosen)
    url, source, _ = addresses[index]
    if why := explain_unopenable(url):
        app.notify(f"Not opened: {why}", severity="warning", markup=False)
        return ""
    question = ConfirmDialog(
        "Open this address?",
        f"{source.title}\n\n{url}",
        yes="Open it",
        no="Stay",
        is_asked_for=True,
    )
    return url if await app.push_screen_wait(question) else ""


def _describe_basis(fact: Evidence) -> str:
    if not fact.text:
        return "no source of this file states it"
    return {
        STATED: "stated" if fact.sources else "stated, but no source is named",
        INFERRED: "inferred by the makers of this file, not stated",
        USER: "own knowledge: somebody who edited this file says it, without a source",
        OWN: "yours: a reader has added it",
    }.get(fact.basis, "the file does not say whether it is stated or inferred")


def _describe_source(source: Source) -> Iterator[Content]:
    yield Content.styled(display_line(source.title[:_LENGTH]), "bold")
    fields = (
        ("By", source.publisher),
        ("Date", source.date or "undated"),
        ("Kind", _KINDS.get(source.kind, source.kind)),
        ("Copy of", source.copy_of),
        ("Address", source.url),
        ("Archive", source.archive or "no stored copy is named"),
        ("Note", source.note),
    )
    for label, text in fields:
        if text:
            yield _format_field(label, display_line(text[:_LENGTH]))


def _format_field(label: str, text: str) -> Content:
    return Content.assemble((f"{label:9}", "$foreground-muted"), text)


def _format_address(url: str, source: Source, kind: str) -> Content:
    title = display_line(source.title[:100])
    about = f"{kind} " if kind else ""
    return Content.assemble(
        (title, "bold"), f"  {about}", (display_line(url[:200]), "$foreground-muted")
    )
