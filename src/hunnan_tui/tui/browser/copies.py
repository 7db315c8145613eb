"""Tells of the conflicted copies that a sync tool has left beside the file."""

from __future__ import annotations

import asyncio

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser

_NAMED = 3
"""Copies that the message names."""


async def report_copies(browser: Browser) -> None:
    """Say which copies have something that the file has not, and how it is brought in."""
    from hunnan_tui.merging.copies import find_new_copies

    if browser.app.is_web:
        return
    for store in browser.workspace.store.members:
        copies = await asyncio.to_thread(find_new_copies, store.target)
        if not copies:
            continue
        names = ", ".join(display_line(copy.name) for copy in copies[:_NAMED])
        if len(copies) > _NAMED:
            names += ", …"
        text = _(
            "Beside this file: {names}. hunnan-tui merge {file} brings in what it has"
        )
        browser.warn([text.format(names=names, file=display_line(store.target.name))])
