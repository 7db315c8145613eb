"""The commands of views: saved ones, the order and the columns of the list."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from hunnan_tui.config.views import AUTOMATIC
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import View
from hunnan_tui.core.text import fold
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.view_history import ViewHistory
from hunnan_tui.tui.browser.view_language import make_neutral, translate_view
from hunnan_tui.tui.presenters import list_fields, orders

if TYPE_CHECKING:
    from hunnan_tui.tui.dialogs.views import ListedView


class Views:
    """Picks and saves views, orders the list and chooses its columns."""

    def __init__(self, browser: Browser, history: ViewHistory) -> None:
        self._browser, self._history = browser, history
        self.handlers: Mapping[str, Handler] = {
            "view.pick": self.pick,
            "view.save": self.save,
            "list.sort": self.sort,
            "list.reverse": self.reverse,
            "list.columns": self.choose_columns,
        }

    async def pick(self) -> None:
        """Ask for a view, and show it; the saved ones can be changed there."""
        from hunnan_tui.tui.dialogs.views import ViewActions, ViewsDialog

        browser = self._browser
        actions = ViewActions(
            self._list, self._count, self._rename, self._move, self._delete
        )
        view = await browser.app.push_screen_wait(
            ViewsDialog(actions, browser.view.name)
        )
        if view is not None:
            browser.use_view(view)

    def _list(self) -> list[ListedView]:
        """Return all views: a saved one goes before another of its name."""
        from hunnan_tui.tui.dialogs.views import ListedView

        browser = self._browser
        shared = browser.workspace.dataset.views
        listed = [
            *((view, "") for view in browser.settings.views),
            *((view, _("of the file")) for view in shared),
            *((view, _("automatic")) for view in AUTOMATIC),
        ]
        index, today = browser.index, browser.now().date()
        return [
            ListedView(view, origin, translate_view(view, index, today).query)
            for view, origin in listed
        ]

    async def _count(self, views: Sequence[View]) -> AsyncIterator[int | None]:
        """Yield how many projects each view shows; None where it makes no sense."""
        browser = self._browser
        for view in views:
            query, index = browser.parse(view.query), browser.index
            await asyncio.sleep(0)
            if query.has_error:
                yield None
                continue
            for _step in index.compute_mask_in_steps(query):
                await asyncio.sleep(0)
            yield index.compute_mask(query, wait=False).bit_count()

    def _rename(self, old: str, new: str) -> str:
        from hunnan_tui.config.saved_views import rename_view

        label = _("rename view {old} to {new}").format(old=old, new=new)
        problem = self._history.change(label, lambda s: rename_view(s, old, new))
        browser = self._browser
        if not problem and browser.view.name == old:
            browser.view = browser.view._replace(name=new)
            browser.show()
        return problem

    def _move(self, name: str, by: int) -> str:
        from hunnan_tui.config.saved_views import move_view

        label = _("move view {name}").format(name=name)
        return self._history.change(label, lambda s: move_view(s, name, by))

    def _delete(self, name: str) -> str:
        from hunnan_tui.config.saved_views import delete_view

        label = _("delete view {name}").format(name=name)
        return self._history.change(label, lambda s: delete_view(s, name))

    async def save(self) -> None:
        """Ask for a name, and save what is shown under it."""
        from hunnan_tui.config.saved_views import put_view

        browser = self._browser
        query = orders.build_view_query(
            browser.query, browser.sort, browser.choice, browser.columns
        )
        query = make_neutral(query, browser.index, browser.now().date())
        name = await self._ask_name(query)
        if name is None:
            return
        view = View(name, query)
        label = _("save view {name}").format(name=name)
        problem = self._history.change(label, lambda s: put_view(s, view))
        if problem:
            browser.notify(problem, severity="error")
            return
        browser.use_view(view)
        browser.notify(
            _("Saved: {name}. {pick} picks it, {undo} takes it back").format(
                name=name, pick=name_key("view.pick"), undo=name_key("edit.undo")
            )
        )

    async def _ask_name(self, query: str) -> str | None:
        """Ask for a name, and whether it may replace the view that has it already."""
        from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
        from hunnan_tui.tui.dialogs.prompt import PromptDialog

        browser = self._browser
        name = browser.view.name
        while True:
            prompt = PromptDialog(_("Save this view as"), name, _("a name for it"))
            typed = await browser.app.push_screen_wait(prompt)
            if typed is None:
                return None
            taken = next(
                (v for v in browser.settings.views if fold(v.name) == fold(typed)), None
            )
            if taken is None or taken.query == query:
                return typed
            question = ConfirmDialog(
                _("Replace the view {name}?").format(name=taken.name),
                _("It shows: {old}\nAnd would show: {new}").format(
                    old=taken.query or _("everything"), new=query or _("everything")
                ),
                yes=_("Replace it"),
                no=_("Another name"),
            )
            if await browser.app.push_screen_wait(question):
                return typed
            name = typed

    async def sort(self) -> None:
        """Ask for a field, and sort by it."""
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        choices = orders.list_choices(self._browser.index, self._browser.filled_fields)
        options = [(name, Content(label)) for name, label in choices]
        dialog = ChooseDialog(_("Sort by"), options)
        field = await self._browser.app.push_screen_wait(dialog)
        if field is not None:
            self.sort_by(field)

    def sort_by(self, field: str) -> None:
        """Sort by a field; by the same one again, the other way round."""
        browser = self._browser
        known = browser.index.find_field(field)
        is_largest_first = known is not None and known.is_largest_first
        sort = orders.choose_order(
            field, browser.active_sort, is_largest_first=is_largest_first
        )
        browser.order(sort)

    def reverse(self) -> None:
        """Turn the order round."""
        self._browser.order(orders.reverse_order(self._browser.active_sort))

    async def choose_columns(self) -> None:
        """Ask for the columns behind the name."""
        from hunnan_tui.tui.dialogs.column_chooser import ColumnsDialog

        browser = self._browser
        dialog = ColumnsDialog(browser.fields, browser.index, browser.filled_fields)
        columns = await browser.app.push_screen_wait(dialog)
        if columns is None:
            return
        if browser.query.show:  # what the filter says goes before what is chosen
            fields = columns or list_fields.DEFAULT_FIELDS
            browser.ask(orders.replace_part(browser.query, show=fields))
            return
        browser.columns = columns
        browser.show()
