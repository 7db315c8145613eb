"""Ends the workers of a widget before the widget is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.messages import Prune
    from textual.widget import Widget as _Widget
else:
    # with two widgets as bases, only the first one's style would apply
    _Widget = object


class WorkerOwner(_Widget):
    """A widget whose workers are cancelled before its children are removed.

    Textual cancels them afterwards: a worker that returns from its thread in between would
    look for a child that is gone, and end the app with an error.
    """

    async def on_prune(self, _event: Prune) -> None:
        self.workers.cancel_node(self)
