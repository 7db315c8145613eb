"""What Textual keeps of screens that are gone, and would keep for long."""

from __future__ import annotations

from textual._styles_cache import StylesCache
from textual.dom import DOMNode
from textual.strip import Strip


def free_drawing_caches() -> None:
    """Free what was drawn of screens that are gone; call this when one is left.

    A cache of 1,024 colours holds the widgets that asked for them, with all their lines,
    and one of 16,384 styles those of every click that was possible: some 100 MB after
    thousands of dialogs.
    """
    StylesCache.get_inner_outer.cache_clear()
    Strip.render_ansi.cache_clear()


def stop_watching_app(node: DOMNode) -> None:
    """Take the callbacks of a node that is gone from the app.

    Textual drops those of its theme when that changes next, which may be never.
    """
    for watchers in getattr(node.app, "__watchers", {}).values():
        watchers[:] = [each for each in watchers if each[0] is not node]
