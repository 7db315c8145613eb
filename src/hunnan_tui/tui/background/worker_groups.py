"""The groups of workers, and which of them hold the keys that are typed meanwhile."""

from __future__ import annotations

from typing import Final

ACTION: Final = "default"
"""Textual's own group: the worker of an action that names no other."""
BULK_EDIT: Final = "many"
"""Changes very many projects."""
CONTENT: Final = "content"
"""Computes what a page shows."""
PUT_BACK: Final = "put-back"
"""Looks for edits that can be put back, then puts them back."""
SAVE: Final = "save"
LOAD: Final = "load"
POLL: Final = "poll"
"""Looks for changes that others have made to the files."""
PINYIN: Final = "pinyin"
QUEUED_EDIT: Final = "later"
"""An edit that waits for a bulk edit; it must not hold the keys for so long."""
FILTER: Final = "filter"
COPY: Final = "copy"
RELATED: Final = "relate"
VISITS: Final = "since"
LOSSES: Final = "lost"

HOLDS_KEYS: Final = frozenset({ACTION, BULK_EDIT, CONTENT, PUT_BACK})
"""The groups that keys wait for; workers of any other group run beside the keys."""
