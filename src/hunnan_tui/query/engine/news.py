"""Which projects are news to the user; whoever knows it tells the index."""

# no annotations from __future__: a named tuple would compile each of them at the start
from typing import NamedTuple


class News(NamedTuple):
    """What others have changed."""

    new: frozenset[str] = frozenset()
    """The keys of the projects that were not there before."""
    changed: frozenset[str] = frozenset()
    """The keys of those that were, and state something else now."""
