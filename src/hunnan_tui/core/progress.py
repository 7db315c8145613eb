"""How far long work is: who does it says so, and who shows it looks.

Nothing is shown here, and nothing is imported: work of a few milliseconds says it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
_STEP = 256
"""Things after which it is said how many are done."""


class Work(NamedTuple):
    """What is being done, and how much of it has been."""

    what: str
    """A message; empty for nothing."""
    done: int = 0
    total: int = 0
    """0 where that is not known."""


IDLE = Work("")


class _Current:
    work = IDLE
    watches: tuple[Callable[[Work], None], ...] = ()


_current = _Current()


def watch_work(watch: Callable[[Work], None]) -> Callable[[], None]:
    """Have a function called as work begins, goes on and ends.

    Returns:
        What ends that.
    """
    _current.watches = (*_current.watches, watch)

    def unwatch() -> None:
        _current.watches = tuple(each for each in _current.watches if each != watch)

    return unwatch


class Working:
    """Says what is being done, as long as it is: `with Working(N_("Reading")):`."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._before = IDLE

    def __enter__(self) -> Working:
        self._before = _current.work
        _tell(Work(self._what))
        return self

    def __exit__(self, *_: object) -> None:
        _tell(self._before)


def tell_done(done: int, total: int = 0) -> None:
    """Say how much of the work has been done."""
    if _current.watches and _current.work.what:
        _tell(_current.work._replace(done=done, total=total))


def count_done(things: Sequence[T]) -> Iterator[T]:
    """Yield things, and say how many of them have been taken."""
    total = len(things)
    for number, thing in enumerate(things):
        if not number % _STEP:
            tell_done(number, total)
        yield thing


def _tell(work: Work) -> None:
    _current.work = work
    for watch in _current.watches:
        watch(work)
