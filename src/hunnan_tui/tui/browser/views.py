"""The keys of saved views and of the order."""

from __future__ import annotations

from textual import work
from textual.content import Content

from hunnan_tui.config.settings import save_view
from hunnan_tui.config.views import AUTOMATIC
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import View
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.tui.browser.base import ActingScreen
from hunnan_tui.tui.presenters import facets, orders, summary


class ViewingScreen(ActingScreen):
    """Picks and saves views, and orders the list."""

    _view = View("")
    """The view that was picked last."""
    _sort: tuple[SortKey, ...] = ()
    """The order that was picked; one in the query goes before it."""
    _choice: facets.Choice = frozenset()

    def _use_view(self, view: View) -> None:
        raise NotImplementedError

    def action_clear_all(self) -> None:
        self._use_view(View(""))

    @work
    async def action_views(self) -> None:
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        views = (*self._settings.views, *self._workspace.dataset.views, *AUTOMATIC)
        options = [(str(n), summary.view(each)) for n, each in enumerate(views)]
        chosen = await self.app.push_screen_wait(ChooseDialog("Views", options))
        if chosen is not None:
            self._use_view(views[int(chosen)])

    @work
    async def action_save_view(self) -> None:
        from hunnan_tui.tui.dialogs.prompt import PromptDialog

        query = orders.view_query(self._query, self._sort, self._choice, self._columns)
        prompt = PromptDialog("Save this view as", self._view.name, "a name for it")
        name = await self.app.push_screen_wait(prompt)
        if name is None:
            return
        try:
            self._settings = save_view(self._settings, View(name, query))
        except HunnanError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self._use_view(View(name, query))
        self.notify(f"Saved: {name}. f picks it", markup=False)

    @work
    async def action_sort(self) -> None:
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        options = [(name, Content(label)) for name, label in orders.choices()]
        field = await self.app.push_screen_wait(ChooseDialog("Sort by", options))
        if field is not None:
            self._order(orders.sorted_by(field, self._query.sort or self._sort))

    def action_reverse(self) -> None:
        self._order(orders.turned(self._query.sort or self._sort))

    def _order(self, sort: tuple[SortKey, ...]) -> None:
        if self._query.sort:
            self._ask(orders.with_part(self._query, sort=sort))
            return
        self._sort = sort
        self._show()
