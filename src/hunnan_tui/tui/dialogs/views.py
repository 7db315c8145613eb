"""All views with what they find: pick one, rename, reorder and delete the saved ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.config.views import name_view
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import View
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.dialogs.picker import PickerDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog

NAME_LENGTH = 80
_SHOWN_QUERY = 200
_WRONG = -1
"""Stands for the number of projects of a query that makes no sense."""


class ListedView(NamedTuple):
    """A view, and where it is from."""

    view: View
    origin: str = ""
    """In words; empty for one that the user has saved."""
    query: str = ""
    """Its query in the words of the language in use."""


class ViewActions(NamedTuple):
    """What the dialog can do; each returns why it was not done, empty if it was."""

    list_views: Callable[[], Sequence[ListedView]]
    count_projects: Callable[[Sequence[View]], AsyncIterator[int | None]]
    """Yields how many projects each view shows; None if its query makes no sense."""
    rename: Callable[[str, str], str]
    move: Callable[[str, int], str]
    delete: Callable[[str], str]


class ViewsDialog(WorkerOwner, PickerDialog[View | None]):
    """Returns the view to show; changes of the saved ones are made at once."""

    DEFAULT_CSS = """
    ViewsDialog {
        & > DialogFrame { height: 70%; min-height: 12; max-height: 34; }
        & OptionList { height: 1fr; max-height: 100%; }
    }
    """
    HINTS = ("views.pick", "views.rename", "views.up", "views.delete", "views.leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "pick", N_("show"), id="views.pick", tooltip=N_("Show this view")
        ),
        Binding(
            "f2",
            "rename",
            N_("rename"),
            id="views.rename",
            tooltip=N_("Give a saved view another name"),
            priority=True,
        ),
        Binding(
            "shift+up",
            "reorder(-1)",
            N_("move up or down"),
            key_display="shift+↑↓",
            id="views.up",
            tooltip=N_("Let a saved view change places with the one above"),
        ),
        Binding(
            "shift+down",
            "reorder(1)",
            N_("move down"),
            show=False,
            id="views.down",
            tooltip=N_("Let a saved view change places with the one below"),
        ),
        Binding(
            "ctrl+x",
            "delete",
            N_("delete"),
            id="views.delete",
            tooltip=N_("Delete a saved view; undo takes it back"),
            priority=True,
        ),
        Binding("escape", "leave", N_("done"), id="views.leave", tooltip=N_("Close")),
    ]

    def __init__(self, actions: ViewActions, current: str = "") -> None:
        """Open on the views.

        Args:
            actions: What can be done with them.
            current: The name of the view that is shown now.
        """
        super().__init__(_("Views"))
        self._actions, self._current = actions, current
        self._views: Sequence[ListedView] = actions.list_views()
        self._counts: dict[str, int] = {}
        """How many projects each query finds, as far as they are counted."""

    def on_mount(self) -> None:
        super().on_mount()
        self._count()

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        needle = fold(typed)
        rows = [
            str(index)
            for index, (view, _origin, query) in enumerate(self._views)
            if matches_within(
                needle, fold(f"{name_view(view)} {view.name} {view.query} {query}")
            )
        ]
        return rows, 0 if rows else None

    def show_rows(self, highlighted: int | None = None) -> None:
        super().show_rows(highlighted)
        if not self._rows:
            self.hint.show_message(_("No view fits what is typed"))

    def format_row(self, row: str) -> Content:
        view, origin, query = self._views[int(row)]
        count = self._counts.get(view.query)
        number = "…" if count is None else "!" if count == _WRONG else f"{count:,}"
        name = display_line(name_view(view))
        return Content.assemble(
            (f"{number:>7}  ", "dim"),
            (name, "bold underline" if view.name == self._current else "bold"),
            (
                f"  {display_line((query or view.query)[:_SHOWN_QUERY])}",
                "$foreground-muted",
            ),
            (f" {bracket(origin)}" if origin else "", "$foreground-muted"),
        )

    def pick(self, row: str | None) -> None:
        if row is None:
            self.hint.show_message(_("No view fits what is typed"))
        else:
            self.close(self._views[int(row)].view)

    @work(group="rename")
    async def action_rename(self) -> None:
        view = self._find_own()
        if view is None:
            return
        new: str | None = view.name
        problem = ""
        while True:
            title = _("Rename {name}").format(name=view.name)
            prompt = PromptDialog(
                title, new or "", _("its new name"), length=NAME_LENGTH, problem=problem
            )
            new = await self.app.push_screen_wait(prompt)
            if new is None or new == view.name:
                return
            problem = self._actions.rename(view.name, new)
            if not problem:
                break
        if self._current == view.name:
            self._current = new
        self._show_changed(new)

    def action_reorder(self, by: int) -> None:
        view = self._find_own()
        if view is not None and not self._refuses(self._actions.move(view.name, by)):
            self._show_changed(view.name)

    def action_delete(self) -> None:
        view = self._find_own()
        if view is None or self._refuses(self._actions.delete(view.name)):
            return
        index = self.list.highlighted or 0
        self._views = self._actions.list_views()
        self.show_rows()
        last = len(self._rows) - 1
        self.list.highlighted = min(index, last) if last >= 0 else None
        text = _("Deleted: {name}. In the list {undo} takes it back")
        self.hint.show_message(text.format(name=view.name, undo=name_key("edit.undo")))

    def action_leave(self) -> None:
        if self.input.value:
            self.input.clear()
        else:
            self.close(None)

    def _find_own(self) -> View | None:
        """Return the highlighted view if it can be changed; if not, say why."""
        row = self.highlighted
        if row is None:
            self.hint.show_message(_("No view fits what is typed"))
            return None
        view, origin, _query = self._views[int(row)]
        if not origin:
            return view
        text = _(
            "{name} cannot be changed here ({origin}): {save} saves a view of your own"
        )
        self.hint.show_message(
            text.format(name=view.name, origin=origin, save=name_key("view.save"))
        )
        return None

    def _refuses(self, problem: str) -> bool:
        if problem:
            self.hint.show_message(problem)
        return bool(problem)

    def _show_changed(self, name: str) -> None:
        """Show the views anew, with the cursor on one of them."""
        self._views = self._actions.list_views()
        self.show_rows()
        for index, row in enumerate(self._rows):
            view, origin, _query = self._views[int(row)]
            if view.name == name and not origin:
                self.list.highlighted = index
        self.hint.show_message("")

    @work(group="counts", exclusive=True)
    async def _count(self) -> None:
        """Count what each view shows, while keys are answered."""
        views = [listed.view for listed in self._views]
        numbers = self._actions.count_projects(views)
        index = 0
        async for number in numbers:
            query = views[index].query
            self._counts[query] = _WRONG if number is None else number
            index += 1
            for place, row in enumerate(self._rows):
                if self._views[int(row)].view.query == query:
                    self.list.replace_option_prompt_at_index(
                        place, self.format_row(row)
                    )
