"""What works for a widget ends when the widget goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.messages import Prune
    from textual.widget import Widget as _Widget
else:
    # of several widgets as bases, only the first would give its style
    _Widget = object


class EndsItsWork(_Widget):
    """For a widget: its workers end before its children go.

    Textual ends them when all below it is gone: one that comes back from a thread before
    that looks for a widget that is not there, which ends the app.
    """

    async def on_prune(self, _event: Prune) -> None:
        self.workers.cancel_node(self)
