"""A page whose content is computed in the background, and drawn for each width."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import work
from textual.content import Content

from hunnan_tui.core.language import _
from hunnan_tui.tui.background.scheduling import CONTENT

if TYPE_CHECKING:
    from hunnan_tui.query.engine.index import Index
    from hunnan_tui.tui.pages.base import Page as _Page
else:
    # of several widgets as bases, only the first would give its style

    class _Page: ...


_T = TypeVar("_T")


class ShowsProjects(_Page):
    """For a page of the projects that the list shows."""

    _index: Index
    _mask: int
    _scope: str

    @abstractmethod
    def _load(self) -> object:
        """Compute the content in the background, and draw it."""

    def use(self, index: Index, mask: int, scope: str) -> None:
        """Show the projects as they are now; the cursor stays.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects that the list shows.
            scope: How they were chosen, in words; empty for all projects.
        """
        self._index, self._mask, self._scope = index, mask, scope
        self._load()


class LoadsContent(_Page, Generic[_T]):
    """For a page: what takes a moment with many projects does not hold up the screen."""

    HEADING: ClassVar[str]
    BUSY: ClassVar[str]
    """What the header says until the content is there."""

    _content: _T | None = None

    @abstractmethod
    async def load(self) -> _T:
        """Return the content; what takes long runs in a thread."""

    @abstractmethod
    def draw(self, content: _T) -> None:
        """Draw the content for the width of the screen."""

    def on_mount(self) -> None:
        self.set_header(_(self.HEADING), Content(_(self.BUSY)))
        self._load()

    @work(exclusive=True, group=CONTENT)
    async def _load(self) -> None:
        self._content = await self.load()
        self.draw(self._content)

    def on_resize(self) -> None:
        if self._content is not None:
            self.draw(self._content)
