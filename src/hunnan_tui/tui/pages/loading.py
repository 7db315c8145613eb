"""A page whose content is computed in the background, and drawn for each width."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import work
from textual.content import Content

from hunnan_tui.tui.background.scheduling import CONTENT

if TYPE_CHECKING:
    from hunnan_tui.tui.pages.base import Page as _Page
else:
    # of several widgets as bases, only the first would give its style

    class _Page: ...


_T = TypeVar("_T")


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
        self.set_header(self.HEADING, Content(self.BUSY))
        self._load()

    @work(exclusive=True, group=CONTENT)
    async def _load(self) -> None:
        self._content = await self.load()
        self.draw(self._content)

    def on_resize(self) -> None:
        if self._content is not None:
            self.draw(self._content)
