"""What the palette can jump to from the main screen: recent projects, views, stages, tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from hunnan_tui.config.views import AUTOMATIC, name_view
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser
from hunnan_tui.tui.dialogs.palette import PaletteTarget
from hunnan_tui.tui.presenters.facets import FacetLabels
from hunnan_tui.tui.presenters.query_terms import build_term

_MAX_TAGS = 1_000
"""Tags that are offered: each is compared with every letter that is typed."""


def list_targets(
    browser: Browser, use_theme: Callable[[str], object]
) -> Iterator[PaletteTarget]:
    """Yield what there is, the likeliest first.

    Args:
        browser: The main screen.
        use_theme: Shows a theme, and remembers it.
    """
    for key in browser.recent:
        if project := browser.projects.get(key):
            name = display_line(f"{project.name[:200]}  {project.name_zh[:100]}")
            go = partial(browser.go_to, key)
            yield PaletteTarget(_("recent"), name, "", go, is_offered=True)
    dataset = browser.workspace.dataset
    for view in (*browser.settings.views, *dataset.views, *AUTOMATIC):
        use = partial(browser.use_view, view)
        yield PaletteTarget(
            _("view"), name_view(view), view.query, use, is_offered=True
        )
    for key, stage in dataset.stages.items():
        ask = partial(browser.ask, build_term("stage", key))
        name = " ".join(filter(None, (stage.name, stage.name_zh)))
        yield PaletteTarget(_("stage"), name, "", ask)
    counts = FacetLabels(browser.index).count_tags()
    most_used = sorted(counts.items(), key=lambda each: -each[1])[:_MAX_TAGS]
    for tag, count in most_used:
        ask = partial(browser.ask, build_term("tag", tag))
        yield PaletteTarget(_("tag"), tag, f"{count:,}", ask)
    for theme in sorted(browser.app.available_themes):
        yield PaletteTarget(_("theme"), theme, "", partial(use_theme, theme))
