"""The commands of views: saved ones, the order and the columns of the list."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from hunnan_tui.config.settings import save_view
from hunnan_tui.config.views import AUTOMATIC
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import View
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.presenters import list_fields, orders, summary


class Views:
    """Picks and saves views, orders the list and chooses its columns."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.handlers: Mapping[str, Handler] = {
            "view.pick": self.pick,
            "view.save": self.save,
            "list.sort": self.sort,
            "list.reverse": self.reverse,
            "list.columns": self.choose_columns,
        }

    async def pick(self) -> None:
        """Ask for a view, and show it."""
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        browser = self._browser
        saved, shared = browser.settings.views, browser.workspace.dataset.views
        views = (*saved, *shared, *AUTOMATIC)
        options = [(str(n), summary.format_view(view)) for n, view in enumerate(views)]
        chosen = await browser.app.push_screen_wait(ChooseDialog("Views", options))
        if chosen is not None:
            browser.use_view(views[int(chosen)])

    async def save(self) -> None:
        """Ask for a name, and save what is shown under it."""
        from hunnan_tui.tui.dialogs.prompt import PromptDialog

        browser = self._browser
        query = orders.build_view_query(
            browser.query, browser.sort, browser.choice, browser.columns
        )
        prompt = PromptDialog("Save this view as", browser.view.name, "a name for it")
        name = await browser.app.push_screen_wait(prompt)
        if name is None:
            return
        view = View(name, query)
        try:
            browser.settings = save_view(browser.settings, view)
        except HunnanError as error:
            browser.notify(str(error), severity="error")
            return
        browser.use_view(view)
        browser.notify(f"Saved: {name}. f picks it")

    async def sort(self) -> None:
        """Ask for a field, and sort by it."""
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        choices = orders.list_choices(self._browser.index, self._browser.filled_fields)
        options = [(name, Content(label)) for name, label in choices]
        dialog = ChooseDialog("Sort by", options)
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
